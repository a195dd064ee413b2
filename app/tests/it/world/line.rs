//! A loudspeaker's connection to the broker: a real one, encrypted.

use std::time::Duration;

use loa::app::App;
use loa::signal;
use loa_air::{Access, CONNECT, SecretKey, Signed, Topic, authorization, verify_access};
use rumqttc::{
    AsyncClient, ConnectionError, Event, EventLoop, MqttOptions, Packet, QoS, Transport,
};
use tokio::time::timeout;

use super::{Page, Receiver, World};

/// Nothing in these tests takes as long.
const SOON: Duration = Duration::from_secs(30);

/// A connection.
pub struct Line {
    /// To say something.
    pub client: AsyncClient,
    events: EventLoop,
}

impl World {
    /// Opens the broker on a free port.
    pub async fn open_broker(&self) {
        let _ = rustls::crypto::ring::default_provider().install_default();
        signal::start(&self.app).await.expect("a broker");
    }
}

impl Receiver {
    /// How it would come in, with the given key and number.
    pub async fn way_in(&self, key: &SecretKey, nonce: &str) -> MqttOptions {
        let (access, mut options) = self.told(&self.get("/broker").await, "mqtts");
        let certificate = access.certificate.expect("an own one").into_bytes();
        options.set_transport(Transport::tls(certificate, None, None));
        let password = authorization(key, self.id, CONNECT, b"", self.now(), nonce);
        options.set_credentials(access.user, password);
        options
    }

    /// How it would come in at another broker, by the word of one server.
    pub async fn way_outside(&self, app: &App) -> MqttOptions {
        let (access, mut options) = self.told(&self.get_at(app, "/broker").await, "mqtt");
        options.set_credentials(access.user, access.password.expect("a password"));
        options
    }

    /// Where the broker is, by the server's signed word.
    fn told(&self, page: &Page, scheme: &str) -> (Access, MqttOptions) {
        assert_eq!(page.status, 200, "{}", page.text());
        let signed: Signed = serde_json::from_slice(&page.bytes).expect("an envelope");
        let access = verify_access(&signed, &self.server, self.id, self.now()).expect("it holds");
        // No login stands in it: that is the server's own.
        let port = access.url.strip_prefix(&format!("{scheme}://127.0.0.1:"));
        let port = port.expect("its address").parse().expect("a port");
        let mut options = MqttOptions::new(format!("speaker-{}", self.id), "127.0.0.1", port);
        options.set_max_packet_size(1 << 20, 1 << 20);
        (access, options)
    }

    /// Comes in and hears its own topics.
    pub async fn connect(&self, nonce: &str) -> Line {
        self.come_in(self.way_in(&self.key, nonce).await).await
    }

    /// The same at another broker.
    pub async fn connect_outside(&self, app: &App) -> Line {
        self.come_in(self.way_outside(app).await).await
    }

    async fn come_in(&self, options: MqttOptions) -> Line {
        let mut line = Line::open(options).await.expect("let in");
        for topic in Topic::heard_by(self.id, self.area) {
            line.hear(&topic.to_string()).await;
        }
        line
    }
}

impl Line {
    /// Comes in, or not.
    pub async fn open(options: MqttOptions) -> Result<Self, ConnectionError> {
        let (client, mut events) = AsyncClient::new(options, 16);
        timeout(SOON, events.poll()).await.expect("an answer")?;
        Ok(Self { client, events })
    }

    /// Asks to hear a topic.
    pub async fn hear(&mut self, topic: &str) {
        let asked = self.client.subscribe(topic, QoS::AtMostOnce).await;
        asked.expect("asked");
    }

    /// Says something.
    pub async fn say(&mut self, topic: &str, payload: &[u8]) {
        let said = self
            .client
            .publish(topic, QoS::AtLeastOnce, false, payload)
            .await;
        said.expect("said");
    }

    /// The next message of a kind, its topic and what it says; nothing when the line is closed.
    pub async fn next(&mut self, kind: &str) -> Option<Vec<u8>> {
        loop {
            match timeout(SOON, self.events.poll())
                .await
                .expect("something comes")
            {
                Ok(Event::Incoming(Packet::Publish(said))) if said.topic.ends_with(kind) => {
                    return Some(said.payload.to_vec());
                }
                Ok(_) => {}
                Err(_) => return None,
            }
        }
    }
}
