//! Plans carry each other out, change each other and take each other's place.

use loa::accounts::{self, Role};
use loa::audit::entity::entry;
use loa::ids::PlanId;
use loa::plans::entity::{plan, relation};
use loa::plans::{self, Corrects};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::SMALL;
use super::review::Draft;
use crate::world::{Browser, World, on_both};

fn numbered(number: &str, title: &str) -> String {
    SMALL
        .replace("Số: /KH-STTTT", &format!("Số: {number}"))
        .replace("Tuyên truyền nhỏ giai đoạn", title)
}

/// Says how a draft stands to another document, accepts the rest and confirms.
async fn confirm(world: &World, browser: &mut Browser, draft: &Draft, kind: &str, act: &str) {
    browser.get(&draft.path).await;
    let fields = [
        ("kind", "relation"),
        ("clause", "part_II"),
        ("relation", kind),
        ("act", act),
        ("plan", ""),
    ];
    let page = browser
        .post(&format!("{}/elements", draft.path), &fields)
        .await;
    assert_eq!(page.status, 303, "{}", page.text());
    let chi = world.person_of("chi").await;
    plans::accept_all(&world.app, &chi, draft.id)
        .await
        .expect("decisions");
    let page = browser
        .post(&format!("{}/confirmation", draft.path), &[])
        .await;
    assert_eq!(page.status, 303, "{}", page.text());
}

async fn live(world: &World, text: &str) -> PlanId {
    let draft = Draft::of(world, text).await;
    let chi = world.person_of("chi").await;
    plans::accept_all(&world.app, &chi, draft.id)
        .await
        .expect("decisions");
    plans::confirm(&world.app, &chi, draft.id)
        .await
        .expect("a plan")
}

async fn state(world: &World, id: PlanId) -> String {
    let row = plan::Entity::find_by_id(id).one(&world.app.db).await;
    row.expect("a store").expect("a plan").state
}

#[tokio::test]
async fn a_plan_that_takes_the_place_of_another_ends_it() {
    on_both("relations_supersede", async |world| {
        let old = live(
            &world,
            &numbered("12/KH-STTTT", "Tuyên truyền cũ giai đoạn"),
        )
        .await;
        let mut chi = world.sign_in("chi").await;
        assert_eq!(chi.get("/duties").await.all("tbody tr").len(), 3);
        let new = Draft::of(
            &world,
            &numbered("47/KH-STTTT", "Tuyên truyền mới giai đoạn"),
        )
        .await;
        confirm(
            &world,
            &mut chi,
            &new,
            "supersedes",
            "Kế hoạch số 12/KH- STTTT ngày 05/3/2021",
        )
        .await;

        assert_eq!(state(&world, old).await, "superseded");
        let owed = chi.get("/duties").await;
        assert_eq!(owed.all("tbody tr").len(), 3, "those of the new plan alone");
        assert!(
            owed.links("tbody th a")
                .iter()
                .all(|(to, _)| to.starts_with(&new.path))
        );
        // Both pages lead to the other one.
        let page = chi.get(&new.path).await;
        assert!(
            page.all("aside li")
                .join(" ")
                .contains("Thay thế Tuyên truyền cũ"),
            "{}",
            page.text()
        );
        let page = chi.get(&format!("/plans/{old}")).await;
        assert!(
            page.all("aside li")
                .join(" ")
                .contains("Được thay thế bởi Tuyên truyền mới")
        );
        assert!(page.text().contains("Đã được thay thế"));
        let line = entry::Entity::find()
            .filter(entry::Column::Action.eq("supersession"))
            .one(&world.app.db)
            .await
            .expect("an audit")
            .expect("a line");
        assert_eq!(
            (line.subject_id, line.detail),
            (old.0, format!("by plan {}", new.id))
        );
    })
    .await;
}

#[tokio::test]
async fn nobody_ends_a_plan_of_a_unit_they_do_not_plan_for() {
    on_both("relations_foreign", async |world| {
        let of_agency = live(
            &world,
            &numbered("12/KH-STTTT", "Tuyên truyền cũ giai đoạn"),
        )
        .await;
        let hai = world.unit("xa-hai").await;
        let giang = world.person("giang").await;
        accounts::grant(&world.app.db, giang, Role::ProgrammeOfficer, hai)
            .await
            .expect("a role");
        let giang = world.person_of("giang").await;
        let text = numbered("3/KH-UBND", "Tuyên truyền của xã giai đoạn");
        let id = plans::import_for(
            &world.app,
            &giang,
            Some(hai),
            Corrects::Detect,
            ("xa.md", text.as_bytes()),
        )
        .await
        .expect("a draft");
        let data = plans::Data::parse(
            plans::Kind::Relation,
            r#"{"kind": "supersedes", "act": "12/KH-STTTT"}"#,
        );
        plans::add(
            &world.app,
            &giang,
            id,
            "part_II",
            &data.expect("a relation"),
        )
        .await
        .expect("an element");
        plans::accept_all(&world.app, &giang, id)
            .await
            .expect("decisions");
        plans::confirm(&world.app, &giang, id)
            .await
            .expect("a plan");
        assert_eq!(state(&world, of_agency).await, "live");
        let row = relation::Entity::find()
            .filter(relation::Column::Act.eq("12/KH-STTTT"))
            .one(&world.app.db)
            .await
            .expect("a store");
        assert_eq!(
            row.expect("a relation").other_plan_id,
            Some(of_agency),
            "it is known all the same"
        );
    })
    .await;
}

#[tokio::test]
async fn a_yearly_plan_finds_its_longer_one_when_that_comes_later() {
    on_both("relations_later", async |world| {
        let mut chi = world.sign_in("chi").await;
        let year = Draft::of(
            &world,
            &numbered("47/KH-STTTT", "Tuyên truyền năm 2022, giai đoạn"),
        )
        .await;
        confirm(&world, &mut chi, &year, "yearly", "12/KH-STTTT").await;
        let page = chi.get(&year.path).await;
        assert!(
            page.all("aside li")
                .join(" ")
                .contains("Kế hoạch năm của 12/KH-STTTT"),
            "{}",
            page.text()
        );
        let long = live(
            &world,
            &numbered("12/KH-STTTT", "Tuyên truyền dài giai đoạn"),
        )
        .await;
        let page = chi.get(&year.path).await;
        assert!(
            page.all("aside li")
                .join(" ")
                .contains("Kế hoạch năm của Tuyên truyền dài")
        );
        let page = chi.get(&format!("/plans/{long}")).await;
        assert!(
            page.all("aside li")
                .join(" ")
                .contains("Có kế hoạch năm Tuyên truyền năm 2022")
        );
        assert_eq!(state(&world, long).await, "live");
    })
    .await;
}
