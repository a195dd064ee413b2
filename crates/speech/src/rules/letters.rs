//! Abbreviations, words in capitals, single letters and signs.

use unicode_normalization::UnicodeNormalization;

use crate::letter;
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
    if !vowelless(word) || word.chars().next().is_some_and(letter::is_upper) {
        return None;
    }
    let (end, spoken) = scan.lexicon.units.find(scan.tokens, scan.at)?;
    (word.chars().count() > 1 || end > scan.at + 1).then(|| Reading {
        end,
        spoken: spoken.to_owned(),
    })
}

/// An entry that begins with digits or a mark, where it is no part of a longer number.
pub(crate) fn entry(scan: Scan<'_>) -> Option<Reading> {
    let mut end = scan;
    let (after, spoken) = scan.lexicon.say.find(scan.tokens, scan.at)?;
    end.at = after;
    let digits_first = scan.peek() == Some(Kind::Digits);
    let digits_last = scan.tokens[after - 1].kind == Kind::Digits;
    let within = digits_first && matches!(scan.touching(), Some(Kind::Mark('.' | ',' | '/' | '-')))
        || digits_last && !end.at_end_of_number();
    (!within).then(|| end.reading(spoken.to_owned()))
}

/// Single consonants by their name; capitals as the word they are or else letter by letter.
pub(crate) fn letters(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let lexicon = scan.lexicon;
    let word = scan.word()?;
    let mut letters = word.chars();
    let first = letters.next()?;
    if letters.next().is_none() {
        if word == "x" && is_times(start) {
            return Some(scan.reading("nhân".to_owned()));
        }
        let name = if letter::is_lower(first) {
            lexicon.clause_letter(first)
        } else {
            lexicon.letter(first)
        };
        return name
            .filter(|_| vowelless(word) || word == "O")
            .map(|name| scan.reading(name.to_owned()));
    }
    if is_all_capitals(word) {
        let is_word = has_tone(word)
            || (syllable(word, lexicon)
                && (has_marked_vowel(word) || caps_line(start.tokens, start.at, lexicon)));
        // An agency's notation may stand for it anywhere, if it is no shorter than three letters.
        let agency = lexicon
            .agencies
            .get(word)
            .filter(|_| word.chars().count() > 2);
        return Some(scan.reading(match agency {
            _ if is_word => word.to_lowercase(),
            Some(agency) => agency.clone(),
            None => spelled(word, lexicon),
        }));
    }
    vowelless(word).then(|| scan.reading(spelled(word, lexicon)))
}

/// '2 viên x 3 lần': something counted on both sides.
fn is_times(scan: Scan<'_>) -> bool {
    let mut after = scan;
    after.at += 1;
    after.spaces();
    after.peek() == Some(Kind::Digits)
        && scan.touching() == Some(Kind::Space)
        && scan.tokens[..scan.at]
            .iter()
            .rev()
            .take(6)
            .take_while(|token| matches!(token.kind, Kind::Word | Kind::Space | Kind::Digits))
            .any(|token| token.kind == Kind::Digits)
}

/// The marker of an item or a heading at the start of a line, with its dot or bracket.
pub(crate) fn clause_marker(mut scan: Scan<'_>) -> Option<Reading> {
    let lexicon = scan.lexicon;
    if lexicon.say.find(scan.tokens, scan.at).is_some() && !is_tenth(scan) {
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
            let small = bracketed
                .then(|| roman(&word.to_ascii_uppercase()))
                .flatten()
                .filter(|_| word.len() > 1 && word.chars().all(letter::is_lower));
            match (roman(word).or(small), letters.next(), letters.next()) {
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

/// 'X. Kết luận' is the tenth heading, 'X. Thanh Hải' a commune: a name has two capitals.
fn is_tenth(mut scan: Scan<'_>) -> bool {
    if scan.word() != Some("X") || scan.mark('.').is_none() {
        return false;
    }
    scan.spaces();
    let first = scan.word();
    scan.spaces();
    let is_name = |word: Option<&str>| {
        word.is_some_and(|word| {
            word.chars().next().is_some_and(letter::is_upper) && !is_all_capitals(word)
        })
    };
    !(is_name(first) && is_name(scan.word()))
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
    word.chars().next().is_some_and(letter::is_upper) && !word.chars().any(letter::is_lower)
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
            && !before()
                .chain(after())
                .any(|token| token.kind == Kind::Word && token.text.chars().any(letter::is_lower)))
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
