//! What goes on the air, stretch by stretch.

use std::ops::Range;
use std::sync::Arc;

use loa_speech::{Pause, Sentence, Spoken};

use crate::pcm::Pcm;

/// A stretch of what goes on the air.
#[derive(Clone, Debug, PartialEq)]
pub enum Take {
    /// A sentence for the voice.
    Say(Sentence),
    /// A recording in the place of words. It is brought to the loudness of the voice around it.
    Play {
        /// Its sound, as [`decode`](crate::decode) and [`Pcm::cut`] give it, or a
        /// [`jingle`](crate::jingle).
        recording: Arc<Pcm>,
        /// What is heard, for the transcript.
        text: String,
        /// The bytes of the source it stands for.
        source: Range<usize>,
        /// The rest after it.
        pause: Pause,
    },
    /// A chapter of the finished sound begins here; it makes no sound itself.
    Chapter(String),
}

impl Take {
    /// Every sentence of a reading, for the voice.
    #[must_use]
    pub fn all(spoken: &Spoken) -> Vec<Self> {
        spoken.sentences().into_iter().map(Self::Say).collect()
    }

    /// The sentence, if it is one.
    pub(crate) fn sentence(&self) -> Option<&Sentence> {
        match self {
            Self::Say(sentence) => Some(sentence),
            Self::Play { .. } | Self::Chapter(_) => None,
        }
    }
}
