//! Money whose sign or name stands before the amount: $100, US$ 5 triệu, VND 500.000.

use crate::letter;
use crate::rules::measure::{measured, scale};
use crate::rules::numeral::{grouped, number};
use crate::scan::{Reading, Scan};
use crate::token::Kind;

/// Signs of money.
const SIGNS: [char; 10] = ['$', '€', '£', '¥', '₫', '₩', '฿', '₽', '₹', '¢'];

/// $100, €20, ₫50.000, $10-$20.
pub(crate) fn sign_first(mut scan: Scan<'_>) -> Option<Reading> {
    let Kind::Mark(mark) = scan.peek()? else {
        return None;
    };
    if !SIGNS.contains(&mark) {
        return None;
    }
    let name = scan.lexicon.marks.get(mark.encode_utf8(&mut [0; 4]))?;
    scan.at += 1;
    amounts(scan, name, mark)
}

/// USD 100, VND 500.000, US$ 100, RM 20.
pub(crate) fn name_first(mut scan: Scan<'_>) -> Option<Reading> {
    if scan.touching() == Some(Kind::Digits) {
        return None;
    }
    // 'Euro 2024' is a tournament; only codes stand before an amount
    let word = scan
        .word()
        .filter(|word| word.len() <= 3 && !word.chars().any(letter::is_lower))?;
    let sign = scan.mark('$').map_or("", |()| "$");
    let name = scan.lexicon.currencies.get(&format!("{word}{sign}"))?;
    let mut mark = if sign.is_empty() { '₫' } else { '$' };
    if matches!(word, "USD" | "SGD" | "AUD" | "CAD" | "GBP") {
        mark = '$';
    }
    scan.spaces();
    amounts(scan, name, mark)
}

/// One amount or a range of them, and the name of the money.
fn amounts(scan: Scan<'_>, name: &str, mark: char) -> Option<Reading> {
    let (mut end, mut spoken) = amount(scan, mark)?;
    let mut ahead = end;
    if ahead.dash().is_some() {
        let again = ahead.mark(mark).is_some();
        if let Some((after, last)) = amount(ahead, mark) {
            let first = if again {
                format!("{spoken} {name}")
            } else {
                spoken
            };
            (end, spoken) = (after, format!("{first} đến {last}"));
        }
    }
    Some(end.reading(format!("{spoken} {name}")))
}

/// Groups of dollars stand behind commas, all others are written the Vietnamese way.
fn amount(scan: Scan<'_>, mark: char) -> Option<(Scan<'_>, String)> {
    if scan.peek() != Some(Kind::Digits) {
        return None;
    }
    let number = grouped(scan, ',', '.', 1)
        .filter(|_| mark == '$')
        .or_else(|| number(scan))?;
    let spoken = measured(&number.spoken);
    Some(match scale(number.end) {
        Some((after, scale)) => (after, format!("{spoken} {scale}")),
        None => (number.end, spoken),
    })
}
