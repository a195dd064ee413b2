//! The numbers of a document's lists, as they are counted from its beginning to its end.

use std::collections::{HashMap, HashSet};

use super::numbering::{Found, LEVELS, Level, Numbering};
use super::styles::{Look, Styles};
use super::symbols;
use crate::source::numerals;

/// The lists of a document and how far each has come.
pub struct Lists<'a> {
    numbering: &'a Numbering,
    styles: &'a Styles,
    /// By kind: lists of one kind go on where another left off.
    counts: HashMap<i64, [Option<i64>; LEVELS]>,
    /// The lists that have begun a level by their own word.
    begun: HashSet<(i64, usize)>,
}

/// The marker of a paragraph.
pub struct Marker {
    /// As printed.
    pub text: String,
    /// Whether it is a sign, and not counted.
    pub bullet: bool,
}

impl<'a> Lists<'a> {
    /// All at their beginning.
    pub fn new(numbering: &'a Numbering, styles: &'a Styles) -> Self {
        Self {
            numbering,
            styles,
            counts: HashMap::new(),
            begun: HashSet::new(),
        }
    }

    /// The marker of the next paragraph, given the list and level it names itself and the look of
    /// its style; counts it.
    pub fn next(&mut self, own: (Option<i64>, Option<usize>), look: &Look) -> Option<Marker> {
        let id = own.0.or(look.list)?;
        let found = self.numbering.find(id, |style| self.styles.list(style))?;
        let of_style = || look.chain.iter().find_map(|style| found.level_of(style));
        let level = match own {
            (_, Some(level)) => level,
            (Some(_), None) => of_style().unwrap_or(0),
            (None, None) => of_style().or(look.level).unwrap_or(0),
        }
        .min(LEVELS - 1);
        let definition = found.level(level)?;
        self.count(id, &found, level, definition);
        if definition.run.hidden == Some(true) {
            return None;
        }
        let text = if definition.bullet {
            let above = (0..level).filter(|above| found.level(*above).is_some_and(|it| it.bullet));
            bullet(definition, above.count())
        } else {
            self.number(&found, definition)
        };
        let text = text.trim();
        (!text.is_empty()).then(|| Marker {
            text: match definition.run.capitals {
                Some(true) => text.to_uppercase(),
                _ => text.to_owned(),
            },
            bullet: definition.bullet,
        })
    }

    fn count(&mut self, id: i64, found: &Found<'_>, level: usize, definition: &Level) {
        let counts = self.counts.entry(found.kind).or_default();
        // A level that is passed over has begun all the same: 2, 2.1.1, 2.2.
        for (above, count) in counts.iter_mut().enumerate().take(level) {
            let start = found.level(above).map_or(1, |level| level.start);
            count.get_or_insert(found.start(above).unwrap_or(start));
        }
        let begins = found.start(level);
        counts[level] = match counts[level] {
            _ if begins.is_some() && self.begun.insert((id, level)) => begins,
            Some(count) => Some(count.saturating_add(1)),
            None => Some(begins.unwrap_or(definition.start)),
        };
        for (below, count) in counts.iter_mut().enumerate().skip(level + 1) {
            let restart = found.level(below).and_then(|level| level.restart);
            let anew = restart.is_none_or(|after| {
                usize::try_from(after).is_ok_and(|after| after > 0 && level < after)
            });
            if anew {
                *count = None;
            }
        }
    }

    /// `%1.%2.` with its numbers.
    fn number(&self, found: &Found<'_>, definition: &Level) -> String {
        let counts = self.counts.get(&found.kind);
        let mut text = String::new();
        let mut letters = definition.text.chars().peekable();
        while let Some(letter) = letters.next() {
            let place = letters.peek().and_then(|next| next.to_digit(10));
            let (true, Some(place @ 1..)) = (letter == '%', place) else {
                text.push(symbols::sign(letter, definition.run.face.as_deref()));
                continue;
            };
            letters.next();
            let place = place as usize - 1;
            let Some(level) = found.level(place) else {
                continue;
            };
            let Some(numeral) = level.numeral else {
                continue;
            };
            let numeral = if definition.figures {
                numerals::Numeral::Decimal
            } else {
                numeral
            };
            let count = counts.and_then(|counts| counts[place]);
            text.push_str(&numerals::print(count.unwrap_or(level.start), numeral));
        }
        text
    }
}

/// A bullet as it may be typed: `-` and `+` where the face draws them, `*` likewise. Other signs
/// are told apart by their place, as a reader does: the outermost is `•`, then `+`, then `*`.
fn bullet(definition: &Level, above: usize) -> String {
    let face = definition.run.face.as_deref();
    let text = definition.text.trim();
    let mut letters = text.chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else {
        return text.to_owned();
    };
    match symbols::sign(letter, face) {
        '-' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2043}' => "-",
        '+' | '\u{ff0b}' => "+",
        '*' | '\u{2217}' => "*",
        _ => ["•", "+", "*"][above.min(2)],
    }
    .to_owned()
}
