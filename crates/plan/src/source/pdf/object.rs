//! PDF's objects (ISO 32000-1, 7.3).

use std::collections::HashMap;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Object {
    Null,
    Number(f64),
    /// Without its slash.
    Name(Vec<u8>),
    Text(Vec<u8>),
    Array(Vec<Object>),
    Dict(Dict),
    /// The number of another object. Generations are not told apart: the last one written counts.
    Ref(u32),
    /// Anything else: `true`, `obj`, an operator.
    Word(Word),
    /// A dictionary with bytes behind it, from and up to an offset in the file.
    Stream(Box<Stream>),
}

/// A keyword or operator. It is kept in place, for a page has ten thousands of them; none that is known is longer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Word {
    bytes: [u8; 22],
    length: u8,
}

impl Word {
    /// The beginning of some bytes.
    pub fn new(word: &[u8]) -> Self {
        let mut bytes = [0; 22];
        let length = word.len().min(bytes.len());
        bytes[..length].copy_from_slice(&word[..length]);
        Self {
            bytes,
            length: u8::try_from(length).unwrap_or_default(),
        }
    }

    /// Its letters.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.length)]
    }
}

/// A dictionary with bytes behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct Stream {
    pub dict: Dict,
    /// Where its bytes are in the file.
    pub range: std::ops::Range<usize>,
    /// Its object and generation number, which salt its cipher.
    pub id: (u32, u16),
}

/// Names and what they stand for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dict(HashMap<Vec<u8>, Object>);

impl Dict {
    /// The value as it is written; [`Object::Null`] if there is none.
    pub fn raw(&self, key: &str) -> &Object {
        self.named(key.as_bytes())
    }

    /// The same for a name out of the file.
    pub fn named(&self, key: &[u8]) -> &Object {
        self.0.get(key).unwrap_or(&Object::Null)
    }

    /// Puts a value in.
    pub fn set(&mut self, key: Vec<u8>, value: Object) {
        self.0.insert(key, value);
    }

    /// Whether its `Type` is this.
    pub fn is(&self, kind: &str) -> bool {
        self.raw("Type").name() == Some(kind.as_bytes())
    }
}

impl Object {
    /// The number, if it is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) if number.is_finite() => Some(*number),
            _ => None,
        }
    }

    /// The number as a count or an object's number.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // checked
    pub fn count(&self) -> Option<usize> {
        self.number()
            .filter(|number| (0.0..4e9).contains(number))
            .map(|number| number as usize)
    }

    /// The name, if it is one.
    pub fn name(&self) -> Option<&[u8]> {
        match self {
            Self::Name(name) => Some(name),
            _ => None,
        }
    }

    /// The dictionary, also that of a stream.
    pub fn dict(&self) -> Option<&Dict> {
        match self {
            Self::Dict(dict) => Some(dict),
            Self::Stream(stream) => Some(&stream.dict),
            _ => None,
        }
    }

    /// The values of an array; nothing for anything else.
    pub fn array(&self) -> &[Object] {
        match self {
            Self::Array(values) => values,
            _ => &[],
        }
    }

    /// Whether it is this word.
    pub fn is_word(&self, word: &str) -> bool {
        matches!(self, Self::Word(own) if own.bytes() == word.as_bytes())
    }
}
