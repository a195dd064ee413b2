//! The broker: what is urgent reaches loudspeakers at once, receipts come back, and nobody hears or says
//! what is not theirs.

mod outside;

use chrono::TimeDelta;
use loa::deliveries::State;
use loa::ids::{AreaId, UrgentId};
use loa::{speakers, urgent};
use loa_air::{
    Acknowledged, Expected, Manifest, Notice, Priority, Reason, SecretKey, Signed, Topic,
};
use loa_air::{Status, sign_receipt, sign_status, verify_urgent};

use crate::world::{Line, Receiver, World, on_both};

/// The next urgent manifest, checked as a loudspeaker checks it.
async fn urgent(line: &mut Line, receiver: &Receiver) -> Manifest {
    let mut body = Vec::new();
    while body.is_empty() {
        body = line.next("/urgent").await.expect("the line stands");
    }
    let signed: Signed = serde_json::from_slice(&body).expect("an envelope");
    let expected = Expected {
        area: receiver.area,
        last_version: 0,
        now: receiver.now(),
    };
    assert_eq!(
        verify_urgent(&signed, &SecretKey::from_seed(&[9; 32]).public(), expected),
        Err(Reason::ForeignKey)
    );
    verify_urgent(&signed, &receiver.server, expected).expect("it holds")
}

async fn version(line: &mut Line) -> i64 {
    let body = line.next("/manifest").await.expect("the line stands");
    serde_json::from_slice::<Notice>(&body)
        .expect("a notice")
        .version
}

/// Somebody asks, and Hà hears and sends it.
async fn send(world: &World, asker: &str, area: AreaId) -> UrgentId {
    let id = world.ask_urgent(asker, area).await;
    world.send_urgent(&world.app, id).await;
    id
}

#[tokio::test]
async fn what_is_urgent_is_heard_at_once_and_so_is_its_end() {
    on_both("signal_urgent", async |world| {
        world.small_plan().await;
        let outlets = world.outlets().await;
        let one = world.receiver(outlets.area_one, 1).await;
        let other = world.receiver(outlets.area_two, 2).await;
        world.open_broker().await;
        let mut line = one.connect("0123456789abcdef").await;
        let mut others = other.connect("0123456789abcdef").await;
        let before = version(&mut line).await;
        let id = send(&world, "dung", outlets.area_one).await;
        let asked = urgent(&mut line, &one).await;
        assert_eq!(asked.area, one.area);
        assert!(!asked.slots.is_empty());
        assert!(
            asked
                .slots
                .iter()
                .all(|slot| slot.priority == Priority::Urgent)
        );
        let after = version(&mut line).await;
        assert!(after > before);
        assert_eq!(asked.version, after);
        assert_eq!(one.manifest().await.version, after);

        // Whoever comes later hears it as well.
        let mut late = one.connect("1123456789abcdef").await;
        assert_eq!(urgent(&mut late, &one).await, asked);
        assert!(line.next("/ack").await.is_none(), "one line a loudspeaker");

        let ha = world.person_of("ha").await;
        urgent::cancel(&world.app, &ha, id)
            .await
            .expect("taken back");
        let end = urgent(&mut late, &one).await;
        assert!(end.slots.is_empty() && end.version > asked.version);
        // The other commune heard nothing of it: the next it hears is its own.
        send(&world, "chi", outlets.area_two).await;
        assert_eq!(urgent(&mut others, &other).await.area, other.area);
    })
    .await;
}

#[tokio::test]
async fn a_release_and_a_withdrawal_are_told_of() {
    on_both("signal_news", async |world| {
        let on_air = world.on_air().await;
        world.open_broker().await;
        let mut line = on_air.receiver.connect("0123456789abcdef").await;
        let first = version(&mut line).await;
        let story = world
            .approved_story(&on_air.plan, "Trả lời người dân")
            .await;
        let slot = world.slot(on_air.outlets.area_one, 120, 300).await;
        world.release(story, on_air.outlets.one, Some(slot)).await;
        let second = version(&mut line).await;
        assert!(second > first);
        assert_eq!(on_air.receiver.manifest().await.version, second);
        let binh = world.person_of("binh").await;
        let delivery = loa::deliveries::get(&world.app, &binh, on_air.delivery)
            .await
            .expect("seen");
        loa::deliveries::withdraw(&world.app, &binh, delivery.release.id)
            .await
            .expect("withdrawn");
        assert!(version(&mut line).await > second);
    })
    .await;
}

#[tokio::test]
async fn receipts_over_the_broker_are_kept_and_then_acknowledged() {
    on_both("signal_receipts", async |world| {
        let on_air = world.on_air().await;
        let receiver = &on_air.receiver;
        world.open_broker().await;
        let mut line = receiver.connect("0123456789abcdef").await;
        let receipt = receiver.played("r-1").await;
        world.wait(TimeDelta::minutes(66));
        let receipts = Topic::Receipts(receiver.id).to_string();
        let mut forged = receipt.clone();
        forged.id = "r-2".into();
        let foreign = sign_receipt(&SecretKey::from_seed(&[9; 32]), &forged);
        let own = sign_receipt(&receiver.key, &receipt);
        for _ in 0..2 {
            let body = serde_json::to_vec(&[&foreign, &own]).expect("JSON");
            line.say(&receipts, &body).await;
            let ack = line.next("/ack").await.expect("the line stands");
            let ack: Acknowledged = serde_json::from_slice(&ack).expect("an answer");
            assert_eq!(
                ack.acknowledged,
                ["r-1"],
                "a forged one is not acknowledged"
            );
        }
        assert_eq!(world.state(on_air.delivery).await, State::Proven);
        assert_eq!(world.ledger().await.len(), 1);
        // What is no list of receipts holds up nothing.
        line.say(&receipts, b"{").await;
        line.say(&receipts, &serde_json::to_vec(&[&own]).expect("JSON"))
            .await;
        assert!(line.next("/ack").await.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_status_that_is_said_again_later_makes_nobody_look_well() {
    on_both("signal_status", async |world| {
        let on_air = world.on_air().await;
        let receiver = &on_air.receiver;
        world.open_broker().await;
        let mut line = receiver.connect("0123456789abcdef").await;
        let status = |volume| Status {
            at: receiver.now(),
            clock_offset_ms: 0,
            free_bytes: 1 << 30,
            manifest_version: 1,
            orders_version: 0,
            sounds_held: Vec::new(),
            speaker: receiver.id,
            state: loa_air::State::Idle,
            tone: None,
            volume,
        };
        let early = sign_status(&receiver.key, &status(80));
        world.wait(TimeDelta::minutes(10));
        let late = sign_status(&receiver.key, &status(20));
        let (statuses, receipts) = (Topic::Status(receiver.id), Topic::Receipts(receiver.id));
        // What is said first is kept first; the answer to a receipt says that all before it was.
        let receipt = receiver.played("r-1").await;
        let foreign = sign_receipt(&SecretKey::from_seed(&[9; 32]), &receipt);
        let foreign = serde_json::to_vec(&[foreign]).expect("JSON");
        for (said, volume) in [(&early, 80), (&late, 20), (&early, 20)] {
            let said = serde_json::to_vec(said).expect("JSON");
            line.say(&statuses.to_string(), &said).await;
            line.say(&receipts.to_string(), &foreign).await;
            line.next("/ack").await.expect("the line stands");
            let id = loa::ids::SpeakerId(receiver.id);
            let row = speakers::enrolled(&world.app.db, id)
                .await
                .expect("a store");
            let kept = speakers::last_status(&row.expect("enrolled")).expect("a status");
            assert_eq!(kept.volume, volume);
        }
    })
    .await;
}

#[tokio::test]
async fn only_the_key_opens_and_each_number_once() {
    on_both("signal_door", async |world| {
        let outlets = world.outlets().await;
        let receiver = world.receiver(outlets.area_one, 1).await;
        assert_eq!(
            receiver.get("/broker").await.status,
            404,
            "there is none yet"
        );
        world.open_broker().await;
        let thief = SecretKey::from_seed(&[9; 32]);
        let way = receiver.way_in(&thief, "0123456789abcdef").await;
        assert!(Line::open(way).await.is_err(), "another key");
        let way = receiver.way_in(&receiver.key, "1123456789abcdef").await;
        assert!(Line::open(way.clone()).await.is_ok());
        assert!(Line::open(way).await.is_err(), "captured and replayed");
        let mut as_other = receiver.way_in(&receiver.key, "2123456789abcdef").await;
        let (_, password) = as_other
            .credentials()
            .map(|login| (login.username, login.password))
            .expect("a login");
        as_other.set_credentials("999", password);
        assert!(Line::open(as_other).await.is_err(), "another name");
        let early = receiver.way_in(&receiver.key, "3123456789abcdef").await;
        world.wait(TimeDelta::minutes(16));
        assert!(Line::open(early).await.is_err(), "too old");

        // A stolen loudspeaker is off the line at once, and stays off.
        let mut line = receiver.connect("4123456789abcdef").await;
        version(&mut line).await;
        let chi = world.person_of("chi").await;
        let way = receiver.way_in(&receiver.key, "5123456789abcdef").await;
        speakers::revoke(&world.app, &chi, loa::ids::SpeakerId(receiver.id))
            .await
            .expect("revoked");
        assert!(line.next("/ack").await.is_none());
        assert!(Line::open(way).await.is_err(), "revoked");
    })
    .await;
}

#[tokio::test]
async fn a_loudspeaker_that_reaches_outside_its_topics_is_cut_off_and_shown() {
    on_both("signal_trespass", async |world| {
        let outlets = world.outlets().await;
        let receiver = world.receiver(outlets.area_one, 1).await;
        world.open_broker().await;
        let of_others = Topic::Urgent(outlets.area_two.0).to_string();
        let mut line = receiver.connect("0123456789abcdef").await;
        line.hear(&of_others).await;
        assert!(line.next("/ack").await.is_none());
        let mut line = receiver.connect("1123456789abcdef").await;
        line.say(&Topic::Urgent(receiver.area).to_string(), b"forged")
            .await;
        assert!(line.next("/ack").await.is_none());
        let mut dung = world.sign_in("dung").await;
        let page = dung.get("/speakers").await;
        let shown = page.all("td .late");
        let wanted = "Kênh tin nhanh: vượt ra ngoài kênh của loa này; đã ngắt kết nối";
        assert_eq!(shown, [wanted, wanted], "{}", page.text());
        let listed = world.program("dung").await.get("/speakers").await.json();
        assert!(listed.to_string().contains(&of_others), "{listed}");
    })
    .await;
}
