//! What is typed, as it is kept: one Unicode form, Markdown as HTML, a name for the address bar.

use comrak::arena_tree::NodeEdge;
use comrak::nodes::NodeValue;
use comrak::{Arena, Options, format_html, parse_document};
use loa_speech::unmarked;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest name in an address.
const SLUG_LIMIT: usize = 80;

/// What was typed: composed, with one kind of line end, without blanks around it, and without the
/// control characters that other programs leave behind and PostgreSQL does not take.
pub fn tidy(text: &str) -> String {
    let composed: String = text
        .replace("\r\n", "\n")
        .nfc()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect();
    composed.trim().to_owned()
}

/// What was typed on one line.
pub fn tidy_line(text: &str) -> String {
    tidy(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The script that nobody wrote by hand: title, summary and body, one after the other. Braces that
/// stand in them are no readings of an author.
pub fn script_of(title: &str, summary: &str, body: &str) -> String {
    let closed = |text: &str| {
        let stopped = text.ends_with(['.', '!', '?', ':', ';', '…', '"', '”']);
        format!(
            "{text}{}",
            if text.is_empty() || stopped { "" } else { "." }
        )
    };
    [closed(title), closed(summary), plain(body)]
        .into_iter()
        .filter(|part| !part.is_empty())
        .map(|part| unmarked(&part).into_owned())
        .collect::<Vec<_>>()
        .join("\n\n")
}

/// Markdown as it would be typed without any marks, for a script that is read aloud.
pub fn plain(markdown: &str) -> String {
    let arena = Arena::new();
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    let root = parse_document(&arena, markdown, &options);
    let mut text = String::new();
    for edge in root.traverse() {
        let (node, opens) = match edge {
            NodeEdge::Start(node) => (node, true),
            NodeEdge::End(node) => (node, false),
        };
        match (&node.data().value, opens) {
            (NodeValue::Text(words), true) => text.push_str(words),
            (NodeValue::Code(code), true) => text.push_str(&code.literal),
            (NodeValue::HtmlInline(html), true) => text.push_str(html),
            (NodeValue::CodeBlock(code), true) => text.push_str(&code.literal),
            (NodeValue::HtmlBlock(html), true) => text.push_str(&html.literal),
            (NodeValue::SoftBreak, true) => text.push(' '),
            (NodeValue::LineBreak, true) => text.push('\n'),
            (NodeValue::TableCell, false) => text.push_str(", "),
            (NodeValue::Paragraph | NodeValue::Heading(_) | NodeValue::TableRow(_), false) => {
                text.push_str("\n\n");
            }
            _ => {}
        }
    }
    tidy(&text)
}

/// Markdown as HTML. Raw HTML is shown as it was typed, headings stand below the title of the
/// page, and pictures of other sites become links, since no page of ours loads them.
pub fn html(markdown: &str) -> Result<String, std::fmt::Error> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.render.escape = true;
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &options);
    for node in root.descendants() {
        let value = &mut node.data_mut().value;
        match value {
            NodeValue::Heading(heading) => heading.level = Ord::min(heading.level + 1, 6),
            NodeValue::Image(link) => *value = NodeValue::Link(link.clone()),
            _ => {}
        }
    }
    let mut html = String::new();
    format_html(root, &options, &mut html)?;
    Ok(html)
}

/// A title as plain letters for an address: marks go, `đ` is `d`, and no syllable is cut.
pub fn slug(title: &str) -> String {
    let folded: String = title
        .to_lowercase()
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .map(|c| if c == 'đ' { 'd' } else { c })
        .map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' })
        .collect();
    let mut slug = String::new();
    for word in folded.split_whitespace() {
        if slug.len() + 1 + word.len() > SLUG_LIMIT {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    if slug.is_empty() {
        "tin".to_owned()
    } else {
        slug
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_kept_in_one_form() {
        let decomposed: String = "Cải cách".nfd().collect();
        assert_eq!(tidy(&format!(" {decomposed}\0\r\nmới\t ")), "Cải cách\nmới");
        assert_eq!(tidy_line("một\n\n hai"), "một hai");
    }

    #[test]
    fn an_address_is_plain_and_ends_with_a_whole_syllable() {
        assert_eq!(
            slug("Đẩy mạnh cải cách hành chính ở xã Đồng Văn: 37,5%!"),
            "day-manh-cai-cach-hanh-chinh-o-xa-dong-van-37-5"
        );
        assert_eq!(slug("«…»"), "tin");
        let long = slug(&"nghiêng ".repeat(40));
        assert!(
            long.len() <= SLUG_LIMIT && long.ends_with("nghieng"),
            "{long}"
        );
        assert_eq!(
            slug("Cải cách"),
            slug(&"Cải cách".nfd().collect::<String>())
        );
    }

    #[test]
    fn nothing_typed_becomes_markup_of_ours() {
        let html = html("# Tin\n\n<script>alert(1)</script> [x](javascript:alert(1))\n\n![ảnh](https://x.vn/a.png)\n").unwrap();
        assert!(html.contains("<h2>Tin</h2>"), "{html}");
        assert!(
            !html.contains("<script") && !html.contains("href=\"javascript"),
            "{html}"
        );
        assert!(
            html.contains("<a href=\"https://x.vn/a.png\">ảnh</a>"),
            "{html}"
        );
    }

    #[test]
    fn a_script_is_made_of_all_that_was_written() {
        assert_eq!(
            script_of("Tiêu đề", "", "Nội dung."),
            "Tiêu đề.\n\nNội dung."
        );
        assert_eq!(script_of("A?", "B", "C"), "A?\n\nB.\n\nC");
        let marked = "# Việc **mới**\n\nĐọc [ở đây](https://x.vn).\n\n- một\n- hai";
        assert_eq!(plain(marked), "Việc mới\n\nĐọc ở đây.\n\nmột\n\nhai");
    }
}
