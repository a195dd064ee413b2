//! What the 256 codes of a simple font stand for (ISO 32000-1, annex D).

/// Codes 128 to 159 of windows-1252; the others are those of Latin-1.
const WINDOWS: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
/// Codes 128 to 255 of Mac OS Roman.
const MAC: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{a0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{f8ff}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";
/// Codes 161 to 251 of Adobe's standard encoding; a blank stands for none.
const STANDARD: &str =
    "¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ –†‡· ¶•‚„”»…‰ ¿ `´ˆ˜¯˘˙¨ ˚¸ ˝˛ˇ—                Æ ª    ŁØŒº     æ   ı  łøœß";

/// A table of codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Windows,
    Mac,
    Standard,
}

impl Encoding {
    /// By its name in a file.
    pub fn named(name: &[u8]) -> Option<Self> {
        match name {
            b"WinAnsiEncoding" => Some(Self::Windows),
            b"MacRomanEncoding" => Some(Self::Mac),
            b"StandardEncoding" => Some(Self::Standard),
            _ => None,
        }
    }

    /// The letter of a code.
    pub fn letter(self, code: u8) -> Option<char> {
        let high = |table: &str, first: u8| table.chars().nth(usize::from(code - first));
        match (self, code) {
            (_, 0..=31 | 127) => None,
            (Self::Standard, 39) => Some('’'),
            (Self::Standard, 96) => Some('‘'),
            (Self::Windows, 128..=159) => high(WINDOWS, 128),
            (Self::Windows, _) | (_, 32..=126) => Some(char::from(code)),
            (Self::Mac, _) => high(MAC, 128),
            (Self::Standard, 161..) => high(STANDARD, 161).filter(|letter| *letter != ' '),
            (Self::Standard, _) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_have_their_letters_where_they_belong() {
        assert_eq!(Encoding::Windows.letter(0x96), Some('–'));
        assert_eq!(Encoding::Windows.letter(0xD0), Some('Ð'));
        assert_eq!(MAC.chars().count(), 128);
        assert_eq!(Encoding::Mac.letter(0xA5), Some('•'));
        assert_eq!(Encoding::Mac.letter(0xFF), Some('ˇ'));
        assert_eq!(STANDARD.chars().count(), 91);
        assert_eq!(Encoding::Standard.letter(0xAF), Some('ﬂ'));
        assert_eq!(Encoding::Standard.letter(0xD0), Some('—'));
        assert_eq!(Encoding::Standard.letter(0xE1), Some('Æ'));
        assert_eq!(Encoding::Standard.letter(0xF1), Some('æ'));
        assert_eq!(Encoding::Standard.letter(0xFB), Some('ß'));
        assert_eq!(Encoding::Standard.letter(0x80), None);
    }
}
