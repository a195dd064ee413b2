//! A PDF file: where its objects are, and what they are (ISO 32000-1, 7.5).
//!
//! The file's own table of offsets is not looked at. Objects are found by going through the file once,
//! which reads a whole file and a damaged one alike; of two with one number the later counts, as it does
//! when a file was changed by appending to it.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use super::filter;
use super::lexer::{Lexer, is_blank};
use super::object::{Dict, Object, Stream};
use crate::error::PdfFault;

/// What all streams of a file may unpack to, each time one is read. A page of text has some kilobytes.
const MOST_UNPACKED: usize = 128 * 1024 * 1024;
/// What one of them may.
const MOST_IN_STREAM: usize = 32 * 1024 * 1024;

/// An opened file.
pub struct File<'a> {
    bytes: &'a [u8],
    places: HashMap<u32, Place>,
    trailer: Dict,
    packed: RefCell<HashMap<u32, Rc<Vec<u8>>>>,
    unpacked: Cell<usize>,
}

#[derive(Clone, Copy)]
enum Place {
    /// Behind the word `obj` at this offset.
    File(usize),
    /// In an unpacked stream of objects, at this offset.
    Stream(u32, usize),
}

impl<'a> File<'a> {
    /// Finds the objects of a file.
    pub fn open(bytes: &'a [u8]) -> Result<Self, PdfFault> {
        let mut file = Self {
            bytes,
            places: HashMap::new(),
            trailer: Dict::default(),
            packed: RefCell::default(),
            unpacked: Cell::new(0),
        };
        let (found, trailers) = file.scan();
        for (number, at, _) in &found {
            file.places.insert(*number, Place::File(*at));
        }
        if trailers
            .iter()
            .any(|trailer| *trailer.raw("Encrypt") != Object::Null)
        {
            return Err(PdfFault::Encrypted);
        }
        for (number, at, of_objects) in found {
            file.places.insert(number, Place::File(at));
            if of_objects {
                file.add_packed(number);
            }
        }
        let rooted = |trailer: &&Dict| file.dict(trailer.raw("Root")).is_some();
        let trailer = trailers.iter().rev().find(rooted).cloned();
        file.trailer = trailer.unwrap_or_default();
        Ok(file)
    }

    /// The root of the document.
    pub fn catalog(&self) -> Dict {
        self.dict(self.trailer.raw("Root"))
            .filter(|root| *root.raw("Pages") != Object::Null)
            .or_else(|| self.find("Catalog").next())
            .unwrap_or_default()
    }

    /// All dictionaries of a type, in the order of the file.
    pub fn find<'f>(&'f self, kind: &'f str) -> impl Iterator<Item = Dict> + 'f {
        let mut numbers: Vec<(usize, usize, u32)> = self
            .places
            .iter()
            .map(|(number, place)| match *place {
                Place::File(at) => (at, 0, *number),
                Place::Stream(stream, at) => match self.places.get(&stream) {
                    Some(Place::File(outer)) => (*outer, at, *number),
                    _ => (usize::MAX, at, *number),
                },
            })
            .collect();
        numbers.sort_unstable();
        numbers
            .into_iter()
            .filter_map(|(_, _, number)| self.dict(&Object::Ref(number)))
            .filter(move |dict| dict.is(kind))
    }

    /// What a value stands for, references followed.
    pub fn resolve(&self, value: &Object) -> Object {
        let mut value = value.clone();
        for _ in 0..16 {
            match value {
                Object::Ref(number) => value = self.get(number).unwrap_or(Object::Null),
                other => return other,
            }
        }
        Object::Null
    }

    /// The dictionary that a value stands for.
    pub fn dict(&self, value: &Object) -> Option<Dict> {
        match self.resolve(value) {
            Object::Dict(dict) => Some(dict),
            Object::Stream(stream) => Some(stream.dict),
            _ => None,
        }
    }

    /// The bytes of a stream that a value stands for, unpacked.
    pub fn unpack(&self, value: &Object) -> Option<Vec<u8>> {
        match self.resolve(value) {
            Object::Stream(stream) => self.unpack_stream(&stream),
            _ => None,
        }
    }

    /// Counts work that was done without unpacking anything, a byte of content at a time.
    pub fn spend(&self, bytes: usize) {
        self.unpacked.set(self.unpacked.get().saturating_add(bytes));
    }

    /// Whether more was unpacked than any document holds. From here on nothing is.
    pub fn is_spent(&self) -> bool {
        self.unpacked.get() >= MOST_UNPACKED
    }

    fn unpack_stream(&self, stream: &Stream) -> Option<Vec<u8>> {
        let bytes = self.bytes.get(stream.range.clone())?;
        let left = MOST_UNPACKED.saturating_sub(self.unpacked.get());
        let dict = &stream.dict;
        let either = |long, short| match dict.raw(long) {
            Object::Null => self.resolve(dict.raw(short)),
            value => self.resolve(value),
        };
        let options = match either("DecodeParms", "DP") {
            Object::Array(each) => {
                Object::Array(each.iter().map(|one| self.resolve(one)).collect())
            }
            one => one,
        };
        let filters = filter::named(&either("Filter", "F"), &options);
        let unpacked = filter::unpack(bytes.to_vec(), &filters, left.min(MOST_IN_STREAM))?;
        self.spend(unpacked.len() + bytes.len());
        Some(unpacked)
    }

    fn get(&self, number: u32) -> Option<Object> {
        if self.is_spent() {
            return None;
        }
        match *self.places.get(&number)? {
            Place::File(at) => Some(self.read(number, at).0),
            Place::Stream(stream, at) => {
                let packed = self.packed.borrow().get(&stream).cloned()?;
                let mut lexer = Lexer::new(&packed, at);
                let object = lexer.next();
                self.spend(lexer.at - at);
                object
            }
        }
    }

    /// The object behind the word `obj`, and where it ends.
    fn read(&self, number: u32, at: usize) -> (Object, usize) {
        let mut lexer = Lexer::new(self.bytes, at);
        let object = lexer.next().unwrap_or(Object::Null);
        self.spend(lexer.at - at);
        let Object::Dict(dict) = object else {
            return (object, lexer.at);
        };
        lexer.skip_blanks();
        let rest = self.bytes.get(lexer.at..).unwrap_or_default();
        let Some(body) = rest.strip_prefix(b"stream") else {
            return (Object::Dict(dict), lexer.at);
        };
        let body = body.strip_prefix(b"\r").unwrap_or(body);
        let body = body.strip_prefix(b"\n").unwrap_or(body);
        let start = self.bytes.len() - body.len();
        let length = match dict.raw("Length") {
            // Only one step: the length of a length's stream would go round in circles.
            Object::Ref(other) => match self.places.get(other) {
                Some(Place::File(at)) => Lexer::new(self.bytes, *at).next(),
                _ => None,
            },
            value => Some(value.clone()),
        };
        let end = length
            .and_then(|length| length.count())
            .and_then(|length| start.checked_add(length))
            .filter(|end| self.closes(*end))
            .unwrap_or_else(|| {
                let end = find(&self.bytes[start..], b"endstream");
                let end = end.map_or(self.bytes.len(), |end| start + end);
                self.spend(end - start);
                end
            });
        let stream = Stream {
            dict,
            range: start..end,
            id: (number, 0),
        };
        (Object::Stream(Box::new(stream)), end)
    }

    fn closes(&self, end: usize) -> bool {
        let Some(rest) = self.bytes.get(end..) else {
            return false;
        };
        let blanks = rest.iter().take_while(|byte| is_blank(**byte)).count();
        rest[blanks..].starts_with(b"endstream")
    }

    /// Every object with its number, its offset and whether it is a stream of objects; every trailer.
    fn scan(&self) -> (Vec<(u32, usize, bool)>, Vec<Dict>) {
        let (mut found, mut trailers) = (Vec::new(), Vec::new());
        let mut at = 0;
        while let Some(next) = find(&self.bytes[at..], b"obj") {
            let start = at + next + 3;
            // A trailer stands between objects, never in one.
            trailers.extend(self.trailers(at, start));
            at = start;
            let Some(number) = number_before(&self.bytes[..start - 3]) else {
                continue;
            };
            let (object, end) = self.read(number, start);
            let of_objects = match &object {
                Object::Stream(stream) if stream.dict.is("XRef") => {
                    trailers.push(stream.dict.clone());
                    false
                }
                Object::Stream(stream) => stream.dict.is("ObjStm"),
                _ => false,
            };
            found.push((number, start, of_objects));
            at = at.max(end.min(self.bytes.len()));
        }
        trailers.extend(self.trailers(at, self.bytes.len()));
        (found, trailers)
    }

    fn trailers(&self, from: usize, to: usize) -> Option<Dict> {
        let at = from + find(self.bytes.get(from..to)?, b"trailer")? + 7;
        match Lexer::new(self.bytes, at).next()? {
            Object::Dict(dict) => Some(dict),
            _ => None,
        }
    }

    /// The objects in a stream of objects (7.5.7): pairs of number and offset, then the objects.
    fn add_packed(&mut self, number: u32) {
        let Some(Object::Stream(stream)) = self.get(number) else {
            return;
        };
        let Some(bytes) = self.unpack_stream(&stream) else {
            return;
        };
        let first = self.resolve(stream.dict.raw("First")).count().unwrap_or(0);
        let mut pairs = Lexer::content(&bytes[..first.min(bytes.len())]);
        while let (Some(inner), Some(offset)) = (pairs.next(), pairs.next()) {
            let (Some(inner), Some(offset)) = (inner.count(), offset.count()) else {
                break;
            };
            if let Ok(inner) = u32::try_from(inner)
                && inner != number
                && first + offset < bytes.len()
            {
                self.places
                    .insert(inner, Place::Stream(number, first + offset));
            }
        }
        self.packed.borrow_mut().insert(number, Rc::new(bytes));
    }
}

/// The number of an object whose word `obj` comes next: `12 0 `.
fn number_before(bytes: &[u8]) -> Option<u32> {
    let mut rest = bytes;
    let mut number = None;
    for _ in 0..2 {
        let blanks = rest
            .iter()
            .rev()
            .take_while(|byte| is_blank(**byte))
            .count();
        rest = &rest[..rest.len() - blanks];
        let digits = rest
            .iter()
            .rev()
            .take(10)
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        if digits == 0 {
            return None;
        }
        let (before, text) = rest.split_at(rest.len() - digits);
        number = std::str::from_utf8(text).ok()?.parse().ok();
        rest = before;
    }
    number
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    let first = *what.first()?;
    let mut at = 0;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == first)?;
        if bytes[at..].starts_with(what) {
            return Some(at);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_object_of_a_number_counts_and_streams_end_where_they_end() {
        let bytes = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
            2 0 obj<</N 1>>endobj 3 0 obj<</Length 4 0 R>>stream\n5 0 obj 7 endstream endobj\n\
            4 0 obj 9 endobj 2 0 obj<</N 2>>endobj trailer<</Root 1 0 R>>";
        let file = File::open(bytes).unwrap();
        let pages = file.dict(file.catalog().raw("Pages")).unwrap();
        assert_eq!(pages.raw("N"), &Object::Number(2.0));
        assert_eq!(file.unpack(&Object::Ref(3)).unwrap(), b"5 0 obj 7");
        assert!(file.resolve(&Object::Ref(5)) == Object::Null);
    }

    #[test]
    fn objects_in_a_stream_are_found_and_rings_of_references_end() {
        let bytes =
            b"%PDF-1.5\n9 0 obj<</Type/ObjStm/N 2/First 9>>stream\n1 0 2 19 <</Pages 2 0 R/A>> \
            <</Type/Pages>>\nendstream endobj 7 0 obj 8 0 R endobj 8 0 obj 7 0 R endobj\n\
            10 0 obj<</Type/XRef/Root 1 0 R>>stream\n\nendstream endobj";
        let file = File::open(bytes).unwrap();
        let pages = file.dict(file.catalog().raw("Pages")).unwrap();
        assert!(pages.is("Pages"));
        assert_eq!(file.resolve(&Object::Ref(7)), Object::Null);
    }

    #[test]
    fn a_file_under_password_is_named() {
        let bytes = b"%PDF-1.4\ntrailer<</Root 1 0 R/Encrypt 3 0 R>>";
        assert_eq!(File::open(bytes).err(), Some(PdfFault::Encrypted));
    }
}
