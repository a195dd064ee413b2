//! How long a text will take, from its words alone: for an editor, while somebody types.
//!
//! espeak-ng gives every part of a syllable much the same time wherever it stands, so the length of
//! a sentence is near the sum of its initials and rimes. `estimate/pace.tsv` holds what was measured
//! for each voice, made by `scripts/voice-pace.py`. The rests between sentences are known exactly.

mod syllable;
mod table;

use loa_speech::Sentence;

use crate::layout::{MARGIN_MS, pause_ms};
use syllable::{Token, tokens};
use table::Table;

/// How long things take at a speed in percent, what is said and the rest at a comma, as so many
/// times their length at 100. Measured; between two lines it is in between.
const SPEEDS: [(u32, [f64; 2]); 9] = [
    (70, [1.425, 1.64]),
    (80, [1.246, 1.36]),
    (85, [1.181, 1.24]),
    (90, [1.120, 1.15]),
    (100, [1.0, 1.0]),
    (110, [0.914, 0.87]),
    (115, [0.876, 0.80]),
    (120, [0.841, 0.77]),
    (130, [0.775, 0.67]),
];
/// A letter in a passage of another language takes about so long.
const FOREIGN_LETTER_MS: f64 = 72.0;

/// How long the sentences will take when rendered, in milliseconds: within two percent of what is
/// rendered for a text of a minute and more, read by a Vietnamese voice of espeak-ng at 70 to 130
/// percent of its pace. Other voices are taken to be as fast as the northern one.
#[must_use]
pub fn estimate(sentences: &[Sentence], voice: &str, speed_percent: u32) -> u64 {
    let Some((_, before)) = sentences.split_last() else {
        return 0;
    };
    let table = Table::of(voice);
    let [said, rest] = pace(speed_percent);
    let spoken: f64 = sentences
        .iter()
        .map(|sentence| length(sentence, table, said, rest))
        .sum();
    let rests: u64 = before.iter().map(|sentence| pause_ms(sentence.pause)).sum();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // some hours of speech
    let spoken = spoken.max(0.0).round() as u64;
    spoken + rests + 2 * MARGIN_MS
}

fn length(sentence: &Sentence, table: &Table, said: f64, rest: f64) -> f64 {
    let foreign = sentence
        .language
        .as_ref()
        .is_some_and(|language| !language.is_vietnamese());
    let tokens = tokens(&sentence.text).map(|token| match token {
        Token::Rest => table.rest * rest,
        Token::Word(letters) if foreign => letters * FOREIGN_LETTER_MS * said,
        Token::Word(letters) => (table.foreign + letters * table.letter) * said,
        Token::Syllable(_) if foreign => FOREIGN_LETTER_MS * 4.0 * said,
        Token::Syllable(syllable) => table.syllable(&syllable) * said,
    });
    table.sentence * said + tokens.sum::<f64>()
}

/// What is said and a rest, against 100 %.
fn pace(percent: u32) -> [f64; 2] {
    let at = |percent: u32| f64::from(percent);
    let after = SPEEDS.iter().position(|(speed, _)| *speed >= percent);
    match after {
        Some(0) => SPEEDS[0].1.map(|scale| scale * 70.0 / at(percent.max(1))),
        None => SPEEDS[SPEEDS.len() - 1]
            .1
            .map(|scale| scale * 130.0 / at(percent)),
        Some(next) => {
            let ((low, before), (high, after)) = (SPEEDS[next - 1], SPEEDS[next]);
            let share = (at(percent) - at(low)) / (at(high) - at(low));
            [0, 1].map(|which| before[which] + (after[which] - before[which]) * share)
        }
    }
}
