//! Whether what stands at an outlet is what was handed over. Other programs dress texts in their own
//! way, so only letters and digits are compared.

use unicode_normalization::UnicodeNormalization;

/// The marks that have names in HTML, with the letter before them: `&agrave;`.
const MARKS: [(&str, char); 4] = [
    ("grave", '\u{300}'),
    ("acute", '\u{301}'),
    ("circ", '\u{302}'),
    ("tilde", '\u{303}'),
];

/// Whether a document (HTML, JSON or plain text) shows a title. Marks, quotes, blanks and tags are the
/// other side's business.
pub(super) fn shows(bytes: &[u8], media_type: &str, title: &str) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let text = if media_type.contains("json") {
        serde_json::from_str::<serde_json::Value>(&text)
            .map_or_else(|_| text.to_string(), |value| strings(&value))
    } else {
        text.into_owned()
    };
    let wanted = letters(title);
    !wanted.is_empty() && letters(&text).contains(&wanted)
}

/// All texts of a JSON document, one after the other.
fn strings(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => format!("{text}\n"),
        serde_json::Value::Array(all) => all.iter().map(strings).collect(),
        serde_json::Value::Object(all) => all.values().map(strings).collect(),
        _ => String::new(),
    }
}

/// Letters and digits in lower case, without tags and with the characters that numbers stand for.
fn letters(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let step = match c {
            '<' => rest.find('>').map_or(1, |end| end + 1),
            '&' => match entity(rest) {
                Some((letter, length)) => {
                    kept.extend(letter.filter(|c| c.is_alphanumeric()));
                    length
                }
                None => 1,
            },
            _ => {
                if c.is_alphanumeric() {
                    kept.extend(c.to_lowercase());
                }
                c.len_utf8()
            }
        };
        rest = rest.get(step..).unwrap_or_default();
    }
    kept
}

/// What a reference such as `&#7841;` or `&agrave;` stands for, and how long it is. Another name is that
/// of a mark, and no letter.
fn entity(text: &str) -> Option<(Option<char>, usize)> {
    let end = text.char_indices().take(12).find(|(_, c)| *c == ';')?.0;
    let name = text.get(1..end)?;
    let number = match name.strip_prefix('#') {
        None if name.chars().all(|c| c.is_ascii_alphanumeric()) => {
            return Some((named(name), end + 1));
        }
        None => return None,
        Some(hex) if hex.starts_with(['x', 'X']) => u32::from_str_radix(hex.get(1..)?, 16).ok()?,
        Some(decimal) => decimal.parse().ok()?,
    };
    let letter = char::from_u32(number)?;
    Some((letter.to_lowercase().next(), end + 1))
}

/// The letter, in lower case, that has a name.
fn named(name: &str) -> Option<char> {
    if name.eq_ignore_ascii_case("dstrok") {
        return Some('đ');
    }
    let letter = name.chars().next()?.to_ascii_lowercase();
    let mark = MARKS
        .iter()
        .find(|(mark, _)| name.get(1..) == Some(*mark))?;
    [letter, mark.1].into_iter().nfc().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_found_in_any_dress() {
        let title = "Cơ chế “một cửa”: 15 phút & xong";
        for (document, media_type) in [
            (
                "<h1>Cơ chế &#8220;một cửa&#8221;: 15&nbsp;phút &amp; xong</h1>",
                "text/html",
            ),
            (
                "<h1 title='x'>CƠ CHẾ <b>“một cửa”</b>: 15 phút &amp; xong",
                "text/html",
            ),
            (
                "Cơ chế &quot;m&#7897;t cửa&quot;: 15 phút và... Cơ chế một cửa, 15 phút, xong",
                "text/plain",
            ),
            (
                "<h1>C&#417; ch&#7871; m&#7897;t c&#7917;a: 15 ph&uacute;t xong</h1>",
                "text/html",
            ),
            (
                r#"{"content":"C\u01a1 chế “một cửa”: 15 phút & xong"}"#,
                "application/json",
            ),
        ] {
            assert!(shows(document.as_bytes(), media_type, title), "{document}");
        }
        for other in ["", "<h1>Cơ chế một cửa</h1>", "<h1>404</h1>"] {
            assert!(!shows(other.as_bytes(), "text/html", title), "{other}");
        }
        assert!(!shows(b"anything", "text/plain", "…"));
    }
}
