//! Weekly patterns: made once, their slots are always some days ahead; ended, only empty slots go.

use chrono::TimeDelta;
use loa::airtime::entity::{pattern, slot};
use loa::airtime::{self, Refused, Wanted};
use loa::deliveries;
use loa::ids::{AreaId, PatternId};
use loa_air::Priority;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::world::{Browser, Page, World, on_both};

/// Begins of the slots that are on the air, as `11-24 17:00` in Vietnam.
pub(super) async fn begins(world: &World, area: AreaId) -> Vec<String> {
    let rows = slot::Entity::find()
        .filter(slot::Column::AreaId.eq(area))
        .filter(slot::Column::CancelledAt.is_null())
        .order_by_asc(slot::Column::StartsAt)
        .all(&world.app.db)
        .await
        .expect("slots");
    let local = |row: &slot::Model| row.starts_at + TimeDelta::hours(7);
    let begins = rows.iter().map(|row| local(row).format("%m-%d %H:%M"));
    begins.map(|begin| begin.to_string()).collect()
}

/// Sends the form with what differs from Mondays and Thursdays at five for a quarter of an hour.
pub(super) async fn send(browser: &mut Browser, area: AreaId, changed: &[(&str, &str)]) -> Page {
    let area = area.to_string();
    let mut fields = vec![("area", area.as_str())];
    let usual = [
        ("weekdays", "1"),
        ("weekdays", "4"),
        ("time", "17:00"),
        ("minutes", "15"),
        ("first", "24/11/2026"),
        ("last", ""),
        ("priority", "ordinary"),
    ];
    let same = |name: &str| !changed.iter().any(|(other, _)| *other == name);
    fields.extend(usual.iter().filter(|(name, _)| same(name)));
    fields.extend(changed.iter().filter(|(_, value)| *value != "-"));
    browser.get(&format!("/airtime/weekly?area={area}")).await;
    browser.post("/airtime/weekly", &fields).await
}

async fn the_pattern(world: &World) -> PatternId {
    let rows = pattern::Entity::find().all(&world.app.db).await;
    rows.expect("patterns").first().expect("a pattern").id
}

#[tokio::test]
async fn a_pattern_makes_its_slots_two_weeks_ahead_and_goes_on() {
    on_both("weekly_made", async |world| {
        let outlets = world.outlets().await;
        let area = outlets.area_one;
        let mut dung = world.sign_in("dung").await;
        let page = send(&mut dung, area, &[]).await;
        assert_eq!(page.status, 303, "{}", page.text());
        let page = dung.get(&page.location.expect("a page")).await;
        assert_eq!(
            page.all("tbody th"),
            ["Thứ Hai, Thứ Năm 17:00–17:15"],
            "{}",
            page.text()
        );
        // Tuesday 24 November 2026, nine in the morning: 15 days reach to 9 December.
        let first = ["11-26 17:00", "11-30 17:00", "12-03 17:00", "12-07 17:00"];
        assert_eq!(begins(&world, area).await, first);
        airtime::fill(&world.app).await.expect("filled");
        assert_eq!(begins(&world, area).await, first, "made once");
        world.wait(TimeDelta::days(2));
        airtime::fill(&world.app).await.expect("filled");
        assert_eq!(begins(&world, area).await.len(), 5);
        assert_eq!(begins(&world, area).await[4], "12-10 17:00");
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_is_refused_with_the_nearest_time() {
    on_both("weekly_refused", async |world| {
        let outlets = world.outlets().await;
        let area = outlets.area_one;
        let mut dung = world.sign_in("dung").await;
        for (changed, why) in [
            (&[("weekdays", "-")][..], "Chọn ít nhất một ngày trong tuần"),
            (&[("time", "chiều")], "Ghi giờ theo dạng giờ:phút, ví dụ 17:00"),
            (&[("minutes", "0")], "Khung giờ dài từ 10 giây đến 240 phút"),
            (&[("first", "mai")], "Ghi ngày theo dạng ngày/tháng/năm, ví dụ 16/9/2026"),
            (&[("last", "23/11/2026")], "Ngày kết thúc phải sau ngày bắt đầu"),
            (&[("last", "25/11/2026")], "Không có ngày nào như vậy trong thời gian đã chọn"),
            (&[("time", "22:30")], "Đây là giờ yên tĩnh, chỉ phát tin khẩn cấp"),
            (&[("priority", "urgent")], "Lịch hằng tuần không dùng mức khẩn cấp"),
        ] {
            let page = send(&mut dung, area, changed).await;
            assert_eq!(page.status, 422, "{changed:?}: {}", page.text());
            assert_eq!(page.all(".error-summary li"), [why], "{changed:?}");
            // What was typed is still there.
            let (name, value) = changed[0];
            if !["weekdays", "priority"].contains(&name) {
                assert_eq!(page.attribute(&format!("#{name}"), "value").as_deref(), Some(value));
            }
        }
        assert!(begins(&world, area).await.is_empty());

        // A single slot months ahead is in the way, and so is the pattern in the way of a slot.
        let chi = world.person_of("chi").await;
        let wanted = |at: &str| Wanted {
            area,
            starts_at: at.parse().expect("an instant"),
            seconds: 600,
            priority: Priority::Ordinary,
        };
        airtime::create_slot(&world.app, &chi, &wanted("2027-03-01T17:10:00+07:00"))
            .await
            .expect("a slot");
        let page = send(&mut dung, area, &[]).await;
        assert_eq!(page.all(".error-summary li"), ["Trùng với một khung giờ đã có"]);
        assert_eq!(page.all(".notice"), ["Giờ trống gần nhất: 16:45 26/11/2026"]);
        assert_eq!(send(&mut dung, area, &[("time", "16:45")]).await.status, 303);
        let again = send(&mut dung, area, &[("time", "16:50"), ("weekdays", "4")]).await;
        assert_eq!(again.all(".error-summary li"), ["Trùng với một lịch hằng tuần đã có"]);
        // No slot is made yet for a Thursday in March; its time is taken all the same.
        let refused =
            airtime::create_slot(&world.app, &chi, &wanted("2027-03-04T16:50:00+07:00")).await;
        assert!(
            matches!(refused, Err(Refused::Rule("airtime-overlap", Some(at))) if at.to_rfc3339() == "2027-03-04T10:00:00+00:00"),
            "{refused:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn an_empty_slot_is_cancelled_and_a_filled_one_is_not() {
    on_both("weekly_cancelled", async |world| {
        let on_air = world.on_air().await;
        let area = on_air.outlets.area_one;
        let mut dung = world.sign_in("dung").await;
        send(&mut dung, area, &[]).await;
        let rows = slot::Entity::find()
            .order_by_asc(slot::Column::StartsAt)
            .all(&world.app.db)
            .await
            .expect("slots");
        // The first holds a story, the others are the pattern's.
        let act = |index: usize| format!("/airtime/slots/{}/cancellation", rows[index].id);
        assert_eq!(dung.post(&act(0), &[]).await.status, 409);
        assert_eq!(begins(&world, area).await.len(), 5);
        let mut giang = world.sign_in("giang").await;
        giang.get("/airtime").await;
        assert_eq!(giang.post(&act(1), &[]).await.status, 404);
        let page = dung
            .get(&format!("/airtime/slots/{}/bulletin", rows[1].id))
            .await;
        assert!(
            page.all("button").contains(&"Bỏ khung giờ này".to_owned()),
            "{}",
            page.text()
        );
        assert_eq!(dung.post(&act(1), &[]).await.status, 303);
        assert_eq!(dung.post(&act(1), &[]).await.status, 404, "gone");
        airtime::fill(&world.app).await.expect("filled");
        let left = begins(&world, area).await;
        assert_eq!(left.len(), 4, "it is not made again: {left:?}");
        // Its time is free for another.
        let chi = world.person_of("chi").await;
        let wanted = Wanted {
            area,
            starts_at: rows[1].starts_at,
            seconds: 900,
            priority: Priority::Ordinary,
        };
        airtime::create_slot(&world.app, &chi, &wanted)
            .await
            .expect("the time is free");
        // Once it was withdrawn from, a slot can go.
        let binh = world.person_of("binh").await;
        let delivery = deliveries::get(&world.app, &binh, on_air.delivery)
            .await
            .expect("seen");
        deliveries::withdraw(&world.app, &binh, delivery.release.id)
            .await
            .expect("withdrawn");
        assert_eq!(dung.post(&act(0), &[]).await.status, 303);
    })
    .await;
}

#[tokio::test]
async fn an_ended_pattern_leaves_only_what_was_released_into() {
    on_both("weekly_ended", async |world| {
        let on_air = world.on_air().await;
        let area = on_air.outlets.area_one;
        let mut dung = world.sign_in("dung").await;
        send(&mut dung, area, &[]).await;
        let rows = slot::Entity::find()
            .filter(slot::Column::PatternId.is_not_null())
            .order_by_asc(slot::Column::StartsAt)
            .all(&world.app.db)
            .await
            .expect("slots");
        let story = world
            .approved_story(&on_air.plan, "Trả lời người dân")
            .await;
        world
            .release(story, on_air.outlets.one, Some(rows[1].id))
            .await;
        let end = format!("/airtime/weekly/{}/end", the_pattern(&world).await);
        let mut giang = world.sign_in("giang").await;
        giang.get("/airtime").await;
        assert_eq!(giang.post(&end, &[]).await.status, 404);
        dung.get("/airtime").await;
        assert_eq!(dung.post(&end, &[]).await.status, 303);
        airtime::fill(&world.app).await.expect("filled");
        assert_eq!(begins(&world, area).await, ["11-24 10:00", "11-30 17:00"]);
        let page = dung.get(&format!("/airtime/weekly?area={area}")).await;
        assert_eq!(page.all(".empty h2"), ["Chưa có lịch hằng tuần"]);
        // The same times may be given again; the slot that plays is in the way of its day alone.
        let page = send(&mut dung, area, &[("weekdays", "-"), ("weekdays", "4")]).await;
        assert_eq!(page.status, 303, "{}", page.text());
    })
    .await;
}
