//! The same for programs.

use axum::http::header;
use serde_json::{Value, json};

use super::{SMALL, small_live};
use crate::world::{Program, on_both};

/// Accepts all as they are.
async fn accept(program: &Program, path: &str) {
    let listed = program.get(&format!("{path}/elements")).await.json();
    let seen: Vec<Value> = listed["elements"]
        .as_array()
        .expect("elements")
        .iter()
        .map(|one| json!({"id": one["id"], "version": one["version"]}))
        .collect();
    let page = program
        .post(&format!("{path}/acceptance"), &json!({"elements": seen}))
        .await;
    assert_eq!(page.json(), json!({"left": []}), "{}", page.text());
}

#[tokio::test]
async fn programs_import_and_confirm() {
    on_both("plans_api", async |world| {
        let chi = world.program("chi").await;
        let unit = world.unit("so").await;
        let path = format!("/plans?name=nho.md&unit={unit}");
        let page = chi.upload(&path, SMALL.as_bytes()).await;
        assert_eq!(page.status, 201, "{}", page.text());
        let made = page.json();
        let id = made["id"].as_i64().expect("an id");
        assert_eq!(
            page.headers[header::LOCATION],
            format!("/api/v1/plans/{id}")
        );
        assert_eq!(
            (made["state"].as_str(), made["number"].as_str()),
            (Some("draft"), None)
        );
        assert_eq!(made["reports"][0]["due"], "10-01");
        let path = format!("/plans/{id}");
        assert_eq!(chi.get(&path).await.json(), made);
        let giang = world.program("giang").await;
        assert_eq!(giang.get(&path).await.status, 404);
        assert_eq!(giang.get("/plans").await.json(), json!({"plans": []}));
        assert_eq!(
            giang
                .post(&format!("{path}/confirmation"), &json!({}))
                .await
                .status,
            404
        );

        accept(&chi, &path).await;
        let page = chi.post(&format!("{path}/confirmation"), &json!({})).await;
        assert_eq!(
            (
                page.status.as_u16(),
                page.json()["state"].as_str().map(str::to_owned)
            ),
            (200, Some("live".into()))
        );
        let page = chi.post(&format!("{path}/confirmation"), &json!({})).await;
        assert_eq!(page.status, 409);
        assert_eq!(page.json()["type"], "about:blank#plans-confirmed");
        assert_eq!(giang.get("/plans").await.json()["plans"][0]["id"], id);
        assert_eq!(
            giang.get(&path).await.json()["themes"][0]["clause"],
            "I.1.1"
        );
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_read_is_a_problem_document() {
    on_both("plans_api_faults", async |world| {
        let chi = world.program("chi").await;
        let unit = world.unit("so").await;
        let path = format!("/plans?name=x.docx&unit={unit}");
        let large = vec![b'a'; 50 * 1024 * 1024];
        for (bytes, words) in [
            (b"".as_slice(), "Tệp trống"),
            (b"PK\x03\x04", "DOCX bị hỏng"),
            (&large, "50 MB"),
        ] {
            let page = chi.upload(&path, bytes).await;
            assert_eq!(page.status, 422);
            assert_eq!(
                page.headers[header::CONTENT_TYPE],
                "application/problem+json"
            );
            assert!(
                page.json()["detail"]
                    .as_str()
                    .expect("words")
                    .contains(words),
                "{}",
                page.text()
            );
        }
        let page = chi.upload("/plans?name=x.md", b"I. MUC\n\n1. Viec\n").await;
        assert_eq!(
            (page.status.as_u16(), page.json()["status"].as_u64()),
            (422, Some(422))
        );
        let giang = world.program("giang").await;
        assert_eq!(giang.upload(&path, SMALL.as_bytes()).await.status, 404);
        let an = world.program("an").await;
        assert_eq!(an.upload(&path, SMALL.as_bytes()).await.status, 403);
    })
    .await;
}

#[tokio::test]
async fn duties_are_listed_with_who_holds_them() {
    on_both("duties_api", async |world| {
        small_live(&world).await;
        let dung = world.program("dung").await;
        let duties = dung.get("/duties").await.json();
        assert_eq!(duties["duties"].as_array().map(Vec::len), Some(3));
        let second = &duties["duties"][1];
        assert_eq!(
            (second["clause"].as_str(), second["cadence"].as_str()),
            (Some("II.2"), Some("monthly"))
        );
        assert_eq!(
            (
                second["own"].as_bool(),
                second["parties"][0]["role"].as_str()
            ),
            (Some(true), Some("asked"))
        );
        let unit = world.unit("xa-hai").await;
        let of = dung.get(&format!("/duties?unit={unit}")).await.json();
        assert_eq!(of["duties"].as_array().map(Vec::len), Some(1));
        assert_eq!(
            dung.get("/duties?plan=999").await.json(),
            json!({"duties": []})
        );
    })
    .await;
}
