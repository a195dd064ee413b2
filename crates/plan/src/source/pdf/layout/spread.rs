//! Where the text of a line stands: its columns and its distance from the line before.

use std::collections::BTreeMap;

use super::lines::{Line, Segment};
use super::{Item, Page};

/// Blanks between columns, at least.
const BETWEEN: usize = 3;
/// Points: left edges as near as this are one.
const SAME_EDGE: f64 = 2.0;

/// The measure of a document.
pub struct Measure {
    /// The size of most of its type.
    usual: f64,
    /// From line to line in a paragraph.
    leading: f64,
}

/// How the lines of a block are laid out.
pub struct Block {
    /// Where lines begin that are not indented.
    left: f64,
    /// How wide a column of text is: a figure, half an em.
    unit: f64,
    leading: f64,
    /// For each line: what stands right of this is moved by so many columns, for the text left of it is longer
    /// than its room on paper.
    shifts: Vec<Option<(f64, usize)>>,
}

impl Measure {
    /// The measure of a document.
    pub fn new(usual: f64, pages: &[Page]) -> Self {
        let steps = pages.iter().flat_map(|page| {
            page.items.windows(2).filter_map(|pair| match pair {
                [Item::Line(one, block), Item::Line(other, same)] if block == same => {
                    Some(other.y - one.y)
                }
                _ => None,
            })
        });
        Self {
            usual,
            leading: leading(steps, usual).unwrap_or(1.3 * usual),
        }
    }

    /// How lines are laid out that belong together.
    pub fn block(&self, lines: &[&Line], left: f64, notes: &[String]) -> Block {
        let steps = lines.windows(2).map(|pair| pair[1].y - pair[0].y);
        let own = (lines.len() > 12).then(|| leading(steps, self.usual));
        let mut block = Block {
            left,
            unit: self.usual / 2.0,
            leading: own.flatten().unwrap_or(self.leading),
            shifts: vec![None; lines.len()],
        };
        block.shift(lines, notes);
        block
    }

    /// Whether a gap from one block to the next is clearly wider than between lines of a paragraph.
    pub fn is_apart(&self, gap: f64) -> bool {
        gap > self.leading + 0.2 * self.usual
    }
}

/// The segments of the line at an index of its block, in their columns.
pub fn laid_out(segments: &[Segment], block: &Block, index: usize) -> String {
    let mut text = String::new();
    let mut length = 0;
    for segment in segments {
        let mut column = block.column(segment.x[0]);
        if let Some((gutter, shift)) = block.shifts[index]
            && segment.x[0] >= gutter
        {
            column += shift;
        }
        let least = if length == 0 { 0 } else { length + BETWEEN };
        let column = column.max(least);
        text.extend(std::iter::repeat_n(' ', column - length));
        text.push_str(&segment.text);
        length = column + segment.text.chars().count();
    }
    text
}

/// The edge at which lines begin that are not indented: the leftmost at which many begin.
pub fn left_edge(lines: &[&Line]) -> f64 {
    let mut edges: Vec<f64> = lines.iter().map(|line| line.left()).collect();
    edges.sort_by(f64::total_cmp);
    let many = 3.max(lines.len() / 5);
    let from_here = |edge: &f64| {
        let first = edges.partition_point(|other| other < edge);
        edges.partition_point(|other| *other <= edge + SAME_EDGE) - first
    };
    edges
        .iter()
        .find(|edge| from_here(edge) >= many)
        .or(edges.first())
        .copied()
        .unwrap_or(0.0)
}

impl Block {
    /// Whether a gap between lines is clearly wider than between lines of a paragraph.
    pub fn is_apart(&self, gap: f64) -> bool {
        gap > self.leading + 0.4 * self.unit
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // not below 0, within the page
    fn column(&self, x: f64) -> usize {
        ((x - self.left) / self.unit).round().clamp(0.0, 400.0) as usize
    }

    /// Moves what stands on the right of a gutter as one, so that its lines keep their places to each other.
    fn shift(&mut self, lines: &[&Line], notes: &[String]) {
        let mut group: Option<([f64; 2], Vec<usize>)> = None;
        for (index, line) in lines.iter().enumerate() {
            let gutter = group
                .as_ref()
                .and_then(|(gutter, _)| narrowed(*gutter, line));
            if let (Some(gutter), Some((own, members))) = (gutter, &mut group) {
                *own = gutter;
                members.push(index);
                continue;
            }
            if let Some((gutter, members)) = group.take() {
                self.move_right(gutter, &members, lines, notes);
            }
            let widest = line
                .gaps()
                .into_iter()
                .max_by(|one, other| (one[1] - one[0]).total_cmp(&(other[1] - other[0])));
            group = widest.map(|gap| (gap, vec![index]));
        }
        if let Some((gutter, members)) = group {
            self.move_right(gutter, &members, lines, notes);
        }
    }

    fn move_right(
        &mut self,
        gutter: [f64; 2],
        members: &[usize],
        lines: &[&Line],
        notes: &[String],
    ) {
        let middle = f64::midpoint(gutter[0], gutter[1]);
        let needed = members.iter().filter_map(|index| {
            let segments = lines[*index].segments(notes);
            let first = segments.iter().position(|part| part.x[0] >= middle)?;
            let before = laid_out(&segments[..first], self, *index).chars().count();
            let room = self.column(segments[first].x[0]);
            (before > 0).then(|| (before + BETWEEN).saturating_sub(room))
        });
        let shift = needed.max().unwrap_or(0);
        for index in members {
            self.shifts[*index] = Some((middle, shift));
        }
    }
}

/// A gutter as far as it is free in a line too; none if the line crosses it.
fn narrowed([from, to]: [f64; 2], line: &Line) -> Option<[f64; 2]> {
    let mut edges = [from, to];
    for word in &line.words {
        if word.x[1] <= f64::midpoint(from, to) {
            edges[0] = edges[0].max(word.x[1]);
        } else {
            edges[1] = edges[1].min(word.x[0]);
        }
    }
    (edges[1] - edges[0] > line.size).then_some(edges)
}

/// The step from line to line within paragraphs: the smallest of those that are frequent.
fn leading(steps: impl Iterator<Item = f64>, usual: f64) -> Option<f64> {
    let mut counts: BTreeMap<i64, (usize, f64)> = BTreeMap::new();
    let mut all = 0;
    for step in steps.filter(|step| *step > 0.8 * usual && *step < 4.0 * usual) {
        #[allow(clippy::cast_possible_truncation)] // less than four lines
        let entry = counts.entry((step * 2.0).round() as i64).or_default();
        *entry = (entry.0 + 1, entry.1.max(step));
        all += 1;
    }
    let frequent = |count: usize| count >= 2 && count * 8 >= all;
    counts
        .values()
        .find(|(count, _)| frequent(*count))
        .map(|(_, step)| *step)
}

#[cfg(test)]
mod tests {
    use super::super::lines::tests::word;
    use super::*;

    fn printed(words: &[(&str, f64, f64)]) -> Vec<String> {
        let words = words
            .iter()
            .map(|(text, x, y)| word(text, *x, *y, 14.0))
            .collect();
        let lines = super::super::lines::find(words);
        let lines: Vec<&Line> = lines.iter().collect();
        let measure = Measure {
            usual: 14.0,
            leading: 18.0,
        };
        let block = measure.block(&lines, left_edge(&lines), &[]);
        let text = |(index, line): (usize, &&Line)| laid_out(&line.segments(&[]), &block, index);
        lines.iter().enumerate().map(text).collect()
    }

    #[test]
    fn indents_and_columns_stand_where_they_stood() {
        let lines = printed(&[
            ("UBND", 60.0, 80.0),
            ("CỘNG-HÒA", 300.0, 80.0),
            ("Thực-hiện", 120.0, 120.0),
            ("kế", 85.0, 138.0),
            ("hoạch", 85.0, 156.0),
            ("này", 85.0, 174.0),
        ]);
        assert_eq!(lines[0], format!("UBND{}CỘNG-HÒA", " ".repeat(27)));
        assert_eq!(lines[1], "     Thực-hiện");
        assert_eq!(lines[2], "kế");
    }

    #[test]
    fn a_long_left_column_moves_the_right_one_as_a_whole() {
        let mut long = word("Một-cơ-quan-có-tên-rất-dài", 60.0, 100.0, 14.0);
        long.x[1] = 150.0;
        let words = vec![
            long,
            word("CỘNG", 200.0, 100.0, 14.0),
            word("NAM", 60.0, 118.0, 14.0),
            word("Độc-lập", 214.0, 118.0, 14.0),
            word("Hạnh", 214.0, 136.0, 14.0),
        ];
        let lines = super::super::lines::find(words);
        let lines: Vec<&Line> = lines.iter().collect();
        let measure = Measure {
            usual: 14.0,
            leading: 18.0,
        };
        let block = measure.block(&lines, left_edge(&lines), &[]);
        let starts: Vec<usize> = (0..3)
            .map(|index| {
                let text = laid_out(&lines[index].segments(&[]), &block, index);
                let at = text.find(['C', 'Đ', 'H']).unwrap();
                text[..at].chars().count()
            })
            .collect();
        assert_eq!(starts, [29, 31, 31]);
    }
}
