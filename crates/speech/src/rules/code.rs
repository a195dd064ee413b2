//! Codes of letters and digits: QL1A, H5N1, F0, 29A-123.45, Điều 5a, QCVN 102:2016/BTTTT.

use crate::letter;
use crate::number::{cardinal, cardinal_of, label, month, one_by_one, ordinal};
use crate::rules::letters::{is_all_capitals, spelled, syllable};
use crate::scan::{Reading, Scan};
use crate::token::Kind;

/// A licence plate: 90A-123.45, 29H1-123.45, 51F-12345, 90-B1 123.45.
pub(crate) fn plate(mut scan: Scan<'_>) -> Option<Reading> {
    let province = scan.digits().filter(|digits| digits.len() == 2)?;
    let _ = scan.mark('-');
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

/// Accounts, tax and identity numbers after the words that announce them.
pub(crate) fn identity(mut scan: Scan<'_>) -> Option<Reading> {
    let announced = scan.follows_loosely("digits");
    if !announced && !bears_a_number(scan) {
        return None;
    }
    let first = scan.digits()?;
    let grouped = scan.tokens.get(scan.at + 1).is_some_and(|next| {
        scan.peek() == Some(Kind::Space) && next.kind == Kind::Digits && next.text.len() > 2
    });
    if first.len() < if announced { 4 } else { 6 } && !(announced && grouped && first.len() > 2) {
        return None;
    }
    let mut spoken = one_by_one(first);
    loop {
        let mut ahead = scan;
        let joint = match ahead.peek() {
            Some(Kind::Mark('-')) => " gạch ngang ",
            Some(Kind::Mark('.')) => " chấm ",
            Some(Kind::Space) if announced => ", ",
            _ => break,
        };
        ahead.at += 1;
        let Some(group) = ahead.digits() else { break };
        spoken.push_str(joint);
        spoken.push_str(&one_by_one(group));
        scan = ahead;
    }
    (scan.peek() != Some(Kind::Word)).then(|| scan.reading(spoken))
}

/// 'mã BHXH 3512345678', 'số seri AA 0123456': a word for a number not far before, or its capitals
/// directly before.
fn bears_a_number(scan: Scan<'_>) -> bool {
    let words = scan.words_before();
    let named = words
        .iter()
        .skip(1)
        .take(2)
        .any(|word| matches!(&**word, "mã" | "thẻ" | "sổ" | "seri"));
    let series = scan
        .tokens
        .get(scan.at.wrapping_sub(2))
        .is_some_and(|token| is_all_capitals(token.text) && token.text.chars().count() == 2)
        && words
            .get(1)
            .is_some_and(|word| matches!(&**word, "số" | "seri" | "hiệu"));
    scan.touching() == Some(Kind::Space) && (named || series)
}

/// 5a, 12B, 4G: a number with a letter that is no unit here; and 102:2016 of a standard.
pub(crate) fn starting_with_digits(scan: Scan<'_>) -> Option<Reading> {
    standard(scan)
        .or_else(|| long_run(scan))
        .or_else(|| lettered(scan))
}

/// QL1A, ĐT494, H5N1, A1, IPv6, QH15.
pub(crate) fn starting_with_letters(mut scan: Scan<'_>) -> Option<Reading> {
    if scan.touching() == Some(Kind::Digits) {
        return None;
    }
    if let Some(reading) = calendar(scan) {
        return Some(reading);
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
    // H42.15-240101-0001: the groups of a file's number
    loop {
        let mut ahead = scan;
        let joint = match ahead.peek() {
            Some(Kind::Mark('.')) => "chấm",
            Some(Kind::Mark('-')) => "gạch ngang",
            _ => break,
        };
        ahead.at += 1;
        let Some(group) = ahead.digits() else { break };
        spoken.push(joint.to_owned());
        spoken.push(if group.len() > 2 {
            one_by_one(group)
        } else {
            label(group)
        });
        scan = ahead;
    }
    Some(scan.reading(spoken.join(" ")))
}

/// QL.1A, ĐT 494: a road, its sign apart from its number.
pub(crate) fn road(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let name = scan.lexicon.roads.get(scan.word()?)?;
    if start.touching() == Some(Kind::Digits) {
        return None;
    }
    let apart = scan.peek() == Some(Kind::Space);
    if scan.mark('.').is_none() {
        scan.spaces();
    }
    // 'ĐT 115' is called, no road begins so
    let number = scan
        .digits()
        .filter(|digits| !(apart && digits.len() == 3 && digits.starts_with("11")))
        .filter(|digits| digits.len() <= 3 && !(digits.len() > 2 && digits.starts_with('0')))?;
    // 'đường ĐT 491' says the word already
    let said = start
        .words_before()
        .first()
        .is_some_and(|word| word == "đường");
    let name = name.strip_prefix("đường ").filter(|_| said).unwrap_or(name);
    let mut spoken = format!("{name} {}", label(number));
    if let Some(letter) = scan.word() {
        spoken.push(' ');
        spoken.push_str(&letters_of(letter, scan));
    }
    (scan.at_end_of_number() || scan.peek() == Some(Kind::Mark('-'))).then(|| scan.reading(spoken))
}

/// T5/2024 is a month and Q1/2024 a quarter, T2-T6 and T7-CN are days of the week.
fn calendar(mut scan: Scan<'_>) -> Option<Reading> {
    let of_day = scan.follows("weekday");
    let sign = scan.word().filter(|word| matches!(*word, "T" | "Q"))?;
    let first = scan.small(1, 12)?;
    if sign == "Q" {
        scan.mark('/')?;
        let year = scan.year()?;
        let quarter = (first <= 4).then(|| cardinal_of(first))?;
        return Some(scan.reading(format!("quý {quarter} năm {}", cardinal_of(year))));
    }
    if scan.mark('/').is_some() {
        let year = scan.year()?;
        return Some(scan.reading(format!("tháng {} năm {}", month(first), cardinal_of(year))));
    }
    let day = (2..=7)
        .contains(&first)
        .then(|| format!("thứ {}", ordinal(first)))?;
    let mut last = scan;
    let range = last.dash().and_then(|()| match last.word()? {
        "T" => Some(format!("thứ {}", ordinal(last.small(2, 7)?))),
        "CN" => Some("Chủ nhật".to_owned()),
        _ => None,
    });
    if let Some(range) = range {
        return Some(last.reading(format!("{day} đến {range}")));
    }
    let mut next = scan;
    let listed = next.mark(',').is_some();
    next.spaces();
    let listed = (listed || next.word() == Some("và")) && {
        next.spaces();
        matches!(next.word(), Some("T" | "CN"))
    };
    (of_day || listed).then(|| scan.reading(day))
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

/// Any run too long to be a quantity, and numbers that begin with zero.
fn long_run(mut scan: Scan<'_>) -> Option<Reading> {
    let digits = scan.digits()?;
    let grouped = matches!(scan.peek(), Some(Kind::Mark(',' | '.'))) && !scan.at_end_of_number();
    let code = digits.len() >= 13 || (digits.len() > 2 && digits.starts_with('0'));
    (code && !grouped && scan.peek() != Some(Kind::Word)).then(|| scan.reading(one_by_one(digits)))
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
    // 6T/2025, 9T2025: months of a year
    if word == "T" {
        let mut ahead = scan;
        let _ = ahead.mark('/');
        if let Some(year) = ahead.year().filter(|_| digits.len() < 3) {
            return Some(ahead.reading(format!(
                "{} tháng năm {}",
                cardinal(digits),
                cardinal_of(year)
            )));
        }
    }
    // 1tr2, 1m6: what follows the unit is its next place
    if let Some(unit) = scan
        .lexicon
        .units
        .exactly(word)
        .filter(|_| word.chars().all(letter::is_lower))
        && let Some(rest) = scan.digits()
    {
        return Some(scan.reading(format!("{} {unit} {}", cardinal(digits), cardinal(rest))));
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
        let name = word.chars().next().and_then(|letter| {
            if letter::is_lower(letter) {
                lexicon.clause_letter(letter)
            } else {
                lexicon.letter(letter)
            }
        });
        return name.unwrap_or(word).to_owned();
    }
    let known = lexicon
        .codes
        .get(word)
        .map(String::as_str)
        .or_else(|| lexicon.say.exactly(word));
    match known {
        Some(spoken) => spoken.to_owned(),
        None if !is_all_capitals(word) && syllable(word, lexicon) => word.to_owned(),
        None => spelled(word, lexicon),
    }
}
