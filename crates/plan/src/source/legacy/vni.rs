//! VNI for Windows: the bare letter, then a byte for its marks, as the fonts VNI-Times draw it.

use unicode_normalization::UnicodeNormalization;

/// The text of codes that are given as the characters of Latin-1.
pub fn text(coded: &str) -> String {
    let mut text = String::with_capacity(coded.len() * 2);
    let mut last: Option<char> = None;
    for code in coded.chars() {
        let marks = last.and_then(|letter| marks(letter, code));
        if let Some(marks) = marks {
            text.push_str(marks);
            last = None;
        } else {
            let letter = letter(code);
            text.push(letter);
            last = Some(letter);
        }
    }
    text.nfc().collect()
}

/// Letters with a code of their own.
fn letter(code: char) -> char {
    match code {
        'ñ' => 'đ',
        'Ñ' => 'Đ',
        'ô' => 'ơ',
        'Ô' => 'Ơ',
        'ö' => 'ư',
        'Ö' => 'Ư',
        'æ' => 'ỉ',
        'Æ' => 'Ỉ',
        'ó' => 'ĩ',
        'Ó' => 'Ĩ',
        'ò' => 'ị',
        'Ò' => 'Ị',
        'î' => 'ỵ',
        'Î' => 'Ỵ',
        other => other, // 'í' and 'ì' are themselves
    }
}

/// What a code adds to the letter before it. A mark typed in the other case is still the mark.
fn marks(letter: char, code: char) -> Option<&'static str> {
    let code = code.to_lowercase().next()?;
    let base = letter.to_lowercase().next()?;
    let tone = match code {
        'ù' => Some("\u{301}"),
        'ø' => Some("\u{300}"),
        'û' => Some("\u{309}"),
        'õ' => Some("\u{303}"),
        'ï' => Some("\u{323}"),
        _ => None,
    };
    let hat = match code {
        'â' => Some("\u{302}"),
        'á' => Some("\u{302}\u{301}"),
        'à' => Some("\u{302}\u{300}"),
        'å' => Some("\u{302}\u{309}"),
        'ã' => Some("\u{302}\u{303}"),
        'ä' => Some("\u{323}\u{302}"),
        _ => None,
    };
    let bowl = match code {
        'ê' => Some("\u{306}"),
        'é' => Some("\u{306}\u{301}"),
        'è' => Some("\u{306}\u{300}"),
        'ú' => Some("\u{306}\u{309}"),
        'ü' => Some("\u{306}\u{303}"),
        'ë' => Some("\u{323}\u{306}"),
        _ => None,
    };
    match base {
        'a' => tone.or(hat).or(bowl),
        'e' | 'o' => tone.or(hat),
        'u' | 'y' | 'ơ' | 'ư' => tone,
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_join_the_letter_before_them() {
        assert_eq!(
            text("COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM"),
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
        );
        assert_eq!(
            text("Ñoäc laäp - Töï do - Haïnh phuùc"),
            "Độc lập - Tự do - Hạnh phúc"
        );
        assert_eq!(
            text("tröôùc ngaøy, KYÛ nguyeân, baét buoäc"),
            "trước ngày, KỶ nguyên, bắt buộc"
        );
        assert_eq!(text("COäNG HOøA"), "CỘNG HÒA");
    }
}
