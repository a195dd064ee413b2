//! What the font program in the file knows of its letters, for fonts without a table of their own.

use std::collections::HashMap;

use ttf_parser::{GlyphId, PlatformId, RawFace, Tag, cff, cmap, post};

use super::names;

/// Letters that are asked for: Latin with all of Vietnamese, punctuation, signs. A font is asked for each of
/// them, and never for what it has: that may claim to be four thousand million.
const ASKED: &[(u32, u32)] = &[
    (0x20, 0x24F),
    (0x2B0, 0x36F),
    (0x1E00, 0x1EFF),
    (0x2000, 0x22FF),
    (0x2500, 0x27BF),
    (0xF000, 0xF0FF),
    (0xFB00, 0xFB06),
];

/// The letters of a TrueType or OpenType program by their glyphs.
pub fn letters(program: &[u8]) -> HashMap<u16, char> {
    let mut letters = HashMap::new();
    let Some(map) = table(program, *b"cmap").and_then(cmap::Table::parse) else {
        return letters;
    };
    for subtable in map.subtables.into_iter().take(16) {
        if !subtable.is_unicode() {
            continue;
        }
        for (first, last) in ASKED {
            for code in *first..=*last {
                if let (Some(glyph), Some(letter)) =
                    (subtable.glyph_index(code), char::from_u32(code))
                {
                    letters.entry(glyph.0).or_insert(letter);
                }
            }
        }
    }
    letters
}

/// The texts of the 256 codes of a simple TrueType font that names no encoding.
pub fn simple(program: &[u8]) -> HashMap<u8, String> {
    let letters = letters(program);
    let names = table(program, *b"post").and_then(post::Table::parse);
    let mut texts = HashMap::new();
    let Some(map) = table(program, *b"cmap").and_then(cmap::Table::parse) else {
        return texts;
    };
    for subtable in map.subtables.into_iter().take(16) {
        let symbol = subtable.platform_id == PlatformId::Windows && subtable.encoding_id == 0;
        if !symbol && subtable.platform_id != PlatformId::Macintosh {
            continue;
        }
        for code in 0..=255_u8 {
            let offsets: &[u32] = if symbol {
                &[0xF000, 0, 0xF100, 0xF200]
            } else {
                &[0]
            };
            let glyph = offsets
                .iter()
                .find_map(|offset| subtable.glyph_index(offset + u32::from(code)));
            let Some(glyph) = glyph else { continue };
            let text = letters
                .get(&glyph.0)
                .filter(|letter| !is_private(**letter))
                .map(char::to_string)
                .or_else(|| names.and_then(|names| names::text(names.glyph_name(glyph)?)));
            if let Some(text) = text {
                texts.entry(code).or_insert(text);
            }
        }
    }
    texts
}

/// The texts of the codes of a bare CFF program (Type 1C).
pub fn compact(program: &[u8]) -> HashMap<u8, String> {
    let Some(table) = cff::Table::parse(program) else {
        return HashMap::new();
    };
    (0..=255_u8)
        .filter_map(|code| {
            let glyph = table
                .glyph_index(code)
                .filter(|glyph| *glyph != GlyphId(0))?;
            Some((code, names::text(table.glyph_name(glyph)?)?))
        })
        .collect()
}

/// The texts of the codes of a Type 1 program: its open part says `dup 65 /A put`.
pub fn type1(program: &[u8]) -> HashMap<u8, String> {
    let mut texts = HashMap::new();
    let end = program
        .windows(5)
        .position(|word| word == b"eexec")
        .unwrap_or(program.len());
    let open = String::from_utf8_lossy(&program[..end.min(200_000)]).replace('/', " /");
    let words: Vec<&str> = open.split_ascii_whitespace().collect();
    for window in words.windows(4) {
        if let ["dup", code, name, "put"] = window
            && let (Ok(code), Some(name)) = (code.parse(), name.strip_prefix('/'))
            && let Some(text) = names::text(name)
        {
            texts.insert(code, text);
        }
    }
    texts
}

/// Whether a letter is of nobody's meaning but the font's.
pub fn is_private(letter: char) -> bool {
    ('\u{e000}'..='\u{f8ff}').contains(&letter)
}

fn table(program: &[u8], name: [u8; 4]) -> Option<&[u8]> {
    RawFace::parse(program, 0)
        .ok()?
        .table(Tag::from_bytes(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_1_program_names_its_codes() {
        let texts = type1(
            b"/Encoding 256 array\ndup 65/A put dup 66 /acircumflexacute put\neexec dup 67 /C put",
        );
        assert_eq!(texts[&65], "A");
        assert_eq!(texts[&66], "ấ");
        assert!(!texts.contains_key(&67));
    }

    #[test]
    fn programs_that_are_none_say_nothing() {
        for program in [&b""[..], b"OTTO", &[0; 64], b"\0\x01\0\0\0\x0fcmap"] {
            assert!(letters(program).is_empty() && simple(program).is_empty());
            assert!(compact(program).is_empty() && type1(program).is_empty());
        }
    }
}
