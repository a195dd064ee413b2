//! The code pages of Windows, and its UTF-16.

/// Codes 128 to 159 of windows-1252.
const WESTERN: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

/// Bytes as windows-1252.
pub fn western(bytes: &[u8]) -> String {
    let high: Vec<char> = WESTERN.chars().collect();
    bytes
        .iter()
        .map(|byte| match byte {
            128..=159 => high[usize::from(byte - 128)],
            byte => char::from(*byte),
        })
        .collect()
}

/// Characters of windows-1252 as those of windows-1258, which has the same bytes but for some letters and
/// the marks of tones.
pub fn vietnamese(western: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    western
        .chars()
        .map(|letter| match letter {
            'Ã' => 'Ă',
            'Ì' => '\u{300}',
            'Ð' => 'Đ',
            'Ò' => '\u{309}',
            'Õ' => 'Ơ',
            'Ý' => 'Ư',
            'Þ' => '\u{303}',
            'ã' => 'ă',
            'ì' => '\u{301}',
            'ð' => 'đ',
            'ò' => '\u{323}',
            'õ' => 'ơ',
            'ý' => 'ư',
            'þ' => '₫',
            other => other,
        })
        .nfc()
        .collect()
}

/// UTF-16 that does not begin with its mark, if it certainly is.
pub fn utf16(bytes: &[u8]) -> Option<String> {
    if bytes.len() < 16 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    [u16::from_le_bytes, u16::from_be_bytes]
        .into_iter()
        .find_map(|join| {
            let units = bytes.chunks_exact(2).map(|pair| join([pair[0], pair[1]]));
            let text: String = char::decode_utf16(units).collect::<Result<_, _>>().ok()?;
            let (mut all, mut known, mut plain) = (0_usize, 0_usize, 0_usize);
            for letter in text.chars() {
                all += 1;
                known += usize::from(is_known(letter));
                plain += usize::from(letter.is_ascii());
            }
            // In Vietnamese most letters are bare ones, and nothing else is in it.
            (known == all && plain * 3 > all).then_some(text)
        })
}

fn is_known(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | '\u{c}' | ' '..='~' | '\u{a0}'..='\u{1b0}' | '\u{300}'..='\u{323}'
        | '\u{1ea0}'..='\u{1ef9}' | '\u{2010}'..='\u{2026}' | '\u{20ab}' | '\u{25a0}'..='\u{25ff}')
}
