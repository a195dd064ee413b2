//! The ledger itself: appended to by many, changed by nobody, counted the same both ways.

use chrono::TimeDelta;
use loa::deliveries::{self, Choice, Facts};
use loa::evidence::entity::cell;
use loa::evidence::{Kind, Proof, append, rebuild_coverage, verify_ledger};
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder};
use serde_json::json;

use crate::world::{OnAir, World, on_both};

fn proof(source: String, world: &World) -> Proof {
    Proof {
        source,
        kind: Kind::Receipt,
        occurred_at: world.app.clock.now(),
        counts: true,
        seconds: 3,
        detail: json!({ "from": "Loa", "b": 1, "a": { "d": 1, "c": null } }),
    }
}

async fn enter(world: &World, facts: &Facts, proof: &Proof) -> Option<i64> {
    let transaction = world.app.begin().await.expect("a transaction");
    let seq = append(&world.app, &transaction, facts, proof).await;
    transaction.commit().await.expect("committed");
    seq.expect("entered")
}

async fn facts(world: &World, on_air: &OnAir) -> Facts {
    deliveries::facts(&world.app.db, on_air.delivery)
        .await
        .expect("a delivery")
}

#[tokio::test]
async fn the_same_proof_enters_once_and_what_is_undone_leaves_no_gap() {
    on_both("ledger_once", async |world| {
        let on_air = world.on_air().await;
        let facts = facts(&world, &on_air).await;
        let one = proof("receipt:1:a".to_owned(), &world);
        assert_eq!(enter(&world, &facts, &one).await, Some(1));
        assert_eq!(enter(&world, &facts, &one).await, None);
        let two = proof("receipt:1:b".to_owned(), &world);
        let transaction = world.app.begin().await.expect("a transaction");
        let seq = append(&world.app, &transaction, &facts, &two).await;
        assert_eq!(seq.expect("entered"), Some(2));
        transaction.rollback().await.expect("undone");
        assert_eq!(enter(&world, &facts, &two).await, Some(2));
        let ledger = world.ledger().await;
        assert_eq!(ledger[1].previous, ledger[0].hash);
        // The text is canonical: whoever has it can hash it again without this program.
        let text = format!("{}{}", ledger[1].previous, ledger[1].body);
        assert_eq!(loa::files::sha256(text.as_bytes()), ledger[1].hash);
        assert!(
            ledger[1]
                .body
                .contains(r#""detail":{"a":{"c":null,"d":1},"b":1,"from":"Loa"}"#),
            "{}",
            ledger[1].body
        );
        let broken = verify_ledger(&world.app.db).await.expect("walked");
        assert_eq!(broken, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn the_store_refuses_to_change_an_entry() {
    on_both("ledger_stays", async |world| {
        let on_air = world.on_air().await;
        let facts = facts(&world, &on_air).await;
        enter(&world, &facts, &proof("receipt:1:a".to_owned(), &world)).await;
        for sql in [
            "UPDATE evidence SET seconds = 1000",
            "UPDATE evidence SET counts = NOT counts",
            "DELETE FROM evidence",
        ] {
            let refused = world.app.db.execute_unprepared(sql).await;
            let error = refused.expect_err(sql).to_string();
            assert!(error.contains("append-only"), "{sql}: {error}");
        }
        assert_eq!(world.ledger().await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn many_append_at_once_and_the_chain_holds() {
    on_both("ledger_many", async |world| {
        let on_air = world.on_air().await;
        let facts = facts(&world, &on_air).await;
        let mut writers = Vec::new();
        for writer in 0..6 {
            let (app, facts) = (world.app.clone(), facts.clone());
            // Every proof is brought by two.
            let proofs: Vec<_> = (0..5)
                .map(|number| proof(format!("receipt:{}:{number}", writer / 2), &world))
                .collect();
            writers.push(tokio::spawn(async move {
                for proof in proofs {
                    let transaction = app.begin().await.expect("a transaction");
                    append(&app, &transaction, &facts, &proof)
                        .await
                        .expect("entered");
                    transaction.commit().await.expect("committed");
                }
            }));
        }
        for writer in writers {
            writer.await.expect("a writer");
        }
        let ledger = world.ledger().await;
        let seqs: Vec<_> = ledger.iter().map(|entry| entry.seq).collect();
        assert_eq!(seqs, (1..=15).collect::<Vec<_>>());
        assert_eq!(ledger.iter().filter(|entry| entry.first).count(), 1);
        let cells = world.cells(on_air.plan.id).await;
        assert_eq!((cells[0].2, cells[0].3, cells[0].4), (1, 15, 3));
        let broken = verify_ledger(&world.app.db).await.expect("walked");
        assert_eq!(broken, Vec::<String>::new());
    })
    .await;
}

/// The same numbers on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: i64) -> i64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        i64::try_from(self.0 >> 33).expect("31 bits") % limit
    }
}

#[tokio::test]
async fn coverage_kept_up_is_coverage_made_again() {
    on_both("ledger_coverage", async |world| {
        let on_air = world.on_air().await;
        let outlets = &on_air.outlets;
        let binh = world.person_of("binh").await;
        let mut all = vec![facts(&world, &on_air).await];
        for number in 0..3 {
            let story = world.story_about(&on_air.plan, number).await;
            let slot = world.slot(outlets.area_two, 60 + 10 * number, 300).await;
            let choices = [
                Choice {
                    outlet: outlets.two,
                    slot: Some(slot),
                },
                Choice {
                    outlet: outlets.portal,
                    slot: None,
                },
            ];
            deliveries::release(&world.app, &binh, story, &choices)
                .await
                .expect("released");
            let (chi, filter) = (
                world.person_of("chi").await,
                deliveries::Filter {
                    story: Some(story),
                    ..Default::default()
                },
            );
            let (lines, _) = deliveries::list(&world.app, &chi, filter, 0, 10)
                .await
                .expect("deliveries");
            for line in lines {
                let facts = deliveries::facts(&world.app.db, line.delivery.id).await;
                all.push(facts.expect("a delivery"));
            }
        }
        let mut dice = Dice(2026);
        let now = world.app.clock.now();
        for number in 0..250 {
            let facts = &all[usize::try_from(dice.below(7)).expect("small")];
            let mut proof = proof(format!("receipt:1:{}", dice.below(400)), &world);
            // Half an hour around midnight of a month's first day in Vietnam, among others.
            proof.occurred_at = now - TimeDelta::minutes(dice.below(200_000));
            if number % 10 == 0 {
                let edge = "2026-10-31T17:00:00Z".parse::<chrono::DateTime<chrono::Utc>>();
                let minutes = TimeDelta::minutes(dice.below(3) - 1);
                proof.occurred_at = edge.expect("an instant") + minutes;
            }
            proof.counts = dice.below(4) > 0;
            proof.seconds = dice.below(500);
            enter(&world, facts, &proof).await;
        }
        let cells = async || {
            cell::Entity::find()
                .order_by_asc(cell::Column::ThemeId)
                .order_by_asc(cell::Column::Channel)
                .order_by_asc(cell::Column::UnitId)
                .order_by_asc(cell::Column::Month)
                .all(&world.app.db)
                .await
                .expect("coverage")
        };
        let kept_up = cells().await;
        assert!(kept_up.len() > 20, "{}", kept_up.len());
        let months = |month: &str| kept_up.iter().any(|cell| cell.month == month);
        assert!(months("2026-10") && months("2026-11"));
        let items: i64 = kept_up.iter().map(|cell| cell.items).sum();
        assert!(items >= 7, "every delivery was proven: {items}");
        let count = rebuild_coverage(&world.app).await.expect("made again");
        assert_eq!(count, kept_up.len());
        assert_eq!(cells().await, kept_up);
        let broken = verify_ledger(&world.app.db).await.expect("walked");
        assert_eq!(broken, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn a_month_ends_at_midnight_in_vietnam() {
    on_both("ledger_midnight", async |world| {
        let on_air = world.on_air().await;
        let facts = facts(&world, &on_air).await;
        for (id, at) in [
            ("a", "2026-10-31T16:59:59.999Z"),
            ("b", "2026-10-31T17:00:00Z"),
        ] {
            let mut proof = proof(format!("receipt:1:{id}"), &world);
            proof.occurred_at = at.parse().expect("an instant");
            enter(&world, &facts, &proof).await;
        }
        let months: Vec<_> = world
            .cells(on_air.plan.id)
            .await
            .into_iter()
            .map(|(_, month, items, proofs, seconds)| (month, items, proofs, seconds))
            .collect();
        assert_eq!(
            months,
            [
                ("2026-10".to_owned(), 1, 1, 3),
                ("2026-11".to_owned(), 0, 1, 0)
            ]
        );
    })
    .await;
}
