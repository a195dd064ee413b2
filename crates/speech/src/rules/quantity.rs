//! Numbers in Vietnamese writing with their units: 1.234,5 · 3/4 · 5-10 kg · -0,5% · $100.

use crate::number::{after_comma, cardinal, label, month, one_by_one, ordinal};
use crate::scan::{Reading, Scan};
use crate::token::Kind;

/// Signs of money that stand before their number.
const MONEY: [char; 5] = ['$', '€', '£', '¥', '₫'];

pub(crate) fn quantity(scan: Scan<'_>) -> Option<Reading> {
    let score = scan.follows("score");
    let first = fraction(scan).or_else(|| number(scan))?;
    let (mut end, mut spoken) = (first.end, first.spoken);
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
        let first = number(scan)?;
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

struct Number<'a> {
    end: Scan<'a>,
    spoken: String,
    /// For telling a range from a score; not a number when it is a level like 2.1.
    value: f64,
}

fn number(scan: Scan<'_>) -> Option<Number<'_>> {
    let clause = scan.follows("clause");
    if !clause
        && let Some(number) = grouped(scan, '.', ',')
            .or_else(|| grouped(scan, ',', '.'))
            .or_else(|| spaced(scan))
    {
        return Some(number);
    }
    levels(scan)
        .or_else(|| if clause { None } else { decimal(scan) })
        .or_else(|| whole(scan))
}

/// 1.234.567,8 or, written the English way, 1,234,567.8.
fn grouped(mut scan: Scan<'_>, group: char, point: char) -> Option<Number<'_>> {
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
    // one group behind a comma is a decimal: 2,125
    if groups == 0 || (group == ',' && groups < 2) || following(scan, group).is_some() {
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

/// 10 000 000: groups behind spaces count only where they are round, or the spaces unbreakable.
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
    (groups > 0 && (hard || round) && scan.at_end_of_number()).then(|| Number {
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
        spoken = format!(
            "{spoken} chấm {}",
            if level.len() > 3 {
                one_by_one(level)
            } else {
                label(level)
            }
        );
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
    let whole = scan.digits()?;
    let (after, part) = following(scan, ',')?;
    if following(after, ',').is_some() {
        return None;
    }
    let value = format!("{whole}.{part}").parse().unwrap_or(f64::NAN);
    Some(Number {
        end: after,
        spoken: format!("{} phẩy {}", cardinal(whole), after_comma(part)),
        value,
    })
}

fn whole(mut scan: Scan<'_>) -> Option<Number<'_>> {
    let before = scan.words_before();
    let labelled = scan.follows("label");
    let digits = scan.digits()?;
    let value = digits.parse::<u64>().unwrap_or(u64::MAX);
    let spoken = match before.first().map(String::as_str) {
        Some("thứ") => ordinal(value.min(999_999)),
        Some("tháng") if value <= 12 && digits.len() <= 2 => month(value),
        _ if labelled => label(digits),
        _ => cardinal(digits),
    };
    Some(Number {
        end: scan,
        spoken,
        value: digits.parse().unwrap_or(f64::NAN),
    })
}

/// 3/4, 98/98, 24/24; a house number 12/5/3.
fn fraction(scan: Scan<'_>) -> Option<Number<'_>> {
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
    let spoken = if address {
        format!("{} xuyệt {}", label(numerator), label(denominator))
    } else if values.0 < values.1 && values.1 <= 10 {
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
        value: f64::NAN,
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

/// A unit, with what it is measured by: km/h, đồng/người/tháng.
fn unit(scan: Scan<'_>) -> Option<(Scan<'_>, String)> {
    let (mut end, mut spoken) = one_unit(scan)?;
    while matches!(spoken.rsplit(' ').next(), Some("tỷ" | "triệu" | "nghìn")) {
        let Some((after, next)) = one_unit(end) else {
            break;
        };
        (end, spoken) = (after, format!("{spoken} {next}"));
    }
    loop {
        let mut ahead = end;
        if ahead.mark('/').is_none() {
            return Some((end, spoken));
        }
        let base = one_unit(ahead)
            .filter(|_| ahead.peek() != Some(Kind::Space))
            .or_else(|| {
                let mut word = ahead;
                let text = word
                    .word()
                    .filter(|text| text.chars().next().is_some_and(char::is_lowercase))?;
                Some((word, text.to_owned()))
            });
        let Some((after, base)) = base else {
            return Some((end, spoken));
        };
        (end, spoken) = (after, format!("{spoken} trên {base}"));
    }
}

fn one_unit(mut scan: Scan<'_>) -> Option<(Scan<'_>, String)> {
    let apart = scan.peek() == Some(Kind::Space);
    scan.spaces();
    let sign = scan.tokens.get(scan.at)?.text;
    let mut letters = sign.chars();
    let single = letters.next().filter(|_| letters.next().is_none());
    if apart
        && single.is_some_and(|sign| {
            sign.is_uppercase() || !scan.lexicon.follows("spaced_unit", &[sign.to_string()])
        })
    {
        return None;
    }
    let (end, spoken) = scan.lexicon.units.find(scan.tokens, scan.at)?;
    scan.at = end;
    Some((scan, spoken.to_owned()))
}

/// 'triệu', 'tỷ' behind an amount whose currency stood before it.
fn scale(mut scan: Scan<'_>) -> Option<(Scan<'_>, &str)> {
    scan.spaces();
    let word = scan
        .word()
        .filter(|word| ["triệu", "tỷ", "tỉ", "nghìn", "ngàn"].contains(word))?;
    Some((scan, word))
}

/// What is measured is no level of a clause: '3.5 tỷ' was typed with a foreign point.
fn measured(spoken: &str) -> String {
    if spoken.matches(" chấm ").count() == 1 {
        spoken.replace(" chấm ", " phẩy ")
    } else {
        spoken.to_owned()
    }
}

/// A sign directly followed by digits.
fn following(mut scan: Scan<'_>, sign: char) -> Option<(Scan<'_>, &str)> {
    scan.mark(sign)?;
    let digits = scan.digits()?;
    Some((scan, digits))
}
