//! The tags and text of a page, one after the other.

use std::cell::RefCell;

use html5ever::TokenizerResult;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    CharacterTokens, EndTag, StartTag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer,
    TokenizerOpts,
};

use super::builder::Builder;
use super::tree::Tree;
use crate::error::ReadError;

/// No tag has more attributes. The tokenizer compares each with all before it.
const MAX_ATTRIBUTES: usize = 500;

/// Reads a page into a tree.
pub fn read(page: &str) -> Result<Tree, ReadError> {
    if has_endless_tag(page) {
        return Err(ReadError::Binary);
    }
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(page));
    let sink = Sink(RefCell::new(Builder::default()));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    while let TokenizerResult::Script(()) = tokenizer.feed(&input) {}
    tokenizer.end();
    tokenizer.sink.0.into_inner().finish()
}

struct Sink(RefCell<Builder>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut builder = self.0.borrow_mut();
        match token {
            CharacterTokens(text) => builder.text(&text),
            TagToken(tag) if tag.kind == StartTag => {
                builder.start(&tag);
                return match &*tag.name {
                    "script" => TokenSinkResult::RawData(RawKind::ScriptData),
                    "style" | "xmp" | "iframe" | "noembed" | "noframes" => {
                        TokenSinkResult::RawData(RawKind::Rawtext)
                    }
                    "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
                    "plaintext" => TokenSinkResult::Plaintext,
                    _ => TokenSinkResult::Continue,
                };
            }
            TagToken(tag) if tag.kind == EndTag => builder.end(&tag.name),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// Whether a tag has more attributes than any page's; scripts and styles are passed over.
fn has_endless_tag(page: &str) -> bool {
    let bytes = page.as_bytes();
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|byte| *byte == b'<') {
        at += found + 1;
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let name = at;
        let (end, words) = tag_end(bytes, at);
        if words > MAX_ATTRIBUTES {
            return true;
        }
        at = end;
        for raw in ["script", "style"] {
            let is = |part: &[u8]| part.eq_ignore_ascii_case(raw.as_bytes());
            if bytes.get(name..name + raw.len()).is_some_and(is) {
                let close = |part: &[u8]| part.starts_with(b"</") && is(&part[2..]);
                let length = bytes[at..].windows(raw.len() + 2).position(close);
                at = length.map_or(bytes.len(), |length| at + length);
            }
        }
    }
    false
}

/// Where a tag ends, and how many words stand in it outside quotation marks.
fn tag_end(bytes: &[u8], from: usize) -> (usize, usize) {
    let (mut at, mut words, mut blank) = (from, 0, false);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'>' => break,
            b'"' | b'\'' if bytes[..at].trim_ascii_end().ends_with(b"=") => {
                let close = bytes[at + 1..].iter().position(|other| other == byte);
                let Some(close) = close else {
                    return (bytes.len(), words);
                };
                at += 1 + close;
                // Another attribute may follow without a blank.
                blank = true;
            }
            b'/' => blank = true,
            byte if byte.is_ascii_whitespace() => blank = true,
            _ => {
                words += usize::from(blank);
                blank = false;
            }
        }
        at += 1;
    }
    (at, words)
}
