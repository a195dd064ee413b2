//! Series: a weekly pattern with a name, whose slots are numbered editions that the bulletin speaks of.

use loa::airtime::entity::slot;
use loa::airtime::{editions, get_slot};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::weekly::send;
use crate::world::on_both;

#[tokio::test]
async fn the_slots_of_a_series_are_numbered_and_its_bulletin_says_so() {
    on_both("series", async |world| {
        let plan = world.small_plan().await;
        let outlets = world.outlets().await;
        let mut dung = world.sign_in("dung").await;
        let long = "Cải cách ".repeat(10);
        let page = send(&mut dung, outlets.area_one, &[("series", &long)]).await;
        assert_eq!(
            page.all(".error-summary li"),
            ["Tên chuyên mục tối đa 80 ký tự"]
        );
        assert_eq!(
            page.attribute("#series", "value").as_deref(),
            Some(long.as_str())
        );
        let page = send(
            &mut dung,
            outlets.area_one,
            &[("series", " Cải cách và người dân ")],
        )
        .await;
        assert_eq!(page.status, 303, "{}", page.text());
        let page = dung.get(&page.location.expect("a page")).await;
        assert!(
            page.text().contains("Chuyên mục “Cải cách và người dân”"),
            "{}",
            page.text()
        );

        // Thursday, Monday, Thursday, Monday; the first is cancelled, and the others move up.
        let slots = slot::Entity::find()
            .filter(slot::Column::AreaId.eq(outlets.area_one))
            .order_by_asc(slot::Column::StartsAt)
            .all(&world.app.db)
            .await
            .expect("slots");
        let numbers = async || {
            let found = editions(&world.app.db, &slots).await.expect("editions");
            let number = |slot: &slot::Model| found.get(&slot.id).map(|one| one.number);
            slots.iter().map(number).collect::<Vec<_>>()
        };
        assert_eq!(numbers().await, [Some(1), Some(2), Some(3), Some(4)]);
        let path = format!("/airtime/slots/{}/cancellation", slots[0].id);
        assert_eq!(dung.post(&path, &[]).await.status, 303);
        assert_eq!(numbers().await, [None, Some(1), Some(2), Some(3)]);
        let week = dung
            .get(&format!(
                "/timetable?area={}&week=2026-11-30",
                outlets.area_one
            ))
            .await;
        assert!(
            week.text().contains("Cải cách và người dân, số 2"),
            "{}",
            week.text()
        );

        // Its bulletin begins with the series and the number; one of no series does not.
        let story = world.approved_story(&plan, "Một cửa").await;
        world.release(story, outlets.one, Some(slots[2].id)).await;
        let path = format!("/airtime/slots/{}/bulletin", slots[2].id);
        let page = dung.post(&path, &[]).await;
        assert_eq!(page.status, 303, "{}", page.text());
        let page = dung.get(&path).await;
        let opening = page.all("#opening").remove(0);
        assert!(
            opening.ends_with("chuyên mục {chuyen_muc}, số {so}."),
            "{opening}"
        );
        assert!(
            page.text().contains("Cải cách và người dân"),
            "{}",
            page.text()
        );
        let single = world.slot(outlets.area_one, 600, 600).await;
        world.release(story, outlets.one, Some(single)).await;
        let path = format!("/airtime/slots/{single}/bulletin");
        let page = dung.post(&path, &[]).await;
        assert_eq!(page.status, 303, "{}", page.text());
        let opening = dung.get(&path).await.all("#opening").remove(0);
        assert!(!opening.contains("chuyen_muc"), "{opening}");
        assert!(
            get_slot(&world.app.db, single)
                .await
                .expect("a slot")
                .pattern_id
                .is_none()
        );
    })
    .await;
}
