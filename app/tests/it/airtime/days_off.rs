//! Days off of an area: its patterns rest, what is released stays, and a day off is taken back with its slots.

use chrono::{DateTime, NaiveDate, Utc};
use loa::airtime::entity::slot;
use loa::airtime::{self, Wanted, create_slot};
use loa::deliveries::{give_day_back, take_day_off};
use loa::ids::AreaId;
use loa::stories::NotSaved;
use loa_air::Priority;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::weekly::{begins, send};
use crate::world::{Browser, World, on_both};

const THURSDAY: &str = "26/11/2026";
const REST: [&str; 4] = ["11-24 17:00", "11-30 17:00", "12-03 17:00", "12-07 17:00"];

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

#[tokio::test]
async fn patterns_rest_on_a_day_off_and_are_back_when_it_is_taken_back() {
    on_both("days_off", async |world| {
        let outlets = world.outlets().await;
        let area = outlets.area_one;
        let mut dung = world.sign_in("dung").await;
        // Tuesdays too, so that something is on the air today.
        let days = [
            ("weekdays", "-"),
            ("weekdays", "2"),
            ("weekdays", "1"),
            ("weekdays", "4"),
        ];
        let page = send(&mut dung, area, &days).await;
        assert_eq!(page.status, 303, "{}", page.text());
        assert!(
            begins(&world, area)
                .await
                .contains(&"11-26 17:00".to_owned())
        );
        let form = format!("/airtime/days-off?area={area}");
        let page = dung.get(&form).await;
        assert_eq!(page.status, 200, "{}", page.text());
        let area_text = area.to_string();
        let fields = |day: &'static str, reason: &'static str| {
            [
                ("area", area_text.clone()),
                ("day", day.to_owned()),
                ("reason", reason.to_owned()),
            ]
        };
        for (day, reason, faults) in [
            ("mai", "", 2),
            ("23/11/2026", "Bảo trì", 1),
            ("26/11/2028", "Bảo trì", 1),
        ] {
            let fields = fields(day, reason);
            let fields: Vec<(&str, &str)> = fields
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .collect();
            let page = dung.post("/airtime/days-off", &fields).await;
            assert_eq!(page.status, 422, "{day}");
            assert_eq!(page.all(".error-summary li").len(), faults, "{day}");
            assert_eq!(page.attribute("#day", "value").as_deref(), Some(day));
        }
        let right = fields(THURSDAY, "Quốc tang");
        let right: Vec<(&str, &str)> = right
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let page = dung.post("/airtime/days-off", &right).await;
        assert_eq!(page.status, 303, "{}", page.text());
        let twice = dung.post("/airtime/days-off", &right).await;
        assert_eq!(
            twice.all(".error-summary li"),
            ["Ngày này đã là ngày nghỉ phát"]
        );
        let rest: Vec<String> = begins(&world, area).await;
        assert!(!rest.contains(&"11-26 17:00".to_owned()), "{rest:?}");
        assert!(
            REST.iter().all(|one| rest.iter().any(|begin| begin == one)),
            "{rest:?}"
        );
        // The round of every minute makes none either, and a pattern made later rests too.
        airtime::fill(&world.app).await.expect("filled");
        let page = send(&mut dung, area, &[("time", "18:00")]).await;
        assert_eq!(page.status, 303, "{}", page.text());
        let now: Vec<String> = begins(&world, area).await;
        assert!(
            !now.iter().any(|begin| begin.starts_with("11-26")),
            "{now:?}"
        );
        // Single slots go on the air all the same: there is room now.
        let dung_self = world.person_of("dung").await;
        let wanted = Wanted {
            area,
            starts_at: "2026-11-26T10:00:00Z".parse().expect("an instant"),
            seconds: 600,
            priority: Priority::Ordinary,
        };
        create_slot(&world.app, &dung_self, &wanted)
            .await
            .expect("room");
        let week = dung
            .get(&format!("/timetable?area={area}&week=2026-11-26"))
            .await;
        assert!(
            week.text().contains("Lịch hằng tuần nghỉ: Quốc tang"),
            "{}",
            week.text()
        );

        taken_back(&world, &mut dung, area).await;
    })
    .await;
}

async fn taken_back(world: &World, dung: &mut Browser, area: AreaId) {
    let person = world.person_of("dung").await;
    // Whoever is not on the air there neither takes nor gives back.
    let giang = world.person_of("giang").await;
    let foreign = take_day_off(&world.app, &giang, area, "27/11/2026", "Nghỉ").await;
    assert!(matches!(foreign, Err(NotSaved::Failure(_))), "{foreign:?}");
    assert!(
        give_day_back(&world.app, &giang, area, day("2026-11-26"))
            .await
            .is_err()
    );
    let page = dung
        .post(&format!("/airtime/days-off/{area}/2026-11-26/end"), &[])
        .await;
    assert_eq!(page.status, 303, "{}", page.text());
    // Where the single slot is now, the pattern's does not come back; the later one is made.
    let back = begins(world, area).await;
    let thursday: Vec<&String> = back
        .iter()
        .filter(|begin| begin.starts_with("11-26"))
        .collect();
    assert_eq!(thursday, ["11-26 17:00", "11-26 18:00"], "{back:?}");
    let other = "27/11/2026";
    take_day_off(&world.app, &person, area, other, "Bảo trì")
        .await
        .expect("a day off");
    give_day_back(&world.app, &person, area, day("2026-11-27"))
        .await
        .expect("back");
    take_day_off(&world.app, &person, area, "30/11/2026", "Bảo trì")
        .await
        .expect("a day off");
    assert!(
        !begins(world, area)
            .await
            .contains(&"11-30 17:00".to_owned())
    );
    give_day_back(&world.app, &person, area, day("2026-11-30"))
        .await
        .expect("back");
    assert_eq!(begins(world, area).await, back, "all as it was");
}

#[tokio::test]
async fn what_is_released_into_a_day_off_stays_and_is_told() {
    on_both("days_off_filled", async |world| {
        let plan = world.small_plan().await;
        let outlets = world.outlets().await;
        let mut dung = world.sign_in("dung").await;
        send(&mut dung, outlets.area_one, &[]).await;
        let story = world.approved_story(&plan, "Một cửa").await;
        let at: DateTime<Utc> = "2026-11-26T10:00:00Z".parse().expect("an instant");
        let thursday = slot::Entity::find()
            .filter(slot::Column::AreaId.eq(outlets.area_one))
            .all(&world.app.db)
            .await
            .expect("slots")
            .into_iter()
            .find(|slot| slot.starts_at == at)
            .expect("Thursday's");
        world.release(story, outlets.one, Some(thursday.id)).await;
        let person = world.person_of("dung").await;
        let stay = take_day_off(&world.app, &person, outlets.area_one, THURSDAY, "Bảo trì").await;
        assert_eq!(stay.expect("a day off"), 1);
        assert!(
            begins(&world, outlets.area_one)
                .await
                .contains(&"11-26 17:00".to_owned())
        );
    })
    .await;
}
