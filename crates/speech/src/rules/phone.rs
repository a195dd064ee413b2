//! Telephone numbers and hotlines, digit by digit.

use crate::letter;
use crate::number::one_by_one;
use crate::scan::{Reading, Scan};
use crate::token::{Kind, Token};

/// Prefixes of the national service numbers.
const SERVICES: [&str; 2] = ["1800", "1900"];

/// Words that may follow a short number which is called; others say that it counts something.
const GOES_ON: [&str; 20] = [
    "và", "hoặc", "hay", "để", "khi", "nếu", "gặp", "theo", "từ", "trong", "máy", "nhánh", "của",
    "là", "được", "với", "sẽ", "miễn", "ngay", "lúc",
];

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
    let called = expected || is_called_far_before(scan, digits);
    let plausible =
        called && digits >= 3 && !bracket && !is_time_or_date(end) && (digits > 5 || goes_on(end));
    if !(has_own_form(&groups, digits, abroad, bracket) || plausible)
        || matches!(end.peek(), Some(Kind::Word))
    {
        return None;
    }
    let spoken: Vec<String> = groups.iter().map(|group| said(group)).collect();
    let plus = if abroad { "cộng " } else { "" };
    Some(end.reading(format!("{plus}{}", spoken.join(", "))))
}

/// Whether the digits are a telephone number whatever stands before: a mobile or a line with its
/// area, a service number, one with Vietnam's code.
fn has_own_form(groups: &[&str], digits: usize, abroad: bool, bracket: bool) -> bool {
    let Some(first) = groups.first() else {
        return false;
    };
    let is_service = |text: &&str| SERVICES.iter().any(|prefix| text.starts_with(prefix));
    if abroad || (*first == "84" && (bracket || groups.len() > 2)) {
        return first.starts_with("84") && (10..=12).contains(&digits);
    }
    if SERVICES.contains(first) {
        return groups.len() > 1 && (7..=10).contains(&digits);
    }
    let mobile_abroad = digits == 11
        && first.starts_with("84")
        && first
            .as_bytes()
            .get(2)
            .is_some_and(|digit| b"35789".contains(digit));
    let with_area = first.starts_with('0')
        && (9..=11).contains(&digits)
        && (first.len() > 2 || (groups.len() > 2 && digits == 10));
    let service = is_service(first) && (8..=10).contains(&digits);
    with_area || ((mobile_abroad || service) && groups.len() == 1)
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
        let Some(group) = ahead
            .digits()
            .filter(|group| group.len() <= 9)
            .or_else(|| ahead.word().filter(|word| is_hidden(word)))
        else {
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

/// The digits that a newspaper leaves out: 0226.3851.xxx.
fn is_hidden(word: &str) -> bool {
    (2..=7).contains(&word.len()) && word.bytes().all(|letter| letter == b'x' || letter == b'X')
}

fn said(group: &str) -> String {
    if is_hidden(group) {
        return ["ích"].repeat(group.len()).join(" ");
    }
    one_by_one(group)
}

/// 'gọi 112, 113 hoặc 114', 'ĐT: …234/…235': numbers after the first, as long as they count
/// nothing.
fn continues_list(scan: Scan<'_>) -> bool {
    let is_joint = |token: &Token<'_>| {
        matches!(token.kind, Kind::Mark(',' | '/' | ';')) || JOINTS.contains(&token.text)
    };
    let mut before = scan.tokens[..scan.at]
        .iter()
        .rev()
        .take(LIST_TOKENS)
        .filter(|token| token.kind != Kind::Space);
    if !before.next().is_some_and(is_joint) || !goes_on_after_digits(scan) {
        return false;
    }
    let mut numbers = false;
    while let Some(token) = before.next() {
        match token.kind {
            Kind::Digits => numbers = true,
            Kind::Mark('.' | '-' | '(' | ')' | '+') => {}
            _ if is_joint(token) => {}
            // the words that announced the first, behind a colon or not
            Kind::Word | Kind::Mark(':') => {
                let words: Vec<_> = std::iter::once(token)
                    .chain(before)
                    .filter(|token| token.kind != Kind::Mark(':'))
                    .take_while(|token| token.kind == Kind::Word)
                    .take(3)
                    .map(|token| letter::lower(token.text))
                    .collect();
                return numbers && scan.lexicon.follows("phone", &words);
            }
            _ => return false,
        }
    }
    false
}

fn goes_on_after_digits(mut scan: Scan<'_>) -> bool {
    let _ = scan.mark('+').or_else(|| scan.mark('('));
    let _ = scan.digits();
    match scan.peek() {
        Some(Kind::Word | Kind::Mark('%' | ':')) => false,
        Some(Kind::Mark('.' | '-') | Kind::Digits) => true,
        _ => goes_on(scan),
    }
}

/// Nothing is counted behind: the clause ends, or goes on with a word that no number counts.
fn goes_on(mut end: Scan<'_>) -> bool {
    end.spaces();
    end.word().is_none_or(|word| {
        GOES_ON.contains(&word) || word.chars().next().is_some_and(letter::is_upper)
    })
}

/// 'tổng đài quốc gia bảo vệ trẻ em 111': the word for a hotline stands earlier in the clause.
fn is_called_far_before(scan: Scan<'_>, digits: usize) -> bool {
    (3..=5).contains(&digits)
        && scan.tokens[..scan.at]
            .iter()
            .rev()
            .take(LIST_TOKENS)
            .take_while(|token| matches!(token.kind, Kind::Word | Kind::Space))
            .any(|token| matches!(token.text, "đài" | "nóng" | "hotline" | "Hotline"))
}

/// How far back the word that announces a list of numbers may stand.
const LIST_TOKENS: usize = 24;
const JOINTS: [&str; 3] = ["và", "hoặc", "hay"];

fn is_time_or_date(end: Scan<'_>) -> bool {
    match end.peek() {
        Some(Kind::Mark(':' | '%')) => true,
        // 30/4 is a day, …234/0226… another number
        Some(Kind::Mark('/')) => end
            .tokens
            .get(end.at + 1)
            .is_some_and(|token| token.kind == Kind::Digits && token.text.len() < 5),
        _ => false,
    }
}
