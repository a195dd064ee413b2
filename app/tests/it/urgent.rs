//! Urgent messages: two people, from a text to every loudspeaker of an area; said until their time is
//! over or they are taken back; looked back on afterwards.

use chrono::TimeDelta;
use loa::error::Failure;
use loa::ids::{StoryId, UrgentId};
use loa::stories;
use loa::urgent::{self, Stage, entity};
use loa_air::Priority;
use sea_orm::{ConnectionTrait, EntityTrait};

use crate::world::{Browser, Outlets, Page, SmallPlan, World, on_both};

/// What Dung, the broadcaster of `xa-mot`, types.
fn typed(outlets: &Outlets) -> [(&'static str, String); 6] {
    [
        ("title", "Cảnh báo lũ trên sông Đáy".into()),
        ("text", "Bà con ngoài đê di dời trước 17h. Gọi 112.".into()),
        ("areas", outlets.area_one.to_string()),
        ("minutes", "30".into()),
        ("times", "3".into()),
        ("portal", "yes".into()),
    ]
}

async fn post(browser: &mut Browser, path: &str, fields: &[(&str, String)]) -> Page {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    browser.post(path, &fields).await
}

/// Dung asks for a message, and its sound is made.
async fn asked(world: &World) -> (SmallPlan, Outlets, UrgentId) {
    let (plan, outlets) = (world.small_plan().await, world.outlets().await);
    let id = world.ask_urgent("dung", outlets.area_one).await;
    (plan, outlets, id)
}

async fn story_of(world: &World, id: UrgentId) -> StoryId {
    let row = entity::urgent::Entity::find_by_id(id)
        .one(&world.app.db)
        .await
        .expect("a store");
    row.expect("a message").story_id
}

#[tokio::test]
async fn from_a_text_to_every_loudspeaker_by_two_people() {
    on_both("urgent_page", async |world| {
        world.small_plan().await;
        let outlets = world.outlets().await;
        let receiver = world.receiver(outlets.area_one, 1).await;
        // Another is on the air meanwhile, and it is night.
        world.wait(TimeDelta::hours(14));
        let mut dung = world.sign_in("dung").await;
        let page = dung.get("/urgent/new").await;
        assert_eq!(page.status, 200, "{}", page.text());
        let only = format!("#area-{}[checked]", outlets.area_one);
        assert!(
            page.attribute(&only, "value").is_some(),
            "his only area is chosen"
        );

        let wrong = [
            ("title", String::new()),
            ("text", String::new()),
            ("areas", outlets.area_two.to_string()),
            ("minutes", "nửa giờ".into()),
            ("times", "0".into()),
        ];
        let page = post(&mut dung, "/urgent", &wrong).await;
        assert_eq!(page.status, 422, "{}", page.text());
        assert_eq!(
            page.all(".error-summary li").len(),
            5,
            "{:?}",
            page.all(".error-summary li")
        );
        assert_eq!(
            page.attribute("#minutes", "value").as_deref(),
            Some("nửa giờ")
        );

        let page = post(&mut dung, "/urgent", &typed(&outlets)).await;
        assert_eq!(page.status, 303, "{}", page.text());
        let path = page.location.expect("a page");
        let page = dung.get(&path).await;
        assert!(page.attribute("#state[data-poll]", "id").is_some());
        world.work().await;
        let page = dung.get(&path).await;
        assert_eq!(page.all("#state audio").len(), 1, "{}", page.text());
        assert_eq!(page.all("#heard").len(), 0, "who asks does not send");
        assert!(receiver.manifest().await.slots.is_empty());

        let mut ha = world.sign_in("ha").await;
        let home = ha.get("/home").await;
        let first = home
            .links("section[aria-labelledby=waiting] .lines a")
            .into_iter()
            .next();
        let (to, text) = first.expect("something waits");
        assert_eq!(to, path);
        assert!(text.starts_with("KHẨN, nghe và phát"), "{text}");
        let page = ha.get(&path).await;
        let hidden = |name: &str| {
            let field = format!("form[action$='/sending'] input[name={name}]");
            page.attribute(&field, "value").expect("a field")
        };
        let seen = [
            ("version", hidden("version")),
            ("updated_at", hidden("updated_at")),
            ("sound", hidden("sound")),
        ];
        let sending = format!("{path}/sending");
        let consent = [&seen[..], &[("heard", "yes".into())]].concat();
        let refused = post(&mut dung, &sending, &consent).await;
        assert_eq!(refused.status, 403);
        let page = post(&mut ha, &sending, &seen).await;
        assert_eq!(page.status, 422, "nobody sends what was not heard");
        let page = post(&mut ha, &sending, &consent).await;
        assert_eq!(page.status, 303, "{}", page.text());

        let manifest = receiver.manifest().await;
        let slots = &manifest.slots;
        assert_eq!(slots.len(), 3);
        let now = world.app.clock.now();
        assert!(slots[0].starts_at - now <= TimeDelta::seconds(2));
        for pair in slots.windows(2) {
            assert_eq!(pair[0].ends_at, pair[1].starts_at, "one after the other");
        }
        assert!(slots.iter().all(|slot| slot.priority == Priority::Urgent));
        let portal = world.browser().get("/").await;
        assert!(portal.text().contains("Cảnh báo lũ trên sông Đáy"));

        // A receipt comes in: page and ledger know it, and no theme counts it.
        let receipt = receiver.played("r-1").await;
        world.wait(TimeDelta::minutes(2));
        assert_eq!(receiver.tell_receipts(&[receipt]).await, ["r-1"]);
        let page = ha.get(&path).await;
        assert!(
            page.all("#state td").join(" ").contains("1 trong 1 loa"),
            "{:?}",
            page.all("#state td")
        );
        assert!(world.ledger().await.iter().any(|entry| entry.counts));
        let cells = loa::evidence::entity::cell::Entity::find()
            .all(&world.app.db)
            .await
            .expect("cells");
        assert!(
            cells.iter().all(|cell| cell.channel != "loudspeaker"),
            "{cells:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn it_is_taken_back_everywhere_and_looked_back_on() {
    on_both("urgent_cancel", async |world| {
        let (_, outlets, id) = asked(&world).await;
        let receiver = world.receiver(outlets.area_one, 1).await;
        let ha = world.person_of("ha").await;
        let early = urgent::cancel(&world.app, &ha, id).await;
        assert!(
            matches!(early, Err(Failure::Conflict("urgent-not-live"))),
            "{early:?}"
        );
        world.send_urgent(&world.app, id).await;
        assert_eq!(receiver.manifest().await.slots.len(), 3);
        let early = urgent::review(&world.app, &ha, id, "Kịp thời.").await;
        assert!(
            matches!(early, Err(Failure::Conflict("urgent-not-over"))),
            "{early:?}"
        );
        let mut browser = world.sign_in("ha").await;
        let page = browser.get(&format!("/urgent/{id}")).await;
        let form = format!("form[action='/urgent/{id}/cancellation']");
        assert!(page.attribute(&form, "method").is_some());
        let page = browser
            .post(&format!("/urgent/{id}/cancellation"), &[])
            .await;
        assert_eq!(page.status, 303, "{}", page.text());
        assert!(receiver.manifest().await.slots.is_empty());
        let portal = world.browser().get("/").await;
        assert!(!portal.text().contains("Cảnh báo lũ"));

        let dung = world.person_of("dung").await;
        let own = urgent::review(&world.app, &dung, id, "Tốt.").await;
        assert!(own.is_err(), "{own:?}");
        let path = format!("/urgent/{id}/review");
        let page = browser.post(&path, &[("remark", "  ")]).await;
        assert_eq!(page.status, 422, "{}", page.text());
        let page = browser
            .post(&path, &[("remark", "Loa thôn 3 không phát.")])
            .await;
        assert_eq!(page.status, 303, "{}", page.text());
        let page = browser.get(&format!("/urgent/{id}")).await;
        assert_eq!(page.all("blockquote"), ["Loa thôn 3 không phát."]);
        let message = urgent::get(&world.app, &ha, id).await.expect("seen");
        assert_eq!(message.stage, Stage::Reviewed);
    })
    .await;
}

#[tokio::test]
async fn when_its_time_is_over_nobody_says_it_any_more() {
    on_both("urgent_over", async |world| {
        let (_, outlets, id) = asked(&world).await;
        let receiver = world.receiver(outlets.area_one, 1).await;
        world.send_urgent(&world.app, id).await;
        let ends = receiver.manifest().await.slots[2].ends_at;
        world.wait(TimeDelta::minutes(31));
        assert!(ends <= world.app.clock.now());
        assert!(receiver.manifest().await.slots.is_empty());
        let ha = world.person_of("ha").await;
        let waiting = urgent::waiting(&world.app, &ha).await.expect("a list");
        assert_eq!(waiting.len(), 1);
        assert_eq!(waiting[0].task, urgent::Task::Review);
    })
    .await;
}

#[tokio::test]
async fn a_fault_between_approval_and_sending_loses_nothing_and_doubles_nothing() {
    on_both("urgent_half", async |world| {
        let (_, outlets, id) = asked(&world).await;
        let receiver = world.receiver(outlets.area_one, 1).await;
        let ha = world.person_of("ha").await;
        let story = story_of(&world, id).await;
        let seen = stories::get(&world.app, &ha, story).await.expect("seen").seen();
        let early = urgent::finish(&world.app, &ha, id).await;
        assert!(matches!(early, Err(Failure::Conflict("stories-not-approved"))), "{early:?}");
        stories::approve(&world.app, &ha, story, &seen, true)
            .await
            .expect("approved");
        let mut browser = world.sign_in("ha").await;
        let page = browser.get(&format!("/urgent/{id}")).await;
        assert!(page.all(".notice-title").join(" ").contains("đã duyệt nhưng chưa phát"));
        // Nobody has to press it: the round of every minute does.
        loa::schedule::look_after(&world.app).await;
        assert_eq!(receiver.manifest().await.slots.len(), 3);
        for _ in 0..2 {
            urgent::finish(&world.app, &ha, id).await.expect("done already");
        }
        assert_eq!(receiver.manifest().await.slots.len(), 3);
        // Released, and the server died before it noted so.
        let sql = format!(
            "UPDATE urgents SET sent_by = NULL, sent_at = NULL, until_at = NULL, release_id = NULL WHERE id = {id}"
        );
        world.app.db.execute_unprepared(&sql).await.expect("forgotten");
        urgent::finish(&world.app, &ha, id).await.expect("noted");
        assert_eq!(receiver.manifest().await.slots.len(), 3);
        let message = urgent::get(&world.app, &ha, id).await.expect("seen");
        assert_eq!(message.stage, Stage::Live);

        let dung = world.person("dung").await;
        let sql = format!("UPDATE urgents SET sent_by = {dung} WHERE id = {id}");
        world.app.db.execute_unprepared(&sql).await.expect_err("by who asked");
    })
    .await;
}

#[tokio::test]
async fn programs_ask_and_watch() {
    on_both("urgent_api", async |world| {
        world.small_plan().await;
        let outlets = world.outlets().await;
        world.receiver(outlets.area_one, 1).await;
        let dung = world.program("dung").await;
        let body = serde_json::json!({
            "title": "Cảnh báo lũ", "text": "Di dời ngay.", "areas": [outlets.area_one],
            "minutes": 10, "times": 1, "portal": false,
        });
        let page = dung.post("/urgent", &body).await;
        assert_eq!(page.status, 201, "{}", page.text());
        let id = page.json()["id"].as_i64().expect("an id");
        world.work().await;
        let ha = world.program("ha").await;
        let path = format!("/urgent/{id}");
        let seen = ha.get(&path).await.json();
        assert_eq!(seen["stage"], "waits");
        let consent = serde_json::json!({
            "version": seen["version"], "updated_at": seen["updated_at"], "sound": seen["sound"],
            "heard": true,
        });
        let own = dung.post(&format!("{path}/sending"), &consent).await;
        assert_eq!(own.status, 403, "{}", own.text());
        let sent = ha.post(&format!("{path}/sending"), &consent).await;
        assert_eq!(sent.status, 200, "{}", sent.text());
        assert_eq!(sent.json()["stage"], "live");
        assert_eq!(
            sent.json()["areas"][0]["speakers"][0]["heard_at"],
            serde_json::json!(null)
        );
        let giang = world.program("giang").await;
        assert_eq!(giang.get(&path).await.status, 404);
        let bad = serde_json::json!({ "title": "", "text": "", "areas": [], "minutes": 0 });
        let refused = dung.post("/urgent", &bad).await;
        assert_eq!(refused.status, 422, "{}", refused.text());
    })
    .await;
}
