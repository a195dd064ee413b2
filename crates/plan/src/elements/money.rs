//! What a document says of money: who pays, how much.

use std::sync::LazyLock;

use regex::Regex;

use super::outline::{Node, Outline};
use super::text::{Text, pattern};
use super::{confidence, labels, lines};
use crate::model::MoneyRule;

/// 'Kinh phí thực hiện', 'Về nguồn kinh phí', 'Dự toán'.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:về |các )?(?:nguồn |dự kiến |tổng |khái toán |phân bổ |cơ chế )*(?:kinh phí|dự toán|nguồn vốn|nguồn lực tài chính|ngân sách)¦",
    )
});
static HEADING: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"kinh phí|dự toán|nguồn vốn|ngân sách"));
static MONEY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"kinh phí|ngân sách|dự toán|mức chi|chi phí|tổng mức|vốn"));
static AMOUNT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"\b(?P<one>\d{1,3}(?:[.,]\d{3})+|\d+(?:[.,]\d+)?)\s?(?P<unit>nghìn tỷ|ngàn tỷ|tỷ|tỉ|triệu|trđ|nghìn|ngàn)?",
        r"(?: (?P<two>\d+) (?P<unit2>triệu|nghìn|ngàn))?(?:\s?(?P<dong>đồng|vnđ|vnd|đ)¦|$|[ .,;)])",
    ))
});

/// The rules on money of a document.
pub fn find(outline: &Outline<'_>) -> Vec<MoneyRule> {
    let mut rules = Vec::new();
    let mut until = 0;
    for (at, node) in outline.nodes.iter().enumerate() {
        let label = labels::of(node, !outline.is_leaf(at));
        let headed = label.is_some_and(|label| {
            LABEL.is_match(label.name.fold) || (label.heading && HEADING.is_match(label.name.fold))
        });
        if headed {
            until = until.max(node.end);
        }
        if headed || at < until {
            let own: Vec<&str> = own(node).map(|line| line.raw).collect();
            let text = own.join("\n");
            if !text.is_empty() {
                rules.push(rule(node, &text, confidence::HEADED));
            }
            continue;
        }
        for line in node.paragraphs() {
            if LABEL.is_match(line.fold) {
                rules.push(rule(node, line.raw, confidence::USUAL));
            } else if line.fold.contains("đồng") && MONEY.is_match(line.fold) {
                for sentence in lines::sentences(line) {
                    if MONEY.is_match(sentence.fold) && amount(sentence.fold).is_some() {
                        rules.push(rule(node, sentence.raw, confidence::USUAL));
                    }
                }
            }
        }
    }
    rules
}

/// The paragraphs of a clause without a label that says no more than 'Kinh phí'.
fn own<'a>(node: &'a Node<'_>) -> impl Iterator<Item = Text<'a>> {
    node.paragraphs().filter(|line| {
        let bare = line.trim(&['.', ':', ' ', '-']);
        !(LABEL.is_match(bare.fold) && bare.fold.split(' ').count() < 5 && line.raw.ends_with(':'))
    })
}

fn rule(node: &Node<'_>, text: &str, certain: u8) -> MoneyRule {
    MoneyRule {
        clause: node.id(),
        text: text.trim().to_owned(),
        amount: amount(&super::text::fold(text)),
        confidence: certain,
    }
}

/// The amount in a folded text, in đồng: what is called the sum of all, else the first.
pub fn amount(fold: &str) -> Option<u64> {
    let all: Vec<(usize, u64)> = AMOUNT
        .captures_iter(fold)
        .filter_map(|found| {
            // A figure is money when it ends in đồng, or in millions of them.
            let large = found.name("unit").is_some_and(|unit| {
                unit.as_str().contains('t') && !unit.as_str().contains("nghìn")
            });
            let said = found.name("dong").is_some() || (large && fold.contains("đồng"));
            let value = value(&found["one"], found.name("unit").map(|unit| unit.as_str()))?;
            let more = match found.name("two") {
                Some(two) => value_of(two.as_str(), &found["unit2"])?,
                None => 0,
            };
            let start = found.get(0)?.start();
            said.then_some(value.checked_add(more)?)
                .map(|value| (start, value))
        })
        .collect();
    let total = all.iter().find(|(start, _)| {
        let from = fold.floor_char_boundary(start.saturating_sub(60));
        let before = &fold[from..*start];
        before.contains("tổng")
    });
    total.or(all.first()).map(|(_, value)| *value)
}

fn value_of(figure: &str, unit: &str) -> Option<u64> {
    value(figure, Some(unit))
}

/// '1.234.000.000', '2,5 tỷ', '1.500 triệu': a point groups thousands, a comma with a unit parts
/// decimals.
fn value(figure: &str, unit: Option<&str>) -> Option<u64> {
    let times: u64 = match unit {
        Some("nghìn tỷ" | "ngàn tỷ") => 1_000_000_000_000,
        Some("tỷ" | "tỉ") => 1_000_000_000,
        Some("triệu" | "trđ") => 1_000_000,
        Some("nghìn" | "ngàn") => 1_000,
        _ => 1,
    };
    let last = figure.rfind(['.', ',']);
    let decimals = last.map_or("", |place| &figure[place + 1..]);
    let one_sign = figure.matches(['.', ',']).count() == 1;
    let decimal = one_sign && times > 1 && (figure.contains(',') || decimals.len() != 3);
    let digits: String = figure.chars().filter(char::is_ascii_digit).collect();
    let whole: u64 = digits.parse().ok()?;
    if decimal {
        let scale = 10u64.checked_pow(u32::try_from(decimals.len()).ok()?)?;
        return whole.checked_mul(times).map(|value| value / scale);
    }
    whole.checked_mul(times)
}

#[cfg(test)]
mod tests {
    use super::super::text::fold;
    use super::*;

    #[test]
    fn amounts_are_in_dong() {
        let cases = [
            ("kinh phí 350 triệu đồng", Some(350_000_000)),
            ("1.234.000.000 đồng", Some(1_234_000_000)),
            ("2,5 tỷ đồng", Some(2_500_000_000)),
            ("1.500 triệu đồng", Some(1_500_000_000)),
            ("2 tỷ 500 triệu đồng", Some(2_500_000_000)),
            ("500.000đ/người", Some(500_000)),
            ("hỗ trợ 150 nghìn đồng", Some(150_000)),
            (
                "150 triệu, tổng kinh phí: 500 triệu đồng",
                Some(500_000_000),
            ),
            ("100 triệu đồng và 50 triệu đồng", Some(100_000_000)),
            ("theo Quyết định số 53/2016/QĐ-UBND", None),
            ("trích lại 35% số thu", None),
            ("hội đồng 12 người, đồng thời", None),
            ("99999999999999999999999 đồng", None),
        ];
        for (text, wanted) in cases {
            assert_eq!(amount(&fold(text)), wanted, "{text}");
        }
    }
}
