//! Shows text: each code of a string as a letter in its place (ISO 32000-1, 9.3 and 9.4).

use std::rc::Rc;

use super::draw::{Numbers, Pen};
use super::font::Font;
use super::matrix::Matrix;
use super::object::{Dict, Object};
use super::sheet::{Glyph, turned_back};

/// Marked contents within one another.
const MOST_MARKS: usize = 256;

/// How text is set.
#[derive(Clone)]
pub struct TextState {
    pub font: Option<Rc<Font>>,
    pub size: f64,
    spread: f64,
    word_spread: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
    /// Filled and stroked: bold by other means.
    doubled: bool,
    hidden: bool,
    line: Matrix,
    matrix: Matrix,
}

impl Default for TextState {
    fn default() -> Self {
        Self {
            font: None,
            size: 0.0,
            spread: 0.0,
            word_spread: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            doubled: false,
            hidden: false,
            line: Matrix::SAME,
            matrix: Matrix::SAME,
        }
    }
}

/// Marked contents that are open.
#[derive(Default)]
pub struct Marks {
    open: Vec<Mark>,
    beyond: usize,
    repeated: bool,
}

struct Mark {
    repeated: bool,
    /// What its letters stand for instead of themselves, and whether that was already shown.
    actual: Option<(String, bool)>,
}

impl Marks {
    /// Begins a marked content.
    pub fn begin(&mut self, tag: Option<&Object>, about: Option<&Dict>) {
        if self.open.len() >= MOST_MARKS {
            self.beyond += 1;
            return;
        }
        let kind = about.and_then(|about| about.raw("Type").name());
        let artifact = tag.and_then(Object::name) == Some(b"Artifact");
        let actual = match about.map(|about| about.raw("ActualText")) {
            Some(Object::Text(bytes)) => Some((unicode(bytes), false)),
            _ => None,
        };
        self.open.push(Mark {
            repeated: artifact && kind == Some(b"Pagination"),
            actual,
        });
    }

    /// Ends the last one.
    pub fn end(&mut self) {
        if self.beyond > 0 {
            self.beyond -= 1;
        } else {
            self.open.pop();
        }
    }

    /// Takes over what is said about a form from the place where it is drawn.
    pub fn inherit(&mut self, outer: &Self) {
        self.repeated = outer.is_repeated();
    }

    fn is_repeated(&self) -> bool {
        self.repeated || self.open.iter().any(|mark| mark.repeated)
    }

    /// What a letter stands for where it is: itself, a text for several, or nothing more.
    fn actual(&mut self, text: String) -> String {
        let Some((actual, shown)) = self
            .open
            .iter_mut()
            .rev()
            .find_map(|mark| mark.actual.as_mut())
        else {
            return text;
        };
        if std::mem::replace(shown, true) {
            String::new()
        } else {
            actual.clone()
        }
    }
}

impl Pen<'_> {
    /// Carries out an operator of text; false if it is none.
    pub fn show(&mut self, operator: &[u8], operands: &[Object], values: &Numbers) -> bool {
        let value = |at: usize| values.at(at);
        let text = &mut self.state.text;
        match operator {
            b"BT" => (text.line, text.matrix) = (Matrix::SAME, Matrix::SAME),
            b"Tc" => text.spread = value(0),
            b"Tw" => text.word_spread = value(0),
            b"Tz" => text.stretch = value(0) / 100.0,
            b"TL" => text.leading = value(0),
            b"Ts" => text.rise = value(0),
            b"Tr" => {
                text.doubled = (1.5..2.5).contains(&value(0));
                text.hidden = (2.5..3.5).contains(&value(0));
            }
            b"Td" => text.next_line(value(0), value(1)),
            b"TD" => {
                text.leading = -value(1);
                text.next_line(value(0), value(1));
            }
            b"T*" => text.next_line(0.0, -text.leading),
            b"Tm" => {
                if let Some(matrix) = Matrix::of(values.all()) {
                    (text.line, text.matrix) = (matrix, matrix);
                }
            }
            b"Tj" | b"TJ" => self.strings(operands),
            b"'" => {
                text.next_line(0.0, -text.leading);
                self.strings(operands);
            }
            b"\"" => {
                (text.word_spread, text.spread) = (value(0), value(1));
                text.next_line(0.0, -text.leading);
                self.strings(&operands[2.min(operands.len())..]);
            }
            _ => return false,
        }
        true
    }

    fn strings(&mut self, values: &[Object]) {
        for value in values {
            match value {
                Object::Text(bytes) => self.string(bytes),
                Object::Array(parts) => self.strings(parts),
                Object::Number(back) => {
                    let text = &mut self.state.text;
                    let back = back.clamp(-1e6, 1e6);
                    let step = -back / 1000.0 * text.size * text.stretch;
                    text.matrix = Matrix::shift(step, 0.0).then(text.matrix);
                }
                _ => {}
            }
        }
    }

    fn string(&mut self, bytes: &[u8]) {
        let Some(font) = self.state.text.font.clone() else {
            return;
        };
        let mut rest = bytes;
        while !rest.is_empty() && !self.is_full() {
            let (shown, length) = font.first(rest);
            rest = &rest[length.max(1).min(rest.len())..];
            let text = &self.state.text;
            let spread = text.spread + if shown.blank { text.word_spread } else { 0.0 };
            let step = (shown.width * text.size + spread) * text.stretch;
            let shown = self.marks.actual(shown.text);
            self.place(&font, shown, step);
            let text = &mut self.state.text;
            text.matrix = Matrix::shift(step, 0.0).then(text.matrix);
        }
    }

    /// Puts a letter on the sheet where the text stands.
    fn place(&mut self, font: &Font, text: String, step: f64) {
        let set = &self.state.text;
        let matrix = set.matrix.then(self.state.matrix);
        let start = matrix.apply([0.0, set.rise]);
        let end = matrix.apply([step, set.rise]);
        let [across, down, slant, up, ..] = matrix.0;
        let size = set.size.abs() * slant.hypot(up);
        let sign = (set.size * set.stretch).signum();
        // Only upright text or text turned by quarters; stamps across the page are no part of it.
        let [across, down] = [across * sign, down * sign];
        let turn = if down.abs() < 0.1 * across {
            0
        } else if across.abs() < 0.1 * down {
            1
        } else if down.abs() < -0.1 * across {
            2
        } else if across.abs() < -0.1 * down {
            3
        } else {
            return;
        };
        let seen = start[0] > -1.0
            && start[0] < self.sheet.width + 1.0
            && start[1] > -1.0
            && start[1] < self.sheet.height + size;
        if !seen || !(0.5..2_000.0).contains(&size) || !end.iter().all(|part| part.is_finite()) {
            return;
        }
        let (width, height) = (self.sheet.width, self.sheet.height);
        let [from, y] = turned_back(start, turn, width, height);
        let [to, _] = turned_back(end, turn, width, height);
        self.sheet.glyphs.push(Glyph {
            text,
            x: [from, to],
            y,
            size,
            bold: font.bold || set.doubled,
            face: font.legacy,
            turn,
            hidden: set.hidden,
            repeated: self.marks.is_repeated(),
        });
    }
}

impl TextState {
    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::shift(x, y).then(self.line);
        self.matrix = self.line;
    }
}

/// A text string (7.9.2.2): UTF-16 if it says so, else nearly Latin-1.
fn unicode(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units = rest
                .chunks_exact(2)
                .map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units)
                .map(Result::unwrap_or_default)
                .collect()
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}
