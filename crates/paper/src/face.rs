//! The face: Tinos, embedded in every PDF, and how wide text is in it. Times
//! New Roman has the same widths, so the measures hold for the DOCX too.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::layout::Abs;
use typst::text::{Font, FontInstance, FontVariant, FontVariations};

/// The four styles, as files.
pub const FILES: [&[u8]; 4] = [
    include_bytes!("../fonts/Tinos-Regular.ttf"),
    include_bytes!("../fonts/Tinos-Bold.ttf"),
    include_bytes!("../fonts/Tinos-Italic.ttf"),
    include_bytes!("../fonts/Tinos-BoldItalic.ttf"),
];

static FONTS: LazyLock<Vec<FontInstance>> = LazyLock::new(|| {
    let (variant, variations) = (FontVariant::default(), FontVariations::default());
    let fonts = FILES
        .iter()
        .filter_map(|file| Font::new(Bytes::new(*file), 0));
    fonts
        .map(|font| font.instantiate(variant, Abs::pt(12.0), &variations))
        .collect()
});

/// Width of one line of bold text, in points.
pub fn bold_width(text: &str, size: f64) -> f64 {
    let Some(bold) = FONTS.get(1) else { return 0.0 };
    text.chars()
        .filter_map(|letter| bold.ttf().glyph_index(letter))
        .filter_map(|glyph| bold.x_advance(glyph.0))
        .map(|advance| advance.get() * size)
        .sum()
}

/// Whether all four styles have a glyph for the letter.
pub fn has(letter: char) -> bool {
    FONTS
        .iter()
        .all(|font| font.ttf().glyph_index(letter).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vietnamese_letter_is_there() {
        assert_eq!(FONTS.len(), 4, "all four styles parse");
        let letters = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ₫";
        for letter in letters.chars().chain(letters.to_uppercase().chars()) {
            assert!(has(letter), "{letter}");
        }
        assert!(!has('漢'));
    }

    #[test]
    fn widths_grow_with_size() {
        // Bold capitals of Times: 'V' is 722 units of 1000, as published for the face.
        assert!((bold_width("V", 1000.0) - 722.0).abs() < 1.0);
        assert!((bold_width("VV", 10.0) - 14.44).abs() < 0.1);
    }
}
