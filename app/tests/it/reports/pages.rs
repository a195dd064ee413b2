//! The board, the report as it is read, its text, and the evidence behind each figure.

use chrono::TimeDelta;
use loa::reports;

use crate::world::on_both;

#[tokio::test]
async fn the_board_says_who_is_late_and_before_the_first_of_october_ends_in_september() {
    on_both("reports_board", async |world| {
        world.programme().await;
        let mut chi = world.sign_in("chi").await;
        let page = chi.get("/reports").await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert_eq!(page.all("h1"), ["Báo cáo năm 2026"]);
        assert!(
            page.all(".page-head p")
                .join(" ")
                .contains("Hạn cuối: 30/09/2026.")
        );
        let units = [
            "Phường Một",
            "Sở Thông tin và Truyền thông",
            "Tỉnh Hà Nam",
            "Xã Hai",
        ];
        assert_eq!(page.all("tbody th"), units);
        // 24 November is 55 days after 30 September.
        assert_eq!(
            page.all("tbody .late").first().map(String::as_str),
            Some("chậm 55 ngày")
        );
        let giang = world.sign_in("giang").await.get("/reports").await;
        assert_eq!(giang.all("tbody th"), ["Xã Hai"]);
        let earlier = chi.get("/reports?year=2024").await;
        let units = ["Sở Thông tin và Truyền thông", "Tỉnh Hà Nam"];
        assert_eq!(
            earlier.all("tbody th"),
            units,
            "communes were below a district then"
        );
        assert_eq!(chi.get("/reports?year=2029").await.status, 404);

        // One begins from the board.
        chi.get("/reports").await;
        let (regime, unit) = (world.regime().await, world.unit("xa-hai").await);
        let (regime, unit) = (regime.to_string(), unit.to_string());
        let form = [
            ("regime", regime.as_str()),
            ("unit", &unit),
            ("year", "2026"),
        ];
        let page = chi.post("/reports", &form).await;
        assert_eq!(page.status, 303, "{}", page.text());
        let page = chi.get(&page.location.expect("a page")).await;
        assert_eq!(page.all(".page-head h1"), ["Báo cáo của Xã Hai"]);
        let board = chi.get("/reports").await;
        let states = board.all("tbody .tag");
        assert_eq!(states, ["Chưa lập", "Chưa lập", "Chưa lập", "Nháp"]);
    })
    .await;
}

#[tokio::test]
async fn the_last_day_is_the_thirtieth_of_september() {
    on_both("reports_last_day", async |world| {
        world.small_plan().await;
        let chi = world.person_of("chi").await;
        let late = async || {
            let due = reports::due(&world.app, &chi).await.expect("due");
            (
                due.iter().filter(|owed| owed.open()).count(),
                due.iter().filter(|owed| owed.late()).count(),
            )
        };
        assert_eq!(
            late().await,
            (0, 0),
            "what was due before the plan came here is asked of nobody"
        );
        // From 24 November 2026, 9 o'clock, to the evening of 14 September 2027.
        world.wait(TimeDelta::days(294) + TimeDelta::hours(14));
        assert_eq!(late().await, (0, 0));
        world.wait(TimeDelta::hours(1));
        assert_eq!(late().await, (4, 0), "the year is over, all four owe");
        world.wait(TimeDelta::days(15) + TimeDelta::hours(23));
        assert_eq!(late().await, (4, 0), "still 30 September");
        world.wait(TimeDelta::hours(1));
        assert_eq!(late().await, (4, 4), "1 October is too late");
        let id = world.report("chi", "tinh", 2027).await;
        reports::submit(&world.app, &chi, id, None)
            .await
            .expect("submitted");
        assert_eq!(late().await, (3, 3));
    })
    .await;
}

#[tokio::test]
async fn every_figure_of_the_page_opens_its_evidence() {
    on_both("reports_figures", async |world| {
        let programme = world.programme().await;
        let id = world.report("chi", "tinh", 2026).await;
        let mut chi = world.sign_in("chi").await;
        let page = chi.get(&format!("/reports/{id}")).await;
        assert_eq!(page.status, 200, "{}", page.text());
        let figures = page.links("article a.figure");
        assert!(figures.len() >= 10, "{figures:?}");
        for (link, value) in figures {
            let opened = chi.get(&link).await;
            assert_eq!(opened.status, 200, "{link}");
            assert!(
                opened.all("h1")[0].contains(&value),
                "{link}: {:?}",
                opened.all("h1")
            );
        }
        let opened = chi.get(&format!("/reports/{id}/figures/receipts")).await;
        assert_eq!(opened.all("tbody th"), ["Một cửa", "Một cửa"]);
        assert!(opened.all("tbody td").join(" ").contains("Phường Một"));
        assert!(
            opened
                .all("tbody td")
                .join(" ")
                .contains("23:59 14/09/2026")
        );
        let links: Vec<String> = opened
            .links("tbody th a")
            .into_iter()
            .map(|(link, _)| link)
            .collect();
        let entries = programme.heard.map(|seq| format!("/evidence/{seq}"));
        assert_eq!(links, [entries[1].clone(), entries[0].clone()]);

        // A figure with no evidence is 0, and its list says so.
        let empty = world.report("chi", "tinh", 2025).await;
        let opened = chi.get(&format!("/reports/{empty}/figures/total")).await;
        assert_eq!(opened.all("h1"), ["Lượt tin, bài có minh chứng: 0"]);
        assert_eq!(opened.all(".empty h2"), ["Không có minh chứng nào"]);
        assert_eq!(
            chi.get(&format!("/reports/{id}/figures/odd")).await.status,
            404
        );
    })
    .await;
}

#[tokio::test]
async fn the_text_is_honest_at_first_then_written_by_people() {
    on_both("reports_text", async |world| {
        let programme = world.programme().await;
        let empty = world.said(world.report("chi", "tinh", 2025).await).await;
        assert!(
            empty
                .narrative
                .content
                .contains("chưa ghi nhận lượt tin, bài nào")
        );
        assert!(empty.narrative.limits.contains("II.1.2 Chuyển đổi số"));
        assert!(empty.narrative.limits.contains("truyền thanh cơ sở"));
        let id = world.report("chi", "tinh", 2026).await;
        let said = world.said(id).await;
        assert!(said.narrative.limits.contains("đều đã có minh chứng"));

        let mut chi = world.sign_in("chi").await;
        let edit = format!("/reports/{id}/edit");
        let page = chi.get(&edit).await;
        assert_eq!(page.status, 200, "{}", page.text());
        let seen = page.attribute("input[name=seen]", "value").expect("a mark");
        let text = |next: &'static str| [("content", "Phát [total] lượt."), ("next", next)];
        let path = format!("/reports/{id}/text");
        let form = [
            &[("seen", seen.as_str())][..],
            &text("Thêm [theme-99] lượt"),
        ]
        .concat();
        let page = chi.post(&path, &form).await;
        assert_eq!(page.status, 422, "{}", page.text());
        assert_eq!(page.all(".error-summary a").len(), 1);
        assert_eq!(
            page.all("#next"),
            ["Thêm [theme-99] lượt"],
            "what was typed stays"
        );
        let form = [&[("seen", seen.as_str())][..], &text("<b>Ưu tiên</b> loa")].concat();
        assert_eq!(chi.post(&path, &form).await.status, 303);
        let page = chi.get(&format!("/reports/{id}")).await;
        let document = page.all("article").join(" ");
        assert!(document.contains("Phát 3 lượt."), "{document}");
        assert!(
            document.contains("<b>Ưu tiên</b> loa"),
            "text is only ever text"
        );

        // Who began from the older text is told, and loses nothing.
        let page = chi
            .post(
                &path,
                &[&[("seen", seen.as_str())][..], &text("Khác")].concat(),
            )
            .await;
        assert_eq!(page.status, 409);
        assert_eq!(page.all("#next"), ["Khác"]);

        // What people wrote stays when it is counted again; the figure in it follows.
        world
            .prove(programme.failed_delivery, "2026-05-01T18:00", Some(30))
            .await;
        chi.get(&format!("/reports/{id}")).await;
        assert_eq!(
            chi.post(&format!("/reports/{id}/figures"), &[])
                .await
                .status,
            303
        );
        let page = chi.get(&format!("/reports/{id}")).await;
        let document = page.all("article").join(" ");
        assert!(document.contains("Phát 4 lượt."), "{document}");
    })
    .await;
}

#[tokio::test]
async fn a_sentence_nobody_wrote_follows_the_figures() {
    on_both("reports_follow", async |world| {
        let programme = world.programme().await;
        let id = world.report("chi", "xa-mot", 2027).await;
        assert!(
            world
                .said(id)
                .await
                .narrative
                .forms
                .contains("chưa có hình thức nào")
        );
        let said = world
            .prove(programme.failed_delivery, "2026-10-01T17:00", Some(30))
            .await;
        let chi = world.person_of("chi").await;
        reports::recount(&world.app, &chi, id)
            .await
            .expect("counted");
        let content = world.said(id).await;
        assert!(
            content
                .narrative
                .forms
                .contains("[channel-loudspeaker] lượt"),
            "{said}"
        );
        assert!(!content.narrative.limits.contains("truyền thanh"));
    })
    .await;
}
