//! Who owes what, and who holds their place today.

use crate::plans::small_live;
use crate::world::on_both;

#[tokio::test]
async fn ones_own_duties_come_first_with_the_old_name() {
    on_both("duties_page", async |world| {
        let id = small_live(&world).await;
        // Dung works at Phường Một, which holds a part of what Xã Ba owed.
        let mut dung = world.sign_in("dung").await;
        let page = dung.get("/duties").await;
        assert_eq!(
            page.all("section h2").len(),
            3,
            "reports, own, others: {}",
            page.text()
        );
        let own = page.all("section[aria-labelledby=own] tbody tr").join(" ");
        assert!(
            own.contains("Ủy ban nhân dân các xã") && own.contains("được đề nghị"),
            "{own}"
        );
        assert!(
            own.contains("Xã Ba") && own.contains("nay là") && own.contains("Phường Một"),
            "{own}"
        );
        assert!(own.contains("Hằng tháng"), "{own}");
        let others = page.all("section[aria-labelledby=others] tbody tr");
        assert_eq!(others.len(), 2);
        assert_eq!(
            page.attribute("section[aria-labelledby=own] tbody a", "href"),
            Some(format!("/plans/{id}#part_II__sec_2"))
        );
        // Today is 24 November 2026: this year's report is over.
        assert!(
            page.text().contains("Hạn tới: 30/09/2027"),
            "{}",
            page.text()
        );
    })
    .await;
}

#[tokio::test]
async fn duties_are_filtered_by_unit_and_by_plan() {
    on_both("duties_filter", async |world| {
        let id = small_live(&world).await;
        let mut em = world.sign_in("em").await;
        let rows = |page: &crate::world::Page| page.all("tbody tr").len();
        assert_eq!(rows(&em.get("/duties").await), 3);
        let so = world.unit("so").await;
        assert_eq!(
            rows(&em.get(&format!("/duties?unit={so}&plan={id}")).await),
            1
        );
        let none = em.get(&format!("/duties?unit=&plan={}", id.0 + 1)).await;
        assert!(none.text().contains("Không có nhiệm vụ nào như vậy"));
    })
    .await;
}

#[tokio::test]
async fn one_duty_names_its_units_then_and_now() {
    on_both("duties_show", async |world| {
        small_live(&world).await;
        let mut giang = world.sign_in("giang").await;
        let to = giang.get("/duties").await;
        let path = to
            .attribute("section[aria-labelledby=own] tbody th a", "href")
            .expect("a duty");
        let page = giang.get(&path).await;
        assert_eq!(page.all("tbody tr").len(), 3);
        let ba = page
            .all("tbody tr")
            .into_iter()
            .find(|row| row.contains("Xã Ba"))
            .expect("Xã Ba");
        assert!(ba.contains("Phường Một; Xã Hai"), "{ba}");
        let one = page
            .all("tbody tr")
            .into_iter()
            .find(|row| row.contains("Xã Một"))
            .expect("Xã Một");
        assert!(one.contains("Phường Một"), "{one}");
        assert_eq!(giang.get("/duties/999999").await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn who_has_no_plan_has_no_duties() {
    on_both("duties_none", async |world| {
        let mut dung = world.sign_in("dung").await;
        assert!(
            dung.get("/duties")
                .await
                .text()
                .contains("Chưa có nhiệm vụ nào")
        );
        let dung = world.person_of("dung").await;
        assert!(
            loa::duties::owed(&world.app, &dung)
                .await
                .expect("duties")
                .is_empty()
        );
    })
    .await;
}
