//! The elements of a page, in one row: each knows where it ends.

use html5ever::LocalName;
use html5ever::tendril::StrTendril;

use super::style::Style;

/// The elements and texts of a page in the order of their beginnings.
#[derive(Debug, Default)]
pub struct Tree {
    /// All of them.
    pub nodes: Vec<Node>,
}

/// An element or a text.
#[derive(Debug)]
pub enum Node {
    /// An element.
    Element(Element),
    /// A text.
    Text(StrTendril),
    /// From here on it is bold, or not any more.
    Bold(bool),
}

/// An element.
#[derive(Debug)]
pub struct Element {
    /// Its name.
    pub name: LocalName,
    /// Its attributes, as far as any are read.
    pub attributes: Vec<(LocalName, StrTendril)>,
    /// The node behind its last one.
    pub end: usize,
    /// The element that it stands in; none at the top.
    pub parent: Option<usize>,
}

impl Element {
    /// An attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| &**key == name);
        found.map(|(_, value)| &**value)
    }

    /// An attribute that is a number.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.attribute(name)?.trim().parse().ok()
    }

    /// Its attribute `style`.
    pub fn style(&self) -> Style {
        self.attribute("style").map(Style::read).unwrap_or_default()
    }
}

impl Tree {
    /// Without what is not seen, and without the site around the text.
    pub fn visible(self) -> Self {
        let mut kept = Self::default();
        // Where each element that is open ends here, and where it went.
        let mut open: Vec<(usize, usize)> = Vec::new();
        let (mut skipped_to, mut content) = (0, 0);
        for (place, node) in self.nodes.into_iter().enumerate() {
            while let Some((end, at)) = open.last()
                && *end <= place
            {
                let length = kept.nodes.len();
                if let Node::Element(element) = &mut kept.nodes[*at] {
                    element.end = length;
                    content -= usize::from(is_content(element));
                }
                open.pop();
            }
            if place < skipped_to {
                continue;
            }
            let node = match node {
                Node::Element(element) if is_unseen(&element, content > 0) => {
                    skipped_to = element.end;
                    continue;
                }
                Node::Element(mut element) => {
                    content += usize::from(is_content(&element));
                    element.parent = open.last().map(|(_, at)| *at);
                    open.push((element.end, kept.nodes.len()));
                    Node::Element(element)
                }
                node => node,
            };
            kept.nodes.push(node);
        }
        let length = kept.nodes.len();
        for (_, at) in open {
            if let Node::Element(element) = &mut kept.nodes[at] {
                element.end = length;
            }
        }
        kept
    }
}

fn is_content(element: &Element) -> bool {
    matches!(&*element.name, "main" | "article")
}

fn is_unseen(element: &Element, in_content: bool) -> bool {
    match &*element.name {
        "head" | "title" | "script" | "style" | "template" | "noscript" | "nav" | "aside"
        | "select" | "datalist" | "button" | "textarea" | "iframe" | "object" | "svg" | "math"
        | "video" | "audio" | "canvas" | "map" | "dialog" | "xml" | "noembed" | "noframes"
        | "del" => true,
        // Those of an article belong to it.
        "header" | "footer" if !in_content => true,
        // So some word processors write the heads and feet of pages.
        "div" if matches!(element.attribute("title"), Some("header" | "footer")) => true,
        _ => {
            let role = element.attribute("role").unwrap_or_default();
            matches!(
                role,
                "navigation" | "banner" | "contentinfo" | "search" | "complementary"
            ) || element.attribute("hidden").is_some()
                || element
                    .attribute("class")
                    .is_some_and(|class| class.starts_with("MsoToc"))
                || element.style().hidden
        }
    }
}

/// Whether a paragraph ends where such an element begins.
pub fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "head"
            | "header"
            | "hr"
            | "html"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "listing"
            | "xmp"
            | "plaintext"
    )
}
