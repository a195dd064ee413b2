//! The same for programs.

use serde_json::json;

use super::Stage;
use crate::world::on_both;

#[tokio::test]
async fn a_program_makes_and_approves_a_bulletin() {
    on_both("bulletins_api", async |world| {
        let stage = Stage::set(&world, &["Tin một", "Tin hai"], 300).await;
        let path = format!("/slots/{}/bulletin", stage.slot);
        let dung = world.program("dung").await;
        let bare = dung.get(&path).await;
        assert_eq!(bare.json()["bulletin"], json!(null));
        assert_eq!(
            bare.json()["on_air"]["playlist"]["entries"]
                .as_array()
                .unwrap()
                .len(),
            2
        );
        let begun = dung.post(&path, &json!({})).await;
        assert_eq!(begun.status, 201, "{}", begun.text());
        world.work().await;
        let ready = dung.get(&path).await;
        let body = ready.json();
        assert_eq!(body["bulletin"]["state"], "ready");
        let entries = &body["bulletin"]["playlist"]["entries"];
        assert_eq!(entries[0]["kind"], "opening");
        assert_eq!(entries[1]["title"], "Tin một");
        assert_eq!(entries[1]["from_ms"], entries[0]["duration_ms"]);

        let mut order: Vec<i64> =
            serde_json::from_value(body["bulletin"]["stories"].clone()).unwrap();
        order.reverse();
        let draft = json!({
            "opening": "Đài {dia_danh}.", "closing": "", "jingle": "zither", "voice": "vi",
            "speed": 100, "stories": order,
        });
        let send = async |program: &crate::world::Program,
                          method: &str,
                          rest: &str,
                          tag: Option<&str>,
                          body: serde_json::Value| {
            let tag: Vec<_> = tag.iter().map(|tag| ("if-match", *tag)).collect();
            program
                .send_with(method, &format!("{path}{rest}"), &tag, &body)
                .await
        };
        assert_eq!(
            send(&dung, "PUT", "", None, draft.clone()).await.status,
            428
        );
        assert_eq!(
            send(&dung, "PUT", "", Some("\"1.2.x\""), draft.clone())
                .await
                .status,
            412
        );
        let tag = ready.headers["etag"].to_str().unwrap();
        let mut wrong = draft.clone();
        wrong["speed"] = json!(5);
        let refused = send(&dung, "PUT", "", Some(tag), wrong).await;
        assert_eq!(refused.status, 422, "{}", refused.text());
        assert_eq!(refused.json()["errors"][0]["field"], "speed");
        let saved = send(&dung, "PUT", "", Some(tag), draft).await;
        assert_eq!(saved.status, 200, "{}", saved.text());
        world.work().await;

        let ready = dung.get(&path).await;
        let tag = ready.headers["etag"].to_str().unwrap().to_owned();
        let heard = json!({ "heard": true });
        let own = send(&dung, "POST", "/approval", Some(&tag), heard.clone()).await;
        assert_eq!(own.status, 403, "{}", own.text());
        let ha = world.program("ha").await;
        let unheard = send(
            &ha,
            "POST",
            "/approval",
            Some(&tag),
            json!({ "heard": false }),
        )
        .await;
        assert_eq!(unheard.status, 422, "{}", unheard.text());
        let approved = send(&ha, "POST", "/approval", Some(&tag), heard).await;
        assert_eq!(approved.status, 200, "{}", approved.text());
        let on_air = &approved.json()["on_air"];
        assert_eq!(on_air["number"], 1);
        let kinds: Vec<_> = on_air["playlist"]["entries"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| entry["kind"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(kinds, ["opening", "jingle", "story", "jingle", "story"]);
        let taken = dung.post(&format!("{path}/withdrawal"), &json!({})).await;
        assert_eq!(
            taken.json()["on_air"]["number"],
            json!(null),
            "{}",
            taken.text()
        );
        let giang = world.program("giang").await;
        assert_eq!(giang.get(&path).await.status, 404);
    })
    .await;
}
