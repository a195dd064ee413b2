//! The pages: looking, changing, trying, and who may.

use std::sync::Arc;

use loa::lexicon;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{add, added};
use crate::world::on_both;

#[tokio::test]
async fn an_editor_adds_a_reading_and_it_is_used_at_once() {
    on_both("lexicon_add", async |world| {
        let mut an = world.sign_in("an").await;
        let page = an.get("/lexicon").await;
        assert!(
            page.text().contains("Tỉnh chưa thêm cách đọc nào"),
            "{}",
            page.text()
        );
        let before = lexicon::in_force(&world.app).await.unwrap();
        assert!(Arc::ptr_eq(
            &before,
            &lexicon::in_force(&world.app).await.unwrap()
        ));

        let page = add(&mut an, "BCĐ389", "Ban Chỉ đạo ba tám chín").await;
        assert_eq!(
            (page.status.as_u16(), page.location.as_deref()),
            (303, Some("/lexicon")),
            "{}",
            page.text()
        );
        let page = an.get("/lexicon").await;
        assert!(page.all(".notice-success")[0].contains("Đã thêm cách đọc"));
        assert!(
            page.all("tbody tr")[0].contains("Ban Chỉ đạo ba tám chín"),
            "{}",
            page.text()
        );
        assert!(page.all("tbody tr")[0].contains("Nguyễn Văn An"));
        let now = lexicon::in_force(&world.app).await.unwrap();
        assert!(now.version > before.version);

        let page = an
            .post(
                "/lexicon/reading",
                &[("text", "Họp BCĐ389 xã, UBND dự, 37,5%")],
            )
            .await;
        assert_eq!(page.status, 200);
        assert_eq!(
            page.all("#reading ruby.said-province rt"),
            ["Ban Chỉ đạo ba tám chín"]
        );
        assert_eq!(
            page.all("#reading ruby.said-builtin rt"),
            ["Ủy ban nhân dân"]
        );
        assert!(page.all("#reading ruby.said-rule rt")[0].contains("phần trăm"));
        assert_eq!(page.all(".reading-more tbody tr").len(), 3);

        let id = an.get("/lexicon").await.links("tbody th a")[0].0.clone();
        let page = an.get(&id).await;
        let fields = [
            (
                "version",
                page.attribute("input[name=version]", "value").unwrap(),
            ),
            ("written", "BCĐ389".to_owned()),
            ("spoken", "Ban Chỉ đạo chống buôn lậu".to_owned()),
            ("after", "Họp, của".to_owned()),
        ];
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        assert_eq!(an.post(&id, &fields).await.status, 303);
        let page = an.get("/lexicon").await;
        assert!(
            page.all("tbody tr")[0].contains("sau: của, họp"),
            "{}",
            page.text()
        );
        assert!(page.all(".changes .timeline-title")[0].starts_with("Sửa “BCĐ389”"));

        let page = an.get(&id).await;
        assert_eq!(page.all(".timeline .timeline-title").len(), 2);
        let version = page.attribute("input[name=version]", "value").unwrap();
        assert_eq!(
            an.post(&format!("{id}/removal"), &[("version", &version)])
                .await
                .status,
            303
        );
        let page = an.get("/lexicon").await;
        assert!(
            page.all(".changes .timeline-title")[0].starts_with("Xóa “BCĐ389”"),
            "{}",
            page.text()
        );
        assert_eq!(an.get(&id).await.status, 404);
        assert_eq!(trail(&world).await, ["addition", "change", "removal"]);
        assert_eq!(
            world.work().await,
            1,
            "scripts are read anew once, however much was changed"
        );
    })
    .await;
}

async fn trail(world: &crate::world::World) -> Vec<String> {
    let lines = loa::audit::entity::entry::Entity::find()
        .filter(loa::audit::entity::entry::Column::Subject.eq("lexicon"))
        .order_by_asc(loa::audit::entity::entry::Column::Id)
        .all(&world.app.db)
        .await
        .unwrap();
    lines.into_iter().map(|line| line.action).collect()
}

#[tokio::test]
async fn everybody_looks_and_only_the_province_changes() {
    on_both("lexicon_rights", async |world| {
        let id = added(&world, "STTTT", "Sở Thông tin").await;
        for login in ["an", "chi"] {
            let mut browser = world.sign_in(login).await;
            assert_eq!(
                add(&mut browser, login, "một hai").await.status,
                303,
                "{login}"
            );
        }
        // Approver, broadcaster, auditor, editor of a commune, leader.
        for login in ["binh", "dung", "em", "giang", "ha"] {
            let mut browser = world.sign_in(login).await;
            let page = browser.get("/lexicon").await;
            assert_eq!(page.status, 200, "{login}");
            assert!(page.links("a[href='/lexicon/new']").is_empty(), "{login}");
            let page = browser.get(&format!("/lexicon/{id}")).await;
            assert!(page.text().contains("Sở Thông tin"), "{login}");
            assert!(page.all("form button.button-primary").is_empty(), "{login}");
            assert_eq!(browser.get("/lexicon/new").await.status, 403, "{login}");
            browser.get("/lexicon").await;
            let page = browser
                .post("/lexicon", &[("written", "XYZ"), ("spoken", "ích")])
                .await;
            assert_eq!(page.status, 403, "{login}");
            let page = browser
                .post(&format!("/lexicon/{id}/removal"), &[("version", "1")])
                .await;
            assert_eq!(page.status, 403, "{login}");
        }
        let page = world.browser().get("/lexicon").await;
        assert_eq!(
            (page.status.as_u16(), page.location.as_deref()),
            (303, Some("/sign-in?next=/lexicon"))
        );
    })
    .await;
}

#[tokio::test]
async fn what_could_never_be_used_is_refused_beside_its_field() {
    on_both("lexicon_refused", async |world| {
        let mut an = world.sign_in("an").await;
        for (written, spoken, field, text) in [
            ("", "gì đó", "written", "Chưa nhập chữ viết"),
            ("QL 5", "quốc lộ", "written", "không bao giờ được dùng"),
            ("BCĐ", "", "spoken", "Chưa nhập lời đọc"),
            ("BCĐ", "ban 389", "spoken", "Hãy viết thành lời"),
            ("BCĐ", "<b>ban</b>", "spoken", "chỉ gồm chữ cái"),
        ] {
            let page = add(&mut an, written, spoken).await;
            assert_eq!(page.status, 422, "{written} {spoken}");
            assert!(
                page.all(&format!("#{field}-error"))[0].contains(text),
                "{}",
                page.text()
            );
            assert_eq!(page.attribute("#spoken", "value").as_deref(), Some(spoken));
        }
        an.get("/lexicon/new").await;
        let many: Vec<String> = (0..60).map(|number| format!("từ{number}")).collect();
        let fields = [
            ("written", "TT"),
            ("spoken", "thị trấn"),
            ("after", &many.join(", ")),
        ];
        let page = an.post("/lexicon", &fields).await;
        assert!(
            page.all("#after-error")[0].contains("Quá nhiều từ"),
            "{}",
            page.text()
        );
        assert!(page.attribute("details.conditions", "open").is_some());

        let id = added(&world, "BCĐ", "Ban Chỉ đạo").await;
        let page = add(&mut an, "BCĐ", "ban chỉ huy").await;
        assert_eq!(page.status, 422);
        assert_eq!(page.links(".notice a")[0].0, format!("/lexicon/{id}"));
        // Under another condition it is another entry.
        let fields = [
            ("written", "BCĐ"),
            ("spoken", "ban chỉ huy"),
            ("before_number", "yes"),
        ];
        assert_eq!(an.post("/lexicon", &fields).await.status, 303);
    })
    .await;
}

#[tokio::test]
async fn what_is_built_in_is_found_and_named_where_an_entry_takes_its_place() {
    on_both("lexicon_builtin", async |world| {
        let mut an = world.sign_in("an").await;
        let page = an.get("/lexicon?q=uy+ban+nhan").await;
        assert!(
            page.text().contains("Không có mục nào của tỉnh"),
            "{}",
            page.text()
        );
        let links = page.links("section[aria-labelledby=builtin] tbody a");
        let otherwise = links
            .iter()
            .find(|(to, _)| to == "/lexicon/new?written=UBND");
        let page = an.get(&otherwise.expect("UBND").0).await;
        let known = page.all("#remarks li").join(" ");
        assert!(known.contains("“UBND” đọc là “Ủy ban nhân dân”"), "{known}");
        assert_eq!(
            page.all("#reading ruby.said-builtin rt"),
            ["Ủy ban nhân dân"]
        );
        let look = [("written", "UBND"), ("spoken", "ủy ban"), ("then", "look")];
        let page = an.post("/lexicon", &look).await;
        assert_eq!(
            (
                page.status.as_u16(),
                page.attribute("#spoken", "value").as_deref()
            ),
            (200, Some("ủy ban"))
        );

        let page = add(&mut an, "UBND", "ủy ban").await;
        let to = page
            .location
            .expect("the entry, where it is said what it replaces");
        let page = an.get(&to).await;
        assert!(
            page.all("#remarks li")[0].contains("Ủy ban nhân dân"),
            "{}",
            page.text()
        );
        let page = an.get("/lexicon?q=UBND").await;
        assert!(
            page.all("section[aria-labelledby=entries] tbody tr")[0]
                .contains("Có sẵn: Ủy ban nhân dân")
        );
        let text = "UBND xã họp.\r\n\r\nBà con đón nghe.";
        let page = an.post("/lexicon/try", &[("text", text)]).await;
        assert_eq!(page.status, 200);
        assert_eq!(page.all("#reading ruby.said-province rt"), ["ủy ban"]);
        assert_eq!(page.all("#reading .reading p").len(), 2);
        assert!(
            page.all("#text")[0].contains("UBND xã họp."),
            "what was typed is there"
        );
        let page = an
            .post("/lexicon/reading", &[("text", &"a ".repeat(15_001))])
            .await;
        assert!(page.text().contains("30.000"), "{}", page.text());
    })
    .await;
}

#[tokio::test]
async fn two_people_on_one_entry_see_each_other() {
    on_both("lexicon_two", async |world| {
        let id = added(&world, "BCĐ", "Ban Chỉ đạo").await;
        let to = format!("/lexicon/{id}");
        let (mut an, mut chi) = (world.sign_in("an").await, world.sign_in("chi").await);
        an.get(&to).await;
        chi.get(&to).await;
        let by = |spoken: &'static str, version: &'static str| {
            [("written", "BCĐ"), ("spoken", spoken), ("version", version)]
        };
        assert_eq!(chi.post(&to, &by("ban chỉ huy", "1")).await.status, 303);
        let page = an.post(&to, &by("ban điều hành", "1")).await;
        assert_eq!(page.status, 409);
        assert!(
            page.all("#changed")[0].contains("ban chỉ huy"),
            "{}",
            page.text()
        );
        assert_eq!(
            page.attribute("#spoken", "value").as_deref(),
            Some("ban điều hành")
        );
        assert_eq!(
            page.attribute("input[name=version]", "value").as_deref(),
            Some("2")
        );
        let page = chi
            .post(&format!("{to}/removal"), &[("version", "1")])
            .await;
        assert_eq!(page.status, 409);
        assert_eq!(an.post(&to, &by("ban điều hành", "2")).await.status, 303);
        // Nothing changed, nothing noted.
        assert_eq!(an.post(&to, &by("ban điều hành", "3")).await.status, 303);
        assert_eq!(
            chi.post(&format!("{to}/removal"), &[("version", "3")])
                .await
                .status,
            303
        );
        let page = an.post(&to, &by("ban nào", "3")).await;
        assert_eq!(page.status, 409);
        assert_eq!(
            page.attribute("form.form", "action").as_deref(),
            Some("/lexicon"),
            "it would be a new entry"
        );
    })
    .await;
}

#[tokio::test]
async fn a_long_list_is_turned_page_by_page_and_searched_without_marks() {
    on_both("lexicon_long", async |world| {
        let an = world.person_of("an").await;
        for number in 0..53_u8 {
            let letters: String = [number / 26 + b'A', number % 26 + b'A', b'Q']
                .map(char::from)
                .iter()
                .collect();
            let entry = lexicon::Entry {
                written: letters,
                spoken: "cơ quan nào đó".into(),
                note: if number == 7 {
                    "Điện lực".into()
                } else {
                    String::new()
                },
                ..lexicon::Entry::default()
            };
            lexicon::create(&world.app, &an, &entry).await.unwrap();
        }
        let mut browser = world.sign_in("em").await;
        let page = browser.get("/lexicon").await;
        assert_eq!(
            page.all("section[aria-labelledby=entries] tbody tr").len(),
            50
        );
        assert!(page.text().contains("1–50 trong 53 mục"));
        let next = page.links("a[rel=next]")[0].0.clone();
        let page = browser.get(&next).await;
        assert_eq!(
            page.all("section[aria-labelledby=entries] tbody tr").len(),
            3
        );
        let page = browser.get("/lexicon?q=dien+luc&page=900").await;
        assert_eq!(
            page.all("section[aria-labelledby=entries] tbody tr").len(),
            1
        );
        assert_eq!(browser.get("/lexicon?lang=en").await.all("h1"), ["Lexicon"]);
    })
    .await;
}
