//! The points of the broker: who comes in, and what is heard there.

use std::time::{Duration, Instant};

use loa_air::{Access, CONNECT, SecretKey, Signed, Topic, authorization, verify_access};
use rumqttc::{Client, Connection, Event, Packet, QoS, RecvTimeoutError, SubscribeReasonCode};

use super::Found;
use super::probe::Probe;
use crate::broker::options;

/// A broker that says nothing for so long is none.
const PATIENCE: Duration = Duration::from_secs(10);
const LOOK: Duration = Duration::from_millis(200);

/// How a connection ended that asked for topics.
enum Ended {
    /// All of them are granted.
    Granted,
    /// One is not, or the broker closed the connection.
    Refused(String),
}

/// Where it is, is signed for this speaker.
pub(super) fn access(probe: &mut Probe, _: &str) -> Result<Found, String> {
    Ok(asked(probe)?.map_or_else(none, |_| Found::Ok))
}

/// The speaker comes in, and hears what is its own.
pub(super) fn own(probe: &mut Probe, _: &str) -> Result<Found, String> {
    let Some(access) = asked(probe)? else {
        return Ok(none());
    };
    let own = Topic::heard_by(probe.speaker(), probe.area()).map(|topic| topic.to_string());
    let key = SecretKey::from_seed(&probe.key.seed());
    Ok(match hear(probe, access, &key, &own)? {
        Ended::Granted => Found::Ok,
        Ended::Refused(why) => Found::Wrong(why),
    })
}

/// Somebody who has this speaker's name and not its key, or its password, does not.
pub(super) fn stranger(probe: &mut Probe, _: &str) -> Result<Found, String> {
    let Some(mut access) = asked(probe)? else {
        return Ok(none());
    };
    if let Some(password) = &mut access.password {
        password.push('x');
    }
    let key = probe.other_key();
    Ok(match hear(probe, access, &key, &[])? {
        Ended::Granted => Found::Wrong("it let somebody in without the speaker's key".to_owned()),
        Ended::Refused(_) => Found::Ok,
    })
}

/// What is said to another area, or to another speaker, is not to be heard.
pub(super) fn others(probe: &mut Probe, _: &str) -> Result<Found, String> {
    let (speaker, area) = (probe.speaker() + 1, probe.area() + 1);
    for foreign in [Topic::Urgent(area), Topic::Ack(speaker)] {
        let Some(access) = asked(probe)? else {
            return Ok(none());
        };
        let key = SecretKey::from_seed(&probe.key.seed());
        let topics = [foreign.to_string()];
        if let Ended::Granted = hear(probe, access, &key, &topics)? {
            return Ok(Found::Wrong(format!("it grants {foreign}")));
        }
    }
    Ok(Found::Ok)
}

fn none() -> Found {
    Found::Skipped("there is no broker".to_owned())
}

/// Where the broker is; none when there is none.
fn asked(probe: &mut Probe) -> Result<Option<Access>, String> {
    let answer = probe.get("/air/v1/broker")?;
    if answer.status == 404 {
        return Ok(None);
    }
    let signed: Signed = answer.json()?;
    let (speaker, now) = (probe.speaker(), probe.now());
    let access = verify_access(&signed, &probe.server_key()?, speaker, now);
    access.map(Some).map_err(|reason| reason.to_string())
}

/// Comes in and asks for topics; without any, coming in is all.
fn hear(
    probe: &mut Probe,
    access: Access,
    key: &SecretKey,
    topics: &[String],
) -> Result<Ended, String> {
    let (speaker, now, nonce) = (probe.speaker(), probe.now(), probe.nonce());
    let signed = || authorization(key, speaker, CONNECT, b"", now, &nonce);
    let options = options(speaker, access, signed)
        .map_err(|address| format!("{address} is no address of a broker"))?;
    let (client, mut connection) = Client::new(options, 64);
    let ended = attend(&client, &mut connection, topics);
    let _ = client.try_disconnect();
    ended
}

fn attend(
    client: &Client,
    connection: &mut Connection,
    topics: &[String],
) -> Result<Ended, String> {
    let until = Instant::now() + PATIENCE;
    let mut granted = 0;
    while Instant::now() < until {
        match connection.recv_timeout(LOOK) {
            Ok(Ok(Event::Incoming(Packet::ConnAck(_)))) => {
                for topic in topics {
                    let asked = client.try_subscribe(topic, QoS::AtMostOnce);
                    asked.map_err(|error| error.to_string())?;
                }
            }
            Ok(Ok(Event::Incoming(Packet::SubAck(answer)))) => {
                if answer.return_codes.contains(&SubscribeReasonCode::Failure) {
                    return Ok(Ended::Refused("a topic is not granted".to_owned()));
                }
                granted += 1;
            }
            Ok(Ok(_)) | Err(RecvTimeoutError::Timeout) => continue,
            Ok(Err(error)) => return Ok(Ended::Refused(error.to_string())),
            Err(RecvTimeoutError::Disconnected) => {
                return Ok(Ended::Refused("the connection ended".to_owned()));
            }
        }
        if granted == topics.len() {
            return Ok(Ended::Granted);
        }
    }
    Err("the broker says nothing".to_owned())
}
