//! Nothing foreign is ever said: what is forged is refused, and the refusal is reported.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use loa_air::{Item, Manifest, Reason, Signed, What, sign_manifest};

use crate::server::foreign_key;
use crate::world::{World, mp3, now, of_slot, server_key, until};

fn genuine(item: &Item, version: i64) -> Manifest {
    // Runs already: were it believed, it would be heard at once.
    of_slot(
        version,
        11,
        now() - TimeDelta::seconds(1),
        600,
        vec![item.clone()],
    )
}

/// The speaker refuses what is offered, says why, and nothing was played.
fn refuses(offer: impl Fn(&World, &Item), what: What, reason: Reason) {
    let mut world = World::enrolled();
    let item = world.sound(21, mp3(500, 0.5), 500);
    offer(&world, &item);
    world.run();
    until("the refusal", || !world.server.desk().refusals.is_empty());
    let refusal = world.server.desk().refusals[0].clone();
    assert_eq!(
        (refusal.what, refusal.reason),
        (what, reason),
        "{refusal:?}"
    );
    // The next genuine word is heard again, and shows that the forged one was not.
    if what == What::Manifest {
        let next = Manifest {
            slots: vec![],
            ..genuine(&item, 90)
        };
        world.offer(90, &sign_manifest(&server_key(), &next));
        until("the genuine one", || {
            world
                .server
                .desk()
                .status
                .as_ref()
                .is_some_and(|status| status.manifest_version == 90)
        });
    }
    assert!(world.server.desk().receipts.is_empty());
    assert!(!world.wav(11, 21).exists());
    assert_eq!(
        world.server.desk().refusals.len(),
        1,
        "the same forgery is reported once"
    );
}

#[test]
fn a_manifest_altered_by_one_byte() {
    let alter = |world: &World, item: &Item| {
        let signed = sign_manifest(&server_key(), &genuine(item, 5));
        let mut payload = STANDARD.decode(&signed.payload).unwrap();
        let place = payload.iter().rposition(|byte| *byte == b'5').unwrap();
        payload[place] = b'6';
        world.offer(
            6,
            &Signed {
                payload: STANDARD.encode(payload),
                ..signed
            },
        );
    };
    refuses(alter, What::Manifest, Reason::BadSignature);
}

#[test]
fn a_manifest_of_a_foreign_key() {
    let foreign = |world: &World, item: &Item| {
        world.offer(5, &sign_manifest(&foreign_key(), &genuine(item, 5)));
    };
    refuses(foreign, What::Manifest, Reason::ForeignKey);
}

#[test]
fn a_manifest_signed_anew_under_the_servers_name() {
    let resigned = |world: &World, item: &Item| {
        let key = server_key().public().id();
        world.offer(
            5,
            &Signed {
                key,
                ..sign_manifest(&foreign_key(), &genuine(item, 5))
            },
        );
    };
    refuses(resigned, What::Manifest, Reason::BadSignature);
}

#[test]
fn a_manifest_of_another_area() {
    let other = |world: &World, item: &Item| {
        world.offer(
            5,
            &sign_manifest(
                &server_key(),
                &Manifest {
                    area: 4,
                    ..genuine(item, 5)
                },
            ),
        );
    };
    refuses(other, What::Manifest, Reason::WrongArea);
}

#[test]
fn a_manifest_no_longer_valid() {
    let stale = |world: &World, item: &Item| {
        let valid_until = now() - TimeDelta::minutes(1);
        world.offer(
            5,
            &sign_manifest(
                &server_key(),
                &Manifest {
                    valid_until,
                    ..genuine(item, 5)
                },
            ),
        );
    };
    refuses(stale, What::Manifest, Reason::Expired);
}

#[test]
fn an_envelope_cut_short() {
    let cut = |world: &World, item: &Item| {
        let mut body =
            serde_json::to_vec(&sign_manifest(&server_key(), &genuine(item, 5))).unwrap();
        body.truncate(body.len() / 2);
        world.server.desk().manifest = Some((5, body));
    };
    refuses(cut, What::Manifest, Reason::Malformed);
}

#[test]
fn a_sound_altered_by_one_byte() {
    let altered = |world: &World, item: &Item| {
        let middle = usize::try_from(item.bytes / 2).unwrap();
        world.server.desk().sounds.get_mut(&item.sha256).unwrap()[middle] ^= 1;
        world.offer(5, &sign_manifest(&server_key(), &genuine(item, 5)));
    };
    refuses(altered, What::Sound, Reason::WrongHash);
}

#[test]
fn a_sound_with_more_behind_it() {
    let longer = |world: &World, item: &Item| {
        world
            .server
            .desk()
            .sounds
            .get_mut(&item.sha256)
            .unwrap()
            .extend([0; 100]);
        world.offer(5, &sign_manifest(&server_key(), &genuine(item, 5)));
    };
    refuses(longer, What::Sound, Reason::WrongHash);
}

#[test]
fn an_older_manifest_even_after_a_restart() {
    let mut world = World::enrolled();
    let item = world.sound(21, mp3(500, 0.5), 500);
    let empty = Manifest {
        slots: vec![],
        ..genuine(&item, 6)
    };
    world.offer(6, &sign_manifest(&server_key(), &empty));
    world.run();
    until("the newer one", || {
        world
            .server
            .desk()
            .status
            .as_ref()
            .is_some_and(|status| status.manifest_version == 6)
    });
    world.kill();
    world.offer(5, &sign_manifest(&server_key(), &genuine(&item, 5)));
    world.run();
    until("the refusal", || !world.server.desk().refusals.is_empty());
    assert_eq!(world.server.desk().refusals[0].reason, Reason::Replayed);
    assert!(world.server.desk().receipts.is_empty() && !world.wav(11, 21).exists());
}

#[test]
fn what_somebody_changed_on_its_own_disk() {
    let mut world = World::enrolled();
    let item = world.sound(21, mp3(500, 0.5), 500);
    world.schedule(5, 11, now() + TimeDelta::hours(1), 60, vec![item]);
    world.run();
    until("the sound is held", || {
        world
            .server
            .desk()
            .status
            .as_ref()
            .is_some_and(|s| s.sounds_held.len() == 1)
    });
    world.kill();
    let path = world.data().join("manifest.json");
    let foreign = genuine(&world.sound(21, mp3(500, 0.5), 500), 5);
    std::fs::write(
        &path,
        serde_json::to_vec(&sign_manifest(&foreign_key(), &foreign)).unwrap(),
    )
    .unwrap();
    world.run();
    until("the refusal", || !world.server.desk().refusals.is_empty());
    assert_eq!(world.server.desk().refusals[0].reason, Reason::ForeignKey);
    assert!(world.server.desk().receipts.is_empty() && !world.wav(11, 21).exists());
}
