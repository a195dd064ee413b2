//! The same life for programs.

use axum::http::header;
use serde_json::{Value, json};

use crate::world::{Page, Program, on_both};

fn tag(page: &Page) -> String {
    page.headers[header::ETAG]
        .to_str()
        .expect("a tag")
        .to_owned()
}

/// Sends JSON with the tag of what was last read.
async fn act(program: &Program, id: i64, noun: &str, body: &Value) -> Page {
    let seen = tag(&program.get(&format!("/stories/{id}")).await);
    let path = format!("/stories/{id}/{noun}");
    program
        .send_with("POST", &path, &[("if-match", &seen)], body)
        .await
}

#[tokio::test]
async fn programs_write_and_two_people_stand_behind_it() {
    on_both("stories_api", async |world| {
        let plan = world.small_plan().await;
        let (an, binh) = (world.program("an").await, world.program("binh").await);
        let unit = world.unit("so").await;
        let page = an.post("/stories", &json!({"title": "x"})).await;
        assert_eq!(page.status, 422);
        assert_eq!(page.headers[header::CONTENT_TYPE], "application/problem+json");
        let wrong: Vec<_> = page.json()["errors"].as_array().unwrap().iter().map(|error| error["field"].clone()).collect();
        assert_eq!(wrong, ["body", "unit", "clause", "themes"]);

        let page = an.post("/stories", &json!({"titel": "x"})).await;
        assert_eq!(page.status, 422);
        assert!(
            page.json()["detail"].as_str().unwrap().contains("titel"),
            "{}",
            page.text()
        );

        let draft = json!({"title": "Từ chương trình", "body": "Nội dung.", "unit": unit, "clause": plan.clause, "themes": plan.themes});
        let page = an.post("/stories", &draft).await;
        assert_eq!(page.status, 201, "{}", page.text());
        let id = page.json()["id"].as_i64().unwrap();
        let path = format!("/stories/{id}");
        let old = tag(&page);

        let mut again = draft.clone();
        again["title"] = json!("Sửa từ chương trình");
        assert_eq!(an.send_with("PUT", &path, &[], &again).await.status, 428);
        let page = an.send_with("PUT", &path, &[("if-match", &old)], &again).await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert_eq!(an.send_with("PUT", &path, &[("if-match", &old)], &again).await.status, 412);
        let page = an.send_with("GET", &path, &[("if-none-match", &tag(&page))], &json!(null)).await;
        assert_eq!(page.status, 304);

        assert_eq!(act(&an, id, "submission", &json!({})).await.json()["state"], "submitted");
        let own = act(&an, id, "approval", &json!({"heard": true})).await;
        assert_eq!(own.status, 403);
        assert_eq!(own.json()["type"], "about:blank#stories-own");
        assert_eq!(act(&binh, id, "return", &json!({"reason": ""})).await.status, 422);
        let page = act(&binh, id, "return", &json!({"reason": "Thiếu số liệu"})).await;
        assert_eq!((page.json()["state"].as_str(), page.json()["returned"].as_str()), (Some("draft"), Some("Thiếu số liệu")));
        act(&an, id, "submission", &json!({})).await;
        let page = act(&binh, id, "approval", &json!({})).await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert_eq!(page.json()["approval"]["sha256"].as_str().map(str::len), Some(64));
        let list = binh.get("/stories?state=approved").await.json();
        assert_eq!((list["total"].as_i64(), list["stories"][0]["id"].as_i64()), (Some(1), Some(id)));

        let giang = world.program("giang").await;
        assert_eq!(giang.get(&path).await.status, 404);
        assert_eq!(giang.get("/stories").await.json()["total"], 0);
    })
    .await;
}
