//! The letters that the names of glyphs stand for, after Adobe's Glyph List Specification.

use unicode_normalization::UnicodeNormalization;

/// Signs whose names say nothing.
const SIGNS: &[(&str, &str)] = &[
    ("space", " "),
    ("nbspace", " "),
    ("nonbreakingspace", " "),
    ("exclam", "!"),
    ("quotedbl", "\""),
    ("numbersign", "#"),
    ("dollar", "$"),
    ("percent", "%"),
    ("ampersand", "&"),
    ("quotesingle", "'"),
    ("parenleft", "("),
    ("parenright", ")"),
    ("asterisk", "*"),
    ("plus", "+"),
    ("comma", ","),
    ("hyphen", "-"),
    ("sfthyphen", "-"),
    ("softhyphen", "-"),
    ("minus", "−"),
    ("period", "."),
    ("slash", "/"),
    ("zero", "0"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("colon", ":"),
    ("semicolon", ";"),
    ("less", "<"),
    ("equal", "="),
    ("greater", ">"),
    ("question", "?"),
    ("at", "@"),
    ("bracketleft", "["),
    ("backslash", "\\"),
    ("bracketright", "]"),
    ("asciicircum", "^"),
    ("underscore", "_"),
    ("braceleft", "{"),
    ("bar", "|"),
    ("braceright", "}"),
    ("asciitilde", "~"),
    ("quoteleft", "‘"),
    ("quoteright", "’"),
    ("quotedblleft", "“"),
    ("quotedblright", "”"),
    ("quotesinglbase", "‚"),
    ("quotedblbase", "„"),
    ("guillemotleft", "«"),
    ("guillemotright", "»"),
    ("guilsinglleft", "‹"),
    ("guilsinglright", "›"),
    ("endash", "–"),
    ("emdash", "—"),
    ("bullet", "•"),
    ("filledbox", "■"),
    ("openbullet", "◦"),
    ("periodcentered", "·"),
    ("middot", "·"),
    ("ellipsis", "…"),
    ("degree", "°"),
    ("section", "§"),
    ("paragraph", "¶"),
    ("copyright", "©"),
    ("registered", "®"),
    ("trademark", "™"),
    ("multiply", "×"),
    ("divide", "÷"),
    ("plusminus", "±"),
    ("lessequal", "≤"),
    ("greaterequal", "≥"),
    ("notequal", "≠"),
    ("currency", "¤"),
    ("cent", "¢"),
    ("sterling", "£"),
    ("yen", "¥"),
    ("Euro", "€"),
    ("dong", "₫"),
    ("onesuperior", "¹"),
    ("twosuperior", "²"),
    ("threesuperior", "³"),
    ("onehalf", "½"),
    ("onequarter", "¼"),
    ("threequarters", "¾"),
    ("exclamdown", "¡"),
    ("questiondown", "¿"),
    ("brokenbar", "¦"),
    ("logicalnot", "¬"),
    ("ordfeminine", "ª"),
    ("ordmasculine", "º"),
    ("dagger", "†"),
    ("daggerdbl", "‡"),
    ("perthousand", "‰"),
    ("mu", "µ"),
    ("germandbls", "ß"),
    ("AE", "Æ"),
    ("ae", "æ"),
    ("OE", "Œ"),
    ("oe", "œ"),
    ("Oslash", "Ø"),
    ("oslash", "ø"),
    ("Lslash", "Ł"),
    ("lslash", "ł"),
    ("Thorn", "Þ"),
    ("thorn", "þ"),
    ("Eth", "Ð"),
    ("eth", "ð"),
    ("Dcroat", "Đ"),
    ("Dslash", "Đ"),
    ("dcroat", "đ"),
    ("dmacron", "đ"),
    ("dotlessi", "ı"),
    ("fi", "fi"),
    ("fl", "fl"),
    ("ff", "ff"),
    ("ffi", "ffi"),
    ("ffl", "ffl"),
    // Marks that stand alone.
    ("grave", "`"),
    ("acute", "´"),
    ("circumflex", "ˆ"),
    ("tilde", "˜"),
    ("dieresis", "¨"),
    ("macron", "¯"),
    ("breve", "˘"),
    ("ring", "˚"),
    ("cedilla", "¸"),
    ("caron", "ˇ"),
];

/// Marks in the name of a letter: `acircumflexdotbelow`.
const MARKS: &[(&str, char)] = &[
    ("grave", '\u{300}'),
    ("acute", '\u{301}'),
    ("circumflex", '\u{302}'),
    ("tilde", '\u{303}'),
    ("macron", '\u{304}'),
    ("breve", '\u{306}'),
    ("dieresis", '\u{308}'),
    ("hookabove", '\u{309}'),
    ("ring", '\u{30a}'),
    ("caron", '\u{30c}'),
    ("horn", '\u{31b}'),
    ("dotbelow", '\u{323}'),
    ("cedilla", '\u{327}'),
];

/// The text that a glyph's name stands for. None for names that only number the glyphs: `g12`, `cid47`.
pub fn text(name: &str) -> Option<String> {
    let plain = name.split('.').next().unwrap_or_default(); // 'a.sc', 'one.lining'
    if plain.contains('_') {
        return plain.split('_').map(text).collect();
    }
    if let Some((_, sign)) = SIGNS.iter().find(|(sign, _)| *sign == plain) {
        return Some((*sign).to_owned());
    }
    composed(plain).or_else(|| by_code(plain))
}

fn composed(name: &str) -> Option<String> {
    let first = name.chars().next().filter(char::is_ascii_alphabetic)?;
    let mut rest = &name[1..];
    let mut letters = String::from(first);
    // 'combining' forms: 'gravecomb'.
    if let Some((_, mark)) = MARKS
        .iter()
        .find(|(mark, _)| name.strip_suffix("comb") == Some(mark))
    {
        return Some(mark.to_string());
    }
    while !rest.is_empty() {
        let (mark, letter) = MARKS.iter().find(|(mark, _)| rest.starts_with(mark))?;
        letters.push(*letter);
        rest = &rest[mark.len()..];
    }
    Some(letters.nfc().collect())
}

/// `uni1EA1`, `uni01B00301`, `u1EA1`.
fn by_code(name: &str) -> Option<String> {
    let upper = |digits: &str| {
        !digits.is_empty()
            && digits
                .bytes()
                .all(|byte| byte.is_ascii_digit() || (b'A'..=b'F').contains(&byte))
    };
    let one = |digits: &str| {
        u32::from_str_radix(digits, 16)
            .ok()
            .and_then(char::from_u32)
    };
    if let Some(digits) = name.strip_prefix("uni")
        && upper(digits)
        && digits.len().is_multiple_of(4)
        && digits.len() <= 16
    {
        return (0..digits.len())
            .step_by(4)
            .map(|at| one(&digits[at..at + 4]))
            .collect();
    }
    name.strip_prefix('u')
        .filter(|digits| upper(digits) && (4..=6).contains(&digits.len()))
        .and_then(one)
        .map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_vietnamese_letters_are_put_together() {
        for (name, letter) in [
            ("A", "A"),
            ("acircumflexdotbelow", "ậ"),
            ("Abrevehookabove", "Ẳ"),
            ("uhorngrave", "ừ"),
            ("ohorn", "ơ"),
            ("dcroat", "đ"),
            ("ydotbelow", "ỵ"),
            ("uni1EC7", "ệ"),
            ("uni01A10301", "ơ\u{301}"),
            ("u1EC7", "ệ"),
            ("one.oldstyle", "1"),
            ("f_i", "fi"),
            ("hookabovecomb", "\u{309}"),
        ] {
            assert_eq!(text(name).as_deref(), Some(letter), "{name}");
        }
        for name in ["g12", "cid47", "G0a", ".notdef", "", "unicode", "ash", "é"] {
            assert_eq!(text(name), None, "{name}");
        }
    }
}
