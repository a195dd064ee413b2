//! A corrected document brings its plan to what it says, and what hangs on the plan stays.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use loa::evidence;
use loa::ids::{ClauseId, DutyId, PlanId, ThemeId};
use loa::plans::entity::{clause, duty, plan, theme, version};
use loa::plans::{self, Data, Kind};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::review::Draft;
use crate::world::{Browser, OnAir, SmallPlan, World, on_both};

const FIRST: &str = "\
Số: 12/KH-STTTT

Hà Nam, ngày 05 tháng 3 năm 2026

**KẾ HOẠCH**
**Tuyên truyền cải cách hành chính giai đoạn 2026 - 2030 trên địa bàn tỉnh Hà Nam**

Sở Thông tin và Truyền thông ban hành Kế hoạch như sau:

I. NỘI DUNG

1. Nội dung tuyên truyền

- Cơ chế một cửa trong giải quyết thủ tục hành chính tại xã, phường.

- Chuyển đổi số trong hoạt động của cơ quan nhà nước.

- Phong trào thi đua, khen thưởng trong cải cách.

2. Hình thức tuyên truyền

- Trên loa truyền thanh, trên Cổng thông tin điện tử tỉnh.

II. TỔ CHỨC THỰC HIỆN

1. Sở Thông tin và Truyền thông

- Theo dõi, đôn đốc thực hiện Kế hoạch.

2. Đề nghị Ủy ban nhân dân các xã

Phát nội dung tuyên truyền trên loa truyền thanh cơ sở hằng tháng.

3. Đề nghị Sở Nội vụ

Cung cấp thông tin về phong trào thi đua.

Trên đây là Kế hoạch, đề nghị báo cáo kết quả về Sở Thông tin và Truyền thông trước ngày 01 tháng 10 hằng năm.

Nơi nhận:
- Lưu: VT.

GIÁM ĐỐC

Nguyễn Văn Mẫu
";

/// One theme is new and stands first, one is worded otherwise, one is gone with the duty about it; a
/// duty is asked for less often.
fn corrected() -> String {
    let new = "- Dịch vụ công trực tuyến toàn trình.\n\n- Cơ chế một cửa, một cửa liên thông trong giải quyết thủ tục hành chính tại xã, phường.";
    FIRST
        .replace(
            "- Cơ chế một cửa trong giải quyết thủ tục hành chính tại xã, phường.",
            new,
        )
        .replace("- Phong trào thi đua, khen thưởng trong cải cách.\n\n", "")
        .replace("cơ sở hằng tháng", "cơ sở hằng quý")
        .replace(
            "3. Đề nghị Sở Nội vụ\n\nCung cấp thông tin về phong trào thi đua.\n\n",
            "",
        )
}

/// The first document, live, with a theme in the officer's own words.
async fn live(world: &World) -> Draft {
    let draft = Draft::of(world, FIRST).await;
    let mut chi = world.sign_in("chi").await;
    chi.get(&draft.path).await;
    let one = draft
        .element(world, Kind::Theme, "part_I__sec_1__point_2")
        .await;
    let path = format!("{}/elements/{}", draft.path, one.id);
    let page = chi
        .post(&path, &[("version", "1"), ("label", "Chuyển đổi số")])
        .await;
    assert_eq!(page.status, 303, "{}", page.text());
    let officer = world.person_of("chi").await;
    plans::accept_all(&world.app, &officer, draft.id)
        .await
        .expect("decisions");
    plans::confirm(&world.app, &officer, draft.id)
        .await
        .expect("a plan");
    draft
}

async fn clauses(world: &World, plan: PlanId) -> BTreeMap<String, ClauseId> {
    let rows = clause::Entity::find()
        .filter(clause::Column::PlanId.eq(plan))
        .filter(clause::Column::EndedAt.is_null())
        .all(&world.app.db)
        .await
        .expect("clauses");
    rows.into_iter().map(|row| (row.address, row.id)).collect()
}

async fn themes(world: &World, plan: PlanId) -> BTreeMap<String, ThemeId> {
    let rows = theme::Entity::find()
        .filter(theme::Column::PlanId.eq(plan))
        .filter(theme::Column::EndedAt.is_null())
        .all(&world.app.db)
        .await
        .expect("themes");
    rows.into_iter().map(|row| (row.label, row.id)).collect()
}

async fn duties(world: &World, plan: PlanId) -> BTreeMap<String, DutyId> {
    let rows = duty::Entity::find()
        .filter(duty::Column::PlanId.eq(plan))
        .filter(duty::Column::EndedAt.is_null())
        .all(&world.app.db)
        .await
        .expect("duties");
    rows.into_iter().map(|row| (row.cadence, row.id)).collect()
}

/// What is in force of a plan.
#[derive(PartialEq, Debug)]
struct InForce {
    clauses: BTreeMap<String, ClauseId>,
    themes: BTreeMap<String, ThemeId>,
    duties: BTreeMap<String, DutyId>,
}

impl InForce {
    async fn of(world: &World, plan: PlanId) -> Self {
        Self {
            clauses: clauses(world, plan).await,
            themes: themes(world, plan).await,
            duties: duties(world, plan).await,
        }
    }
}

#[tokio::test]
async fn what_hangs_on_a_plan_stays_when_its_document_is_corrected() {
    on_both("correction_keeps", async |world| {
        let first = live(&world).await;
        let before = InForce::of(&world, first.id).await;
        // A story about a theme that will stand elsewhere, proven on the air.
        let told = SmallPlan {
            id: first.id,
            clause: before.clauses["II.2"],
            themes: [before.themes["Chuyển đổi số"]; 2],
        };
        let OnAir {
            receiver, delivery, ..
        } = world.on_air_for(told).await;
        let receipt = receiver.played("r-1").await;
        world.wait(TimeDelta::minutes(66));
        receiver.tell_receipts(&[receipt]).await;
        let proven = world.cells(first.id).await;
        assert_eq!(proven.len(), 1);

        let draft = Draft::of(&world, &corrected()).await;
        let mut chi = world.sign_in("chi").await;
        asks_only_for_what_changed(&world, &draft, &mut chi).await;
        let confirmation = format!("{}/confirmation", draft.path);
        assert_eq!(chi.post(&confirmation, &[]).await.status, 422);
        let still = InForce::of(&world, first.id).await;
        assert_eq!(still, before, "nothing is live before");
        let officer = world.person_of("chi").await;
        plans::accept_all(&world.app, &officer, draft.id)
            .await
            .expect("decisions");
        chi.get(&draft.path).await;
        let page = chi.post(&confirmation, &[]).await;
        assert_eq!(page.location, Some(first.path.clone()), "{}", page.text());

        keeps_its_rows(&world, first.id, &before).await;
        assert_eq!(world.cells(first.id).await, proven);
        assert_eq!(world.state(delivery).await, loa::deliveries::State::Proven);
        for part in evidence::verify(&world.app).await.expect("checked") {
            assert!(part.broken.is_empty(), "{}: {:?}", part.name, part.broken);
        }
        shows_both_documents(&world, &first, &mut chi).await;
        // The draft is gone with it, and so is whatever would confirm it twice.
        assert_eq!(chi.get(&draft.path).await.status, 404);
        chi.get(&first.path).await;
        assert_eq!(chi.post(&confirmation, &[]).await.status, 404);
    })
    .await;
}

async fn asks_only_for_what_changed(world: &World, draft: &Draft, chi: &mut Browser) {
    let page = chi.get(&draft.path).await;
    let said = page.text();
    assert!(said.contains("Bản sửa, so với bản 1 của"), "{said}");
    assert_eq!(
        page.all(".change h3"),
        [
            "Mới I.1.1",
            "Đã sửa I.1.1 → I.1.2",
            "Đã bỏ I.1.3",
            "Đã sửa II.2",
            "Đã bỏ II.3"
        ]
    );
    assert_eq!(page.all(".change ins")[1], ", một cửa liên thông");
    assert_eq!(
        page.all(".change del"),
        [
            "Phong trào thi đua, khen thưởng trong cải cách.",
            "tháng",
            "Đề nghị Sở Nội vụ Cung cấp thông tin về phong trào thi đua."
        ]
    );
    let open: Vec<String> = page.all("[data-open]");
    assert_eq!(open.len(), 3, "{open:#?}");
    let duty = draft.element(world, Kind::Duty, "part_II__sec_2").await;
    assert!(duty.open());
    assert!(open.join(" ").contains("Đang thực hiện: "), "{open:#?}");
    let theme = "part_I__sec_1__point_3";
    let kept = draft.element(world, Kind::Theme, theme).await;
    let words = kept.data.words();
    assert_eq!(words, "Chuyển đổi số", "as the officer had put it");
}

/// The same rows under new addresses; what ended is kept.
async fn keeps_its_rows(world: &World, plan: PlanId, before: &InForce) {
    let now = InForce::of(world, plan).await;
    let (was, is) = (&before.clauses, &now.clauses);
    assert_eq!(is["I.1.2"], was["I.1.1"]);
    assert_eq!(is["I.1.3"], was["I.1.2"]);
    assert_eq!(is["II.2"], was["II.2"]);
    assert!(!was.values().any(|id| *id == is["I.1.1"]), "a new clause");
    assert!(!is.contains_key("II.3"));
    let (had, have) = (&before.themes, &now.themes);
    assert_eq!(have["Chuyển đổi số"], had["Chuyển đổi số"]);
    assert_eq!(have.len(), 3);
    let one = |themes: &BTreeMap<String, ThemeId>| {
        let mut named = themes.iter();
        let named = named.find(|(label, _)| label.starts_with("Cơ chế một cửa"));
        named.map(|(_, id)| *id).expect("a theme")
    };
    assert_eq!(one(have), one(had));
    assert_eq!(now.duties["quarterly"], before.duties["monthly"]);
    assert_eq!(now.duties.len(), 2);
    let db = &world.app.db;
    assert_eq!(theme::Entity::find().count(db).await.expect("a count"), 4);
    assert_eq!(duty::Entity::find().count(db).await.expect("a count"), 3);
}

async fn shows_both_documents(world: &World, plan: &Draft, chi: &mut Browser) {
    let listed = chi.get("/duties").await;
    let said = listed.all("[role=status]").join(" ");
    assert!(said.contains("cập nhật theo bản sửa"), "{said}");
    assert_eq!(listed.all("tbody tr").len(), 2, "{}", listed.text());
    let page = chi.get(&plan.path).await;
    let ended = page.all("details.ended summary").join("");
    assert!(ended.starts_with("2 mục"), "{ended}");
    let db = &world.app.db;
    let row = plan::Entity::find_by_id(plan.id).one(db).await;
    let row = row.expect("a store").expect("a plan");
    assert_eq!((row.version, row.state.as_str()), (2, "live"));
    let former = version::Entity::find().all(db).await.expect("versions");
    assert_eq!((former.len(), former[0].version), (1, 1));
    let file = chi.get(&format!("{}/versions/1/file", plan.path)).await;
    assert_eq!(file.bytes, FIRST.as_bytes());
    let file = chi.get(&format!("{}/file", plan.path)).await;
    assert_eq!(file.bytes, corrected().as_bytes());
    let page = chi.get(&format!("{}/versions/1", plan.path)).await;
    assert_eq!(page.all(".change h3").len(), 5);
    let none = chi.get(&format!("{}/versions/7", plan.path)).await;
    assert_eq!(none.status, 404);
}

#[tokio::test]
async fn a_story_about_what_ended_is_still_told() {
    on_both("correction_ended", async |world| {
        let first = live(&world).await;
        let before = InForce::of(&world, first.id).await;
        let (label, theme) = before.themes.iter().next_back().expect("a theme");
        assert!(label.starts_with("Phong trào"), "{label}");
        let told = SmallPlan {
            id: first.id,
            clause: before.clauses["II.3"],
            themes: [*theme; 2],
        };
        let story = world.silent_story(&told, "Thi đua ở xã").await;
        let draft = Draft::of(&world, &corrected()).await;
        let officer = world.person_of("chi").await;
        plans::accept_all(&world.app, &officer, draft.id)
            .await
            .expect("decisions");
        plans::confirm(&world.app, &officer, draft.id)
            .await
            .expect("a plan");
        // It keeps what it has, and nothing else of what ended is offered.
        let mut an = world.sign_in("an").await;
        let form = an.get(&format!("/stories/{story}/edit")).await;
        assert_eq!(form.status, 200, "{}", form.text());
        let chosen = form.attributes("#themes input[checked]", "value");
        assert_eq!(chosen, [theme.to_string()]);
        world
            .correct(story, "Xã tổng kết phong trào thi đua.")
            .await;
        let new = an.get("/stories/new").await.text();
        assert!(new.contains("I.1.1 Dịch vụ công"), "{new}");
        assert!(!new.contains("Phong trào thi đua"), "{new}");
        for part in evidence::verify(&world.app).await.expect("checked") {
            assert!(part.broken.is_empty(), "{}: {:?}", part.name, part.broken);
        }
    })
    .await;
}

#[tokio::test]
async fn of_two_corrections_the_second_is_told_that_the_plan_changed() {
    on_both("correction_race", async |world| {
        let first = live(&world).await;
        let chi = world.person_of("chi").await;
        let one = Draft::of(&world, &corrected()).await;
        let other = Draft::of(&world, &FIRST.replace("hằng tháng", "hằng ngày")).await;
        for draft in [&one, &other] {
            plans::accept_all(&world.app, &chi, draft.id)
                .await
                .expect("decisions");
        }
        let (a, b) = tokio::join!(
            plans::confirm(&world.app, &chi, one.id),
            plans::confirm(&world.app, &chi, other.id)
        );
        assert!(a.is_ok() != b.is_ok(), "{a:?} {b:?}");
        assert_eq!(a.as_ref().or(b.as_ref()).ok(), Some(&first.id));
        let lost = if a.is_ok() { &other } else { &one };
        let mut browser = world.sign_in("chi").await;
        let page = browser.get(&lost.path).await;
        assert!(
            page.text()
                .contains("Kế hoạch đã được sửa trong khi đồng chí đối chiếu")
        );
        let page = browser
            .post(&format!("{}/confirmation", lost.path), &[])
            .await;
        assert_eq!(page.status, 409);
        let versions = version::Entity::find()
            .count(&world.app.db)
            .await
            .expect("a count");
        assert_eq!(versions, 1);
    })
    .await;
}

#[tokio::test]
async fn a_person_says_what_a_document_corrects() {
    on_both("correction_said", async |world| {
        let first = live(&world).await;
        let mut chi = world.sign_in("chi").await;
        // Another number: nothing is found out.
        let renumbered = corrected().replace("12/KH-STTTT", "47/KH-STTTT");
        let form = chi.get("/plans/import").await;
        let choices = form.attributes("#corrects option", "value");
        assert_eq!(choices, ["", "none", &first.id.to_string()]);
        let plain = chi
            .upload(
                "/plans/import",
                &[("unit", "")],
                ("file", "sua.md", renumbered.as_bytes()),
            )
            .await;
        let plain = chi.get(&plain.location.expect("a draft")).await;
        assert!(!plain.text().contains("Bản sửa, so với"));
        let id = first.id.to_string();
        let said = chi
            .upload(
                "/plans/import",
                &[("unit", ""), ("corrects", &id)],
                ("file", "sua.md", renumbered.as_bytes()),
            )
            .await;
        let said = chi.get(&said.location.expect("a draft")).await;
        assert!(said.text().contains("Bản sửa, so với bản 1 của"));
        // Or that it corrects nothing.
        let new = chi
            .upload(
                "/plans/import",
                &[("unit", ""), ("corrects", "none")],
                ("file", "sua.md", corrected().as_bytes()),
            )
            .await;
        let new = chi.get(&new.location.expect("a draft")).await;
        assert!(!new.text().contains("Bản sửa, so với"));
        // By those who plan for its unit alone.
        let giang = world.program("giang").await;
        let path = format!("/plans?name=sua.md&corrects={id}");
        let page = giang.upload(&path, corrected().as_bytes()).await;
        assert!(
            [403, 404].contains(&page.status.as_u16()),
            "{}",
            page.status
        );
        let chi = world.program("chi").await;
        let page = chi.upload(&path, corrected().as_bytes()).await;
        assert_eq!(
            (page.status.as_u16(), &page.json()["corrects"]),
            (201, &first.id.0.into())
        );
    })
    .await;
}

#[tokio::test]
async fn a_second_correction_goes_on_from_the_first() {
    on_both("correction_again", async |world| {
        let first = live(&world).await;
        let chi = world.person_of("chi").await;
        for text in [corrected(), FIRST.to_owned() + "\n"] {
            let draft = Draft::of(&world, &text).await;
            plans::accept_all(&world.app, &chi, draft.id)
                .await
                .expect("decisions");
            let live = plans::confirm(&world.app, &chi, draft.id)
                .await
                .expect("a plan");
            assert_eq!(live, first.id);
        }
        // What was taken out and comes back is new: what ended stays ended.
        let db = &world.app.db;
        let back = themes(&world, first.id).await;
        assert_eq!(back.len(), 3);
        assert!(back.contains_key("Chuyển đổi số"), "{back:?}");
        assert_eq!(theme::Entity::find().count(db).await.expect("a count"), 5);
        let row = plan::Entity::find_by_id(first.id)
            .one(db)
            .await
            .expect("a store")
            .expect("a plan");
        assert_eq!(row.version, 3);
        let read = plans::reading(&row).expect("a reading");
        let standing = plans::elements(db, first.id, &read)
            .await
            .expect("elements");
        assert!(standing.iter().all(|one| !one.open()));
        let kept = standing
            .iter()
            .find(|one| one.data.words() == "Chuyển đổi số");
        let was = kept.and_then(|one| one.proposed.as_ref()).map(Data::words);
        assert_eq!(
            was,
            Some("Chuyển đổi số trong hoạt động của cơ quan nhà nước")
        );
        let mut chi = world.sign_in("chi").await;
        let page = chi.get(&format!("{}/versions/1?to=3", first.path)).await;
        assert!(
            page.text().contains("Không có khác biệt nào"),
            "{}",
            page.text()
        );
        assert_eq!(
            chi.get(&first.path)
                .await
                .links("a[href*='/versions/']")
                .len(),
            5
        );
    })
    .await;
}
