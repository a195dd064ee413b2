//! Signs that are said: %, &, =, minus, exponents, a slash between a measure and its base.

use unicode_normalization::UnicodeNormalization;

use crate::letter;
use crate::lexicon::Lexicon;
use crate::number::cardinal;
use crate::rules::letters::is_all_capitals;
use crate::scan::{Reading, Scan};
use crate::token::{Kind, Token};

/// How far a sum is looked over for its '='.
const SUM_TOKENS: usize = 60;

/// A sign with a word of its own.
pub(crate) fn sign(scan: Scan<'_>) -> Option<Reading> {
    let token = scan.tokens.get(scan.at)?;
    let Kind::Mark(mark) = token.kind else {
        return None;
    };
    let next = scan.tokens.get(scan.at + 1).map(|token| token.kind);
    if next == Some(Kind::Mark('='))
        && let Some(spoken) = comparison(mark)
    {
        return Some(Reading {
            end: scan.at + 2,
            spoken: spoken.to_owned(),
        });
    }
    let mut after = scan;
    after.at += 1;
    after.spaces();
    let number_follows = after.peek() == Some(Kind::Digits);
    let spoken = match mark {
        '/' if is_equation(scan) => "chia",
        ':' => (scan.touching() != Some(Kind::Word) && number_follows && is_equation(scan))
            .then_some("chia")?,
        '/' => {
            (is_per(scan.tokens, scan.at, scan.lexicon) || is_per_number(scan)).then_some("trên")?
        }
        '"' => (is_inch(scan)).then_some("in")?,
        '-' if number_follows && is_equation(scan) => "trừ",
        '+' => (number_follows
            || matches!(
                scan.touching(),
                Some(Kind::Digits | Kind::Word | Kind::Mark('+'))
            ))
        .then_some("cộng")?,
        '^' => (next == Some(Kind::Digits)).then_some("mũ")?,
        '-' => is_range_of_named(scan).then_some("đến")?,
        '<' => number_follows.then_some("nhỏ hơn")?,
        '>' => (number_follows && scan.touching() != Some(Kind::Newline)).then_some("lớn hơn")?,
        '~' => (next == Some(Kind::Digits)).then_some("khoảng")?,
        '√' => "căn",
        '⁻' | '⁰' | '¹' | '⁴'..='⁹' => return superscript(scan),
        '²' | '³' if matches!(next, Some(Kind::Mark('⁰' | '¹' | '²' | '³' | '⁴'..='⁹'))) =>
        {
            return superscript(scan);
        }
        _ => scan.lexicon.marks.get(token.text)?.as_str(),
    };
    Some(Reading {
        end: scan.at + 1,
        spoken: spoken.to_owned(),
    })
}

/// >=, <=, !=.
fn comparison(mark: char) -> Option<&'static str> {
    match mark {
        '>' => Some("lớn hơn hoặc bằng"),
        '<' => Some("nhỏ hơn hoặc bằng"),
        '!' => Some("khác"),
        _ => None,
    }
}

/// 10⁻³, 2¹⁰.
fn superscript(mut scan: Scan<'_>) -> Option<Reading> {
    let below = scan.mark('⁻').is_some();
    let mut digits = String::new();
    while let Some(Kind::Mark(mark)) = scan.peek()
        && let Some(digit) = std::iter::once(mark)
            .nfkd()
            .next()
            .filter(|digit| *digit != mark && digit.is_ascii_digit())
    {
        digits.push(digit);
        scan.at += 1;
    }
    let sign = if below { "trừ " } else { "" };
    (!digits.is_empty()).then(|| scan.reading(format!("mũ {sign}{}", cardinal(&digits))))
}

/// Whether the dash just passed is a minus: a sum with '=' stands around it.
pub(crate) fn is_minus(mut scan: Scan<'_>) -> bool {
    while matches!(scan.touching(), Some(Kind::Space)) {
        scan.at -= 1;
    }
    scan.at
        .checked_sub(1)
        .is_some_and(|at| is_equation(Scan { at, ..scan }))
}

/// A sign with a number on both sides, in a sum that ends in '=' on the same line.
fn is_equation(scan: Scan<'_>) -> bool {
    let is_operand = |token: &&Token<'_>| {
        matches!(
            token.kind,
            Kind::Digits
                | Kind::Space
                | Kind::Mark('+' | '-' | '/' | ':' | '×' | '*' | '.' | ',' | '(' | ')')
        ) || token.text == "x"
    };
    let not_space = |token: &&Token<'_>| token.kind != Kind::Space;
    let ends = |token: Option<&Token<'_>>| {
        token.is_some_and(|token| matches!(token.kind, Kind::Digits | Kind::Mark('(' | ')')))
    };
    let mut behind = scan.tokens[scan.at + 1..].iter().take(SUM_TOKENS);
    ends(scan.tokens[..scan.at].iter().rev().find(not_space))
        && ends(scan.tokens[scan.at + 1..].iter().find(not_space))
        && behind
            .find(|token| !is_operand(token))
            .is_some_and(|token| token.kind == Kind::Mark('='))
}

/// A number stands not far before: '60 vòng/phút', '02 tin, bài/tháng'.
fn is_counted(tokens: &[Token<'_>], at: usize) -> bool {
    tokens[..at]
        .iter()
        .rev()
        .take(8)
        .take_while(|token| {
            matches!(
                token.kind,
                Kind::Word | Kind::Space | Kind::Digits | Kind::Mark(',')
            )
        })
        .any(|token| token.kind == Kind::Digits)
}

/// 12 ca/100.000 dân, 5 lít/100 km: a number of what is counted by.
fn is_per_number(scan: Scan<'_>) -> bool {
    let counted = |token: &Token<'_>| {
        let word = [letter::lower(token.text)];
        token.kind == Kind::Word
            && (scan.lexicon.follows("per", &word)
                || (is_counted(scan.tokens, scan.at)
                    || scan.lexicon.follows("counted_by_number", &word)))
    };
    scan.tokens
        .get(scan.at + 1)
        .is_some_and(|token| token.kind == Kind::Digits)
        && scan
            .at
            .checked_sub(1)
            .is_some_and(|before| counted(&scan.tokens[before]))
}

/// 55": directly behind a number, where no quotation is open on the line.
fn is_inch(scan: Scan<'_>) -> bool {
    let quotes = scan.tokens[..scan.at]
        .iter()
        .rev()
        .take(SUM_TOKENS)
        .take_while(|token| token.kind != Kind::Newline)
        .filter(|token| token.kind == Kind::Mark('"'))
        .count();
    scan.touching() == Some(Kind::Digits) && quotes.is_multiple_of(2)
}

/// 'thứ 2 - thứ 6', 'Điều 5 - Điều 7': the same word names both ends.
fn is_range_of_named(scan: Scan<'_>) -> bool {
    let not_space = |token: &&Token<'_>| token.kind != Kind::Space;
    let mut before = scan.tokens[..scan.at]
        .iter()
        .rev()
        .take(12)
        .take_while(|token| token.kind != Kind::Newline)
        .filter(not_space);
    let numbered = before
        .next()
        .is_some_and(|token| token.kind == Kind::Digits);
    let Some(next) = scan.tokens[scan.at + 1..]
        .iter()
        .find(not_space)
        .filter(|token| token.kind == Kind::Word)
    else {
        return false;
    };
    let name = letter::lower(next.text);
    let first = before.find(|token| !matches!(token.kind, Kind::Digits | Kind::Mark('/' | '.')));
    numbered && first.is_some_and(|token| letter::lower(token.text) == name)
}

/// A slash that means 'for each': đồng/người/tháng.
fn is_per(tokens: &[Token<'_>], at: usize, lexicon: &Lexicon) -> bool {
    let next_is_word = tokens
        .get(at + 1)
        .is_some_and(|token| token.kind == Kind::Word);
    let Some(word) = at.checked_sub(1).map(|before| tokens[before]) else {
        return false;
    };
    if !next_is_word || !matches!(word.kind, Kind::Word | Kind::Digits | Kind::Mark('²' | '³')) {
        return false;
    }
    let measure = lexicon.follows("per", &[letter::lower(word.text)]);
    // 10 cây/m2
    let unit = lexicon.units.find(tokens, at + 1).is_some();
    let money = lexicon.currencies.contains_key(word.text)
        && lexicon.currencies.contains_key(tokens[at + 1].text);
    let chained = at >= 2
        && tokens[at - 2].kind == Kind::Mark('/')
        && at >= 3
        && lexicon.follows("per", &[tokens[at - 3].text.to_lowercase()]);
    // '60 vòng/phút', '25 học sinh/lớp': a number before, something to count by behind
    let base = tokens
        .get(at + 1)
        .is_some_and(|next| lexicon.follows("per_base", &[letter::lower(next.text)]));
    // GRDP/người
    let per_head = tokens[at + 1].text == "người" && is_all_capitals(word.text);
    measure || chained || per_head || ((base || unit) && is_counted(tokens, at)) || money
}
