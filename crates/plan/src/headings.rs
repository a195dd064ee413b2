//! Headings told from text.

use crate::marker::{self, Marker, Sort};
use crate::model::Clause;
use crate::paragraphs::{Paragraph, is_capitals};
use crate::source::table;

/// A heading that ends in no sign is at most this long, in letters.
const SHORT: usize = 120;

/// A heading that is dressed as one, or has clauses below it, may be longer.
const LONG: usize = 240;

/// What stands behind a marker, as heading and text.
pub fn parted(marker: &Marker, rest: &str, paragraph: &Paragraph) -> (Option<String>, String) {
    let whole = || (None, rest.to_owned());
    if !marker.counts() || rest.is_empty() {
        return whole();
    }
    // '**1. Mục đích:** Nâng cao …'
    let lead = marker::read(&paragraph.lead).map_or("", |(_, lead)| lead);
    let lead = lead.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(text) = rest.strip_prefix(&lead).filter(|_| !lead.is_empty()) {
        return (Some(lead), text.trim_start_matches([':', ' ']).to_owned());
    }
    let length = rest.chars().count();
    let named = length <= SHORT && !rest.ends_with(['.', ';', ':', ',']);
    let dressed = length <= LONG && (paragraph.strong || is_capitals(rest));
    if named || dressed {
        (Some(rest.to_owned()), String::new())
    } else {
        whole()
    }
}

/// Whether a paragraph is the heading of the clause above it, or the rest of it: 'Chương I' and
/// its name below, a heading in capitals over two lines.
pub fn goes_on(clause: &Clause, marker: &Marker, paragraph: &Paragraph) -> bool {
    let text = paragraph.text.as_str();
    if table::is_row(text) || text.chars().count() > LONG || paragraph.note {
        return false;
    }
    let group = matches!(
        marker.sort,
        Sort::Annex | Sort::Part | Sort::Chapter | Sort::Section | Sort::Article
    );
    match &clause.heading {
        Some(_) => is_capitals(text),
        None if group => {
            is_capitals(text) || paragraph.strong || !text.ends_with(['.', ';', ':', ','])
        }
        None => false,
    }
}

/// A short sentence with clauses below it was their heading, whatever sign it ends in.
pub fn settle(clause: &mut Clause, marker: &Marker) {
    let text = &clause.text;
    let one = !text.contains('\n')
        && !text.contains(". ")
        && !text.contains(": ")
        && !table::is_row(text);
    let fits = marker.counts()
        && clause.heading.is_none()
        && !clause.children.is_empty()
        && !text.is_empty()
        && one
        && text.chars().count() <= LONG;
    if fits {
        clause.heading = Some(std::mem::take(&mut clause.text));
    }
}
