//! Orders: how loud, and a test tone that is sounded once; only signed ones are followed.

use std::path::PathBuf;

use chrono::TimeDelta;
use loa_air::{Orders, Reason, Signed, Tone, What, sign_orders};

use crate::server::foreign_key;
use crate::world::{SPEAKER, World, heard, mp3, now, server_key, until};

fn orders(version: i64, volume: Option<u8>, tone: Option<&str>) -> Orders {
    Orders {
        issued_at: now(),
        speaker: SPEAKER,
        tone: tone.map(|id| Tone {
            id: id.to_owned(),
            seconds: 1,
            until: now() + TimeDelta::minutes(10),
        }),
        version,
        volume,
    }
}

fn offer(world: &World, version: i64, signed: &Signed) {
    world.server.desk().orders = Some((version, serde_json::to_vec(signed).unwrap()));
}

fn give(world: &World, orders: &Orders) {
    offer(world, orders.version, &sign_orders(&server_key(), orders));
}

fn follows(world: &World, version: i64) -> bool {
    let desk = world.server.desk();
    let status = desk.status.as_ref();
    status.is_some_and(|status| status.orders_version == version)
}

fn tone_of(world: &World, id: &str) -> PathBuf {
    let beside = world.wav(0, 0);
    beside.with_file_name(format!("tone-{id}.wav"))
}

#[test]
fn it_plays_as_loud_as_it_is_ordered_and_says_so_after_a_power_cut_too() {
    let mut world = World::enrolled();
    give(&world, &orders(1, Some(25), None));
    world.run();
    until("it follows", || follows(&world, 1));
    assert_eq!(world.server.desk().status.as_ref().unwrap().volume, 25);
    world.kill();
    // Without its server it still knows.
    let item = world.sound(21, mp3(1_000, 0.8), 1_000);
    world.schedule(5, 11, now() + TimeDelta::seconds(2), 20, vec![item]);
    world.server.desk().orders = None;
    world.run();
    until("the receipt", || !world.server.desk().receipts.is_empty());
    assert_eq!(world.server.desk().receipts[0].volume, 25);
    let (_, loudest) = heard(&world.wav(11, 21));
    assert!((4_000..9_000).contains(&loudest), "{loudest}: a quarter");
    // None again: as it was set up.
    give(&world, &orders(2, None, None));
    until("it follows", || follows(&world, 2));
    let volume = world.server.desk().status.as_ref().unwrap().volume;
    assert!(volume > 25, "{volume}");
}

#[test]
fn a_test_tone_is_sounded_once() {
    let mut world = World::enrolled();
    give(&world, &orders(1, None, Some("t-1")));
    world.run();
    let sounded = |id: &str| {
        let desk = world.server.desk();
        let status = desk.status.as_ref();
        status.is_some_and(|status| status.tone.as_deref() == Some(id))
    };
    until("it says that it sounded", || sounded("t-1"));
    let wav = tone_of(&world, "t-1");
    until("the file is closed", || {
        std::fs::metadata(&wav).is_ok_and(|file| file.len() > 40_000)
    });
    std::fs::remove_file(&wav).unwrap();
    world.kill();
    world.run();
    give(&world, &orders(2, Some(50), Some("t-1")));
    until("it follows", || follows(&world, 2));
    give(&world, &orders(3, Some(50), Some("t-2")));
    until("the next one", || tone_of(&world, "t-2").exists());
    assert!(!wav.exists(), "the first one was not sounded again");
}

#[test]
fn what_is_to_be_said_goes_before_a_tone() {
    let mut world = World::enrolled();
    let item = world.sound(21, mp3(2_000, 0.5), 2_000);
    world.schedule(5, 11, now() + TimeDelta::seconds(4), 20, vec![item]);
    world.run();
    until("the sound is held", || {
        let desk = world.server.desk();
        let status = desk.status.as_ref();
        status.is_some_and(|status| status.sounds_held.len() == 1)
    });
    give(&world, &orders(1, None, Some("t-1")));
    until("the receipt", || !world.server.desk().receipts.is_empty());
    let receipt = world.server.desk().receipts[0].clone();
    assert!(receipt.lateness_ms < 1_000, "{receipt:?}");
    until("the tone after it", || tone_of(&world, "t-1").exists());
}

#[test]
fn forged_foreign_and_old_orders_are_refused_and_reported() {
    let altered = {
        let mut signed = sign_orders(&server_key(), &orders(9, Some(0), None));
        let other = sign_orders(&server_key(), &orders(9, Some(100), None));
        signed.payload = other.payload;
        signed
    };
    let foreign = sign_orders(&foreign_key(), &orders(9, Some(0), None));
    let elsewhere = Orders {
        speaker: SPEAKER + 1,
        ..orders(9, Some(0), None)
    };
    let elsewhere = sign_orders(&server_key(), &elsewhere);
    let old = sign_orders(&server_key(), &orders(1, Some(0), None));
    let loud = sign_orders(&server_key(), &orders(9, Some(101), None));
    let early = Orders {
        issued_at: now() + TimeDelta::hours(1),
        ..orders(9, Some(0), None)
    };
    let early = sign_orders(&server_key(), &early);
    for (signed, reason) in [
        (altered, Reason::BadSignature),
        (foreign, Reason::ForeignKey),
        (elsewhere, Reason::WrongArea),
        (old, Reason::Replayed),
        (loud, Reason::Malformed),
        (early, Reason::TooEarly),
    ] {
        let mut world = World::enrolled();
        give(&world, &orders(2, Some(70), None));
        world.run();
        until("it follows", || follows(&world, 2));
        offer(&world, 9, &signed);
        until("the refusal", || !world.server.desk().refusals.is_empty());
        let refusal = world.server.desk().refusals[0].clone();
        assert_eq!((refusal.what, refusal.reason), (What::Orders, reason));
        assert_eq!(world.server.desk().status.as_ref().unwrap().volume, 70);
    }
}
