//! Stretches one after the other, with the rests between them.

use loa_speech::Pause;

use crate::frames;
use crate::loudness::{Levelling, Loudness, measure};
use crate::pcm::Pcm;
use crate::resample::{RATE, resample, trimmed};
use crate::sound::{AudioError, SentenceSound};
use crate::tags::Chapter;
use crate::take::Take;

/// Rest before the first word and after the last.
pub(crate) const MARGIN_MS: u64 = 150;

/// All that is heard, before it is brought to the target.
pub(crate) struct Layout {
    pub(crate) samples: Vec<f32>,
    pub(crate) sentences: Vec<SentenceSound>,
    pub(crate) chapters: Vec<Chapter>,
}

/// A take as sound, trimmed and faded.
struct Stretch<'a> {
    take: &'a Take,
    samples: Vec<f32>,
}

/// Joins the takes. A recording is brought to the loudness of the voice, or to the target's where
/// nobody speaks.
pub(crate) fn laid_out(
    takes: &[Take],
    sounds: Vec<Pcm>,
    target: Loudness,
) -> Result<Layout, AudioError> {
    let mut stretches = stretches(takes, sounds)?;
    level(&mut stretches, target)?;
    let last = stretches
        .iter()
        .rposition(|stretch| !stretch.samples.is_empty());
    let mut layout = Layout {
        samples: silence(MARGIN_MS),
        sentences: Vec::new(),
        chapters: Vec::new(),
    };
    for (index, Stretch { take, samples }) in stretches.into_iter().enumerate() {
        let start_ms = milliseconds(layout.samples.len());
        let (text, source) = match take {
            Take::Say(sentence) => (&sentence.text, &sentence.source),
            Take::Play { text, source, .. } => (text, source),
            Take::Chapter(title) => {
                layout.chapters.push(Chapter {
                    title: title.clone(),
                    // The first begins with the sound.
                    start_ms: if layout.sentences.is_empty() {
                        0
                    } else {
                        start_ms
                    },
                    end_ms: 0,
                });
                continue;
            }
        };
        layout.sentences.push(SentenceSound {
            text: text.clone(),
            source: source.clone(),
            start_ms,
            duration_ms: milliseconds(samples.len()),
        });
        layout.samples.extend_from_slice(&samples);
        if last.is_some_and(|last| index < last) {
            layout.samples.extend(silence(rest_ms(take)));
        }
    }
    layout.samples.extend(silence(MARGIN_MS));
    let end = frames::length_ms(frames::of_samples(layout.samples.len()));
    for at in 0..layout.chapters.len() {
        layout.chapters[at].end_ms = layout
            .chapters
            .get(at + 1)
            .map_or(end, |next| next.start_ms);
    }
    Ok(layout)
}

/// How long the takes last as an MP3, without making it.
pub(crate) fn length_ms(takes: &[Take], sounds: Vec<Pcm>) -> Result<u64, AudioError> {
    let stretches = stretches(takes, sounds)?;
    let last = stretches
        .iter()
        .rposition(|stretch| !stretch.samples.is_empty());
    let samples: usize = stretches
        .iter()
        .enumerate()
        .map(|(index, stretch)| {
            let rest = if last.is_some_and(|last| index < last) {
                count(rest_ms(stretch.take))
            } else {
                0
            };
            stretch.samples.len() + rest
        })
        .sum();
    Ok(frames::length_ms(frames::of_samples(
        samples + 2 * count(MARGIN_MS),
    )))
}

/// The rest after a sentence or a recording.
pub(crate) fn pause_ms(pause: Pause) -> u64 {
    match pause {
        // Within a sentence, where a passage in another language begins or ends.
        Pause::None => 70,
        Pause::Short => 200,
        Pause::Long => 300,
        Pause::Sentence | Pause::Question | Pause::Exclamation => 420,
        Pause::Paragraph => 750,
    }
}

/// A sound with the rest before its beginning and after its end.
pub(crate) fn framed(samples: &[f32]) -> Vec<f32> {
    let mut all = silence(MARGIN_MS);
    all.extend_from_slice(samples);
    all.extend(silence(MARGIN_MS));
    all
}

fn stretches(takes: &[Take], sounds: Vec<Pcm>) -> Result<Vec<Stretch<'_>>, AudioError> {
    let mut sounds = sounds.into_iter();
    takes
        .iter()
        .map(|take| {
            let samples = match take {
                Take::Say(_) => {
                    let sound = sounds
                        .next()
                        .ok_or_else(|| AudioError::Sound("a sentence has no sound".to_owned()))?;
                    trimmed(resample(sound).map_err(AudioError::Sound)?)
                }
                Take::Play {
                    recording, text, ..
                } => {
                    if recording.is_silent() {
                        return Err(AudioError::SilentRecording {
                            beginning: text.chars().take(40).collect(),
                        });
                    }
                    trimmed(resample(Pcm::clone(recording)).map_err(AudioError::Sound)?)
                }
                Take::Chapter(_) => Vec::new(),
            };
            Ok(Stretch { take, samples })
        })
        .collect()
}

/// Each recording on its own is brought to the loudness of the voice.
fn level(stretches: &mut [Stretch<'_>], target: Loudness) -> Result<(), AudioError> {
    let fault = |error: ebur128::Error| AudioError::Sound(error.to_string());
    if !stretches
        .iter()
        .any(|stretch| matches!(stretch.take, Take::Play { .. }))
    {
        return Ok(());
    }
    let voice: Vec<f32> = stretches
        .iter()
        .filter(|stretch| matches!(stretch.take, Take::Say(_)))
        .flat_map(|stretch| stretch.samples.iter().copied())
        .collect();
    let spoken = measure(&voice).map_err(fault)?.lufs;
    let aim = Loudness {
        lufs: if spoken.is_finite() {
            spoken
        } else {
            target.lufs
        },
        ..target
    };
    for stretch in stretches {
        if matches!(stretch.take, Take::Play { .. }) {
            stretch.samples = Levelling::of(&stretch.samples).at(aim);
        }
    }
    Ok(())
}

fn rest_ms(take: &Take) -> u64 {
    match take {
        Take::Say(sentence) => pause_ms(sentence.pause),
        Take::Play { pause, .. } => pause_ms(*pause),
        Take::Chapter(_) => 0,
    }
}

fn silence(milliseconds: u64) -> Vec<f32> {
    vec![0.0; count(milliseconds)]
}

fn count(milliseconds: u64) -> usize {
    usize::try_from(milliseconds * u64::from(RATE) / 1000).unwrap_or(0)
}

fn milliseconds(samples: usize) -> u64 {
    samples as u64 * 1000 / u64::from(RATE)
}
