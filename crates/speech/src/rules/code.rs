//! Codes of letters and digits: QL1A, H5N1, F0, 29A-123.45, Điều 5a, QCVN 102:2016/BTTTT.

use crate::number::{cardinal, cardinal_of, label, one_by_one};
use crate::rules::letters::{is_all_capitals, spelled, syllable};
use crate::scan::{Reading, Scan};
use crate::token::Kind;

/// A licence plate: 90A-123.45, 29H1-123.45, 51F-12345.
pub(crate) fn plate(mut scan: Scan<'_>) -> Option<Reading> {
    let province = scan.digits().filter(|digits| digits.len() == 2)?;
    let series = scan
        .word()
        .filter(|word| is_all_capitals(word) && word.chars().count() <= 2)?;
    let number = scan.digits().filter(|digits| digits.len() == 1);
    scan.mark('-')
        .or_else(|| scan.mark('.'))
        .or_else(|| (scan.peek() == Some(Kind::Space)).then(|| scan.spaces()))?;
    let mut serial = scan.digits()?.to_owned();
    if serial.len() == 3 {
        scan.mark('.')?;
        serial.push_str(scan.digits().filter(|digits| digits.len() == 2)?);
    }
    if !(4..=5).contains(&serial.len()) || !scan.at_end_of_number() {
        return None;
    }
    let mut spoken = format!("{} {}", one_by_one(province), spelled(series, scan.lexicon));
    if let Some(number) = number {
        spoken.push(' ');
        spoken.push_str(&one_by_one(number));
    }
    Some(scan.reading(format!("{spoken}, {}", one_by_one(&serial))))
}

/// 5a, 12B, 4G: a number with a letter that is no unit here; and 102:2016 of a standard.
pub(crate) fn starting_with_digits(scan: Scan<'_>) -> Option<Reading> {
    standard(scan)
        .or_else(|| long_identity(scan))
        .or_else(|| lettered(scan))
}

/// QL1A, ĐT494, H5N1, A1, IPv6, QH15.
pub(crate) fn starting_with_letters(mut scan: Scan<'_>) -> Option<Reading> {
    if scan.touching() == Some(Kind::Digits) {
        return None;
    }
    let word = scan.word()?;
    if scan.peek() != Some(Kind::Digits) {
        return None;
    }
    let mut spoken = vec![letters_of(word, scan)];
    loop {
        if let Some(digits) = scan.digits() {
            spoken.push(if digits.len() > 4 {
                one_by_one(digits)
            } else {
                label(digits)
            });
        } else if let Some(word) = scan.word() {
            spoken.push(letters_of(word, scan));
        } else {
            break;
        }
    }
    Some(scan.reading(spoken.join(" ")))
}

fn standard(mut scan: Scan<'_>) -> Option<Reading> {
    if !scan.follows("standard") {
        return None;
    }
    let number = scan.digits()?;
    let mut part = scan;
    let part_number = part.mark('-').and_then(|()| part.digits());
    if part_number.is_some() {
        scan = part;
    }
    scan.mark(':')?;
    let year = scan.year()?;
    let part = part_number
        .map(|part| format!(" phần {}", cardinal(part)))
        .unwrap_or_default();
    let mut spoken = format!("{}{part} năm {}", cardinal(number), cardinal_of(year));
    let mut issuer = scan;
    if issuer.mark('/').is_some()
        && let Some(name) = issuer
            .word()
            .and_then(|word| scan.lexicon.agencies.get(word))
    {
        spoken.push(' ');
        spoken.push_str(name);
        scan = issuer;
    }
    Some(scan.reading(spoken))
}

/// Accounts, tax and identity numbers, and any run too long to be a quantity.
fn long_identity(mut scan: Scan<'_>) -> Option<Reading> {
    let expected = scan.follows_loosely("digits");
    let digits = scan.digits()?;
    let identity = (expected && digits.len() >= 4)
        || digits.len() >= 13
        || (digits.len() > 2 && digits.starts_with('0'));
    let grouped = matches!(scan.peek(), Some(Kind::Mark(',' | '.'))) && !scan.at_end_of_number();
    if !identity || scan.peek() == Some(Kind::Word) || grouped {
        return None;
    }
    let mut spoken = one_by_one(digits);
    let mut branch = scan;
    if expected
        && branch.mark('-').is_some()
        && let Some(last) = branch.digits()
    {
        spoken.push_str(" gạch ngang ");
        spoken.push_str(&one_by_one(last));
        scan = branch;
    }
    Some(scan.reading(spoken))
}

fn lettered(mut scan: Scan<'_>) -> Option<Reading> {
    let expected = scan.follows("lettered");
    let before_word = scan;
    let digits = scan.digits()?;
    let unit_at = scan.at;
    let word = scan.word()?;
    let single = word.chars().count() == 1;
    // 220v and 12kg are measures, unless an article or a road is being named.
    if scan
        .lexicon
        .units
        .find(before_word.tokens, unit_at)
        .is_some()
        && !(expected && single)
    {
        return None;
    }
    if matches!(word, "x" | "X") && scan.peek() == Some(Kind::Digits) {
        return None;
    }
    let mut spoken = vec![label(digits), letters_of(word, scan)];
    loop {
        if let Some(digits) = scan.digits() {
            spoken.push(label(digits));
        } else if let Some(word) = scan.word() {
            spoken.push(letters_of(word, scan));
        } else {
            break;
        }
    }
    Some(scan.reading(spoken.join(" ")))
}

fn letters_of(word: &str, scan: Scan<'_>) -> String {
    let lexicon = scan.lexicon;
    if word.chars().count() == 1 {
        return word
            .chars()
            .next()
            .and_then(|letter| lexicon.clause_letter(letter))
            .unwrap_or(word)
            .to_owned();
    }
    match lexicon.say.exactly(word) {
        Some(spoken) => spoken.to_owned(),
        None if !is_all_capitals(word) && syllable(word, lexicon) => word.to_owned(),
        None => spelled(word, lexicon),
    }
}
