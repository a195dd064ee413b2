//! Faces that draw signs instead of letters: what is seen, in Unicode.

/// The sign behind a character of a face such as Symbol or Wingdings.
///
/// Word keeps such a character at U+F000 above its place in the face.
pub fn sign(letter: char, face: Option<&str>) -> char {
    let Some(place) = place(letter) else {
        return letter;
    };
    let face = face.unwrap_or_default().to_lowercase();
    let signs = if face.starts_with("wingdings 2") {
        WINGDINGS_2
    } else if face.starts_with("wingdings") || face.starts_with("webdings") {
        WINGDINGS
    } else if place < 0x7F && !place.is_ascii_alphabetic() {
        // Symbol has figures and punctuation where everyone has them.
        return char::from(place);
    } else {
        SYMBOL
    };
    let found = signs.iter().find(|(from, _)| *from == place);
    found.map_or('•', |(_, sign)| *sign)
}

/// The place in the face of a character that is kept for private use.
fn place(letter: char) -> Option<u8> {
    match u32::from(letter) {
        code @ 0xF020..=0xF0FF => u8::try_from(code - 0xF000).ok(),
        _ => None,
    }
}

const SYMBOL: &[(u8, char)] = &[
    (0x44, 'Δ'),
    (0x53, 'Σ'),
    (0x57, 'Ω'),
    (0x61, 'α'),
    (0x62, 'β'),
    (0x64, 'δ'),
    (0x67, 'γ'),
    (0x6D, 'μ'),
    (0x70, 'π'),
    (0xA3, '≤'),
    (0xB0, '°'),
    (0xB1, '±'),
    (0xB3, '≥'),
    (0xB4, '×'),
    (0xB7, '•'),
    (0xB8, '÷'),
    (0xB9, '≠'),
    (0xBB, '≈'),
    (0xBC, '…'),
    (0xAC, '←'),
    (0xAE, '→'),
    (0xDE, '⇒'),
    (0xE5, '∑'),
];

const WINGDINGS: &[(u8, char)] = &[
    (0x2D, '-'),
    (0x6F, '☐'),
    (0x78, '☒'),
    (0xA8, '☐'),
    (0xFB, '✗'),
    (0xFC, '✓'),
    (0xFD, '☒'),
    (0xFE, '☑'),
    (0xDF, '←'),
    (0xE0, '→'),
    (0xE8, '→'),
    (0xF0, '⇒'),
];

const WINGDINGS_2: &[(u8, char)] = &[
    (0x50, '✓'),
    (0x52, '☑'),
    (0x53, '☒'),
    (0x54, '☒'),
    (0xA3, '☐'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_what_is_seen() {
        assert_eq!(sign('\u{F0B7}', Some("Symbol")), '•');
        assert_eq!(sign('\u{F02D}', None), '-');
        assert_eq!(sign('\u{F061}', Some("Symbol")), 'α');
        assert_eq!(sign('\u{F0FC}', Some("Wingdings")), '✓');
        assert_eq!(sign('\u{F0D8}', Some("Wingdings")), '•');
        assert_eq!(sign('\u{F052}', Some("Wingdings 2")), '☑');
        assert_eq!(sign('Đ', Some("Symbol")), 'Đ');
    }
}
