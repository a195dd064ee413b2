//! What was measured of each voice.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::syllable::Syllable;

const MEASURED: &str = include_str!("pace.tsv");
const VOICES: [&str; 3] = ["vi", "vi-vn-x-central", "vi-vn-x-south"];

static TABLES: LazyLock<[Table; 3]> = LazyLock::new(|| [0, 1, 2].map(Table::read));

/// Milliseconds at 100 % of the pace.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Beside the words of a sentence.
    pub(super) sentence: f64,
    /// At a comma.
    pub(super) rest: f64,
    /// Of a word that is no syllable, beside its letters.
    pub(super) foreign: f64,
    /// Of each of these letters.
    pub(super) letter: f64,
    mean: f64,
    initials: BTreeMap<&'static str, f64>,
    rimes: BTreeMap<&'static str, f64>,
}

impl Table {
    /// Of a voice by its name; of one that was not measured, the northern voice's.
    pub(super) fn of(voice: &str) -> &'static Self {
        let place = VOICES.iter().position(|known| *known == voice);
        &TABLES[place.unwrap_or(0)]
    }

    /// A syllable; parts that were not measured are as long as the mean.
    pub(super) fn syllable(&self, syllable: &Syllable) -> f64 {
        let of =
            |table: &BTreeMap<_, f64>, part: &str| table.get(part).copied().unwrap_or_default();
        self.mean + of(&self.initials, &syllable.initial) + of(&self.rimes, &syllable.rime)
    }

    fn read(voice: usize) -> Self {
        let mut table = Self::default();
        let lines = MEASURED
            .lines()
            .filter(|line| !line.starts_with('#'))
            .skip(1);
        for line in lines {
            let mut columns = line.split('\t');
            let part = columns.next().unwrap_or_default();
            let length = columns.nth(voice).and_then(|length| length.parse().ok());
            let length: f64 = length.unwrap_or_default();
            match part.split_once(' ') {
                Some(("initial", "-")) => _ = table.initials.insert("", length),
                Some(("initial", initial)) => _ = table.initials.insert(initial, length),
                Some((_, rime)) => _ = table.rimes.insert(rime, length),
                None if part == "sentence" => table.sentence = length,
                None if part == "rest" => table.rest = length,
                None if part == "foreign" => table.foreign = length,
                None if part == "letter" => table.letter = length,
                None => table.mean = length,
            }
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_what_was_measured_is_read() {
        for (place, voice) in VOICES.iter().enumerate() {
            let table = Table::of(voice);
            assert!(
                (200.0..300.0).contains(&table.mean),
                "{voice}: {}",
                table.mean
            );
            assert!(
                table.initials.len() > 20 && table.rimes.len() > 100,
                "{voice}"
            );
            for length in [table.sentence, table.rest, table.letter] {
                assert!(length > 20.0, "{voice}: {length}");
            }
            let header = MEASURED.lines().nth(1).unwrap_or_default();
            assert_eq!(header.split('\t').nth(place + 1), Some(*voice));
        }
        assert!(std::ptr::eq(Table::of("server:mai"), Table::of("vi")));
    }
}
