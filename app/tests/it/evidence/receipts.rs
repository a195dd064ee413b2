//! What loudspeakers sign, and what is made of it.

use chrono::TimeDelta;
use loa::deliveries::{self, State};
use loa::ids::DeliveryId;
use loa_air::{Outcome, Receipt, SecretKey, sign_receipt};

use crate::world::{OnAir, World, acknowledged, on_both};

/// What is different about a receipt.
type Change<'a> = &'a dyn Fn(&mut Receipt);

/// The slot has come and gone.
fn play(world: &World) {
    world.wait(TimeDelta::minutes(66));
}

async fn attempts(world: &World, delivery: DeliveryId) -> Vec<String> {
    let chi = world.program("chi").await;
    let shown = chi.get(&format!("/deliveries/{delivery}")).await.json();
    let all = shown["attempts"].as_array().expect("attempts").iter();
    all.map(|one| one["outcome"].as_str().expect("a word").to_owned())
        .collect()
}

#[tokio::test]
async fn a_receipt_proves_a_delivery_once_though_it_comes_three_times() {
    on_both("receipts_once", async |world| {
        let OnAir {
            plan,
            delivery,
            receiver,
            ..
        } = world.on_air().await;
        let receipt = receiver.played("r-1").await;
        play(&world);
        for _ in 0..3 {
            assert_eq!(
                receiver.tell_receipts(std::slice::from_ref(&receipt)).await,
                ["r-1"]
            );
        }
        assert_eq!(world.state(delivery).await, State::Proven);
        let ledger = world.ledger().await;
        assert_eq!(ledger.len(), 1);
        let entry = &ledger[0];
        assert_eq!(entry.source, format!("receipt:{}:r-1", receiver.id));
        assert_eq!((entry.counts, entry.first), (true, true));
        assert_eq!(entry.occurred_at, receipt.started_at);
        let length = (receipt.ended_at - receipt.started_at).num_milliseconds();
        let seconds = (length + 500) / 1000;
        assert!(seconds > 0);
        assert_eq!(
            world.cells(plan.id).await,
            [(
                "loudspeaker".to_owned(),
                "2026-11".to_owned(),
                1,
                1,
                seconds
            )]
        );
        assert_eq!(attempts(&world, delivery).await, ["sent", "proven"]);

        // The delivery's page knows who played it, and leads on.
        let mut chi = world.sign_in("chi").await;
        let page = chi.get(&format!("/deliveries/{delivery}")).await;
        assert_eq!(page.all("tbody th"), ["Loa nhà văn hóa"]);
        assert!(page.all(".timeline-meta")[1].contains("Loa nhà văn hóa"));
    })
    .await;
}

#[tokio::test]
async fn a_late_receipt_mends_a_failure() {
    on_both("receipts_late", async |world| {
        let OnAir {
            plan,
            delivery,
            receiver,
            ..
        } = world.on_air().await;
        let receipt = receiver.played("r-1").await;
        world.wait(TimeDelta::days(9));
        loa::schedule::look_after(&world.app).await;
        assert_eq!(world.state(delivery).await, State::Failed);
        assert_eq!(receiver.tell_receipts(&[receipt]).await, ["r-1"]);
        assert_eq!(world.state(delivery).await, State::Proven);
        assert_eq!(world.failure(delivery).await, None);
        // It counts for the month in which it was heard, not for the one in which it came.
        assert_eq!(world.cells(plan.id).await[0].1, "2026-11");
        assert_eq!(world.ledger().await[0].at, world.app.clock.now());
    })
    .await;
}

#[tokio::test]
async fn two_loudspeakers_prove_twice_and_count_once() {
    on_both("receipts_two", async |world| {
        let on_air = world.on_air().await;
        let (one, area) = (&on_air.receiver, on_air.outlets.area_one);
        let two = world.receiver(area, 2).await;
        // Ids are made on the speakers: both may have the same.
        let (first, second) = (one.played("r-1").await, two.played("r-1").await);
        play(&world);
        assert_eq!(one.tell_receipts(&[first]).await, ["r-1"]);
        assert_eq!(two.tell_receipts(&[second]).await, ["r-1"]);
        let ledger = world.ledger().await;
        let firsts: Vec<_> = ledger.iter().map(|entry| entry.first).collect();
        assert_eq!(firsts, [true, false]);
        let cells = world.cells(on_air.plan.id).await;
        assert_eq!((cells[0].2, cells[0].3), (1, 2));
        assert_eq!(cells[0].4, ledger[0].seconds, "of the first alone");
        assert_eq!(attempts(&world, on_air.delivery).await, ["sent", "proven"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_forged_or_foreign_is_not_kept_and_holds_up_nothing() {
    on_both("receipts_forged", async |world| {
        let on_air = world.on_air().await;
        let (one, slot) = (
            &on_air.receiver,
            world.slot(on_air.outlets.area_two, 60, 300).await,
        );
        let (story, outlets) = (on_air.story, &on_air.outlets);
        world.release(story, outlets.two, Some(slot)).await;
        world.release(story, outlets.portal, None).await;
        let two = world.receiver(outlets.area_two, 2).await;
        let (good, other) = (one.played("good").await, two.played("other").await);
        play(&world);

        let sign = |receipt: &Receipt| sign_receipt(&one.key, receipt);
        let with = |change: &dyn Fn(&mut Receipt)| {
            let mut receipt = good.clone();
            receipt.id = "bad".to_owned();
            change(&mut receipt);
            receipt
        };
        let foreign = SecretKey::from_seed(&[99; 32]);
        let mut altered = sign(&with(&|_| ()));
        altered.payload = sign(&with(&|receipt| receipt.volume = 79)).payload;
        let bad = [
            sign_receipt(&foreign, &with(&|_| ())),
            altered,
            // Another speaker's, another area's, nobody's, the portal's.
            sign(&with(&|receipt| receipt.speaker = two.id)),
            sign(&with(&|receipt| receipt.area = two.area)),
            sign(&with(&|receipt| receipt.delivery = other.delivery)),
            sign(&with(&|receipt| receipt.delivery = 999_999)),
            sign(&with(&|receipt| receipt.delivery = other.delivery + 1)),
            sign(&with(&|receipt| receipt.id = String::new())),
            sign(&with(&|receipt| receipt.id = "a:b".to_owned())),
            sign(&with(&|receipt| receipt.id = "a".repeat(65))),
        ];
        let mut all = bad.to_vec();
        all.push(sign(&good));
        let page = one.post("/receipts", &all).await;
        assert_eq!(acknowledged(&page), ["good"]);
        assert_eq!(world.ledger().await.len(), 1);

        // Another statement under an id that is taken is nowhere kept: it is not acknowledged.
        let changed = with(&|receipt| {
            receipt.id = "good".to_owned();
            receipt.volume = 1;
        });
        assert!(one.tell_receipts(&[changed]).await.is_empty());
        assert_eq!(one.tell_receipts(&[good]).await, ["good"]);
        assert_eq!(world.ledger().await.len(), 1);
        assert_eq!(one.post("/receipts", &"?").await.status, 422);
        let many = vec![all[0].clone(); 101];
        assert_eq!(one.post("/receipts", &many).await.status, 422);
        assert_eq!(two.tell_receipts(&[other]).await, ["other"]);
    })
    .await;
}

#[tokio::test]
async fn what_was_not_heard_is_kept_and_does_not_count() {
    on_both("receipts_unheard", async |world| {
        let on_air = world.on_air().await;
        let (one, delivery) = (&on_air.receiver, on_air.delivery);
        let two = world.receiver(on_air.outlets.area_one, 2).await;
        let whole = one.played("r").await;
        let heard = two.played("heard").await;
        let length = whole.ended_at - whole.started_at;
        play(&world);
        let now = world.app.clock.now();
        let cases: [(&str, Change, &str); 9] = [
            (
                "failed",
                &|r| r.outcome = Outcome::Failed,
                "deliveries-unheard-failed",
            ),
            (
                "silent",
                &|r| r.outcome = Outcome::Silent,
                "deliveries-unheard-silent",
            ),
            ("mute", &|r| r.volume = 0, "deliveries-unheard-silent"),
            (
                "cut",
                &|r| {
                    r.outcome = Outcome::Cut;
                    r.ended_at = r.started_at + length * 8 / 10;
                },
                "deliveries-unheard-cut",
            ),
            (
                "no-time",
                &|r| r.ended_at = r.started_at,
                "deliveries-unheard-cut",
            ),
            (
                "sound",
                &|r| r.sha256 = "ab".repeat(32),
                "deliveries-receipt-unfit",
            ),
            ("slot", &|r| r.slot += 1, "deliveries-receipt-unfit"),
            (
                "early",
                &|r| {
                    r.started_at -= TimeDelta::minutes(2);
                    r.ended_at -= TimeDelta::minutes(2);
                },
                "deliveries-receipt-unfit",
            ),
            (
                "ahead",
                &|r| r.ended_at = now + TimeDelta::hours(1),
                "deliveries-receipt-unfit",
            ),
        ];
        for (place, (id, change, reason)) in cases.into_iter().enumerate() {
            let mut receipt = Receipt {
                id: id.to_owned(),
                ..whole.clone()
            };
            change(&mut receipt);
            assert_eq!(one.tell_receipts(&[receipt]).await, [id]);
            assert_eq!(world.state(delivery).await, State::Failed, "{id}");
            assert_eq!(
                world.failure(delivery).await.as_deref(),
                Some(reason),
                "{id}"
            );
            let ledger = world.ledger().await;
            assert_eq!(ledger.len(), place + 1, "{id}");
            let entry = &ledger[place];
            assert_eq!(
                (entry.counts, entry.first, entry.seconds),
                (false, false, 0)
            );
            assert!(world.cells(on_air.plan.id).await.is_empty(), "{id}");
        }

        // Another loudspeaker was heard: that it was not everywhere stays in the ledger.
        assert_eq!(two.tell_receipts(&[heard]).await, ["heard"]);
        assert_eq!(world.state(delivery).await, State::Proven);
        let again = Receipt {
            id: "failed-again".to_owned(),
            outcome: Outcome::Failed,
            ..whole.clone()
        };
        one.tell_receipts(&[again]).await;
        assert_eq!(world.state(delivery).await, State::Proven);
        let cells = world.cells(on_air.plan.id).await;
        assert_eq!((cells[0].2, cells[0].3), (1, 1));

        // A cut in the last tenth leaves nothing untold.
        let nearly = Receipt {
            id: "nearly".to_owned(),
            outcome: Outcome::Cut,
            ended_at: whole.started_at + length * 95 / 100,
            ..whole
        };
        one.tell_receipts(&[nearly]).await;
        assert_eq!(world.cells(on_air.plan.id).await[0].3, 2);
    })
    .await;
}

#[tokio::test]
async fn what_was_withdrawn_and_heard_all_the_same_is_proven_and_stays_withdrawn() {
    on_both("receipts_withdrawn", async |world| {
        let on_air = world.on_air().await;
        let receipt = on_air.receiver.played("r-1").await;
        let facts = deliveries::facts(&world.app.db, on_air.delivery).await;
        let release = facts.expect("a delivery").release.id;
        let binh = world.person_of("binh").await;
        deliveries::withdraw(&world.app, &binh, release)
            .await
            .expect("withdrawn");
        play(&world);
        assert_eq!(on_air.receiver.tell_receipts(&[receipt]).await, ["r-1"]);
        assert_eq!(world.state(on_air.delivery).await, State::Withdrawn);
        assert_eq!(world.cells(on_air.plan.id).await[0].2, 1);
        assert_eq!(attempts(&world, on_air.delivery).await, ["sent", "proven"]);
    })
    .await;
}
