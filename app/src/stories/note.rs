//! What is to be known of a sound: who reads in it, and which voice did not answer. It is kept with
//! the sound and frozen with it.

use serde::{Deserialize, Serialize};

use super::voices::voice_name;
use crate::ids::{PersonId, RecordingId};
use crate::web::Lang;

/// Kept as JSON beside the sound; nothing is kept when there is nothing to know.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SoundNote {
    /// The voice that was asked for, when another had to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<Instead>,
    /// The recordings that are heard, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recorded: Vec<Recorded>,
}

/// A voice that did not read, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instead {
    /// The voice.
    pub voice: String,
    /// Names the text that tells why.
    pub why: String,
}

/// A recording that is heard in a sound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recorded {
    /// The recording.
    pub recording: RecordingId,
    /// Who made it.
    pub by: PersonId,
    /// The file that was sent, by its SHA-256.
    pub original: String,
    /// What is heard of it, in milliseconds.
    pub from_ms: i64,
    /// Until here.
    pub to_ms: i64,
    /// Which sentence it is, from 1; none when it is the whole script.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sentence: Option<usize>,
}

impl SoundNote {
    /// As it is kept: nothing when there is nothing to know.
    pub(crate) fn to_json(&self) -> serde_json::Result<Option<String>> {
        if *self == Self::default() {
            return Ok(None);
        }
        serde_json::to_string(self).map(Some)
    }

    /// From what was kept.
    pub(crate) fn from_json(json: Option<&str>) -> serde_json::Result<Self> {
        json.map_or_else(|| Ok(Self::default()), serde_json::from_str)
    }

    /// Whether a person reads all of it.
    pub(super) fn whole(&self) -> bool {
        self.recorded.iter().any(|part| part.sentence.is_none())
    }

    /// Why another voice reads than was asked for.
    pub fn told(&self, lang: Lang) -> Option<String> {
        let instead = self.instead.as_ref()?;
        let voice = voice_name(lang, &instead.voice);
        Some(lang.tv(&instead.why, voice))
    }

    /// Who reads, in words: a person, or a voice with so many recorded sentences.
    pub fn reader(&self, lang: Lang, voice: Option<&str>) -> String {
        if self.whole() {
            return lang.t("stories-reader-person");
        }
        let voice = voice_name(lang, voice.unwrap_or_default());
        match self.recorded.len() {
            0 => voice,
            count => format!("{voice}, {}", lang.tv("stories-reader-recorded", count)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_to_know_is_not_kept_and_what_is_kept_comes_back() {
        assert_eq!(SoundNote::default().to_json().unwrap(), None);
        let note = SoundNote {
            instead: Some(Instead {
                voice: "server:mai".into(),
                why: "stories-instead-silent".into(),
            }),
            recorded: Vec::new(),
        };
        let json = note.to_json().unwrap();
        assert_eq!(SoundNote::from_json(json.as_deref()).unwrap(), note);
        assert!(SoundNote::from_json(Some("{\"other\":1}")).is_err());
    }
}
