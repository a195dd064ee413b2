//! Hears from the broker that there is something new, and what is urgent at once.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::time::Duration;

use loa_air::{Access, Acknowledged, BrokerUrl, CONNECT, Notice, Topic, authorization};
use rumqttc::{
    Client as Mqtt, Connection, Event, MqttOptions, Packet, QoS, RecvTimeoutError, Transport,
};

use crate::client::{CallError, Caller, Client};
use crate::device::Device;
use crate::folder::FolderError;
use crate::rounds::Bell;

/// How often it is asked whether the program ends.
const LOOK: Duration = Duration::from_secs(1);
/// A lost connection is tried again after this long, doubling up to five minutes.
const AGAIN: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_mins(5);
const KEEP_ALIVE: Duration = Duration::from_secs(30);
/// The largest packet: an urgent manifest is far below.
const LARGEST: usize = 1 << 20;

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
enum Broken {
    #[error(transparent)]
    Call(#[from] CallError),
    #[error(transparent)]
    Folder(#[from] FolderError),
    #[error("{0} is no address of a broker")]
    Address(String),
    #[error("the broker: {0}")]
    Broker(String),
    #[error("the broker ended the connection")]
    Ended,
}

/// Keeps the connection until the program ends. All of it works without: later.
pub(crate) fn listen(device: &Device, bell: &Sender<Bell>, over: &AtomicBool) {
    let server = Client::new(&device.identity.server);
    let mut wait = AGAIN;
    while !over.load(Ordering::Relaxed) {
        let mut stood = false;
        match attend(device, &server, bell, over, &mut stood) {
            Ok(()) => return,
            Err(error) => {
                device.line().close();
                tracing::info!(%error, "no line to the broker; the server is asked now and then");
                wait = if stood {
                    AGAIN
                } else {
                    (wait * 2).min(LONGEST)
                };
            }
        }
        rest(wait.mul_f64(0.5 + device.jitter()), over);
    }
}

/// One connection, from asking where the broker is to its end; `stood` says whether it ever stood.
fn attend(
    device: &Device,
    server: &Client,
    bell: &Sender<Bell>,
    over: &AtomicBool,
    stood: &mut bool,
) -> Result<(), Broken> {
    let (mqtt, mut connection) = connect(device, server)?;
    while !over.load(Ordering::Relaxed) {
        match connection.recv_timeout(LOOK) {
            Ok(Ok(event)) => *stood |= take(device, &mqtt, bell, event)?,
            Ok(Err(error)) => return Err(Broken::Broker(error.to_string())),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Err(Broken::Ended),
        }
    }
    Ok(())
}

fn connect(device: &Device, server: &Client) -> Result<(Mqtt, Connection), Broken> {
    let access = server.access(device, device.server())?;
    let options = options(device.speaker(), access, || password(device));
    let options = options.map_err(Broken::Address)?;
    Ok(Mqtt::new(options, 64))
}

/// How a speaker comes in; an error is the address that is none. `signed` is its password where it has no other.
pub(crate) fn options(
    speaker: i64,
    access: Access,
    signed: impl FnOnce() -> String,
) -> Result<MqttOptions, String> {
    let url = BrokerUrl::parse(&access.url).and_then(|url| Some((url, url.port?)));
    let Some((url, port)) = url else {
        return Err(access.url);
    };
    let transport = match (url.encrypted, access.certificate) {
        (false, _) => Transport::Tcp,
        (true, Some(pem)) => Transport::tls(pem.into_bytes(), None, None),
        (true, None) => Transport::tls_with_default_config(),
    };
    let mut options = MqttOptions::new(format!("speaker-{speaker}"), url.host, port);
    options.set_transport(transport);
    options.set_keep_alive(KEEP_ALIVE);
    options.set_max_packet_size(LARGEST, LARGEST);
    options.set_credentials(access.user, access.password.unwrap_or_else(signed));
    Ok(options)
}

/// What a speaker shows at Loa's own broker: new for each connection, since its nonce works once.
pub(crate) fn password(caller: &impl Caller) -> String {
    let (at, nonce) = (caller.time().now(), caller.nonce());
    authorization(caller.key(), caller.speaker(), CONNECT, b"", at, &nonce)
}

/// What an event asks for; answers whether it says that the connection stands.
fn take(device: &Device, mqtt: &Mqtt, bell: &Sender<Bell>, event: Event) -> Result<bool, Broken> {
    let (speaker, area) = (device.identity.speaker, device.identity.area);
    match event {
        Event::Incoming(Packet::ConnAck(_)) => {
            for topic in Topic::heard_by(speaker, area) {
                let asked = mqtt.try_subscribe(topic.to_string(), QoS::AtMostOnce);
                asked.map_err(|error| Broken::Broker(error.to_string()))?;
            }
            device.line().open(mqtt.clone());
            tracing::info!("the line to the broker is up");
            return Ok(true);
        }
        Event::Incoming(Packet::Publish(said)) => hear(device, bell, &said.topic, &said.payload)?,
        _ => {}
    }
    Ok(false)
}

fn hear(
    device: &Device,
    bell: &Sender<Bell>,
    topic: &str,
    payload: &[u8],
) -> Result<(), FolderError> {
    let (speaker, area) = (device.identity.speaker, device.identity.area);
    match topic.parse() {
        // What was kept is kept no more.
        _ if payload.is_empty() => {}
        Ok(Topic::Urgent(of)) if of == area => match device.accept_urgent(payload)? {
            Ok(true) => drop(bell.send(Bell::Urgent)),
            Ok(false) => {}
            Err(_) => drop(bell.send(Bell::Tell)),
        },
        Ok(Topic::Manifest(of)) if of == area => {
            let notice: Option<Notice> = serde_json::from_slice(payload).ok();
            if notice.is_some_and(|notice| notice.version != device.version()) {
                let _ = bell.send(Bell::News);
            }
        }
        Ok(Topic::Command(of)) if of == speaker => {
            let notice: Option<Notice> = serde_json::from_slice(payload).ok();
            if notice.is_some_and(|notice| notice.version > device.orders_version()) {
                let _ = bell.send(Bell::Orders);
            }
        }
        Ok(Topic::Ack(of)) if of == speaker => {
            let known: Acknowledged = serde_json::from_slice(payload).unwrap_or_default();
            for id in known.acknowledged {
                device.receipt_known(&id)?;
            }
        }
        _ => tracing::warn!(topic, "a message came that nobody asked for"),
    }
    Ok(())
}

fn rest(length: Duration, over: &AtomicBool) {
    let mut left = length;
    while !left.is_zero() && !over.load(Ordering::Relaxed) {
        let part = left.min(LOOK);
        std::thread::sleep(part);
        left -= part;
    }
}
