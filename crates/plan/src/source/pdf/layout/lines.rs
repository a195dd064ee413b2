//! Words to printed lines.

use std::collections::BTreeMap;

use super::words::Word;

/// Of an em: baselines nearer than this are one line.
const LEVEL: f64 = 0.3;
/// Lines that are looked at for a word; side by side, two or three may overlap.
const OPEN: usize = 6;
/// Of an em: a gap as wide as this parts columns. In justified text gaps stay below 1.
const COLUMN: f64 = 1.5;

/// A printed line.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// From left to right.
    pub words: Vec<Word>,
    /// Its baseline.
    pub y: f64,
    /// The size of most of it.
    pub size: f64,
}

/// A part of a line between wide gaps.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    pub x: [f64; 2],
    pub text: String,
}

/// The lines of some words, from top to bottom.
pub fn find(mut words: Vec<Word>) -> Vec<Line> {
    words.sort_by(|one, other| {
        let left = || one.x[0].total_cmp(&other.x[0]);
        one.y.total_cmp(&other.y).then_with(left)
    });
    let mut lines: Vec<Line> = Vec::new();
    let mut taken: Vec<BTreeMap<i64, i64>> = Vec::new();
    for word in words {
        let span = span(&word);
        let home = (lines.len().saturating_sub(OPEN)..lines.len())
            .rev()
            .find(|at| {
                let line = &lines[*at];
                let level = LEVEL * word.size.min(line.size).max(4.0);
                (word.y - line.y).abs() <= level && is_free(&taken[*at], span)
            });
        if let Some(at) = home {
            taken[at].insert(span.0, span.1);
            lines[at].words.push(word);
        } else {
            lines.push(Line {
                y: word.y,
                size: word.size,
                words: vec![word],
            });
            taken.push(BTreeMap::from([span]));
        }
    }
    for line in &mut lines {
        line.words
            .sort_by(|one, other| one.x[0].total_cmp(&other.x[0]));
        line.size = usual_size(&line.words).unwrap_or(line.size);
    }
    lines.sort_by(|one, other| one.y.total_cmp(&other.y));
    lines
}

/// The size of most letters.
pub fn usual_size<'a>(words: impl IntoIterator<Item = &'a Word>) -> Option<f64> {
    let mut sizes: BTreeMap<i64, (usize, f64)> = BTreeMap::new();
    for word in words {
        let entry = sizes.entry(hundredths(word.size) / 20).or_default();
        entry.0 += word.text.chars().count();
        entry.1 = word.size;
    }
    sizes
        .into_values()
        .max_by_key(|(letters, _)| *letters)
        .map(|(_, size)| size)
}

impl Line {
    /// Its left edge.
    pub fn left(&self) -> f64 {
        self.words.first().map_or(0.0, |word| word.x[0])
    }

    /// Its right edge.
    pub fn right(&self) -> f64 {
        self.words
            .iter()
            .map(|word| word.x[1])
            .fold(f64::NEG_INFINITY, f64::max)
    }

    /// Whether all of it is bold.
    pub fn is_bold(&self) -> bool {
        let mut letters = self
            .words
            .iter()
            .filter(|word| word.text.chars().any(char::is_alphabetic))
            .peekable();
        letters.peek().is_some() && letters.all(|word| word.bold)
    }

    /// How many words at its beginning are bold, if the rest is not and they begin a clause: '1. Mục đích:'.
    pub fn bold_lead(&self) -> Option<usize> {
        let bold = self.words.iter().take_while(|word| word.bold).count();
        let first = self.words.first()?;
        let marked = is_marker(&first.text) || first.text == "Điều";
        (bold >= 2 && bold < self.words.len() && marked && self.gaps().is_empty()).then_some(bold)
    }

    /// The gaps in it that part columns: left and right edge.
    pub fn gaps(&self) -> Vec<[f64; 2]> {
        let edges = |index: usize| [self.words[index].x[1], self.words[index + 1].x[0]];
        self.columns().into_iter().map(edges).collect()
    }

    /// The words behind which a column ends.
    fn columns(&self) -> Vec<usize> {
        let gaps = self
            .words
            .windows(2)
            .map(|pair| pair[1].x[0] - pair[0].x[1]);
        // Justified to its end by a break in the line: all gaps are wide, and as wide as each other.
        let narrow = gaps.clone().fold(f64::INFINITY, f64::min);
        let wide = gaps.clone().fold(0.0, f64::max);
        if self.words.len() > 3 && narrow > 0.75 * wide {
            return Vec::new();
        }
        gaps.enumerate()
            .filter(|(index, gap)| {
                let [before, after] = [&self.words[*index], &self.words[*index + 1]];
                *gap > COLUMN * before.size.max(after.size)
                    && !is_blank_to_fill(before, after)
                    && !(*index == 0 && is_marker(&before.text))
            })
            .map(|(index, _)| index)
            .collect()
    }

    /// Its parts between wide gaps. Marks of footnotes are written `[^1]` where the page has the note.
    pub fn segments(&self, notes: &[String]) -> Vec<Segment> {
        let mut segments: Vec<Segment> = Vec::new();
        let columns = self.columns();
        for (index, word) in self.words.iter().enumerate() {
            let text = super::footnotes::marked(word, notes);
            let goes_on = |before: &usize| columns.binary_search(before).is_err();
            let (Some(segment), Some(before)) = (
                segments.last_mut(),
                index
                    .checked_sub(1)
                    .filter(goes_on)
                    .map(|before| &self.words[before]),
            ) else {
                segments.push(Segment { x: word.x, text });
                continue;
            };
            let gap = word.x[0] - before.x[1];
            let blank = is_blank_to_fill(before, word) && gap > 0.6 * word.size;
            if blank || is_letter_spaced(before, word) {
                segment.text.push_str("  ");
            } else if (word.spaced || gap > 0.17 * word.size) && !text.starts_with("[^") {
                segment.text.push(' ');
            }
            segment.text.push_str(&text);
            segment.x[1] = segment.x[1].max(word.x[1]);
        }
        segments
    }

    /// Its whole text, gaps closed.
    pub fn text(&self, notes: &[String]) -> String {
        let segments = self.segments(notes);
        let texts: Vec<&str> = segments.iter().map(|part| part.text.as_str()).collect();
        texts.join(" ")
    }
}

/// 'K Ế  H O Ạ C H': between the words of such a heading stand two blanks.
fn is_letter_spaced(before: &Word, after: &Word) -> bool {
    let single = |text: &str| text.chars().count() == 1 && text.chars().all(char::is_uppercase);
    let gap = after.x[0] - before.x[1];
    gap > 0.4 * after.size && single(&before.text) && single(&after.text)
}

/// A blank that is left to be filled in by hand: 'Số:      /KH-UBND', 'ngày     tháng     năm 2021'.
fn is_blank_to_fill(before: &Word, after: &Word) -> bool {
    let near = after.x[0] - before.x[1] < 12.0 * before.size;
    let follow =
        |one: &str, other: &str| before.text.ends_with(one) && after.text.starts_with(other);
    near && (after.text.starts_with('/') || follow("ngày", "tháng") || follow("tháng", "năm"))
}

/// What an item of a list begins with; the tab behind it is no column.
fn is_marker(text: &str) -> bool {
    matches!(text, "-" | "–" | "+" | "*" | "•" | "▪" | "→" | "✓" | "o")
        || (text.chars().count() <= 8
            && text.ends_with(['.', ')'])
            && text.chars().any(char::is_alphanumeric))
}

fn is_free(taken: &BTreeMap<i64, i64>, (from, to): (i64, i64)) -> bool {
    let before = taken.range(..to).next_back();
    // Words may touch: 3 parts of 10 of the narrower one.
    before.is_none_or(|(left, right)| {
        let shared = (*right).min(to) - (*left).max(from);
        shared * 10 <= 3 * (to - from).min(right - left).max(1)
    })
}

fn span(word: &Word) -> (i64, i64) {
    (hundredths(word.x[0]), hundredths(word.x[1]))
}

#[allow(clippy::cast_possible_truncation)] // a page has less than 20,000 points
fn hundredths(points: f64) -> i64 {
    (points * 100.0).round() as i64
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A word as wide as half an em a letter.
    pub fn word(text: &str, x: f64, y: f64, size: f64) -> Word {
        #[allow(clippy::cast_precision_loss)] // a few letters
        let width = text.chars().count() as f64 * size / 2.0;
        Word {
            text: text.to_owned(),
            x: [x, x + width],
            y,
            size,
            ..Word::default()
        }
    }

    #[test]
    fn words_of_one_height_are_a_line_unless_they_overlap() {
        let lines = find(vec![
            word("hai", 200.0, 101.5, 14.0),
            word("một", 100.0, 100.0, 14.0),
            word("dưới", 100.0, 103.0, 14.0),
            word("ba", 300.0, 118.0, 14.0),
        ]);
        let texts: Vec<String> = lines.iter().map(|line| line.text(&[])).collect();
        assert_eq!(texts, ["một hai", "dưới", "ba"]);
    }

    #[test]
    fn wide_gaps_part_columns_but_markers_and_blanks_do_not() {
        let segments = |words: &[(&str, f64)]| {
            let words = words
                .iter()
                .map(|(text, x)| word(text, *x, 0.0, 14.0))
                .collect();
            let line = &find(words)[0];
            line.segments(&[])
                .into_iter()
                .map(|part| part.text)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            segments(&[("UBND", 0.0), ("TỈNH", 33.0), ("CỘNG", 200.0)]),
            ["UBND TỈNH", "CỘNG"]
        );
        assert_eq!(segments(&[("a)", 0.0), ("Tuyên", 60.0)]), ["a) Tuyên"]);
        assert_eq!(
            segments(&[("dòng", 0.0), ("này", 70.0), ("bị", 134.0), ("giãn", 190.0)]),
            ["dòng này bị giãn"]
        );
        assert_eq!(
            segments(&[("Số:", 0.0), ("/KH-UBND", 80.0), ("Hà", 250.0)]),
            ["Số:  /KH-UBND", "Hà"]
        );
        assert_eq!(
            segments(&[("ngày", 0.0), ("tháng", 80.0), ("năm", 180.0)]),
            ["ngày  tháng  năm"]
        );
    }
}
