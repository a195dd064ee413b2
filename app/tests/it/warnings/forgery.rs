//! What is not believed: each with its reason, each to be seen, none said.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::TimeDelta;
use loa::app::App;
use loa::clock::SystemChance;
use loa::warnings::{self, Stage};
use loa_cap::{MessageType, Status};
use sea_orm::{EntityTrait, PaginatorTrait};

use super::center::{Center, cancel, flood, reference};
use crate::world::{World, on_both};

async fn refused(world: &World, document: &[u8]) -> String {
    let came = world.comes(document).await;
    let why = came.refused.expect("not believed");
    let (warning, alert) = warnings::get(&world.app, came.id).await.expect("shown");
    assert_eq!(warning.stage, Stage::Refused);
    assert!(alert.is_none());
    let page = world
        .sign_in("em")
        .await
        .get(&format!("/warnings/{}", came.id))
        .await;
    assert_eq!(page.status, 200, "{}", page.text());
    assert_eq!(
        page.all(".notice-error .notice-title").len(),
        1,
        "{}",
        page.text()
    );
    why
}

#[tokio::test]
async fn what_is_not_signed_by_the_source_is_not_believed() {
    on_both("warnings_forged", async |world| {
        world.small_plan().await;
        world.outlets().await;
        let (center, other) = (Center::new(), Center::new());
        let now = world.app.clock.now();
        let alert = flood("KTTV-1", now);
        let document = center.sign(&alert);

        // Nobody knows it yet; once somebody does, the same document is believed.
        assert_eq!(refused(&world, &document).await, "warnings-unknown-sender");
        world.source(&center, "").await;
        assert_eq!(
            refused(&world, &other.sign(&flood("KTTV-9", now))).await,
            "warnings-forged"
        );
        let text = String::from_utf8(document.clone()).expect("UTF-8");
        let altered = text.replace("di dời ngay", "ở yên trong nhà");
        assert_ne!(altered, text);
        assert_eq!(refused(&world, altered.as_bytes()).await, "warnings-forged");
        let moved = text.replace("<value>1</value>", "<value>35</value>");
        assert_ne!(moved, text);
        assert_eq!(refused(&world, moved.as_bytes()).await, "warnings-forged");
        assert_eq!(
            refused(&world, alert.to_xml().as_bytes()).await,
            "warnings-signature"
        );
        // The signature of another warning, with the key that it names itself.
        let foreign = String::from_utf8(other.sign(&alert)).expect("UTF-8");
        let signature = |text: &str| {
            let from = text.find("<Signature").expect("signed");
            text[from..text.find("</alert>").expect("an end")].to_owned()
        };
        let grafted = text.replace(&signature(&text), &signature(&foreign));
        assert_eq!(refused(&world, grafted.as_bytes()).await, "warnings-forged");
        // A part that is signed, in a document that says something else.
        let wrapped = text.replace("URI=\"\"", "URI=\"#part\"");
        assert_eq!(
            refused(&world, wrapped.as_bytes()).await,
            "warnings-signature"
        );
        assert_eq!(refused(&world, b"<alert/>").await, "warnings-unreadable");
        assert_eq!(refused(&world, b"").await, "warnings-unreadable");

        let came = world.comes(&document).await;
        assert_eq!(came.refused, None);
        assert!(!came.new, "it was seen before, and not believed");
        // Another text under the same name, although the source signed both.
        let mut twin = alert.clone();
        twin.infos[0].headline = Some("Nước rút".into());
        assert_eq!(
            refused(&world, &center.sign(&twin)).await,
            "warnings-otherwise"
        );
        // Whoever takes back what is not theirs takes nothing back.
        let theirs = cancel("KTTV-8", &alert);
        assert_eq!(
            refused(&world, &other.sign(&theirs)).await,
            "warnings-forged"
        );
        assert_eq!(world.warning(came.id).await.ended_by, None);
    })
    .await;
}

#[tokio::test]
async fn what_is_old_early_or_for_systems_is_not_believed() {
    on_both("warnings_old", async |world| {
        let center = Center::new();
        world.source(&center, "").await;
        let now = world.app.clock.now();
        let old = flood("KTTV-1", now - TimeDelta::hours(4));
        assert_eq!(refused(&world, &center.sign(&old)).await, "warnings-over");
        let mut endless = flood("KTTV-2", now - TimeDelta::hours(25));
        endless.infos[0].expires = None;
        assert_eq!(
            refused(&world, &center.sign(&endless)).await,
            "warnings-over"
        );
        let early = flood("KTTV-3", now + TimeDelta::minutes(6));
        assert_eq!(
            refused(&world, &center.sign(&early)).await,
            "warnings-ahead"
        );
        let mut ack = flood("KTTV-4", now);
        ack.message = MessageType::Ack(vec![reference(&old)]);
        assert_eq!(refused(&world, &center.sign(&ack)).await, "warnings-none");

        // An exercise is believed, shown as one, and is nobody's task; it ends no real warning.
        world.small_plan().await;
        world.outlets().await;
        let real = flood("KTTV-5", now);
        let came = world.comes(&center.sign(&real)).await;
        let mut exercise = cancel("KTTV-6", &real);
        exercise.status = Status::Exercise;
        let drill = world.comes(&center.sign(&exercise)).await;
        let (drill, _) = warnings::get(&world.app, drill.id).await.expect("read");
        assert_eq!(drill.stage, Stage::Exercise);
        let (real, _) = warnings::get(&world.app, came.id).await.expect("read");
        assert_eq!(real.stage, Stage::Waits);
        let dung = world.person_of("dung").await;
        let waiting = warnings::waiting(&world.app, &dung).await.expect("read");
        assert_eq!(waiting.len(), 1);
        world.wait(TimeDelta::hours(3));
        let (real, _) = warnings::get(&world.app, came.id).await.expect("read");
        assert_eq!(real.stage, Stage::Over);
        assert!(
            warnings::waiting(&world.app, &dung)
                .await
                .expect("read")
                .is_empty()
        );
    })
    .await;
}

#[tokio::test]
async fn a_take_back_that_overtakes_its_warning_counts() {
    on_both("warnings_order", async |world| {
        let center = Center::new();
        world.source(&center, "").await;
        let alert = flood("KTTV-1", world.app.clock.now());
        let back = world.comes(&center.sign(&cancel("KTTV-2", &alert))).await;
        let came = world.comes(&center.sign(&alert)).await;
        assert_eq!(came.refused, None);
        assert_eq!(world.warning(came.id).await.ended_by, Some(back.id));
    })
    .await;
}

#[tokio::test]
async fn a_machine_that_cannot_check_believes_nothing() {
    on_both("warnings_checker", async |mut world| {
        let center = Center::new();
        world.source(&center, "").await;
        let document = center.sign(&flood("KTTV-1", world.app.clock.now()));
        let whole = world.app.clone();
        let mut config = world.app.config.clone();
        config.warnings.checker = PathBuf::from("no-such-program");
        let (db, clock) = (world.app.db.clone(), world.clock.clone());
        world.app = App::with(config, db, clock, Arc::new(SystemChance)).expect("an installation");
        assert_eq!(refused(&world, &document).await, "warnings-no-checker");
        world.app = whole;
        assert_eq!(world.comes(&document).await.refused, None);
    })
    .await;
}

#[tokio::test]
async fn nonsense_fills_no_disk() {
    on_both("warnings_flood", async |world| {
        let center = Center::new();
        world.source(&center, "").await;
        let believed = world
            .comes(&center.sign(&flood("KTTV-1", world.app.clock.now())))
            .await;
        for number in 0..230 {
            let document = format!("nonsense {number}");
            warnings::receive(&world.app, None, document.as_bytes())
                .await
                .expect("received");
        }
        let rows = warnings::entity::warning::Entity::find()
            .count(&world.app.db)
            .await;
        assert_eq!(rows.expect("a store"), 201);
        assert_eq!(world.warning(believed.id).await.refused, None);
    })
    .await;
}
