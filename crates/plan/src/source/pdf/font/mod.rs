//! Fonts: from the codes of a page to letters and their widths (ISO 32000-1, 9.5 to 9.10).

mod cmap;
mod encoding;
mod names;
mod program;
mod width;

use std::collections::HashMap;

use super::file::File;
use super::object::{Dict, Object};
use crate::source::legacy;
use cmap::CMap;
use encoding::Encoding;
use width::Widths;

/// What stands for a letter that the file does not tell.
pub const UNKNOWN: &str = "\u{fffd}";

/// A font of a page.
pub struct Font {
    /// Whether its letters are bold.
    pub bold: bool,
    /// The old encoding that its name tells, if its letters are not Unicode's.
    pub legacy: Option<legacy::Face>,
    codes: Codes,
    unicode: Option<CMap>,
    widths: Widths,
    /// Bullets and arrows in the places of letters: Symbol, Wingdings.
    symbols: bool,
}

enum Codes {
    /// One byte each.
    Simple(HashMap<u8, String>),
    /// One to four bytes, by glyph.
    Composite {
        spaces: Vec<(usize, u32, u32)>,
        glyphs: Option<CMap>,
        /// The codes are Unicode themselves.
        unicode: bool,
        /// Which glyph of the program a number means, if not the one of the same number.
        order: Vec<u8>,
        letters: HashMap<u16, char>,
    },
}

/// A code that was shown.
pub struct Shown {
    pub text: String,
    /// In ems.
    pub width: f64,
    /// Whether the space between words is added to it: only to the one-byte code 32.
    pub blank: bool,
}

impl Font {
    /// Reads a font.
    pub fn read(file: &File, dict: &Dict) -> Self {
        let descendant = file
            .resolve(dict.raw("DescendantFonts"))
            .array()
            .first()
            .and_then(|first| file.dict(first));
        let inner = descendant.as_ref().unwrap_or(dict);
        let descriptor = file.dict(inner.raw("FontDescriptor")).unwrap_or_default();
        let name = base_name(file, dict);
        let unicode = file
            .unpack(dict.raw("ToUnicode"))
            .map(|bytes| CMap::read(&bytes))
            .filter(|map| !map.has_no_text());
        let (codes, widths) = if let Some(descendant) = &descendant {
            let codes = composite(file, dict, descendant, &descriptor, unicode.is_none());
            (codes, Widths::composite(file, descendant))
        } else {
            let scale = file.resolve(dict.raw("FontMatrix"));
            let unit = scale.array().first().and_then(Object::number);
            let widths = Widths::simple(file, dict, &descriptor, unit.unwrap_or(0.001));
            (
                Codes::Simple(simple(file, dict, &descriptor, &name)),
                widths,
            )
        };
        Self {
            bold: is_bold(file, &name, &descriptor),
            legacy: legacy::Face::named(&name),
            symbols: is_symbols(&name),
            codes,
            unicode,
            widths,
        }
    }

    /// The font that stands in for one that a page uses and does not have.
    pub fn missing() -> Self {
        Self {
            bold: false,
            legacy: None,
            codes: Codes::Simple(by_encoding(Encoding::Windows)),
            unicode: None,
            widths: Widths::default(),
            symbols: false,
        }
    }

    /// The first code of a string that is shown, and how many bytes it has.
    pub fn first(&self, bytes: &[u8]) -> (Shown, usize) {
        let (code, length) = self.code(bytes);
        let text = match self.unicode.as_ref().and_then(|map| map.text(code)) {
            Some(text) if !text.chars().all(program::is_private) => Some(text),
            private => self.known(code).or(private),
        };
        let text = text.map_or_else(|| UNKNOWN.to_owned(), |text| self.plain(&text));
        let shown = Shown {
            width: self.widths.of(self.glyph(code), &text),
            blank: length == 1 && code == 32,
            text,
        };
        (shown, length)
    }

    fn code(&self, bytes: &[u8]) -> (u32, usize) {
        let number = |length: usize| {
            bytes[..length]
                .iter()
                .fold(0_u32, |code, byte| code << 8 | u32::from(*byte))
        };
        let Codes::Composite { spaces, .. } = &self.codes else {
            return (number(1), 1);
        };
        for length in 1..=4.min(bytes.len()) {
            let code = number(length);
            let fits = |(size, first, last): &(usize, u32, u32)| {
                *size == length && (*first..=*last).contains(&code)
            };
            if spaces.iter().any(fits) {
                return (code, length);
            }
        }
        let length = spaces.first().map_or(2, |space| space.0).min(bytes.len());
        (number(length), length)
    }

    fn glyph(&self, code: u32) -> u32 {
        match &self.codes {
            Codes::Composite {
                glyphs: Some(map), ..
            } => map.glyph(code).unwrap_or(0),
            _ => code,
        }
    }

    fn known(&self, code: u32) -> Option<String> {
        match &self.codes {
            Codes::Simple(texts) => texts.get(&u8::try_from(code).ok()?).cloned(),
            Codes::Composite { unicode: true, .. } => char::from_u32(code).map(String::from),
            Codes::Composite { order, letters, .. } => {
                let number = usize::try_from(self.glyph(code)).ok()?;
                let glyph = match order.get(number * 2..number * 2 + 2) {
                    Some(pair) => u16::from_be_bytes([pair[0], pair[1]]),
                    None => u16::try_from(number).ok()?,
                };
                letters.get(&glyph).map(char::to_string)
            }
        }
    }

    /// The text without what only a font understands, and without ligatures.
    fn plain(&self, text: &str) -> String {
        let mut plain = String::with_capacity(text.len());
        for letter in text.chars() {
            let code = u8::try_from(u32::from(letter) & 0xFF).unwrap_or_default();
            match letter {
                'ﬀ' => plain.push_str("ff"),
                'ﬁ' => plain.push_str("fi"),
                'ﬂ' => plain.push_str("fl"),
                'ﬃ' => plain.push_str("ffi"),
                'ﬄ' => plain.push_str("ffl"),
                '\u{f000}'..='\u{f0ff}' => plain.push(symbol(code)),
                _ if self.symbols && !letter.is_whitespace() && u32::from(letter) < 256 => {
                    plain.push(symbol(code));
                }
                // Made to be invisible: joiners, marks of direction, the byte-order mark.
                '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
                letter if letter.is_control() => plain.push(' '),
                letter => plain.push(letter),
            }
        }
        plain
    }
}

/// What a sign of Symbol or Wingdings means at the head of a line; letters stay.
fn symbol(code: u8) -> char {
    match code {
        0x20 => ' ',
        0x2D => '-',
        0x2B => '+',
        0x30..=0x39 | 0x28 | 0x29 | 0x2C | 0x2E | 0x2F => char::from(code),
        0xE0 | 0xE8 | 0xF0 => '→',
        0xFC | 0xFE => '✓',
        _ => '•',
    }
}

fn base_name(file: &File, dict: &Dict) -> String {
    let name = file.resolve(dict.raw("BaseFont"));
    let name = String::from_utf8_lossy(name.name().unwrap_or_default()).into_owned();
    // 'ABCDEF+Times': only some of the letters are in the file.
    match name.split_once('+') {
        Some((subset, rest)) if subset.len() == 6 => rest.to_owned(),
        _ => name,
    }
}

fn is_bold(file: &File, name: &str, descriptor: &Dict) -> bool {
    let lower = name.to_lowercase();
    let named = ["bold", "black", "heavy", "demi", "-bd", "đậm"];
    let weight = file.resolve(descriptor.raw("FontWeight")).number();
    let flags = file.resolve(descriptor.raw("Flags")).count().unwrap_or(0);
    named.iter().any(|word| lower.contains(word))
        || weight.is_some_and(|weight| weight >= 600.0)
        || flags & (1 << 18) != 0
}

fn is_symbols(name: &str) -> bool {
    let lower = name.to_lowercase();
    ["symbol", "wingdings", "webdings", "dingbats"]
        .iter()
        .any(|word| lower.starts_with(word))
}

fn by_encoding(encoding: Encoding) -> HashMap<u8, String> {
    (0..=255)
        .filter_map(|code| Some((code, encoding.letter(code)?.to_string())))
        .collect()
}

fn simple(file: &File, dict: &Dict, descriptor: &Dict, name: &str) -> HashMap<u8, String> {
    let encoding = file.resolve(dict.raw("Encoding"));
    let own = encoding.dict();
    let base = own.map_or(&encoding, |own| own.raw("BaseEncoding"));
    let base = base.name().and_then(Encoding::named);
    let mut texts = match base {
        Some(base) => by_encoding(base),
        None => built_in(file, dict, descriptor, name),
    };
    let mut code = 0_usize;
    let differences = own.map_or(Object::Null, |own| file.resolve(own.raw("Differences")));
    for value in differences.array() {
        if let Some(first) = value.count() {
            code = first;
        } else if let Some(name) = value.name() {
            if let Ok(code) = u8::try_from(code) {
                let name = std::str::from_utf8(name).unwrap_or_default();
                match names::text(name) {
                    Some(text) => drop(texts.insert(code, text)),
                    // A name that says nothing, in place of a letter that was another.
                    None if base.is_some() => drop(texts.remove(&code)),
                    None => {}
                }
            }
            code += 1;
        }
    }
    texts
}

/// The encoding of the font program itself, over the one that is usual.
fn built_in(file: &File, dict: &Dict, descriptor: &Dict, name: &str) -> HashMap<u8, String> {
    let true_type = dict.raw("Subtype").name() == Some(b"TrueType");
    let type3 = dict.raw("Subtype").name() == Some(b"Type3");
    let mut texts = match (true_type, type3, is_symbols(name)) {
        (_, true, _) => HashMap::new(),
        (true, ..) | (_, _, true) => by_encoding(Encoding::Windows),
        _ => by_encoding(Encoding::Standard),
    };
    // Where ToUnicode says everything the program is not asked.
    if *dict.raw("ToUnicode") == Object::Null {
        if let Some(program) = file.unpack(descriptor.raw("FontFile2")) {
            texts.extend(program::simple(&program));
        } else if let Some(program) = file.unpack(descriptor.raw("FontFile3")) {
            texts.extend(program::compact(&program));
        } else if let Some(program) = file.unpack(descriptor.raw("FontFile")) {
            texts.extend(program::type1(&program));
        }
    }
    texts
}

fn composite(
    file: &File,
    dict: &Dict,
    descendant: &Dict,
    descriptor: &Dict,
    ask_program: bool,
) -> Codes {
    let encoding = file.resolve(dict.raw("Encoding"));
    let named = String::from_utf8_lossy(encoding.name().unwrap_or_default()).into_owned();
    let unicode = named.starts_with("Uni") && (named.contains("UCS2") || named.contains("UTF16"));
    let map = file.unpack(&encoding).map(|bytes| CMap::read(&bytes));
    let spaces = match &map {
        Some(map) if !map.spaces.is_empty() => map.spaces.clone(),
        _ => vec![(2, 0, 0xFFFF)],
    };
    let letters = ["FontFile2", "FontFile3"]
        .iter()
        .filter(|_| ask_program && !unicode)
        .find_map(|key| file.unpack(descriptor.raw(key)))
        .map(|program| program::letters(&program))
        .unwrap_or_default();
    Codes::Composite {
        spaces,
        glyphs: map,
        unicode,
        order: file
            .unpack(descendant.raw("CIDToGIDMap"))
            .unwrap_or_default(),
        letters,
    }
}
