//! A broker that is not Loa's own: the server is one of its clients.

use std::future::Future;
use std::time::Duration;

use bytes::Bytes;
use loa_air::{BrokerUrl, Topic};
use rumqttc::{AsyncClient, Event, EventLoop, MqttOptions, Packet, QoS, Transport};

/// So many messages wait while the broker is away; those who wait longer find the newest state.
const QUEUE: usize = 4096;
/// After so long a lost connection is tried again.
const AGAIN: Duration = Duration::from_secs(2);

/// The server at an outside broker. Cheap to clone.
#[derive(Clone)]
pub struct Outside(AsyncClient);

/// An address that is none of a broker.
#[derive(Debug, thiserror::Error)]
#[error("{0}: write it as mqtt://user:password@host:1883, or mqtts:// with encryption")]
pub struct OutsideError(String);

/// What the server hears of.
pub trait Listener: Send + 'static {
    /// The connection stands (again): whatever is kept there may be old.
    fn connected(&mut self) -> impl Future<Output = ()> + Send;
    /// A speaker said something. The broker's own rules are all that says who it was, so nothing in
    /// it is believed that is not signed.
    fn heard(&mut self, topic: Topic, payload: Bytes) -> impl Future<Output = ()> + Send;
}

impl Outside {
    /// For a broker's address; `id` is a name that no other of its clients has. Nothing happens until [`Outside::run`] does.
    pub fn at(address: &str, id: &str) -> Result<(Self, EventLoop), OutsideError> {
        let url = BrokerUrl::parse(address).ok_or_else(|| OutsideError(address.to_owned()))?;
        let mut options = MqttOptions::new(id, url.host, url.port());
        if url.encrypted {
            options.set_transport(Transport::tls_with_default_config());
        }
        if let Some((user, password)) = url.login {
            options.set_credentials(user, password);
        }
        options.set_keep_alive(Duration::from_secs(30));
        options.set_max_packet_size(super::wire::LARGEST, super::wire::LARGEST);
        let (client, events) = AsyncClient::new(options, QUEUE);
        Ok((Self(client), events))
    }

    /// Says something on a topic; with `keep` the broker keeps it for those who come later. What does
    /// not fit into the queue is dropped: the broker is away, and the newest state is sent when it is
    /// back.
    pub fn publish(&self, topic: Topic, payload: &[u8], keep: bool) {
        let sent = self
            .0
            .try_publish(topic.to_string(), QoS::AtLeastOnce, keep, payload);
        if let Err(error) = sent {
            tracing::warn!(%topic, %error, "not sent to the broker");
        }
    }

    /// Hears what speakers say, and keeps the connection, for ever. Several servers share the work.
    pub async fn run(&self, mut events: EventLoop, mut listener: impl Listener) {
        loop {
            match events.poll().await {
                Ok(Event::Incoming(Packet::ConnAck(_))) => {
                    for filter in ["loa/v1/speaker/+/receipts", "loa/v1/speaker/+/status"] {
                        let shared = format!("$share/loa/{filter}");
                        if let Err(error) = self.0.try_subscribe(shared, QoS::AtLeastOnce) {
                            tracing::warn!(filter, %error, "not subscribed");
                        }
                    }
                    listener.connected().await;
                }
                Ok(Event::Incoming(Packet::Publish(said))) => {
                    if let Ok(topic) = said.topic.parse() {
                        listener.heard(topic, said.payload).await;
                    }
                }
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!(%error, "no connection to the broker; it is tried again");
                    tokio::time::sleep(AGAIN).await;
                }
            }
        }
    }
}
