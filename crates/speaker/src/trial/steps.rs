//! The points, in the order in which they are tried.

use std::time::Duration;

use chrono::TimeDelta;
use loa_air::{
    Manifest, Outcome, Priority, Reason, Signed, Tone, What, sign_manifest, sign_orders,
};

use super::desk::{AREA, SPEAKER};
use super::script::{Script, ended, foreign_key};

/// One thing that a device must do.
pub(super) struct Step {
    pub name: &'static str,
    pub must: &'static str,
    pub check: fn(&mut Script<'_>, Duration) -> Result<(), String>,
}

const fn step(
    name: &'static str,
    must: &'static str,
    check: fn(&mut Script<'_>, Duration) -> Result<(), String>,
) -> Step {
    Step { name, must, check }
}

pub(super) const ALL: &[Step] = &[
    step(
        "enrols",
        "it enrols with the code and a key of its own",
        enrols,
    ),
    step(
        "asks",
        "it asks by the server's time, with requests that are signed",
        asks,
    ),
    step(
        "wrong-sound",
        "a sound that is not as its hash says is refused",
        wrong_sound,
    ),
    step(
        "broken-off",
        "a download that broke off is taken up again until the sound is there",
        broken_off,
    ),
    step(
        "status",
        "its status names the manifest and the sounds that it holds",
        status,
    ),
    step(
        "plays",
        "it plays at the slot's start by the server's time, and signs a receipt",
        plays,
    ),
    step(
        "again",
        "a receipt that was not acknowledged is sent again, byte for byte",
        again,
    ),
    step(
        "taken-back",
        "what the newest manifest no longer names is cut",
        taken_back,
    ),
    step(
        "foreign-key",
        "a manifest under another key is refused",
        foreign,
    ),
    step("altered", "a manifest that was altered is refused", altered),
    step(
        "wrong-area",
        "a manifest of another area is refused",
        wrong_area,
    ),
    step(
        "replayed",
        "a manifest of an earlier version is refused",
        replayed,
    ),
    step(
        "expired",
        "a manifest that holds no longer is refused",
        expired,
    ),
    step(
        "too-early",
        "a manifest of the future is refused",
        too_early,
    ),
    step(
        "unmoved",
        "what was refused was not played, and what was held is held",
        unmoved,
    ),
    step("urgent", "something urgent cuts what is not", urgent),
    step(
        "failed",
        "what could not be played is told as failed once its slot is over",
        failed,
    ),
    step("volume", "it follows its orders, and says so", volume),
    step(
        "forged-orders",
        "orders under another key are refused and not followed",
        forged_orders,
    ),
    step("tone", "a test tone is sounded once, and said", tone),
    step(
        "right-sound",
        "a sound that was refused is fetched again, and held once it is right",
        right_sound,
    ),
    step(
        "unchanged",
        "what it holds it asks for with its tag",
        unchanged,
    ),
    step(
        "once",
        "each receipt is of one playing, under an id of its own",
        once,
    ),
    step(
        "no-faults",
        "no request, receipt, refusal or status was signed wrongly, no nonce used twice",
        no_faults,
    ),
];

const SOON: Duration = Duration::from_secs(20);
/// A device need not fetch at once what was wrong before.
const PATIENT: Duration = Duration::from_secs(150);

fn enrols(script: &mut Script<'_>, patience: Duration) -> Result<(), String> {
    script.wait(patience, "it has not enrolled", |seen| {
        seen.key.clone().map(drop)
    })
}

fn asks(script: &mut Script<'_>, _: Duration) -> Result<(), String> {
    let empty = script.next(Vec::new());
    script.show(&empty);
    let missed = "a request by the server's time (20 minutes ahead of this machine's)";
    script.wait(SOON, missed, |seen| (seen.asked > 0).then_some(()))
}

/// Delivery 9 is hours away: its sound has all the time of the trial to come right.
fn later(script: &mut Script<'_>) -> loa_air::Slot {
    let item = script.item(5, 9);
    script.slot(3 * 3600, 60, vec![item])
}

fn wrong_sound(script: &mut Script<'_>, _: Duration) -> Result<(), String> {
    let before = script.refusals();
    let (short, long) = (script.item(1, 1), script.item(7, 2));
    let long_one = long.sha256.clone();
    let slot = script.slot(14, 60, vec![short, long]);
    let later = later(script);
    {
        let mut seen = script.desk.seen();
        seen.garbles = later.items.first().map(|item| item.sha256.clone());
        seen.breaks_off = Some(long_one);
        seen.deaf = true;
    }
    let manifest = script.next(vec![slot, later]);
    script.show(&manifest);
    script.refused(What::Sound, Reason::WrongHash, before)
}

fn right_sound(script: &mut Script<'_>, _: Duration) -> Result<(), String> {
    let later = later(script);
    let wanted = later.items.first().map(|item| item.sha256.clone());
    let manifest = script.next(vec![later]);
    script.show(&manifest);
    script.wait(PATIENT, "a status that names the sound", |seen| {
        let held = &seen.status.as_ref()?.sounds_held;
        wanted.as_ref().filter(|one| held.contains(one)).map(drop)
    })
}

fn broken_off(script: &mut Script<'_>, _: Duration) -> Result<(), String> {
    let long = script.item(7, 2).sha256;
    script.wait(SOON, "the sound is asked for again", |seen| {
        let times = seen.fetched.iter().filter(|(one, _)| *one == long).count();
        (times > 1).then_some(())
    })
}

fn status(script: &mut Script<'_>, _: Duration) -> Result<(), String> {
    script.holds()?;
    let wanted = [script.item(1, 1).sha256, script.item(7, 2).sha256];
    script.wait(SOON, "a status that names both sounds", |seen| {
        let held = &seen.status.as_ref()?.sounds_held;
        wanted.iter().all(|one| held.contains(one)).then_some(())
    })
}

fn plays(script: &mut Script<'_>, _: Duration) -> Result<(), String> {
    let receipt = script.receipt(1, 1, 40)?;
    ended(&receipt, Outcome::Whole)?;
    if receipt.lateness_ms.abs() > 2_000 {
        return Err(format!(
            "it says that it began {} ms late",
            receipt.lateness_ms
        ));
    }
    let took = receipt.ended_at - receipt.started_at;
    let three = TimeDelta::milliseconds(2_700)..=TimeDelta::milliseconds(3_600);
    if !three.contains(&took) {
        return Err(format!("three seconds took {} ms", took.num_milliseconds()));
    }
    if (script.desk.now() - receipt.ended_at).abs() > TimeDelta::seconds(20) {
        return Err("its instants are not by the server's time".to_owned());
    }
    if receipt.volume == 0 {
        return Err("its volume is 0: nobody heard it".to_owned());
    }
    Ok(())
}

fn again(script: &mut Script<'_>, _: Duration) -> Result<(), String> {
    let found = script.wait(SOON, "a receipt for a second time", |seen| {
        let (first, bytes) = seen.receipts.first()?;
        let mut later = seen.receipts.iter().skip(1);
        let (_, twin) = later.find(|(one, _)| one.id == first.id)?;
        Some(bytes == twin)
    });
    script.desk.seen().deaf = false;
    match found {
        Ok(true) => Ok(()),
        Ok(false) => Err("the second time it has other bytes under the same id".to_owned()),
        Err(missed) => Err(missed),
    }
}

fn taken_back(script: &mut Script<'_>, _: Duration) -> Result<(), String> {
    let empty = script.next(Vec::new());
    script.show(&empty);
    let at = script.desk.now();
    let receipt = script.receipt(1, 2, 30)?;
    ended(&receipt, Outcome::Cut)?;
    if receipt.ended_at > at + TimeDelta::seconds(8) {
        let late = (receipt.ended_at - at).num_seconds();
        return Err(format!("it went on for {late} s"));
    }
    script.holds()
}

/// A manifest with something to say, of the next version, that must not be believed.
fn bait(script: &mut Script<'_>) -> Manifest {
    let item = script.item(3, 66);
    let slot = script.slot(1, 30, vec![item]);
    script.manifest(script.version + 1, vec![slot])
}

fn forged(
    script: &mut Script<'_>,
    reason: Reason,
    forge: impl Fn(&Script<'_>, Manifest) -> Signed,
) -> Result<(), String> {
    let before = script.refusals();
    let bait = bait(script);
    let signed = forge(script, bait);
    // A tag of its own, so that it is looked at.
    let tag = 1_000 + i64::try_from(before).unwrap_or_default();
    script.show_as(tag, signed);
    let found = script.refused(What::Manifest, reason, before);
    let genuine = script.manifest(script.version, Vec::new());
    script.show(&genuine);
    found
}

fn foreign(script: &mut Script<'_>, _: Duration) -> Result<(), String> {
    forged(script, Reason::ForeignKey, |_, manifest| {
        sign_manifest(&foreign_key(), &manifest)
    })
}

fn altered(script: &mut Script<'_>, _: Duration) -> Result<(), String> {
    forged(script, Reason::BadSignature, |script, manifest| {
        let quiet = sign_manifest(
            &script.desk.key,
            &script.manifest(manifest.version, Vec::new()),
        );
        let loud = sign_manifest(&script.desk.key, &manifest);
        Signed {
            payload: loud.payload,
            ..quiet
        }
    })
}

fn wrong_area(script: &mut Script<'_>, _: Duration) -> Result<(), String> {
    forged(script, Reason::WrongArea, |script, manifest| {
        let other = Manifest {
            area: AREA + 1,
            ..manifest
        };
        sign_manifest(&script.desk.key, &other)
    })
}

fn replayed(script: &mut Script<'_>, _: Duration) -> Result<(), String> {
    forged(script, Reason::Replayed, |script, manifest| {
        let old = Manifest {
            version: 1,
            ..manifest
        };
        sign_manifest(&script.desk.key, &old)
    })
}

fn expired(script: &mut Script<'_>, _: Duration) -> Result<(), String> {
    forged(script, Reason::Expired, |script, manifest| {
        let over = Manifest {
            issued_at: manifest.issued_at - TimeDelta::hours(80),
            valid_until: manifest.issued_at - TimeDelta::hours(8),
            ..manifest
        };
        sign_manifest(&script.desk.key, &over)
    })
}

fn too_early(script: &mut Script<'_>, _: Duration) -> Result<(), String> {
    forged(script, Reason::TooEarly, |script, manifest| {
        let early = Manifest {
            issued_at: manifest.issued_at + TimeDelta::hours(1),
            ..manifest
        };
        sign_manifest(&script.desk.key, &early)
    })
}

fn unmoved(script: &mut Script<'_>, _: Duration) -> Result<(), String> {
    // Long enough for something to be said, and told.
    script.until(script.desk.now() + TimeDelta::seconds(8));
    let seen = script.desk.seen();
    if seen
        .receipts
        .iter()
        .any(|(receipt, _)| receipt.delivery == 66)
    {
        return Err("it played, or meant to play, what was refused".to_owned());
    }
    drop(seen);
    script.holds()
}

fn urgent(script: &mut Script<'_>, _: Duration) -> Result<(), String> {
    let (long, short) = (script.item(8, 3), script.item(2, 4));
    let ordinary = script.slot(6, 60, vec![long]);
    let manifest = script.next(vec![ordinary.clone()]);
    script.show(&manifest);
    script.holds()?;
    script.until(ordinary.starts_at + TimeDelta::seconds(4));
    let mut now = script.slot(5, 30, vec![short]);
    now.priority = Priority::Urgent;
    let (first, second) = (ordinary.id, now.id);
    let manifest = script.next(vec![ordinary, now]);
    script.show(&manifest);
    ended(&script.receipt(first, 3, 30)?, Outcome::Cut)?;
    ended(&script.receipt(second, 4, 30)?, Outcome::Whole)
}

fn failed(script: &mut Script<'_>, _: Duration) -> Result<(), String> {
    let item = script.item(4, 5);
    script.desk.seen().sounds.remove(&item.sha256);
    let slot = script.slot(4, 6, vec![item]);
    let id = slot.id;
    let manifest = script.next(vec![slot]);
    script.show(&manifest);
    let receipt = script.receipt(id, 5, 40)?;
    ended(&receipt, Outcome::Failed)
}

fn volume(script: &mut Script<'_>, _: Duration) -> Result<(), String> {
    let version = script.order(Some(37), None);
    follows(script, version, 37)
}

fn follows(script: &Script<'_>, version: i64, volume: u8) -> Result<(), String> {
    let missed = format!("a status with volume {volume} by orders {version}");
    script.wait(SOON, &missed, |seen| {
        let status = seen.status.as_ref()?;
        (status.orders_version == version && status.volume == volume).then_some(())
    })
}

fn forged_orders(script: &mut Script<'_>, _: Duration) -> Result<(), String> {
    let before = script.refusals();
    let version = script.order(Some(37), None);
    let forged = loa_air::Orders {
        issued_at: script.desk.now(),
        speaker: SPEAKER,
        tone: None,
        version: version + 1,
        volume: Some(100),
    };
    let genuine = script.desk.seen().orders.take();
    let signed = sign_orders(&foreign_key(), &forged);
    script.desk.seen().orders = Some((1_000, signed));
    let found = script.refused(What::Orders, Reason::ForeignKey, before);
    script.desk.seen().orders = genuine;
    found?;
    follows(script, version, 37)
}

fn tone(script: &mut Script<'_>, _: Duration) -> Result<(), String> {
    let id = "t-0001020304050607".to_owned();
    let tone = Tone {
        id: id.clone(),
        seconds: 2,
        until: script.desk.now() + TimeDelta::minutes(5),
    };
    script.order(Some(37), Some(tone));
    script.wait(SOON, "a status that names the tone", |seen| {
        let status = seen.status.as_ref()?;
        (status.tone.as_ref() == Some(&id)).then_some(())
    })
}

fn unchanged(script: &mut Script<'_>, _: Duration) -> Result<(), String> {
    script.wait(
        SOON,
        "a request with If-None-Match of what it holds",
        |seen| (seen.unchanged > 0).then_some(()),
    )
}

fn once(script: &mut Script<'_>, _: Duration) -> Result<(), String> {
    let seen = script.desk.seen();
    let all = || seen.receipts.iter().map(|(receipt, _)| receipt);
    for one in all() {
        if all().any(|other| other.id == one.id && other != one) {
            return Err(format!("two receipts have the id {}", one.id));
        }
        let same =
            |other: &&loa_air::Receipt| (other.slot, other.delivery) == (one.slot, one.delivery);
        if all().filter(same).any(|other| other.id != one.id) {
            return Err(format!(
                "delivery {} has two receipts in a slot",
                one.delivery
            ));
        }
    }
    Ok(())
}

fn no_faults(script: &mut Script<'_>, _: Duration) -> Result<(), String> {
    match script.desk.seen().faults.first() {
        None => Ok(()),
        Some(fault) => Err(fault.clone()),
    }
}
