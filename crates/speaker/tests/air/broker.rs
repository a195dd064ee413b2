//! What comes over the broker: urgent at once, taken back at once, and nothing foreign even when the
//! broker itself has gone bad.

use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use loa_air::{
    Access, Acknowledged, CONNECT, Item, Manifest, Outcome, Priority, Reason, Receipt, Signed,
    Topic, read_authorization, sign_access, sign_manifest, sign_urgent, verify_receipt,
    verify_request,
};
use loa_broker::{Bytes, Certificate, Gate, Guest, Hub, Trespass, serve};

use crate::server::{Server, foreign_key};
use crate::world::{AREA, SPEAKER, World, mp3, now, of_slot, server_key, until};

/// A broker with the speaker's own rules, beside the server.
struct Broker {
    hub: Hub,
    receipts: Arc<Mutex<Vec<Receipt>>>,
    runtime: Option<tokio::runtime::Runtime>,
}

struct Door {
    server: Server,
    hub: Hub,
    receipts: Arc<Mutex<Vec<Receipt>>>,
}

impl Gate for Door {
    async fn admit(&self, user: &str, password: &str) -> Option<Guest> {
        let claim = read_authorization(password).ok()?;
        let key = self.server.desk().key()?;
        verify_request(&claim, &key, CONNECT, b"", now()).ok()?;
        (user == SPEAKER.to_string()).then_some(Guest {
            speaker: SPEAKER,
            area: AREA,
        })
    }

    async fn heard(&self, _: i64, topic: Topic, payload: Bytes) {
        assert_eq!(topic, Topic::Receipts(SPEAKER));
        let key = self.server.desk().key().unwrap();
        let came: Vec<Signed> = serde_json::from_slice(&payload).unwrap();
        let came: Vec<Receipt> = came
            .iter()
            .map(|signed| verify_receipt(signed, &key, SPEAKER).unwrap())
            .collect();
        let acknowledged = came.iter().map(|receipt| receipt.id.clone()).collect();
        self.receipts.lock().unwrap().extend(came);
        let ack = serde_json::to_vec(&Acknowledged { acknowledged }).unwrap();
        self.hub.publish(Topic::Ack(SPEAKER), &ack);
    }

    async fn trespassed(&self, _: Guest, trespass: Trespass) {
        panic!("{trespass:?}");
    }
}

impl Broker {
    /// Opens it for the speaker of a world, encrypted with a certificate of its own.
    fn beside(world: &World) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let listener = runtime
            .block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))
            .unwrap();
        let port = listener.local_addr().unwrap().port();
        let (pem, key) = Certificate::make(&["127.0.0.1".to_owned()]).unwrap();
        let certificate = Certificate::from_pem(&pem, &key).unwrap();
        let (hub, receipts) = (Hub::default(), Arc::default());
        let door = Door {
            server: world.server.clone(),
            hub: hub.clone(),
            receipts: Arc::clone(&receipts),
        };
        runtime.spawn(serve(listener, Some(certificate), hub.clone(), door));
        let access = Access {
            certificate: Some(pem),
            issued_at: now(),
            password: None,
            speaker: SPEAKER,
            url: format!("mqtts://127.0.0.1:{port}"),
            user: SPEAKER.to_string(),
        };
        world.server.desk().access = Some(sign_access(&server_key(), &access));
        Self {
            hub,
            receipts,
            runtime: Some(runtime),
        }
    }

    fn receipts(&self) -> Vec<Receipt> {
        self.receipts.lock().unwrap().clone()
    }

    fn say(&self, message: &Signed) {
        self.hub
            .publish(Topic::Urgent(AREA), &serde_json::to_vec(message).unwrap());
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Runs already, and for ten minutes.
fn urgent(version: i64, items: Vec<Item>) -> Manifest {
    let mut asked = of_slot(version, 12, now() - TimeDelta::seconds(1), 600, items);
    asked.slots[0].priority = Priority::Urgent;
    asked
}

/// A speaker that asks its server once an hour, on the line to a broker, with an empty manifest v1.
fn on_the_line() -> (World, Broker) {
    let mut world = World::enrolled();
    let broker = Broker::beside(&world);
    let nothing = Manifest {
        slots: vec![],
        ..of_slot(1, 1, now(), 1, vec![])
    };
    world.offer(1, &sign_manifest(&server_key(), &nothing));
    world.run_slowly();
    until("the line", || broker.hub.has(SPEAKER));
    until("its first round", || world.server.desk().status.is_some());
    // It hears the topic once its subscription is there.
    until("it listens", || {
        broker.hub.publish(Topic::Urgent(AREA), b"") == 1
    });
    (world, broker)
}

#[test]
fn an_urgent_message_is_said_at_once_and_its_receipt_comes_the_same_way() {
    let (world, broker) = on_the_line();
    let item = world.sound(31, mp3(800, 0.5), 800);
    broker.say(&sign_urgent(&server_key(), &urgent(2, vec![item])));
    until("the receipt", || !broker.receipts().is_empty());
    let receipt = broker.receipts()[0].clone();
    assert_eq!(
        (receipt.outcome, receipt.delivery, receipt.slot),
        (Outcome::Whole, 31, 12)
    );
    assert_eq!(receipt.manifest_version, 2);
    assert!(world.wav(12, 31).exists());
    // The server hears of it over the broker alone, for it was acknowledged there.
    until("nothing is left to tell", || world.waiting_receipts() == 0);
    assert!(world.server.desk().receipts.is_empty());
}

#[test]
fn what_is_taken_back_stops_at_once() {
    let (world, broker) = on_the_line();
    let item = world.sound(31, mp3(30_000, 0.5), 30_000);
    broker.say(&sign_urgent(&server_key(), &urgent(2, vec![item])));
    until("it is on the air", || world.wav(12, 31).exists());
    let nothing = Manifest {
        slots: vec![],
        ..urgent(3, vec![])
    };
    broker.say(&sign_urgent(&server_key(), &nothing));
    until("the receipt", || !broker.receipts().is_empty());
    let receipt = broker.receipts()[0].clone();
    assert_eq!(receipt.outcome, Outcome::Cut);
    assert_eq!(receipt.detail.as_deref(), Some("it was taken back"));
    // The manifest that names it no more does the same to what is not urgent: see the test below.
}

#[test]
fn what_the_newest_manifest_no_longer_names_stops_at_once() {
    let mut world = World::enrolled();
    let item = world.sound(21, mp3(30_000, 0.5), 30_000);
    world.schedule(5, 11, now() - TimeDelta::seconds(1), 600, vec![item]);
    world.run();
    until("it is on the air", || world.wav(11, 21).exists());
    let nothing = Manifest {
        slots: vec![],
        ..of_slot(6, 1, now(), 1, vec![])
    };
    world.offer(6, &sign_manifest(&server_key(), &nothing));
    until("the receipt", || !world.server.desk().receipts.is_empty());
    let receipt = world.server.desk().receipts[0].clone();
    assert_eq!(receipt.outcome, Outcome::Cut);
    assert_eq!(receipt.detail.as_deref(), Some("it was taken back"));
}

#[test]
fn orders_are_asked_for_as_soon_as_the_broker_says_so() {
    let (world, broker) = on_the_line();
    until("the first round", || world.server.desk().asked_orders > 0);
    let asked = world.server.desk().asked_orders;
    let notice = b"{\"version\":1}";
    until("it listens", || {
        broker.hub.keep(Topic::Command(SPEAKER), notice) == 1
    });
    until("it asks again", || world.server.desk().asked_orders > asked);
}

#[test]
fn a_notice_makes_it_ask_and_the_answer_is_what_counts() {
    let (world, broker) = on_the_line();
    let item = world.sound(21, mp3(500, 0.5), 500);
    world.schedule(7, 11, now() - TimeDelta::seconds(1), 600, vec![item]);
    broker.hub.keep(Topic::Manifest(AREA), b"{\"version\":7}");
    until("the receipt", || !broker.receipts().is_empty());
    assert_eq!(broker.receipts()[0].manifest_version, 7);
    // Notices that lie, or are none, do nothing.
    for notice in ["{\"version\":99}", "{}", "version 8", "{\"version\":-1}"] {
        broker.hub.publish(Topic::Manifest(AREA), notice.as_bytes());
    }
    let later = Manifest {
        slots: vec![],
        ..of_slot(8, 1, now(), 1, vec![])
    };
    world.offer(8, &sign_manifest(&server_key(), &later));
    broker
        .hub
        .publish(Topic::Manifest(AREA), b"{\"version\":8}");
    until("the next one", || {
        let desk = world.server.desk();
        desk.status
            .as_ref()
            .is_some_and(|status| status.manifest_version == 8)
    });
    assert!(world.server.desk().refusals.is_empty());
}

#[test]
fn a_broker_gone_bad_makes_it_say_nothing_and_each_try_is_told() {
    let (world, broker) = on_the_line();
    let item = world.sound(31, mp3(500, 0.5), 500);
    let genuine = || sign_urgent(&server_key(), &urgent(4, vec![item.clone()]));
    let signed = |change: &dyn Fn(&mut Manifest)| {
        let mut asked = urgent(4, vec![item.clone()]);
        change(&mut asked);
        sign_urgent(&server_key(), &asked)
    };
    let mut altered = genuine();
    let mut payload = STANDARD.decode(&altered.payload).unwrap();
    let place = payload.iter().rposition(|byte| *byte == b'4').unwrap();
    payload[place] = b'5';
    altered.payload = STANDARD.encode(payload);
    let ordinary = of_slot(
        4,
        12,
        now() - TimeDelta::seconds(1),
        600,
        vec![item.clone()],
    );
    let tries: Vec<(Signed, Reason)> = vec![
        (altered, Reason::BadSignature),
        (
            sign_urgent(&foreign_key(), &urgent(4, vec![item.clone()])),
            Reason::ForeignKey,
        ),
        (signed(&|asked| asked.area = AREA + 1), Reason::WrongArea),
        (signed(&|asked| asked.version = 0), Reason::Replayed),
        (
            signed(&|asked| asked.valid_until = now() - TimeDelta::seconds(1)),
            Reason::Expired,
        ),
        (
            signed(&|asked| asked.issued_at = now() + TimeDelta::hours(1)),
            Reason::TooEarly,
        ),
        (
            signed(&|asked| asked.slots[0].items[0].sha256 = "../../etc".into()),
            Reason::Malformed,
        ),
        // Signed as a manifest, or an ordinary slot under the label of urgent ones.
        (
            sign_manifest(&server_key(), &urgent(4, vec![item.clone()])),
            Reason::BadSignature,
        ),
        (sign_urgent(&server_key(), &ordinary), Reason::Malformed),
    ];
    for (message, _) in &tries {
        broker.say(message);
    }
    broker.hub.publish(Topic::Urgent(AREA), b"{\"key\":");
    until("every refusal", || {
        world.server.desk().refusals.len() == tries.len() + 1
    });
    let told: Vec<Reason> = world
        .server
        .desk()
        .refusals
        .iter()
        .map(|refusal| refusal.reason)
        .collect();
    let mut due: Vec<Reason> = tries.iter().map(|(_, reason)| *reason).collect();
    due.push(Reason::Malformed);
    // Several within one millisecond come in any order.
    let sorted = |reasons: &[Reason]| {
        let mut names: Vec<&str> = reasons.iter().map(|reason| reason.name()).collect();
        names.sort_unstable();
        names
    };
    assert_eq!(sorted(&told), sorted(&due));
    assert!(broker.receipts().is_empty() && !world.wav(12, 31).exists());

    // The genuine one is heard, once, however often it comes; an older one never again.
    let older = sign_urgent(&server_key(), &urgent(3, vec![item.clone()]));
    broker.say(&genuine());
    until("the receipt", || !broker.receipts().is_empty());
    broker.say(&genuine());
    broker.say(&older);
    until("the refusal", || {
        world.server.desk().refusals.len() == due.len() + 1
    });
    let replayed = world
        .server
        .desk()
        .refusals
        .iter()
        .filter(|refusal| refusal.reason == Reason::Replayed)
        .count();
    assert_eq!(replayed, 2);
    assert_eq!(broker.receipts().len(), 1);
}

#[test]
fn an_address_that_the_server_did_not_sign_is_not_gone_to() {
    let mut world = World::enrolled();
    let broker = Broker::beside(&world);
    let trap = Access {
        certificate: None,
        issued_at: now(),
        password: None,
        speaker: SPEAKER,
        url: "mqtt://127.0.0.1:9".into(),
        user: SPEAKER.to_string(),
    };
    let genuine = world.server.desk().access.clone();
    world.server.desk().access = Some(sign_access(&foreign_key(), &trap));
    world.run_slowly();
    until("its first round", || world.server.desk().status.is_some());
    until("it asked again", || world.server.desk().asked_access > 1);
    assert!(!broker.hub.has(SPEAKER));
    world.server.desk().access = genuine;
    until("the line", || broker.hub.has(SPEAKER));
}

#[test]
fn without_the_broker_all_goes_on_and_it_comes_back() {
    let (world, broker) = on_the_line();
    let item = world.sound(31, mp3(800, 0.5), 800);
    broker.hub.close(SPEAKER);
    until("it comes again", || broker.hub.has(SPEAKER));
    until("it listens", || {
        broker.hub.publish(Topic::Urgent(AREA), b"") == 1
    });
    broker.say(&sign_urgent(&server_key(), &urgent(2, vec![item])));
    until("the receipt", || !broker.receipts().is_empty());
    assert_eq!(broker.receipts()[0].outcome, Outcome::Whole);
}
