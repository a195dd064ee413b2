//! What is counted: units, what they are measured by, and the scale of an amount.

use super::letters::{abbreviation, letters};
use crate::scan::Scan;
use crate::token::Kind;

/// A unit, with what it is measured by: km/h, đồng/người/tháng.
pub(super) fn unit(scan: Scan<'_>) -> Option<(Scan<'_>, String)> {
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
                // Said as it would be anywhere else: 'kg/d' has no word behind the slash.
                match abbreviation(ahead).or_else(|| letters(ahead)) {
                    Some(reading) => {
                        word.at = reading.end;
                        Some((word, reading.spoken))
                    }
                    None => Some((word, text.to_owned())),
                }
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
