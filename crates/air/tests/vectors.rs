//! The test vectors of docs/air.md are what this crate makes, to the byte.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use loa_air::{
    BoardManifest, BoardNotice, Expected, Item, Manifest, Orders, Outcome, Priority, Reason,
    Receipt, Said, SecretKey, Shown, Signed, Slot, Tone, authorization, sign_board, sign_manifest,
    sign_orders, sign_receipt, sign_shown, verify_board, verify_manifest,
};

const DOCUMENT: &str = include_str!("../../../docs/air.md");

fn now() -> DateTime<Utc> {
    "2026-11-24T02:00:00Z".parse().unwrap()
}

fn server() -> SecretKey {
    SecretKey::from_seed(&[7; 32])
}

fn speaker() -> SecretKey {
    SecretKey::from_seed(&[9; 32])
}

fn manifest() -> Manifest {
    let item = Item {
        bytes: 48_000,
        delivery: 21,
        duration_ms: 3_000,
        lufs: -16.5,
        sha256: "ab".repeat(32),
        title: "Cơ chế một cửa".into(),
    };
    let starts_at = now() + TimeDelta::minutes(20);
    let ends_at = starts_at + TimeDelta::minutes(10);
    let slots = vec![Slot {
        ends_at,
        id: 11,
        items: vec![item],
        priority: Priority::Ordinary,
        starts_at,
    }];
    Manifest {
        area: 3,
        issued_at: now(),
        slots,
        valid_until: now() + TimeDelta::hours(72),
        version: 5,
    }
}

/// The same slot with a bulletin: an opening before the story, a closing after it.
fn bulletin() -> Manifest {
    let mut manifest = manifest();
    let story = manifest.slots[0].items.remove(0);
    let part = |part: i64, sound: &str, title: &str| Item {
        delivery: Said::Part(part).number(),
        sha256: sound.repeat(32),
        title: title.into(),
        ..story.clone()
    };
    let (opening, closing) = (part(31, "cd", "Lời mở đầu"), part(33, "ef", "Lời kết"));
    manifest.slots[0].items = vec![opening, story, closing];
    manifest.version = 6;
    manifest
}

fn receipt() -> Receipt {
    let started_at = now() + TimeDelta::milliseconds(1_200_004);
    Receipt {
        area: 3,
        clock_offset_ms: -12,
        delivery: 21,
        detail: None,
        ended_at: started_at + TimeDelta::milliseconds(3_050),
        id: "r1764201600004-000102030405060708090a0b0c0d0e0f".into(),
        lateness_ms: 4,
        manifest_version: 5,
        outcome: Outcome::Whole,
        sha256: "ab".repeat(32),
        slot: 11,
        speaker: 2,
        started_at,
        volume: 80,
    }
}

fn orders() -> Orders {
    Orders {
        issued_at: now(),
        speaker: 2,
        tone: Some(Tone {
            id: "t-0001020304050607".into(),
            seconds: 3,
            until: now() + TimeDelta::minutes(10),
        }),
        version: 4,
        volume: Some(65),
    }
}

fn board() -> BoardManifest {
    BoardManifest {
        board: 2,
        issued_at: now(),
        notices: vec![BoardNotice {
            delivery: 21,
            link: None,
            sha256: "cd".repeat(32),
            since: now(),
            text: "Xã trả kết quả tại nhà.".to_owned(),
            title: "Cơ chế một cửa".to_owned(),
            unit: "Phường Phủ Lý".to_owned(),
            until: now() + TimeDelta::days(30),
        }],
        valid_until: now() + TimeDelta::days(7),
        version: 5,
    }
}

fn shown() -> Shown {
    Shown {
        board: 2,
        delivery: 21,
        ended_at: now() + TimeDelta::milliseconds(74_100),
        id: "6f9619ff-8b86-4011-b42d-00c04fc964ff".to_owned(),
        seconds: 14,
        sha256: "cd".repeat(32),
        started_at: now() + TimeDelta::seconds(60),
        times: 1,
        version: 5,
    }
}

fn stands(what: &str, text: &str) {
    assert!(
        DOCUMENT.lines().any(|line| line == text),
        "docs/air.md has another {what}; it should be\n{text}"
    );
}

fn stands_signed(what: &str, signed: &Signed) {
    let bytes = STANDARD.decode(&signed.payload).unwrap();
    stands(
        &format!("payload of the {what}"),
        &String::from_utf8(bytes).unwrap(),
    );
    stands(
        &format!("envelope of the {what}"),
        &serde_json::to_string(signed).unwrap(),
    );
}

#[test]
fn the_keys_stand_in_the_document() {
    for key in [server(), speaker()] {
        stands("seed", &hex::encode(key.seed()));
        stands("public key", &key.public().text());
        stands("key id", &key.public().id());
    }
}

#[test]
fn the_envelopes_stand_in_the_document() {
    stands_signed("manifest", &sign_manifest(&server(), &manifest()));
    stands_signed("bulletin", &sign_manifest(&server(), &bulletin()));
    stands_signed("orders", &sign_orders(&server(), &orders()));
    stands_signed("receipt", &sign_receipt(&speaker(), &receipt()));
    stands_signed("board's manifest", &sign_board(&server(), &board()));
    stands_signed("board's receipt", &sign_shown(&speaker(), &shown()));
}

#[test]
fn a_delivery_and_a_part_are_told_apart() {
    let said: Vec<Said> = bulletin().slots[0].items.iter().map(Item::said).collect();
    assert_eq!(said, [Said::Part(31), Said::Delivery(21), Said::Part(33)]);
    let of_part = Receipt {
        delivery: -31,
        ..receipt()
    };
    assert_eq!(of_part.said(), Said::Part(31));
    for said in said {
        let number = said.number();
        assert_eq!(number < 0, matches!(said, Said::Part(_)));
    }
}

#[test]
fn the_request_stands_in_the_document() {
    let nonce = "000102030405060708090a0b0c0d0e0f";
    stands(
        "request",
        &authorization(
            &speaker(),
            2,
            ("POST", "/air/v1/receipts"),
            b"[]",
            now(),
            nonce,
        ),
    );
}

#[test]
fn the_documents_manifest_is_accepted() {
    let line = DOCUMENT
        .lines()
        .find(|line| line.starts_with(r#"{"key":""#))
        .unwrap();
    let signed: Signed = serde_json::from_str(line).unwrap();
    let expected = Expected {
        area: 3,
        last_version: 4,
        now: now(),
    };
    assert_eq!(
        verify_manifest(&signed, &server().public(), expected),
        Ok(manifest())
    );
}

#[test]
fn a_board_believes_only_what_is_its_own_newest_and_of_now() {
    let asked = |signed: &Signed, last, at| verify_board(signed, &server().public(), (2, last), at);
    let fair = sign_board(&server(), &board());
    assert_eq!(
        asked(&fair, 5, now()),
        Ok(board()),
        "the same version may come again"
    );
    assert_eq!(asked(&fair, 6, now()), Err(Reason::Replayed));
    assert_eq!(
        asked(&fair, 0, now() + TimeDelta::days(7)),
        Err(Reason::Expired)
    );
    assert_eq!(
        asked(&fair, 0, now() - TimeDelta::minutes(11)),
        Err(Reason::TooEarly)
    );
    let foreign = sign_board(&speaker(), &board());
    assert_eq!(asked(&foreign, 0, now()), Err(Reason::ForeignKey));
    let other = sign_board(
        &server(),
        &BoardManifest {
            board: 3,
            ..board()
        },
    );
    assert_eq!(asked(&other, 0, now()), Err(Reason::WrongArea));
    let altered = Signed {
        payload: other.payload,
        ..fair
    };
    assert_eq!(asked(&altered, 0, now()), Err(Reason::BadSignature));
    let receipt = sign_shown(&server(), &shown());
    assert_eq!(
        asked(&receipt, 0, now()),
        Err(Reason::BadSignature),
        "a receipt is no manifest"
    );
}
