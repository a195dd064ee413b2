//! Nothing due is lost and nothing is played twice, whatever goes wrong around it.

use std::os::unix::fs::PermissionsExt;

use chrono::TimeDelta;
use loa_air::Outcome;

use crate::world::{AREA, SPEAKER, World, heard, mp3, now, until};

#[test]
fn plays_at_its_time_and_signs_what_it_played() {
    let mut world = World::enrolled();
    let start = now() + TimeDelta::seconds(3);
    let tone = world.sound(21, mp3(1_500, 0.5), 1_500);
    let silence = world.sound(22, mp3(1_000, 0.0), 1_000);
    world.schedule(5, 11, start, 20, vec![tone.clone(), silence]);
    world.server.desk().breaks_off = true;
    world.run();
    until("two receipts", || world.server.desk().receipts.len() == 2);
    until("the status", || {
        world
            .server
            .desk()
            .status
            .as_ref()
            .is_some_and(|status| status.sounds_held.len() == 2)
    });
    until("the manifest is not sent twice", || {
        world.server.desk().unchanged > 0
    });
    let desk = world.server.desk();
    let (first, second) = (&desk.receipts[0], &desk.receipts[1]);
    assert_eq!(
        (first.outcome, second.outcome),
        (Outcome::Whole, Outcome::Silent)
    );
    assert_eq!(
        (first.delivery, first.slot, first.area, first.speaker),
        (21, 11, AREA, SPEAKER)
    );
    assert_eq!((first.manifest_version, &first.sha256), (5, &tone.sha256));
    assert!(first.started_at >= start, "never early: {first:?}");
    assert!(
        first.ended_at - first.started_at >= TimeDelta::milliseconds(1_500),
        "takes its time: {first:?}"
    );
    assert!(second.started_at >= first.ended_at, "one after the other");
    assert_eq!(
        first.lateness_ms,
        (first.started_at - start).num_milliseconds()
    );
    assert_eq!(
        desk.resumed.len(),
        1,
        "the sound that broke off was resumed where it broke"
    );
    assert!(
        desk.strangers.is_empty(),
        "every request was signed: {:?}",
        desk.strangers
    );
    assert!(desk.refusals.is_empty(), "{:?}", desk.refusals);
    drop(desk);
    let (length_ms, peak) = heard(&world.wav(11, 21));
    assert!(
        (1_500..1_700).contains(&length_ms) && peak > 10_000,
        "{length_ms} ms, peak {peak}"
    );
    assert!(world.resident_kb() < 40_000, "{} kB", world.resident_kb());
}

#[test]
fn plays_without_network_and_its_receipt_comes_later() {
    let mut world = World::enrolled();
    let item = world.sound(21, mp3(1_000, 0.5), 1_000);
    world.schedule(5, 11, now() + TimeDelta::seconds(4), 20, vec![item]);
    world.run();
    until("the sound is held", || {
        world
            .server
            .desk()
            .status
            .as_ref()
            .is_some_and(|s| s.sounds_held.len() == 1)
    });
    world.server.desk().down = true;
    until("a receipt is kept", || waiting(&world, "receipts") == 1);
    assert!(heard(&world.wav(11, 21)).0 >= 1_000);
    // Neither does a restart lose it or play again.
    world.kill();
    world.run();
    world.server.desk().down = false;
    until("the receipt", || !world.server.desk().receipts.is_empty());
    until("nothing is kept", || waiting(&world, "receipts") == 0);
    let desk = world.server.desk();
    assert_eq!(
        (desk.receipts.len(), desk.receipts[0].outcome),
        (1, Outcome::Whole)
    );
}

#[test]
fn killed_while_it_plays_it_says_cut_once_and_does_not_play_again() {
    let mut world = World::enrolled();
    let item = world.sound(21, mp3(20_000, 0.5), 20_000);
    world.schedule(5, 11, now() + TimeDelta::seconds(2), 60, vec![item]);
    world.run();
    until("it plays", || world.wav(11, 21).exists());
    world.kill();
    world.run();
    until("the receipt", || !world.server.desk().receipts.is_empty());
    world.kill();
    world.run();
    let after = world.server.desk().unchanged;
    until("two more rounds", || {
        world.server.desk().unchanged > after + 1
    });
    let desk = world.server.desk();
    assert_eq!(
        (desk.receipts.len(), desk.receipts[0].outcome),
        (1, Outcome::Cut),
        "{:?}",
        desk.receipts
    );
    assert!(
        desk.receipts[0]
            .detail
            .as_deref()
            .unwrap_or_default()
            .contains("power")
    );
}

#[test]
fn a_receipt_is_sent_until_it_is_acknowledged_and_keeps_its_id() {
    let mut world = World::enrolled();
    let item = world.sound(21, mp3(500, 0.5), 500);
    world.schedule(5, 11, now(), 20, vec![item]);
    world.server.desk().deaf = true;
    world.run();
    until("it comes again", || world.server.desk().receipts.len() >= 2);
    assert_eq!(waiting(&world, "receipts"), 1);
    world.server.desk().deaf = false;
    until("it is forgotten", || waiting(&world, "receipts") == 0);
    let desk = world.server.desk();
    assert!(
        desk.receipts
            .iter()
            .all(|receipt| *receipt == desk.receipts[0]),
        "{:?}",
        desk.receipts
    );
}

#[test]
fn what_the_slot_ends_is_cut_and_what_it_leaves_out_failed() {
    let mut world = World::enrolled();
    let long = world.sound(21, mp3(15_000, 0.5), 15_000);
    let left_out = world.sound(22, mp3(500, 0.4), 500);
    world.schedule(
        5,
        11,
        now() + TimeDelta::seconds(1),
        3,
        vec![long, left_out],
    );
    world.run();
    until("two receipts", || world.server.desk().receipts.len() == 2);
    let mut outcomes: Vec<_> = world
        .server
        .desk()
        .receipts
        .iter()
        .map(|receipt| (receipt.delivery, receipt.outcome))
        .collect();
    outcomes.sort_by_key(|outcome| outcome.0);
    assert_eq!(outcomes, [(21, Outcome::Cut), (22, Outcome::Failed)]);
}

#[test]
fn a_missing_aplay_is_a_failure_that_says_what_to_install() {
    let mut world = World::enrolled();
    let item = world.sound(21, mp3(500, 0.5), 500);
    world.schedule(5, 11, now(), 20, vec![item]);
    world.run_without_aplay();
    until("the receipt", || !world.server.desk().receipts.is_empty());
    let receipt = world.server.desk().receipts[0].clone();
    assert_eq!(receipt.outcome, Outcome::Failed);
    assert!(
        receipt
            .detail
            .as_deref()
            .unwrap_or_default()
            .contains("alsa-utils"),
        "{receipt:?}"
    );
}

#[test]
fn a_wrong_code_is_said_and_a_key_is_its_owners_alone() {
    let world = World::enrolled();
    let key = std::fs::metadata(world.data().join("key")).unwrap();
    assert_eq!(key.permissions().mode() & 0o777, 0o600);
    let again = world.enrol("MA-2026");
    assert!(
        String::from_utf8_lossy(&again.stderr).contains("holds an enrolled speaker"),
        "{again:?}"
    );
    std::fs::remove_dir_all(world.data()).unwrap();
    let wrong = world.enrol("SAI");
    assert!(!wrong.status.success());
    assert!(
        String::from_utf8_lossy(&wrong.stderr).contains("this code is not known"),
        "{wrong:?}"
    );
}

fn waiting(world: &World, folder: &str) -> usize {
    let Ok(entries) = std::fs::read_dir(world.data().join(folder)) else {
        return 0;
    };
    entries
        .flatten()
        .filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'))
        .count()
}
