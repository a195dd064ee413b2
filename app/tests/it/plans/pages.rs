//! Importing, comparing and confirming on the pages.

use sea_orm::{EntityTrait, PaginatorTrait};

use loa::audit::entity::entry;
use loa::files::entity::file;
use loa::plans::entity::plan;

use super::{SMALL, small_live};
use crate::world::{Browser, Page, World, on_both};

async fn import(browser: &mut Browser, unit: &str, name: &str, bytes: &[u8]) -> Page {
    browser.get("/plans/import").await;
    browser
        .upload("/plans/import", &[("unit", unit)], ("file", name, bytes))
        .await
}

async fn drafted(world: &World, browser: &mut Browser) -> String {
    let unit = world.unit("so").await.to_string();
    let page = import(browser, &unit, "nho.md", SMALL.as_bytes()).await;
    assert_eq!(page.status, 303, "{}", page.text());
    page.location.expect("a draft")
}

async fn accept_all(world: &World, path: &str) {
    let chi = world.person_of("chi").await;
    let id = path.rsplit('/').next().expect("a path").parse();
    loa::plans::accept_all(&world.app, &chi, id.expect("a number"))
        .await
        .expect("decisions");
}

#[tokio::test]
async fn a_document_becomes_a_plan_in_force() {
    on_both("plans_live", async |world| {
        let mut chi = world.sign_in("chi").await;
        assert!(chi.get("/plans").await.text().contains("/plans/import"));
        let path = drafted(&world, &mut chi).await;
        let page = chi.get(&path).await;
        let said = page.text();
        assert!(said.contains("để trống, ký hiệu KH-STTTT"), "{said}");
        assert!(said.contains("năm 2021, ngày và tháng để trống"));
        assert_eq!(page.all(".notice-warning li").len(), 2);
        assert_eq!(
            page.all(".source li[data-clause='I.1.1'] p"),
            ["- Cơ chế một cửa."]
        );
        assert_eq!(
            page.attribute(".source li[data-clause='I.1.1']", "id")
                .as_deref(),
            Some("L14")
        );
        let duties = page.all(".read-list li[data-clause='II.2']").join(" ");
        assert!(
            duties.contains("gồm 3 đơn vị") && duties.contains("Xã Ba (nay là Phường Một, Xã Hai)"),
            "{duties}"
        );
        let unknown = page.all(".read-list li[data-clause='II.3'] .read-warning");
        assert_eq!(unknown.len(), 1, "no agency of home affairs in this world");
        assert_eq!(page.all(".button-primary"), ["Xác nhận kế hoạch"]);

        let confirmation = format!("{path}/confirmation");
        accept_all(&world, &path).await;
        assert_eq!(
            chi.post(&confirmation, &[]).await.location.as_deref(),
            Some(path.as_str())
        );
        let page = chi.get(&path).await;
        assert!(page.text().contains("Đang thực hiện"), "{}", page.text());
        assert_eq!(page.all("#part_I__sec_1__point_1 .clause-no"), ["I.1.1"]);
        assert_eq!(page.all("table tbody tr").len(), 3);
        assert!(
            page.text()
                .contains("trước ngày 01/10 (ngày cuối cùng là 30/9)")
        );
        // A confirmed plan does not change.
        assert_eq!(chi.post(&confirmation, &[]).await.status, 409);
        assert_eq!(
            chi.post(&format!("{path}/withdrawal"), &[]).await.status,
            409
        );
        let original = chi.get(&format!("{path}/file")).await;
        assert_eq!(original.bytes, SMALL.as_bytes());
        assert!(
            original.headers["content-disposition"]
                .to_str()
                .expect("text")
                .contains("nho.md")
        );

        let form = world.sign_in("an").await.get("/stories/new").await.text();
        assert!(
            form.contains("I.1.1 Cơ chế một cửa"),
            "writers serve it: {form}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_only_for_those_who_plan_and_a_plan_for_those_it_names() {
    on_both("plans_rights", async |world| {
        let mut chi = world.sign_in("chi").await;
        let path = drafted(&world, &mut chi).await;
        // Em reads everything of the province, An writes at the owner; neither plans.
        for login in ["em", "an", "giang"] {
            let mut other = world.sign_in(login).await;
            assert_eq!(other.get(&path).await.status, 404, "{login}");
            assert_eq!(
                other.get(&format!("{path}/file")).await.status,
                404,
                "{login}"
            );
            assert_eq!(
                other
                    .post(&format!("{path}/confirmation"), &[])
                    .await
                    .status,
                404
            );
            assert!(!other.get("/plans").await.text().contains(&path));
            assert_eq!(other.get("/plans/import").await.status, 403, "{login}");
        }
        accept_all(&world, &path).await;
        chi.get(&path).await;
        chi.post(&format!("{path}/confirmation"), &[]).await;
        // Giang's commune has a duty in it.
        for login in ["em", "an", "giang", "dung"] {
            let mut other = world.sign_in(login).await;
            assert_eq!(other.get(&path).await.status, 200, "{login}");
            assert!(other.get("/plans").await.text().contains(&path), "{login}");
            let again = other.post(&format!("{path}/confirmation"), &[]).await;
            assert!(
                again.status == 403 || again.status == 404,
                "{login}: {}",
                again.status
            );
        }
        assert_eq!(
            world.browser().get(&path).await.status,
            303,
            "sign in first"
        );
    })
    .await;
}

#[tokio::test]
async fn a_plan_that_names_nobody_of_a_unit_is_not_for_it() {
    on_both("plans_foreign", async |world| {
        let chi = world.person_of("chi").await;
        let so = world.unit("so").await;
        let text = SMALL.replace("Ủy ban nhân dân các xã", "Sở Tài chính");
        let id = loa::plans::import(&world.app, &chi, so, "x.md", text.as_bytes())
            .await
            .expect("a draft");
        loa::plans::accept_all(&world.app, &chi, id)
            .await
            .expect("decisions");
        loa::plans::confirm(&world.app, &chi, id)
            .await
            .expect("a plan");
        let mut giang = world.sign_in("giang").await;
        assert_eq!(giang.get(&format!("/plans/{id}")).await.status, 404);
        assert!(
            !giang
                .get("/plans")
                .await
                .text()
                .contains(&format!("/plans/{id}"))
        );
        let giang = world.person_of("giang").await;
        let refused = loa::plans::import(&world.app, &giang, so, "x.md", SMALL.as_bytes()).await;
        assert!(refused.is_err());
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_read_is_told_beside_the_field() {
    on_both("plans_faults", async |world| {
        let mut chi = world.sign_in("chi").await;
        let unit = world.unit("so").await.to_string();
        let large = vec![b'a'; 21 * 1024 * 1024];
        let cases: [(&str, &[u8], &str); 6] = [
            ("", b"", "Chưa chọn tệp"),
            ("rong.md", b"", "Tệp trống"),
            ("thu.txt", b"Thu moi hop.", "Không tìm thấy phần"),
            ("cu.txt", b"I. M\xb8c", "bảng mã Unicode"),
            ("hong.docx", b"PK\x03\x04", "DOCX bị hỏng"),
            ("to.md", &large, "21 MB"),
        ];
        for (name, bytes, words) in cases {
            let page = import(&mut chi, &unit, name, bytes).await;
            assert_eq!(page.status, 422, "{name}");
            assert!(
                page.all("#file-error").join("").contains(words),
                "{name}: {}",
                page.text()
            );
            assert_eq!(page.all(".error-summary li").len(), 1);
            assert_eq!(
                page.attribute("option[selected]", "value").as_deref(),
                Some(unit.as_str())
            );
        }
        chi.get("/plans/import?lang=en").await;
        let page = import(&mut chi, &unit, "x.docx", b"PK\x03\x04").await;
        let words = page.all("#file-error").join("");
        assert!(
            words.contains("The DOCX file is broken (it is not a whole ZIP archive)"),
            "{words}"
        );

        let before = chi.csrf.clone();
        chi.csrf = "forged".into();
        let page = chi
            .upload(
                "/plans/import",
                &[("unit", &unit)],
                ("file", "x.md", SMALL.as_bytes()),
            )
            .await;
        assert_eq!(page.status, 403);
        chi.csrf = before;
        assert_eq!(
            plan::Entity::find()
                .count(&world.app.db)
                .await
                .expect("a count"),
            0
        );
        assert_eq!(
            file::Entity::find()
                .count(&world.app.db)
                .await
                .expect("a count"),
            0
        );
    })
    .await;
}

#[tokio::test]
async fn without_a_unit_the_plan_is_its_issuers() {
    on_both("plans_issuer", async |world| {
        let mut chi = world.sign_in("chi").await;
        let page = import(&mut chi, "", "nho.md", SMALL.as_bytes()).await;
        assert_eq!(page.status, 303, "{}", page.text());
        let rows = plan::Entity::find()
            .all(&world.app.db)
            .await
            .expect("plans");
        assert_eq!(rows[0].unit_id, world.unit("so").await);
        let unknown = SMALL.replace("Sở Thông tin và Truyền thông ban hành", "Sở Y tế ban hành");
        let page = import(&mut chi, "", "nho.md", unknown.as_bytes()).await;
        assert_eq!(page.status, 422);
        assert_eq!(page.all("#unit-error").len(), 1, "{}", page.text());
    })
    .await;
}

#[tokio::test]
async fn a_draft_may_be_discarded_and_its_file_stays() {
    on_both("plans_withdraw", async |world| {
        let mut chi = world.sign_in("chi").await;
        let path = drafted(&world, &mut chi).await;
        chi.get(&path).await;
        let page = chi.post(&format!("{path}/withdrawal"), &[]).await;
        assert_eq!(page.location.as_deref(), Some("/plans"));
        assert_eq!(chi.get(&path).await.status, 404);
        let noted = entry::Entity::find()
            .all(&world.app.db)
            .await
            .expect("an audit");
        let of_plan = noted.iter().filter(|entry| entry.subject == "plan");
        let actions: Vec<_> = of_plan.map(|entry| entry.action.as_str()).collect();
        assert_eq!(actions, ["import", "withdrawal"]);
        assert_eq!(
            file::Entity::find()
                .count(&world.app.db)
                .await
                .expect("a count"),
            1
        );
    })
    .await;
}

#[tokio::test]
async fn the_same_document_is_in_force_once() {
    on_both("plans_once", async |world| {
        small_live(&world).await;
        let chi = world.person_of("chi").await;
        let so = world.unit("so").await;
        let again = loa::plans::import(&world.app, &chi, so, "lai.md", SMALL.as_bytes())
            .await
            .expect("a draft");
        let refused = loa::plans::confirm(&world.app, &chi, again).await;
        assert!(
            matches!(
                refused,
                Err(loa::error::Failure::Conflict("plans-live-already"))
            ),
            "{refused:?}"
        );
        let draft = loa::plans::get(&world.app, &chi, again)
            .await
            .expect("the draft");
        assert_eq!(draft.state, "draft", "nothing of it was written");
    })
    .await;
}
