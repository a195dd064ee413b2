//! Two people at once: what is typed is never lost, what is approved is never mixed.

use loa::stories::entity::version;
use loa::stories::{self, Draft};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{draft, with, written};
use crate::world::on_both;

#[tokio::test]
async fn two_who_edit_at_once_lose_nothing() {
    on_both("stories_conflict", async |world| {
        let plan = world.small_plan().await;
        let mut an = world.sign_in("an").await;
        let id = written(&world, &mut an, &plan).await;
        let mut chi = world.sign_in("chi").await;
        let path = format!("/stories/{id}");
        let unit = world.unit("so").await.to_string();
        let fields = draft(&plan);
        let person = world.person_of("chi").await;
        let first = stories::get(&world.app, &person, id).await.unwrap().draft();
        let page = chi.get(&format!("{path}/edit")).await;
        let hidden = |name: &str| {
            page.attribute(&format!("form.form input[name={name}]"), "value")
                .unwrap()
        };
        let (version, updated_at) = (hidden("version"), hidden("updated_at"));
        let began = [
            ("unit", unit.as_str()),
            ("version", &version),
            ("updated_at", &updated_at),
        ];
        an.get(&format!("{path}/edit")).await;
        let page = an
            .post(
                &path,
                &with(
                    &fields,
                    &[began.as_slice(), &[("title", "An sửa")]].concat(),
                ),
            )
            .await;
        assert_eq!(page.status, 303, "{}", page.text());

        // Chi left the script as the page had made it.
        let (made, script) = (hidden("made"), first.made_script());
        let untouched = [("made", made.as_str()), ("script", &script)];
        let typed = [began.as_slice(), &untouched, &[("title", "Chi sửa")]].concat();
        let page = chi.post(&path, &with(&fields, &typed)).await;
        assert_eq!(page.status, 409);
        assert_eq!(
            page.attribute("#title", "value").as_deref(),
            Some("Chi sửa")
        );
        assert!(
            page.all("#changed").join("").contains("Nguyễn Văn An"),
            "{}",
            page.text()
        );
        let again = |name: &str| {
            page.attribute(&format!("form.form input[name={name}]"), "value")
                .unwrap()
        };
        let (version, updated_at) = (again("version"), again("updated_at"));
        let (made, script) = (
            again("made"),
            script.replace(fields[0].1.as_str(), "Chi sửa"),
        );
        let again = [
            ("unit", unit.as_str()),
            ("version", &version),
            ("updated_at", &updated_at),
            ("title", "Chi sửa"),
            ("made", &made),
            ("script", &script),
        ];
        assert_eq!(chi.post(&path, &with(&fields, &again)).await.status, 303);
        let story = stories::get(&world.app, &person, id).await.unwrap();
        let script = story.radio.as_ref().unwrap().text.clone();
        assert!(
            script.starts_with("Chi sửa.\n"),
            "it follows the text: {script}"
        );

        // Another author's text is a version of its own.
        let versions = version::Entity::find()
            .filter(version::Column::StoryId.eq(id))
            .all(&world.app.db)
            .await
            .unwrap();
        let titles: Vec<_> = versions
            .iter()
            .map(|version| (version.number, version.title.as_str()))
            .collect();
        assert_eq!(titles, [(1, "An sửa"), (2, "Chi sửa")]);
    })
    .await;
}

#[tokio::test]
async fn a_fault_in_the_form_does_not_hide_that_another_saved() {
    on_both("stories_fault_conflict", async |world| {
        let plan = world.small_plan().await;
        let mut an = world.sign_in("an").await;
        let id = written(&world, &mut an, &plan).await;
        let path = format!("/stories/{id}");
        let unit = world.unit("so").await.to_string();
        let person = world.person_of("an").await;
        let story = stories::get(&world.app, &person, id).await.unwrap();
        let fields = draft(&plan);
        let version = story.version.id.to_string();
        let updated_at = story.version.updated_at.to_rfc3339();
        let began = [
            ("unit", unit.as_str()),
            ("version", &version),
            ("updated_at", &updated_at),
            ("title", ""),
        ];
        stories::save(&world.app, &person, id, &story.seen(), &story.draft())
            .await
            .unwrap();
        let page = an.post(&path, &with(&fields, &began)).await;
        assert_eq!(page.status, 422);
        let hidden = |name: &str| {
            page.attribute(&format!("form.form input[name={name}]"), "value")
                .unwrap()
        };
        let (version, updated_at) = (hidden("version"), hidden("updated_at"));
        let again = [
            ("unit", unit.as_str()),
            ("version", &version),
            ("updated_at", &updated_at),
        ];
        assert_eq!(an.post(&path, &with(&fields, &again)).await.status, 409);
    })
    .await;
}

#[tokio::test]
async fn an_edit_and_an_approval_at_once_never_mix() {
    on_both("stories_race", async |world| {
        let plan = world.small_plan().await;
        let (an, binh) = (world.person_of("an").await, world.person_of("binh").await);
        let text = Draft {
            title: "Hai người cùng lúc".into(),
            body: "Trước.".into(),
            unit: Some(world.unit("so").await),
            clause: Some(plan.clause),
            themes: plan.themes.to_vec(),
            ..Draft::default()
        };
        let app = &world.app;
        for _ in 0..12 {
            let id = stories::create(app, &an, &text).await.unwrap();
            let seen = stories::get(app, &an, id).await.unwrap().seen();
            stories::submit(app, &an, id, &seen).await.unwrap();
            let later = Draft {
                body: "Sau.".into(),
                ..text.clone()
            };
            let (approved, saved) = tokio::join!(
                stories::approve(app, &binh, id, &seen, false),
                stories::save(app, &an, id, &seen, &later),
            );
            // Whoever came second either found the story changed or made a version of its own.
            assert!(approved.is_ok() || saved.is_ok(), "{approved:?} {saved:?}");
            let frozen = stories::latest_approved(&app.db, id).await.unwrap();
            assert_eq!(frozen.is_some(), approved.is_ok());
            assert!(frozen.is_none_or(|frozen| frozen.body == "Trước."));
        }
        assert_eq!(stories::verify(&app.db, &app.files).await.unwrap(), [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn two_who_give_the_same_title_at_once_get_an_address_each() {
    on_both("stories_address", async |world| {
        let plan = world.small_plan().await;
        let (an, chi) = (world.person_of("an").await, world.person_of("chi").await);
        let text = Draft {
            title: "Cùng một tiêu đề".into(),
            body: "Một.".into(),
            unit: Some(world.unit("so").await),
            clause: Some(plan.clause),
            themes: plan.themes.to_vec(),
            ..Draft::default()
        };
        let app = &world.app;
        for _ in 0..12 {
            let (one, other) = tokio::join!(
                stories::create(app, &an, &text),
                stories::create(app, &chi, &text),
            );
            let (one, other) = (one.unwrap(), other.unwrap());
            let address = async |id| stories::get(app, &an, id).await.unwrap().row.slug;
            assert_ne!(address(one).await, address(other).await);
        }
    })
    .await;
}
