//! The text as it is read: composed (NFC), with ASCII digits, and a way back to the original bytes.

use std::borrow::Cow;

use unicode_normalization::{
    IsNormalized, UnicodeNormalization, char::canonical_combining_class, is_nfc_quick,
};

/// Composed text with the offset of each of its bytes in the original.
pub(crate) struct Source<'a> {
    pub text: Cow<'a, str>,
    /// None while the text is the original itself.
    offsets: Option<Vec<usize>>,
}

impl<'a> Source<'a> {
    pub(crate) fn new(original: &'a str) -> Self {
        if original
            .chars()
            .all(|letter| is_settled(letter) || !is_folded(letter))
            && (original.chars().all(is_settled)
                || is_nfc_quick(original.chars()) == IsNormalized::Yes)
        {
            return Self {
                text: Cow::Borrowed(original),
                offsets: None,
            };
        }
        let mut text = String::with_capacity(original.len());
        let mut offsets = Vec::with_capacity(original.len() + 1);
        let mut rest = original.char_indices().peekable();
        while let Some((start, first)) = rest.next() {
            let mut end = start + first.len_utf8();
            while let Some((at, _)) =
                rest.next_if(|(_, next)| canonical_combining_class(*next) != 0)
            {
                end = original[at..]
                    .chars()
                    .next()
                    .map_or(end, |mark| at + mark.len_utf8());
            }
            // The letter keeps its place; marks that did not melt into it come after it.
            let mut place = start;
            for composed in original[start..end].nfc() {
                folded(composed, &mut text);
                offsets.resize(text.len(), place);
                place = start + first.len_utf8();
            }
        }
        offsets.push(original.len());
        Self {
            text: Cow::Owned(text),
            offsets: Some(offsets),
        }
    }

    /// Where a byte of the composed text begins in the original.
    pub(crate) fn original(&self, offset: usize) -> usize {
        match &self.offsets {
            None => offset,
            Some(offsets) => offsets.get(offset).or(offsets.last()).copied().unwrap_or(0),
        }
    }
}

/// Letters of Vietnamese and its punctuation, of which nothing needs to be composed or folded.
fn is_settled(letter: char) -> bool {
    matches!(letter, '\0'..='\u{2FF}' | '\u{1EA0}'..='\u{1EF9}' | '\u{2010}'..='\u{203A}')
}

/// Code points of zero in the blocks of ten digits, scripts of Vietnam's neighbours and all others
/// that Unicode's category Nd has: whatever is a digit is said.
const ZEROS: [u32; 46] = [
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6,
    0xE50, 0xED0, 0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50,
    0x1BB0, 0x1C40, 0x1C50, 0x2080, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
    0x104A0, 0x11066, 0x11136, 0x111D0, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6,
];

fn is_folded(letter: char) -> bool {
    digit(letter).is_some() || is_presentation(letter)
}

fn digit(letter: char) -> Option<char> {
    let value = u32::from(letter);
    if value < ZEROS[0] {
        return None;
    }
    let block = ZEROS.partition_point(|zero| *zero <= value);
    char::from_digit(value.checked_sub(*ZEROS.get(block.checked_sub(1)?)?)?, 10)
}

/// Roman numerals, circled and full-width signs: other shapes of what ASCII has. The signs of our
/// own markup stay apart, so that what an author typed decides what is a mark.
fn is_presentation(letter: char) -> bool {
    match letter {
        '＠' | '＼' | '｛' | '｜' | '｝' => false,
        '\u{2160}'..='\u{217F}' | '\u{2460}'..='\u{249B}' | '\u{FF01}'..='\u{FF5E}' => true,
        _ => false,
    }
}

fn folded(letter: char, text: &mut String) {
    match digit(letter) {
        Some(digit) => text.push(digit),
        None if is_presentation(letter) => text.extend(std::iter::once(letter).nfkd()),
        None => text.push(letter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decomposed_text_keeps_its_way_back() {
        let original = "nga\u{300}y ５";
        let source = Source::new(original);
        assert_eq!(source.text, "ngày 5");
        assert_eq!(source.original(0), 0);
        let digit = source.text.find('5').unwrap();
        assert_eq!(source.original(digit), original.find('５').unwrap());
        assert_eq!(source.original(source.text.len()), original.len());
        assert_eq!(
            Source::new("Chương Ⅳ, H₂O, ๑๐, ①").text,
            "Chương IV, H2O, 10, 1"
        );
    }
}
