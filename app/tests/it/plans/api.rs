//! The same for programs.

use axum::http::header;
use serde_json::{Value, json};

use super::{SMALL, small_live};
use crate::world::{Program, on_both};

/// Accepts all that are open as they are.
async fn accept_open(program: &Program, path: &str) {
    let listed = program.get(&format!("{path}/elements")).await.json();
    let seen: Vec<Value> = listed["elements"]
        .as_array()
        .expect("elements")
        .iter()
        .filter(|one| one["state"] == "proposed")
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

        accept_open(&chi, &path).await;
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
async fn programs_decide_about_elements() {
    on_both("plans_api_elements", async |world| {
        let chi = world.program("chi").await;
        let unit = world.unit("so").await;
        let made = chi
            .upload(&format!("/plans?name=nho.md&unit={unit}"), SMALL.as_bytes())
            .await
            .json();
        let path = format!("/plans/{}", made["id"]);
        let listed = chi.get(&format!("{path}/elements")).await.json();
        assert_eq!((&listed["decided"], &listed["total"]), (&json!(0), &json!(8)));
        let first = &listed["elements"][0];
        assert_eq!(
            (&first["kind"], &first["clause"], &first["state"]),
            (&json!("theme"), &json!("part_I__sec_1__point_1"), &json!("proposed"))
        );
        assert_eq!(first["data"], json!({"label": "Cơ chế một cửa"}));
        let one = format!("{path}/elements/{}", first["id"]);
        assert_eq!(&chi.get(&one).await.json(), first);

        // Corrected and accepted in one; then it is no longer as it was seen.
        let decision = format!("{one}/decision");
        let sent = json!({"state": "accepted", "version": 1, "data": {"label": "Một cửa"}});
        let now = chi.post(&decision, &sent).await.json();
        assert_eq!(
            (&now["state"], &now["version"], &now["data"]["label"], &now["proposed"]["label"]),
            (&json!("accepted"), &json!(2), &json!("Một cửa"), &json!("Cơ chế một cửa"))
        );
        let page = chi.post(&decision, &json!({"state": "rejected", "version": 1})).await;
        assert_eq!(page.status, 409);
        assert_eq!(page.json()["type"], "about:blank#plans-element-changed");
        for (sent, field) in [
            (json!({"state": "accepted", "version": 2, "data": {"label": ""}}), Some("label")),
            (json!({"state": "accepted", "version": 2, "data": {"text": "x"}}), None),
            (json!({"state": "perhaps", "version": 2}), None),
            (json!({"state": "rejected", "version": 2, "data": {"label": "x"}}), None),
        ] {
            let page = chi.post(&decision, &sent).await;
            assert_eq!(page.status, 422, "{sent}: {}", page.text());
            assert_eq!(page.headers[header::CONTENT_TYPE], "application/problem+json");
            if let Some(field) = field {
                assert!(page.json()["errors"][field].is_string(), "{}", page.text());
            }
        }
        let new = json!({"kind": "money", "clause": "part_I", "data": {"text": "Ngân sách tỉnh", "amount": 5_000_000}});
        let page = chi.post(&format!("{path}/elements"), &new).await;
        assert_eq!(page.status, 201, "{}", page.text());
        let added = page.json();
        assert_eq!((&added["state"], &added["proposed"]), (&json!("accepted"), &json!(null)));
        assert_eq!(
            page.headers[header::LOCATION],
            format!("/api/v1{path}/elements/{}", added["id"])
        );

        // What is open is named, and nobody else decides.
        let page = chi.post(&format!("{path}/confirmation"), &json!({})).await;
        assert_eq!(page.status, 422);
        assert_eq!(page.json()["type"], "about:blank#plans-undecided");
        assert_eq!(page.json()["elements"].as_array().map(Vec::len), Some(7));
        let giang = world.program("giang").await;
        for asked in [format!("{path}/elements"), one.clone()] {
            assert_eq!(giang.get(&asked).await.status, 404, "{asked}");
        }
        let sent = json!({"state": "rejected", "version": 2});
        assert_eq!(giang.post(&decision, &sent).await.status, 404);

        accept_open(&chi, &path).await;
        let live = chi.post(&format!("{path}/confirmation"), &json!({})).await.json();
        assert_eq!(live["state"], "live");
        let page = chi.post(&decision, &sent).await;
        assert_eq!((page.status.as_u16(), &page.json()["type"]), (409, &json!("about:blank#plans-confirmed")));
        // Whoever sees the plan sees what it was made of.
        let listed = giang.get(&format!("{path}/elements")).await.json();
        assert_eq!((&listed["decided"], &listed["total"]), (&json!(9), &json!(9)));
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
