//! What stands in the margins and is no text of the document: page numbers, running heads and feet.

use std::collections::{HashMap, HashSet};

use super::lines::Line;
use super::{Item, Page};

/// Of the page's height: running heads and feet are this near to its ends.
const MARGIN: f64 = 0.14;
/// The same for a lone number that nothing else shows to be a page's.
const OUTER: f64 = 0.08;
/// Points: as far may the same head stand higher or lower.
const SAME_HEIGHT: f64 = 6.0;
/// Lines at each end of a page that are looked at.
const LINES: usize = 4;

/// A line in a margin.
struct Candidate {
    page: usize,
    /// Its place in the page: of its items, or of a block's lines.
    item: usize,
    y: f64,
    /// Its text without figures and blanks.
    key: String,
    number: Option<usize>,
    repeated: bool,
    /// Whether it is in the outermost part.
    outer: bool,
}

/// Takes page numbers, running heads and feet out of the pages.
pub fn clear(pages: &mut [Page]) {
    let candidates: Vec<Candidate> = pages
        .iter()
        .enumerate()
        .flat_map(|(index, page)| candidates(index, page))
        .collect();
    let mut heads: HashMap<&str, Vec<f64>> = HashMap::new();
    let mut offsets: HashMap<usize, usize> = HashMap::new();
    for candidate in &candidates {
        if !candidate.key.is_empty() {
            heads.entry(&candidate.key).or_default().push(candidate.y);
        }
        if let Some(number) = candidate.number {
            *offsets.entry(offset(number, candidate.page)).or_default() += 1;
        }
    }
    for heights in heads.values_mut() {
        heights.sort_by(f64::total_cmp);
    }
    let running = |candidate: &Candidate| {
        heads.get(candidate.key.as_str()).is_some_and(|heights| {
            let from = heights.partition_point(|y| *y < candidate.y - SAME_HEIGHT);
            let to = heights.partition_point(|y| *y <= candidate.y + SAME_HEIGHT);
            to - from >= 3
        })
    };
    let numbered = |candidate: &Candidate| {
        candidate.number.is_some_and(|number| {
            let offset = offset(number, candidate.page);
            candidate.outer || offset == START || offsets[&offset] >= 2
        })
    };
    let gone: HashSet<(usize, usize)> = candidates
        .iter()
        .filter(|line| line.repeated || running(line) || numbered(line))
        .map(|line| (line.page, line.item))
        .collect();
    for (index, page) in pages.iter_mut().enumerate() {
        let mut item = 0;
        page.items.retain(|_| {
            item += 1;
            !gone.contains(&(index, item - 1))
        });
    }
}

/// What the offset of a document is that numbers its pages from 1.
const START: usize = 1_000_000;

fn offset(number: usize, page: usize) -> usize {
    (START + number).saturating_sub(page + 1)
}

fn candidates(index: usize, page: &Page) -> Vec<Candidate> {
    let mut lines: Vec<(usize, &Line)> = page
        .items
        .iter()
        .enumerate()
        .filter_map(|(item, each)| match each {
            Item::Line(line, _) => Some((item, line)),
            Item::Table(_) => None,
        })
        .collect();
    lines.sort_by(|one, other| one.1.y.total_cmp(&other.1.y));
    let (top, bottom) = (page.height * MARGIN, page.height * (1.0 - MARGIN));
    let upper = lines.iter().take(LINES).filter(|(_, line)| line.y < top);
    let lower = lines
        .iter()
        .rev()
        .take(LINES)
        .filter(|(_, line)| line.y > bottom);
    upper
        .chain(lower)
        .map(|(item, line)| {
            let text = line.text(&[]);
            let letters = text.chars().filter(|letter| !letter.is_whitespace());
            Candidate {
                page: index,
                item: *item,
                y: line.y,
                key: letters.filter(|letter| !letter.is_ascii_digit()).collect(),
                number: page_number(&text),
                repeated: line.words.iter().all(|word| word.repeated),
                outer: line.y < page.height * OUTER || line.y > page.height * (1.0 - OUTER),
            }
        })
        .collect()
}

/// The number of a line that is nothing else: `2`, `- 2 -`, `Trang 2/10`. A small Roman one is 0, which is no page's.
fn page_number(text: &str) -> Option<usize> {
    let lower = text.to_lowercase();
    let inner = lower.trim_matches(|letter: char| " -–—|".contains(letter));
    let inner = inner
        .strip_prefix("trang")
        .or_else(|| inner.strip_prefix("page"))
        .unwrap_or(inner)
        .trim();
    let whole = |text: &str| {
        text.trim()
            .parse()
            .ok()
            .filter(|number| *number < 2_000_usize)
    };
    if !inner.is_empty()
        && inner.len() < 7
        && text.contains(inner)
        && inner.bytes().all(|byte| b"ivxl".contains(&byte))
    {
        return Some(0);
    }
    match inner.split_once('/') {
        Some((number, of)) => whole(of).and(whole(number)),
        None => whole(inner),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_told_from_other_lines() {
        for (text, number) in [
            ("2", Some(2)),
            ("- 12 -", Some(12)),
            ("Trang 3/10", Some(3)),
            ("Page 4", Some(4)),
            ("xii", Some(0)),
            ("II", None),
            ("2.1", None),
            ("2021", None),
            ("12/2021", None),
            ("Trang", None),
            ("-", None),
        ] {
            assert_eq!(page_number(text), number, "{text}");
        }
    }
}
