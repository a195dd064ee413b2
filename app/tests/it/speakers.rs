//! How loudspeakers are, who is told when one needs looking after, and how long they were there.

use chrono::TimeDelta;
use loa::speakers::{self, Health};
use loa_air::{State, Status, sign_status};

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
