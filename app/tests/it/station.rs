//! What a commune's broadcaster does on a phone: sent twice it is kept once, and nobody is heard without a
//! second person.

use chrono::{TimeDelta, Utc};
use loa::airtime::entity::slot;
use loa::error::Failure;
use loa::ids::{SlotId, StoryId};
use loa::station::entity::act;
use loa::station::{self, Act};
use loa::stories::{self, Draft, RecordingFile, State};
use sea_orm::EntityTrait;

use crate::world::{Browser, Page, SmallPlan, World, on_both, tone};

const SPOKEN: &str = "Chiều nay 17h, xã phát thuốc diệt muỗi tại nhà văn hóa.";

async fn record(
    browser: &mut Browser,
    plan: &SmallPlan,
    key: &str,
    slot: Option<SlotId>,
    file: &[u8],
) -> Page {
    let (theme, slot) = (
        plan.themes[0].to_string(),
        slot.map_or_else(String::new, |slot| slot.to_string()),
    );
    let fields = [
        ("key", key),
        ("title", "Phát thuốc diệt muỗi"),
        ("text", SPOKEN),
        ("theme", &theme),
        ("slot", &slot),
        ("done_at", "2026-11-24T01:30:00.000Z"),
    ];
    browser
        .upload("/station/recordings", &fields, ("file", "thu-am.wav", file))
        .await
}

async fn confirm(browser: &mut Browser, slot: SlotId, key: &str, heard: bool) -> Page {
    let (slot, heard) = (slot.to_string(), heard.to_string());
    let fields = [
        ("key", key),
        ("slot", slot.as_str()),
        ("heard", &heard),
        ("remark", "Loa cột 3 rè"),
    ];
    browser.post("/station/acts", &fields).await
}

async fn stories_of(world: &World, login: &str) -> Vec<StoryId> {
    let person = world.person_of(login).await;
    let (lines, _) = stories::list(&world.app, &person, None, 0, 100)
        .await
        .expect("a list");
    lines.into_iter().map(|line| line.story).collect()
}

#[tokio::test]
async fn a_recording_is_sent_for_approval_once_and_asks_for_its_slot() {
    on_both("station_recording", async |world| {
        let (plan, outlets) = (world.small_plan().await, world.outlets().await);
        let slot = world.slot(outlets.area_one, 60, 300).await;
        let mut dung = world.sign_in("dung").await;
        let page = dung.get("/station").await;
        assert_eq!(page.status, 200, "{}", page.text());
        let wanted = format!("#slot option[value='{slot}']");
        assert_eq!(page.all(&wanted).len(), 1, "{}", page.text());
        assert!(
            page.headers["permissions-policy"]
                .to_str()
                .unwrap()
                .contains("microphone=(self)")
        );

        // Nothing that was typed is lost when the file says nothing.
        let refused = record(&mut dung, &plan, "k-0", Some(slot), b"no sound").await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains(SPOKEN));
        let file = tone(3000);
        for _ in 0..2 {
            let sent = record(&mut dung, &plan, "k-1", Some(slot), &file).await;
            assert_eq!(sent.status, 303, "{}", sent.text());
        }
        let ids = stories_of(&world, "dung").await;
        assert_eq!(ids.len(), 1, "sent twice, kept once");
        world.work().await;
        let person = world.person_of("dung").await;
        let story = stories::get(&world.app, &person, ids[0]).await.expect("it");
        assert_eq!(story.state, State::Submitted);
        assert_eq!(story.row.wanted_slot_id, Some(slot));
        let radio = story.radio.as_ref().expect("a script");
        assert_eq!(radio.sound_state, "ready");
        let ms = radio.sound_ms.expect("a length");
        assert!(
            (2500..5000).contains(&ms),
            "the recording is heard, not the voice: {ms} ms"
        );
        // The author may not approve it, whatever their phone sends.
        let own = stories::approve(&world.app, &person, ids[0], &story.seen(), true).await;
        assert!(own.is_err());
    })
    .await;
}

#[tokio::test]
async fn the_same_recording_twice_at_once_is_one_story() {
    on_both("station_twice", async |world| {
        let plan = world.small_plan().await;
        world.outlets().await;
        let dung = world.person_of("dung").await;
        let draft = Draft {
            title: "Phát thuốc diệt muỗi".into(),
            body: SPOKEN.into(),
            script: Some(String::new()),
            unit: Some(world.unit("xa-mot").await),
            clause: Some(plan.clause),
            themes: vec![plan.themes[0]],
            ..Draft::default()
        };
        let act = Act {
            key: "k-1".into(),
            done_at: None,
        };
        let send = async || {
            let file = RecordingFile::read(tone(1000), "a.wav").await;
            let file = file
                .expect("read")
                .map_err(|fault| panic!("{fault}"))
                .unwrap();
            station::record(&world.app, &dung, &act, None, &draft, file).await
        };
        let (one, other) = tokio::join!(send(), send());
        assert_eq!(one.expect("kept"), other.expect("kept"));
        assert_eq!(stories_of(&world, "dung").await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn whether_it_was_heard_is_somebodys_word_and_no_proof() {
    on_both("station_heard", async |world| {
        let on_air = world.on_air().await;
        let slot = slot_of(&world).await;
        let mut dung = world.sign_in("dung").await;
        dung.get("/station").await;
        let early = confirm(&mut dung, slot, "k-1", true).await;
        assert_eq!(early.status, 409, "it has not begun");
        world.wait(TimeDelta::minutes(61));
        for _ in 0..2 {
            let told = confirm(&mut dung, slot, "k-2", false).await;
            assert_eq!(told.status, 303, "{}", told.text());
        }
        let page = dung.get("/station").await;
        assert_eq!(page.all(".station-told").len(), 1);
        assert!(page.text().contains("Loa cột 3 rè"));
        let home = dung.get("/home").await;
        assert!(home.text().contains("Loa không phát"), "{}", home.text());
        // Later it was heard: the newest word counts, and the ledger knows of none.
        world.wait(TimeDelta::minutes(1));
        confirm(&mut dung, slot, "k-3", true).await;
        assert!(!dung.get("/home").await.text().contains("Loa không phát"));
        assert!(world.ledger().await.is_empty());
        let line = dung
            .get(&format!("/station/sounds/{}", on_air.delivery))
            .await;
        assert_eq!(line.status, 200);

        // Somebody else's slot, an odd key, a time that cannot be.
        let dung_himself = world.person_of("dung").await;
        for key in ["", "../../x", &"k".repeat(65)] {
            let act = Act {
                key: key.into(),
                done_at: None,
            };
            let odd = station::confirm(&world.app, &dung_himself, &act, slot, true, "").await;
            assert!(matches!(odd, Err(Failure::Invalid(_))), "{key}: {odd:?}");
        }
        let foreign = world.slot(on_air.outlets.area_two, 1, 60).await;
        world.wait(TimeDelta::minutes(2));
        assert_eq!(confirm(&mut dung, foreign, "k-4", true).await.status, 404);
        let act = Act {
            key: "k-5".into(),
            done_at: Some(chrono::DateTime::<Utc>::MAX_UTC),
        };
        station::confirm(&world.app, &dung_himself, &act, slot, true, "")
            .await
            .expect("kept");
        let kept = act::Entity::find().all(&world.app.db).await.expect("acts");
        assert_eq!(kept.len(), 3);
        assert!(kept.iter().all(|act| act.done_at <= act.received_at));
    })
    .await;
}

async fn slot_of(world: &World) -> SlotId {
    let row = slot::Entity::find().one(&world.app.db).await;
    row.expect("a store").expect("a slot").id
}
