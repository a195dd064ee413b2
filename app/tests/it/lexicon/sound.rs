//! What a change of the lexicon does to sounds: drafts say the new words, what was approved stays.

use loa::lexicon::{self, Entry};
use loa::stories::entity::rendition;
use loa::stories::{self, Draft, Seen};
use sea_orm::EntityTrait;
use sea_orm::sea_query::Expr;

use super::added;
use crate::world::{World, on_both};

/// A story that An wrote, with its sound.
async fn heard(world: &World, script: &str) -> (loa::ids::StoryId, Seen) {
    let plan = world.small_plan().await;
    let an = world.person_of("an").await;
    let draft = Draft {
        title: "Tin của tổ".into(),
        body: "Nội dung.".into(),
        script: Some(script.into()),
        unit: Some(world.unit("so").await),
        clause: Some(plan.clause),
        themes: vec![plan.themes[0]],
        ..Draft::default()
    };
    let id = stories::create(&world.app, &an, &draft).await.unwrap();
    world.work().await;
    (id, seen(world, id).await)
}

async fn seen(world: &World, id: loa::ids::StoryId) -> Seen {
    let an = world.person_of("an").await;
    stories::get(&world.app, &an, id).await.unwrap().seen()
}

#[tokio::test]
async fn a_draft_is_read_anew_where_its_words_changed_and_nowhere_else() {
    on_both("lexicon_drafts", async |world| {
        let (id, first) = heard(&world, "Tổ CNSCĐ họp lúc 7h30.").await;
        assert!(first.sound.is_some());
        added(&world, "XYZQ", "ích gì đó").await;
        world.work().await;
        assert_eq!(
            seen(&world, id).await.sound,
            first.sound,
            "its words are the same"
        );

        added(&world, "CNSCĐ", "công nghệ số cộng đồng").await;
        assert_eq!(
            seen(&world, id).await.sound,
            first.sound,
            "the job has not run yet"
        );
        assert_eq!(
            world.work().await,
            2,
            "scripts are looked through, one is read anew"
        );
        let second = seen(&world, id).await;
        assert!(second.sound.is_some() && second.sound != first.sound);
        assert_eq!(
            second.updated_at, first.updated_at,
            "the text did not change"
        );
        let an = world.person_of("an").await;
        let radio = stories::get(&world.app, &an, id)
            .await
            .unwrap()
            .radio
            .unwrap();
        assert!(radio.said.unwrap().contains("công nghệ số cộng đồng"));

        // Who listened to the old sound cannot approve the new one.
        stories::submit(&world.app, &an, id, &second).await.unwrap();
        let binh = world.person_of("binh").await;
        let refused = stories::approve(&world.app, &binh, id, &first, true).await;
        assert!(
            format!("{refused:?}").contains("stories-sound-changed"),
            "{refused:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn what_was_approved_stays_whatever_the_lexicon_becomes() {
    on_both("lexicon_approved", async |world| {
        added(&world, "CNSCĐ", "công nghệ số cộng đồng").await;
        let (id, first) = heard(&world, "Tổ CNSCĐ họp lúc 7h30.").await;
        let (an, binh) = (world.person_of("an").await, world.person_of("binh").await);
        stories::submit(&world.app, &an, id, &first).await.unwrap();
        stories::approve(&world.app, &binh, id, &first, true)
            .await
            .unwrap();
        let approved = stories::latest_approved(&world.app.db, id)
            .await
            .unwrap()
            .unwrap();
        let frozen = frozen(&world).await;
        assert!(
            frozen.contains("\"form\":2") && frozen.contains("\"speed\":100"),
            "{frozen}"
        );

        added(&world, "TỔ", "tổ").await;
        let row = lexicon_row(&world, "CNSCĐ").await;
        let entry = Entry {
            spoken: "công nghệ số".into(),
            ..Entry::from(&row)
        };
        lexicon::save(&world.app, &an, row.id, row.version, &entry)
            .await
            .unwrap();
        assert_eq!(world.work().await, 1, "nothing is read anew");
        let after = stories::latest_approved(&world.app.db, id)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(after, approved);
        let broken = stories::verify(&world.app.db, &world.app.files)
            .await
            .unwrap();
        assert_eq!(broken, [""; 0]);
        let mut browser = world.sign_in("em").await;
        let page = browser.get(&format!("/stories/{id}")).await;
        assert_eq!(
            page.all("#reading ruby.said-province rt"),
            ["công nghệ số cộng đồng"]
        );
        assert!(
            page.text().contains("lời của bản phát thanh đã duyệt"),
            "{}",
            page.text()
        );

        // A correction begins with the words of now.
        let mut draft = stories::get(&world.app, &an, id).await.unwrap().draft();
        draft.title = "Tin đính chính".into();
        stories::save(&world.app, &an, id, &first, &draft)
            .await
            .unwrap();
        let page = browser.get(&format!("/stories/{id}")).await;
        assert_eq!(page.all("#reading ruby.said-province rt"), ["công nghệ số"]);
    })
    .await;
}

#[tokio::test]
async fn a_sound_of_before_its_words_were_kept_is_frozen_as_it_always_was() {
    on_both("lexicon_first_form", async |world| {
        let (id, first) = heard(&world, "Tổ UBND họp lúc 7h30.").await;
        // As an earlier version left it.
        rendition::Entity::update_many()
            .col_expr(rendition::Column::Speed, Expr::value(Option::<i64>::None))
            .col_expr(
                rendition::Column::VoiceWanted,
                Expr::value(Option::<String>::None),
            )
            .col_expr(rendition::Column::Said, Expr::value(Option::<String>::None))
            .exec(&world.app.db)
            .await
            .unwrap();
        let (an, binh) = (world.person_of("an").await, world.person_of("binh").await);
        stories::submit(&world.app, &an, id, &first).await.unwrap();
        stories::approve(&world.app, &binh, id, &first, true)
            .await
            .unwrap();
        let frozen = frozen(&world).await;
        assert!(frozen.starts_with("{\"form\":1,"), "{frozen}");
        assert!(
            !frozen.contains("speed") && !frozen.contains("said"),
            "{frozen}"
        );
        added(&world, "UBND", "ủy ban").await;
        let broken = stories::verify(&world.app.db, &world.app.files)
            .await
            .unwrap();
        assert_eq!(broken, [""; 0]);
        let page = world
            .sign_in("em")
            .await
            .get(&format!("/stories/{id}"))
            .await;
        assert_eq!(
            page.all("#reading ruby.said-builtin rt"),
            ["Ủy ban nhân dân"]
        );
    })
    .await;
}

#[tokio::test]
async fn a_sound_in_the_making_is_not_kept_with_words_of_yesterday() {
    on_both("lexicon_making", async |world| {
        let before = lexicon::in_force(&world.app).await.unwrap();
        let transaction = world.app.begin().await.unwrap();
        assert!(lexicon::hold(&transaction, before.version).await.unwrap());
        transaction.rollback().await.unwrap();
        added(&world, "CNSCĐ", "công nghệ số cộng đồng").await;
        let transaction = world.app.begin().await.unwrap();
        assert!(!lexicon::hold(&transaction, before.version).await.unwrap());
    })
    .await;
}

async fn lexicon_row(world: &World, written: &str) -> lexicon::entity::entry::Model {
    let rows = lexicon::entity::entry::Entity::find()
        .all(&world.app.db)
        .await
        .unwrap();
    rows.into_iter().find(|row| row.written == written).unwrap()
}

async fn frozen(world: &World) -> String {
    let rows = stories::entity::approval::Entity::find()
        .all(&world.app.db)
        .await
        .unwrap();
    rows.into_iter().next().unwrap().frozen
}
