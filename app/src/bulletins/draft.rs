//! What a person says of a bulletin, and what is wrong with it.

use loa_audio::Jingle;
use loa_speech::markup_problems;
use serde::{Deserialize, Serialize};

use super::bulletin::Desk;
use super::entity::bulletin;
use super::words::LIMIT;
use crate::config::VoiceConfig;
use crate::error::Failure;
use crate::ids::DeliveryId;
use crate::stories::{is_speed, mark_fault, offered, tidy};
use crate::web::Errors;

/// The words, the jingle, the voice and the order of a bulletin.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Draft {
    /// What is said before the stories; empty: nothing. May hold `{gio}`, `{ngay}`, `{dia_danh}`.
    pub opening: String,
    /// What is said after them.
    pub closing: String,
    /// The name of a jingle of `crates/audio`; none is played when nothing is said.
    pub jingle: Option<String>,
    /// Who reads.
    pub voice: String,
    /// How fast, in percent of a newsreader's pace.
    pub speed: i64,
    /// Deliveries in the order of the air; those left out stand last.
    pub stories: Vec<DeliveryId>,
}

/// Why a bulletin was not kept. Nothing was changed.
#[derive(Debug)]
pub enum NotSaved {
    /// Fields are wrong.
    Fields(Errors),
    /// Anything else.
    Failure(Failure),
}

impl<E: Into<Failure>> From<E> for NotSaved {
    fn from(error: E) -> Self {
        Self::Failure(error.into())
    }
}

impl Draft {
    /// What a bulletin says now.
    pub fn of(row: &bulletin::Model) -> Self {
        Self {
            opening: row.opening.clone(),
            closing: row.closing.clone(),
            jingle: row.jingle.clone(),
            voice: row.voice.clone(),
            speed: row.speed,
            stories: row.order(),
        }
    }

    /// As it is kept: texts composed, the order of the stories that the slot has.
    pub(super) fn tidied(&self, desk: &Desk) -> Self {
        Self {
            opening: tidy(&self.opening),
            closing: tidy(&self.closing),
            jingle: self.jingle.clone().filter(|jingle| !jingle.is_empty()),
            stories: desk.order(&self.stories),
            ..self.clone()
        }
    }

    /// What is wrong with it, field by field.
    pub(super) fn faults(&self, desk: &Desk, voice: &VoiceConfig) -> Errors {
        let mut errors = Errors::default();
        for (field, text) in [("opening", &self.opening), ("closing", &self.closing)] {
            if text.chars().count() > LIMIT {
                errors.add(field, "bulletins-text-long");
            } else if let Some(problem) = markup_problems(text).first() {
                errors.add(field, mark_fault(problem.kind));
            } else if desk.filling.misses(text) {
                errors.add(field, "bulletins-name-unknown");
            }
        }
        let jingle = self.jingle.as_deref();
        let known = jingle.is_none_or(|name| Jingle::from_name(name).is_some());
        errors.require(known, "jingle", "bulletins-jingle-unknown");
        let voices = offered(voice);
        errors.require(
            voices.contains(&self.voice),
            "voice",
            "stories-voice-unknown",
        );
        errors.require(is_speed(self.speed), "speed", "stories-speed-unknown");
        errors
    }
}
