//! Telephone numbers and hotlines, digit by digit.

use crate::number::one_by_one;
use crate::scan::{Reading, Scan};
use crate::token::Kind;

/// Prefixes of the national service numbers.
const SERVICES: [&str; 2] = ["1800", "1900"];

pub(crate) fn phone(scan: Scan<'_>) -> Option<Reading> {
    let abroad = scan.peek() == Some(Kind::Mark('+'));
    let bracket = scan.peek() == Some(Kind::Mark('('));
    let announced = scan.follows_loosely("phone");
    let expected = announced || continues_list(scan);
    if matches!(
        scan.touching(),
        Some(Kind::Word | Kind::Mark('/' | ',' | '.'))
    ) && !expected
    {
        return None;
    }
    let (end, groups) = groups(scan, abroad, bracket)?;
    let digits: usize = groups.iter().map(|group| group.len()).sum();
    let first = groups.first()?;
    let mobile = groups.len() == 1
        && digits == 11
        && first.starts_with("84")
        && first
            .as_bytes()
            .get(2)
            .is_some_and(|digit| b"35789".contains(digit));
    let own_form = if mobile {
        true
    } else if abroad || (*first == "84" && (bracket || groups.len() > 2)) {
        first.starts_with("84") && (10..=12).contains(&digits)
    } else if SERVICES.contains(first) {
        groups.len() > 1 && (7..=10).contains(&digits)
    } else {
        first.starts_with('0') && (9..=11).contains(&digits) && first.len() > 2
            || SERVICES.iter().any(|prefix| first.starts_with(prefix))
                && (8..=10).contains(&digits)
                && groups.len() == 1
    };
    let plausible = expected && digits >= 3 && !bracket && !is_time_or_date(end);
    if !(own_form || plausible) || matches!(end.peek(), Some(Kind::Word)) {
        return None;
    }
    let spoken: Vec<String> = groups.iter().map(|group| one_by_one(group)).collect();
    let plus = if abroad { "cộng " } else { "" };
    Some(end.reading(format!("{plus}{}", spoken.join(", "))))
}

/// Groups of digits that belong to one number, and the place after them.
fn groups(mut scan: Scan<'_>, abroad: bool, bracket: bool) -> Option<(Scan<'_>, Vec<&str>)> {
    if abroad || bracket {
        scan.at += 1;
    }
    if bracket {
        let _ = scan.mark('+');
    }
    let first = scan.digits()?;
    let most = if abroad || first.starts_with("84") {
        12
    } else {
        11
    };
    let mut groups = vec![first];
    let mut total = first.len();
    if bracket {
        // (84-226)
        let mut area = scan;
        if area.mark('-').or_else(|| area.mark('.')).is_some()
            && let Some(group) = area.digits().filter(|_| first.starts_with("84"))
        {
            total += group.len();
            groups.push(group);
            scan = area;
        }
        scan.mark(')')?;
    }
    loop {
        let mut ahead = scan;
        match ahead.peek() {
            Some(Kind::Mark('.' | '-') | Kind::Space) => ahead.at += 1,
            Some(Kind::Digits) => {}
            _ => break,
        }
        let Some(group) = ahead.digits().filter(|group| group.len() <= 9) else {
            break;
        };
        // A lone digit belongs to the number only inside it: (0226) 3 852 744.
        let inside =
            group.len() > 1 || matches!(ahead.peek(), Some(Kind::Space | Kind::Mark('.' | '-')));
        if total + group.len() > most || !inside {
            break;
        }
        total += group.len();
        groups.push(group);
        scan = ahead;
    }
    Some((scan, groups))
}

/// 'gọi 112, 113 hoặc 114': numbers after the first, as long as they count nothing.
fn continues_list(scan: Scan<'_>) -> bool {
    let mut before = scan.tokens[..scan.at]
        .iter()
        .rev()
        .take(LIST_TOKENS)
        .filter(|token| token.kind != Kind::Space)
        .peekable();
    let joined = before
        .peek()
        .is_some_and(|token| matches!(token.kind, Kind::Mark(',')) || JOINTS.contains(&token.text));
    let first = before.find(|token| match token.kind {
        Kind::Word => !JOINTS.contains(&token.text),
        Kind::Digits | Kind::Mark(',' | '.' | '-') => false,
        _ => true,
    });
    let Some(first) = first.filter(|token| joined && token.kind == Kind::Word) else {
        return false;
    };
    let mut end = scan;
    let _ = end.digits();
    let only = end.peek().is_none_or(|kind| {
        matches!(
            kind,
            Kind::Space | Kind::Newline | Kind::Mark(',' | '.' | ';' | ')')
        )
    });
    end.spaces();
    let counts = end.word().is_some_and(|word| !JOINTS.contains(&word));
    only && !counts && scan.lexicon.follows("phone", &[first.text.to_lowercase()])
}

/// How far back the word that announces a list of numbers may stand.
const LIST_TOKENS: usize = 24;
const JOINTS: [&str; 3] = ["và", "hoặc", "hay"];

fn is_time_or_date(end: Scan<'_>) -> bool {
    matches!(end.peek(), Some(Kind::Mark('/' | ':' | '%')))
}
