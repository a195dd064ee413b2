//! Numbers of legal and administrative documents: 61/2018/NĐ-CP, 17/NQ-CP, 18-NQ/TW,
//! 15/2023/QH15, 1234/UBND-KGVX, and the blank number of a draft: /KH-STTTT.

use crate::letter;
use crate::lexicon::Lexicon;
use crate::number::{cardinal, label, small_roman};
use crate::rules::letters::spelled;
use crate::scan::{Reading, Scan};
use crate::token::Kind;

/// With its number.
pub(crate) fn numbered(mut scan: Scan<'_>) -> Option<Reading> {
    if scan.touching() == Some(Kind::Word) {
        return None;
    }
    // Quy định 37-QĐ/TW: the Party writes its rules like decisions
    let rule = scan.follows("rule");
    let number = scan.digits().filter(|digits| digits.len() <= 6)?;
    let mut spoken = label(number);
    if let Some(word) = scan.word() {
        // 123a/QĐ-UBND
        let letter = word
            .chars()
            .next()
            .filter(|letter| word.len() == 1 && letter::is_lower(*letter))?;
        spoken.push(' ');
        spoken.push_str(scan.lexicon.clause_letter(letter)?);
    }
    let mut with_year = scan;
    if with_year.mark('/').is_some()
        && let Some(year) = with_year.year()
    {
        scan = with_year;
        spoken.push_str(" năm ");
        spoken.push_str(&cardinal(&year.to_string()));
    }
    let mut close = scan;
    close.spaces();
    let apart = close.at != scan.at;
    let sign = [Kind::Mark('/'), Kind::Mark('-')]
        .into_iter()
        .find(|sign| close.peek() == Some(*sign))?;
    if apart && sign != Kind::Mark('/') {
        return None;
    }
    close.at += 1;
    let numeral = close
        .tokens
        .get(close.at)
        .is_some_and(|token| small_roman(token.text).is_some());
    let (end, notation, sure) = notation(close)?;
    if !sure && (apart || numeral) {
        return None;
    }
    let notation = notation
        .strip_prefix("quyết định")
        .filter(|_| rule)
        .map_or(notation.clone(), |rest| format!("quy định{rest}"));
    Some(end.reading(format!("{spoken} {notation}")))
}

/// 'Số: /KH-STTTT': the number is still to be written, the notation is read.
pub(crate) fn after_blank(mut scan: Scan<'_>) -> Option<Reading> {
    if matches!(scan.touching(), Some(Kind::Word | Kind::Digits)) {
        return None;
    }
    scan.mark('/')?;
    let (end, spoken, sure) = notation(scan)?;
    sure.then(|| end.reading(spoken))
}

/// A notation without number: KH-UBND, QĐ-TTg, NQ/TW.
pub(crate) fn unnumbered(scan: Scan<'_>) -> Option<Reading> {
    // KH-CN is science and technology, whatever its parts could be
    if scan
        .lexicon
        .say
        .find(scan.tokens, scan.at)
        .is_some_and(|(end, _)| end > scan.at + 1)
    {
        return None;
    }
    let mut ahead = scan;
    let first = ahead.word()?;
    if !scan.lexicon.kinds.contains_key(first)
        || !matches!(ahead.peek(), Some(Kind::Mark('-' | '/')))
    {
        return None;
    }
    ahead.at += 1;
    let agency = ahead.word()?;
    if !scan.lexicon.agencies.contains_key(agency) && compound(agency, scan.lexicon).is_none() {
        return None;
    }
    let (end, spoken, _) = notation(scan)?;
    Some(end.reading(spoken))
}

/// The parts of a notation, and whether the first is a known kind of document or agency.
fn notation(mut scan: Scan<'_>) -> Option<(Scan<'_>, String, bool)> {
    let mut parts = Vec::new();
    let mut sure = false;
    loop {
        let mut ahead = scan;
        let joined = ahead
            .mark('-')
            .or_else(|| ahead.mark('/'))
            .or_else(|| ahead.mark('&'))
            .is_some();
        if !parts.is_empty() && !joined {
            break;
        }
        let Some((spoken, known)) = part(&mut ahead, parts.is_empty()) else {
            break;
        };
        sure |= parts.is_empty() && known;
        parts.push(spoken);
        scan = ahead;
    }
    let (kind, agencies) = parts.split_first()?;
    let spoken = if agencies.is_empty() {
        kind.clone()
    } else {
        format!("{kind} {}", agencies.join(", "))
    };
    Some((scan, spoken, sure))
}

fn part(scan: &mut Scan<'_>, first: bool) -> Option<(String, bool)> {
    let lexicon = scan.lexicon;
    let written = scan.word()?;
    let capitals = written
        .chars()
        .filter(|letter| letter::is_upper(*letter))
        .count();
    let term = scan.digits();
    if let Some(term) = term {
        let spoken = lexicon
            .terms
            .get(written)
            .cloned()
            .or_else(|| (capitals > 0).then(|| spelled(written, lexicon)))?;
        return Some((
            format!("{spoken} {}", cardinal(term)),
            lexicon.terms.contains_key(written),
        ));
    }
    let (near, far) = if first {
        (&lexicon.kinds, &lexicon.agencies)
    } else {
        (&lexicon.agencies, &lexicon.kinds)
    };
    if let Some(spoken) = near.get(written).or_else(|| far.get(written)) {
        return Some((spoken.clone(), true));
    }
    if let Some(spoken) = lexicon.say.exactly(written).filter(|_| capitals >= 2) {
        return Some((spoken.to_owned(), false));
    }
    if let Some(spoken) = compound(written, lexicon) {
        return Some((spoken, true));
    }
    // 'QĐ' alone could be guessed at; unknown notations of two capitals or more are spelled.
    (capitals >= 2).then(|| (spelled(written, lexicon), false))
}

/// BTGTU, VPHĐND: an office and the body it belongs to.
fn compound(written: &str, lexicon: &Lexicon) -> Option<String> {
    written.char_indices().skip(2).find_map(|(at, _)| {
        let (office, body) = written.split_at(at);
        let body = lexicon.bodies.get(body)?;
        let office = lexicon.agencies.get(office)?;
        Some(format!("{office} {body}"))
    })
}
