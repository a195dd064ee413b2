//! The tail: who receives it, who signed.

use crate::marker;
use crate::model::Signer;
use crate::paragraphs::{Paragraph, is_capitals};
use crate::source::Line;

/// What stands behind the body.
#[derive(Debug, Default)]
pub struct Tail {
    /// Nơi nhận.
    pub recipients: Vec<String>,
    /// Who signed.
    pub signer: Option<Signer>,
}

const FORMS: [&str; 6] = ["TUQ.", "TM.", "KT.", "TL.", "Q.", "T/M"];

/// Parts the body from the tail.
pub fn split(paragraphs: &[Paragraph]) -> (&[Paragraph], &[Paragraph]) {
    let tail = paragraphs
        .iter()
        .rposition(|paragraph| paragraph.text.trim_start().starts_with("Nơi nhận"));
    paragraphs.split_at(tail.unwrap_or(paragraphs.len()))
}

/// Reads the tail: in one column, or recipients left and signature right.
pub fn read(paragraphs: &[Paragraph]) -> Tail {
    let (mut left, mut right): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for line in paragraphs.iter().flat_map(|paragraph| &paragraph.raw) {
        let (one, other) = columns(line);
        if !one.is_empty() {
            left.push(one);
        }
        if !other.is_empty() {
            right.push(other);
        }
    }
    if right.is_empty() {
        // One column: the signature begins at the first line in capitals behind the list.
        let from = left
            .iter()
            .position(|line| is_capitals(line))
            .unwrap_or(left.len());
        right = left.split_off(from);
    }
    Tail {
        recipients: recipients(&left),
        signer: signer(&right),
    }
}

fn columns(line: &Line) -> (String, String) {
    if let Some((one, other)) = line.text.split_once("   ") {
        return (one.trim().to_owned(), other.trim().to_owned());
    }
    if line.indent > 30 {
        (String::new(), line.text.clone())
    } else {
        (line.text.clone(), String::new())
    }
}

fn recipients(lines: &[String]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in lines {
        if line.starts_with("Nơi nhận") {
            continue;
        }
        match marker::read(line) {
            Some((_, rest)) => found.push(rest.to_owned()),
            None => match found.last_mut() {
                Some(last) => *last = format!("{last} {line}"),
                None => found.push(line.clone()),
            },
        }
    }
    found
        .iter()
        .map(|name| name.trim_end_matches([';', '.', ',']).trim().to_owned())
        .collect()
}

fn signer(lines: &[String]) -> Option<Signer> {
    let name = lines.iter().rfind(|line| is_name(line))?;
    let posts: Vec<&str> = lines
        .iter()
        .filter(|line| is_capitals(line))
        .map(String::as_str)
        .collect();
    let first = posts.first()?;
    let form = FORMS.into_iter().find(|form| first.starts_with(form));
    let title = match form {
        // 'TM. ỦY BAN NHÂN DÂN', then the post itself.
        Some(_) if posts.len() > 1 => posts.last()?.trim(),
        Some(form) => first.strip_prefix(form)?.trim(),
        None => posts.last()?.trim(),
    };
    Some(Signer {
        form: form.map(str::to_owned),
        title: title.to_owned(),
        name: name.clone(),
    })
}

/// Two to six words, each with a capital.
fn is_name(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    (2..=6).contains(&words.len())
        && !is_capitals(line)
        && words
            .iter()
            .all(|word| word.chars().next().is_some_and(char::is_uppercase))
        && !line.contains(|c: char| c.is_ascii_digit() || ":;,".contains(c))
}
