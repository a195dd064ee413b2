//! Numbers in Vietnamese writing with their units: 1.234,5 · 3/4 · 5-10 kg · -0,5% · $100.

use crate::rules::measure::{measured, scale, unit};
use crate::rules::numeral::{following, fraction, grouped, mixed_fraction, number};
use crate::scan::{Reading, Scan};
use crate::token::Kind;

/// Signs of money that stand before their number.
const MONEY: [char; 5] = ['$', '€', '£', '¥', '₫'];

pub(crate) fn quantity(scan: Scan<'_>) -> Option<Reading> {
    let score = scan.follows("score");
    let first = fraction(scan).or_else(|| number(scan))?;
    let (mut end, mut spoken) = (first.end, first.spoken);
    if let Some((after, part)) = mixed_fraction(end) {
        (end, spoken) = (after, format!("{spoken} và {part}"));
    }
    if let Some(after) = repeated_in_words(end, &spoken) {
        end = after;
    }
    if let Some((after, product)) = product(end) {
        (end, spoken) = (after, format!("{spoken} nhân {product}"));
    }
    if let Some((after, unit)) = unit(end) {
        (end, spoken) = (after, format!("{} {unit}", measured(&spoken)));
    }
    while let Some((after, last, joint)) = last_of_range(end, first.value, score) {
        (end, spoken) = (after, format!("{spoken}{joint}{last}"));
        if let Some((after, unit)) = unit(end) {
            (end, spoken) = (after, format!("{spoken} {unit}"));
        }
        if joint == " đến " {
            break;
        }
    }
    Some(end.reading(spoken))
}

/// A number with its sign before it: -0,5%, $100.
pub(crate) fn signed(mut scan: Scan<'_>) -> Option<Reading> {
    let Kind::Mark(mark) = scan.peek()? else {
        return None;
    };
    let touching = scan.touching();
    let line_start = matches!(touching, None | Some(Kind::Newline));
    scan.at += 1;
    if scan.peek() != Some(Kind::Digits) {
        return None;
    }
    if MONEY.contains(&mark) {
        let name = scan.lexicon.marks.get(mark.encode_utf8(&mut [0; 4]))?;
        let first = grouped(scan, ',', '.', 1)
            .filter(|_| mark == '$')
            .or_else(|| number(scan))?;
        let mut spoken = first.spoken;
        let mut end = first.end;
        if let Some((after, scale)) = scale(end) {
            (end, spoken) = (after, format!("{} {scale}", measured(&spoken)));
        }
        return Some(end.reading(format!("{spoken} {name}")));
    }
    let free = matches!(
        touching,
        None | Some(
            Kind::Newline | Kind::Space | Kind::Mark('(' | '[' | '"' | ':' | '=' | '<' | '>')
        )
    );
    if mark != '-' || !free {
        return None;
    }
    let reading = quantity(scan)?;
    // '-5 xã' at the start of a line is an item of a list, '-5°C' and '-5' are below zero
    let item = line_start && {
        let mut after = scan;
        after.at = number(scan)?.end.at;
        let measured = unit(after).is_some();
        after.spaces();
        !measured && after.peek() == Some(Kind::Word)
    };
    (!item).then(|| Reading {
        end: reading.end,
        spoken: format!("âm {}", reading.spoken),
    })
}

/// '03 (ba) bộ': the same number once more in words, said once.
fn repeated_in_words<'a>(mut scan: Scan<'a>, spoken: &str) -> Option<Scan<'a>> {
    scan.spaces();
    scan.mark('(')?;
    for word in spoken.split(' ') {
        scan.spaces();
        scan.word()
            .filter(|written| written.to_lowercase() == word)?;
    }
    scan.mark(')')?;
    Some(scan)
}

/// The number behind a dash, and the words between the two.
fn last_of_range(
    scan: Scan<'_>,
    first: f64,
    score: bool,
) -> Option<(Scan<'_>, String, &'static str)> {
    let close = scan.peek() == Some(Kind::Mark('-'));
    let mut ahead = scan;
    ahead.dash()?;
    if ahead.peek() != Some(Kind::Digits)
        || (close && ahead.touching() == Some(Kind::Space))
        || crate::rules::date::date(ahead).is_some()
    {
        return None;
    }
    let last = number(ahead)?;
    let chained = last.end.peek() == Some(Kind::Mark('-')) && following(last.end, '-').is_some();
    if score {
        return Some((last.end, last.spoken, " "));
    }
    if chained || (close && first >= last.value) {
        return close.then_some((last.end, last.spoken, ", "));
    }
    let rising = first < last.value || (first.is_nan() && close) || (last.value.is_nan() && close);
    rising.then_some((last.end, last.spoken, " đến "))
}

/// 3 x 4, 3×4.
fn product(mut scan: Scan<'_>) -> Option<(Scan<'_>, String)> {
    scan.spaces();
    scan.mark('×').or_else(|| scan.mark('*')).or_else(|| {
        scan.word()
            .filter(|word| *word == "x" || *word == "X")
            .map(|_| ())
    })?;
    scan.spaces();
    let factor = number(scan)?;
    match product(factor.end) {
        Some((end, more)) => Some((end, format!("{} nhân {more}", factor.spoken))),
        None => Some((factor.end, factor.spoken)),
    }
}
