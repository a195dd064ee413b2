//! How far a code moves the pen, in ems (ISO 32000-1, 9.2.4 and 9.7.4.3).

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::super::file::File;
use super::super::object::{Dict, Object};

/// Entries of a table of widths.
const MOST: usize = 100_000;

/// The widths of ASCII in Times, from the blank on, in thousandths: fonts that every reader has need not bring their own.
const TIMES: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500,
    500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611,
    556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722,
    722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500,
    278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
];

/// The widths of a font.
#[derive(Debug, Default)]
pub struct Widths {
    /// The first of a range, then the last and either one width for all or one for each.
    ranges: BTreeMap<u32, (u32, Vec<f64>)>,
    missing: Option<f64>,
    unit: f64,
}

impl Widths {
    /// Those of a simple font. In a Type 3 font the unit is its own.
    pub fn simple(file: &File, font: &Dict, descriptor: &Dict, unit: f64) -> Self {
        let mut widths = Self {
            unit,
            ..Self::default()
        };
        let first = file.resolve(font.raw("FirstChar")).count().unwrap_or(0);
        let each: Vec<f64> = file
            .resolve(font.raw("Widths"))
            .array()
            .iter()
            .take(256)
            .map(|width| file.resolve(width).number().unwrap_or(0.0))
            .collect();
        if let (false, Ok(first)) = (each.is_empty(), u32::try_from(first)) {
            let length = u32::try_from(each.len()).unwrap_or_default();
            widths.missing = descriptor.raw("MissingWidth").number();
            widths
                .ranges
                .insert(first, (first.saturating_add(length - 1), each));
        }
        widths
    }

    /// Those of a composite font, by glyph.
    pub fn composite(file: &File, descendant: &Dict) -> Self {
        let mut widths = Self {
            unit: 0.001,
            missing: Some(
                file.resolve(descendant.raw("DW"))
                    .number()
                    .unwrap_or(1000.0),
            ),
            ..Self::default()
        };
        let table = file.resolve(descendant.raw("W"));
        let mut at = 0;
        let values = table.array();
        let code = |at: usize| {
            let number = values.get(at).and_then(Object::count)?;
            u32::try_from(number).ok()
        };
        while at + 1 < values.len() && widths.ranges.len() < MOST {
            let Some(first) = code(at) else {
                at += 1;
                continue;
            };
            if let Some(last) = code(at + 1) {
                let width = values.get(at + 2).and_then(Object::number).unwrap_or(0.0);
                widths.ranges.insert(first, (last, vec![width]));
                at += 3;
            } else {
                let each: Vec<f64> = file
                    .resolve(&values[at + 1])
                    .array()
                    .iter()
                    .map(|width| width.number().unwrap_or(0.0))
                    .collect();
                let length = u32::try_from(each.len()).unwrap_or(u32::MAX);
                if length == 1 {
                    widths.ranges.insert(first, (first, each));
                } else if length > 1 {
                    let last = first.saturating_add(length - 1);
                    widths.ranges.insert(first, (last, each));
                }
                at += 2;
            }
        }
        widths
    }

    /// The width of a code or glyph. The text helps where the file does not say.
    pub fn of(&self, code: u32, text: &str) -> f64 {
        let found = self
            .ranges
            .range(..=code)
            .next_back()
            .filter(|(_, (last, _))| code <= *last)
            .and_then(|(first, (_, each))| match each.as_slice() {
                [all] => Some(*all),
                each => each.get(usize::try_from(code - first).ok()?).copied(),
            });
        match found.or(self.missing) {
            Some(width) => width.clamp(-10_000.0, 10_000.0) * self.unit,
            None => typical(text),
        }
    }
}

/// The width in Times; letters with marks are as wide as those without.
fn typical(text: &str) -> f64 {
    text.nfd()
        .filter(|letter| letter.is_ascii_graphic() || *letter == ' ')
        .map(|letter| f64::from(TIMES[letter as usize - 32]) / 1000.0)
        .sum()
}

#[cfg(test)]
mod tests {
    use super::super::super::lexer::Lexer;
    use super::*;

    #[test]
    fn widths_of_both_kinds_are_found() {
        let file = File::open(b"%PDF-1.4").unwrap();
        let dict = |text: &str| match Lexer::new(text.as_bytes(), 0).next() {
            Some(Object::Dict(dict)) => dict,
            other => panic!("{other:?}"),
        };
        let near = |one: f64, other: f64| (one - other).abs() < 1e-9;
        let font = dict("<</FirstChar 65/Widths[700 600]>>");
        let simple = Widths::simple(&file, &font, &Dict::default(), 0.001);
        assert!(near(simple.of(66, "B"), 0.6) && near(simple.of(99, "c"), 0.444));
        let none = Widths::simple(&file, &Dict::default(), &Dict::default(), 0.001);
        assert!(near(none.of(0, "ệ"), 0.444) && near(none.of(0, "A "), 0.972));
        let composite = Widths::composite(
            &file,
            &dict("<</DW 500/W[3[250 300] 10 3000000000 777 9 [1]]>>"),
        );
        assert!(near(composite.of(4, ""), 0.3) && near(composite.of(5, ""), 0.5));
        assert!(near(composite.of(123_456, ""), 0.777));
        let huge = dict("<</FirstChar 9999999999/Widths[1]>>");
        assert!(near(
            Widths::simple(&file, &huge, &Dict::default(), 0.001).of(65, "A"),
            0.722
        ));
    }
}
