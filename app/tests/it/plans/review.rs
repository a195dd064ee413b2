//! A draft is decided element by element, and nothing is live before.

use loa::accounts::{self, Role};
use loa::audit::entity::entry;
use loa::duties::entity::{duty, duty_unit, regime};
use loa::ids::PlanId;
use loa::plans::entity::{clause, element, plan, plan_channel, theme};
use loa::plans::{Element, Kind};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::SMALL;
use crate::world::{Browser, Page, World, on_both};

/// A draft of the small plan, on its page.
pub struct Draft {
    pub id: PlanId,
    pub path: String,
}

impl Draft {
    pub async fn of(world: &World, text: &str) -> Self {
        let chi = world.person_of("chi").await;
        let so = world.unit("so").await;
        let id = loa::plans::import(&world.app, &chi, so, "nho.md", text.as_bytes())
            .await
            .expect("a draft");
        let path = format!("/plans/{id}");
        Self { id, path }
    }

    /// The elements of a kind as they stand.
    pub async fn elements(&self, world: &World, kind: Kind) -> Vec<Element> {
        let row = plan::Entity::find_by_id(self.id)
            .one(&world.app.db)
            .await
            .expect("a store")
            .expect("a draft");
        let reading = loa::plans::reading(&row).expect("a reading");
        let all = loa::plans::elements(&world.app.db, self.id, &reading).await;
        let mut all = all.expect("elements");
        all.retain(|one| one.kind() == kind);
        all
    }

    /// The only element of a kind in a clause.
    pub async fn element(&self, world: &World, kind: Kind, clause: &str) -> Element {
        let mut found = self.elements(world, kind).await;
        found.retain(|one| one.clause == clause);
        assert_eq!(found.len(), 1, "{kind:?} in {clause}");
        found.remove(0)
    }

    /// Presses a button of an element.
    pub async fn decide(&self, browser: &mut Browser, element: &Element, decision: &str) -> Page {
        let path = format!("{}/elements/{}/decision", self.path, element.id);
        let version = element.version.to_string();
        let fields = [("version", version.as_str()), ("decision", decision)];
        browser.post(&path, &fields).await
    }
}

/// A second person who runs the programme.
async fn second(world: &World) -> Browser {
    let ha = world.person("ha").await;
    let tinh = world.unit("tinh").await;
    accounts::grant(&world.app.db, ha, Role::ProgrammeOfficer, tinh)
        .await
        .expect("a role");
    world.sign_in("ha").await
}

#[tokio::test]
async fn what_was_accepted_becomes_rows_and_nothing_else() {
    on_both("review_rows", async |world| {
        let draft = Draft::of(&world, SMALL).await;
        let mut chi = world.sign_in("chi").await;
        let page = chi.get(&draft.path).await;
        let said = page.all("#progress").join("");
        assert!(said.contains("0 trong 8 mục đã quyết định"), "{said}");
        correct_two(&world, &draft, &mut chi).await;
        reject_one_and_add_one(&world, &draft, &mut chi).await;
        // Nothing is live, and nothing can be while something is undecided.
        let confirmation = format!("{}/confirmation", draft.path);
        chi.get(&draft.path).await;
        let page = chi.post(&confirmation, &[]).await;
        assert_eq!(page.status, 422);
        let open = page.all(".error-summary li");
        assert_eq!(open.len(), 5, "{open:?}");
        let db = &world.app.db;
        assert_eq!(clause::Entity::find().count(db).await.expect("a count"), 0);

        accept_the_rest(&world, &draft, &mut chi).await;

        // A second person may confirm.
        let mut ha = second(&world).await;
        ha.get(&draft.path).await;
        let page = ha.post(&confirmation, &[]).await;
        assert_eq!(
            page.location.as_deref(),
            Some(draft.path.as_str()),
            "{}",
            page.text()
        );
        let page = ha.get(&draft.path).await;
        assert!(
            page.text().contains("Sản phẩm: Tin, bài"),
            "{}",
            page.text()
        );
        assert!(page.text().contains("30/06/2027"));
        has_rows(&world).await;
        has_trail(&world).await;
    })
    .await;
}

/// A theme's words, and a duty's unit by hand.
async fn correct_two(world: &World, draft: &Draft, chi: &mut Browser) {
    let one = draft
        .element(world, Kind::Theme, "part_I__sec_1__point_1")
        .await;
    let path = format!("{}/elements/{}", draft.path, one.id);
    let form = chi.get(&format!("{path}/edit")).await;
    assert_eq!(form.all("textarea[name=label]"), ["Cơ chế một cửa"]);
    let page = chi
        .post(
            &path,
            &[
                ("version", "1"),
                ("label", "Cơ chế một cửa, một cửa liên thông"),
            ],
        )
        .await;
    assert_eq!(
        page.location,
        Some(format!("{}#element-{}", draft.path, one.id))
    );
    let asked = draft.element(world, Kind::Duty, "part_II__sec_3").await;
    let so = world.unit("so").await.to_string();
    let path = format!("{}/elements/{}", draft.path, asked.id);
    let fields = [
        ("version", "1"),
        ("text", "Cung cấp thông tin về cải cách hành chính."),
        ("cadence", "quarterly"),
        ("due", "30/6/2027"),
        ("product", "Tin, bài"),
        ("unit_name", "Sở Nội vụ"),
        ("unit_role", "asked"),
        ("unit_id", &so),
        ("unit_name", ""),
        ("unit_role", "lead"),
        ("unit_id", ""),
    ];
    assert_eq!(chi.post(&path, &fields).await.status, 303);
}

async fn reject_one_and_add_one(world: &World, draft: &Draft, chi: &mut Browser) {
    let channels = draft.elements(world, Kind::Channel).await;
    assert_eq!(channels.len(), 2);
    let page = draft.decide(chi, &channels[0], "rejected").await;
    assert_eq!(page.status, 303);
    let new = format!("{}/elements/new?clause=part_I__sec_1", draft.path);
    assert_eq!(
        chi.get(&new).await.all("main ul a").len(),
        8,
        "a kind is chosen first"
    );
    let page = chi
        .post(
            &format!("{}/elements", draft.path),
            &[
                ("kind", "theme"),
                ("clause", "part_I__sec_1"),
                ("label", "Chuyển đổi số"),
            ],
        )
        .await;
    assert_eq!(page.status, 303, "{}", page.text());
}

/// As the page offers it: those of a group with one press, or each for itself.
async fn accept_the_rest(world: &World, draft: &Draft, chi: &mut Browser) {
    for kind in ["channel", "duty", "report"] {
        let page = chi.get(&draft.path).await;
        let seen = hidden(&page, kind);
        let mut fields = vec![("kind", kind)];
        fields.extend(seen.iter().map(|seen| ("seen", seen.as_str())));
        let page = chi
            .post(&format!("{}/acceptance", draft.path), &fields)
            .await;
        assert_eq!(page.location, Some(format!("{}#group-{kind}", draft.path)));
    }
    for kind in [Kind::Channel, Kind::Report, Kind::Relation] {
        for one in draft.elements(world, kind).await {
            if one.open() {
                draft.decide(chi, &one, "accepted").await;
            }
        }
    }
    assert!(
        chi.get(&draft.path)
            .await
            .text()
            .contains("9 trong 9 mục đã quyết định")
    );
}

async fn has_rows(world: &World) {
    let db = &world.app.db;
    let themes = theme::Entity::find().all(db).await.expect("themes");
    let mut labels: Vec<&str> = themes.iter().map(|theme| theme.label.as_str()).collect();
    labels.sort_unstable();
    assert_eq!(
        labels,
        ["Chuyển đổi số", "Cơ chế một cửa, một cửa liên thông"]
    );
    assert_eq!(
        plan_channel::Entity::find()
            .count(db)
            .await
            .expect("a count"),
        1
    );
    assert_eq!(regime::Entity::find().count(db).await.expect("a count"), 1);
    let duties = duty::Entity::find().all(db).await.expect("duties");
    let of = duties
        .iter()
        .find(|duty| duty.text.ends_with("hành chính."));
    let of = of.expect("the corrected duty");
    assert_eq!(
        (
            of.cadence.as_str(),
            of.due.as_deref(),
            of.product.as_deref()
        ),
        ("quarterly", Some("2027-06-30"), Some("Tin, bài"))
    );
    let units = duty_unit::Entity::find()
        .filter(duty_unit::Column::DutyId.eq(of.id))
        .all(db)
        .await
        .expect("units");
    assert_eq!(units.len(), 1);
    assert_eq!(
        (units[0].name.as_str(), units[0].unit_id),
        ("Sở Nội vụ", Some(world.unit("so").await))
    );
}

/// Each element knows its row and who decided, and the audit what was done.
async fn has_trail(world: &World) {
    let db = &world.app.db;
    let rows = element::Entity::find().all(db).await.expect("elements");
    for row in &rows {
        // What a plan says of other plans is a row of its own only where the other is named.
        let kept = row.state == "accepted" && row.kind != "relation";
        assert_eq!(row.row_id.is_some(), kept, "{row:?}");
        assert_eq!(row.decided_by, Some(world.person("chi").await));
    }
    let chi_id = world.person("chi").await;
    let lines = entry::Entity::find()
        .filter(entry::Column::Subject.eq("plan_element"))
        .all(db)
        .await
        .expect("an audit");
    let count = |action: &str| lines.iter().filter(|line| line.action == action).count();
    assert_eq!(
        (count("edit"), count("rejection"), count("addition")),
        (2, 1, 1)
    );
    // Two of the acceptances are those of what was corrected.
    assert_eq!(count("acceptance"), 7);
    assert!(lines.iter().all(|line| line.person_id == Some(chi_id)));
    let confirmed = entry::Entity::find()
        .filter(entry::Column::Action.eq("confirmation"))
        .one(db)
        .await
        .expect("an audit");
    assert_eq!(
        confirmed.expect("a line").person_id,
        Some(world.person("ha").await)
    );
}

/// What the group's button would send.
fn hidden(page: &Page, kind: &str) -> Vec<String> {
    let selector = format!("#group-{kind} input[name=seen]");
    page.attributes(&selector, "value")
}

#[tokio::test]
async fn what_somebody_else_changed_is_not_decided_unseen() {
    on_both("review_conflict", async |world| {
        let draft = Draft::of(&world, SMALL).await;
        let (mut chi, mut ha) = (world.sign_in("chi").await, second(&world).await);
        let seen = draft
            .element(&world, Kind::Theme, "part_I__sec_1__point_1")
            .await;
        let path = format!("{}/elements/{}", draft.path, seen.id);
        chi.get(&draft.path).await;
        ha.get(&draft.path).await;
        let page = ha
            .post(&path, &[("version", "1"), ("label", "Của chị Hà")])
            .await;
        assert_eq!(page.status, 303);

        let page = draft.decide(&mut chi, &seen, "accepted").await;
        assert_eq!(page.status, 409);
        let now = page.all(&format!("#element-{}", seen.id)).join(" ");
        assert!(now.contains("Người khác vừa thay đổi mục này"), "{now}");
        assert!(
            now.contains("Của chị Hà") && now.contains("Hoàng Thị Hà"),
            "{now}"
        );

        // Both are shown, and what was typed is there; saving once more is a decision of its own.
        let page = chi
            .post(&path, &[("version", "1"), ("label", "Của chị Chi")])
            .await;
        assert_eq!(page.status, 409);
        assert!(
            page.all(&format!("#element-{}", seen.id))
                .join(" ")
                .contains("Của chị Hà")
        );
        assert_eq!(page.all("textarea[name=label]"), ["Của chị Chi"]);
        let version = page.attribute("form.element-form input[name=version]", "value");
        assert_eq!(version.as_deref(), Some("2"));
        let page = chi
            .post(&path, &[("version", "2"), ("label", "Của chị Chi")])
            .await;
        assert_eq!(page.status, 303);
        let now = draft
            .element(&world, Kind::Theme, "part_I__sec_1__point_1")
            .await;
        assert_eq!(now.data.words(), "Của chị Chi");

        // A group is accepted as it was seen, or left.
        let duties = draft.elements(&world, Kind::Duty).await;
        draft.decide(&mut ha, &duties[0], "rejected").await;
        let seen: Vec<String> = duties
            .iter()
            .map(|one| format!("{}.{}", one.id, one.version))
            .collect();
        let mut fields = vec![("kind", "duty")];
        fields.extend(seen.iter().map(|seen| ("seen", seen.as_str())));
        chi.post(&format!("{}/acceptance", draft.path), &fields)
            .await;
        let page = chi.get(&draft.path).await;
        assert!(
            page.text().contains("Có mục vừa được người khác thay đổi"),
            "{}",
            page.text()
        );
        let duties = draft.elements(&world, Kind::Duty).await;
        let decisions: Vec<&str> = duties.iter().map(|one| one.decision.name()).collect();
        assert_eq!(decisions, ["rejected", "accepted", "accepted"]);
        // A button pressed twice is no conflict.
        let page = draft.decide(&mut ha, &duties[0], "rejected").await;
        assert_eq!(page.status, 303);
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_is_told_beside_its_field_and_what_was_typed_stays() {
    on_both("review_faults", async |world| {
        let draft = Draft::of(&world, SMALL).await;
        let mut chi = world.sign_in("chi").await;
        let one = draft.elements(&world, Kind::Report).await.remove(0);
        chi.get(&draft.path).await;
        let path = format!("{}/elements/{}", draft.path, one.id);
        let fields = [
            ("version", "1"),
            ("to", "Sở Tài chính"),
            ("due", "ba mươi tháng chín"),
            ("cadence", "yearly"),
        ];
        let page = chi.post(&path, &fields).await;
        assert_eq!(page.status, 422);
        let wrong = format!("#e{}-due-error", one.id);
        assert!(
            page.all(&wrong).join("").contains("ví dụ 1/10"),
            "{}",
            page.text()
        );
        assert_eq!(
            page.attribute("input[name=due]", "value").as_deref(),
            Some("ba mươi tháng chín")
        );
        assert_eq!(
            page.attribute("input[name=to]", "value").as_deref(),
            Some("Sở Tài chính")
        );
        assert_eq!(page.all(".error-summary li").len(), 1);
        assert!(draft.elements(&world, Kind::Report).await.remove(0).open());

        // One more line for a unit keeps what is typed as well.
        let one = draft.elements(&world, Kind::Duty).await.remove(0);
        let path = format!("{}/elements/{}", draft.path, one.id);
        let fields = [
            ("version", "1"),
            ("then", "more"),
            ("text", "Một việc"),
            ("cadence", "once"),
            ("unit_name", "Sở A"),
            ("unit_role", "lead"),
            ("unit_id", ""),
        ];
        let page = chi.post(&path, &fields).await;
        assert_eq!(page.status, 200);
        assert_eq!(
            page.attributes("input[name=unit_name]", "value"),
            ["Sở A", "", ""]
        );
        assert_eq!(page.all("textarea[name=text]"), ["Một việc"]);
        // A unit that is not there, and a clause that is not there.
        let fields = [
            ("version", "1"),
            ("text", "Một việc"),
            ("cadence", "once"),
            ("unit_name", "Sở A"),
            ("unit_role", "lead"),
            ("unit_id", "99999"),
        ];
        assert_eq!(chi.post(&path, &fields).await.status, 422);
        let fields = [("kind", "theme"), ("clause", "part_IX"), ("label", "x")];
        assert_eq!(
            chi.post(&format!("{}/elements", draft.path), &fields)
                .await
                .status,
            404
        );
    })
    .await;
}
