//! The same time in several areas, in all or in none; and clusters that are opened by hand.

use chrono::TimeDelta;
use loa::airtime::{NotMade, Wanted, create_slots, upcoming};
use loa::deliveries::State;
use loa::ids::{AreaId, DeliveryId};
use loa_air::Priority;
use serde_json::json;

use crate::world::{World, on_both};

/// A quarter of an hour, so many hours from now.
fn wanted(world: &World, area: AreaId, hours: i64) -> Wanted {
    Wanted {
        area,
        starts_at: world.app.clock.now() + TimeDelta::hours(hours),
        seconds: 900,
        priority: Priority::Ordinary,
    }
}

async fn slots(world: &World, area: AreaId) -> usize {
    let now = world.app.clock.now();
    let there = upcoming(&world.app.db, area, now, now + TimeDelta::days(3)).await;
    there.expect("slots").len()
}

#[tokio::test]
async fn a_time_is_taken_in_all_areas_or_in_none_and_who_is_in_the_way_is_named() {
    on_both("several_slots", async |world| {
        let outlets = world.outlets().await;
        let (one, two) = (outlets.area_one, outlets.area_two);
        let chi = world.person_of("chi").await;
        let made = create_slots(&world.app, &chi, &wanted(&world, one, 1), &[two, one]).await;
        assert_eq!(made.expect("made").len(), 2, "each area once");

        world.slot(two, 181, 600).await;
        let refused = create_slots(&world.app, &chi, &wanted(&world, one, 3), &[two]).await;
        let Err(NotMade::Areas(areas)) = refused else {
            panic!("{refused:?}");
        };
        assert_eq!(areas.iter().map(|one| one.area).collect::<Vec<_>>(), [two]);
        assert!(areas[0].nearest.is_some());
        assert_eq!(slots(&world, one).await, 1, "nothing is half made");

        // The broadcaster of one commune takes no time of another.
        let dung = world.person_of("dung").await;
        let refused = create_slots(&world.app, &dung, &wanted(&world, one, 6), &[two]).await;
        assert!(matches!(refused, Err(NotMade::Failure(_))), "{refused:?}");
        assert_eq!(slots(&world, one).await, 1);

        // On the page, with what was chosen still there.
        let mut browser = world.sign_in("chi").await;
        browser.get(&format!("/airtime?area={one}")).await;
        let (first, second) = (one.to_string(), two.to_string());
        let form = [
            ("area", first.as_str()),
            ("day", "24/11/2026"),
            ("time", "12:05"),
            ("minutes", "15"),
            ("priority", "ordinary"),
            ("also", second.as_str()),
        ];
        let page = browser.post("/airtime", &form).await;
        assert_eq!(page.status, 422);
        let said = page.all(".notice li").join(" ");
        assert!(
            said.starts_with("Cụm loa Xã Hai: không đặt được."),
            "{said}"
        );
        let kept = page.attribute(&format!("#also-{two}"), "checked");
        assert!(kept.is_some(), "{}", page.text());

        let program = world.program("chi").await;
        let asked = |hours: i64| {
            let starts_at = world.app.clock.now() + TimeDelta::hours(hours);
            json!({ "area": one, "also": [two], "starts_at": starts_at, "seconds": 900 })
        };
        let page = program.post("/slots", &asked(3)).await;
        assert_eq!(page.status, 422, "{}", page.text());
        assert_eq!(page.json()["areas"][0]["area"], json!(two));
        let page = program.post("/slots", &asked(5)).await;
        assert_eq!(page.status, 201, "{}", page.text());
        assert_eq!(page.json()["ids"].as_array().map(Vec::len), Some(2));
    })
    .await;
}

#[tokio::test]
async fn a_cluster_is_opened_by_hand_and_one_choice_reaches_all_areas() {
    on_both("several_areas", async |world| {
        let outlets = world.outlets().await;
        let mut dung = world.sign_in("dung").await;
        dung.get("/speakers").await;
        let unit = world.unit("xa-mot").await.to_string();
        let page = dung
            .post("/speakers/areas", &[("unit", &unit), ("name", " ")])
            .await;
        assert_eq!(page.status, 422);
        assert!(
            page.text().contains("Hãy ghi tên cụm loa"),
            "{}",
            page.text()
        );
        let other = world.unit("xa-hai").await.to_string();
        let page = dung
            .post("/speakers/areas", &[("unit", &other), ("name", "Cụm lạ")])
            .await;
        assert_eq!(page.status, 404, "not of another commune");
        let page = dung
            .post(
                "/speakers/areas",
                &[("unit", &unit), ("name", "Cụm loa thôn Đông")],
            )
            .await;
        assert_eq!(page.status, 303, "{}", page.text());
        let chi = world.person_of("chi").await;
        let areas = loa::outlets::areas(&world.app.db, &chi, loa::accounts::Right::Air).await;
        let areas = areas.expect("areas");
        let east = areas.iter().find(|area| area.name == "Cụm loa thôn Đông");
        let east = east.expect("the new one").id;
        let receiver = world.receiver(east, 5).await;

        let at = wanted(&world, east, 1);
        let also = [outlets.area_one, outlets.area_two];
        create_slots(&world.app, &chi, &at, &also)
            .await
            .expect("made");
        let plan = world.small_plan().await;
        let story = world.approved_story(&plan, "Trả kết quả tại nhà").await;
        let mut binh = world.sign_in("binh").await;
        let page = binh.get(&format!("/stories/{story}/release")).await;
        let together = page.attribute("input[name=at]", "value").expect("a time");
        assert!(page.text().contains("3 cụm loa"), "{}", page.text());
        let page = binh
            .post(&format!("/stories/{story}/release"), &[("at", &together)])
            .await;
        assert_eq!(page.status, 303, "{}", page.text());
        let item = &receiver.manifest().await.slots[0].items[0];
        assert_eq!(world.state(DeliveryId(item.delivery)).await, State::Sent);
        let filter = loa::deliveries::Filter {
            story: Some(story),
            ..Default::default()
        };
        let (lines, _) = loa::deliveries::list(&world.app, &chi, filter, 0, 10)
            .await
            .expect("deliveries");
        assert_eq!(lines.len(), 3, "each area answers for itself");
    })
    .await;
}
