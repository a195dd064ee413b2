//! From a draft to a frozen version, through the pages.

use loa::accounts::{self, Role};
use loa::error::Failure;
use loa::stories::entity::approval;
use loa::stories::{self, Task};
use sea_orm::{ActiveModelTrait, EntityTrait, Set};

use super::{act, approved, draft, with, written};
use crate::world::on_both;

#[tokio::test]
async fn a_story_is_written_returned_corrected_approved_and_frozen() {
    on_both("stories_life", async |world| {
        let plan = world.small_plan().await;
        let mut an = world.sign_in("an").await;
        let id = written(&world, &mut an, &plan).await;
        let path = format!("/stories/{id}");
        let page = an.get(&path).await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert_eq!(page.all(".notice-title"), ["Đã lưu bản nháp"]);
        assert_eq!(
            page.attribute("[data-draft-saved]", "data-draft-saved")
                .as_deref(),
            Some("an/story-new")
        );
        assert_eq!(page.all(".page-head .tag"), ["Nháp"]);
        assert!(page.text().contains("<strong>tại nhà</strong>"));
        let said = page.all("#reading ruby.said-rule rt").join(" ");
        assert!(
            said.contains("sáu mươi mốt") && !said.contains("61/2018"),
            "{said}"
        );
        let printed = page.all("#reading ruby.said-rule > :first-child");
        assert!(printed.join(" ").contains("61/2018/NĐ-CP"), "{printed:?}");

        assert_eq!(act(&mut an, id, "submission", &[]).await.status, 303);
        world.work().await;
        let mut binh = world.sign_in("binh").await;
        let list = binh.get("/stories").await;
        assert_eq!(
            list.all(".lines a"),
            ["Duyệt: Bộ phận một cửa trả kết quả tại nhà"]
        );

        let page = act(&mut binh, id, "return", &[("reason", "  ")]).await;
        assert_eq!(page.status, 422);
        assert_eq!(page.all(".error-summary li"), ["Nêu lý do trả lại"]);
        let reason = "Cần ghi rõ ngày bắt đầu.";
        assert_eq!(
            act(&mut binh, id, "return", &[("reason", reason)])
                .await
                .status,
            303
        );
        assert_eq!(
            an.get("/stories").await.all(".lines a"),
            ["Sửa lại: Bộ phận một cửa trả kết quả tại nhà"]
        );
        let page = an.get(&path).await;
        assert!(page.all(".notice-warning").join(" ").contains(reason));
        assert_eq!(page.all(".timeline blockquote"), [reason]);

        assert_eq!(act(&mut an, id, "submission", &[]).await.status, 303);
        let page = act(&mut binh, id, "approval", &[]).await;
        assert_eq!(page.status, 422, "not heard: {}", page.text());
        assert_eq!(
            page.all(".error-summary li"),
            ["Nghe bản phát thanh rồi đánh dấu xác nhận"]
        );
        let page = act(&mut binh, id, "approval", &[("heard", "yes")]).await;
        assert_eq!(page.status, 303, "{}", page.text());

        let page = binh.get(&path).await;
        assert_eq!(page.all(".page-head .tag"), ["Đã duyệt"]);
        let frozen = stories::latest_approved(&world.app.db, id)
            .await
            .unwrap()
            .expect("approved");
        assert_eq!(
            page.all(".facts .hash"),
            std::slice::from_ref(&frozen.sha256)
        );
        assert_eq!(frozen.themes, [plan.themes[0]]);
        assert_eq!((frozen.plan, frozen.clause), (plan.id, plan.clause));
        assert_eq!(frozen.slug, "bo-phan-mot-cua-tra-ket-qua-tai-nha");
        let sound = frozen.sound.expect("a sound");
        assert!(
            sound.duration_ms > 3000 && sound.bytes > 10_000,
            "{sound:?}"
        );
        assert_eq!(
            stories::verify(&world.app.db, &world.app.files)
                .await
                .unwrap(),
            [""; 0]
        );
    })
    .await;
}

#[tokio::test]
async fn nobody_approves_their_own_story() {
    on_both("stories_own", async |world| {
        let plan = world.small_plan().await;
        let so = world.unit("so").await;
        let id = world.person("an").await;
        accounts::grant(&world.app.db, id, Role::Approver, so)
            .await
            .unwrap();
        let mut an = world.sign_in("an").await;
        let story = written(&world, &mut an, &plan).await;
        act(&mut an, story, "submission", &[]).await;
        world.work().await;

        let page = an.get(&format!("/stories/{story}")).await;
        assert_eq!(page.all("form[action$='/approval']").len(), 0);
        assert!(
            page.all(".notice").join(" ").contains("không thể tự duyệt"),
            "{}",
            page.text()
        );
        assert!(!an.get("/stories").await.text().contains("Duyệt:"));

        let person = world.person_of("an").await;
        let seen = stories::get(&world.app, &person, story)
            .await
            .unwrap()
            .seen();
        let forged = [
            ("version", seen.version.to_string()),
            ("updated_at", seen.updated_at.to_rfc3339()),
            ("sound", seen.sound.clone().unwrap_or_default()),
            ("heard", "yes".into()),
        ];
        let forged: Vec<_> = forged
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let page = an
            .post(&format!("/stories/{story}/approval"), &forged)
            .await;
        assert_eq!(
            (page.status.as_u16(), page.all("h1")),
            (403, vec!["Người viết không được tự duyệt".to_owned()])
        );
        let refused = stories::approve(&world.app, &person, story, &seen, true).await;
        assert!(
            matches!(refused, Err(Failure::Forbidden("stories-own"))),
            "{refused:?}"
        );

        for (author, approver) in [(id, id), (world.person("binh").await, id)] {
            let direct = approval::ActiveModel {
                version_id: Set(seen.version),
                author_id: Set(author),
                approver_id: Set(approver),
                sha256: Set("00".into()),
                frozen: Set("{}".into()),
                at: Set(world.app.clock.now()),
            };
            assert!(
                direct.insert(&world.app.db).await.is_err(),
                "the database lets it through"
            );
        }
        assert_eq!(
            approval::Entity::find()
                .all(&world.app.db)
                .await
                .unwrap()
                .len(),
            0
        );
    })
    .await;
}

#[tokio::test]
async fn what_another_unit_may_not_see_is_not_there() {
    on_both("stories_foreign", async |world| {
        let plan = world.small_plan().await;
        let id = approved(&world, &plan).await;
        let mut giang = world.sign_in("giang").await;
        for path in ["", "/edit", "/sound", "/sound.mp3"] {
            let page = giang.get(&format!("/stories/{id}{path}")).await;
            assert_eq!(page.status, 404, "{path}");
        }
        assert_eq!(giang.get("/stories").await.all("tbody tr").len(), 0);
        let person = world.person_of("giang").await;
        let mine = world.person_of("an").await;
        let seen = stories::get(&world.app, &mine, id).await.unwrap().seen();
        let refused = stories::submit(&world.app, &person, id, &seen).await;
        assert!(matches!(refused, Err(Failure::NotFound)), "{refused:?}");

        // The auditor of the province sees it and changes nothing.
        let mut em = world.sign_in("em").await;
        let page = em.get(&format!("/stories/{id}")).await;
        assert_eq!(page.status, 200);
        assert_eq!(
            page.all("main form, main .actions a").len(),
            0,
            "{}",
            page.text()
        );
        assert_eq!(em.get("/stories/new").await.status, 403);
    })
    .await;
}

#[tokio::test]
async fn a_form_that_is_not_complete_comes_back_with_all_that_was_typed() {
    on_both("stories_form", async |world| {
        let plan = world.small_plan().await;
        let mut an = world.sign_in("an").await;
        let page = an.get("/stories/new").await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert_eq!(
            page.attribute("form.form", "data-draft").as_deref(),
            Some("an/story-new")
        );
        assert_eq!(
            page.all("#themes label"),
            ["II.1.1 Cơ chế một cửa", "II.1.2 Chuyển đổi số"]
        );
        let fields = draft(&plan);
        let unit = world.unit("xa-hai").await.to_string();
        let wrong = with(&fields, &[("title", " "), ("unit", &unit), ("clause", "")]);
        let page = an.post("/stories", &wrong).await;
        assert_eq!(page.status, 422);
        assert_eq!(
            page.all(".error-summary li"),
            [
                "Tiêu đề còn trống",
                "Chọn đơn vị mà đồng chí được giao viết",
                "Chọn điều khoản mà tin, bài phục vụ"
            ]
        );
        assert_eq!(page.all("#body"), [super::BODY]);
        assert!(page.all("title")[0].starts_with("Lỗi: "));
        assert_eq!(page.all("#themes input[checked] + label").len(), 1);
        assert!(
            an.get("/stories").await.all("tbody tr").is_empty(),
            "nothing was kept"
        );
    })
    .await;
}

#[tokio::test]
async fn each_person_sees_what_waits_for_them() {
    on_both("stories_waiting", async |world| {
        let plan = world.small_plan().await;
        let mut an = world.sign_in("an").await;
        let first = written(&world, &mut an, &plan).await;
        let second = written(&world, &mut an, &plan).await;
        act(&mut an, second, "submission", &[]).await;
        let tasks = async |login: &str| {
            let person = world.person_of(login).await;
            let waiting = stories::waiting(&world.app, &person).await.unwrap();
            waiting
                .iter()
                .map(|waiting| (waiting.task, waiting.line.story))
                .collect::<Vec<_>>()
        };
        assert_eq!(tasks("an").await, [(Task::Finish, first)]);
        assert_eq!(tasks("binh").await, [(Task::Approve, second)]);
        assert_eq!(tasks("ha").await, [(Task::Approve, second)]);
        for other in ["chi", "dung", "em", "giang"] {
            assert_eq!(tasks(other).await, [], "{other}");
        }
        let page = an.get("/stories?state=submitted").await;
        assert_eq!(page.all("tbody tr").len(), 1);
        assert_eq!(page.all(".pagination p"), ["1–1 trong 1 tin, bài"]);
        assert_eq!(an.get("/stories?state=lost").await.status, 422);
    })
    .await;
}
