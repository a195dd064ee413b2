//! The tail: who receives it, who signed.

use crate::columns::{self, Columns};
use crate::marker;
use crate::model::Signer;
use crate::paragraphs::{Paragraph, closed_up, is_capitals, is_line};
use crate::source::Line;

/// What stands behind the body.
#[derive(Debug, Default)]
pub struct Tail {
    /// Nơi nhận.
    pub recipients: Vec<String>,
    /// Who signed.
    pub signer: Option<Signer>,
}

/// Forms of signing (decree 30/2020/NĐ-CP, article 13).
const FORMS: [&str; 9] = [
    "TUQ.", "TM.", "KT.", "TL.", "Q.", "T/M", "K/T", "T/L", "TUN.",
];

/// Posts, the longer before those they end in.
const POSTS: [&str; 31] = [
    "PHÓ CHỦ TỊCH THƯỜNG TRỰC",
    "PHÓ CHỦ TỊCH",
    "CHỦ TỊCH",
    "PHÓ TỔNG GIÁM ĐỐC",
    "TỔNG GIÁM ĐỐC",
    "PHÓ GIÁM ĐỐC",
    "GIÁM ĐỐC",
    "THỨ TRƯỞNG",
    "BỘ TRƯỞNG",
    "PHÓ TRƯỞNG BAN THƯỜNG TRỰC",
    "PHÓ TRƯỞNG BAN",
    "TRƯỞNG BAN",
    "PHÓ TRƯỞNG PHÒNG",
    "TRƯỞNG PHÒNG",
    "PHÓ BÍ THƯ THƯỜNG TRỰC",
    "PHÓ BÍ THƯ",
    "BÍ THƯ",
    "PHÓ CHÁNH VĂN PHÒNG",
    "CHÁNH VĂN PHÒNG",
    "CHÁNH THANH TRA",
    "PHÓ CỤC TRƯỞNG",
    "CỤC TRƯỞNG",
    "VỤ TRƯỞNG",
    "PHÓ THỦ TƯỚNG",
    "THỦ TƯỚNG",
    "HIỆU TRƯỞNG",
    "VIỆN TRƯỞNG",
    "CHỦ NHIỆM",
    "TỔNG BIÊN TẬP",
    "CHI CỤC TRƯỞNG",
    "THỦ TRƯỞNG",
];

/// Where the tail begins: at 'Nơi nhận', or at the signature if that stands before it; at the
/// signature alone where no receivers are named.
pub fn begins(paragraphs: &[Paragraph]) -> Option<usize> {
    let receivers = paragraphs
        .iter()
        .position(|paragraph| paragraph.raw.iter().any(|line| holds_receivers(&line.text)));
    let signs = |paragraph: &Paragraph| {
        let line =
            |line: &Line| is_post(&line.text) || is_name(&line.text) || is_signed(&line.text);
        paragraph.raw.iter().all(line)
    };
    let Some(receivers) = receivers else {
        let from = paragraphs.len().saturating_sub(8);
        let place = paragraphs[from..]
            .iter()
            .position(|paragraph| is_post(&paragraph.raw[0].text))?;
        let behind = &paragraphs[from + place..];
        let signed = behind
            .iter()
            .any(|paragraph| paragraph.raw.iter().any(|line| is_name(&line.text)));
        return (signed && behind.iter().all(signs)).then_some(from + place);
    };
    let before = paragraphs[..receivers].iter().rev().take(8);
    let right = |line: &Line| line.indent > 30 && is_capitals(&line.text);
    let signature =
        before.take_while(|paragraph| signs(paragraph) || paragraph.raw.iter().all(right));
    Some(receivers - signature.count())
}

/// 'Nơi nhận:' in whatever column.
fn holds_receivers(text: &str) -> bool {
    // 'Nơi      nhận:' is what justification makes of it.
    let justified = closed_up(text).starts_with("Nơi nhận:");
    justified
        || text
            .split("   ")
            .flat_map(|column| column.split('|'))
            .any(is_receivers)
}

fn is_receivers(text: &str) -> bool {
    let text = text.trim_start_matches([' ', '*', '_', '|']);
    text.starts_with("Nơi nhận") && !text.starts_with("Nơi nhận hồ sơ")
        || text.starts_with("NƠI NHẬN")
}

/// Reads the tail: in one column, or recipients left and signature right.
pub fn read(paragraphs: &[Paragraph]) -> Tail {
    let Columns { left, right } = columns::of(paragraphs);
    // The signature stands left of the receivers in some letters of the party.
    let crossed =
        right.iter().any(|line| is_receivers(line)) && !left.iter().any(|line| is_receivers(line));
    let (left, right) = if crossed {
        (right, left)
    } else {
        (left, right)
    };
    let mut left: Vec<String> = left.iter().flat_map(|line| items(line)).collect();
    let mut right: Vec<String> = right.iter().flat_map(|line| posts_and_name(line)).collect();
    if right.is_empty() {
        // One column: posts, and behind a post a name, are the signature, wherever they stand.
        let (mut listed, mut signed) = (Vec::new(), Vec::new());
        for line in left {
            let name = is_name(&line) && !signed.is_empty();
            if is_post(&line) || is_signed(&line) || name {
                signed.push(line);
            } else {
                listed.push(line);
            }
        }
        (left, right) = (listed, signed);
    }
    Tail {
        recipients: recipients(&left),
        signer: signer(&right),
    }
}

/// 'Nơi nhận: - Bộ Công an; - Như Điều 3;' on one line, item by item.
fn items(text: &str) -> Vec<String> {
    let text = text.trim();
    let (label, list) = match text.find(':').filter(|_| text.starts_with("Nơi nhận")) {
        Some(end) => text.split_at(end + 1),
        None => ("", text),
    };
    let mut items = Vec::new();
    if !label.is_empty() {
        items.push(label.to_owned());
    }
    let mut rest = list.trim();
    while let Some(end) = rest.find("; - ").or_else(|| rest.find(";- ")) {
        items.push(rest[..=end].trim().to_owned());
        rest = rest[end + 1..].trim();
    }
    if !rest.is_empty() {
        items.push(rest.to_owned());
    }
    items
}

/// 'TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Hoàng Quốc Khánh' on one line, post by post.
fn posts_and_name(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let small = |word: &&str| word.chars().any(char::is_lowercase);
    let names = words.iter().position(small).unwrap_or(words.len());
    let (posts, name) = words.split_at(names);
    let posts = posts.join(" ");
    let form = FORMS.iter().any(|form| posts.starts_with(form));
    let post = POSTS.iter().find(|post| form && posts.ends_with(*post));
    let before = post.map_or("", |post| posts[..posts.len() - post.len()].trim_end());
    // 'KT. CHỦ TỊCH' is one with its form.
    let parts = if before.is_empty() || FORMS.contains(&before) {
        vec![posts.clone(), name.join(" ")]
    } else {
        let post = post.map_or("", |post| *post);
        vec![before.to_owned(), post.to_owned(), name.join(" ")]
    };
    parts.into_iter().filter(|part| !part.is_empty()).collect()
}

fn recipients(lines: &[String]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in lines {
        let plain = line.trim_start_matches(['*', '_']);
        let line = match plain
            .strip_prefix("Nơi nhận")
            .or_else(|| plain.strip_prefix("NƠI NHẬN"))
        {
            Some(rest) => rest.trim_start_matches([':', ' ', '*', '_']),
            None => line,
        };
        if line.is_empty() || is_line(line) {
            continue;
        }
        match marker::read(line) {
            Some((marker, rest)) if !marker.counts() => found.push(rest.to_owned()),
            _ => match found.last_mut() {
                // A list without dashes ends its entries with a semicolon.
                Some(last) if !last.ends_with(';') => *last = format!("{last} {line}"),
                _ => found.push(line.to_owned()),
            },
        }
    }
    found
        .iter()
        .map(|name| {
            name.trim_end_matches([';', '.', ',', '/'])
                .trim()
                .to_owned()
        })
        .filter(|name| !name.is_empty())
        .collect()
}

fn signer(lines: &[String]) -> Option<Signer> {
    let named = lines.iter().rposition(|line| is_name(line));
    let capitals = || {
        let person = |line: &String| {
            is_capitals(line)
                && !is_post(line)
                && (2..=6).contains(&line.split_whitespace().count())
        };
        lines.iter().rposition(person).filter(|place| *place > 0)
    };
    let place = named.or_else(capitals)?;
    let posts: Vec<&str> = lines[..place]
        .iter()
        .filter(|line| is_capitals(line) && !is_signed(line))
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
    let title = FORMS
        .into_iter()
        .find_map(|form| title.strip_prefix(form))
        .unwrap_or(title);
    Some(Signer {
        form: form.map(str::to_owned),
        title: title.trim().to_owned(),
        name: lines[place].trim_matches(['*', ' ']).to_owned(),
    })
}

/// In capitals, with a form of signing or a post.
fn is_post(text: &str) -> bool {
    is_capitals(text)
        && text.chars().count() < 120
        && (FORMS.iter().any(|form| text.starts_with(form))
            || POSTS.iter().any(|post| text.ends_with(post)))
}

fn is_signed(text: &str) -> bool {
    let plain = text
        .trim_matches(['(', ')', '*', '[', ']', ' '])
        .to_lowercase();
    ["đã ký", "đã kí", "ký tên", "đã ký tên", "đã ký, đóng dấu"].contains(&plain.as_str())
}

/// Two to six words, each with a capital; ranks and degrees before a name are kept.
fn is_name(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let degree = |word: &&str| {
        word.ends_with('.') || ["tướng", "tá", "Thiếu", "Trung", "Thượng", "Đại"].contains(word)
    };
    let degrees = words.iter().take_while(|word| degree(word)).count();
    // 'Đại' begins a rank and a name: a name of its own must be left.
    let words = if words.len() - degrees >= 2 {
        &words[degrees..]
    } else {
        &words[..]
    };
    (2..=6).contains(&words.len())
        && !is_capitals(line)
        && words
            .iter()
            .all(|word| word.chars().next().is_some_and(char::is_uppercase))
        && !line.contains(|c: char| c.is_ascii_digit() || ":;,()/".contains(c))
}
