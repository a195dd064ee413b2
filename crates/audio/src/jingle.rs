//! Short sounds between stories, made here: nobody's licence is needed.

use serde::{Deserialize, Serialize};

use crate::pcm::Pcm;
use crate::resample::RATE;

/// A short sound before, between or after stories. Each lasts two to three seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Jingle {
    /// Two strokes of a bell, as before an announcement.
    Bell,
    /// Four rising notes of a chime, as at the opening of a broadcast.
    Chime,
    /// A plucked run in the five notes of a đàn tranh.
    Zither,
}

impl Jingle {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Bell, Self::Chime, Self::Zither];

    /// Its name in settings and forms.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Bell => "bell",
            Self::Chime => "chime",
            Self::Zither => "zither",
        }
    }

    /// The names of all.
    #[must_use]
    pub fn names() -> [&'static str; 3] {
        Self::ALL.map(Self::name)
    }

    /// The jingle of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|jingle| jingle.name() == name)
    }
}

/// Its sound: always the same, from silence to silence.
#[must_use]
pub fn jingle(jingle: Jingle) -> Pcm {
    let mut sound = Vec::new();
    match jingle {
        Jingle::Bell => {
            strike(&mut sound, 0.0, 659.26, 2.0, &BELL);
            strike(&mut sound, 0.55, 523.25, 2.0, &BELL);
        }
        Jingle::Chime => {
            for (at, pitch) in [
                (0.0, 523.25),
                (0.28, 659.26),
                (0.56, 783.99),
                (0.84, 1046.5),
            ] {
                strike(&mut sound, at, pitch, 1.6, &CHIME);
            }
        }
        Jingle::Zither => {
            // Đô rê fa son la: the bắc mode of southern music, upwards and back to rest
            for (at, pitch) in [
                (0.0, 523.25),
                (0.16, 587.33),
                (0.32, 698.46),
                (0.48, 783.99),
                (0.64, 880.0),
                (0.96, 783.99),
                (1.28, 1046.5),
            ] {
                strike(&mut sound, at, pitch, 1.3, &PLUCK);
            }
        }
    }
    finished(sound)
}

/// How something sounds that is struck.
struct Timbre {
    /// Partials: times the pitch, loudness, and how fast each dies away beside the first.
    partials: &'static [(f32, f32, f32)],
    /// Seconds until the first partial has fallen to 1/e.
    decay: f32,
    /// Seconds of its rise.
    attack: f32,
}

/// The partials of a small bell: hum, prime, tierce, quint, nominal.
const BELL: Timbre = Timbre {
    partials: &[
        (0.5, 0.35, 0.7),
        (1.0, 1.0, 1.0),
        (1.19, 0.3, 1.6),
        (1.5, 0.2, 1.9),
        (2.0, 0.45, 2.0),
        (2.66, 0.12, 3.2),
        (4.0, 0.08, 4.5),
    ],
    decay: 0.5,
    attack: 0.004,
};

const CHIME: Timbre = Timbre {
    partials: &[
        (1.0, 1.0, 1.0),
        (2.0, 0.18, 2.0),
        (2.76, 0.22, 2.6),
        (5.4, 0.06, 5.0),
    ],
    decay: 0.42,
    attack: 0.005,
};

/// A string plucked near its end: many partials, the high ones soon gone.
const PLUCK: Timbre = Timbre {
    partials: &[
        (1.0, 1.0, 1.0),
        (2.0, 0.6, 1.5),
        (3.0, 0.42, 2.1),
        (4.0, 0.26, 2.8),
        (5.0, 0.17, 3.6),
        (6.0, 0.1, 4.5),
        (7.0, 0.06, 5.5),
    ],
    decay: 0.36,
    attack: 0.002,
};

/// Adds one stroke: `at` seconds from the beginning, `length` seconds long.
fn strike(sound: &mut Vec<f32>, at: f32, pitch: f32, length: f32, timbre: &Timbre) {
    let (start, count) = (samples(at), samples(length));
    if sound.len() < start + count {
        sound.resize(start + count, 0.0);
    }
    for (step, sample) in sound[start..start + count].iter_mut().enumerate() {
        #[allow(clippy::cast_precision_loss)] // seconds of sound
        let time = step as f32 / RATE as f32;
        let rise = (time / timbre.attack).min(1.0);
        // Whatever still rings at the end is led to nothing.
        let fall = ((length - time) / 0.3).clamp(0.0, 1.0);
        let tone: f32 = timbre
            .partials
            .iter()
            .map(|(times, level, speed)| {
                (std::f32::consts::TAU * pitch * times * time).sin()
                    * level
                    * (-time * speed / timbre.decay).exp()
            })
            .sum();
        *sample += tone * rise * fall;
    }
}

/// At half of full scale: the mastering brings it to the voice.
fn finished(mut sound: Vec<f32>) -> Pcm {
    let peak = sound
        .iter()
        .fold(0.0f32, |peak, sample| peak.max(sample.abs()));
    if peak > 0.0 {
        for sample in &mut sound {
            *sample *= 0.5 / peak;
        }
    }
    Pcm {
        rate: RATE,
        samples: sound,
    }
}

fn samples(seconds: f32) -> usize {
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss
    )] // a few seconds, never negative
    let count = (seconds * RATE as f32) as usize;
    count
}
