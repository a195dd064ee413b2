//! Web pages: what a reader sees of the document in one, without the site around it.
//!
//! Tags are read by html5ever's tokenizer. Its tree is not built: a page with a thousand tags left
//! open would make it grow by the square; what is needed of the rules is small (see [`builder`]).

mod builder;
mod content;
mod decode;
mod flow;
mod lists;
mod notes;
mod style;
mod tokens;
mod tree;
mod words;

#[cfg(test)]
mod tests;

pub use decode::{decode, vietnamese};

use unicode_normalization::UnicodeNormalization;

use super::block;
use crate::error::ReadError;

/// Whether a text is a web page, or a piece of one: it begins with a tag of one and ends with
/// one, which no Markdown does.
pub fn is(text: &str) -> bool {
    let mut text = text.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace());
    while let Some((_, rest)) = ["<!--", "<?"]
        .into_iter()
        .find(|begin| text.starts_with(begin))
        .and_then(|begin| text.split_once(if begin == "<?" { "?>" } else { "-->" }))
    {
        text = rest.trim_start();
    }
    match first_tag(text).as_deref() {
        Some("!doctype") => {
            let end = text.find('>').unwrap_or(text.len());
            text[..end].to_ascii_lowercase().contains("html")
        }
        Some("html" | "head" | "body") => true,
        Some(
            "meta" | "title" | "link" | "style" | "script" | "base" | "div" | "p" | "table"
            | "center" | "h1" | "h2" | "h3" | "h4" | "section" | "article" | "main" | "ol" | "ul"
            | "span" | "b" | "strong" | "font" | "header" | "form",
        ) => text.trim_end().ends_with('>') && has_blocks(text),
        _ => false,
    }
}

/// The plain text of the document in a web page.
pub fn text(page: &str) -> Result<String, ReadError> {
    let page: String = page
        .chars()
        .filter(|letter| !notes::is_reserved(*letter))
        .nfc()
        .collect();
    let tree = tokens::read(&page)?.visible();
    let blocks = flow::read(&tree, content::find(&tree))?;
    block::write(&notes::place(blocks))
}

/// The name of the tag with which a text begins.
fn first_tag(text: &str) -> Option<String> {
    let rest = text.strip_prefix('<')?;
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '!'))?;
    Some(rest[..end].to_ascii_lowercase())
}

/// Whether paragraphs, rows or lines are marked in it.
fn has_blocks(text: &str) -> bool {
    ["</p", "</div", "</tr", "</li", "<br", "</h"]
        .iter()
        .any(|tag| {
            text.as_bytes()
                .windows(tag.len())
                .any(|part| part.eq_ignore_ascii_case(tag.as_bytes()))
        })
}
