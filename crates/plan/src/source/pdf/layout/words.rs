//! Letters to words, in the order in which they were drawn.

use std::collections::HashMap;

use unicode_normalization::char::is_combining_mark;

use super::super::sheet::Glyph;
use crate::source::legacy::Face;

/// Of an em: a gap wider than this parts words. A blank has 0.25, and letters that are kerned overlap.
const APART: f64 = 0.17;
const OVERLAP: f64 = 0.4;

#[allow(clippy::struct_excessive_bools)] // four things that are seen of a word
/// A word, or a piece of one that is set otherwise than the rest.
#[derive(Debug, Clone, Default)]
pub struct Word {
    pub text: String,
    /// Its left and right edge.
    pub x: [f64; 2],
    /// The baseline of its line, also if it stands above it.
    pub y: f64,
    pub size: f64,
    pub bold: bool,
    /// Whether a blank was drawn before it.
    pub spaced: bool,
    /// Whether it is a small number above the line: the mark of a footnote.
    pub raised: bool,
    /// Whether the writer marked it as repeated on every page.
    pub repeated: bool,
}

struct Builder {
    word: Word,
    face: Option<Face>,
    letters: usize,
    bold: usize,
}

/// The words of a page.
pub fn find(glyphs: &[Glyph]) -> Vec<Word> {
    let mut words = Words::default();
    let mut open: Option<Builder> = None;
    let mut spaced = false;
    let mut last: Option<&Glyph> = None;
    for glyph in glyphs {
        // Bold by drawing each letter twice, a hair apart.
        if let Some(before) = last
            && before.text == glyph.text
            && (before.x[0] - glyph.x[0]).abs() < 0.1 * glyph.size
            && (before.y - glyph.y).abs() < 0.1 * glyph.size
        {
            if let Some(open) = &mut open {
                open.bold += 1;
            }
            continue;
        }
        last = Some(glyph);
        if !glyph.text.is_empty() && glyph.text.chars().all(char::is_whitespace) {
            words.add(open.take());
            spaced = true;
            continue;
        }
        if let Some(open) = open.as_mut().filter(|open| open.goes_on_with(glyph)) {
            open.push(glyph);
        } else {
            words.add(open.take());
            open = Some(Builder::new(glyph, std::mem::take(&mut spaced)));
        }
    }
    words.add(open);
    words.found
}

impl Builder {
    fn new(glyph: &Glyph, spaced: bool) -> Self {
        let mut builder = Self {
            word: Word {
                x: glyph.x,
                y: glyph.y,
                size: glyph.size,
                spaced,
                repeated: glyph.repeated,
                ..Word::default()
            },
            face: glyph.face,
            letters: 0,
            bold: 0,
        };
        builder.push(glyph);
        builder
    }

    fn goes_on_with(&self, glyph: &Glyph) -> bool {
        let word = &self.word;
        let gap = glyph.x[0] - word.x[1];
        let size = word.size.max(glyph.size);
        // A mark is drawn over the letter before it, a little higher or lower.
        if glyph.text.chars().next().is_some_and(is_combining_mark) {
            return gap.abs() < size && (glyph.y - word.y).abs() < size;
        }
        self.face == glyph.face
            && word.repeated == glyph.repeated
            && (glyph.y - word.y).abs() < 0.08 * size
            && glyph.size.min(word.size) > 0.88 * size
            && (-OVERLAP * size..APART * size).contains(&gap)
    }

    fn push(&mut self, glyph: &Glyph) {
        self.word.text.push_str(&glyph.text);
        self.word.x[1] = self.word.x[1].max(glyph.x[1]);
        self.letters += 1;
        self.bold += usize::from(glyph.bold);
    }

    fn word(mut self) -> Word {
        if let Some(face) = self.face {
            self.word.text = face.text(&self.word.text);
        }
        self.word.bold = self.bold * 2 > self.letters;
        let text = self.word.text.trim();
        if text.len() < self.word.text.len() {
            self.word.text = text.to_owned();
        }
        self.word
    }
}

#[derive(Default)]
struct Words {
    found: Vec<Word>,
    /// Where the last one of each text is.
    last: HashMap<String, usize>,
}

impl Words {
    fn add(&mut self, builder: Option<Builder>) {
        let Some(word) = builder.map(Builder::word) else {
            return;
        };
        if word.text.is_empty() {
            return;
        }
        // Bold, or a shadow, by drawing a word twice.
        if let Some(before) = self.last.get(&word.text).map(|at| &mut self.found[*at])
            && (before.x[0] - word.x[0]).abs() < 0.2 * word.size
            && (before.y - word.y).abs() < 0.2 * word.size
        {
            before.bold = true;
            return;
        }
        self.last.insert(word.text.clone(), self.found.len());
        self.found.push(word);
    }
}

/// Puts small numbers that stand above a line onto it, and marks them.
pub fn lower_marks(words: &mut [Word]) {
    /// Words of about the same height that are looked at for one mark.
    const NEAR: usize = 400;
    let mut by_height: Vec<usize> = (0..words.len()).collect();
    by_height.sort_by(|one, other| words[*one].y.total_cmp(&words[*other].y));
    for place in 0..by_height.len() {
        let mark = &words[by_height[place]];
        if number_of_mark(&mark.text).is_none() {
            continue;
        }
        let line = by_height[place + 1..]
            .iter()
            .take(NEAR)
            .map(|index| &words[*index])
            .take_while(|word| word.y - mark.y < 0.75 * word.size.max(mark.size * 2.0))
            .find(|word| {
                let above = (word.y - mark.y) / word.size;
                let after = (mark.x[0] - word.x[1]).abs() < 0.35 * word.size;
                let before = (word.x[0] - mark.x[1]).abs() < 0.8 * word.size;
                mark.size < 0.82 * word.size && (0.1..0.75).contains(&above) && (after || before)
            });
        if let Some(y) = line.map(|word| word.y) {
            let mark = &mut words[by_height[place]];
            (mark.y, mark.raised) = (y, true);
        }
    }
}

/// The number of a footnote's mark: `1`, `(1)`, `*` is none.
pub fn number_of_mark(text: &str) -> Option<&str> {
    let number = text.trim_matches(['(', ')', '[', ']']);
    ((1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit()))
        .then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyphs(text: &str, x: f64, y: f64, size: f64) -> Vec<Glyph> {
        text.chars()
            .enumerate()
            .map(|(index, letter)| {
                #[allow(clippy::cast_precision_loss)] // a few letters
                let from = x + index as f64 * size / 2.0;
                Glyph {
                    text: letter.to_string(),
                    x: [from, from + size / 2.0],
                    y,
                    size,
                    bold: false,
                    face: None,
                    turn: 0,
                    hidden: false,
                    repeated: false,
                }
            })
            .collect()
    }

    #[test]
    fn blanks_and_gaps_part_words_and_marks_join_them() {
        let mut drawn = glyphs("Kế hoạch", 0.0, 100.0, 10.0);
        drawn.extend(glyphs("năm", 60.0, 100.0, 10.0));
        drawn.extend(glyphs("a\u{302}u", 90.0, 100.0, 10.0));
        let texts: Vec<String> = find(&drawn).into_iter().map(|word| word.text).collect();
        assert_eq!(texts, ["Kế", "hoạch", "năm", "a\u{302}u"]);
    }

    #[test]
    fn what_is_drawn_twice_is_bold() {
        let mut drawn = glyphs("abc", 0.0, 100.0, 10.0);
        drawn.extend(glyphs("abc", 0.3, 100.0, 10.0));
        let words = find(&drawn);
        assert_eq!((words.len(), words[0].bold), (1, true));
        let twice: Vec<Glyph> = glyphs("II", 0.0, 100.0, 10.0)
            .into_iter()
            .flat_map(|glyph| [glyph.clone(), glyph])
            .collect();
        let words = find(&twice);
        assert_eq!((words[0].text.as_str(), words[0].bold), ("II", true));
    }

    #[test]
    fn a_small_number_above_is_a_mark() {
        let mut drawn = glyphs("tin", 0.0, 100.0, 14.0);
        drawn.extend(glyphs("2", 21.0, 95.0, 9.0));
        drawn.extend(glyphs("12", 200.0, 95.0, 9.0));
        let mut words = find(&drawn);
        lower_marks(&mut words);
        assert!(words[1].raised && (words[1].y - 100.0).abs() < 0.01);
        assert!(!words[2].raised);
    }
}
