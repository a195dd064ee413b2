//! Coverage: a year at one look, its silences in words, and only what a person may see.

use loa::coverage::{self, Asked, silences};
use sea_orm::EntityTrait;

use crate::world::on_both;

#[tokio::test]
async fn a_year_at_one_look_and_every_cell_opens_its_evidence() {
    on_both("coverage_page", async |world| {
        let programme = world.programme().await;
        let [one, _] = programme.plan.themes;
        let mut chi = world.sign_in("chi").await;
        let page = chi.get("/coverage").await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert_eq!(page.all("h1"), ["Độ phủ tuyên truyền năm 2026"]);
        let channels = ["Nội dung", "Truyền thanh cơ sở", "Cổng thông tin điện tử"];
        assert_eq!(page.all(".coverage thead th"), channels);
        assert_eq!(
            page.all(".coverage tbody th"),
            ["II.1.1Cơ chế một cửa", "II.1.2Chuyển đổi số"]
        );
        // Twelve marks a strip: on the portal in March, on loudspeakers twice in September.
        let strips = page.all(".strip");
        assert_eq!(strips.len(), 4);
        let said = "II.1.1 trên Truyền thanh cơ sở: 2 lượt có minh chứng, \
                    im lặng tháng 1, 2, 3, 4, 5, 6, 7, 8, 10";
        assert_eq!(strips[0], said);
        assert_eq!(page.all(".strip-months i").len(), 48);
        assert_eq!(page.all(".strip-months .heat-2").len(), 1);
        assert_eq!(page.all(".strip-months .heat-1").len(), 1);
        assert_eq!(page.all(".strip-months .heat-future").len(), 4, "December");
        assert_eq!(
            page.all(".strip-months .heat-0").len(),
            4,
            "November still runs"
        );
        assert_eq!(page.all(".strip-months .heat-silent").len(), 48 - 10);
        for (link, _) in page.links(".strip") {
            let opened = chi.get(&link).await;
            assert_eq!(opened.status, 200, "{link}");
        }

        // One channel by month; each number opens as many entries.
        let page = chi.get("/coverage?channel=loudspeaker").await;
        assert_eq!(page.all("h2#one"), ["Truyền thanh cơ sở theo tháng"]);
        let cells = page.links(".coverage-months td a");
        assert_eq!(cells.len(), 22, "twice eleven months");
        let (link, text) = &cells[8];
        assert_eq!(text, "2 lượt có minh chứng");
        let month = format!("theme={one}&channel=loudspeaker&month=2026-09");
        assert!(link.contains(&month), "{link}");
        let opened = chi.get(link).await;
        assert_eq!(opened.all("tbody tr").len(), 2, "{}", opened.text());
        assert!(cells[0].1.ends_with("im lặng"));

        // What came in 2025 is shown there.
        let page = chi.get("/coverage?year=2025").await;
        assert_eq!(page.all(".strip-months .heat-1").len(), 1);
        for odd in ["year=2019", "year=2027", "plan=99", "unit=99", "unit=x"] {
            assert_eq!(
                chi.get(&format!("/coverage?{odd}")).await.status,
                404,
                "{odd}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn silence_is_named() {
    on_both("coverage_silence", async |world| {
        world.programme().await;
        let mut chi = world.sign_in("chi").await;
        let page = chi.get("/coverage").await;
        assert_eq!(
            page.all("#silence + ul li"),
            [
                "II.1.2 Chuyển đổi sốIm lặng từ đầu năm, 10 tháng, trên: mọi hình thức Kế hoạch yêu cầu",
                "II.1.1 Cơ chế một cửaIm lặng 7 tháng, từ tháng 4/2026, trên: Cổng thông tin điện tử",
                "II.1.1 Cơ chế một cửaIm lặng 1 tháng, tháng 10/2026, trên: Truyền thanh cơ sở",
            ]
        );
        let mut english = world.sign_in("em").await;
        let page = english.get("/coverage?lang=en").await;
        assert!(page.all("#silence + ul li")[0].contains("Silent since the year began, 10 months"));
    })
    .await;
}

#[tokio::test]
async fn a_person_sees_the_coverage_of_their_own_units() {
    on_both("coverage_rights", async |world| {
        let programme = world.programme().await;
        let asked = |unit| Asked {
            plan: programme.plan.id,
            year: 2026,
            unit,
        };
        let (one, two) = (world.unit("xa-mot").await, world.unit("xa-hai").await);
        for (login, unit, total) in [
            ("chi", None, 3),
            ("chi", Some(one), 1),
            ("chi", Some(two), 1),
            ("dung", None, 1),
            ("giang", None, 1),
            ("an", None, 0),
        ] {
            let person = world.person_of(login).await;
            let table = coverage::table(&world.app, &person, asked(unit)).await;
            let table = table.expect("a table");
            let channels = table.channels.iter().map(|channel| channel.kind);
            let sum: i64 = channels.map(|kind| table.total(0, kind)).sum();
            assert_eq!(sum, total, "{login} {unit:?}");
            if login == "an" {
                assert!(silences(&table).iter().all(|silence| silence.months == 10));
            }
        }
        let mut dung = world.sign_in("dung").await;
        assert_eq!(dung.get(&format!("/coverage?unit={two}")).await.status, 404);
        let options = dung.get("/coverage").await.all("#unit option");
        assert_eq!(options, ["Mọi đơn vị của tôi", "Phường Một"]);
        let program = world.program("dung").await;
        let page = program
            .get(&format!("/coverage?year=2026&unit={two}"))
            .await;
        assert_eq!(page.status, 404);
        let shown = program.get("/coverage?year=2026").await.json();
        let proven: Vec<_> = shown["cells"]
            .as_array()
            .expect("cells")
            .iter()
            .filter(|cell| cell["items"] == 1)
            .collect();
        assert_eq!(proven.len(), 1);
        assert_eq!(proven[0]["month"], "2026-09");
        assert_eq!(proven[0]["proofs"], 2);
        assert_eq!(proven[0]["seconds"], 95);
    })
    .await;
}

#[tokio::test]
async fn the_table_comes_as_a_file_for_spreadsheets() {
    on_both("coverage_csv", async |world| {
        use loa::plans::entity::theme;
        use sea_orm::sea_query::Expr;
        world.programme().await;
        theme::Entity::update_many()
            .col_expr(theme::Column::Label, Expr::value("=1+1"))
            .exec(&world.app.db)
            .await
            .expect("renamed");
        let mut chi = world.sign_in("chi").await;
        let page = chi.get("/coverage").await;
        let links = page.links(".page-head .button");
        let file = chi.get(&links[0].0).await;
        assert_eq!(file.status, 200);
        let text = file.text();
        assert!(text.starts_with("\u{feff}Mục,Nội dung,Hình thức,Tháng,"));
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 1 + 4 * 11, "themes × channels × months so far");
        assert!(
            lines.contains(&"II.1.1,'=1+1,Truyền thanh cơ sở,2026-09,2,3,190"),
            "{text}"
        );
    })
    .await;
}

#[tokio::test]
async fn without_a_plan_it_says_what_to_do() {
    on_both("coverage_empty", async |world| {
        let mut chi = world.sign_in("chi").await;
        let page = chi.get("/coverage").await;
        assert_eq!(page.status, 200);
        assert_eq!(page.all(".empty h2"), ["Chưa có kế hoạch nào có hiệu lực"]);
        assert_eq!(chi.get("/coverage.csv").await.status, 404);
        assert_eq!(world.browser().get("/coverage").await.status, 303);
    })
    .await;
}

#[tokio::test]
async fn every_clause_shows_what_was_done_for_it() {
    on_both("results", async |world| {
        let programme = world.programme().await;
        let (plan, [one, _]) = (programme.plan.id, programme.plan.themes);
        let mut chi = world.sign_in("chi").await;
        let page = chi.get(&format!("/plans/{plan}/results")).await;
        assert_eq!(page.status, 200, "{}", page.text());
        let clauses = page.all(".results tbody th .clause-no");
        assert_eq!(clauses, ["II.1.1", "II.1.2", "IV.1"], "only what is asked");
        // Three proven deliveries of theme one; each figure opens as many entries.
        let (link, text) = &page.links(".results a[href^='/evidence']")[0];
        let known = format!("theme={one}");
        assert!(
            link.contains(&known) && text.starts_with('3'),
            "{link} {text}"
        );
        assert_eq!(chi.get(link).await.all("tbody tr").len(), 3);
        assert!(page.text().contains("Có minh chứng: "), "{}", page.text());
        assert!(!page.links(".results a[href^='/stories']").is_empty());
        assert_eq!(chi.get("/plans/99/results").await.status, 404);
    })
    .await;
}
