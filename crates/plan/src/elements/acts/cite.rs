//! The acts that one paragraph cites.

use std::sync::LazyLock;

use regex::Regex;

use super::super::dates::When;
use super::super::text::{Text, pattern};
use super::super::words::Words;
use super::behind::{self, Behind};
use super::number::{self, Number};
use super::{kinds, law};

/// An act as one place cites it.
#[derive(Debug)]
pub struct Cite {
    /// Its kind.
    pub kind: String,
    /// Its number; of a law without one its name.
    pub number: String,
    /// Whether the number is a name.
    pub named: bool,
    /// When it was issued.
    pub date: Option<When>,
    /// Who issued it, as printed.
    pub issuer: Option<String>,
    /// What it is about.
    pub title: Option<String>,
    /// Where the title begins that stands behind it.
    title_start: Option<usize>,
    /// Where it begins: its kind, or its number.
    pub start: usize,
    /// Where its number ends.
    pub number_end: usize,
    /// Where its title ends, or what else is said of it.
    pub end: usize,
    /// Whether it stands inside what another one is about.
    pub nested: bool,
}

static KIND: LazyLock<Words> = LazyLock::new(|| {
    let words: Vec<&str> = kinds::KINDS.iter().map(|(word, _)| *word).collect();
    Words::of(&words)
});
/// Between a kind and its number.
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*(?:số)?\s*:?\s*$"));
/// The same with the act's name, or its issuer, between.
static NAMED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\s*(?P<name>[^;.:()“”\d|\n]{2,160}?)\s*,? số\s*:?\s*$"));
/// Between two numbers of one list.
static JOINT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\s*(?:,|;|và|, và)\s*(?:số )?\s*:?\s*$"));
/// Before an act that goes on with a list.
const JOINTS: [&str; 6] = [", và các ", " và các ", ", các ", ", và ", " và ", ", "];
static ONLY_NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|[ (,;.])số\s*:?\s*$"));

/// The acts of a paragraph, in its order.
pub fn all(text: Text<'_>) -> Vec<Cite> {
    if NUMBER_LINE.is_match(text.fold) {
        return Vec::new();
    }
    let mut cites = numbered(text);
    share(text, &mut cites);
    add_named(text, &mut cites);
    cites.sort_by_key(|cite| cite.start);
    part_titles(text, &mut cites);
    let mut until = 0;
    for cite in &mut cites {
        cite.nested = cite.start < until;
        until = until.max(cite.end);
    }
    cites
}

/// A title ends where the next act of a list begins: behind a comma or an 'và', and with a kind of
/// its own.
fn part_titles(text: Text<'_>, cites: &mut [Cite]) {
    for place in 1..cites.len() {
        let (before, behind) = cites.split_at_mut(place);
        // 'hướng dẫn thi hành Luật A, Luật B' is one title.
        let Some(next) = behind.first().filter(|next| !next.named) else {
            continue;
        };
        let head = text.to(next.start);
        let Some(joint) = JOINTS.iter().find(|joint| head.fold.ends_with(*joint)) else {
            continue;
        };
        let end = next.start - joint.len();
        // Titles are short: what reaches this far begins near.
        let open = before.iter_mut().rev();
        for one in open.take_while(|one| one.start + 1200 > next.start) {
            if let Some(title_start) = one.title_start.filter(|_| one.end > next.start) {
                let title = text.part(title_start, end).trim(&[' ', ',']).raw;
                one.title = (title.split(' ').count() > 2).then(|| title.to_owned());
                one.end = end;
            }
        }
    }
}

/// 'Số: 254/QĐ-UBND' of a letterhead is the document's own.
static NUMBER_LINE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[\s|*_]*số\s*:"));

/// Whether a paragraph says what the document itself is attached to: '(Kèm theo Quyết định số …)'
/// below a title.
pub fn is_attachment(text: Text<'_>) -> bool {
    static ATTACHED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^[\s|*_]*\((?:(?:ban hành )?kèm theo|(?:ban hành|phê duyệt) theo)")
    });
    ATTACHED.is_match(text.fold)
}

fn numbered(text: Text<'_>) -> Vec<Cite> {
    let mut cites: Vec<Cite> = Vec::new();
    // How far the number before and what is said of it go.
    let (mut number_end, mut told_end) = (0, 0);
    for number in number::all(text) {
        let last = cites.last();
        let joint = last.filter(|_| {
            [number_end, told_end]
                .iter()
                .any(|end| JOINT.is_match(text.part(*end, number.start).fold))
        });
        let kind = joint
            .map(|last| (last.kind.clone(), None, number.start))
            .or_else(|| kind_before(text, number_end, &number));
        let Some((kind, name, start)) = kind else {
            continue;
        };
        let Behind {
            date,
            issuer,
            title,
            end,
            title_start,
            title_end,
        } = behind::read(text, number.end, kind.contains("liên"));
        (number_end, told_end) = (number.end, end);
        let of = name.as_deref().and_then(|name| name.strip_prefix("của "));
        cites.push(Cite {
            kind,
            number: number.text,
            named: false,
            date,
            issuer: issuer.or_else(|| of.map(str::to_owned)),
            title_start: title.as_ref().map(|_| title_start),
            title: title.or_else(|| name.clone().filter(|_| of.is_none())),
            start,
            number_end: number.end,
            end: title_end,
            nested: false,
        });
    }
    cites
}

/// The kind in front of a number, the name between them, and where the kind begins.
fn kind_before(
    text: Text<'_>,
    from: usize,
    number: &Number,
) -> Option<(String, Option<String>, usize)> {
    let mut from = from.max(number.start.saturating_sub(220));
    while !text.raw.is_char_boundary(from) || !text.fold.is_char_boundary(from) {
        from += 1;
    }
    let window = text.part(from, number.start);
    if let Some((place, word)) = KIND.all(window.fold).last() {
        let between = window.from(place + word.len());
        let kind = kinds::KINDS.iter().find(|(known, _)| *known == word);
        let kind = kind.map(|(_, kind)| (*kind).to_owned())?;
        if NUMBERED.is_match(between.fold) {
            return Some((kind, None, from + place));
        }
        if let Some(name) = NAMED
            .captures(between.fold)
            .and_then(|name| name.name("name"))
            && !kinds::ABBREVIATED.contains(&word)
        {
            let name = between.part(name.start(), name.end()).raw.trim().to_owned();
            return Some((kind, Some(name), from + place));
        }
    }
    let code = kinds::of_number(&number.text);
    if ONLY_NUMBER.is_match(window.fold) {
        let kind = code.unwrap_or("Văn bản").to_owned();
        return Some((kind, None, number.start));
    }
    let kind = code.filter(|_| number.whole)?;
    Some((kind.to_owned(), None, number.start))
}

/// 'các Nghị quyết số 18-NQ/TW, 19-NQ/TW ngày 25/10/2017': what stands behind the last number of
/// a list holds for all of them; a common issuer also when each has its own date.
fn share(text: Text<'_>, cites: &mut [Cite]) {
    for place in (1..cites.len()).rev() {
        let (before, behind) = cites.split_at_mut(place);
        let (Some(one), Some(next)) = (before.last_mut(), behind.first()) else {
            continue;
        };
        let gap = text.part(one.number_end.max(one.end), next.start).fold;
        let list = JOINT.is_match(gap);
        if list && one.end == one.number_end && next.start >= one.end {
            // Behind another 'Nghị quyết số' the date is that one's own.
            if text
                .from(next.start)
                .raw
                .starts_with(|letter: char| letter.is_ascii_digit())
            {
                one.date = one.date.or(next.date);
                one.title = one.title.take().or_else(|| next.title.clone());
            }
        }
        let same_body = suffix(&one.number) == suffix(&next.number);
        if list && same_body && one.issuer.is_none() && one.title.is_none() {
            one.issuer.clone_from(&next.issuer);
        }
    }
}

/// The notation without the kind: who issued it, as far as a number tells.
fn suffix(number: &str) -> &str {
    number
        .split_once(|letter: char| letter.is_alphabetic())
        .map_or(number, |(digits, _)| &number[digits.len()..])
}

fn add_named(text: Text<'_>, cites: &mut Vec<Cite>) {
    let numbered: Vec<(usize, usize)> = cites
        .iter()
        .map(|cite| (cite.start, cite.number_end))
        .collect();
    for law in law::all(text) {
        let before = numbered.partition_point(|(start, _)| *start <= law.start);
        let has_number = before
            .checked_sub(1)
            .is_some_and(|last| law.start < numbered[last].1);
        if has_number {
            continue;
        }
        let said = behind::read(text, law.end, false);
        // What a law is about, its name says.
        cites.push(Cite {
            kind: law.kind.to_owned(),
            number: law.name.to_owned(),
            named: true,
            date: said.date,
            // Who is to keep it did not issue it.
            issuer: said.issuer.filter(|name| name.contains("Quốc hội")),
            title: None,
            title_start: None,
            start: law.start,
            number_end: law.end,
            end: said.end,
            nested: false,
        });
    }
}
