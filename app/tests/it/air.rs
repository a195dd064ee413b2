//! Loudspeakers: enrolled once, believed only by their signature, and what they refuse is seen.

use axum::http::Method;
use chrono::TimeDelta;
use loa::speakers;
use loa_air::{Reason, Refusal, SecretKey, What};

use crate::world::on_both;

#[tokio::test]
async fn a_code_is_shown_once_works_once_and_for_a_day() {
    on_both("air_enrolment", async |world| {
        let outlets = world.outlets().await;
        let mut dung = world.sign_in("dung").await;
        let page = dung.get("/speakers").await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert_eq!(page.all("main h2"), ["Cụm loa Phường Một"]);
        let area = outlets.area_one.to_string();
        let fields = [("area", area.as_str()), ("name", "Loa chợ")];
        let page = dung.post("/speakers/codes", &fields).await;
        assert_eq!(page.status, 200, "{}", page.text());
        let code = page.all("[data-code]").remove(0);
        assert!(!dung.get("/speakers").await.text().contains(&code));

        // As somebody types it from a piece of paper.
        let typed = code.to_lowercase().replace('-', " ");
        let first = world.enrol(&typed, &SecretKey::from_seed(&[1; 32])).await;
        assert_eq!(first.status, 200, "{}", first.text());
        assert_eq!(first.json()["area"], outlets.area_one.0);
        assert_eq!(first.json()["poll_seconds"], 30);
        let second = world.enrol(&code, &SecretKey::from_seed(&[2; 32])).await;
        assert_eq!(second.status, 403, "{}", second.text());
        assert_eq!(
            second.json()["title"],
            "Mã ghi danh không đúng, đã dùng hoặc đã hết hạn"
        );
        assert_eq!(dung.get("/speakers").await.all("tbody th"), ["Loa chợ"]);

        let person = world.person_of("dung").await;
        let old = speakers::issue_code(&world.app, &person, outlets.area_one, "")
            .await
            .expect("a code");
        world.wait(TimeDelta::hours(25));
        let late = world
            .enrol(&old.text, &SecretKey::from_seed(&[3; 32]))
            .await;
        assert_eq!(late.status, 403);
    })
    .await;
}

#[tokio::test]
async fn the_server_keeps_one_key_and_never_in_clear() {
    on_both("air_key", async |world| {
        let outlets = world.outlets().await;
        let one = world.receiver(outlets.area_one, 1).await;
        let two = world.receiver(outlets.area_two, 2).await;
        assert_eq!(one.server, two.server);
        let secret = speakers::secret_key(&world.app).await.expect("a key");
        assert_eq!(secret.public(), one.server);

        // A key that is enrolled cannot come again under another code.
        let chi = world.person_of("chi").await;
        let code = speakers::issue_code(&world.app, &chi, outlets.area_two, "")
            .await
            .expect("a code");
        let again = world
            .enrol(&code.text, &SecretKey::from_seed(&[1; 32]))
            .await;
        assert_eq!(again.status, 409, "{}", again.text());
        let odd = world.enrol("ABCD", &SecretKey::from_seed(&[9; 32])).await;
        assert_eq!(odd.status, 403);
    })
    .await;
}

#[tokio::test]
async fn codes_are_made_by_those_who_run_the_loudspeakers() {
    on_both("air_rights", async |world| {
        let outlets = world.outlets().await;
        let area = outlets.area_one.to_string();
        let fields = [("area", area.as_str())];
        // An editor of another commune does not see the area, an auditor sees it and changes nothing.
        for (login, status) in [("giang", 404), ("em", 403)] {
            let mut browser = world.sign_in(login).await;
            browser.get("/speakers").await;
            let page = browser.post("/speakers/codes", &fields).await;
            assert_eq!(page.status, status, "{login}: {}", page.text());
        }
        let program = world.program("giang").await;
        let body = serde_json::json!({ "area": outlets.area_one });
        assert_eq!(program.post("/speakers/codes", &body).await.status, 404);
        let program = world.program("dung").await;
        let page = program.post("/speakers/codes", &body).await;
        assert_eq!(page.status, 201, "{}", page.text());
        assert_eq!(page.json()["code"].as_str().map(str::len), Some(14));
    })
    .await;
}

#[tokio::test]
async fn a_request_counts_once_as_it_was_signed_and_only_for_a_while() {
    on_both("air_requests", async |world| {
        let outlets = world.outlets().await;
        let receiver = world.receiver(outlets.area_one, 1).await;
        let path = format!("/areas/{}/manifest", receiver.area);
        let nonce = "00112233445566778899";
        let signed = receiver.sign("GET", &path, b"", receiver.now(), nonce);
        let first = receiver
            .send_as(Method::GET, &path, b"", &signed, &[])
            .await;
        assert_eq!(first.status, 200, "{}", first.text());
        let again = receiver
            .send_as(Method::GET, &path, b"", &signed, &[])
            .await;
        assert_eq!(again.status, 401, "heard on the wire and sent again");
        let time = again.headers.get("loa-time").expect("the time");
        let now = receiver.now().timestamp_millis().to_string();
        assert_eq!(time.to_str().expect("digits"), now);

        // The number is forgotten only when the time of the request no longer passes.
        world.wait(TimeDelta::minutes(14));
        loa::schedule::look_after(&world.app).await;
        let late = receiver
            .send_as(Method::GET, &path, b"", &signed, &[])
            .await;
        assert_eq!(late.status, 401);

        let signed = receiver.sign(
            "POST",
            "/refusals",
            b"[]",
            receiver.now(),
            "a123456789abcdef",
        );
        let altered = receiver
            .send_as(Method::POST, "/refusals", b"[ ]", &signed, &[])
            .await;
        assert_eq!(altered.status, 401, "a body that was altered");
        let moved = receiver
            .send_as(Method::POST, "/status", b"[]", &signed, &[])
            .await;
        assert_eq!(moved.status, 401, "a path that was altered");
        let right = receiver
            .send_as(Method::POST, "/refusals", b"[]", &signed, &[])
            .await;
        assert_eq!(right.status, 200, "{}", right.text());

        for minutes in [-16, 16] {
            let at = receiver.now() + TimeDelta::minutes(minutes);
            let nonce = format!("b123456789abcdef{}", minutes + 20);
            let signed = receiver.sign("GET", &path, b"", at, &nonce);
            let page = receiver
                .send_as(Method::GET, &path, b"", &signed, &[])
                .await;
            assert_eq!(page.status, 401, "{minutes} minutes off");
        }
        for odd in ["", "Loa", "Loa 1.2.3.4", "Bearer x"] {
            let page = receiver.send_as(Method::GET, &path, b"", odd, &[]).await;
            assert_eq!(page.status, 401, "{odd:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_revoked_loudspeaker_is_answered_nothing() {
    on_both("air_revoked", async |world| {
        let outlets = world.outlets().await;
        let receiver = world.receiver(outlets.area_one, 1).await;
        let path = format!("/areas/{}/manifest", receiver.area);
        assert_eq!(receiver.get(&path).await.status, 200);
        let form = format!("/speakers/{}/revocation", receiver.id);
        let mut giang = world.sign_in("giang").await;
        giang.get("/speakers").await;
        assert_eq!(giang.post(&form, &[]).await.status, 404);
        assert_eq!(receiver.get(&path).await.status, 200);

        let mut dung = world.sign_in("dung").await;
        dung.get("/speakers").await;
        assert_eq!(dung.post(&form, &[]).await.status, 303);
        assert_eq!(receiver.get(&path).await.status, 401);
        let page = dung.get("/speakers").await;
        assert_eq!(page.all("tbody .tag"), ["Đã thu hồi quyền"]);
        assert_eq!(dung.post(&form, &[]).await.status, 409);
    })
    .await;
}

#[tokio::test]
async fn what_a_loudspeaker_refused_is_seen_with_its_reason() {
    on_both("air_refusals", async |world| {
        let outlets = world.outlets().await;
        let receiver = world.receiver(outlets.area_one, 1).await;
        let other = world.receiver(outlets.area_two, 2).await;
        let refusal = Refusal {
            area: receiver.area,
            at: receiver.now(),
            detail: "version 4".into(),
            id: "f-1".into(),
            reason: Reason::BadSignature,
            speaker: receiver.id,
            what: What::Manifest,
        };
        for _ in 0..2 {
            let page = receiver.tell_refusal(&refusal).await;
            assert_eq!(page.status, 200, "{}", page.text());
            assert_eq!(page.json()["acknowledged"][0], "f-1");
        }
        // Nobody refuses in another's name, and two speakers may use the same id.
        let page = other.tell_refusal(&refusal).await;
        assert_eq!(
            page.json()["acknowledged"].as_array().map(Vec::len),
            Some(0)
        );
        let own = Refusal {
            speaker: other.id,
            area: other.area,
            what: What::Sound,
            reason: Reason::WrongHash,
            ..refusal.clone()
        };
        assert_eq!(
            other.tell_refusal(&own).await.json()["acknowledged"][0],
            "f-1"
        );
        assert_eq!(receiver.post("/refusals", &"?").await.status, 422);

        let mut chi = world.sign_in("chi").await;
        assert_eq!(
            chi.get("/speakers").await.all("tbody .late"),
            [
                "Lịch phát: chữ ký không khớp, nội dung đã bị sửa",
                "Âm thanh: âm thanh không đúng mã băm đã ký"
            ]
        );
        let listed = world.program("chi").await.get("/speakers").await.json();
        assert_eq!(
            listed["speakers"][0]["refusals"][0]["reason"],
            "bad_signature"
        );
        let listed = world.program("dung").await.get("/speakers").await.json();
        assert_eq!(listed["speakers"].as_array().map(Vec::len), Some(1));
    })
    .await;
}

#[tokio::test]
async fn a_loudspeaker_that_says_nothing_is_shown_as_away() {
    on_both("air_away", async |world| {
        let outlets = world.outlets().await;
        let receiver = world.receiver(outlets.area_one, 1).await;
        let mut dung = world.sign_in("dung").await;
        assert_eq!(
            dung.get("/speakers").await.all("tbody .tag"),
            ["Chưa liên lạc"]
        );
        let page = receiver.tell_status(0, Vec::new()).await;
        assert_eq!(page.status, 204, "{}", page.text());
        let page = dung.get("/speakers").await;
        assert_eq!(page.all("tbody .tag"), ["Đang kết nối"]);
        assert!(page.text().contains("âm lượng 80%"), "{}", page.text());
        world.wait(TimeDelta::minutes(6));
        assert_eq!(
            dung.get("/speakers").await.all("tbody .tag"),
            ["Mất liên lạc"]
        );
    })
    .await;
}
