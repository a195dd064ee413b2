//! Slots: made on the page and by programs, refused with the nearest time that would do.

mod days_off;
mod series;
mod several;
mod weekly;

use loa::airtime;
use serde_json::json;

use crate::world::on_both;

#[tokio::test]
async fn a_slot_is_made_and_an_impossible_one_refused_with_a_better_time() {
    on_both("airtime_page", async |world| {
        let outlets = world.outlets().await;
        let area = outlets.area_one.to_string();
        let mut dung = world.sign_in("dung").await;
        let page = dung.get("/airtime").await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert_eq!(page.all(".empty h3"), ["Chưa có khung giờ"]);
        let form = |time: &'static str, minutes: &'static str| {
            [
                ("day", "24/11/2026"),
                ("time", time),
                ("minutes", minutes),
                ("priority", "ordinary"),
            ]
        };
        let area = [("area", area.as_str())];
        let page = dung
            .post("/airtime", &[&area[..], &form("17:00", "30")].concat())
            .await;
        assert_eq!(page.status, 303, "{}", page.text());
        let page = dung.get(&page.location.expect("a page")).await;
        assert_eq!(page.all(".airtimes time"), ["17:00–17:30"]);

        for (time, minutes, why) in [
            ("17:15", "30", "Trùng với một khung giờ đã có"),
            ("08:00", "30", "Giờ bắt đầu đã qua"),
            ("21:50", "15", "Đây là giờ yên tĩnh, chỉ phát tin khẩn cấp"),
            ("17 giờ", "30", "Ghi giờ theo dạng giờ:phút, ví dụ 17:00"),
            (
                "18:00",
                "nửa tiếng",
                "Khung giờ dài từ 10 giây đến 240 phút",
            ),
        ] {
            let fields = [&area[..], &form(time, minutes)].concat();
            let page = dung.post("/airtime", &fields).await;
            assert_eq!(page.status, 422, "{time}");
            assert_eq!(page.all(".error-summary li"), [why]);
            // What was typed is still there.
            assert_eq!(page.attribute("#time", "value").as_deref(), Some(time));
            assert_eq!(
                page.attribute("#minutes", "value").as_deref(),
                Some(minutes)
            );
        }
        let fields = [&area[..], &form("17:15", "30")].concat();
        let page = dung.post("/airtime", &fields).await;
        assert_eq!(
            page.all(".notice"),
            ["Giờ trống gần nhất: 17:30 24/11/2026"]
        );
        let page = dung.get("/airtime").await;
        assert_eq!(page.all(".airtimes time").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn programs_make_slots_under_the_same_rules() {
    on_both("airtime_api", async |world| {
        let outlets = world.outlets().await;
        let program = world.program("dung").await;
        let wanted = |at: &str, priority: &str| {
            json!({ "area": outlets.area_one, "starts_at": at, "seconds": 600, "priority": priority })
        };
        let made = program
            .post("/slots", &wanted("2026-11-24T17:00:00+07:00", "ordinary"))
            .await;
        assert_eq!(made.status, 201, "{}", made.text());
        let clash = program
            .post("/slots", &wanted("2026-11-24T17:05:00+07:00", "priority"))
            .await;
        assert_eq!(clash.status, 422);
        assert_eq!(clash.json()["type"], "about:blank#airtime-overlap");
        assert_eq!(clash.json()["nearest"], "2026-11-24T10:15:00Z");
        // What is urgent goes first, over others and at night.
        for at in ["2026-11-24T17:05:00+07:00", "2026-11-24T23:00:00+07:00"] {
            let page = program.post("/slots", &wanted(at, "urgent")).await;
            assert_eq!(page.status, 201, "{}", page.text());
        }
        let odd = program
            .post("/slots", &wanted("2026-11-24T18:00:00+07:00", "soon"))
            .await;
        assert_eq!(odd.status, 422);
        assert_eq!(odd.headers["content-type"], "application/problem+json");

        let others = world.program("giang").await;
        let page = others
            .post("/slots", &wanted("2026-11-24T19:00:00+07:00", "ordinary"))
            .await;
        assert_eq!(page.status, 404, "another commune's area");
        let dung = world.person_of("dung").await;
        let next = airtime::next(&world.app, &dung).await.expect("slots");
        let priorities: Vec<_> = next.iter().map(|(slot, _)| slot.priority.as_str()).collect();
        assert_eq!(priorities, ["ordinary", "urgent", "urgent"]);
        let giang = world.person_of("giang").await;
        assert!(airtime::next(&world.app, &giang).await.expect("slots").is_empty());
    })
    .await;
}
