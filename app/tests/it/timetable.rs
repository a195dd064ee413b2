//! The week of an area: moved by hand, played now, read by calendar programs.

use axum::http::StatusCode;
use chrono::TimeDelta;
use loa::airtime::{self, OnHolidays, Refused, Wanted, Weekdays, Weekly, create_slot, get_slot};
use loa::deliveries::{self, State};
use loa::error::Failure;
use loa::ids::{AreaId, SlotId};
use loa::timetable::{self, move_slot, play_now};
use loa_air::Priority;

use crate::world::{World, on_both};

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().expect("a day")
}

#[tokio::test]
async fn a_slot_is_moved_with_what_is_in_it_and_its_pattern_leaves_it_there() {
    on_both("timetable_move", async |world| {
        let (plan, outlets) = (world.small_plan().await, world.outlets().await);
        let app = &world.app;
        let dung = world.person_of("dung").await;
        let weekly = Weekly {
            weekdays: [chrono::Weekday::Wed].into_iter().collect::<Weekdays>(),
            start_minute: 17 * 60,
            minutes: 15,
            priority: Priority::Ordinary,
            first_day: day("2026-11-24"),
            last_day: None,
            holidays: OnHolidays::Usual,
        };
        airtime::create_pattern(app, &dung, outlets.area_one, &weekly, None)
            .await
            .expect("a pattern");
        let now = app.clock.now();
        let slots = async || {
            let all = airtime::upcoming(&app.db, outlets.area_one, now, now + TimeDelta::days(3));
            all.await.expect("slots")
        };
        let slot = slots().await.remove(0);
        let story = world.approved_story(&plan, "Dời lịch").await;
        world.release(story, outlets.one, Some(slot.id)).await;
        let receiver = world.receiver(outlets.area_one, 1).await;
        let before = receiver.manifest().await;

        // Through the page, an hour earlier the day after.
        let mut browser = world.sign_in("dung").await;
        let page = browser
            .get(&format!(
                "/timetable?area={}&week=2026-11-25",
                outlets.area_one
            ))
            .await;
        assert_eq!(page.status, 200);
        assert!(
            page.all(".week-slot").join(" ").contains("Dời lịch"),
            "{}",
            page.text()
        );
        let path = format!("/timetable/slots/{}/move", slot.id);
        let page = browser
            .post(&path, &[("day", "26/11/2026"), ("time", "16h00")])
            .await;
        assert_eq!(page.status, 303, "{}", page.text());
        let moved = get_slot(&app.db, slot.id).await.expect("a slot");
        assert_eq!(moved.starts_at.to_rfc3339(), "2026-11-26T09:00:00+00:00");
        assert_eq!(moved.ends_at - moved.starts_at, TimeDelta::minutes(15));
        let chi = world.person_of("chi").await;
        let filter = deliveries::Filter {
            story: Some(story),
            ..deliveries::Filter::default()
        };
        let (lines, _) = deliveries::list(app, &chi, filter, 0, 10)
            .await
            .expect("deliveries");
        assert_eq!(lines[0].delivery.planned_at, moved.starts_at);
        let after = receiver.manifest().await;
        assert!(after.version > before.version);
        assert_eq!(after.slots[0].starts_at, moved.starts_at);
        no_ghost_is_told_of(&world, outlets.area_one).await;
        // The pattern does not fill the old place again.
        airtime::fill(app).await.expect("filled");
        assert_eq!(slots().await.len(), 1, "{:?}", slots().await);

        // Refused with the reason, the nearest time, and what was typed.
        let other = world.slot(outlets.area_one, 120, 600).await;
        let path = format!("/timetable/slots/{other}/move");
        browser.get("/timetable").await;
        let page = browser
            .post(&path, &[("day", "26/11/2026"), ("time", "16:05")])
            .await;
        assert_eq!(page.status, 422);
        assert!(
            page.all(".notice").join(" ").contains("26/11/2026"),
            "{}",
            page.text()
        );
        let field = format!("#time-{other}");
        assert_eq!(page.attribute(&field, "value").as_deref(), Some("16:05"));
        let page = browser
            .post(&path, &[("day", "mai"), ("time", "16:30")])
            .await;
        assert_eq!(page.status, 422);
        an_urgent_one_is_in_its_way(&world, outlets.area_one, other).await;
        let mut giang = world.sign_in("giang").await;
        giang.get("/home").await;
        assert_eq!(
            giang
                .post(&path, &[("day", "26/11/2026"), ("time", "18:00")])
                .await
                .status,
            404
        );
        world.wait(TimeDelta::minutes(121));
        let begun = move_slot(app, &dung, other, app.clock.now() + TimeDelta::hours(1)).await;
        assert!(
            matches!(begun, Err(Refused::Rule("airtime-begun", None))),
            "{begun:?}"
        );
    })
    .await;
}

/// Something urgent at the very times that a slot is moved away from is not taken for the slot itself.
async fn an_urgent_one_is_in_its_way(world: &World, area: AreaId, slot: SlotId) {
    let begin = world.app.clock.now() + TimeDelta::minutes(120);
    let urgent = Wanted {
        area,
        starts_at: begin,
        seconds: 600,
        priority: Priority::Urgent,
    };
    let chi = world.person_of("chi").await;
    create_slot(&world.app, &chi, &urgent)
        .await
        .expect("urgent");
    let dung = world.person_of("dung").await;
    let refused = move_slot(&world.app, &dung, slot, begin + TimeDelta::minutes(5)).await;
    assert!(
        matches!(refused, Err(Refused::Rule("airtime-overlap", Some(_)))),
        "{refused:?}"
    );
}

#[tokio::test]
async fn what_was_released_there_plays_now_or_right_after_what_is_on() {
    on_both("timetable_now", async |world| {
        let on_air = world.on_air().await;
        let app = &world.app;
        let dung = world.person_of("dung").await;
        let (slot, at) = play_now(app, &dung, on_air.delivery)
            .await
            .expect("it plays");
        assert!(at - app.clock.now() <= TimeDelta::seconds(21));
        let asked = on_air.receiver.manifest().await;
        let first = &asked.slots[0];
        assert_eq!((first.id, first.items.len()), (slot.0, 1));
        // Another one comes when the air is free again.
        let (_, later) = play_now(app, &dung, on_air.delivery)
            .await
            .expect("it plays");
        assert!(later >= first.ends_at, "{later} {}", first.ends_at);
        assert_eq!(later, first.ends_at, "right after it");
        // Whoever is not on the air there sees nothing; who only writes may not.
        let giang = world.person_of("giang").await;
        let refused = play_now(app, &giang, on_air.delivery).await;
        assert!(matches!(refused, Err(Failure::NotFound)), "{refused:?}");
        let ha = world.person_of("ha").await;
        let refused = play_now(app, &ha, on_air.delivery).await;
        assert!(matches!(refused, Err(Failure::Forbidden(_))), "{refused:?}");
        // Through the page of the station.
        let mut browser = world.sign_in("dung").await;
        let page = browser.get("/station").await;
        assert!(
            page.text().contains("Phát ngay trên loa"),
            "{}",
            page.text()
        );
        let path = format!("/timetable/deliveries/{}/now", on_air.delivery);
        let page = browser.post(&path, &[("back", "station")]).await;
        assert_eq!(
            (page.status, page.location.as_deref()),
            (StatusCode::SEE_OTHER, Some("/station"))
        );

        // In the quiet hours nothing ordinary is said: it does not wait until the morning either.
        world.wait(TimeDelta::hours(14));
        let refused = play_now(app, &dung, on_air.delivery).await;
        assert!(
            matches!(refused, Err(Failure::Invalid("airtime-quiet"))),
            "{refused:?}"
        );

        let binh = world.person_of("binh").await;
        let facts = deliveries::facts(&app.db, on_air.delivery)
            .await
            .expect("facts");
        deliveries::withdraw(app, &binh, facts.release.id)
            .await
            .expect("withdrawn");
        let refused = play_now(app, &dung, on_air.delivery).await;
        assert!(
            matches!(refused, Err(Failure::Conflict("release-withdrawn-already"))),
            "{refused:?}"
        );
        let states = world.state(on_air.delivery).await;
        assert_eq!(states, State::Withdrawn);
    })
    .await;
}

/// Nothing stands at a place that was left.
async fn no_ghost_is_told_of(world: &World, area: AreaId) {
    let dung = world.person_of("dung").await;
    let link = timetable::make_link(&world.app, &dung, area).await;
    let link = link.expect("a link");
    let path = link.strip_prefix(&world.app.config.url());
    let calendar = world.browser().get(path.expect("an address")).await.text();
    assert!(calendar.contains("BEGIN:VEVENT"));
    assert!(!calendar.contains("STATUS:CANCELLED"), "{calendar}");
}

/// The lines of an event.
fn of<'a>(calendar: &'a str, uid: &str) -> &'a str {
    let event = calendar
        .split("BEGIN:VEVENT")
        .find(|event| event.contains(uid));
    event.expect("an event")
}

#[tokio::test]
async fn a_calendar_program_reads_the_slots_under_a_secret_address() {
    on_both("timetable_calendar", async |world| {
        let on_air = world.on_air().await;
        let (app, area) = (&world.app, on_air.outlets.area_one);
        let dung = world.person_of("dung").await;
        let gone = world.slot(area, 300, 600).await;
        deliveries::cancel_slot(app, &dung, gone)
            .await
            .expect("cancelled");
        let mut browser = world.sign_in("dung").await;
        browser.get("/timetable").await;
        let area_text = area.to_string();
        let page = browser
            .post("/timetable/links", &[("area", &area_text)])
            .await;
        let link = page.all(".notice .hash").remove(0);
        let path = link
            .strip_prefix(&app.config.url())
            .expect("an address")
            .to_owned();

        let mut nobody = world.browser();
        let page = nobody.get(&path).await;
        assert_eq!(page.status, 200);
        let text = page.text().replace("\r\n ", "");
        for wanted in [
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n",
            "SUMMARY:Trả kết quả tại nhà\r\n",
            "DTSTART:20261124T030000Z\r\n",
            "STATUS:CANCELLED\r\n",
            "END:VCALENDAR\r\n",
        ] {
            assert!(text.contains(wanted), "{wanted}: {text}");
        }
        assert!(text.lines().all(|line| line.len() <= 200));
        // One that moves is told as the same one, later.
        let later = world.slot(area, 600, 600).await;
        let before = nobody.get(&path).await.text();
        let event = format!("UID:slot-{later}@");
        assert!(of(&before, &event).contains("SEQUENCE:0"), "{before}");
        world.wait(TimeDelta::minutes(1));
        let to = get_slot(&app.db, later).await.expect("a slot").starts_at + TimeDelta::hours(1);
        move_slot(app, &dung, later, to).await.expect("moved");
        let after = nobody.get(&path).await.text();
        assert!(of(&after, &event).contains("SEQUENCE:1"), "{after}");
        assert!(
            of(&after, &event).contains("DTSTAMP:20261124T0201"),
            "{after}"
        );
        // A second one takes the place of the first; withdrawn, there is none.
        let second = timetable::make_link(app, &dung, area)
            .await
            .expect("a link");
        assert_eq!(nobody.get(&path).await.status, 404);
        let path = second
            .strip_prefix(&app.config.url())
            .expect("an address")
            .to_owned();
        assert_eq!(nobody.get(&path).await.status, 200);
        let page = browser
            .post("/timetable/links/withdrawal", &[("area", &area_text)])
            .await;
        assert_eq!(page.status, 303);
        assert_eq!(nobody.get(&path).await.status, 404);
        let giang = world.person_of("giang").await;
        let refused = timetable::make_link(app, &giang, area).await;
        assert!(matches!(refused, Err(Failure::NotFound)), "{refused:?}");
        for odd in ["/calendars/x", "/calendars/.ics", "/calendars/00.ics"] {
            assert_eq!(nobody.get(odd).await.status, 404, "{odd}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_pattern_rests_on_public_holidays_when_it_is_told_to() {
    on_both("timetable_holidays", async |world| {
        let outlets = world.outlets().await;
        let mut dung = world.sign_in("dung").await;
        let area = outlets.area_one.to_string();
        dung.get(&format!("/airtime/weekly?area={area}")).await;
        let fields = [
            ("area", area.as_str()),
            ("weekdays", "5"),
            ("time", "17:00"),
            ("minutes", "15"),
            ("first", "25/12/2026"),
            ("last", "09/01/2027"),
            ("priority", "ordinary"),
            ("holidays", "off"),
        ];
        let page = dung.post("/airtime/weekly", &fields).await;
        assert_eq!(page.status, 303, "{}", page.text());
        let page = dung.get(&page.location.expect("a page")).await;
        assert!(
            page.all(".table-note")
                .contains(&"Nghỉ ngày lễ, Tết".to_owned()),
            "{}",
            page.text()
        );
        // 25 December, 1 January (the new year), 8 January: all are Fridays.
        world.wait(TimeDelta::days(31));
        airtime::fill(&world.app).await.expect("filled");
        let days = begins(&world, outlets.area_one).await;
        assert_eq!(days, ["2026-12-25", "2027-01-08"]);
    })
    .await;
}

async fn begins(world: &World, area: AreaId) -> Vec<String> {
    let from = "2026-12-01T00:00:00Z".parse().expect("an instant");
    let all = airtime::upcoming(&world.app.db, area, from, from + TimeDelta::days(60)).await;
    let days = all.expect("slots").into_iter();
    days.map(|slot| slot.starts_at.date_naive().to_string())
        .collect()
}
