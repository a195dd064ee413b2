//! Who reads a script, and how fast.

use crate::app::App;
use crate::config::VoiceConfig;
use crate::web::Lang;

use super::draft::Draft;
use super::entity::rendition;

/// The Vietnamese voices of espeak-ng, with the names of their texts.
const VOICES: [(&str, &str); 3] = [
    ("vi", "stories-voice-north"),
    ("vi-vn-x-central", "stories-voice-central"),
    ("vi-vn-x-south", "stories-voice-south"),
];
/// What the names of a speech server's voices begin with.
pub(super) const SERVER: &str = "server:";
/// What a page offers, in percent of a newsreader's pace.
pub(crate) const SPEEDS: [i64; 5] = [80, 90, 100, 110, 120];
/// What anybody can still follow.
const SLOWEST: i64 = 70;
const FASTEST: i64 = 130;

/// What is to be read, by whom and how fast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Script {
    pub(super) text: String,
    pub(super) voice: String,
    /// Percent of a newsreader's pace.
    pub(super) speed: i64,
}

impl Script {
    /// What a draft asks for; what it does not say is as configured.
    pub(super) fn of_draft(app: &App, draft: &Draft) -> Option<Self> {
        let text = draft.script.clone()?;
        Some(Self::with(app, text, draft.voice.as_deref(), draft.speed))
    }

    /// What a script that is kept asks for.
    pub(super) fn of_row(app: &App, row: &rendition::Model) -> Self {
        Self::with(
            app,
            row.text.clone(),
            row.voice_wanted.as_deref(),
            row.speed,
        )
    }

    fn with(app: &App, text: String, voice: Option<&str>, speed: Option<i64>) -> Self {
        let config = &app.config.voice;
        Self {
            text,
            voice: voice.unwrap_or(&config.name).to_owned(),
            speed: speed.unwrap_or(i64::from(config.speed)),
        }
    }
}

/// The voices that may be chosen: those of the speech server, those known, and the configured one.
pub(crate) fn offered(config: &VoiceConfig) -> Vec<String> {
    let server = config.server.iter().flat_map(|server| &server.voices);
    let mut voices: Vec<String> = server.map(|voice| format!("{SERVER}{voice}")).collect();
    voices.extend(VOICES.iter().map(|(voice, _)| (*voice).to_owned()));
    if !voices.contains(&config.name) {
        voices.insert(0, config.name.clone());
    }
    voices
}

/// The voice of this machine that reads when a speech server does not.
pub(super) fn own_voice(config: &VoiceConfig) -> &str {
    if config.name.starts_with(SERVER) {
        VOICES[0].0
    } else {
        &config.name
    }
}

/// Whether anybody can follow it.
pub(crate) fn is_speed(speed: i64) -> bool {
    (SLOWEST..=FASTEST).contains(&speed)
}

/// What a voice is called.
pub(crate) fn voice_name(lang: Lang, voice: &str) -> String {
    match VOICES.iter().find(|(known, _)| *known == voice) {
        Some((_, text)) => lang.t(text),
        None => lang.tv("stories-voice", voice.strip_prefix(SERVER).unwrap_or(voice)),
    }
}

/// What a speed is called.
pub(crate) fn speed_name(lang: Lang, speed: i64) -> String {
    let text = match speed {
        ..=85 => "stories-speed-slow",
        86..=95 => "stories-speed-slower",
        96..=104 => "stories-speed-even",
        105..=115 => "stories-speed-faster",
        _ => "stories-speed-fast",
    };
    lang.tv(text, speed)
}
