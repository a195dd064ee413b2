//! Pages that are printed in two columns, as a gazette is: read one column after the other.

use super::lines::{self, Line};
use super::words::Word;

/// Rows with text on both sides that make a page of two columns. Letterheads and signatures have fewer.
const ROWS: usize = 12;

/// Lines that are read one after another and share a left edge.
#[derive(Debug, Clone, Default)]
pub struct Block {
    pub lines: Vec<Line>,
    /// Whether it is one of two columns.
    pub column: bool,
}

impl Block {
    /// Where it begins.
    pub fn top(&self) -> f64 {
        self.lines.first().map_or(0.0, |line| line.y)
    }
}

/// The blocks of a page in the order of reading.
pub fn find(words: Vec<Word>) -> Vec<Block> {
    let lines = lines::find(words);
    let Some(gutter) = gutter(&lines) else {
        return vec![Block {
            lines,
            column: false,
        }];
    };
    let mut blocks: Vec<Block> = Vec::new();
    let mut run: Vec<Line> = Vec::new();
    for line in lines {
        if crosses(&line, gutter) {
            close(&mut blocks, std::mem::take(&mut run), gutter);
            single(&mut blocks, vec![line]);
        } else {
            run.push(line);
        }
    }
    close(&mut blocks, run, gutter);
    blocks
}

/// Adds lines that are read across.
fn single(blocks: &mut Vec<Block>, lines: Vec<Line>) {
    match blocks.last_mut() {
        Some(block) if !block.column => block.lines.extend(lines),
        _ if lines.is_empty() => {}
        _ => blocks.push(Block {
            lines,
            column: false,
        }),
    }
}

/// Adds lines that no word crosses the gutter in: as columns if they are that, else as they are.
fn close(blocks: &mut Vec<Block>, run: Vec<Line>, gutter: f64) {
    if !is_columns(&run, gutter) {
        single(blocks, run);
        return;
    }
    let (left, right): (Vec<Word>, Vec<Word>) = run
        .into_iter()
        .flat_map(|line| line.words)
        .partition(|word| word.x[0] < gutter);
    for words in [left, right] {
        blocks.push(Block {
            lines: lines::find(words),
            column: true,
        });
    }
}

/// Where most rows have a gap, somewhere in the middle.
fn gutter(lines: &[Line]) -> Option<f64> {
    let left = edge(lines, Line::left, f64::min)?;
    let right = edge(lines, Line::right, f64::max)?;
    let width = right - left;
    if lines.len() < ROWS || !(100.0..10_000.0).contains(&width) {
        return None;
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // within the page
    let place = |x: f64| (x - left).clamp(0.0, width) as usize;
    let mut changes = vec![0_i32; place(right) + 2];
    for line in lines {
        for pair in line.words.windows(2) {
            let gap = [pair[0].x[1], pair[1].x[0]];
            if gap[1] - gap[0] > 0.6 * line.size {
                changes[place(gap[0]) + 1] += 1;
                changes[place(gap[1])] -= 1;
            }
        }
    }
    let mut open = 0;
    let mut best: Option<(i32, usize, usize)> = None;
    for (at, change) in changes.iter().enumerate() {
        open += change;
        #[allow(clippy::cast_precision_loss)] // within the page
        let share = at as f64 / width;
        if !(0.3..0.7).contains(&share) {
            continue;
        }
        match &mut best {
            Some((most, _, to)) if *most == open && *to + 1 == at => *to = at,
            Some((most, ..)) if *most >= open => {}
            best => *best = Some((open, at, at)),
        }
    }
    let (rows, from, to) = best?;
    #[allow(clippy::cast_precision_loss)] // within the page
    let middle = left + (from + to) as f64 / 2.0 + 0.5;
    usize::try_from(rows)
        .is_ok_and(|rows| rows >= ROWS)
        .then_some(middle)
}

/// Whether lines on both sides of a gutter are two columns of running text: most are filled up to it.
fn is_columns(lines: &[Line], gutter: f64) -> bool {
    let sides: Vec<(Vec<&Word>, Vec<&Word>)> = lines
        .iter()
        .map(|line| line.words.iter().partition(|word| word.x[0] < gutter))
        .filter(|(left, right): &(Vec<_>, Vec<_>)| !left.is_empty() && !right.is_empty())
        .collect();
    if sides.len() < ROWS {
        return false;
    }
    let end = |words: &[&Word]| words[words.len() - 1].x[1];
    let start = |words: &[&Word]| words[0].x[0];
    let fold = |values: &mut dyn Iterator<Item = f64>, far: fn(f64, f64) -> f64| {
        values.reduce(far).unwrap_or(gutter)
    };
    let left = fold(&mut sides.iter().map(|side| start(&side.0)), f64::min);
    let left_end = fold(&mut sides.iter().map(|side| end(&side.0)), f64::max);
    let right = fold(&mut sides.iter().map(|side| start(&side.1)), f64::min);
    let right_end = fold(&mut sides.iter().map(|side| end(&side.1)), f64::max);
    let full = sides
        .iter()
        .filter(|side| end(&side.0) > left_end - 0.2 * (left_end - left) && side.0.len() >= 3)
        .count();
    let begun = sides
        .iter()
        .filter(|side| start(&side.1) < right + 0.2 * (right_end - right) && side.1.len() >= 2)
        .count();
    full * 2 >= sides.len() && begun * 3 >= sides.len() * 2
}

fn crosses(line: &Line, gutter: f64) -> bool {
    let gap = |pair: &[Word]| {
        pair[0].x[1] <= gutter
            && gutter <= pair[1].x[0]
            && pair[1].x[0] - pair[0].x[1] <= 0.6 * line.size
    };
    let over = |word: &Word| word.x[0] < gutter && gutter < word.x[1];
    line.words.iter().any(over) || line.words.windows(2).any(gap)
}

fn edge(lines: &[Line], of: fn(&Line) -> f64, far: fn(f64, f64) -> f64) -> Option<f64> {
    lines.iter().map(of).reduce(far)
}

#[cfg(test)]
mod tests {
    use super::super::lines::tests::word;
    use super::*;

    fn page(rows: u32, left: &[&str], right: &[&str]) -> Vec<Word> {
        let mut words = vec![word(
            "NGHỊ-QUYẾT-CỦA-HỘI-ĐỒNG-NHÂN-DÂN-TỈNH",
            150.0,
            80.0,
            12.0,
        )];
        for row in 0..rows {
            let y = 100.0 + f64::from(row) * 14.0;
            for (side, start) in [(left, 50.0), (right, 310.0)] {
                let mut x = start;
                for text in side {
                    let next = word(text, x, y, 10.0);
                    x = next.x[1] + 3.0;
                    words.push(next);
                }
            }
        }
        words
    }

    #[test]
    fn two_columns_of_text_are_read_one_after_the_other() {
        let text = [
            "mọi", "người", "đều", "được", "thông", "tin", "đầy", "đủ", "về", "cải", "cách",
        ];
        let blocks = find(page(20, &text, &text));
        let shape: Vec<(bool, usize)> = blocks.iter().map(|b| (b.column, b.lines.len())).collect();
        assert_eq!(shape, [(false, 1), (true, 20), (true, 20)]);
    }

    #[test]
    fn a_letterhead_and_short_labels_stay_side_by_side() {
        let text = [
            "mọi", "người", "đều", "được", "thông", "tin", "đầy", "đủ", "về", "cải", "cách",
        ];
        assert_eq!(find(page(6, &text, &text)).len(), 1);
        assert_eq!(find(page(20, &["Tên", "tôi"], &["Loa"])).len(), 1);
    }
}
