//! Tables of codes: what text a code stands for, or which glyph (ISO 32000-1, 9.7.5 and 9.10.3).

use std::collections::BTreeMap;

use super::super::lexer::Lexer;
use super::super::object::Object;

/// Lines of a table; the largest have some ten thousand.
const MOST_LINES: usize = 100_000;

/// A table of codes.
#[derive(Debug, Default)]
pub struct CMap {
    /// Lengths of codes in bytes, with the first and the last code of each.
    pub spaces: Vec<(usize, u32, u32)>,
    texts: BTreeMap<u32, (u32, Vec<u16>)>,
    glyphs: BTreeMap<u32, (u32, u32)>,
}

impl CMap {
    /// Reads a table. What makes no sense in it is passed over.
    pub fn read(bytes: &[u8]) -> Self {
        let mut map = Self::default();
        let mut lexer = Lexer::content(bytes);
        let mut line: Vec<Object> = Vec::new();
        let mut section = Section::None;
        let mut left = MOST_LINES;
        while let Some(object) = lexer.next() {
            if let Object::Word(word) = &object {
                section = Section::begun_by(word.bytes());
                line.clear();
                continue;
            }
            if section == Section::None {
                continue;
            }
            line.push(object);
            if line.len() == section.width() {
                map.add(section, &line);
                line.clear();
                left -= 1;
                if left == 0 {
                    break;
                }
            }
        }
        map
    }

    /// The text of a code.
    pub fn text(&self, code: u32) -> Option<String> {
        let (first, (last, units)) = self.texts.range(..=code).next_back()?;
        if code > *last {
            return None;
        }
        let mut units = units.clone();
        let step = u16::try_from(code - first).ok()?;
        *units.last_mut()? = units.last()?.wrapping_add(step);
        let text = String::from_utf16(&units).ok()?;
        // Writers that do not know a letter give it the code 0 or U+FFFD.
        (!text.contains(['\0', '\u{fffd}'])).then_some(text)
    }

    /// The glyph of a code.
    pub fn glyph(&self, code: u32) -> Option<u32> {
        let (first, (last, glyph)) = self.glyphs.range(..=code).next_back()?;
        (code <= *last).then(|| glyph.wrapping_add(code - first))
    }

    /// Whether it says nothing about text.
    pub fn has_no_text(&self) -> bool {
        self.texts.is_empty()
    }

    fn add(&mut self, section: Section, line: &[Object]) {
        let code = |at: usize| match line.get(at) {
            Some(Object::Text(bytes)) => number(bytes),
            _ => None,
        };
        let Some(first) = code(0) else { return };
        match section {
            Section::Space => {
                if let (Some(last), Some(Object::Text(bytes))) = (code(1), line.first()) {
                    self.spaces.push((bytes.len().clamp(1, 4), first, last));
                }
            }
            Section::Text => self.add_text(first, first, &line[1]),
            Section::Texts => match (code(1), &line[2]) {
                (Some(_), Object::Array(each)) => {
                    for (step, text) in (0_u32..).zip(each) {
                        let code = first.wrapping_add(step);
                        self.add_text(code, code, text);
                    }
                }
                (Some(last), text) => self.add_text(first, last, text),
                _ => {}
            },
            Section::Glyph | Section::Glyphs => {
                let ranged = section == Section::Glyphs;
                let last = if ranged { code(1) } else { Some(first) };
                let glyph = line.last().and_then(Object::count);
                if let (Some(last), Some(glyph)) = (last, glyph)
                    && let Ok(glyph) = u32::try_from(glyph)
                {
                    self.glyphs.insert(first, (last, glyph));
                }
            }
            Section::None => {}
        }
    }

    fn add_text(&mut self, first: u32, last: u32, text: &Object) {
        let units = match text {
            Object::Text(bytes) if bytes.len() == 1 => vec![u16::from(bytes[0])],
            Object::Text(bytes) => bytes
                .chunks_exact(2)
                .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
                .collect(),
            Object::Name(name) => std::str::from_utf8(name)
                .ok()
                .and_then(super::names::text)
                .map(|text| text.encode_utf16().collect())
                .unwrap_or_default(),
            _ => Vec::new(),
        };
        if !units.is_empty() && units.len() <= 64 {
            self.texts.insert(first, (last, units));
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    None,
    Space,
    Text,
    Texts,
    Glyph,
    Glyphs,
}

impl Section {
    fn begun_by(word: &[u8]) -> Self {
        match word {
            b"begincodespacerange" => Self::Space,
            b"beginbfchar" => Self::Text,
            b"beginbfrange" => Self::Texts,
            b"begincidchar" => Self::Glyph,
            b"begincidrange" => Self::Glyphs,
            _ => Self::None,
        }
    }

    fn width(self) -> usize {
        match self {
            Self::Space | Self::Text | Self::Glyph => 2,
            _ => 3,
        }
    }
}

fn number(bytes: &[u8]) -> Option<u32> {
    (1..=4).contains(&bytes.len()).then(|| {
        bytes
            .iter()
            .fold(0, |number, byte| number << 8 | u32::from(*byte))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_ranges_and_lists_are_read() {
        let map = CMap::read(
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
              2 beginbfchar <0003> <0020> <0010> <00660069> endbfchar\n\
              3 beginbfrange <0024> <0026> <0041> <0030> <0031> [<1EA1> <1EA3>] <0040> <0041> <D83DDE00> endbfrange\n\
              1 begincidrange <0100> <01FF> 7 endcidrange 1 begincidchar <05> 9 endcidchar",
        );
        assert_eq!(map.spaces, [(2, 0, 0xFFFF)]);
        let text = |code| map.text(code);
        assert_eq!(text(3).as_deref(), Some(" "));
        assert_eq!(text(0x10).as_deref(), Some("fi"));
        assert_eq!(text(0x26).as_deref(), Some("C"));
        assert_eq!(text(0x31).as_deref(), Some("ả"));
        assert_eq!(text(0x41).as_deref(), Some("\u{1f601}"));
        assert_eq!((text(0x27), text(0x99)), (None, None));
        assert_eq!((map.glyph(0x102), map.glyph(5)), (Some(9), Some(9)));
        assert_eq!(map.glyph(0x200), None);
    }

    #[test]
    fn nonsense_is_passed_over() {
        for text in [
            "beginbfchar",
            "beginbfrange <01> <02>",
            "beginbfchar 1 2 <> <>",
            "beginbfrange <00> <FFFFFFFF> <0041>",
        ] {
            let map = CMap::read(text.as_bytes());
            assert!(map.text(7).is_none_or(|text| text == "H"));
        }
    }
}
