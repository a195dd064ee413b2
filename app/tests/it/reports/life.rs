//! Two people for every report; what was handed in does not change.

use loa::error::Failure;
use loa::reports::{self, Code};
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::world::on_both;

#[tokio::test]
async fn who_hands_in_does_not_accept() {
    on_both("reports_two", async |world| {
        world.programme().await;
        let id = world.report("chi", "tinh", 2026).await;
        let mut chi = world.sign_in("chi").await;
        let path = format!("/reports/{id}");
        let page = chi.get(&path).await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert_eq!(page.all(".page-head .tag"), ["Nháp"]);
        let seen = page.attribute("input[name=seen]", "value").expect("a mark");
        let page = chi
            .post(&format!("{path}/submission"), &[("seen", &seen)])
            .await;
        assert_eq!(page.status, 303, "{}", page.text());
        let page = chi.get(&path).await;
        assert_eq!(page.all(".page-head .tag"), ["Đã gửi"]);
        assert!(
            page.all(".notice-title")
                .contains(&"Người khác tiếp nhận báo cáo do chính đồng chí gửi".to_owned())
        );
        assert_eq!(
            page.attribute(&format!("form[action='{path}/acceptance']"), "method"),
            None
        );
        let page = chi.post(&format!("{path}/acceptance"), &[]).await;
        assert_eq!(page.status, 403);
        let program = world.program("chi").await;
        let page = program
            .post(&format!("{path}/acceptance"), &json!({}))
            .await;
        assert_eq!(page.status, 403);
        assert_eq!(page.json()["type"], "about:blank#reports-own");

        let mut ha = world.sign_in("ha").await;
        ha.get(&path).await;
        let page = ha.post(&format!("{path}/acceptance"), &[]).await;
        assert_eq!(page.status, 303, "{}", page.text());
        let page = ha.get(&path).await;
        assert_eq!(page.all(".page-head .tag"), ["Đã tiếp nhận"]);
        assert_eq!(
            ha.post(&format!("{path}/acceptance"), &[]).await.status,
            409
        );
        assert!(world.reports_hold().await);
        let facts = page.all(".facts dd").join(" ");
        assert!(
            facts.contains("Lê Thị Chi") && facts.contains("Hoàng Thị Hà"),
            "{facts}"
        );
    })
    .await;
}

#[tokio::test]
async fn what_was_handed_in_stays_even_against_the_store_itself() {
    on_both("reports_frozen", async |world| {
        world.programme().await;
        let chi = world.person_of("chi").await;
        let id = world.report("chi", "tinh", 2026).await;
        reports::submit(&world.app, &chi, id, None).await.expect("submitted");
        let before = world.said(id).await;
        let db = &world.app.db;
        for (state, statements) in [
            (
                "submitted",
                vec![
                    "UPDATE reports SET narrative = '{}'",
                    "UPDATE reports SET snapshot = snapshot || ' '",
                    "UPDATE reports SET sha256 = ''",
                    "UPDATE reports SET state = 'draft'",
                    "UPDATE reports SET accepted_by = submitted_by, state = 'accepted'",
                    "UPDATE reports SET unit_id = unit_id + 1",
                    "DELETE FROM reports",
                    "UPDATE report_figures SET value = value + 1",
                    "DELETE FROM report_figures",
                    "DELETE FROM report_evidence",
                    "INSERT INTO report_figures (report_id, code, position, value) SELECT id, 'x', 99, 1 FROM reports",
                    "INSERT INTO report_evidence (report_id, code, seq) SELECT id, 'x', 1 FROM reports",
                ],
            ),
            (
                "accepted",
                vec![
                    "UPDATE reports SET narrative = '{}'",
                    "UPDATE reports SET state = 'returned'",
                    "UPDATE reports SET state = 'draft'",
                    "UPDATE report_figures SET value = 0",
                    "DELETE FROM report_evidence",
                ],
            ),
        ] {
            for statement in statements {
                let refused = db.execute_unprepared(statement).await;
                let why = refused.expect_err(statement).to_string();
                assert!(why.contains("loa: "), "{state}: {statement}: {why}");
            }
            if state == "submitted" {
                let ha = world.person_of("ha").await;
                reports::accept(&world.app, &ha, id).await.expect("accepted");
            }
        }
        assert_eq!(world.said(id).await, before);
        let mut browser = world.sign_in("chi").await;
        browser.get(&format!("/reports/{id}")).await;
        for act in ["figures", "submission", "text"] {
            let path = format!("/reports/{id}/{act}");
            let page = browser.post(&path, &[("seen", "x"), ("next", "khác")]).await;
            assert_eq!(page.status, 409, "{act}: {}", page.text());
        }
        assert_eq!(browser.get(&format!("/reports/{id}/edit")).await.status, 409);
    })
    .await;
}

#[tokio::test]
async fn a_report_that_comes_back_is_answered_by_a_new_version() {
    on_both("reports_return", async |world| {
        let programme = world.programme().await;
        let giang = world.person_of("giang").await;
        let id = world.report("giang", "xa-hai", 2026).await;
        reports::submit(&world.app, &giang, id, None)
            .await
            .expect("submitted");
        let mut chi = world.sign_in("chi").await;
        let path = format!("/reports/{id}");
        chi.get(&path).await;
        let page = chi
            .post(&format!("{path}/return"), &[("remarks", "  ")])
            .await;
        assert_eq!(page.status, 422);
        assert_eq!(
            page.all(".error-summary li"),
            ["Ghi nhận xét để đơn vị biết cần sửa gì"]
        );
        let remarks = [("remarks", "Bổ sung nguyên nhân")];
        let page = chi.post(&format!("{path}/return"), &remarks).await;
        assert_eq!(page.status, 303, "{}", page.text());

        let mut browser = world.sign_in("giang").await;
        let page = browser.get(&path).await;
        assert!(
            page.all(".notice-warning")
                .join(" ")
                .contains("Bổ sung nguyên nhân")
        );
        let page = browser.post(&format!("{path}/amendment"), &[]).await;
        assert_eq!(page.status, 303, "{}", page.text());
        let new = page.location.expect("a page");
        assert_ne!(new, path);
        let page = browser.get(&new).await;
        assert_eq!(page.all(".page-head .tag"), ["Nháp"]);
        assert!(page.all(".kicker").join("").contains("phiên bản 2"));
        let again = browser.post(&format!("{path}/amendment"), &[]).await;
        assert_eq!(
            again.status, 409,
            "the first version is no longer the newest"
        );
        let first = world.said(id).await;
        assert_eq!((first.version, first.value(Code::Total)), (1, 1));
        // Whoever begins the report again gets the newest version.
        let key = (programme.regime, world.unit("xa-hai").await, 2026);
        let (newest, made) = reports::open(&world.app, &giang, key)
            .await
            .expect("opened");
        assert_eq!((format!("/reports/{newest}"), made), (new, false));
    })
    .await;
}

#[tokio::test]
async fn nobody_signs_figures_they_did_not_see() {
    on_both("reports_seen", async |world| {
        let programme = world.programme().await;
        let id = world.report("chi", "tinh", 2026).await;
        let chi = world.person_of("chi").await;
        let seen = world.said(id).await.seen().expect("a mark");
        world
            .prove(programme.failed_delivery, "2026-05-02T17:00", Some(30))
            .await;
        let refused = reports::submit(&world.app, &chi, id, Some(&seen)).await;
        assert!(
            matches!(refused, Err(Failure::Conflict("reports-figures-old"))),
            "{refused:?}"
        );
        let mut browser = world.sign_in("chi").await;
        let page = browser.get(&format!("/reports/{id}")).await;
        assert_eq!(
            page.all(".notice-title"),
            ["Sổ minh chứng đã thay đổi từ lần đếm trước"]
        );
        assert_eq!(
            browser
                .post(&format!("/reports/{id}/figures"), &[])
                .await
                .status,
            303
        );
        let refused = reports::submit(&world.app, &chi, id, Some(&seen)).await;
        assert!(
            matches!(refused, Err(Failure::Conflict("reports-changed"))),
            "{refused:?}"
        );
        let page = browser.get(&format!("/reports/{id}")).await;
        let seen = page.attribute("input[name=seen]", "value").expect("a mark");
        let page = browser
            .post(&format!("/reports/{id}/submission"), &[("seen", &seen)])
            .await;
        assert_eq!(page.status, 303);
    })
    .await;
}

#[tokio::test]
async fn rights_are_checked_and_outsiders_find_nothing() {
    on_both("reports_rights", async |world| {
        let programme = world.programme().await;
        let id = world.report("an", "so", 2026).await;
        for (login, status) in [
            ("an", 200),
            ("binh", 200),
            ("chi", 200),
            ("em", 200),
            ("giang", 404),
            ("dung", 404),
        ] {
            let mut browser = world.sign_in(login).await;
            for path in ["", ".docx", "/figures/total"] {
                let page = browser.get(&format!("/reports/{id}{path}")).await;
                assert_eq!(page.status, status, "{login} {path}");
            }
            let program = world.program(login).await;
            assert_eq!(
                program.get(&format!("/reports/{id}")).await.status,
                status,
                "{login}"
            );
        }
        // The auditor reads all and changes nothing; the approver does not draw up reports.
        for login in ["em", "binh"] {
            let program = world.program(login).await;
            let page = program
                .post(&format!("/reports/{id}/submission"), &json!({}))
                .await;
            assert_eq!(page.status, 403, "{login}");
        }
        let begin =
            |unit, year: i32| json!({ "regime": programme.regime, "unit": unit, "year": year });
        let giang = world.program("giang").await;
        let page = giang
            .post("/reports", &begin(world.unit("so").await, 2026))
            .await;
        assert_eq!(page.status, 404);
        let page = giang
            .post("/reports", &begin(world.unit("xa-hai").await, 2026))
            .await;
        assert_eq!(page.status, 201, "{}", page.text());
        assert_eq!(
            page.json()["figures"][0],
            json!({
                "code": "total", "value": 1, "name": "", "evidence": [programme.written],
            })
        );
        let page = giang
            .post("/reports", &begin(world.unit("xa-hai").await, 2026))
            .await;
        assert_eq!(page.status, 200, "the same again is the same");
        for (year, kind) in [
            (2028, "reports-not-begun"),
            (2031, "reports-year-outside"),
            (2020, "reports-year-outside"),
        ] {
            let page = giang
                .post("/reports", &begin(world.unit("xa-hai").await, year))
                .await;
            assert_eq!(page.status, 422);
            assert_eq!(page.json()["type"], format!("about:blank#{kind}"));
        }
        // A commune does not accept its own report: whoever gathers the reports does.
        let page = giang
            .post(
                &format!("/reports/{}/acceptance", page.json()["id"]),
                &json!({}),
            )
            .await;
        assert_eq!(page.status, 403);
    })
    .await;
}
