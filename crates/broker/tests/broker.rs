//! The broker as an ordinary MQTT client meets it, on a real connection.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use loa_air::Topic;
use loa_broker::{Bytes, Certificate, Gate, Guest, Hub, Trespass, serve};
use rumqttc::{
    AsyncClient, ConnectionError, Event, EventLoop, MqttOptions, Packet, QoS, Transport,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

const SOON: Duration = Duration::from_secs(20);

/// Lets speakers 7 and 8 of area 3 in, and writes down what they do.
#[derive(Clone, Default)]
struct Door(Arc<Mutex<Vec<String>>>);

impl Door {
    fn note(&self, line: String) {
        self.0.lock().unwrap().push(line);
    }

    fn notes(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

impl Gate for Door {
    async fn admit(&self, user: &str, password: &str) -> Option<Guest> {
        let speaker = user.parse().ok().filter(|id| [7, 8].contains(id))?;
        (password == "secret").then_some(Guest { speaker, area: 3 })
    }

    async fn heard(&self, speaker: i64, topic: Topic, payload: Bytes) {
        let text = String::from_utf8_lossy(&payload).into_owned();
        self.note(format!("{speaker} {topic} {text}"));
    }

    async fn trespassed(&self, guest: Guest, trespass: Trespass) {
        self.note(format!("{} {trespass:?}", guest.speaker));
    }
}

struct Broker {
    hub: Hub,
    door: Door,
    port: u16,
}

async fn broker(certificate: Option<Certificate>) -> Broker {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (hub, door) = (Hub::default(), Door::default());
    tokio::spawn(serve(listener, certificate, hub.clone(), door.clone()));
    Broker { hub, door, port }
}

impl Broker {
    fn options(&self, user: &str, password: &str) -> MqttOptions {
        let mut options = MqttOptions::new(format!("speaker-{user}"), "127.0.0.1", self.port);
        options.set_credentials(user, password);
        options.set_max_packet_size(1 << 20, 1 << 20);
        options
    }

    async fn speaker(&self, user: &str) -> (AsyncClient, EventLoop) {
        let (client, mut events) = AsyncClient::new(self.options(user, "secret"), 10);
        let event = timeout(SOON, events.poll()).await.unwrap().unwrap();
        assert!(
            matches!(event, Event::Incoming(Packet::ConnAck(_))),
            "{event:?}"
        );
        (client, events)
    }
}

/// The next message, or why the connection ended.
async fn next(events: &mut EventLoop) -> Result<(String, String, bool), ConnectionError> {
    loop {
        let event = timeout(SOON, events.poll())
            .await
            .expect("something comes")?;
        if let Event::Incoming(Packet::Publish(said)) = event {
            let text = String::from_utf8_lossy(&said.payload).into_owned();
            return Ok((said.topic, text, said.retain));
        }
    }
}

async fn acknowledged(events: &mut EventLoop) {
    loop {
        let event = timeout(SOON, events.poll())
            .await
            .expect("something comes")
            .unwrap();
        if matches!(
            event,
            Event::Incoming(Packet::SubAck(_) | Packet::PubAck(_))
        ) {
            return;
        }
    }
}

#[tokio::test]
async fn a_speaker_hears_what_is_kept_and_what_comes() {
    let broker = broker(None).await;
    broker.hub.keep(Topic::Manifest(3), b"{\"version\":4}");
    broker.hub.keep(Topic::Manifest(4), b"of others");
    let (client, mut events) = broker.speaker("7").await;
    client
        .subscribe(Topic::Manifest(3).to_string(), QoS::AtLeastOnce)
        .await
        .unwrap();
    client
        .subscribe(Topic::Ack(7).to_string(), QoS::AtMostOnce)
        .await
        .unwrap();
    let kept = next(&mut events).await.unwrap();
    assert_eq!(
        kept,
        (
            "loa/v1/area/3/manifest".into(),
            "{\"version\":4}".into(),
            true
        )
    );
    acknowledged(&mut events).await;
    assert_eq!(broker.hub.keep(Topic::Manifest(3), b"{\"version\":5}"), 1);
    assert_eq!(broker.hub.publish(Topic::Manifest(4), b"of others"), 0);
    assert_eq!(broker.hub.publish(Topic::Ack(7), b"{}"), 1);
    assert_eq!(next(&mut events).await.unwrap().1, "{\"version\":5}");
    assert_eq!(
        next(&mut events).await.unwrap(),
        ("loa/v1/speaker/7/ack".into(), "{}".into(), false)
    );

    // What is kept no more is not heard by those who come later.
    broker.hub.keep(Topic::Manifest(3), b"");
    let (client, mut events) = broker.speaker("8").await;
    client
        .subscribe(Topic::Manifest(3).to_string(), QoS::AtMostOnce)
        .await
        .unwrap();
    acknowledged(&mut events).await;
    broker.hub.publish(Topic::Manifest(3), b"later");
    assert_eq!(
        next(&mut events).await.unwrap(),
        ("loa/v1/area/3/manifest".into(), "later".into(), false)
    );
}

#[tokio::test]
async fn what_a_speaker_says_reaches_the_gate_and_is_acknowledged() {
    let broker = broker(None).await;
    let (client, mut events) = broker.speaker("7").await;
    client
        .publish(
            Topic::Receipts(7).to_string(),
            QoS::AtLeastOnce,
            false,
            "[]",
        )
        .await
        .unwrap();
    acknowledged(&mut events).await;
    assert_eq!(broker.door.notes(), ["7 loa/v1/speaker/7/receipts []"]);
}

#[tokio::test]
async fn nobody_comes_in_without_a_name_and_its_password() {
    let broker = broker(None).await;
    for (user, password) in [("7", "wrong"), ("9", "secret"), ("", "")] {
        let (_client, mut events) = AsyncClient::new(broker.options(user, password), 10);
        let refused = timeout(SOON, events.poll()).await.unwrap();
        assert!(
            matches!(refused, Err(ConnectionError::ConnectionRefused(_))),
            "{user}: {refused:?}"
        );
    }
    assert!(broker.hub.is_empty());
}

#[tokio::test]
async fn whoever_reaches_outside_its_topics_is_cut_off_and_told_of() {
    let broker = broker(None).await;
    for filter in [
        "#",
        "loa/v1/#",
        "loa/v1/area/+/urgent",
        "loa/v1/area/4/urgent",
        "loa/v1/speaker/8/ack",
        "loa/v1/speaker/7/receipts",
        "$SYS/#",
    ] {
        let (client, mut events) = broker.speaker("7").await;
        client.subscribe(filter, QoS::AtMostOnce).await.unwrap();
        assert!(next(&mut events).await.is_err(), "{filter}");
        assert_eq!(
            broker.door.notes().last(),
            Some(&format!("7 Hear({filter:?})"))
        );
    }
    for topic in [
        "loa/v1/area/3/urgent",
        "loa/v1/area/3/manifest",
        "loa/v1/speaker/8/receipts",
        "loa/v1/speaker/8/ack",
        "anything",
    ] {
        // Another speaker listens, and must hear nothing.
        let (other, mut hears) = broker.speaker("8").await;
        other
            .subscribe(Topic::Urgent(3).to_string(), QoS::AtMostOnce)
            .await
            .unwrap();
        acknowledged(&mut hears).await;
        let (client, mut events) = broker.speaker("7").await;
        client
            .publish(topic, QoS::AtMostOnce, true, "forged")
            .await
            .unwrap();
        assert!(next(&mut events).await.is_err(), "{topic}");
        assert_eq!(
            broker.door.notes().last(),
            Some(&format!("7 Say({topic:?})"))
        );
        broker.hub.publish(Topic::Urgent(3), b"true");
        assert_eq!(next(&mut hears).await.unwrap().1, "true");
    }
}

#[tokio::test]
async fn a_newer_connection_and_a_revocation_close_the_line() {
    let broker = broker(None).await;
    let (_one, mut first) = broker.speaker("7").await;
    let (_two, mut second) = broker.speaker("7").await;
    assert!(next(&mut first).await.is_err());
    assert!(broker.hub.has(7));
    assert_eq!(broker.hub.len(), 1);
    broker.hub.close(7);
    assert!(next(&mut second).await.is_err());
    assert!(broker.hub.is_empty());
}

#[tokio::test]
async fn one_that_does_not_take_what_it_hears_holds_up_nobody() {
    let broker = broker(None).await;
    // It subscribes and then never reads.
    let mut deaf = TcpStream::connect(("127.0.0.1", broker.port))
        .await
        .unwrap();
    let connect = b"\x10\x17\0\x04MQTT\x04\xc2\0\0\0\0\0\x017\0\x06secret";
    let mut connect = connect.to_vec();
    connect[1] = u8::try_from(connect.len() - 2).unwrap();
    deaf.write_all(&connect).await.unwrap();
    let mut answer = [0; 4];
    deaf.read_exact(&mut answer).await.unwrap();
    assert_eq!(answer, [0x20, 2, 0, 0]);
    let topic = Topic::Urgent(3).to_string();
    let mut subscribe = vec![0x82, 0, 0, 1, 0, u8::try_from(topic.len()).unwrap()];
    subscribe.extend(topic.bytes());
    subscribe.push(0);
    subscribe[1] = u8::try_from(subscribe.len() - 2).unwrap();
    deaf.write_all(&subscribe).await.unwrap();
    let (client, mut events) = broker.speaker("8").await;
    client.subscribe(topic, QoS::AtMostOnce).await.unwrap();
    acknowledged(&mut events).await;
    while broker.hub.publish(Topic::Urgent(3), b"first") < 2 {
        tokio::task::yield_now().await;
        let _ = timeout(Duration::from_millis(1), events.poll()).await;
    }
    let large = vec![b'x'; 200_000];
    let mut rounds = 0;
    while broker.hub.has(7) {
        broker.hub.publish(Topic::Urgent(3), &large);
        assert!(broker.hub.has(8), "after {rounds} rounds");
        while next(&mut events).await.unwrap().1.len() < large.len() {}
        rounds += 1;
    }
    assert!(rounds > 1);
    drop(deaf);
}

#[tokio::test]
async fn what_is_not_mqtt_ends_the_connection() {
    let broker = broker(None).await;
    for bytes in [
        &b"GET / HTTP/1.1\r\nHost: loa\r\n\r\n"[..],
        b"\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\xc0\0",
        // MQTT 5
        b"\x10\x10\0\x04MQTT\x05\xc2\0\0\0\0\0\0\0\0\0",
    ] {
        let mut stream = TcpStream::connect(("127.0.0.1", broker.port))
            .await
            .unwrap();
        stream.write_all(bytes).await.unwrap();
        let mut rest = Vec::new();
        let _ = timeout(SOON, stream.read_to_end(&mut rest))
            .await
            .expect("an end");
        assert!(rest.len() <= 4, "{rest:?}");
    }
    assert!(broker.hub.is_empty());
    broker.speaker("7").await;
}

#[tokio::test]
async fn an_own_certificate_is_pinned_and_nothing_else_passes() {
    let _ = tokio_rustls::rustls::crypto::ring::default_provider().install_default();
    let names = ["127.0.0.1".to_owned(), "loa.example".to_owned()];
    let (pem, key) = Certificate::make(&names).unwrap();
    let certificate = Certificate::from_pem(&pem, &key).unwrap();
    let broker = broker(Some(certificate)).await;
    let tls = |ca: String| Transport::tls(ca.into_bytes(), None, None);
    let mut options = broker.options("7", "secret");
    options.set_transport(tls(pem));
    let (client, mut events) = AsyncClient::new(options, 10);
    timeout(SOON, events.poll()).await.unwrap().unwrap();
    client
        .subscribe(Topic::Urgent(3).to_string(), QoS::AtMostOnce)
        .await
        .unwrap();
    acknowledged(&mut events).await;
    broker.hub.publish(Topic::Urgent(3), b"secret");
    assert_eq!(next(&mut events).await.unwrap().1, "secret");

    let (other, _) = Certificate::make(&names).unwrap();
    let mut options = broker.options("8", "secret");
    options.set_transport(tls(other));
    let (_client, mut events) = AsyncClient::new(options, 10);
    assert!(timeout(SOON, events.poll()).await.unwrap().is_err());
    // Without encryption nobody is let in.
    let (_client, mut events) = AsyncClient::new(broker.options("8", "secret"), 10);
    assert!(timeout(SOON, events.poll()).await.unwrap().is_err());
    assert!(!broker.hub.has(8));
}
