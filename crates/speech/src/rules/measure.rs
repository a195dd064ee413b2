//! What is counted: units, what they are measured by, and the scale of an amount.

use super::letters::{abbreviation, letters};
use super::numeral::number;
use crate::letter;
use crate::scan::Scan;
use crate::token::Kind;

/// A unit, with what it is measured by: km/h, đồng/người/tháng, ca/100.000 dân.
pub(super) fn unit(scan: Scan<'_>) -> Option<(Scan<'_>, String)> {
    let (mut end, mut spoken) = one_unit(scan)?;
    while matches!(spoken.rsplit(' ').next(), Some("tỷ" | "triệu" | "nghìn")) {
        let Some((after, next)) = one_unit(end) else {
            break;
        };
        end = after;
        spoken.push(' ');
        spoken.push_str(&next);
    }
    while let Some((after, base)) = base(end) {
        end = after;
        spoken.push_str(" trên ");
        spoken.push_str(&base);
    }
    Some((end, spoken))
}

/// What stands behind the slash of a unit, with the slash.
pub(super) fn base(mut scan: Scan<'_>) -> Option<(Scan<'_>, String)> {
    scan.mark('/')?;
    match scan.peek()? {
        Kind::Digits => {
            let number = number(scan)?;
            let (end, spoken) = match one_unit(number.end) {
                Some((after, unit)) => (after, format!("{} {unit}", number.spoken)),
                None => (number.end, number.spoken),
            };
            Some((end, spoken))
        }
        Kind::Space => None,
        _ => one_unit(scan).or_else(|| {
            let mut word = scan;
            let text = word
                .word()
                .filter(|text| text.chars().next().is_some_and(letter::is_lower))?;
            // Said as it would be anywhere else: 'kg/d' has no word behind the slash.
            match abbreviation(scan).or_else(|| letters(scan)) {
                Some(reading) => {
                    word.at = reading.end;
                    Some((word, reading.spoken))
                }
                None => Some((word, text.to_owned())),
            }
        }),
    }
}

/// Units of one capital that may stand behind a space: 100 W, 220 V.
const SPACED_CAPITALS: [&str; 6] = ["W", "V", "L", "J", "N", "Ω"];

/// Heights of pictures: 1080p is no time of 1,080 minutes.
const LINES: [&str; 8] = ["144", "240", "360", "480", "720", "1080", "1440", "2160"];

fn one_unit(mut scan: Scan<'_>) -> Option<(Scan<'_>, String)> {
    let apart = scan.peek() == Some(Kind::Space);
    scan.spaces();
    let sign = scan.tokens.get(scan.at)?.text;
    let mut letters = sign.chars();
    let single = letters.next().filter(|_| letters.next().is_none());
    if apart
        && single.is_some_and(|letter| {
            if letter::is_upper(letter) {
                !SPACED_CAPITALS.contains(&sign)
            } else {
                !scan.lexicon.follows("spaced_unit", &[letter.to_string()])
            }
        })
    {
        return None;
    }
    if !apart && sign == "A" && is_letter_of_address(scan) {
        return None;
    }
    if !apart && let Some(spoken) = sign_of_lines(scan, sign) {
        scan.at += 1;
        return Some((scan, spoken.to_owned()));
    }
    if !apart && sign == "'" {
        return minutes(scan);
    }
    let (end, spoken) = scan.lexicon.units.find(scan.tokens, scan.at)?;
    // '25 đ/c' counts comrades
    if scan
        .lexicon
        .say
        .find(scan.tokens, scan.at)
        .is_some_and(|(longer, _)| longer > end)
    {
        return None;
    }
    scan.at = end;
    Some((scan, spoken.to_owned()))
}

/// 25A Trần Phú, 25/3A: the letter of a house, no current.
fn is_letter_of_address(scan: Scan<'_>) -> bool {
    let slash = scan
        .at
        .checked_sub(2)
        .is_some_and(|at| scan.tokens[at].kind == Kind::Mark('/'));
    let mut after = scan;
    after.at += 1;
    after.spaces();
    let name = after.word().is_some_and(|word| {
        let mut letters = word.chars();
        letters.next().is_some_and(letter::is_upper) && letters.next().is_some_and(letter::is_lower)
    });
    slash || name
}

/// 4K, 1080p.
fn sign_of_lines(scan: Scan<'_>, sign: &str) -> Option<&'static str> {
    let number = scan.tokens.get(scan.at.checked_sub(1)?)?.text;
    let alone = !matches!(
        scan.tokens.get(scan.at + 1).map(|token| token.kind),
        Some(Kind::Word | Kind::Digits)
    );
    match sign {
        "p" if LINES.contains(&number) => Some("pê").filter(|_| alone),
        "K" if matches!(number, "2" | "4" | "8") => Some("ca").filter(|_| alone),
        _ => None,
    }
}

/// 45' is minutes, unless the sign closes a quotation that was opened on the line.
fn minutes(mut scan: Scan<'_>) -> Option<(Scan<'_>, String)> {
    let quoted = scan.tokens[..scan.at]
        .iter()
        .rev()
        .take(QUOTED_TOKENS)
        .take_while(|token| token.kind != Kind::Newline)
        .zip(scan.tokens[..scan.at].iter().rev().skip(1))
        .filter(|(token, before)| token.kind == Kind::Mark('\'') && before.kind != Kind::Digits)
        .count()
        % 2
        == 1;
    scan.at += 1;
    let ends = !matches!(
        scan.peek(),
        Some(Kind::Digits | Kind::Word | Kind::Mark('\''))
    );
    // 'phút 45\'' says it already
    let said = scan.tokens[..scan.at - 1]
        .iter()
        .rev()
        .skip(1)
        .find(|token| token.kind != Kind::Space)
        .is_some_and(|token| token.text == "phút");
    (!quoted && ends && !said).then(|| (scan, "phút".to_owned()))
}

/// How far back a quotation is looked for.
const QUOTED_TOKENS: usize = 80;

/// 'triệu', 'tỷ' behind an amount whose currency stood before it.
pub(super) fn scale(mut scan: Scan<'_>) -> Option<(Scan<'_>, &str)> {
    scan.spaces();
    let word = scan
        .word()
        .filter(|word| ["triệu", "tỷ", "tỉ", "nghìn", "ngàn"].contains(word))?;
    Some((scan, word))
}

/// What is measured is no level of a clause: '3.5 tỷ' was typed with a foreign point.
pub(super) fn measured(spoken: &str) -> String {
    if spoken.matches(" chấm ").count() == 1 {
        spoken.replace(" chấm ", " phẩy ")
    } else {
        spoken.to_owned()
    }
}
