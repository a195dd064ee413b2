//! Bodies by the names that a document gives them: agencies, areas, offices, groups of them.

mod dealt;
mod head;
mod name;
mod words;

#[cfg(test)]
mod tests;

pub use head::begins;

use super::text::Text;

/// A row of names is no longer; a province has fewer communes.
pub const MOST: usize = 250;

/// Names that stand in a row.
#[derive(Debug, Default)]
pub struct List {
    /// As printed, each once.
    pub names: Vec<String>,
    /// Where the text goes on behind them.
    pub end: usize,
}

/// The names at the beginning of a text; none when no body is named there.
pub fn list(text: Text<'_>) -> Option<List> {
    let mut list = List::default();
    let (mut at, mut plural) = (0, false);
    while list.names.len() < MOST
        && let Some(found) = name::read(text.from(at), plural)
    {
        for name in found.names {
            push(&mut list.names, name);
        }
        at += found.end;
        at += note(text.from(at));
        list.end = at;
        plural = found.plural;
        let Some(joint) = joint(text.from(at).fold) else {
            break;
        };
        let next = text.from(at + joint);
        if text.part(at, at + joint).raw.contains(';') && leads(next) {
            break;
        }
        at += joint;
    }
    (!list.names.is_empty()).then_some(list)
}

/// The one name at the beginning of a text, and where it ends.
pub fn one(text: Text<'_>) -> Option<(String, usize)> {
    let found = name::read(text, false)?;
    let end = found.end;
    found.names.into_iter().next().map(|name| (name, end))
}

/// All names in a text that holds nothing else, such as a cell of a table. What begins with no
/// word for a body is a name all the same. The second answer says whether all are known for
/// bodies.
pub fn every(text: Text<'_>) -> (Vec<String>, bool) {
    let (mut names, mut known) = (Vec::new(), true);
    for piece in text.split(|letter| matches!(letter, ';' | '\n')) {
        let mut rest = piece.trim(&[' ', '-', '+', '*', '•', '.', ':']);
        while !rest.is_empty() && names.len() < MOST {
            if let Some(list) = list(rest) {
                for name in list.names {
                    push(&mut names, name);
                }
                rest = rest.from(list.end);
                // What a body does there is no name.
                let next = rest.raw.find(',').unwrap_or(rest.len());
                rest = rest.from(next);
            } else {
                let next = next_piece(rest);
                let name = rest.to(next).trim(&[' ', '.', ',', '-', ':']);
                if name.raw.chars().any(char::is_alphabetic) {
                    known = false;
                    push(&mut names, name.raw.to_owned());
                }
                rest = rest.from(next);
            }
            rest = rest.trim(&[' ', ',', '.']);
            for joint in ["và ", "cùng "] {
                if rest.fold.starts_with(joint) {
                    rest = rest.from(joint.len());
                }
            }
        }
    }
    (names, known)
}

/// Whether two printed names are one body's.
pub fn same(one: &str, other: &str) -> bool {
    key(one) == key(other)
}

fn key(name: &str) -> String {
    super::text::fold(name)
        .replace("ủy ban nhân dân", "ubnd")
        .replace("hội đồng nhân dân", "hđnd")
        .replace("mặt trận tổ quốc", "mttq")
}

/// How long what stands between two names is: a sign, 'và', 'cùng với'.
fn joint(fold: &str) -> Option<usize> {
    let rest = fold.trim_start();
    let sign = rest.strip_prefix([',', ';', '/']).map(str::trim_start);
    let behind = sign.unwrap_or(rest);
    let word = ["và ", "cùng với ", "cùng "]
        .iter()
        .find_map(|word| behind.strip_prefix(word));
    (sign.is_some() || word.is_some()).then(|| fold.len() - word.unwrap_or(behind).len())
}

fn push(names: &mut Vec<String>, name: String) {
    if !name.is_empty() && !names.iter().any(|known| same(known, &name)) {
        names.push(name);
    }
}

/// Where a name without a known head ends: before a comma behind which another one begins.
fn next_piece(text: Text<'_>) -> usize {
    text.raw.find(',').unwrap_or(text.len())
}

/// How long a note in brackets behind a name is: '(cơ quan thường trực)'.
fn note(text: Text<'_>) -> usize {
    let rest = text.trim_start();
    if !rest.raw.starts_with('(') {
        return 0;
    }
    let close = rest.raw.find(')').filter(|close| *close < 160);
    close.map_or(0, |close| text.len() - rest.len() + close + 1)
}

/// 'Sở Nội vụ chủ trì …' behind a semicolon begins another sentence.
fn leads(text: Text<'_>) -> bool {
    name::read(text, false).is_some_and(|name| {
        let behind = text.from(name.end).trim_start();
        behind.fold.starts_with("chủ trì")
    })
}
