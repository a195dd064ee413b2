//! Objects as they are written (ISO 32000-1, 7.2 and 7.3).

use super::object::{Dict, Object, Word};

/// Arrays and dictionaries inside one another; real files stay below 10.
const MAX_DEPTH: usize = 48;
/// Values in one object. A font's list of widths has some thousand.
const MAX_VALUES: usize = 400_000;

/// Reads objects out of bytes. It never fails: what makes no sense is skipped, and it always moves on.
pub struct Lexer<'a> {
    bytes: &'a [u8],
    /// Where it stands.
    pub at: usize,
    /// Whether `5 0 R` is a reference; in a page's content it is not.
    refs: bool,
    left: usize,
}

impl<'a> Lexer<'a> {
    /// Reads a file, or an object in it, from an offset.
    pub fn new(bytes: &'a [u8], at: usize) -> Self {
        Self {
            bytes,
            at,
            refs: true,
            left: MAX_VALUES,
        }
    }

    /// Reads the operators of a page, or a table of codes: there are no references in them.
    pub fn content(bytes: &'a [u8]) -> Self {
        Self {
            refs: false,
            ..Self::new(bytes, 0)
        }
    }

    /// The next value or word; none at the end.
    pub fn next(&mut self) -> Option<Object> {
        self.left = MAX_VALUES;
        self.value(0)
    }

    /// Moves over blanks and comments.
    pub fn skip_blanks(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self
                    .peek()
                    .is_some_and(|byte| !matches!(byte, b'\r' | b'\n'))
                {
                    self.at += 1;
                }
            } else if is_blank(byte) {
                self.at += 1;
            } else {
                break;
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn value(&mut self, depth: usize) -> Option<Object> {
        self.skip_blanks();
        let byte = self.peek()?;
        self.left = self.left.checked_sub(1)?;
        let two = self.bytes.get(self.at..self.at + 2);
        Some(match byte {
            b'/' => {
                self.at += 1;
                Object::Name(self.name())
            }
            b'(' => Object::Text(self.literal()),
            b'<' if two == Some(b"<<") && depth < MAX_DEPTH => {
                self.at += 2;
                Object::Dict(self.entries(depth + 1))
            }
            b'<' if two != Some(b"<<") => Object::Text(self.hexadecimal()),
            b'[' if depth < MAX_DEPTH => {
                self.at += 1;
                Object::Array(self.values(depth + 1))
            }
            b'0'..=b'9' | b'+' | b'-' | b'.' => self.number_or_ref(),
            _ if is_regular(byte) => {
                let start = self.at;
                while self.peek().is_some_and(is_regular) {
                    self.at += 1;
                }
                match &self.bytes[start..self.at] {
                    b"null" => Object::Null,
                    word => Object::Word(Word::new(word)),
                }
            }
            _ => {
                self.at += 1;
                Object::Word(Word::new(&[byte]))
            }
        })
    }

    fn values(&mut self, depth: usize) -> Vec<Object> {
        let mut values = Vec::new();
        while let Some(value) = self.value(depth) {
            match value {
                Object::Word(word) if word.bytes() == b"]" => break,
                // The bracket was never closed.
                Object::Word(word) if matches!(word.bytes(), b"endobj" | b"stream") => break,
                Object::Word(_) => {}
                value => values.push(value),
            }
        }
        values
    }

    fn entries(&mut self, depth: usize) -> Dict {
        let mut dict = Dict::default();
        loop {
            self.skip_blanks();
            if self.bytes[self.at.min(self.bytes.len())..].starts_with(b">>") {
                self.at += 2;
                return dict;
            }
            let before = self.at;
            match self.value(depth) {
                None => return dict,
                Some(Object::Name(key)) => {
                    self.skip_blanks();
                    if self.peek() == Some(b'>') {
                        continue;
                    }
                    match self.value(depth) {
                        None => return dict,
                        Some(value) => dict.set(key, value),
                    }
                }
                Some(Object::Word(word)) if matches!(word.bytes(), b"endobj" | b"stream") => {
                    self.at = before;
                    return dict;
                }
                Some(_) => {}
            }
        }
    }

    fn name(&mut self) -> Vec<u8> {
        let mut name = Vec::new();
        while let Some(byte) = self.peek().filter(|byte| is_regular(*byte)) {
            self.at += 1;
            let pair = self.bytes.get(self.at..self.at + 2);
            match pair.and_then(|pair| Some(hex(pair[0])? * 16 + hex(pair[1])?)) {
                Some(code) if byte == b'#' => {
                    name.push(code);
                    self.at += 2;
                }
                _ => name.push(byte),
            }
        }
        name
    }

    fn literal(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut text = Vec::new();
        let mut open = 1_usize;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' => {
                    open -= 1;
                    if open == 0 {
                        break;
                    }
                }
                b'\\' => {
                    self.escape(&mut text);
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
        text
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
            }
            b'\n' => {}
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit) = self.peek().filter(|byte| matches!(byte, b'0'..=b'7')) else {
                        break;
                    };
                    code = code * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                text.push(u8::try_from(code & 0xFF).unwrap_or_default());
            }
            other => text.push(other),
        }
    }

    fn hexadecimal(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut text = Vec::new();
        let mut half = None;
        while let Some(byte) = self.peek() {
            self.at += 1;
            if byte == b'>' {
                break;
            }
            let Some(digit) = hex(byte) else { continue };
            match half.take() {
                None => half = Some(digit),
                Some(high) => text.push(high * 16 + digit),
            }
        }
        text.extend(half.map(|high| high * 16));
        text
    }

    fn number_or_ref(&mut self) -> Object {
        let (number, whole) = self.number();
        let after = self.at;
        if self.refs && whole && number >= 0.0 {
            self.skip_blanks();
            if self.peek().is_some_and(|byte| byte.is_ascii_digit()) && self.number().1 {
                self.skip_blanks();
                let ends = |byte: Option<&u8>| byte.is_none_or(|byte| !is_regular(*byte));
                if self.peek() == Some(b'R') && ends(self.bytes.get(self.at + 1)) {
                    self.at += 1;
                    let number = Object::Number(number).count();
                    return number
                        .and_then(|number| u32::try_from(number).ok())
                        .map_or(Object::Null, Object::Ref);
                }
            }
            self.at = after;
        }
        Object::Number(number)
    }

    /// A number, and whether it is a whole one. Some writers put two signs, or a sign inside.
    fn number(&mut self) -> (f64, bool) {
        let (mut value, mut scale, mut negative) = (0.0, 0.0, false);
        let start = self.at;
        while let Some(byte) = self.peek() {
            match byte {
                b'-' if self.at == start => negative = true,
                b'+' | b'-' => {}
                b'.' if scale == 0.0 => scale = 1.0,
                b'0'..=b'9' if scale == 0.0 => value = value * 10.0 + f64::from(byte - b'0'),
                b'0'..=b'9' => {
                    scale /= 10.0;
                    value += scale * f64::from(byte - b'0');
                }
                _ => break,
            }
            self.at += 1;
        }
        (if negative { -value } else { value }, scale == 0.0)
    }
}

/// Whether a byte parts words.
pub fn is_blank(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_regular(byte: u8) -> bool {
    !is_blank(byte)
        && !matches!(
            byte,
            b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
        )
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Object {
        Lexer::new(text.as_bytes(), 0).next().unwrap()
    }

    #[test]
    fn values_are_read_as_they_are_written() {
        assert_eq!(one("-12.50"), Object::Number(-12.5));
        assert_eq!(one("% note\n /A#20B"), Object::Name(b"A B".to_vec()));
        assert_eq!(
            one(r"(a\(b\)\101(c)\n)"),
            Object::Text(b"a(b)A(c)\n".to_vec())
        );
        assert_eq!(one("<48 65 6C6>"), Object::Text(b"Hel`".to_vec()));
        assert_eq!(
            one("[1 0 R 2 3]"),
            Object::Array(vec![
                Object::Ref(1),
                Object::Number(2.0),
                Object::Number(3.0)
            ])
        );
        let dict = one("<</Type/Page/Kids[<</N 1>>]/Next 7 0 R>>");
        assert!(dict.dict().unwrap().is("Page"));
        assert_eq!(dict.dict().unwrap().raw("Next"), &Object::Ref(7));
        assert_eq!(Lexer::content(b"1 0 R").next(), Some(Object::Number(1.0)));
    }

    #[test]
    fn what_makes_no_sense_is_passed_over() {
        let deep = "[".repeat(200_000);
        assert!(Lexer::new(deep.as_bytes(), 0).next().is_some());
        assert!(
            Lexer::new("<<".repeat(200_000).as_bytes(), 0)
                .next()
                .is_some()
        );
        for text in [
            "<</A",
            "<</A>>",
            "[1 2",
            "(a",
            "<4",
            "<</A 1 endobj",
            ">>",
            "]",
        ] {
            let mut lexer = Lexer::new(text.as_bytes(), 0);
            while lexer.next().is_some() {}
            assert_eq!(lexer.at, text.len(), "{text}");
        }
    }
}
