//! From planned to proven, and what becomes of a delivery nobody answers for.

use chrono::TimeDelta;
use loa::deliveries::{self, State};
use loa::ids::DeliveryId;
use loa::stories::{self, Draft};

use super::{at, states};
use crate::world::on_both;

#[tokio::test]
async fn without_a_receipt_it_fails_and_a_late_one_still_proves_it() {
    on_both("states_overdue", async |world| {
        let (plan, outlets) = (world.small_plan().await, world.outlets().await);
        let id = world.approved_story(&plan, "Tin").await;
        let slot = world.slot(outlets.area_one, 60, 300).await;
        let binh = world.person_of("binh").await;
        deliveries::release(&world.app, &binh, id, &[at(outlets.one, slot)])
            .await
            .expect("released");
        let receiver = world.receiver(outlets.area_one, 1).await;
        let delivery = DeliveryId(receiver.manifest().await.slots[0].items[0].delivery);

        world.wait(TimeDelta::minutes(65) + TimeDelta::hours(6));
        loa::schedule::look_after(&world.app).await;
        assert_eq!(states(&world, id).await, [State::Sent], "within its grace");
        world.wait(TimeDelta::seconds(1));
        for _ in 0..2 {
            loa::schedule::look_after(&world.app).await;
        }
        assert_eq!(states(&world, id).await, [State::Failed]);
        let program = world.program("chi").await;
        let shown = program.get(&format!("/deliveries/{delivery}")).await.json();
        assert_eq!(shown["failure"], "deliveries-no-receipt");
        assert_eq!(
            shown["attempts"].as_array().map(Vec::len),
            Some(2),
            "sent, failed once"
        );
        let mut chi = world.sign_in("chi").await;
        let board = chi.get("/deliveries?state=failed").await;
        assert_eq!(board.all("tbody .tag"), ["Không thành công"]);
        assert!(board.all("tbody .table-note")[0].contains("biên nhận"));
        assert!(
            chi.get("/deliveries?state=proven")
                .await
                .all("tbody")
                .is_empty()
        );
        assert_eq!(chi.get("/deliveries?state=odd").await.status, 422);

        let now = world.app.clock.now();
        let db = &world.app.db;
        assert!(
            deliveries::mark_proven(db, delivery, now)
                .await
                .expect("proven")
        );
        assert!(
            !deliveries::mark_proven(db, delivery, now)
                .await
                .expect("once")
        );
        assert!(
            !deliveries::mark_failed(db, delivery, now, "late")
                .await
                .expect("stays")
        );
        let facts = deliveries::facts(db, delivery).await.expect("facts");
        assert_eq!(facts.delivery.state(), State::Proven);
        assert_eq!(facts.delivery.failure, None);
        assert_eq!(facts.approved.story, id);
        assert_eq!(facts.outlet.id, outlets.one);
        assert_eq!(facts.slot.map(|slot| slot.id), Some(slot));
        loa::schedule::look_after(&world.app).await;
        assert_eq!(states(&world, id).await, [State::Proven]);
    })
    .await;
}

#[tokio::test]
async fn proven_stays_when_the_release_is_withdrawn() {
    on_both("states_withdrawn", async |world| {
        let (plan, outlets) = (world.small_plan().await, world.outlets().await);
        let id = world.approved_story(&plan, "Tin").await;
        let (one, two) = (
            world.slot(outlets.area_one, 60, 300).await,
            world.slot(outlets.area_two, 60, 300).await,
        );
        let binh = world.person_of("binh").await;
        let choices = [at(outlets.one, one), at(outlets.two, two)];
        let release = deliveries::release(&world.app, &binh, id, &choices)
            .await
            .expect("released");
        let receiver = world.receiver(outlets.area_one, 1).await;
        let heard = DeliveryId(receiver.manifest().await.slots[0].items[0].delivery);
        let (db, now) = (&world.app.db, world.app.clock.now());
        deliveries::mark_proven(db, heard, now)
            .await
            .expect("proven");
        deliveries::withdraw(&world.app, &binh, release)
            .await
            .expect("withdrawn");
        assert_eq!(states(&world, id).await, [State::Proven, State::Withdrawn]);
    })
    .await;
}

#[tokio::test]
async fn a_correction_takes_the_place_of_what_was_still_to_be_said() {
    on_both("states_superseded", async |world| {
        let (plan, outlets) = (world.small_plan().await, world.outlets().await);
        let id = world.approved_story(&plan, "Tin").await;
        let slot = world.slot(outlets.area_one, 60, 300).await;
        let other = world.slot(outlets.area_two, 60, 300).await;
        let binh = world.person_of("binh").await;
        let choices = [at(outlets.one, slot), at(outlets.two, other)];
        deliveries::release(&world.app, &binh, id, &choices)
            .await
            .expect("released");

        let an = world.person_of("an").await;
        let seen = stories::get(&world.app, &an, id).await.expect("seen");
        let draft = Draft {
            body: "Xã trả kết quả tại nhà từ tháng 12.".into(),
            script: Some("Xã trả kết quả tại nhà từ tháng 12.".into()),
            ..seen.draft()
        };
        stories::save(&world.app, &an, id, &seen.seen(), &draft)
            .await
            .expect("saved");
        world.work().await;
        let seen = stories::get(&world.app, &an, id)
            .await
            .expect("seen")
            .seen();
        stories::submit(&world.app, &an, id, &seen)
            .await
            .expect("submitted");
        world.approve(id).await;
        deliveries::release(&world.app, &binh, id, &[at(outlets.one, slot)])
            .await
            .expect("released");
        assert_eq!(
            states(&world, id).await,
            [State::Withdrawn, State::Planned, State::Planned],
            "the old one goes where the new one comes, and only there"
        );
        let receiver = world.receiver(outlets.area_one, 1).await;
        let items = receiver.manifest().await.slots[0].items.len();
        assert_eq!(items, 1);
    })
    .await;
}
