//! A reading as plain text, from which the same tree is read again.

use crate::model::{Attachment, Clause, Reading};
use crate::source::table;

/// A heading that is not dressed as one is at most this long, in letters.
const SHORT: usize = 120;

/// One in capitals.
const LONG: usize = 240;

/// The kind, the title, and each clause with its marker, heading and text: a paragraph a line, blank
/// lines between, headings between `**`, the rows of a table below each other.
///
/// [`crate::read`] reads the clauses again with their ids, markers, headings and texts. Letterhead,
/// receivers and signature are not part of the tree and are left out; punctuation behind a marker,
/// which a reading does not keep, is that of Decree 30/2020/NĐ-CP: `I.`, `1.`, `a)`.
pub fn tree(reading: &Reading) -> String {
    let mut page = Page::default();
    page.head(reading);
    let mut attached = reading.attachments.iter().peekable();
    for clause in &reading.clauses {
        while let Some(attachment) = attached.next_if(|next| next.line <= clause.line) {
            page.attachment(attachment, clause);
        }
        page.clause(clause, &mut Vec::new());
    }
    for attachment in attached {
        page.title(&attachment.kind, &attachment.title);
    }
    page.text
}

#[derive(Default)]
struct Page {
    text: String,
    /// Whether a row of a table was written last.
    row: bool,
}

impl Page {
    fn head(&mut self, reading: &Reading) {
        match reading.kind.as_deref() {
            // A letter does not bear its kind.
            Some("CÔNG VĂN") if !reading.title.is_empty() => {
                self.paragraph(&format!("V/v {}", reading.title));
            }
            Some(kind) => self.title(kind, &reading.title),
            None if reading.title.is_empty() => {}
            None => self.strong(&reading.title),
        }
    }

    fn attachment(&mut self, attachment: &Attachment, first: &Clause) {
        // An annex is a clause itself.
        if first.marker.as_deref() != Some(attachment.kind.as_str()) {
            self.title(&attachment.kind, &attachment.title);
        }
    }

    fn title(&mut self, kind: &str, title: &str) {
        self.strong(kind);
        if !title.is_empty() {
            self.strong(title);
        }
    }

    fn clause<'a>(&mut self, clause: &'a Clause, above: &mut Vec<&'a Clause>) {
        let mut paragraphs = clause.text.lines().filter(|line| !line.trim().is_empty());
        match (printed_marker(clause, above), &clause.heading) {
            (Some(marker), Some(heading)) => self.strong(&format!("{marker} {heading}")),
            (Some(marker), None) => {
                let first = paragraphs.clone().next().unwrap_or_default();
                if first.is_empty() || (counts(clause) && stands_below(first)) {
                    self.paragraph(&marker);
                } else {
                    self.paragraph(&format!("{marker} {first}"));
                    paragraphs.next();
                }
            }
            (None, Some(heading)) => self.strong(heading),
            (None, None) => {}
        }
        for paragraph in paragraphs {
            self.paragraph(paragraph);
        }
        above.push(clause);
        for child in &clause.children {
            self.clause(child, above);
        }
        above.pop();
    }

    fn strong(&mut self, text: &str) {
        self.paragraph(&format!("**{text}**"));
    }

    fn paragraph(&mut self, text: &str) {
        let row = table::cells(text).is_some();
        let same_table = row && self.row;
        if !self.text.is_empty() && !same_table {
            self.text.push('\n');
        }
        self.text.push_str(text);
        self.text.push('\n');
        self.row = row;
    }
}

/// Text that would be taken for a heading, or for no text at all, on the line of its marker.
fn stands_below(text: &str) -> bool {
    let length = text.chars().count();
    let letters = || text.chars().filter(|letter| letter.is_alphabetic());
    let capitals = letters().count() >= 3 && !letters().any(char::is_lowercase);
    let named = length <= SHORT && !text.ends_with(['.', ';', ':', ',']);
    named || (capitals && length <= LONG) || table::cells(text).is_some()
}

/// Whether its marker counts; a bullet only points.
fn counts(clause: &Clause) -> bool {
    !clause
        .eid
        .rsplit("__")
        .next()
        .is_some_and(|own| own.starts_with("point_"))
}

/// A clause's marker with its punctuation. Where two levels count alike the upper one has the usual
/// sign and the lower one another, so that they are told apart.
pub(crate) fn printed_marker(clause: &Clause, above: &[&Clause]) -> Option<String> {
    let marker = clause.marker.as_deref()?;
    if !counts(clause) {
        return Some(marker.to_owned());
    }
    let family = family(clause);
    let alike = above
        .iter()
        .filter(|upper| self::family(upper) == family)
        .count();
    Some(match (family, alike) {
        (Family::Letters, 1) | (Family::Other, _) => format!("{marker}."),
        (Family::Letters, 2) | (Family::Numbers, 1) => format!("({marker})"),
        _ => format!("{marker})"),
    })
}

/// Sorts of counting that a marker's words alone do not tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    /// `1)` and `(1)`; `1.` is a section.
    Numbers,
    /// `a)`, `(a)` and `a.`
    Letters,
    /// `ii)`
    Romans,
    /// `1.1.a`
    Mixed,
    /// All that is told by its words: `I`, `A`, `1`, `1.1`, `Điều 1`.
    Other,
}

fn family(clause: &Clause) -> Family {
    let marker = clause.marker.as_deref().unwrap_or_default();
    let own = clause.eid.rsplit("__").next().unwrap_or_default();
    let small = marker.chars().any(char::is_lowercase);
    if own.starts_with("para_") {
        Family::Numbers
    } else if own.starts_with("subpara_") {
        let romans = marker.chars().all(|letter| "ivx".contains(letter));
        let long = marker.chars().count() > 1 || marker == "i";
        if romans && long {
            Family::Romans
        } else {
            Family::Letters
        }
    } else if small && marker.contains('.') {
        Family::Mixed
    } else {
        Family::Other
    }
}
