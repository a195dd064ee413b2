//! Capitals and small letters, quickly for the letters of Vietnamese; all others as Unicode has
//! them.

use std::borrow::Cow;

/// Latin Extended-A without its few odd pairs, and the letters with two marks: an even code point
/// is a capital, the next its small letter.
fn is_in_pairs(letter: char) -> bool {
    matches!(letter, '\u{100}'..='\u{12F}' | '\u{14A}'..='\u{177}' | '\u{1EA0}'..='\u{1EF9}')
}

pub(crate) fn is_upper(letter: char) -> bool {
    match letter {
        _ if letter.is_ascii() => letter.is_ascii_uppercase(),
        _ if is_in_pairs(letter) => u32::from(letter).is_multiple_of(2),
        _ => letter.is_uppercase(),
    }
}

pub(crate) fn is_lower(letter: char) -> bool {
    match letter {
        _ if letter.is_ascii() => letter.is_ascii_lowercase(),
        _ if is_in_pairs(letter) => !u32::from(letter).is_multiple_of(2),
        _ => letter.is_lowercase(),
    }
}

pub(crate) fn is_alphabetic(letter: char) -> bool {
    match letter {
        _ if letter.is_ascii() => letter.is_ascii_alphabetic(),
        '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2AF}' => true,
        _ if is_in_pairs(letter) => true,
        _ => letter.is_alphabetic(),
    }
}

/// A word in small letters; most words are already.
pub(crate) fn lower(word: &str) -> Cow<'_, str> {
    if word.chars().all(is_lower) {
        return Cow::Borrowed(word);
    }
    let mut small = String::with_capacity(word.len());
    for letter in word.chars() {
        match letter {
            _ if letter.is_ascii() => small.push(letter.to_ascii_lowercase()),
            _ if is_in_pairs(letter) => {
                small.push(char::from_u32(u32::from(letter) | 1).unwrap_or(letter));
            }
            _ => small.extend(letter.to_lowercase()),
        }
    }
    Cow::Owned(small)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortcuts_agree_with_unicode() {
        for letter in '\0'..='\u{2FFF}' {
            assert_eq!(is_upper(letter), letter.is_uppercase(), "{letter:?}");
            assert_eq!(is_lower(letter), letter.is_lowercase(), "{letter:?}");
            assert_eq!(is_alphabetic(letter), letter.is_alphabetic(), "{letter:?}");
            let word = letter.to_string();
            assert!(lower(&word).chars().eq(letter.to_lowercase()), "{letter:?}");
        }
    }
}
