//! What loudspeakers get of a bulletin, and what is made of what they sign.

use chrono::TimeDelta;
use loa::bulletins;
use loa::bulletins::entity::airing;
use loa::deliveries::State;
use loa::files::sha256;
use loa::ids::DeliveryId;
use loa_air::{Item, Said};
use sea_orm::EntityTrait;

use super::Stage;
use crate::world::on_both;

fn numbers(items: &[Item]) -> Vec<bool> {
    items
        .iter()
        .map(|item| matches!(item.said(), Said::Delivery(_)))
        .collect()
}

#[tokio::test]
async fn loudspeakers_get_an_approved_bulletin_and_no_other() {
    on_both("bulletins_air", async |world| {
        let mut stage = Stage::set(&world, &["Tin một", "Tin hai"], 300).await;
        let receiver = world.receiver(stage.outlets.area_one, 1).await;
        let bare = receiver.manifest().await;
        assert_eq!(numbers(&bare.slots[0].items), [true, true]);
        stage.begin(&world).await;
        stage
            .change(&world, |draft| {
                draft.jingle = Some("bell".into());
                draft.stories.reverse();
            })
            .await;
        assert_eq!(receiver.manifest().await, bare, "nobody has approved it");

        stage.approve(&world).await;
        let full = receiver.manifest().await;
        let items = &full.slots[0].items;
        let kinds = [false, false, true, false, true, false];
        assert_eq!(numbers(items), kinds, "{items:?}");
        let titles: Vec<_> = items.iter().map(|item| item.title.as_str()).collect();
        assert_eq!(
            titles,
            [
                "Lời mở đầu",
                "Nhạc hiệu",
                "Tin hai",
                "Nhạc hiệu",
                "Tin một",
                "Lời kết"
            ]
        );
        assert_eq!(items[1].sha256, items[3].sha256, "a jingle is fetched once");
        for item in items {
            let page = receiver.get(&format!("/sounds/{}", item.sha256)).await;
            assert_eq!(page.status, 200, "{}", item.title);
            assert_eq!(sha256(&page.bytes), item.sha256);
            assert!(
                (item.lufs + 16.0).abs() < 1.0,
                "{}: {}",
                item.title,
                item.lufs
            );
        }
        // What all can hear is what is played, frame by frame.
        let whole = stage.newest(&world.app).await.row;
        let sum: u64 = items.iter().map(|item| item.duration_ms).sum();
        let length = u64::try_from(whole.whole_ms.unwrap()).unwrap();
        assert!(length.abs_diff(sum) <= 30 * 6, "{length} against {sum}");

        // A story that comes later stands before the closing; one that is withdrawn goes.
        stage.add(&world, "Tin ba").await;
        let items = &receiver.manifest().await.slots[0].items;
        assert_eq!(items[5].title, "Tin ba");
        assert_eq!(items[6].title, "Lời kết");
        let binh = world.person_of("binh").await;
        let gone = stage.release_of(&world, stage.stories[0]).await;
        loa::deliveries::withdraw(&world.app, &binh, gone)
            .await
            .expect("withdrawn");
        let items = &receiver.manifest().await.slots[0].items;
        let titles: Vec<_> = items.iter().map(|item| item.title.as_str()).collect();
        assert_eq!(
            titles,
            ["Lời mở đầu", "Nhạc hiệu", "Tin hai", "Tin ba", "Lời kết"]
        );

        // Taken back, the stories play bare.
        let dung = world.person_of("dung").await;
        bulletins::withdraw(&world.app, &dung, stage.slot)
            .await
            .expect("withdrawn");
        let items = &receiver.manifest().await.slots[0].items;
        assert_eq!(numbers(items), [true, true]);
    })
    .await;
}

#[tokio::test]
async fn what_is_said_around_stories_is_kept_and_counts_for_nothing() {
    on_both("bulletins_receipts", async |world| {
        let stage = Stage::set(&world, &["Tin một"], 300).await;
        stage.begin(&world).await;
        stage.approve(&world).await;
        let receiver = world.receiver(stage.outlets.area_one, 1).await;
        let other = world.receiver(stage.outlets.area_two, 2).await;
        let opening = receiver.played("r-1").await;
        assert!(opening.delivery < 0, "the first item is the opening");
        let items = receiver.manifest().await.slots[0].items.clone();
        let mut story = opening.clone();
        story.id = "r-2".into();
        story.delivery = items[1].delivery;
        story.sha256 = items[1].sha256.clone();
        let mut foreign = opening.clone();
        foreign.area = other.area;
        foreign.speaker = other.id;
        world.wait(TimeDelta::minutes(66));
        for _ in 0..2 {
            let told = [opening.clone(), story.clone()];
            assert_eq!(receiver.tell_receipts(&told).await, ["r-1", "r-2"]);
        }
        let mut again = opening.clone();
        again.lateness_ms += 1;
        assert!(
            receiver.tell_receipts(&[again]).await.is_empty(),
            "its id is taken"
        );
        assert!(
            other.tell_receipts(&[foreign]).await.is_empty(),
            "not of its area"
        );
        let kept = airing::Entity::find()
            .all(&world.app.db)
            .await
            .expect("rows");
        assert_eq!(kept.len(), 1);
        assert_eq!(kept[0].part_id.0, -opening.delivery);
        let ledger = world.ledger().await;
        assert_eq!(ledger.len(), 1, "the story alone is evidence");
        assert_eq!(world.cells(stage.plan.id).await.len(), 1);
        let delivery = DeliveryId(items[1].delivery);
        assert_eq!(world.state(delivery).await, State::Proven);
    })
    .await;
}
