//! Packets of MQTT 3.1.1 from and to bytes.

use bytes::{Bytes, BytesMut};
use loa_air::Topic;
use rumqttc::mqttbytes::v4::{Packet, Publish};
use rumqttc::mqttbytes::{Error, QoS};

/// The largest packet, in bytes: a hundred receipts stay below.
pub(crate) const LARGEST: usize = 256 * 1024;

/// The next packet, or none while it is not there whole. It is taken off the bytes.
pub(crate) fn next(bytes: &mut BytesMut) -> Result<Option<Packet>, Error> {
    match Packet::read(bytes, LARGEST) {
        Ok(packet) => Ok(Some(packet)),
        Err(Error::InsufficientBytes(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The bytes of a packet.
pub(crate) fn bytes_of(packet: &Packet) -> Bytes {
    let mut bytes = BytesMut::new();
    // Nothing the server sends is as large as MQTT's limit of 256 MB.
    match packet.write(&mut bytes, usize::MAX) {
        Ok(_) => bytes.freeze(),
        Err(error) => {
            tracing::error!(%error, "a packet cannot be written");
            Bytes::new()
        }
    }
}

/// A message, the same bytes for all who hear it.
pub(crate) fn publish(topic: Topic, payload: &[u8], kept: bool) -> Bytes {
    let mut publish = Publish::new(topic.to_string(), QoS::AtMostOnce, payload);
    publish.retain = kept;
    bytes_of(&Packet::Publish(publish))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Whatever comes, it is a packet, the beginning of one, or refused.
        #[test]
        fn no_bytes_are_too_much(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut rest = BytesMut::from(&bytes[..]);
            while let Ok(Some(_)) = next(&mut rest) {}
        }

        /// The same for packets that begin as one of each kind does.
        #[test]
        fn no_packet_is_too_much(kind in 0u8..=15, flags in 0u8..=15, body in proptest::collection::vec(any::<u8>(), 0..100)) {
            let length = u8::try_from(body.len()).unwrap();
            let mut bytes = BytesMut::from(&[&[kind << 4 | flags, length], &body[..]].concat()[..]);
            let before = bytes.len();
            let end = next(&mut bytes);
            prop_assert!(!matches!(end, Ok(None)), "it is whole");
            prop_assert!(bytes.len() <= before);
        }

        #[test]
        fn a_message_reads_as_it_was_written(area in any::<i64>(), payload in proptest::collection::vec(any::<u8>(), 0..2000), kept in any::<bool>()) {
            let mut bytes = BytesMut::from(&publish(Topic::Urgent(area), &payload, kept)[..]);
            let Ok(Some(Packet::Publish(read))) = next(&mut bytes) else {
                panic!("no message");
            };
            prop_assert_eq!(read.topic.parse(), Ok(Topic::Urgent(area)));
            prop_assert_eq!(&read.payload[..], &payload[..]);
            prop_assert_eq!((read.retain, read.qos), (kept, QoS::AtMostOnce));
        }
    }
}
