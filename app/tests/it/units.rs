//! Units have a past.

use chrono::NaiveDate;
use loa::units::UnitTree;

use crate::world::on_both;

#[tokio::test]
async fn a_split_commune_is_held_by_both_its_successors() {
    on_both("units_heirs", async |world| {
        let tree = UnitTree::load(&world.app.db).await.unwrap();
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (one, two, three) = (
            world.unit("xa-mot").await,
            world.unit("xa-hai").await,
            world.unit("xa-ba").await,
        );
        assert_eq!(
            tree.heirs(three, day("2025-06-30"))
                .into_iter()
                .collect::<Vec<_>>(),
            [three]
        );
        assert_eq!(
            tree.heirs(three, day("2025-07-01"))
                .into_iter()
                .collect::<Vec<_>>(),
            {
                let mut both = vec![one, two];
                both.sort();
                both
            }
        );
        assert_eq!(tree.name(one, day("2021-10-01")), "Xã Một");
        assert_eq!(tree.name(one, day("2026-10-01")), "Phường Một");
        assert!(tree.origins(one).contains(&three));
        assert!(
            tree.reach(world.unit("tinh").await, day("2026-01-01"))
                .contains(&three)
        );
    })
    .await;
}

#[tokio::test]
async fn the_page_shows_the_units_of_the_day_asked_for() {
    on_both("units_page", async |world| {
        let mut browser = world.sign_in("em").await;
        let then = browser.get("/units?on=2021-10-01").await.text();
        assert!(
            then.contains("Huyện Kim Bảng")
                && then.contains("Xã Ba")
                && !then.contains("Phường Một")
        );
        let now = browser.get("/units").await.text();
        assert!(!now.contains("Huyện Kim Bảng") && now.contains("Phường Một"));
    })
    .await;
}
