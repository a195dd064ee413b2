//! Numbers in Vietnamese writing with their units: 1.234,5 · 3/4 · 5-10 kg · -0,5% · $100.

use crate::letter;
use crate::rules::measure::{measured, unit};
use crate::rules::money;
use crate::rules::numeral::{following, fraction, mixed_fraction, number};
use crate::rules::sign::is_minus;
use crate::scan::{Reading, Scan};
use crate::token::Kind;

pub(crate) fn quantity(scan: Scan<'_>) -> Option<Reading> {
    let score = is_score(scan);
    let first = fraction(scan).or_else(|| number(scan))?;
    let (mut end, mut spoken) = (first.end, first.spoken);
    if let Some((after, whole)) = share(end) {
        (end, spoken) = (after, format!("{} trên {whole}", measured(&spoken)));
    }
    if let Some((after, part)) = mixed_fraction(end) {
        end = after;
        push(&mut spoken, " và ", &part);
    }
    if let Some(after) = repeated_in_words(end, &spoken) {
        end = after;
    }
    while let Some((after, factor)) = factor(end) {
        end = after;
        push(&mut spoken, " nhân ", &factor);
    }
    if let Some((after, unit)) = unit(end) {
        (end, spoken) = (after, format!("{} {unit}", measured(&spoken)));
        if let Some(after) = repeated_in_words(end, &spoken) {
            end = after;
        }
    }
    let mut chained = false;
    while let Some((after, last, mut joint)) = last_of_range(end, first.value, score, named(scan)) {
        // 2-4-6 is a list to its end
        if chained {
            joint = ", ";
        }
        chained = joint == ", ";
        end = after;
        push(&mut spoken, joint, &last);
        if let Some((after, unit)) = unit(end) {
            end = after;
            push(&mut spoken, " ", &unit);
        }
        if joint == " đến " {
            break;
        }
    }
    Some(end.reading(spoken))
}

/// A number below zero: -0,5%, -$50.
pub(crate) fn signed(mut scan: Scan<'_>) -> Option<Reading> {
    let touching = scan.touching();
    let line_start = matches!(touching, None | Some(Kind::Newline));
    let free = matches!(
        touching,
        None | Some(
            Kind::Newline | Kind::Space | Kind::Mark('(' | '[' | '"' | ':' | '=' | '<' | '>' | '/')
        )
    );
    scan.mark('-').filter(|()| free)?;
    if let Some(reading) = money::sign_first(scan) {
        return Some(below_zero(reading));
    }
    if scan.peek() != Some(Kind::Digits) || is_minus(scan) {
        return None;
    }
    let reading = quantity(scan)?;
    // '-5 xã' at the start of a line is an item of a list, '-5°C' and '-5 đến' are below zero
    let item = line_start && {
        let mut after = scan;
        after.at = number(scan)?.end.at;
        let measured = unit(after).is_some();
        after.spaces();
        !measured
            && after
                .word()
                .is_some_and(|word| !["đến", "tới", "độ", "và"].contains(&word))
    };
    (!item).then(|| below_zero(reading))
}

fn below_zero(mut reading: Reading) -> Reading {
    reading.spoken.insert_str(0, "âm ");
    reading
}

/// 1.250/1.300, 95,5/100: what is no plain fraction, over what it is part of.
fn share(mut scan: Scan<'_>) -> Option<(Scan<'_>, String)> {
    scan.mark('/')?;
    if scan.peek() != Some(Kind::Digits) {
        return None;
    }
    let whole = number(scan)?;
    (whole.end.peek() != Some(Kind::Mark('/'))).then(|| (whole.end, measured(&whole.spoken)))
}

/// 'tỷ số 2 - 1', 'thắng Thái Lan 2-1': a word for a result stands before, directly or earlier in
/// the clause, and no unit behind, as in 'tỷ lệ 5-10%'.
fn is_score(scan: Scan<'_>) -> bool {
    let side = |ahead: &mut Scan<'_>| ahead.digits().is_some_and(|digits| digits.len() <= 3);
    let mut ahead = scan;
    if !side(&mut ahead) {
        return false;
    }
    let close = ahead.peek() == Some(Kind::Mark('-'));
    if ahead.dash().is_none() || !side(&mut ahead) || unit(ahead).is_some() {
        return false;
    }
    let result = || {
        scan.tokens[..scan.at]
            .iter()
            .rev()
            .take(SCORE_TOKENS)
            .take_while(|token| matches!(token.kind, Kind::Word | Kind::Space | Kind::Digits))
            .any(|token| {
                token.kind == Kind::Word
                    && scan.lexicon.follows("result", &[letter::lower(token.text)])
            })
    };
    scan.follows("score") || close && (continues_scores(scan) || result())
}

/// 'tỷ số 25-20, 22-25': scores after the first.
fn continues_scores(scan: Scan<'_>) -> bool {
    let words: Vec<_> = scan.tokens[..scan.at]
        .iter()
        .rev()
        .take(SCORE_TOKENS * 2)
        .skip_while(|token| {
            matches!(
                token.kind,
                Kind::Digits | Kind::Space | Kind::Mark('-' | ',' | ';')
            )
        })
        .filter(|token| token.kind != Kind::Space)
        .take_while(|token| token.kind == Kind::Word)
        .take(2)
        .map(|token| letter::lower(token.text))
        .collect();
    scan.lexicon.follows("score", &words)
}

/// How far back the word for a result may stand.
const SCORE_TOKENS: usize = 16;

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
fn last_of_range<'a>(
    scan: Scan<'a>,
    first: f64,
    score: bool,
    named: Option<&'static str>,
) -> Option<(Scan<'a>, String, &'static str)> {
    let close = matches!(scan.peek(), Some(Kind::Mark('-' | '~' | '÷')));
    let mut ahead = scan;
    if ahead.dash().is_none() {
        ahead = scan;
        ahead.mark('~').or_else(|| ahead.mark('÷'))?;
    }
    let below = ahead.mark('-').is_some();
    if ahead.peek() != Some(Kind::Digits)
        || (close && ahead.touching() == Some(Kind::Space))
        || crate::rules::date::date(ahead).is_some()
        || is_minus(ahead)
    {
        return None;
    }
    if below {
        let last = number(ahead)?;
        return Some((last.end, format!("âm {}", last.spoken), " đến "));
    }
    let last = fraction(ahead).or_else(|| number(ahead))?;
    let chained = last.end.peek() == Some(Kind::Mark('-')) && following(last.end, '-').is_some();
    if score {
        return Some((last.end, last.spoken, " "));
    }
    if chained || (close && first >= last.value) {
        return close.then_some((last.end, last.spoken, ", "));
    }
    let rising = first < last.value || (first.is_nan() && close) || (last.value.is_nan() && close);
    rising.then(|| {
        // 'thứ 2-6' is two days, 'tháng 1-4' two months
        let last_named = match named {
            Some(name) => format!("{name} {}", ordinal_after(name, &last.spoken)),
            None => last.spoken,
        };
        (last.end, last_named, " đến ")
    })
}

/// The name of a day or month before the first number, which the last one needs too.
fn named(scan: Scan<'_>) -> Option<&'static str> {
    let word = scan.words_before().first()?;
    ["thứ", "tháng"].into_iter().find(|name| name == word)
}

fn ordinal_after<'a>(name: &str, spoken: &'a str) -> &'a str {
    match (name, spoken) {
        (_, "bốn") => "tư",
        ("thứ", "một") => "nhất",
        _ => spoken,
    }
}

/// 3 x 4, 3×4: what stands behind the sign.
fn factor(mut scan: Scan<'_>) -> Option<(Scan<'_>, String)> {
    scan.spaces();
    scan.mark('×').or_else(|| scan.mark('*')).or_else(|| {
        scan.word()
            .filter(|word| *word == "x" || *word == "X")
            .map(|_| ())
    })?;
    scan.spaces();
    let factor = number(scan)?;
    Some((factor.end, factor.spoken))
}

/// In place: a chain of numbers may be as long as a text.
fn push(spoken: &mut String, joint: &str, words: &str) {
    spoken.push_str(joint);
    spoken.push_str(words);
}
