//! The markers that browsers print before the items of a list.

use super::tree::{Element, Node, Tree};
use crate::source::numerals::{self, Numeral};

/// A list that is being read.
#[derive(Debug, Clone)]
pub struct List {
    kind: Kind,
    next: i64,
    step: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Counted(Numeral),
    /// What is printed before each item; nothing, perhaps.
    Sign(String),
}

impl List {
    /// Begins a list at a place of a tree; `above` are the lists it stands in.
    pub fn begin(tree: &Tree, at: usize, element: &Element, above: &[List]) -> Self {
        let numbered = &*element.name == "ol";
        let reversed = numbered && element.attribute("reversed").is_some();
        let start = element.number("start");
        let usual = if numbered {
            let numeral = element
                .attribute("type")
                .and_then(|kind| of_type(kind.trim()));
            Kind::Counted(numeral.unwrap_or_default())
        } else {
            let signs = above
                .iter()
                .filter(|list| matches!(list.kind, Kind::Sign(_)));
            // Browsers draw a disc, a circle, a square; these are what people type.
            Kind::Sign(["•", "+", "*"][signs.count().min(2)].to_owned())
        };
        Self {
            kind: element
                .style()
                .list
                .as_deref()
                .and_then(of_style)
                .unwrap_or(usual),
            next: start.unwrap_or_else(|| {
                if reversed {
                    items(tree, at, element)
                } else {
                    1
                }
            }),
            step: if reversed { -1 } else { 1 },
        }
    }

    /// The marker of its next item.
    pub fn marker(&mut self, item: &Element) -> String {
        if let Some(value) = item.number("value") {
            self.next = value;
        }
        let number = self.next;
        self.next = number.saturating_add(self.step);
        let own = item.style().list.as_deref().and_then(of_style);
        match own.as_ref().unwrap_or(&self.kind) {
            Kind::Counted(numeral) => format!("{}.", numerals::print(number, *numeral)),
            Kind::Sign(sign) => sign.clone(),
        }
    }
}

fn of_type(kind: &str) -> Option<Numeral> {
    Some(match kind {
        "1" => Numeral::Decimal,
        "a" => Numeral::LowerLetter,
        "A" => Numeral::UpperLetter,
        "i" => Numeral::LowerRoman,
        "I" => Numeral::UpperRoman,
        _ => return None,
    })
}

/// `list-style-type`; signs other than one's own are left to the kind of list.
fn of_style(value: &str) -> Option<Kind> {
    if let Some(quoted) = value.strip_prefix(['"', '\'']) {
        let sign = quoted.split(['"', '\'']).next().unwrap_or_default();
        return Some(Kind::Sign(sign.trim().to_owned()));
    }
    value.split_whitespace().find_map(|word| {
        Some(match word.to_ascii_lowercase().as_str() {
            "none" => Kind::Sign(String::new()),
            "decimal" => Kind::Counted(Numeral::Decimal),
            "decimal-leading-zero" => Kind::Counted(Numeral::DecimalZero),
            "lower-alpha" | "lower-latin" => Kind::Counted(Numeral::LowerLetter),
            "upper-alpha" | "upper-latin" => Kind::Counted(Numeral::UpperLetter),
            "lower-roman" => Kind::Counted(Numeral::LowerRoman),
            "upper-roman" => Kind::Counted(Numeral::UpperRoman),
            _ => return None,
        })
    })
}

/// How many items of its own a list has.
fn items(tree: &Tree, at: usize, list: &Element) -> i64 {
    let (mut count, mut place) = (0, at + 1);
    while place < list.end {
        place = match &tree.nodes[place] {
            Node::Element(element) => {
                count += i64::from(&*element.name == "li");
                element.end
            }
            _ => place + 1,
        };
    }
    count
}
