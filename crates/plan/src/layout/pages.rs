//! Lines page by page: page numbers and running heads told from what a page says.

use std::collections::{HashMap, HashSet};

use super::has_columns;
use crate::marker;
use crate::source::{Line, table};

/// A page has at least so many lines.
const PAGE: usize = 8;

/// A line on its page.
pub struct Seen<'a> {
    /// The line.
    pub line: &'a Line,
    /// How many blank lines stand before it.
    pub gap: usize,
}

/// The lines with words, page by page. Page numbers part pages and are left out.
pub fn pages(lines: &[Line]) -> Vec<Vec<Seen<'_>>> {
    let mut pages = vec![Vec::new()];
    let mut last = None;
    let mut gap = 1;
    let heads = page_heads(lines);
    for (place, line) in lines.iter().enumerate() {
        let has_text = |place: usize| {
            lines
                .get(place)
                .is_some_and(|line| !line.text.is_empty() && !line.page)
        };
        let (above, below) = (place > 0 && has_text(place - 1), has_text(place + 1));
        let mut kept = !line.text.is_empty();
        let mut turns = line.page;
        if let Some((number, plain)) = page_number(&line.text) {
            // Between lines of text it is the raised number of a footnote; above the footnote's
            // text it is the footnote's own.
            let raised = plain && below && !line.page && (above || line.indent < 10);
            let next = last.is_none_or(|last| (last..=last + 2).contains(&number));
            if raised {
                kept = !above || line.indent < 10;
            } else if !plain || line.page || next {
                last = Some(number);
                (kept, turns) = (false, true);
            }
        }
        if heads.contains(&line.number) {
            (kept, turns) = (false, true);
        }
        if turns {
            pages.push(Vec::new());
        }
        if kept && let Some(page) = pages.last_mut() {
            page.push(Seen { line, gap });
        }
        gap = if line.text.is_empty() { gap + 1 } else { 0 };
    }
    pages.retain(|page| !page.is_empty());
    pages
}

/// Lines in the middle or in columns that stand at least three times in a document, with another
/// number each time: heads of pages, where nothing else says that a page begins.
fn page_heads(lines: &[Line]) -> HashSet<usize> {
    let mut seen: HashMap<String, Vec<&Line>> = HashMap::new();
    for line in lines {
        let numbered = line.text.starts_with(|c: char| c.is_ascii_digit())
            || line.text.ends_with(|c: char| c.is_ascii_digit());
        let placed = line.indent >= 15 || has_columns(&line.text);
        if numbered && placed && line.text.chars().count() >= 8 && !table::is_row(&line.text) {
            let key = key(line);
            let key = key.trim_matches(['#', ' ']);
            if key.chars().filter(|c| c.is_alphabetic()).count() > 3 {
                seen.entry(key.to_owned()).or_default().push(line);
            }
        }
    }
    let heads = seen.into_values().filter(|lines| {
        let texts: HashSet<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        // 'Cộng … 12' below three short tables is no head of a page.
        let apart = lines
            .windows(2)
            .all(|pair| pair[1].number - pair[0].number >= PAGE);
        lines.len() >= 3 && texts.len() * 2 > lines.len() && apart
    });
    heads.flatten().map(|line| line.number).collect()
}

/// '2', '- 2 -', 'Trang 2', '2/12'; and whether it is nothing but a number.
fn page_number(text: &str) -> Option<(usize, bool)> {
    let inner = text.trim_matches(['-', '–', ' ']);
    if inner.is_empty() || inner.len() > 16 {
        return None;
    }
    let named = inner.strip_prefix("Trang ").or(inner.strip_prefix("Page "));
    let digits = named.unwrap_or(inner).split(['/', ' ']).next()?;
    let rest = &named.unwrap_or(inner)[digits.len()..];
    let number = digits.parse().ok().filter(|_| digits.len() <= 3)?;
    let total = rest.trim_start_matches("of").trim_matches(['/', ' ']);
    let is = rest.is_empty()
        || (named.is_some()
            && total
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte.is_ascii_alphabetic()));
    is.then_some((number, named.is_none() && inner == text))
}

/// What stands at the top or the foot of many pages, digits aside.
pub fn running(pages: &[Vec<Seen<'_>>]) -> HashMap<String, usize> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for page in pages {
        for (at, Seen { line, .. }) in page.iter().enumerate() {
            if at_margin(page, at) && marker::read(&line.text).is_none() {
                *seen.entry(key(line)).or_default() += 1;
            }
        }
    }
    let often = (pages.len() / 3).max(3);
    seen.retain(|key, times| {
        *times >= often && key.chars().filter(|c| c.is_alphabetic()).count() > 3
    });
    seen
}

pub fn at_margin(page: &[Seen<'_>], at: usize) -> bool {
    page.len() > 4 && (at < 2 || at + 2 >= page.len())
}

pub fn key(line: &Line) -> String {
    let words: Vec<&str> = line.text.split_whitespace().collect();
    let mut key = String::new();
    for letter in words.join(" ").chars() {
        match letter {
            '0'..='9' if key.ends_with('#') => {}
            '0'..='9' => key.push('#'),
            _ => key.push(letter),
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_told_from_numbers() {
        assert_eq!(page_number("2"), Some((2, true)));
        assert_eq!(page_number("- 12 -").map(|found| found.0), Some(12));
        assert_eq!(page_number("Trang 3/12").map(|found| found.0), Some(3));
        for text in ["17/3/2019", "2021", "2 năm", "", "-", "1.1"] {
            assert_eq!(page_number(text), None, "{text}");
        }
    }
}
