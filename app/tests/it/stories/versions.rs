//! What is frozen stays; whatever comes after is a new version.

use chrono::TimeDelta;
use loa::accounts::{self, Role};
use loa::stories::{self, Draft, NotSaved, State};
use sea_orm::ConnectionTrait;

use super::{act, approved, draft, with, written};
use crate::world::on_both;

#[tokio::test]
async fn an_edit_after_approval_makes_a_new_version_and_leaves_the_approved_one() {
    on_both("stories_versions", async |world| {
        let plan = world.small_plan().await;
        let id = approved(&world, &plan).await;
        let before = stories::latest_approved(&world.app.db, id)
            .await
            .unwrap()
            .unwrap();
        stories::mark_released(&world.app.db, id).await.unwrap();

        let mut an = world.sign_in("an").await;
        let page = an.get(&format!("/stories/{id}/edit")).await;
        assert!(page.text().contains("Lưu sẽ tạo một phiên bản mới"));
        assert_eq!(
            page.all("select[name=clause]").len(),
            0,
            "the clause was approved too"
        );
        let hidden = |name: &str| {
            page.attribute(&format!("form.form input[name={name}]"), "value")
                .unwrap()
        };
        let (version, updated_at) = (hidden("version"), hidden("updated_at"));
        let fields = draft(&plan);
        let changes = [
            ("version", version.as_str()),
            ("updated_at", &updated_at),
            ("title", "Tin đính chính"),
        ];
        let page = an
            .post(&format!("/stories/{id}"), &with(&fields, &changes))
            .await;
        assert_eq!(page.status, 303, "{}", page.text());

        let after = stories::latest_approved(&world.app.db, id)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(before, after);
        assert_eq!(
            stories::approved(&world.app.db, before.version)
                .await
                .unwrap(),
            before
        );
        let person = world.person_of("an").await;
        let story = stories::get(&world.app, &person, id).await.unwrap();
        assert_eq!((story.state, story.version.number), (State::Draft, 2));
        assert_eq!(story.row.slug, before.slug, "the address stays");
        stories::mark_released(&world.app.db, id).await.unwrap();
        let page = an.get(&format!("/stories/{id}?version=1")).await;
        assert_eq!(page.all("h1"), ["Tin đã duyệt"]);
        assert_eq!(page.all(".page-head .tag"), ["Đã duyệt"]);
        assert_eq!(
            an.get(&format!("/stories/{id}"))
                .await
                .all(".page-head .tag"),
            ["Nháp"]
        );
        assert_eq!(
            stories::verify(&world.app.db, &world.app.files)
                .await
                .unwrap(),
            [""; 0]
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_edited_while_it_waits_must_be_submitted_again() {
    on_both("stories_edit_submitted", async |world| {
        let plan = world.small_plan().await;
        let mut an = world.sign_in("an").await;
        let id = written(&world, &mut an, &plan).await;
        act(&mut an, id, "submission", &[]).await;
        world.work().await;
        let (person, binh) = (world.person_of("an").await, world.person_of("binh").await);
        let seen = stories::get(&world.app, &binh, id).await.unwrap().seen();
        let story = stories::get(&world.app, &person, id).await.unwrap();
        let draft = Draft {
            body: "Khác hẳn.".into(),
            ..story.draft()
        };
        stories::save(&world.app, &person, id, &story.seen(), &draft)
            .await
            .unwrap();
        let refused = stories::approve(&world.app, &binh, id, &seen, true).await;
        assert!(
            format!("{refused:?}").contains("stories-changed"),
            "{refused:?}"
        );
        let story = stories::get(&world.app, &binh, id).await.unwrap();
        assert_eq!((story.state, story.version.number), (State::Draft, 2));
        // Nobody wrote the script by hand, so it follows the text.
        assert!(story.radio.unwrap().text.ends_with("Khác hẳn."));
        let late = stories::save(&world.app, &person, id, &seen, &draft).await;
        assert!(matches!(late, Err(NotSaved::Failure(_))), "{late:?}");
    })
    .await;
}

#[tokio::test]
async fn what_was_changed_behind_the_program_is_found_and_never_read() {
    on_both("stories_verify", async |world| {
        let plan = world.small_plan().await;
        let id = approved(&world, &plan).await;
        let approved = stories::latest_approved(&world.app.db, id).await.unwrap().unwrap();
        let db = &world.app.db;
        let sqlite = db.get_database_backend() == sea_orm::DbBackend::Sqlite;
        let refused = db.execute_unprepared("UPDATE story_versions SET title = 'khác'").await;
        assert!(refused.is_err(), "the database holds it");
        let lift = if sqlite {
            "DROP TRIGGER versions_frozen; DROP TRIGGER approvals_stay;"
        } else {
            "DROP TRIGGER versions_frozen ON story_versions; DROP TRIGGER approvals_stay ON approvals;"
        };
        db.execute_unprepared(lift).await.unwrap();
        db.execute_unprepared("UPDATE story_versions SET title = 'khác'").await.unwrap();
        let found = stories::verify(db, &world.app.files).await.unwrap();
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("rows no longer say"), "{found:?}");
        db.execute_unprepared("UPDATE approvals SET frozen = frozen || ' '").await.unwrap();
        assert!(stories::approved(db, approved.version).await.is_err());
        assert_eq!(stories::verify(db, &world.app.files).await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_withdrawn_story_is_corrected_by_a_new_version() {
    on_both("stories_withdrawn", async |world| {
        let plan = world.small_plan().await;
        let id = approved(&world, &plan).await;
        let state = async || {
            let chi = world.person_of("chi").await;
            stories::get(&world.app, &chi, id).await.unwrap().state
        };
        stories::mark_released(&world.app.db, id).await.unwrap();
        assert_eq!(state().await, State::Released);
        stories::mark_withdrawn(&world.app.db, id).await.unwrap();
        assert_eq!(state().await, State::Withdrawn);
        world.wait(TimeDelta::days(1));
        // An approver who edits becomes the author, and another must approve.
        let binh = world.person("binh").await;
        let so = world.unit("so").await;
        accounts::grant(&world.app.db, binh, Role::Editor, so)
            .await
            .unwrap();
        let binh = world.person_of("binh").await;
        let story = stories::get(&world.app, &binh, id).await.unwrap();
        stories::save(&world.app, &binh, id, &story.seen(), &story.draft())
            .await
            .unwrap();
        let seen = stories::get(&world.app, &binh, id).await.unwrap().seen();
        stories::submit(&world.app, &binh, id, &seen).await.unwrap();
        let own = stories::approve(&world.app, &binh, id, &seen, true).await;
        assert!(format!("{own:?}").contains("stories-own"), "{own:?}");
        let ha = world.person_of("ha").await;
        stories::approve(&world.app, &ha, id, &seen, true)
            .await
            .unwrap();
        assert_eq!(
            stories::latest_approved(&world.app.db, id)
                .await
                .unwrap()
                .unwrap()
                .number,
            2
        );
    })
    .await;
}
