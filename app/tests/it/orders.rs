//! Orders of a loudspeaker: its own, signed, in a version that grows; only who is on the air there
//! gives them.

use axum::http::Method;
use chrono::TimeDelta;
use loa::error::Failure;
use loa::ids::SpeakerId;
use loa::speakers::{ask_tone, set_volume};
use loa_air::{Orders, Signed, State, Status, sign_status, verify_orders};

use crate::world::{Page, Receiver, on_both};

fn read(page: &Page, receiver: &Receiver, last: i64) -> Orders {
    let signed: Signed = serde_json::from_slice(&page.bytes).expect("an envelope");
    let now = receiver.now();
    verify_orders(&signed, &receiver.server, receiver.id, last, now).expect("orders that hold")
}

#[tokio::test]
async fn volume_and_test_tone_are_ordered_followed_and_shown() {
    on_both("orders_life", async |world| {
        let outlets = world.outlets().await;
        let receiver = world.receiver(outlets.area_one, 1).await;
        let other = world.receiver(outlets.area_two, 2).await;
        assert_eq!(receiver.get("/orders").await.status, 204, "none yet");

        let mut dung = world.sign_in("dung").await;
        dung.get("/speakers").await;
        let path = format!("/speakers/{}", receiver.id);
        let page = dung
            .post(&format!("{path}/volume"), &[("volume", "65")])
            .await;
        assert_eq!(page.status, 303, "{}", page.text());
        let orders = read(&receiver.get("/orders").await, &receiver, 0);
        assert_eq!((orders.version, orders.volume), (1, Some(65)));
        assert!(orders.tone.is_none());
        let tag = [("if-none-match", "\"v1\"")];
        let page = receiver.send(Method::GET, "/orders", b"", &tag).await;
        assert_eq!(page.status, 304);
        assert_eq!(other.get("/orders").await.status, 204, "not the other's");

        let page = dung.post(&format!("{path}/tone"), &[]).await;
        assert_eq!(page.status, 303, "{}", page.text());
        let orders = read(&receiver.get("/orders").await, &receiver, 1);
        assert_eq!((orders.version, orders.volume), (2, Some(65)));
        let tone = orders.tone.expect("a tone");
        let page = dung.get("/speakers").await;
        assert!(
            page.text().contains("Chờ phát thử âm báo"),
            "{}",
            page.text()
        );
        assert!(page.text().contains("Chưa nhận điều chỉnh mới nhất"));
        let volume = format!("#volume-{}", receiver.id);
        assert_eq!(page.attribute(&volume, "value").as_deref(), Some("65"));

        let status = Status {
            at: receiver.now(),
            clock_offset_ms: 0,
            free_bytes: 1 << 30,
            manifest_version: 0,
            orders_version: 2,
            sounds_held: Vec::new(),
            speaker: receiver.id,
            state: State::Idle,
            tone: Some(tone.id),
            volume: 65,
        };
        let told = receiver
            .post("/status", &sign_status(&receiver.key, &status))
            .await;
        assert_eq!(told.status, 204, "{}", told.text());
        let page = dung.get("/speakers").await;
        assert!(
            page.text().contains("Đã phát thử âm báo"),
            "{}",
            page.text()
        );
        assert!(!page.text().contains("Chưa nhận điều chỉnh mới nhất"));

        // What waited too long is not sounded any more.
        let chi = world.person_of("chi").await;
        let id = SpeakerId(receiver.id);
        ask_tone(&world.app, &chi, id).await.expect("asked");
        world.wait(TimeDelta::minutes(10));
        let orders = read(&receiver.get("/orders").await, &receiver, 3);
        assert!(orders.tone.is_none());
        let page = dung.get("/speakers").await;
        assert!(
            page.text().contains("Chưa phát thử được"),
            "{}",
            page.text()
        );
    })
    .await;
}

#[tokio::test]
async fn only_who_is_on_the_air_there_gives_orders() {
    on_both("orders_rights", async |world| {
        let outlets = world.outlets().await;
        let receiver = world.receiver(outlets.area_one, 1).await;
        let id = SpeakerId(receiver.id);
        let app = &world.app;
        let giang = world.person_of("giang").await;
        let refused = set_volume(app, &giang, id, Some(0)).await;
        assert!(matches!(refused, Err(Failure::NotFound)), "{refused:?}");
        let em = world.person_of("em").await;
        let refused = ask_tone(app, &em, id).await;
        assert!(matches!(refused, Err(Failure::Forbidden(_))), "{refused:?}");
        let dung = world.person_of("dung").await;
        let refused = set_volume(app, &dung, id, Some(101)).await;
        assert!(
            matches!(refused, Err(Failure::Invalid("speakers-volume-odd"))),
            "{refused:?}"
        );
        let mut browser = world.sign_in("dung").await;
        browser.get("/speakers").await;
        let path = format!("/speakers/{id}/volume");
        let page = browser.post(&path, &[("volume", "to")]).await;
        assert_eq!(page.status, 422);
        assert_eq!(
            receiver.get("/orders").await.status,
            204,
            "nothing was ordered"
        );

        set_volume(app, &dung, id, Some(0)).await.expect("ordered");
        loa::speakers::revoke(app, &dung, id)
            .await
            .expect("revoked");
        let refused = set_volume(app, &dung, id, None).await;
        assert!(matches!(refused, Err(Failure::Conflict(_))), "{refused:?}");
        assert_eq!(receiver.get("/orders").await.status, 401);
    })
    .await;
}
