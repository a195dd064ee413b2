//! A day without its year: 30/4 is a day beside the words that say so, a fraction elsewhere.

use crate::letter;
use crate::rules::date::{after, spoken_date};
use crate::scan::{Reading, Scan};
use crate::token::{Kind, Token};

/// Days that are known by their date alone, and the ends of quarters: 30/4 is a feast, never thirty
/// over four.
const KNOWN: [(u64, u64); 21] = [
    (30, 4),
    (8, 3),
    (20, 10),
    (20, 11),
    (27, 7),
    (26, 3),
    (22, 12),
    (19, 5),
    (3, 2),
    (21, 6),
    (19, 8),
    (10, 10),
    (7, 5),
    (27, 2),
    (28, 6),
    (23, 9),
    (31, 3),
    (30, 6),
    (30, 9),
    (31, 12),
    (24, 12),
];

/// The day that could be a share as well: known as a day within a sentence.
const NATIONAL_DAY: (u64, u64) = (2, 9);

/// 24/7 is all day, every day of the week.
const ALWAYS: (u64, u64) = (24, 7);

/// How far back the word that began a list of days may stand.
const LIST_TOKENS: usize = 24;

/// 30/4 where a day is meant.
pub(crate) fn day(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let said = scan.follows("day_said");
    let written = scan.tokens.get(scan.at + 2).map_or("", |token| token.text);
    let (day, in_month) = (scan.small(1, 31)?, after(&mut scan, '/', 12)?);
    if !scan.at_end_of_number() {
        return None;
    }
    let listed = list(start);
    let expected = said
        || start.follows("day")
        || listed.is_some()
        || follows_weekday(start)
        || follows_name_of_day(start);
    // Streets, schools and hospitals bear the name of a day without saying that it is one.
    let named = start.follows("named_by_day")
        && (KNOWN.contains(&(day, in_month)) || (day, in_month) == NATIONAL_DAY);
    let address = start.follows_loosely("address");
    let meant = expected || named || {
        let known = !start.follows("share")
            && (KNOWN.contains(&(day, in_month))
                || ((day, in_month) == NATIONAL_DAY && start.origin_in_sentence()));
        // Fifteen of eight is no share of anything.
        let no_share = day > in_month
            && (day, in_month) != ALWAYS
            && !start.follows("share")
            && (written.starts_with('0') || start.origin_in_sentence());
        !address && !counts_things(scan) && (known || no_share || followed_by_calendar(scan))
    };
    if !meant {
        return None;
    }
    let date = spoken_date(day, in_month, None);
    let bare = said || named || listed == Some(List::Days);
    Some(scan.reading(if bare { date } else { format!("ngày {date}") }))
}

/// What stands before a day in a list of days.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    /// Days alone, 'ngày 10, 11 và 12/5': one word for all of them.
    Days,
    /// Whole dates, 'ngày 15/6, 15/12'.
    Dates,
}

/// The list that this day goes on, if a word for a day began one.
pub(super) fn list(scan: Scan<'_>) -> Option<List> {
    let joined = |token: &Token<'_>| {
        matches!(token.kind, Kind::Mark(',' | ';')) || matches!(token.text, "và" | "hoặc" | "hay")
    };
    let mut before = scan.tokens[..scan.at]
        .iter()
        .rev()
        .take(LIST_TOKENS)
        .filter(|token| token.kind != Kind::Space);
    before.next().filter(|token| joined(token))?;
    let nearest: Vec<&str> = before.clone().take(3).map(|token| token.text).collect();
    if is_known_day(&nearest) {
        return Some(List::Dates);
    }
    let mut list = None;
    while let Some(token) = before.next() {
        match token.kind {
            Kind::Digits => list = list.or(Some(List::Days)),
            Kind::Mark('/') => list = Some(List::Dates),
            Kind::Mark('-') => {}
            _ if joined(token) => {}
            Kind::Word => {
                let words: Vec<_> = std::iter::once(token)
                    .chain(before)
                    .take(2)
                    .map(|token| letter::lower(token.text))
                    .collect();
                let lexicon = scan.lexicon;
                let began = lexicon.follows("day_said", &words) || lexicon.follows("day", &words);
                return list.filter(|_| began);
            }
            _ => return None,
        }
    }
    None
}

/// Whether the tokens before, from the nearest, are a day known by its date.
fn is_known_day(before: &[&str]) -> bool {
    let [in_month, "/", day] = before else {
        return false;
    };
    let value = |digits: &str| digits.parse::<u64>().ok();
    value(day)
        .zip(value(in_month))
        .is_some_and(|date| KNOWN.contains(&date))
}

/// 'thứ Bảy, 13/7', 'Chủ nhật (14/7)', 'T2, 5/5', 'hôm nay (5/5)'.
fn follows_weekday(scan: Scan<'_>) -> bool {
    let mut before = scan.tokens[..scan.at]
        .iter()
        .rev()
        .take(8)
        .skip_while(|token| matches!(token.kind, Kind::Space | Kind::Mark(',' | '(')))
        .filter(|token| token.kind != Kind::Space);
    let (Some(last), second) = (before.next(), before.next()) else {
        return false;
    };
    let second = second.map(|token| letter::lower(token.text));
    let bracketed = scan.touching() == Some(Kind::Mark('('));
    match &*letter::lower(last.text) {
        "nhật" | "cn" => true,
        "nay" | "qua" | "mai" | "kia" | "này" | "tới" => bracketed,
        _ => matches!(second.as_deref(), Some("thứ" | "t")),
    }
}

/// 'Ngày Pháp luật Việt Nam 09/11': a capital for a day of its own.
fn follows_name_of_day(scan: Scan<'_>) -> bool {
    scan.tokens[..scan.at]
        .iter()
        .rev()
        .take(LIST_TOKENS)
        .take_while(|token| matches!(token.kind, Kind::Word | Kind::Space | Kind::Mark('(')))
        .any(|token| token.text == "Ngày")
}

/// 10/3 âm lịch, 15/8 hằng năm.
fn followed_by_calendar(mut scan: Scan<'_>) -> bool {
    scan.spaces();
    let first = scan.word().map(str::to_lowercase);
    scan.spaces();
    let second = scan.word().map(str::to_lowercase);
    matches!(
        (first.as_deref(), second.as_deref()),
        (Some("âm" | "dương"), Some("lịch"))
            | (Some("hằng" | "hàng" | "mỗi"), Some("năm"))
            | (Some("al" | "âl" | "dl"), _)
    )
}

/// A small word directly after makes '7/5 xã' no day.
pub(super) fn counts_things(mut scan: Scan<'_>) -> bool {
    scan.spaces();
    scan.word()
        .is_some_and(|word| scan.lexicon.follows("counted", &[letter::lower(word)]))
}

impl Scan<'_> {
    /// A word stands before, on the same line: this is no sum by itself.
    fn origin_in_sentence(&self) -> bool {
        self.words_before()
            .first()
            .is_some_and(|word| word.chars().all(char::is_alphabetic))
    }
}
