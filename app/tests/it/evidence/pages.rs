//! The list that figures lead to: filtered, turned over, taken along as CSV, and seen only by those
//! whose stories or outlets it is about.

use chrono::TimeDelta;
use loa_air::{Outcome, Receipt};

use crate::world::{OnAir, World, on_both};

/// One entry that counts at `xa-mot`, one more, one that does not, and one of the portal.
async fn four_entries(world: &mut World) -> OnAir {
    world.go_online().await;
    let on_air = world.on_air().await;
    world
        .release(on_air.story, on_air.outlets.portal, None)
        .await;
    world.work().await;
    let receiver = &on_air.receiver;
    let played = receiver.played("r-1").await;
    let more = Receipt {
        id: "r-2".to_owned(),
        ..played.clone()
    };
    let silent = Receipt {
        id: "r-3".to_owned(),
        outcome: Outcome::Silent,
        ..played.clone()
    };
    world.wait(TimeDelta::minutes(66));
    assert_eq!(
        receiver.tell_receipts(&[played, more, silent]).await.len(),
        3
    );
    on_air
}

#[tokio::test]
async fn every_filter_finds_what_it_names() {
    on_both("evidence_filters", async |mut world| {
        let on_air = four_entries(&mut world).await;
        let mut chi = world.sign_in("chi").await;
        let page = chi.get("/evidence").await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert_eq!(
            page.all("tbody th"),
            [
                "Minh chứng số 4",
                "Minh chứng số 3",
                "Minh chứng số 2",
                "Minh chứng số 1"
            ]
        );
        assert_eq!(
            page.all("tbody .tag"),
            [
                "Không được tính",
                "Minh chứng bổ sung",
                "Minh chứng đầu tiên",
                "Minh chứng đầu tiên"
            ]
        );
        assert_eq!(page.all(".figures dd"), ["2", "3", "4"]);

        let unit = world.unit("xa-mot").await;
        let (plan, [theme, other], delivery) =
            (on_air.plan.id, on_air.plan.themes, on_air.delivery);
        let program = world.program("chi").await;
        for (query, seqs) in [
            (format!("plan={plan}"), vec![4, 3, 2, 1]),
            (format!("plan={}", plan.0 + 1), vec![]),
            (format!("theme={theme}"), vec![4, 3, 2, 1]),
            (format!("theme={other}"), vec![]),
            ("channel=portal".to_owned(), vec![1]),
            ("channel=loudspeaker&count=proofs".to_owned(), vec![3, 2]),
            ("count=items".to_owned(), vec![2, 1]),
            ("count=not".to_owned(), vec![4]),
            (format!("unit={unit}"), vec![4, 3, 2]),
            (
                format!("unit={}", world.unit("tinh").await),
                vec![4, 3, 2, 1],
            ),
            (format!("unit={}", world.unit("xa-hai").await), vec![]),
            (format!("delivery={delivery}"), vec![4, 3, 2]),
            ("month=2026-11".to_owned(), vec![4, 3, 2, 1]),
            ("month=11/2026".to_owned(), vec![4, 3, 2, 1]),
            ("month=2026".to_owned(), vec![4, 3, 2, 1]),
            ("month=2026-10".to_owned(), vec![]),
            ("before=3".to_owned(), vec![2, 1]),
            ("before=3&count=items&channel=".to_owned(), vec![2, 1]),
        ] {
            let json = program.get(&format!("/evidence?{query}")).await.json();
            let found: Vec<_> = json["evidence"]
                .as_array()
                .expect("a list")
                .iter()
                .filter_map(|entry| entry["seq"].as_i64())
                .collect();
            assert_eq!(found, seqs, "{query}");
            let page = chi.get(&format!("/evidence?{query}")).await;
            assert_eq!(page.all("tbody tr").len(), seqs.len(), "{query}");
        }
        for odd in ["month=x", "theme=a", "count=odd", "before=last"] {
            assert_eq!(
                chi.get(&format!("/evidence?{odd}")).await.status,
                422,
                "{odd}"
            );
            let answer = program.get(&format!("/evidence?{odd}")).await;
            assert_eq!(answer.status, 422, "{odd}");
        }
        let json = program.get("/evidence").await.json();
        assert_eq!(
            (
                json["items"].as_i64(),
                json["proofs"].as_i64(),
                json["entries"].as_i64()
            ),
            (Some(2), Some(3), Some(4))
        );
        assert_eq!(chi.get("/evidence?lang=en").await.all("h1"), ["Evidence"]);
    })
    .await;
}

#[tokio::test]
async fn a_cell_of_coverage_is_the_list_behind_it() {
    on_both("evidence_cells", async |mut world| {
        let on_air = four_entries(&mut world).await;
        let plan = on_air.plan.id;
        // Who sees everything, who wrote it, who has the loudspeakers, and who has nothing of it.
        for (login, unit, seen) in [
            ("chi", "own", 2),
            ("chi", "tinh", 2),
            ("chi", "xa-mot", 1),
            ("chi", "xa-hai", 0),
            ("chi", "so", 0),
            ("an", "own", 0),
            ("dung", "own", 1),
            ("dung", "xa-mot", 1),
            ("giang", "own", 0),
        ] {
            let program = world.program(login).await;
            let (of, unit) = match unit {
                "own" => (String::new(), unit.to_owned()),
                key => {
                    let unit = world.unit(key).await;
                    (format!("&unit={unit}"), unit.to_string())
                }
            };
            let coverage = program.get(&format!("/coverage?plan={plan}{of}")).await;
            let mut items = 0;
            for cell in coverage.json()["cells"].as_array().expect("cells") {
                let (theme, month) = (&cell["theme"], cell["month"].as_str().expect("a month"));
                let channel = cell["channel"].as_str().expect("a channel");
                let query = format!(
                    "plan={plan}&theme={theme}&channel={channel}&unit={unit}&month={month}"
                );
                let list = program.get(&format!("/evidence?{query}")).await.json();
                assert_eq!(list["items"], cell["items"], "{login}: {query}");
                assert_eq!(list["proofs"], cell["proofs"], "{login}: {query}");
                items += cell["items"].as_i64().expect("a number");
            }
            assert_eq!(items, seen, "{login} {unit}");
        }
        let mut chi = world.sign_in("chi").await;
        let page = chi.get(&format!("/coverage?plan={plan}")).await;
        let link = page.attribute(".strip", "href").expect("a cell");
        assert!(link.contains("unit=own"), "{link}");
        assert_eq!(chi.get(&link).await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn an_entry_shows_what_it_proves_and_its_place_in_the_chain() {
    on_both("evidence_entry", async |mut world| {
        let on_air = four_entries(&mut world).await;
        let mut dung = world.sign_in("dung").await;
        let ledger = world.ledger().await;
        let page = dung.get("/evidence/2").await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert_eq!(page.all("h1"), ["Trả kết quả tại nhà"]);
        let text = page.text();
        for hash in [&ledger[0].hash, &ledger[1].hash, &ledger[2].hash] {
            assert!(text.contains(hash.as_str()));
        }
        let facts = page.all(".facts dd").join(" | ");
        for part in [
            "Loa nhà văn hóa",
            "phát đủ",
            "80%",
            "0,005 giây",
            "−0,012 giây",
            "Phường Một",
            "II.1.1 Cơ chế một cửa",
            "IV.1",
            "Truyền thanh cơ sở",
        ] {
            assert!(facts.contains(part), "{part}: {facts}");
        }
        let silent = dung.get("/evidence/4").await;
        let why = silent.all(".notice").remove(0);
        assert!(why.starts_with("Loa phát nhưng không có tiếng."), "{why}");
        // The portal's entry is not about anything of this commune.
        assert!(page.attribute("a[href='/evidence/1']", "href").is_none());
        assert_eq!(dung.get("/evidence/1").await.status, 404);
        assert_eq!(dung.get("/evidence/1/page").await.status, 404);
        assert_eq!(dung.get("/evidence/2/page").await.status, 404, "no page");
        assert_eq!(dung.get("/evidence/99").await.status, 404);
        assert_eq!(dung.get("/evidence").await.all("tbody tr").len(), 3);
        let delivery = dung.get(&format!("/deliveries/{}", on_air.delivery)).await;
        assert_eq!(delivery.status, 200);

        // Another commune sees nothing; the author's agency and the auditor see all.
        let mut giang = world.sign_in("giang").await;
        assert!(giang.get("/evidence").await.all("tbody tr").is_empty());
        assert_eq!(giang.get("/evidence/2").await.status, 404);
        let giang = world.program("giang").await;
        assert_eq!(giang.get("/evidence/2").await.status, 404);
        assert_eq!(giang.get("/evidence").await.json()["entries"], 0);
        for login in ["an", "em"] {
            let program = world.program(login).await;
            let json = program.get("/evidence").await.json();
            assert_eq!(json["entries"], 4, "{login}");
        }
        let nobody = world.browser().get("/evidence").await;
        assert_eq!(nobody.status, 303, "sign in first");
    })
    .await;
}

#[tokio::test]
async fn the_table_for_spreadsheets_runs_nothing() {
    on_both("evidence_csv", async |mut world| {
        world.go_online().await;
        let (plan, outlets) = (world.small_plan().await, world.outlets().await);
        let title = r#"=HYPERLINK("http://x.vn","Mở, xem")"#;
        let story = world.approved_story(&plan, title).await;
        world.release(story, outlets.portal, None).await;
        world.work().await;
        let mut chi = world.sign_in("chi").await;
        let page = chi.get("/evidence.csv?channel=portal&month=2026-11").await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert_eq!(page.headers["content-type"], "text/csv; charset=utf-8");
        let text = page.text();
        let text = text.strip_prefix('\u{feff}').expect("the mark of UTF-8");
        let mut table = csv::Reader::from_reader(text.as_bytes());
        let head = table.headers().expect("a head").clone();
        assert_eq!(&head[0], "Số");
        let rows: Vec<_> = table.records().map(|row| row.expect("a row")).collect();
        assert_eq!(rows.len(), 1);
        assert_eq!(&rows[0][11], format!("'{title}").as_str());
        assert_eq!((&rows[0][3], &rows[0][4]), ("Trang đã đăng", "có"));
        assert_eq!(&rows[0][2], "2026-11-24 09:00:00");
        assert_eq!((&rows[0][6], &rows[0][7]), ("Cơ chế một cửa", "IV.1"));
        assert_eq!(&rows[0][17], world.ledger().await[0].hash.as_str());
        let none = chi.get("/evidence.csv?channel=loudspeaker").await;
        assert_eq!(none.text().lines().count(), 1);
        let mut dung = world.sign_in("dung").await;
        assert_eq!(dung.get("/evidence.csv").await.text().lines().count(), 1);
    })
    .await;
}
