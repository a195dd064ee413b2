//! A report of a past year says what it said, with the names of that day.

use loa::files::sha256;
use loa::reports::entity::report;
use loa::reports::{self, Code};
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbBackend, EntityTrait, Set};

use crate::world::{figure, on_both};

#[tokio::test]
async fn a_commune_that_was_merged_still_counts_under_its_old_name() {
    on_both("reports_past", async |world| {
        let (plan, outlets) = (world.small_plan().await, world.outlets().await);
        let (outlet, slot) = world.loudspeakers("xa-ba", "loa-ba").await;
        let other = world.slot(outlets.area_one, 60, 300).await;
        let story = world
            .story_of(
                ("an", "binh", "so"),
                &plan,
                "Trước khi sáp nhập",
                &[plan.themes[0]],
            )
            .await;
        let places = [(outlet, Some(slot)), (outlets.one, Some(other))];
        let deliveries = world.deliver("binh", story, &places).await;
        let before = world
            .prove(deliveries[0], "2024-10-01T17:00", Some(60))
            .await;
        let same_year = world
            .prove(deliveries[1], "2025-08-01T17:00", Some(60))
            .await;

        // 2025 runs over the day of the merger: the commune is named as it was.
        let id = world.report("chi", "tinh", 2025).await;
        let content = world.said(id).await;
        let ba = world.unit("xa-ba").await;
        let row = content.figure(Code::Unit(ba)).expect("its row");
        assert_eq!((row.name.as_str(), row.value), ("Xã Ba", 1));
        let mot = content
            .figure(Code::Unit(world.unit("xa-mot").await))
            .expect("its row");
        assert_eq!(mot.name, "Phường Một");

        // Whoever took it over has it in the year of the merger, and not in an earlier one.
        let heir = world.said(world.report("chi", "xa-mot", 2025).await).await;
        assert_eq!(heir.value(Code::Total), 2);
        let other = world
            .said(world.report("giang", "xa-hai", 2025).await)
            .await;
        assert_eq!(figure(&other, Code::Total), (1, before.to_string()));
        let own = world.said(world.report("chi", "xa-ba", 2025).await).await;
        assert_eq!(
            (own.unit_name.as_str(), own.value(Code::Total)),
            ("Xã Ba", 1)
        );
        let earlier = world.said(world.report("chi", "xa-mot", 2024).await).await;
        assert_eq!(
            (earlier.unit_name.as_str(), earlier.value(Code::Total)),
            ("Xã Một", 0)
        );
        assert_eq!(earlier.letterhead.issuer, "Ủy ban nhân dân\nXã Một");
        assert!(same_year > before);

        // A unit that was not there has no report.
        let chi = world.person_of("chi").await;
        let key = (world.regime().await, ba, 2026);
        assert!(reports::open(&world.app, &chi, key).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn later_proof_does_not_change_what_was_said_and_recounting_gives_the_same() {
    on_both("reports_recomputed", async |world| {
        let programme = world.programme().await;
        let chi = world.person_of("chi").await;
        let id = world.report("chi", "tinh", 2026).await;
        reports::submit(&world.app, &chi, id, None)
            .await
            .expect("submitted");
        let said = world.said(id).await;
        // A receipt that was on its way for months.
        world
            .prove(programme.failed_delivery, "2026-06-01T17:00", Some(30))
            .await;
        world.wait(chrono::TimeDelta::days(400));
        assert!(world.reports_hold().await);
        assert_eq!(world.said(id).await, said);
        // An amendment counts it.
        let ha = world.person_of("ha").await;
        reports::accept(&world.app, &ha, id)
            .await
            .expect("accepted");
        let new = reports::amend(&world.app, &chi, id).await.expect("amended");
        assert_eq!(
            world.said(new).await.value(Code::Total),
            said.value(Code::Total) + 1
        );
        assert_eq!(world.said(id).await, said);
    })
    .await;
}

#[tokio::test]
async fn who_changes_a_report_behind_the_programs_back_is_found_out() {
    on_both("reports_tampered", async |world| {
        world.programme().await;
        let chi = world.person_of("chi").await;
        let id = world.report("chi", "tinh", 2026).await;
        reports::submit(&world.app, &chi, id, None)
            .await
            .expect("submitted");
        assert!(world.reports_hold().await);
        let db = &world.app.db;
        let lift: &[&str] = match db.get_database_backend() {
            DbBackend::Postgres => &[
                "DROP TRIGGER reports_stay ON reports",
                "DROP TRIGGER reports_frozen ON reports",
            ],
            _ => &["DROP TRIGGER reports_stay", "DROP TRIGGER reports_frozen"],
        };
        for statement in lift {
            db.execute_unprepared(statement).await.expect("lifted");
        }
        let row = report::Entity::find_by_id(id)
            .one(db)
            .await
            .expect("a store")
            .expect("a report");
        let snapshot = row.snapshot.clone().expect("bytes");
        let more = snapshot.replace(
            "\"code\":\"total\",\"value\":3",
            "\"code\":\"total\",\"value\":4",
        );
        assert_ne!(more, snapshot);
        let change = |snapshot: String, sha256: String| report::ActiveModel {
            id: Set(id),
            snapshot: Set(Some(snapshot)),
            sha256: Set(Some(sha256)),
            ..Default::default()
        };
        // The bytes alone: their hash tells, and no page shows them.
        let hash = row.sha256.clone().expect("a hash");
        change(more.clone(), hash.clone())
            .update(db)
            .await
            .expect("changed");
        assert!(!world.reports_hold().await);
        let mut browser = world.sign_in("chi").await;
        assert_eq!(browser.get(&format!("/reports/{id}")).await.status, 500);
        // With a hash that fits: the ledger tells.
        let fits = sha256(more.as_bytes());
        change(more, fits).update(db).await.expect("changed");
        let (_, broken) = reports::verify(db).await.expect("checked");
        assert_eq!(
            broken,
            [format!("report {id}: total says 4, the ledger gives 3")]
        );
        change(snapshot, hash).update(db).await.expect("changed");
        assert!(world.reports_hold().await);
    })
    .await;
}
