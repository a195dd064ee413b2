//! The written forms of a number: 1.234.567,8 · 10 000 · 12,5 · 2.1 · 3/4 · 3 1/2.

use crate::letter;
use crate::number::{after_comma, cardinal, label, month, one_by_one, ordinal};
use crate::rules::measure::unit;
use crate::scan::Scan;
use crate::token::Kind;

/// A number as written, its words, and the place after it.
pub(super) struct Number<'a> {
    pub end: Scan<'a>,
    pub spoken: String,
    /// For telling a range from a score; not a number when it is a level like 2.1.
    pub value: f64,
}

pub(super) fn number(scan: Scan<'_>) -> Option<Number<'_>> {
    // 'chỉ tiêu 1,5 triệu' is an amount all the same
    let measured =
        |number: Option<Number<'_>>| number.is_some_and(|number| unit(number.end).is_some());
    let clause =
        scan.follows("clause") && !measured(decimal(scan)) && !measured(grouped(scan, '.', ',', 1));
    if !clause
        && let Some(number) = grouped(scan, '.', ',', 1)
            .or_else(|| grouped(scan, ',', '.', 2))
            .or_else(|| spaced(scan))
    {
        return Some(number);
    }
    levels(scan)
        .or_else(|| if clause { None } else { decimal(scan) })
        .or_else(|| whole(scan))
}

/// 1.234.567,8 or, written the English way, 1,234,567.8. One group behind a comma is a decimal
/// (2,125), so the English way needs two, or a sign of money before it.
pub(super) fn grouped(
    mut scan: Scan<'_>,
    group: char,
    point: char,
    least: usize,
) -> Option<Number<'_>> {
    let mut digits = scan
        .digits()
        .filter(|digits| digits.len() <= 3 && !digits.starts_with('0'))?
        .to_owned();
    let mut groups = 0;
    while let Some(next) = following(scan, group).filter(|(_, digits)| digits.len() == 3) {
        scan = next.0;
        digits.push_str(next.1);
        groups += 1;
    }
    if groups < least || following(scan, group).is_some() {
        return None;
    }
    let mut spoken = cardinal(&digits);
    if let Some((after, part)) = following(scan, point) {
        spoken = format!("{spoken} phẩy {}", after_comma(part));
        scan = after;
    }
    Some(Number {
        end: scan,
        spoken,
        value: digits.parse().unwrap_or(f64::NAN),
    })
}

/// 10 000 000: groups behind spaces count only where they are round, two or more, or the spaces
/// unbreakable.
fn spaced(mut scan: Scan<'_>) -> Option<Number<'_>> {
    let mut digits = scan
        .digits()
        .filter(|digits| digits.len() <= 3 && !digits.starts_with('0'))?
        .to_owned();
    let mut groups = 0;
    let mut hard = true;
    loop {
        let mut ahead = scan;
        let Some(space) = ahead
            .tokens
            .get(ahead.at)
            .filter(|token| token.kind == Kind::Space)
        else {
            break;
        };
        ahead.at += 1;
        let Some(group) = ahead.digits().filter(|group| group.len() == 3) else {
            break;
        };
        hard &= matches!(space.text, "\u{A0}" | "\u{202F}" | "\u{2009}");
        if space.text.chars().count() != 1 {
            break;
        }
        digits.push_str(group);
        groups += 1;
        scan = ahead;
    }
    let round = digits.ends_with("000") && digits.len() > 3;
    (groups > 0 && (hard || round || groups > 1) && scan.at_end_of_number()).then(|| Number {
        end: scan,
        spoken: cardinal(&digits),
        value: digits.parse().unwrap_or(f64::NAN),
    })
}

/// 2.1, 1.003868, 192.168.1.1: levels of a clause, codes, versions.
fn levels(mut scan: Scan<'_>) -> Option<Number<'_>> {
    let mut spoken = label(scan.digits()?);
    let mut any = false;
    while let Some((after, level)) = following(scan, '.') {
        spoken.push_str(" chấm ");
        spoken.push_str(&if level.len() > 3 {
            one_by_one(level)
        } else {
            label(level)
        });
        scan = after;
        any = true;
    }
    any.then_some(Number {
        end: scan,
        spoken,
        value: f64::NAN,
    })
}

/// 12,5.
fn decimal(mut scan: Scan<'_>) -> Option<Number<'_>> {
    let start = scan;
    let whole = scan.digits()?;
    let (after, part) = following(scan, ',')?;
    if following(after, ',').is_some() {
        return None;
    }
    // 500,000 VND: a group, for nobody counts thousandths of money or writes three zeros for none
    let group = part.len() == 3 && whole.len() <= 3 && !whole.starts_with('0');
    if group && (part == "000" || is_money(after)) {
        return grouped(start, ',', '.', 1);
    }
    let value = format!("{whole}.{part}").parse().unwrap_or(f64::NAN);
    Some(Number {
        end: after,
        spoken: format!("{} phẩy {}", cardinal(whole), after_comma(part)),
        value,
    })
}

fn is_money(mut scan: Scan<'_>) -> bool {
    scan.spaces();
    scan.tokens.get(scan.at).is_some_and(|token| {
        matches!(token.text, "đồng" | "đ" | "$" | "₫" | "€")
            || scan.lexicon.currencies.contains_key(token.text)
    })
}

fn whole(mut scan: Scan<'_>) -> Option<Number<'_>> {
    let before = scan.words_before();
    let labelled = scan.follows("label");
    let digits = scan.digits()?;
    let value = digits.parse::<u64>().unwrap_or(u64::MAX);
    let spoken = match before.first().map(AsRef::as_ref) {
        // 'tháng 4 2024'
        Some(_)
            if (1900..2100).contains(&value)
                && before.get(1).is_some_and(|word| word == "tháng") =>
        {
            format!("năm {}", cardinal(digits))
        }
        Some("thứ") => ordinal(value.min(999_999)),
        Some("tháng") if value <= 12 && digits.len() <= 2 => month(value),
        // '08 giờ 00'
        Some("giờ") if digits == "00" && !minutes_follow(scan) => "không phút".to_owned(),
        _ if labelled => label(digits),
        _ => cardinal(digits),
    };
    Some(Number {
        end: scan,
        spoken,
        value: digits.parse().unwrap_or(f64::NAN),
    })
}

fn minutes_follow(mut scan: Scan<'_>) -> bool {
    scan.spaces();
    scan.word() == Some("phút")
}

/// 3/4, 98/98, 24/24; a house number 12/5/3.
pub(super) fn fraction(scan: Scan<'_>) -> Option<Number<'_>> {
    let address = scan.follows_loosely("address");
    let mut end = scan;
    let mut parts = vec![end.digits().filter(|digits| digits.len() <= 6)?];
    while let Some((after, part)) = following(end, '/').filter(|(_, part)| part.len() <= 6) {
        parts.push(part);
        end = after;
    }
    // 3:1 and 1:500 are proportions; a time of day was tried before
    if let Some((after, part)) = following(end, ':').filter(|_| parts.len() == 1) {
        return Some(Number {
            end: after,
            spoken: format!("{} trên {}", cardinal(parts[0]), cardinal(part)),
            value: f64::NAN,
        });
    }
    // 5/1.000 is no plain fraction: the whole behind the slash has groups of its own
    if parts.len() == 2 && (following(end, '.').is_some() || following(end, ',').is_some()) {
        return None;
    }
    let [numerator, denominator] = parts[..] else {
        let spoken: Vec<String> = parts.iter().map(|part| label(part)).collect();
        return (parts.len() > 2).then(|| Number {
            end,
            spoken: spoken.join(" xuyệt "),
            value: f64::NAN,
        });
    };
    let values = (
        numerator.parse::<u64>().ok()?,
        denominator.parse::<u64>().ok()?,
    );
    let spoken = if let Some(years) = season(numerator, denominator) {
        years
    } else if address {
        format!("{} xuyệt {}", label(numerator), label(denominator))
    } else if values.0 < values.1
        && values.1 <= 10
        && !scan.follows("place")
        && !(values.0 > 1 && counts_members(end))
    {
        let whole = if values.1 == 4 {
            "tư".to_owned()
        } else {
            cardinal(denominator)
        };
        format!("{} phần {whole}", cardinal(numerator))
    } else {
        format!("{} trên {}", cardinal(numerator), cardinal(denominator))
    };
    Some(Number {
        end,
        spoken,
        value: quotient(numerator, denominator),
    })
}

/// 3/5 xã: the whole is counted, not divided.
fn counts_members(mut end: Scan<'_>) -> bool {
    end.spaces();
    end.word()
        .is_some_and(|word| end.lexicon.follows("members", &[letter::lower(word)]))
}

fn quotient(numerator: &str, denominator: &str) -> f64 {
    let value = |digits: &str| digits.parse::<f64>().unwrap_or(f64::NAN);
    value(numerator) / value(denominator)
}

/// 2021/2022, 2023/24: a school year or a season.
pub(super) fn season(first: &str, last: &str) -> Option<String> {
    let from: u64 = first.parse().ok().filter(|_| first.len() == 4)?;
    let to: u64 = last.parse().ok()?;
    let next = match last.len() {
        4 => to == from + 1,
        2 => to == (from + 1) % 100,
        _ => false,
    };
    (next && (1900..2200).contains(&from)).then(|| format!("{}, {}", cardinal(first), label(last)))
}

/// 3 1/2: the fraction behind a whole number.
pub(super) fn mixed_fraction(mut scan: Scan<'_>) -> Option<(Scan<'_>, String)> {
    if scan.touching() != Some(Kind::Digits) {
        return None;
    }
    // 1½
    if let Some(Kind::Mark(mark @ ('½' | '⅓' | '¼' | '¾' | '⅔' | '⅛'))) = scan.peek() {
        let part = scan.lexicon.marks.get(mark.encode_utf8(&mut [0; 4]))?;
        scan.at += 1;
        return Some((scan, part.clone()));
    }
    if scan.tokens.get(scan.at)?.text != " " {
        return None;
    }
    scan.spaces();
    let mut ahead = scan;
    let numerator = ahead.small(1, 9)?;
    ahead.mark('/')?;
    let denominator = ahead.small(2, 10)?;
    let part = fraction(scan)?;
    (numerator < denominator && part.end.at == ahead.at && ahead.at_end_of_number())
        .then_some((part.end, part.spoken))
}

/// A sign directly followed by digits.
pub(super) fn following(mut scan: Scan<'_>, sign: char) -> Option<(Scan<'_>, &str)> {
    scan.mark(sign)?;
    let digits = scan.digits()?;
    Some((scan, digits))
}
