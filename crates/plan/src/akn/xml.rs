//! XML as text: blocks on lines of their own, words and what stands between them on one.

use quick_xml::escape::escape;

/// Attributes with their values.
pub type Attributes<'a> = &'a [(&'a str, &'a str)];

/// A document that is being written.
#[derive(Default)]
pub struct Xml {
    text: String,
    open: Vec<&'static str>,
}

/// What stands on one line, between the tags of a block.
pub struct Line<'x>(&'x mut String);

impl Xml {
    pub fn new() -> Self {
        Self {
            text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(),
            open: Vec::new(),
        }
    }

    /// Begins a block, which [`Xml::close`] ends.
    pub fn open(&mut self, name: &'static str, attributes: Attributes) {
        self.indent();
        tag(&mut self.text, name, attributes, "");
        self.text.push('\n');
        self.open.push(name);
    }

    pub fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.indent();
            self.text.push_str(&format!("</{name}>\n"));
        }
    }

    /// A block with nothing in it.
    pub fn empty(&mut self, name: &str, attributes: Attributes) {
        self.indent();
        tag(&mut self.text, name, attributes, "/");
        self.text.push('\n');
    }

    /// A block of words.
    pub fn line(&mut self, name: &str, attributes: Attributes, words: impl FnOnce(&mut Line)) {
        self.indent();
        Line(&mut self.text).tag(name, attributes, words);
        self.text.push('\n');
    }

    /// A block of plain words.
    pub fn words(&mut self, name: &str, attributes: Attributes, words: &str) {
        self.line(name, attributes, |line| line.words(words));
    }

    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.text
    }

    fn indent(&mut self) {
        for _ in &self.open {
            self.text.push_str("  ");
        }
    }
}

impl Line<'_> {
    pub fn words(&mut self, words: &str) {
        self.0.push_str(&escape(allowed(words)));
    }

    pub fn tag(&mut self, name: &str, attributes: Attributes, words: impl FnOnce(&mut Line)) {
        tag(self.0, name, attributes, "");
        words(&mut Line(self.0));
        self.0.push_str(&format!("</{name}>"));
    }
}

fn tag(text: &mut String, name: &str, attributes: Attributes, end: &str) {
    text.push('<');
    text.push_str(name);
    for (attribute, value) in attributes {
        let value = escape(allowed(value));
        text.push_str(&format!(" {attribute}=\"{value}\""));
    }
    text.push_str(end);
    text.push('>');
}

/// XML 1.0, section 2.2: control characters cannot be written at all, not even escaped.
fn allowed(words: &str) -> String {
    let forbidden = |letter: char| {
        (letter < ' ' && !matches!(letter, '\t' | '\n' | '\r'))
            || matches!(letter, '\u{fffe}' | '\u{ffff}')
    };
    words.chars().filter(|letter| !forbidden(*letter)).collect()
}
