//! Roman numerals in their contexts: quý III/2027, phần X, II.1.3, thế kỷ XV - XVII.

use crate::letter;
use crate::number::{cardinal, cardinal_of, roman, small_roman};
use crate::rules::letters::{caps_line, syllable};
use crate::scan::{Reading, Scan};
use crate::token::{Kind, Token};

pub(crate) fn numeral(mut scan: Scan<'_>) -> Option<Reading> {
    if matches!(
        scan.touching(),
        Some(Kind::Digits | Kind::Word | Kind::Mark('/' | '&'))
    ) {
        return None;
    }
    let start = scan;
    let written = scan.word()?;
    // 'hạng C', 'khu D': letters, not hundreds
    let value = roman(written).filter(|_| !matches!(written, "L" | "C" | "D" | "M"))?;
    let expected = start.follows("roman")
        || (written.len() > 2
            && start
                .words_before()
                .first()
                .is_some_and(|word| word == "năm"))
        || continues_numerals(start)
        || (written == "I" && follows_name(start))
        || (written == "V" && follows_name(start) && follows_foreign_word(start));
    // One letter is a numeral only where one is expected; several of I, V and X are, whatever
    // stands before; L, C, D and M are rather letters.
    let heads_item = first_on_line(&start) && {
        let mut ahead = scan;
        match ahead.peek() {
            Some(Kind::Mark('.' | ')')) => {
                ahead.at += 1;
                !matches!(ahead.peek(), Some(Kind::Word))
            }
            Some(Kind::Mark('/')) => {
                ahead.at += 1;
                ahead.peek() != Some(Kind::Word)
            }
            Some(Kind::Mark('-')) => ahead
                .tokens
                .get(ahead.at + 1)
                .is_some_and(|token| token.kind == Kind::Space || roman(token.text).is_some()),
            _ => false,
        }
    };
    let small = small_roman(written).is_some();
    let sure = expected || (small && (heads_item || written.len() > 1));
    if !sure || scan.peek() == Some(Kind::Digits) || (!expected && is_word(start, written)) {
        return None;
    }
    let mut spoken = cardinal_of(value);
    // II.1.3
    loop {
        let mut ahead = scan;
        let Some(level) = ahead.mark('.').and_then(|()| ahead.digits()) else {
            break;
        };
        spoken.push_str(" chấm ");
        spoken.push_str(&cardinal(level));
        scan = ahead;
    }
    // II.A
    let mut ahead = scan;
    if ahead.mark('.').is_some()
        && let Some(letter) = ahead.word().filter(|word| word.len() == 1)
        && ahead.peek() != Some(Kind::Digits)
    {
        let name = letter
            .chars()
            .next()
            .and_then(|letter| scan.lexicon.clause_letter(letter));
        spoken.push(' ');
        spoken.push_str(name.unwrap_or(letter));
        scan = ahead;
    }
    // quý III/2027
    let mut ahead = scan;
    if ahead.mark('/').is_some()
        && let Some(year) = ahead.year()
    {
        scan = ahead;
        spoken.push_str(" năm ");
        spoken.push_str(&cardinal_of(year));
    }
    // XV - XVII
    let mut ahead = scan;
    if ahead.dash().is_some()
        && let Some(last) = ahead.word().and_then(roman).filter(|last| *last > value)
    {
        let mut with_year = ahead;
        spoken.push_str(" đến ");
        spoken.push_str(&cardinal_of(last));
        scan = ahead;
        if with_year.mark('/').is_some()
            && let Some(year) = with_year.year()
        {
            spoken.push_str(" năm ");
            spoken.push_str(&cardinal_of(year));
            scan = with_year;
        }
    }
    Some(scan.reading(spoken))
}

/// 'Đồng Văn I': the first of its name.
fn follows_name(scan: Scan<'_>) -> bool {
    let mut before = scan.tokens[..scan.at].iter().rev();
    let apart = before.next().is_some_and(|token| token.kind == Kind::Space);
    apart
        && before.next().is_some_and(|token| {
            let mut letters = token.text.chars();
            token.kind == Kind::Word
                && letters.next().is_some_and(letter::is_upper)
                && letters.next().is_some_and(letter::is_lower)
        })
}

/// George V, but Nguyễn Văn V. is a name that was kept back.
fn follows_foreign_word(scan: Scan<'_>) -> bool {
    scan.at
        .checked_sub(2)
        .is_some_and(|at| !syllable(scan.tokens[at].text, scan.lexicon))
}

/// (ii), (iv): the small numerals of a list within a paragraph; (i) and (v) are numerals if the
/// list goes on so.
pub(crate) fn small(mut scan: Scan<'_>) -> Option<Reading> {
    if scan.touching() != Some(Kind::Mark('(')) {
        return None;
    }
    let start = scan;
    let written = scan.word().filter(|word| word.len() <= 5)?;
    if scan.peek() != Some(Kind::Mark(')')) || !written.bytes().all(|sign| b"ivx".contains(&sign)) {
        return None;
    }
    let value = small_roman(&written.to_ascii_uppercase())?;
    let bracketed = |tokens: &[Token<'_>], numeral: &str| {
        tokens.windows(3).any(|three| {
            three[0].kind == Kind::Mark('(')
                && three[1].text == numeral
                && three[2].kind == Kind::Mark(')')
        })
    };
    let tokens = start.tokens;
    let goes_on = match written {
        "i" => bracketed(
            &tokens[start.at..tokens.len().min(start.at + LIST_REACH)],
            "ii",
        ),
        "v" => bracketed(&tokens[start.at.saturating_sub(LIST_REACH)..start.at], "iv"),
        "x" => bracketed(&tokens[start.at.saturating_sub(LIST_REACH)..start.at], "ix"),
        _ => true,
    };
    goes_on.then(|| scan.reading(cardinal_of(value)))
}

/// How far the next numeral of a list is looked for, in tokens.
const LIST_REACH: usize = 400;

/// 'phần I, II và V': the numerals of a list that one word announced.
fn continues_numerals(scan: Scan<'_>) -> bool {
    let mut before = scan.tokens[..scan.at]
        .iter()
        .rev()
        .take(LIST_TOKENS)
        .filter(|token| token.kind != Kind::Space);
    let joined = |token: &Token<'_>| {
        matches!(token.kind, Kind::Mark(',' | ';' | '-'))
            || matches!(token.text, "và" | "hoặc" | "đến")
    };
    if !before.next().is_some_and(joined) {
        return false;
    }
    let mut numerals = false;
    for token in before {
        if token.kind == Kind::Word && roman(token.text).is_some() {
            numerals = true;
        } else if token.kind == Kind::Word && !joined(token) {
            return numerals && scan.lexicon.follows("roman", &[letter::lower(token.text)]);
        } else if !joined(token) && token.kind != Kind::Mark('.') {
            return false;
        }
    }
    false
}

/// How far back the word that announces a list may stand.
const LIST_TOKENS: usize = 24;

/// 'XỬ LÝ VI PHẠM', 'XI MĂNG': in a line of capitals these are words.
fn is_word(scan: Scan<'_>, written: &str) -> bool {
    matches!(written, "VI" | "XI") && caps_line(scan.tokens, scan.at, scan.lexicon) && {
        let mut ahead = scan;
        ahead.at += 1;
        ahead.spaces();
        ahead.peek() == Some(Kind::Word)
    }
}

fn first_on_line(scan: &Scan<'_>) -> bool {
    scan.tokens[..scan.at]
        .iter()
        .rev()
        .take_while(|token| token.kind != Kind::Newline)
        .all(|token| matches!(token.kind, Kind::Space | Kind::Mark('#' | '*' | '_' | '>')))
}
