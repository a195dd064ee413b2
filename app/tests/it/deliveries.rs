//! One decision sends what two people approved, and every delivery remembers what became of it.

mod states;
mod wire;

use loa::deliveries::{self, Choice, Filter, NotReleased, State};
use loa::error::Failure;
use loa::ids::{OutletId, SlotId, StoryId};
use loa::stories;
use serde_json::json;

use crate::world::{World, on_both};

fn at(outlet: OutletId, slot: SlotId) -> Choice {
    Choice {
        outlet,
        slot: Some(slot),
    }
}

fn to(outlet: OutletId) -> Choice {
    Choice { outlet, slot: None }
}

/// The states of a story's deliveries, the oldest first.
async fn states(world: &World, story: StoryId) -> Vec<State> {
    let filter = Filter {
        story: Some(story),
        ..Filter::default()
    };
    let chi = world.person_of("chi").await;
    let (mut lines, _) = deliveries::list(&world.app, &chi, filter, 0, 100)
        .await
        .expect("deliveries");
    lines.sort_by_key(|line| line.delivery.id);
    lines.iter().map(|line| line.delivery.state()).collect()
}

#[tokio::test]
async fn what_nobody_approved_is_not_released() {
    on_both("release_unapproved", async |world| {
        let (plan, outlets) = (world.small_plan().await, world.outlets().await);
        let id = world
            .submitted_story(&plan, "Chưa duyệt", "Chưa duyệt.")
            .await;
        let binh = world.person_of("binh").await;
        let refused = deliveries::release(&world.app, &binh, id, &[to(outlets.portal)]).await;
        assert!(
            matches!(
                refused,
                Err(NotReleased::Failure(Failure::Conflict(
                    "release-not-approved"
                )))
            ),
            "{refused:?}"
        );
        let mut browser = world.sign_in("binh").await;
        let page = browser.get(&format!("/stories/{id}/release")).await;
        assert_eq!(page.status, 409);
        browser.get("/deliveries").await;
        browser.get(&format!("/stories/{id}")).await;
        let portal = outlets.portal.to_string();
        let page = browser
            .post(&format!("/stories/{id}/release"), &[("to", &portal)])
            .await;
        assert_eq!(page.status, 409, "{}", page.text());
        let program = world.program("binh").await;
        let body = json!({ "choices": [{ "outlet": outlets.portal }] });
        let page = program
            .post(&format!("/stories/{id}/releases"), &body)
            .await;
        assert_eq!(page.status, 409, "{}", page.text());
        assert!(states(&world, id).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn one_decision_on_the_page_goes_to_the_portal_and_a_slot() {
    on_both("release_page", async |world| {
        let (plan, outlets) = (world.small_plan().await, world.outlets().await);
        let id = world.approved_story(&plan, "Trả kết quả tại nhà").await;
        let slot = world.slot(outlets.area_one, 60, 300).await;
        let mut binh = world.sign_in("binh").await;
        let path = format!("/stories/{id}/release");
        let page = binh.get(&path).await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert!(page.text().contains("Cổng Hà Nam"));
        assert!(!page.text().contains("Báo Hà Nam"), "no way there yet");
        assert!(page.all(".notice").join(" ").contains("Loa Xã Hai"));
        assert_eq!(
            binh.post(&path, &[]).await.all(".error-summary li"),
            ["Chọn ít nhất một nơi phát"]
        );
        let portal = outlets.portal.to_string();
        let air = format!("{}:{slot}", outlets.one);
        let page = binh.post(&path, &[("to", &portal), ("to", &air)]).await;
        assert_eq!(page.status, 303, "{}", page.text());
        let board = binh.get(&page.location.expect("a page")).await;
        assert_eq!(board.status, 200, "{}", board.text());
        assert_eq!(board.all(".notice-title"), ["Đã phát hành"]);
        assert_eq!(board.all("tbody th"), ["Cổng Hà Nam", "Loa Phường Một"]);
        assert_eq!(board.all("tbody .tag"), ["Đã gửi", "Đã lên lịch"]);
        assert_eq!(states(&world, id).await, [State::Sent, State::Planned]);
        let story = binh.get(&format!("/stories/{id}")).await;
        assert_eq!(story.all(".page-head .tag"), ["Đã phát hành"]);

        // The same again is the same, and what is out is not offered again.
        let again = [to(outlets.portal), at(outlets.one, slot)];
        let person = world.person_of("binh").await;
        let first = deliveries::release(&world.app, &person, id, &again)
            .await
            .expect("released");
        let second = deliveries::release(&world.app, &person, id, &again)
            .await
            .expect("released");
        assert_eq!(first, second);
        assert_eq!(states(&world, id).await.len(), 2);
        let page = binh.get(&path).await;
        let closed = format!("input[value='{air}'][disabled]");
        assert!(page.attribute(&closed, "id").is_some());
    })
    .await;
}

#[tokio::test]
async fn a_full_slot_says_how_much_is_missing_and_nothing_is_half_released() {
    on_both("release_full", async |world| {
        let (plan, outlets) = (world.small_plan().await, world.outlets().await);
        let script = "Bộ phận một cửa trả kết quả tại nhà cho bà con. ".repeat(5);
        let mut sounds = Vec::new();
        for title in ["Tin thứ nhất", "Tin thứ hai"] {
            let id = world.submitted_story(&plan, title, &script).await;
            world.approve(id).await;
            let approved = stories::latest_approved(&world.app.db, id).await;
            let sound = approved.expect("a version").expect("approved").sound;
            sounds.push((id, sound.expect("a sound").duration_ms));
        }
        let [(one, first), (two, second)] = sounds[..] else {
            panic!("two stories");
        };
        // Room for the first and a second more.
        let seconds = first / 1000 + 2;
        let slot = world.slot(outlets.area_one, 60, seconds).await;
        let binh = world.person_of("binh").await;
        deliveries::release(&world.app, &binh, one, &[at(outlets.one, slot)])
            .await
            .expect("room");
        let choices = [to(outlets.portal), at(outlets.one, slot)];
        let refused = deliveries::release(&world.app, &binh, two, &choices).await;
        let missing = (second - (seconds * 1000 - first) + 999) / 1000;
        match refused {
            Err(NotReleased::Rule("release-slot-full", value)) => {
                assert_eq!(value, missing.to_string());
            }
            other => panic!("{other:?}"),
        }
        assert!(states(&world, two).await.is_empty(), "all or nothing");
        let program = world.program("binh").await;
        let body = json!({ "choices": [{ "outlet": outlets.one, "slot": slot }] });
        let page = program
            .post(&format!("/stories/{two}/releases"), &body)
            .await;
        assert_eq!(page.status, 422);
        let title = page.json()["title"].as_str().expect("a title").to_owned();
        assert!(title.contains(&format!("thiếu {missing} giây")), "{title}");
    })
    .await;
}

#[tokio::test]
async fn outlets_slots_and_rights_are_checked() {
    on_both("release_checks", async |world| {
        let (plan, outlets) = (world.small_plan().await, world.outlets().await);
        let id = world.approved_story(&plan, "Tin").await;
        let slot = world.slot(outlets.area_one, 60, 300).await;
        let program = world.program("binh").await;
        let path = format!("/stories/{id}/releases");
        for (choice, status, kind) in [
            (
                json!({ "outlet": outlets.one }),
                422,
                "release-slot-missing",
            ),
            (json!({ "outlet": outlets.paper }), 422, "release-unserved"),
            (
                json!({ "outlet": outlets.portal, "slot": slot }),
                422,
                "release-no-slots",
            ),
            (
                json!({ "outlet": outlets.two, "slot": slot }),
                404,
                "error-not-found",
            ),
            (json!({ "outlet": 999 }), 404, "error-not-found"),
        ] {
            let body = json!({ "choices": [choice] });
            let page = program.post(&path, &body).await;
            assert_eq!(page.status, status, "{choice}: {}", page.text());
            assert_eq!(page.json()["type"], format!("about:blank#{kind}"));
        }
        world.wait(chrono::TimeDelta::minutes(61));
        let body = json!({ "choices": [{ "outlet": outlets.one, "slot": slot }] });
        let page = program.post(&path, &body).await;
        assert_eq!(page.json()["type"], "about:blank#release-slot-past");
        assert!(states(&world, id).await.is_empty());

        // The author may read the story, but does not release it; another commune does not see it.
        let body = json!({ "choices": [{ "outlet": outlets.portal }] });
        for (login, status) in [("an", 403), ("em", 403), ("giang", 404)] {
            let page = world.program(login).await.post(&path, &body).await;
            assert_eq!(page.status, status, "{login}");
        }
        let page = program.post(&path, &body).await;
        assert_eq!(page.status, 201, "{}", page.text());
        let delivery = page.json()["deliveries"][0]["id"].as_i64().expect("an id");
        let shown = program.get(&format!("/deliveries/{delivery}")).await.json();
        assert_eq!(shown["state"], "sent");
        assert_eq!(shown["attempts"][0]["outcome"], "sent");
        let other = world.program("giang").await;
        assert_eq!(
            other.get(&format!("/deliveries/{delivery}")).await.status,
            404
        );
        assert_eq!(other.get("/deliveries").await.json()["total"], 0);
        let mut giang = world.sign_in("giang").await;
        assert_eq!(
            giang.get(&format!("/deliveries/{delivery}")).await.status,
            404
        );
        let list = world.program("giang").await.get("/outlets").await.json();
        assert_eq!(list["outlets"].as_array().map(Vec::len), Some(4));
        assert_eq!(list["outlets"][0]["key"], "loa-hai", "one's own come first");
        assert_eq!(giang.get("/outlets").await.all("tbody th").len(), 4);
    })
    .await;
}
