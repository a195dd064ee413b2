//! Tags to a tree.
//!
//! Tags that may be left out are put where browsers see them: a paragraph ends where a block
//! begins, an item where the next begins, a cell and a row likewise. Bold is not an element here
//! but a switch, as browsers treat tags for it that overlap others.

use std::collections::HashMap;

use html5ever::LocalName;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::Tag;

use super::tree::{Element, Node, Tree, is_block};
use crate::error::ReadError;

/// Tables in tables and lists in lists.
const MAX_NESTED: usize = 20;

/// Elements open at once; what is nested deeper is read as if it were not.
const MAX_OPEN: usize = 256;

/// A tree in the making.
#[derive(Debug, Default)]
pub struct Builder {
    nodes: Vec<Node>,
    open: Vec<usize>,
    /// How many of each name are open: most that would be closed are not.
    names: HashMap<LocalName, usize>,
    too_deep: bool,
}

impl Builder {
    /// Adds text.
    pub fn text(&mut self, text: &StrTendril) {
        if !text.trim_ascii().is_empty() {
            self.leave_head();
        }
        self.nodes.push(Node::Text(text.clone()));
    }

    /// Begins an element.
    pub fn start(&mut self, tag: &Tag) {
        let name = &*tag.name;
        if !matches!(
            name,
            "html" | "head" | "meta" | "title" | "link" | "script" | "style" | "base" | "noscript"
        ) {
            self.leave_head();
        }
        if matches!(name, "b" | "strong") {
            return self.nodes.push(Node::Bold(true));
        }
        if is_block(name) {
            self.close_within(
                &["p"],
                &["td", "th", "caption", "table", "button", "object"],
            );
        }
        match name {
            "li" => self.close_within(&["li"], &["ul", "ol", "menu", "dir", "table", "td", "th"]),
            "dt" | "dd" => self.close_within(&["dt", "dd"], &["dl", "table", "td", "th"]),
            "td" | "th" => self.close_within(&["td", "th"], &["table", "tr"]),
            "tr" => self.close_within(&["tr"], &["table"]),
            "thead" | "tbody" | "tfoot" => {
                self.close_within(&["thead", "tbody", "tfoot"], &["table"]);
            }
            _ => {}
        }
        if !is_block(name) && is_ignored(name) {
            return;
        }
        if !is_block(name) && name != "br" && self.open.len() >= MAX_OPEN / 2 {
            return;
        }
        // What is nested too deep to be opened still ends a paragraph.
        let opens = self.open.len() < MAX_OPEN && !matches!(name, "br" | "hr");
        if opens {
            *self.names.entry(tag.name.clone()).or_default() += 1;
        }
        let nested = |names: &[&str]| names.iter().map(|name| self.count(name)).sum::<usize>();
        self.too_deep |= nested(&["table"]) > MAX_NESTED || nested(&["ul", "ol"]) > MAX_NESTED;
        if self.too_deep {
            return;
        }
        let at = self.nodes.len();
        let kept = |key: &str| {
            matches!(
                key,
                "style"
                    | "class"
                    | "id"
                    | "role"
                    | "hidden"
                    | "href"
                    | "type"
                    | "start"
                    | "value"
                    | "reversed"
                    | "title"
                    | "colspan"
                    | "rowspan"
            )
        };
        self.nodes.push(Node::Element(Element {
            name: tag.name.clone(),
            attributes: tag
                .attrs
                .iter()
                .filter(|attribute| kept(&attribute.name.local))
                .map(|attribute| (attribute.name.local.clone(), attribute.value.clone()))
                .collect(),
            end: at + 1,
            parent: None,
        }));
        if opens {
            self.open.push(at);
        }
    }

    /// Ends an element, and what was left open in it.
    pub fn end(&mut self, name: &str) {
        match name {
            "b" | "strong" => self.nodes.push(Node::Bold(false)),
            "table" => self.close_within(&["table"], &[]),
            "tr" | "td" | "th" | "thead" | "tbody" | "tfoot" => {
                self.close_within(&[name], &["table"]);
            }
            "ul" | "ol" => self.close_within(&[name], &["td", "th", "table"]),
            "li" => self.close_within(&[name], &["ul", "ol", "td", "th", "table"]),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.close_within(
                &["h1", "h2", "h3", "h4", "h5", "h6"],
                &["td", "th", "table"],
            ),
            _ if is_block(name) => self.close_within(&[name], &["td", "th", "table"]),
            // What is not a block ends in its block at the latest.
            _ => {
                let blocks = self
                    .open
                    .iter()
                    .rev()
                    .map_while(|at| match &self.nodes[*at] {
                        Node::Element(element) if !is_block(&element.name) => Some(*at),
                        _ => None,
                    });
                let found = blocks.clone().find(|at| self.name(*at) == name);
                if let Some(at) = found {
                    self.close(at);
                }
            }
        }
    }

    /// The tree, with what is still open closed.
    pub fn finish(mut self) -> Result<Tree, ReadError> {
        if let Some(first) = self.open.first() {
            self.close(*first);
        }
        if self.too_deep {
            return Err(ReadError::Nested);
        }
        Ok(Tree { nodes: self.nodes })
    }

    fn leave_head(&mut self) {
        let head = self
            .open
            .iter()
            .copied()
            .take(2)
            .find(|at| self.name(*at) == "head");
        if let Some(at) = head {
            let raw = |at: &usize| matches!(self.name(*at), "title" | "script" | "style");
            if !self.open.last().is_some_and(raw) {
                self.close(at);
            }
        }
    }

    /// Closes the innermost element of these names, unless one of those stands between.
    fn close_within(&mut self, names: &[&str], between: &[&str]) {
        if names.iter().all(|name| self.count(name) == 0) {
            return;
        }
        for at in self.open.iter().rev().copied() {
            let name = self.name(at);
            if names.contains(&name) {
                return self.close(at);
            }
            if between.contains(&name) {
                return;
            }
        }
    }

    fn close(&mut self, at: usize) {
        let end = self.nodes.len();
        while let Some(last) = self.open.pop() {
            if let Node::Element(element) = &mut self.nodes[last] {
                element.end = end;
                if let Some(count) = self.names.get_mut(&element.name) {
                    *count = count.saturating_sub(1);
                }
            }
            if last == at {
                break;
            }
        }
    }

    fn count(&self, name: &str) -> usize {
        self.names.get(&LocalName::from(name)).copied().unwrap_or(0)
    }

    fn name(&self, at: usize) -> &str {
        match &self.nodes[at] {
            Node::Element(element) => &element.name,
            _ => "",
        }
    }
}

/// Elements that have no content, and those whose only effect is on how letters look.
fn is_ignored(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "col"
            | "colgroup"
            | "embed"
            | "frame"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
            | "i"
            | "em"
            | "u"
            | "small"
            | "big"
            | "tt"
            | "nobr"
            | "code"
            | "s"
            | "strike"
    )
}
