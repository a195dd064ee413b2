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
        if is_nfc_quick(original.chars()) == IsNormalized::Yes
            && !original.chars().any(is_foreign_digit)
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
                text.push(ascii_digit(composed));
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

fn is_foreign_digit(letter: char) -> bool {
    !letter.is_ascii() && ascii_digit(letter) != letter
}

/// Digits of the scripts met in Vietnam and its neighbours, as ASCII; other letters as they are.
fn ascii_digit(letter: char) -> char {
    // The code point of zero in each block of ten: Arabic, Persian, Devanagari, Thai, Lao,
    // Myanmar, Khmer, New Tai Lue, Cham, full width.
    const ZEROS: [u32; 10] = [
        0x660, 0x6F0, 0x966, 0xE50, 0xED0, 0x1040, 0x17E0, 0x19D0, 0xAA50, 0xFF10,
    ];
    if letter.is_ascii() {
        return letter;
    }
    ZEROS
        .iter()
        .filter_map(|zero| u32::from(letter).checked_sub(*zero))
        .find_map(|value| {
            if value < 10 {
                char::from_digit(value, 10)
            } else {
                None
            }
        })
        .unwrap_or(letter)
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
    }
}
