//! How loudspeakers are, who is told when one needs looking after, and how long they were there.

use std::sync::Arc;

use axum::http::header;
use chrono::TimeDelta;
use loa::app::App;
use loa::clock::SystemChance;
use loa::ids::SpeakerId;
use loa::speakers::{self, Health, set_place};
use loa_air::{SecretKey, State, Status, sign_status};

use crate::world::{Receiver, World, on_both};

async fn tell(receiver: &Receiver, change: impl FnOnce(&mut Status)) {
    let mut status = Status {
        at: receiver.now(),
        clock_offset_ms: 0,
        free_bytes: 1 << 30,
        manifest_version: 1,
        orders_version: 0,
        sounds_held: Vec::new(),
        speaker: receiver.id,
        state: State::Idle,
        tone: None,
        volume: 80,
    };
    change(&mut status);
    let page = receiver
        .post("/status", &sign_status(&receiver.key, &status))
        .await;
    assert_eq!(page.status, 204, "{}", page.text());
}

async fn alarms(world: &World, login: &str) -> Vec<Health> {
    let person = world.person_of(login).await;
    let alarms = speakers::alarms(&world.app, &person).await.expect("alarms");
    alarms.iter().map(|alarm| alarm.health).collect()
}

#[tokio::test]
async fn a_loudspeaker_that_is_silent_when_it_should_play_is_told_of() {
    on_both("speakers_silent", async |world| {
        let on_air = world.on_air().await;
        let receiver = &on_air.receiver;
        tell(receiver, |_| {}).await;
        assert!(alarms(&world, "dung").await.is_empty());
        // The slot has begun: it plays, and is well.
        world.wait(TimeDelta::minutes(60));
        receiver.manifest().await;
        tell(receiver, |told| told.state = State::Playing).await;
        assert!(alarms(&world, "dung").await.is_empty());
        // Another tells that it does nothing; the sound is still being said elsewhere.
        let length = i64::try_from(receiver.manifest().await.slots[0].items[0].duration_ms);
        let length = length.expect("a length");
        assert!(length > 1_000);
        let mut dung = world.sign_in("dung").await;
        let page = dung.get("/speakers").await;
        assert_eq!(page.all("tbody .tag"), ["Đang phát"]);

        // Its clock is off, its disk is full: those who run the area are told, others are not.
        world.wait(TimeDelta::minutes(10));
        tell(receiver, |told| told.clock_offset_ms = 3_600_000).await;
        assert_eq!(alarms(&world, "dung").await, [Health::ClockOff]);
        assert_eq!(
            alarms(&world, "chi").await,
            [Health::ClockOff],
            "the province too"
        );
        assert!(alarms(&world, "giang").await.is_empty());
        tell(receiver, |told| told.free_bytes = 1_000).await;
        assert_eq!(alarms(&world, "dung").await, [Health::Full]);
        let home = dung.get("/home").await;
        let lines = home.all("section[aria-labelledby=waiting] .lines a");
        assert!(
            lines
                .iter()
                .any(|line| line.starts_with("Loa cần kiểm tra")),
            "{lines:?}"
        );

        // It is heard of no more.
        world.wait(TimeDelta::minutes(6));
        assert_eq!(alarms(&world, "dung").await, [Health::Away]);
        let chi = world.person_of("chi").await;
        speakers::revoke(&world.app, &chi, loa::ids::SpeakerId(receiver.id))
            .await
            .expect("taken off");
        assert!(alarms(&world, "dung").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn how_long_loudspeakers_were_there_is_told_by_area_and_month() {
    on_both("speakers_presence", async |world| {
        let outlets = world.outlets().await;
        let receiver = world.receiver(outlets.area_one, 1).await;
        // It enrolled at 9 o'clock: an hour in touch, an hour away, a quarter in touch.
        for _ in 0..8 {
            receiver.manifest().await;
            world.wait(TimeDelta::seconds(450));
        }
        world.wait(TimeDelta::minutes(60));
        for _ in 0..3 {
            receiver.manifest().await;
        }
        // Nine quarters are begun, five of them were used.
        let mut chi = world.sign_in("chi").await;
        let page = chi.get("/speakers/presence").await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert!(page.all("h1")[0].contains("11/2026"));
        assert_eq!(page.all("tbody th")[0], "Cụm loa Phường Một");
        assert_eq!(page.all("tbody td"), ["1", "55,6 %", "0", "–"]);
        let before = chi.get("/speakers/presence?month=2026-10").await;
        assert!(before.all("tbody tr")[0].contains('–'));
        for odd in ["2026-13", "x", "99999-01"] {
            let page = chi.get(&format!("/speakers/presence?month={odd}")).await;
            assert_eq!(page.status, 404, "{odd}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_new_device_takes_the_place_of_another_in_one_step() {
    on_both("speakers_replaced", async |world| {
        let outlets = world.outlets().await;
        let old = world.receiver(outlets.area_one, 1).await;
        let dung = world.person_of("dung").await;
        let id = SpeakerId(old.id);
        set_place(&world.app, &dung, id, "20.5411, 105.9139")
            .await
            .expect("a place");
        let mut browser = world.sign_in("dung").await;
        let page = browser.get("/speakers").await;
        let name = page.all("tbody th").remove(0);
        let path = format!("/speakers/{id}/replacement");
        let page = browser.post(&path, &[]).await;
        assert_eq!(page.status, 200, "{}", page.text());
        let code = page.all("[data-code]").remove(0);
        // Until the new one is there, the old one goes on.
        old.manifest().await;
        let new = SecretKey::from_seed(&[9; 32]);
        let page = world.enrol(code.trim(), &new).await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert_eq!(
            old.get(&format!("/areas/{}/manifest", old.area))
                .await
                .status,
            401,
            "it is off the air"
        );
        let page = browser.get("/speakers").await;
        assert_eq!(page.all("tbody th"), [name.clone(), name]);
        let listed = world.program("dung").await.get("/speakers").await.json();
        let speakers = listed["speakers"].as_array().expect("a list");
        assert_eq!(speakers[0]["health"], "revoked");
        assert_eq!(speakers[1]["health"], "never");
        assert_eq!(speakers[1]["latitude"], 20.5411);
        // A code works once, and nobody replaces what is off the air, or what is not theirs.
        let again = world
            .enrol(code.trim(), &SecretKey::from_seed(&[8; 32]))
            .await;
        assert_eq!(again.status, 403);
        assert_eq!(browser.post(&path, &[]).await.status, 409);
        let giang = world.person_of("giang").await;
        let foreign = speakers::issue_replacement(&world.app, &giang, SpeakerId(old.id + 1)).await;
        assert!(foreign.is_err());
    })
    .await;
}

#[tokio::test]
async fn the_map_shows_where_loudspeakers_stand_and_how_they_are() {
    on_both("speakers_map", async |mut world| {
        let outlets = world.outlets().await;
        let one = world.receiver(outlets.area_one, 1).await;
        let other = world.receiver(outlets.area_one, 2).await;
        let far = world.receiver(outlets.area_two, 3).await;
        let mut chi = world.sign_in("chi").await;
        let page = chi.get("/speakers/map").await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert!(page.all("figure.map").is_empty(), "nothing has a place yet");
        assert!(page.text().contains("3 loa"), "{}", page.text());
        let odd = chi
            .post(
                &format!("/speakers/{}/place", one.id),
                &[("place", "105.9, 20.5")],
            )
            .await;
        assert_eq!(odd.status, 422);
        for (receiver, place) in [
            (&one, "20.5411, 105.9139"),
            (&other, "https://maps.example/@20.5502,105.9201,15z"),
            (&far, "20.6 106.0"),
        ] {
            let path = format!("/speakers/{}/place", receiver.id);
            let page = chi.post(&path, &[("place", place)]).await;
            assert_eq!(page.status, 303, "{}", page.text());
        }
        tell(&one, |told| told.volume = 0).await;
        tell(&other, |_| {}).await;
        let page = chi.get("/speakers/map").await;
        assert_eq!(page.all("figure.map a").len(), 2, "an area each");
        assert_eq!(page.all("figure.map a.map-alarm").len(), 1);
        assert_eq!(page.all("figure.map .map-count"), ["2"]);
        assert!(page.all("figure.map image").is_empty(), "it needs nobody");
        let near = chi
            .get(&format!("/speakers/map?area={}", outlets.area_one))
            .await;
        assert_eq!(near.all("figure.map a").len(), 2);
        assert_eq!(near.all("tbody tr").len(), 2);
        assert!(
            near.text().contains("20.54110, 105.91390"),
            "{}",
            near.text()
        );
        let mut giang = world.sign_in("giang").await;
        let page = giang.get("/speakers/map").await;
        assert_eq!(page.all("figure.map a").len(), 1, "her own area only");
        let foreign = format!("/speakers/map?area={}", outlets.area_one);
        assert_eq!(giang.get(&foreign).await.status, 404);

        // A tile server lies under it, and its pictures alone are let in.
        let mut config = world.app.config.clone();
        config.map.tiles = Some("https://tiles.example.vn/{z}/{x}/{y}.png".into());
        let (db, clock) = (world.app.db.clone(), world.clock.clone());
        world.app = App::with(config, db, clock, Arc::new(SystemChance)).expect("an installation");
        let mut chi = world.sign_in("chi").await;
        let page = chi.get("/speakers/map").await;
        let tiles = page.attributes("figure.map image", "href");
        assert!((4..=20).contains(&tiles.len()), "{tiles:?}");
        assert!(
            tiles
                .iter()
                .all(|tile| tile.starts_with("https://tiles.example.vn/")),
            "{tiles:?}"
        );
        let policy = page.headers[header::CONTENT_SECURITY_POLICY]
            .to_str()
            .expect("text");
        assert!(
            policy.contains("img-src 'self' data: https://tiles.example.vn;"),
            "{policy}"
        );
        let other = chi.get("/speakers").await;
        let policy = other.headers[header::CONTENT_SECURITY_POLICY]
            .to_str()
            .expect("text");
        assert!(!policy.contains("tiles.example.vn"), "{policy}");
    })
    .await;
}
