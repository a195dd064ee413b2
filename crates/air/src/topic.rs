//! The topics of the broker, and who may do what on them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

const ROOT: &str = "loa/v1";

/// One topic. There are no others, and no wildcards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Topic {
    /// `loa/v1/area/{area}/manifest`: a [`Notice`], kept by the broker.
    Manifest(i64),
    /// `loa/v1/area/{area}/urgent`: a signed urgent manifest, kept by the broker while it holds.
    Urgent(i64),
    /// `loa/v1/speaker/{id}/status`: a signed status.
    Status(i64),
    /// `loa/v1/speaker/{id}/receipts`: a list of signed receipts.
    Receipts(i64),
    /// `loa/v1/speaker/{id}/ack`: [`crate::Acknowledged`].
    Ack(i64),
    /// `loa/v1/speaker/{id}/command`: a [`Notice`] of its orders, kept by the broker.
    Command(i64),
}

/// That there is a manifest, or orders, to ask for. It is not signed: whoever forges one makes a speaker ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Its version.
    pub version: i64,
}

/// Text that is no topic of Loa.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no topic of Loa")]
pub struct NoTopic;

impl Topic {
    /// What a speaker of an area may hear, and nothing else.
    pub fn heard_by(speaker: i64, area: i64) -> [Self; 4] {
        [
            Self::Urgent(area),
            Self::Manifest(area),
            Self::Ack(speaker),
            Self::Command(speaker),
        ]
    }

    /// Where a speaker may say something, and nowhere else.
    pub fn said_by(speaker: i64) -> [Self; 2] {
        [Self::Receipts(speaker), Self::Status(speaker)]
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, id, which) = match self {
            Self::Manifest(area) => ("area", area, "manifest"),
            Self::Urgent(area) => ("area", area, "urgent"),
            Self::Status(speaker) => ("speaker", speaker, "status"),
            Self::Receipts(speaker) => ("speaker", speaker, "receipts"),
            Self::Ack(speaker) => ("speaker", speaker, "ack"),
            Self::Command(speaker) => ("speaker", speaker, "command"),
        };
        write!(out, "{ROOT}/{what}/{id}/{which}")
    }
}

impl FromStr for Topic {
    type Err = NoTopic;

    fn from_str(text: &str) -> Result<Self, NoTopic> {
        let rest = text
            .strip_prefix(ROOT)
            .and_then(|rest| rest.strip_prefix('/'));
        let mut parts = rest.ok_or(NoTopic)?.split('/');
        let mut next = || parts.next().ok_or(NoTopic);
        let (what, id, which) = (next()?, next()?, next()?);
        let id = id.parse().map_err(|_| NoTopic)?;
        let topic = match (what, which) {
            ("area", "manifest") => Self::Manifest(id),
            ("area", "urgent") => Self::Urgent(id),
            ("speaker", "status") => Self::Status(id),
            ("speaker", "receipts") => Self::Receipts(id),
            ("speaker", "ack") => Self::Ack(id),
            ("speaker", "command") => Self::Command(id),
            _ => return Err(NoTopic),
        };
        // One text a topic: no zeros in front, nothing after it.
        if topic.to_string() == text {
            Ok(topic)
        } else {
            Err(NoTopic)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ALL: [fn(i64) -> Topic; 6] = [
        Topic::Manifest,
        Topic::Urgent,
        Topic::Status,
        Topic::Receipts,
        Topic::Ack,
        Topic::Command,
    ];

    #[test]
    fn a_speaker_hears_its_area_and_itself_and_says_only_its_own() {
        let may = |id: i64| {
            ALL.map(|of| {
                let (hear, say) = (Topic::heard_by(2, 3), Topic::said_by(2));
                (hear.contains(&of(id)), say.contains(&of(id)))
            })
        };
        let (no, hear, say) = ((false, false), (true, false), (false, true));
        assert_eq!(may(3), [hear, hear, no, no, no, no]);
        assert_eq!(may(2), [no, no, say, say, hear, hear]);
        assert_eq!(may(4), [no; 6]);
    }

    #[test]
    fn what_is_no_topic_is_refused() {
        for text in [
            "loa/v1/area/3/#",
            "loa/v1/area/+/urgent",
            "#",
            "loa/v1/area/03/urgent",
            "loa/v1/area/3/urgent/",
            "loa/v1/speaker/3/urgent",
            "/loa/v1/area/3/urgent",
            "$SYS/broker/uptime",
        ] {
            assert_eq!(text.parse::<Topic>(), Err(NoTopic), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_topic_reads_as_it_is_written(kind in 0usize..5, id in any::<i64>()) {
            let topic = ALL[kind](id);
            prop_assert_eq!(topic.to_string().parse(), Ok(topic));
        }

        #[test]
        fn no_text_is_two_topics(text in "(loa/v1/)?(area|speaker)?/[-+0-9#]{0,4}/(urgent|ack|status)?/?") {
            if let Ok(topic) = text.parse::<Topic>() {
                prop_assert_eq!(topic.to_string(), text);
            }
        }
    }
}
