//! Audiences: whom the plan wants to reach, as it names them.

use std::sync::LazyLock;

use regex::Regex;

use super::confidence;
use super::labels;
use super::outline::Outline;
use super::text::{Text, pattern};
use crate::model::Audience;

/// 'Đối tượng tuyên truyền'; not 'đối tượng áp dụng' of a rule.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:về |các )?đối tượng(?:(?: được)? (?:thông tin|tuyên truyền|truyền thông|phổ biến|tác động|thụ hưởng|tham gia|tiếp nhận|hướng đến|hướng tới|tập huấn|vận động|dự thi)",
        r"(?:[ ,].*)?|,? (?:và )?(?:phạm vi|địa bàn|thời gian).*)?$",
    ))
});
static INLINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"[.;(] ?đối tượng(?: thông tin| tuyên truyền| truyền thông| tham gia| thụ hưởng)?(?: là)?\s*:\s*",
    )
});
static FILLER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:là|bao gồm|gồm có|gồm|toàn thể)[ :]+"));

/// The audiences of a document.
pub fn find(outline: &Outline<'_>) -> Vec<Audience> {
    let mut found = Vec::new();
    for (at, node) in outline.nodes.iter().enumerate() {
        let label = labels::of(node, !outline.is_leaf(at));
        let named = label.filter(|label| LABEL.is_match(label.name.fold));
        if let Some(label) = named {
            let skip = usize::from(!label.heading);
            let own = std::iter::once(label.rest).chain(node.paragraphs().skip(skip));
            for text in own {
                add(&mut found, &node.clause.id, text, confidence::HEADED);
            }
            for child in outline.children(at) {
                let below = &outline.nodes[child];
                add(
                    &mut found,
                    &below.clause.id,
                    below.lead(),
                    confidence::HEADED,
                );
            }
            continue;
        }
        for line in node.paragraphs() {
            for place in INLINE.find_iter(line.fold) {
                let rest = line.from(place.end());
                let end = rest.raw.find(['.', ')', ';']).unwrap_or(rest.len());
                add(&mut found, &node.clause.id, rest.to(end), confidence::USUAL);
            }
        }
    }
    found
}

fn add(found: &mut Vec<Audience>, clause: &str, text: Text<'_>, certain: u8) {
    // A sentence behind the names explains them.
    let first = text.raw.find(". ").map_or(text, |end| text.to(end));
    for piece in first.split(|letter| letter == ';') {
        let filler = FILLER.find(piece.fold).map_or(0, |filler| filler.end());
        let label = piece.from(filler).trim(&[' ', '.', ',', '-', '+', ':']);
        if !label.is_empty() {
            found.push(Audience {
                clause: clause.to_owned(),
                label: label.raw.to_owned(),
                confidence: certain,
            });
        }
    }
}
