//! What is altered, replayed, stale, foreign or meant for somebody else is refused, each by name.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use loa_air::{
    Expected, Item, Manifest, Outcome, Priority, Reason, Receipt, SecretKey, Signed, Slot,
    authorization, read_authorization, sign_manifest, sign_receipt, verify_manifest,
    verify_receipt, verify_request,
};
use proptest::prelude::*;

fn now() -> DateTime<Utc> {
    "2026-11-24T02:00:00Z".parse().unwrap()
}

fn server() -> SecretKey {
    SecretKey::from_seed(&[7; 32])
}

fn manifest() -> Manifest {
    Manifest {
        area: 3,
        issued_at: now(),
        slots: vec![Slot {
            ends_at: now() + TimeDelta::minutes(30),
            id: 11,
            items: vec![Item {
                bytes: 48_000,
                delivery: 21,
                duration_ms: 3_000,
                lufs: -16.0,
                sha256: "00".repeat(32),
                title: "Cơ chế một cửa".into(),
            }],
            priority: Priority::Ordinary,
            starts_at: now() + TimeDelta::minutes(20),
        }],
        valid_until: now() + TimeDelta::hours(72),
        version: 5,
    }
}

fn expected() -> Expected {
    Expected {
        area: 3,
        last_version: 5,
        now: now(),
    }
}

fn check(signed: &Signed, expected: Expected) -> Result<Manifest, Reason> {
    verify_manifest(signed, &server().public(), expected)
}

#[test]
fn what_was_signed_is_read_back() {
    assert_eq!(
        check(&sign_manifest(&server(), &manifest()), expected()),
        Ok(manifest())
    );
}

#[test]
fn the_canonical_bytes_are_sorted_and_without_blanks() {
    let signed = sign_manifest(&server(), &manifest());
    let bytes = String::from_utf8(STANDARD.decode(signed.payload).unwrap()).unwrap();
    let sorted =
        serde_json::to_string(&serde_json::from_str::<serde_json::Value>(&bytes).unwrap()).unwrap();
    assert_eq!(
        bytes, sorted,
        "serde_json's map sorts keys; so must the structs"
    );
}

#[test]
fn each_forgery_has_its_name() {
    let signed = sign_manifest(&server(), &manifest());
    let foreign = sign_manifest(&SecretKey::from_seed(&[8; 32]), &manifest());
    assert_eq!(check(&foreign, expected()), Err(Reason::ForeignKey));
    let renamed = Signed {
        key: signed.key.clone(),
        ..foreign
    };
    assert_eq!(check(&renamed, expected()), Err(Reason::BadSignature));
    assert_eq!(
        check(
            &signed,
            Expected {
                last_version: 6,
                ..expected()
            }
        ),
        Err(Reason::Replayed)
    );
    assert_eq!(
        check(
            &signed,
            Expected {
                area: 4,
                ..expected()
            }
        ),
        Err(Reason::WrongArea)
    );
    let later = now() + TimeDelta::hours(72);
    assert_eq!(
        check(
            &signed,
            Expected {
                now: later,
                ..expected()
            }
        ),
        Err(Reason::Expired)
    );
    let earlier = now() - TimeDelta::hours(1);
    assert_eq!(
        check(
            &signed,
            Expected {
                now: earlier,
                ..expected()
            }
        ),
        Err(Reason::TooEarly)
    );
    let cut = Signed {
        payload: signed.payload[..40].into(),
        ..signed
    };
    assert_eq!(check(&cut, expected()), Err(Reason::BadSignature));
}

#[test]
fn a_receipt_is_no_manifest_and_belongs_to_its_speaker() {
    let key = SecretKey::from_seed(&[9; 32]);
    let receipt = Receipt {
        area: 3,
        clock_offset_ms: -12,
        delivery: 21,
        detail: None,
        ended_at: now() + TimeDelta::seconds(3),
        id: "r1".into(),
        lateness_ms: 4,
        manifest_version: 5,
        outcome: Outcome::Whole,
        sha256: "00".repeat(32),
        slot: 11,
        speaker: 2,
        started_at: now(),
        volume: 80,
    };
    let signed = sign_receipt(&key, &receipt);
    assert_eq!(verify_receipt(&signed, &key.public(), 2), Ok(receipt));
    assert_eq!(
        verify_receipt(&signed, &key.public(), 1),
        Err(Reason::WrongArea)
    );
    assert_eq!(
        verify_manifest(&signed, &key.public(), expected()),
        Err(Reason::BadSignature)
    );
}

#[test]
fn a_request_holds_for_its_method_path_body_and_time() {
    let key = SecretKey::from_seed(&[9; 32]);
    let nonce = "0123456789abcdef0123456789abcdef";
    let header = authorization(&key, 2, ("POST", "/air/v1/receipts"), b"[]", now(), nonce);
    let claim = read_authorization(&header).unwrap();
    assert_eq!(claim.speaker, 2);
    let verify = |method, path, body: &[u8], at| {
        verify_request(&claim, &key.public(), (method, path), body, at)
    };
    assert_eq!(verify("POST", "/air/v1/receipts", b"[]", now()), Ok(()));
    assert_eq!(
        verify("GET", "/air/v1/receipts", b"[]", now()),
        Err(Reason::BadSignature)
    );
    assert_eq!(
        verify("POST", "/air/v1/status", b"[]", now()),
        Err(Reason::BadSignature)
    );
    assert_eq!(
        verify("POST", "/air/v1/receipts", b"[1]", now()),
        Err(Reason::BadSignature)
    );
    let later = now() + TimeDelta::minutes(16);
    assert_eq!(
        verify("POST", "/air/v1/receipts", b"[]", later),
        Err(Reason::Expired)
    );
}

proptest! {
    /// One changed byte anywhere in the payload or the signature is one too many.
    #[test]
    fn one_byte_is_enough(place in 0_usize..1_000, change in 1_u8..=255) {
        let signed = sign_manifest(&server(), &manifest());
        let mut payload = STANDARD.decode(&signed.payload).unwrap();
        let mut signature = STANDARD.decode(&signed.signature).unwrap();
        let both = payload.len() + signature.len();
        let place = place % both;
        if place < payload.len() {
            payload[place] ^= change;
        } else {
            signature[place - payload.len()] ^= change;
        }
        let altered = Signed {
            key: signed.key,
            payload: STANDARD.encode(payload),
            signature: STANDARD.encode(signature),
        };
        prop_assert_eq!(check(&altered, expected()), Err(Reason::BadSignature));
    }

    #[test]
    fn nothing_that_arrives_makes_it_panic(key in ".*", payload in ".*", signature in ".*", header in ".*") {
        let _ = check(&Signed { key, payload, signature }, expected());
        let _ = read_authorization(&header);
    }
}
