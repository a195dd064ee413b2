//! A disk that is full: a small one of its own, mounted where only the loudspeaker sees it.

use std::fs::File;
use std::io::Write;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::process::Command;

use chrono::TimeDelta;
use loa_air::Outcome;

use crate::world::{World, mp3, now, until};

/// Whether this machine lets us mount one.
fn possible() -> bool {
    let tried = Command::new("unshare")
        .args(["-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"])
        .output();
    let possible = tried.is_ok_and(|done| done.status.success());
    if !possible {
        println!("skipped: this machine lets nobody mount a disk of their own");
    }
    possible
}

/// Writes until nothing more fits.
fn fill(junk: &PathBuf) {
    let mut file = File::create(junk).unwrap();
    while file.write_all(&[0; 4096]).is_ok() {}
    while file.write_all(&[0]).is_ok() {}
}

#[test]
fn on_a_full_disk_it_plays_and_keeps_its_books() {
    if !possible() {
        return;
    }
    let mut world = World::enrolled();
    let (one, other) = (mp3(1_000, 0.5), mp3(1_200, 0.5));
    let items = vec![world.sound(21, one, 1_000), world.sound(22, other, 1_200)];
    world.schedule(5, 11, now() + TimeDelta::seconds(5), 20, items);
    let disk = world.run_on_disk_of(16);
    until("the sounds are held", || {
        let desk = world.server.desk();
        let status = desk.status.as_ref();
        status.is_some_and(|status| status.sounds_held.len() == 2)
    });
    assert!(disk.join("reserve").exists());
    fill(&disk.join("junk"));
    world.server.desk().down = true;
    until("both receipts are kept", || {
        let kept = std::fs::read_dir(disk.join("receipts"));
        kept.is_ok_and(|kept| kept.count() == 2)
    });
    assert!(!disk.join("reserve").exists(), "it made way");
    world.server.desk().down = false;
    until("the receipts", || world.server.desk().receipts.len() == 2);
    assert!(
        world
            .server
            .desk()
            .receipts
            .iter()
            .all(|one| one.outcome == Outcome::Whole)
    );
    // Its status comes last in a round.
    until("it says that it is full", || {
        let desk = world.server.desk();
        let status = desk.status.as_ref();
        status.is_some_and(|status| status.free_bytes < 2 << 20)
    });
    std::fs::remove_file(disk.join("junk")).unwrap();
    until("the reserve is there again", || {
        disk.join("reserve").exists()
    });
}

#[test]
fn what_is_said_soonest_finds_room_and_what_has_none_says_so() {
    if !possible() {
        return;
    }
    let mut world = World::enrolled();
    let large = |world: &World, delivery: u8| {
        let bytes = vec![delivery; 2_000_000];
        world.sound(i64::from(delivery), bytes, 120_000)
    };
    let (today, tomorrow) = (large(&world, 1), large(&world, 2));
    let later = now() + TimeDelta::hours(30);
    world.schedule(5, 11, later, 600, vec![today.clone(), tomorrow.clone()]);
    let disk = world.run_on_disk_of(6);
    let held = |sha256: &str| disk.join("sounds").join(sha256).exists();
    until("both are held", || {
        held(&today.sha256) && held(&tomorrow.sha256)
    });
    let file = |sha256: &str| disk.join("sounds").join(sha256).metadata().unwrap().ino();
    let kept = file(&today.sha256);
    // Two seconds from now another one is due: the last of tomorrow makes way.
    let soon = large(&world, 3);
    let too_large = world.sound(4, vec![4; 7_000_000], 400_000);
    let mut manifest =
        crate::world::of_slot(6, 11, later, 600, vec![today.clone(), tomorrow.clone()]);
    let next = now() + TimeDelta::seconds(2);
    let first = crate::world::of_slot(6, 12, next, 10, vec![soon.clone(), too_large]);
    manifest.slots.insert(0, first.slots[0].clone());
    world.offer_manifest(&manifest);
    until("what is due is held", || held(&soon.sha256));
    assert!(held(&today.sha256) && !held(&tomorrow.sha256));
    until("the receipts", || world.server.desk().receipts.len() == 2);
    assert_eq!(
        file(&today.sha256),
        kept,
        "it never made way for what has no room"
    );
    let desk = world.server.desk();
    let about = |delivery: i64| {
        let mut receipts = desk.receipts.iter();
        receipts
            .find(|one| one.delivery == delivery)
            .unwrap()
            .detail
            .clone()
            .unwrap()
    };
    assert!(about(4).contains("no room"), "{}", about(4));
    assert!(!about(3).contains("no room"), "{}", about(3));
}
