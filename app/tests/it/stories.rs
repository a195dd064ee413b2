//! A story's life between two people, and what an approval freezes.

mod api;
mod conflicts;
mod life;
mod recordings;
mod say;
mod server;
mod sound;
mod versions;
mod voice;

use loa::ids::StoryId;
use loa::stories::{self, Draft};

use crate::world::{Browser, SmallPlan, World};

const BODY: &str = "Thực hiện Nghị định số 61/2018/NĐ-CP, xã trả kết quả **tại nhà**.";

/// What An writes.
fn draft(plan: &SmallPlan) -> Vec<(&'static str, String)> {
    vec![
        ("title", "Bộ phận một cửa trả kết quả tại nhà".into()),
        ("summary", "Bà con không phải đi lại.".into()),
        ("body", BODY.into()),
        ("radio", "yes".into()),
        ("script", String::new()),
        ("clause", plan.clause.to_string()),
        ("themes", plan.themes[0].to_string()),
        ("then", "save".into()),
    ]
}

/// The same fields with some of them changed.
fn with<'a>(
    fields: &'a [(&'static str, String)],
    changes: &[(&'static str, &'a str)],
) -> Vec<(&'static str, &'a str)> {
    let kept = fields
        .iter()
        .filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
    kept.map(|(name, value)| (*name, value.as_str()))
        .chain(changes.iter().copied())
        .collect()
}

/// A story that An wrote on the page.
async fn written(world: &World, browser: &mut Browser, plan: &SmallPlan) -> StoryId {
    let unit = world.unit("so").await.to_string();
    browser.get("/stories/new").await;
    let fields = draft(plan);
    let page = browser
        .post("/stories", &with(&fields, &[("unit", &unit)]))
        .await;
    assert_eq!(page.status, 303, "{}", page.text());
    let to = page.location.expect("a story");
    to.trim_start_matches("/stories/").parse().expect("an id")
}

/// Sends a form of the story's page with the hidden fields it has.
async fn act(
    browser: &mut Browser,
    id: StoryId,
    noun: &str,
    more: &[(&str, &str)],
) -> crate::world::Page {
    let page = browser.get(&format!("/stories/{id}")).await;
    let form = format!("form[action='/stories/{id}/{noun}']");
    let hidden = |name: &str| page.attribute(&format!("{form} input[name={name}]"), "value");
    let version = hidden("version").unwrap_or_else(|| panic!("no form {noun}: {}", page.text()));
    let updated_at = hidden("updated_at").expect("a time");
    let sound = hidden("sound").unwrap_or_default();
    let mut fields = vec![("version", version.as_str()), ("updated_at", &updated_at)];
    if !sound.is_empty() {
        fields.push(("sound", &sound));
    }
    fields.extend_from_slice(more);
    browser
        .post(&format!("/stories/{id}/{noun}"), &fields)
        .await
}

/// A story that An wrote and Bình approved, without sound.
async fn approved(world: &World, plan: &SmallPlan) -> StoryId {
    let (an, binh) = (world.person_of("an").await, world.person_of("binh").await);
    let draft = Draft {
        title: "Tin đã duyệt".into(),
        body: "Nội dung.".into(),
        unit: Some(world.unit("so").await),
        clause: Some(plan.clause),
        themes: vec![plan.themes[0]],
        ..Draft::default()
    };
    let id = stories::create(&world.app, &an, &draft)
        .await
        .expect("a story");
    let seen = stories::get(&world.app, &an, id)
        .await
        .expect("seen")
        .seen();
    stories::submit(&world.app, &an, id, &seen)
        .await
        .expect("submitted");
    stories::approve(&world.app, &binh, id, &seen, false)
        .await
        .expect("approved");
    id
}
