//! Abbreviations, words in capitals, single letters and signs.

use unicode_normalization::UnicodeNormalization;

use crate::lexicon::Lexicon;
use crate::number::{cardinal, cardinal_of, roman};
use crate::scan::{Reading, Scan};
use crate::token::{Kind, Token};

/// How far a heading is looked over to tell whether it is written in capitals.
const HEADING_TOKENS: usize = 60;

/// The five tone marks once a letter is decomposed.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// An entry of the lexicon, or a unit that stands without a number (đồng/m2, mỗi km).
pub(crate) fn abbreviation(scan: Scan<'_>) -> Option<Reading> {
    if scan.touching() == Some(Kind::Digits) {
        return None;
    }
    if let Some((end, spoken)) = scan.lexicon.say.find(scan.tokens, scan.at) {
        return Some(Reading {
            end,
            spoken: spoken.to_owned(),
        });
    }
    let word = scan.tokens[scan.at].text;
    if !vowelless(word) || word.chars().next().is_some_and(char::is_uppercase) {
        return None;
    }
    let (end, spoken) = scan.lexicon.units.find(scan.tokens, scan.at)?;
    (word.chars().count() > 1 || end > scan.at + 1).then(|| Reading {
        end,
        spoken: spoken.to_owned(),
    })
}

/// Single consonants by their name; capitals as the word they are or else letter by letter.
pub(crate) fn letters(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let lexicon = scan.lexicon;
    let word = scan.word()?;
    let mut letters = word.chars();
    let first = letters.next()?;
    if letters.next().is_none() {
        let name = if first.is_lowercase() {
            lexicon.clause_letter(first)
        } else {
            lexicon.letter(first)
        };
        return name
            .filter(|_| vowelless(word))
            .map(|name| scan.reading(name.to_owned()));
    }
    if is_all_capitals(word) {
        let is_word = has_tone(word)
            || (syllable(word, lexicon)
                && (has_marked_vowel(word) || caps_line(start.tokens, start.at, lexicon)));
        return Some(scan.reading(if is_word {
            word.to_lowercase()
        } else {
            spelled(word, lexicon)
        }));
    }
    vowelless(word).then(|| scan.reading(spelled(word, lexicon)))
}

/// Signs that are said: %, &, =, a slash between a measure and its base.
pub(crate) fn sign(scan: Scan<'_>) -> Option<Reading> {
    let token = scan.tokens.get(scan.at)?;
    let Kind::Mark(mark) = token.kind else {
        return None;
    };
    let next = scan.tokens.get(scan.at + 1).map(|token| token.kind);
    let mut after = scan;
    after.at += 1;
    after.spaces();
    let number_follows = after.peek() == Some(Kind::Digits);
    let spoken = match mark {
        '/' => is_per(scan.tokens, scan.at, scan.lexicon).then_some("trên")?,
        '+' => (number_follows || scan.touching() == Some(Kind::Digits)).then_some("cộng")?,
        '^' => (next == Some(Kind::Digits)).then_some("mũ")?,
        '-' => is_range_of_named(scan).then_some("đến")?,
        '<' => number_follows.then_some("nhỏ hơn")?,
        '>' => (number_follows && scan.touching() != Some(Kind::Newline)).then_some("lớn hơn")?,
        '~' => (next == Some(Kind::Digits)).then_some("khoảng")?,
        _ => scan.lexicon.marks.get(token.text)?.as_str(),
    };
    Some(Reading {
        end: scan.at + 1,
        spoken: spoken.to_owned(),
    })
}

/// The marker of an item or a heading at the start of a line, with its dot or bracket.
pub(crate) fn clause_marker(mut scan: Scan<'_>) -> Option<Reading> {
    let lexicon = scan.lexicon;
    if lexicon.say.find(scan.tokens, scan.at).is_some() {
        return None;
    }
    let bracketed = scan.mark('(').is_some();
    let spoken = match scan.peek()? {
        Kind::Digits => {
            let mut levels = vec![cardinal(scan.digits().filter(|digits| digits.len() <= 2)?)];
            loop {
                let mut ahead = scan;
                let Some(level) = ahead
                    .mark('.')
                    .and_then(|()| ahead.digits())
                    .filter(|level| level.len() <= 2)
                else {
                    break;
                };
                levels.push(cardinal(level));
                scan = ahead;
            }
            levels.join(" chấm ")
        }
        Kind::Word => {
            let word = scan.word()?;
            let mut letters = word.chars();
            match (roman(word), letters.next(), letters.next()) {
                (Some(value), ..) => cardinal_of(value),
                (None, Some(letter), None) => {
                    lexicon.clause_letter(letter).unwrap_or(word).to_owned()
                }
                _ => return None,
            }
        }
        _ => return None,
    };
    if bracketed {
        scan.mark(')')?;
    } else {
        scan.mark('.').or_else(|| scan.mark(')'))?;
    }
    matches!(scan.peek(), Some(Kind::Space | Kind::Mark('*' | '_'))).then(|| scan.reading(spoken))
}

/// Letter by letter; a letter without a Vietnamese name stays as it is.
pub(crate) fn spelled(word: &str, lexicon: &Lexicon) -> String {
    let names: Vec<String> = word
        .chars()
        .map(|letter| {
            lexicon
                .letter(letter)
                .or_else(|| lexicon.letter(base(letter)))
                .map_or_else(|| letter.to_string(), str::to_owned)
        })
        .collect();
    names.join(" ")
}

/// Whether a word is a Vietnamese syllable, whatever its tone and case.
pub(crate) fn syllable(word: &str, lexicon: &Lexicon) -> bool {
    let toneless: String = word
        .to_lowercase()
        .nfd()
        .filter(|letter| !TONES.contains(letter))
        .nfc()
        .collect();
    lexicon.is_syllable(&toneless)
}

pub(crate) fn is_all_capitals(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase) && !word.chars().any(char::is_lowercase)
}

/// Latin letters only, and none that could carry a syllable.
pub(crate) fn vowelless(word: &str) -> bool {
    word.chars().all(|letter| matches!(letter.to_ascii_lowercase(), 'b'..='d' | 'f'..='h' | 'j'..='n' | 'p'..='t' | 'v'..='x' | 'z' | 'đ' | 'Đ'))
}

/// Whether the words around stand in capitals too, so that this one is part of a heading.
pub(crate) fn caps_line(tokens: &[Token<'_>], at: usize, lexicon: &Lexicon) -> bool {
    let evidence = |token: &Token<'_>| {
        token.kind == Kind::Word
            && is_all_capitals(token.text)
            && has_marked_vowel(token.text)
            && (has_tone(token.text) || syllable(token.text, lexicon))
    };
    let on_line = |token: &&Token<'_>| token.kind != Kind::Newline;
    let words = |token: &&Token<'_>| token.kind == Kind::Word;
    let before = || {
        tokens[..at]
            .iter()
            .rev()
            .take(HEADING_TOKENS)
            .take_while(on_line)
    };
    let after = || {
        tokens[at + 1..]
            .iter()
            .take(HEADING_TOKENS)
            .take_while(on_line)
    };
    let beside =
        before().find(words).is_some_and(evidence) || after().find(words).is_some_and(evidence);
    beside
        || (before().chain(after()).any(evidence)
            && !before().chain(after()).any(|token| {
                token.kind == Kind::Word && token.text.chars().any(char::is_lowercase)
            }))
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
    let name = next.text.to_lowercase();
    let first = before.find(|token| !matches!(token.kind, Kind::Digits | Kind::Mark('/' | '.')));
    numbered && first.is_some_and(|token| token.text.to_lowercase() == name)
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
    let measure = lexicon.follows("per", &[word.text.to_lowercase()]);
    let chained = at >= 2
        && tokens[at - 2].kind == Kind::Mark('/')
        && at >= 3
        && lexicon.follows("per", &[tokens[at - 3].text.to_lowercase()]);
    // '60 vòng/phút', '25 học sinh/lớp': a number before, something to count by behind
    let base = tokens
        .get(at + 1)
        .is_some_and(|next| lexicon.follows("per_base", &[next.text.to_lowercase()]));
    let counted = tokens[..at]
        .iter()
        .rev()
        .take(6)
        .take_while(|token| matches!(token.kind, Kind::Word | Kind::Space | Kind::Digits))
        .any(|token| token.kind == Kind::Digits);
    measure || chained || (base && counted)
}

fn base(letter: char) -> char {
    letter.nfd().next().unwrap_or(letter)
}

fn has_tone(word: &str) -> bool {
    word.nfd().any(|letter| TONES.contains(&letter))
}

/// A tone or a hat, a breve, a horn: đ alone does not make a word.
fn has_marked_vowel(word: &str) -> bool {
    word.chars().any(|letter| {
        !letter.is_ascii() && !matches!(letter, 'đ' | 'Đ') && base(letter).is_ascii_alphabetic()
    })
}
