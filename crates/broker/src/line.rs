//! One speaker's connection, from its first packet to its end.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use loa_air::Topic;
use rumqttc::mqttbytes::v4::{
    ConnAck, Connect, ConnectReturnCode, Packet, PubAck, Publish, SubAck, Subscribe,
    SubscribeReasonCode, UnsubAck,
};
use rumqttc::mqttbytes::{Protocol, QoS};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::timeout;

use crate::hub::{Hub, Place};
use crate::{Gate, Guest, Trespass, wire};

/// So long a connection has to say who it is, and to take what is sent.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);
/// A speaker that never says how often it would ping is taken for gone after this long.
const SILENCE: Duration = Duration::from_mins(20);
/// So many messages go into one write.
const TOGETHER: usize = 16;

/// Why a connection ended, when it was not the speaker's wish.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Ended {
    #[error("the connection broke ({0})")]
    Broke(#[from] std::io::Error),
    #[error("what came is not MQTT 3.1.1 ({0})")]
    Unread(#[from] rumqttc::mqttbytes::Error),
    #[error("nothing came in time")]
    Silent,
    #[error("name and password are not those of a speaker")]
    Unknown,
    #[error("a packet came that has no place there")]
    OutOfPlace,
    #[error("speaker {0} reached outside its topics")]
    Trespassed(i64),
    #[error(
        "another connection of the speaker took its place, its key was revoked, or it was too slow"
    )]
    Closed,
}

impl From<tokio::time::error::Elapsed> for Ended {
    fn from(_: tokio::time::error::Elapsed) -> Self {
        Self::Silent
    }
}

/// Serves one connection.
pub(crate) async fn attend<Stream, G>(stream: Stream, hub: &Hub, gate: &G) -> Result<(), Ended>
where
    Stream: AsyncRead + AsyncWrite + Unpin,
    G: Gate,
{
    let mut wire = Wire {
        stream,
        came: BytesMut::new(),
    };
    let (guest, silence) = timeout(PATIENCE, sign_in(&mut wire, gate)).await??;
    let mut place = hub.enter(guest);
    wire.send(&Packet::ConnAck(ConnAck::new(
        ConnectReturnCode::Success,
        false,
    )))
    .await?;
    let mut end = tokio::time::Instant::now() + silence;
    loop {
        while let Some(packet) = wire::next(&mut wire.came)? {
            if !answer(&mut wire, &place, gate, packet).await? {
                return Ok(());
            }
        }
        tokio::select! {
            packet = place.packets.recv() => {
                let first = packet.ok_or(Ended::Closed)?;
                let more = std::iter::from_fn(|| place.packets.try_recv().ok());
                let packets: Vec<Bytes> = std::iter::once(first).chain(more.take(TOGETHER)).collect();
                wire.send_all(&packets).await?;
            }
            came = wire.stream.read_buf(&mut wire.came) => {
                if came? == 0 {
                    return Ok(());
                }
                end = tokio::time::Instant::now() + silence;
            }
            () = tokio::time::sleep_until(end) => return Err(Ended::Silent),
        }
    }
}

struct Wire<Stream> {
    stream: Stream,
    came: BytesMut,
}

impl<Stream: AsyncRead + AsyncWrite + Unpin> Wire<Stream> {
    async fn send(&mut self, packet: &Packet) -> Result<(), Ended> {
        self.send_all(&[wire::bytes_of(packet)]).await
    }

    async fn send_all(&mut self, packets: &[Bytes]) -> Result<(), Ended> {
        let together;
        let bytes = if let [one] = packets {
            one
        } else {
            together = packets.concat();
            &together[..]
        };
        timeout(PATIENCE, self.stream.write_all(bytes)).await??;
        timeout(PATIENCE, self.stream.flush()).await??;
        Ok(())
    }
}

/// The first packet must say who it is. Answers who, and how long it may be silent.
async fn sign_in<Stream, G>(wire: &mut Wire<Stream>, gate: &G) -> Result<(Guest, Duration), Ended>
where
    Stream: AsyncRead + AsyncWrite + Unpin,
    G: Gate,
{
    let packet = loop {
        if let Some(packet) = wire::next(&mut wire.came)? {
            break packet;
        }
        if wire.stream.read_buf(&mut wire.came).await? == 0 {
            return Err(Ended::Silent);
        }
    };
    let Packet::Connect(connect) = packet else {
        return Err(Ended::OutOfPlace);
    };
    if connect.protocol != Protocol::V4 {
        return refuse(wire, ConnectReturnCode::RefusedProtocolVersion).await;
    }
    match admitted(&connect, gate).await {
        Some(guest) => Ok((guest, silence(&connect))),
        None => refuse(wire, ConnectReturnCode::BadUserNamePassword).await,
    }
}

async fn admitted<G: Gate>(connect: &Connect, gate: &G) -> Option<Guest> {
    let login = connect.login.as_ref()?;
    gate.admit(&login.username, &login.password).await
}

async fn refuse<Stream, T>(wire: &mut Wire<Stream>, why: ConnectReturnCode) -> Result<T, Ended>
where
    Stream: AsyncRead + AsyncWrite + Unpin,
{
    wire.send(&Packet::ConnAck(ConnAck::new(why, false)))
        .await?;
    Err(Ended::Unknown)
}

/// Once and a half the time in which it would ping (section 3.1.2.10 of the standard).
fn silence(connect: &Connect) -> Duration {
    match u64::from(connect.keep_alive) {
        0 => SILENCE,
        seconds => Duration::from_millis(seconds * 1_500).min(SILENCE),
    }
}

/// Answers a packet; false when the speaker takes its leave.
async fn answer<Stream, G>(
    wire: &mut Wire<Stream>,
    place: &Place,
    gate: &G,
    packet: Packet,
) -> Result<bool, Ended>
where
    Stream: AsyncRead + AsyncWrite + Unpin,
    G: Gate,
{
    match packet {
        Packet::Subscribe(asked) => subscribe(wire, place, gate, asked).await?,
        Packet::Unsubscribe(asked) => {
            let topics = asked.topics.iter().filter_map(|topic| topic.parse().ok());
            topics.for_each(|topic| place.turn_away(topic));
            wire.send(&Packet::UnsubAck(UnsubAck::new(asked.pkid)))
                .await?;
        }
        Packet::Publish(said) => take(wire, place.guest, gate, said).await?,
        Packet::PingReq => wire.send(&Packet::PingResp).await?,
        // Nothing is sent that wants one.
        Packet::PubAck(_) => {}
        Packet::Disconnect => return Ok(false),
        _ => return Err(Ended::OutOfPlace),
    }
    Ok(true)
}

async fn subscribe<Stream, G>(
    wire: &mut Wire<Stream>,
    place: &Place,
    gate: &G,
    asked: Subscribe,
) -> Result<(), Ended>
where
    Stream: AsyncRead + AsyncWrite + Unpin,
    G: Gate,
{
    let Guest { speaker, area } = place.guest;
    let mut topics = Vec::with_capacity(asked.filters.len());
    for filter in asked.filters {
        let topic = filter.path.parse::<Topic>().ok();
        let Some(topic) = topic.filter(|topic| Topic::heard_by(speaker, area).contains(topic))
        else {
            gate.trespassed(place.guest, Trespass::Hear(filter.path))
                .await;
            return Err(Ended::Trespassed(speaker));
        };
        topics.push(topic);
    }
    let codes = vec![SubscribeReasonCode::Success(QoS::AtMostOnce); topics.len()];
    let mut packets = vec![wire::bytes_of(&Packet::SubAck(SubAck::new(
        asked.pkid, codes,
    )))];
    packets.extend(topics.into_iter().filter_map(|topic| place.hear(topic)));
    wire.send_all(&packets).await
}

async fn take<Stream, G>(
    wire: &mut Wire<Stream>,
    guest: Guest,
    gate: &G,
    said: Publish,
) -> Result<(), Ended>
where
    Stream: AsyncRead + AsyncWrite + Unpin,
    G: Gate,
{
    let topic = said.topic.parse::<Topic>().ok();
    let Some(topic) = topic.filter(|topic| Topic::said_by(guest.speaker).contains(topic)) else {
        gate.trespassed(guest, Trespass::Say(said.topic)).await;
        return Err(Ended::Trespassed(guest.speaker));
    };
    if said.qos == QoS::ExactlyOnce {
        return Err(Ended::OutOfPlace);
    }
    gate.heard(guest.speaker, topic, said.payload).await;
    if said.qos == QoS::AtLeastOnce {
        wire.send(&Packet::PubAck(PubAck::new(said.pkid))).await?;
    }
    Ok(())
}
