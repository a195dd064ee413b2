//! Fields below an activity: 'Đơn vị chủ trì: …', 'Đơn vị phối hợp: …', 'Thời gian: …', as
//! bullets, as paragraphs, or one behind the other. The activity is the duty.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::super::outline::{Node, Outline};
use super::super::text::{Text, pattern};
use super::super::units;

/// What a field says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Who leads.
    Lead,
    /// Who does it, besides who leads.
    Does,
    /// Who takes part.
    Support,
    /// When.
    Time,
    /// Who pays.
    Money,
    /// What comes of it.
    Product,
    /// Anything else that ends the field before it.
    Other,
}

/// The fields of one activity.
#[derive(Debug, Default)]
pub struct Fields {
    /// Who leads.
    pub leads: Vec<String>,
    /// Who does it.
    pub does: Vec<String>,
    /// Who takes part.
    pub supports: Vec<String>,
    /// Whether all of them are known for bodies.
    pub unknown: bool,
    /// When, and the node that says so.
    pub time: Option<(String, usize)>,
    /// Who pays.
    pub money: Option<String>,
    /// What comes of it.
    pub product: Option<String>,
    /// The nodes that hold nothing but fields.
    pub nodes: Vec<usize>,
    /// What stands before the fields in the activity's own text.
    pub text: Option<String>,
}

static LABELS: LazyLock<Vec<(Regex, Field)>> = LazyLock::new(|| {
    let who = r"(?:(?:các )?(?:cơ quan|đơn vị|bộ phận|sở, ngành|lực lượng|cấp|thành phần)(?:,? (?:đơn vị|cá nhân|tổ chức))? )";
    let of = r"(?: (?:thực hiện|tổ chức|triển khai|tham mưu|dự kiến))?";
    [
        (format!(r"{who}?(?:chủ trì|đầu mối|chịu trách nhiệm(?: chính)?){of}"), Field::Lead),
        (format!(r"phân công thực hiện|trách nhiệm thực hiện|{who}(?:được )?(?:giao|phụ trách)"), Field::Lead),
        (format!(r"{who}(?:tham gia )?(?:thực hiện|tổ chức|triển khai)"), Field::Does),
        (format!(r"{who}?(?:tham gia )?phối hợp{of}"), Field::Support),
        (r"(?:dự kiến )?(?:thời gian|thời hạn|thời điểm|tiến độ)(?:,? (?:và )?(?:thực hiện|tổ chức|hoàn thành|triển khai|dự kiến|bắt đầu|diễn ra))*".to_owned(), Field::Time),
        (r"(?:dự kiến )?(?:nguồn )?(?:kinh phí|dự toán)(?: (?:thực hiện|tổ chức|dự kiến|triển khai))*".to_owned(), Field::Money),
        (r"(?:dự kiến )?(?:sản phẩm|kết quả)(?: (?:đầu ra|dự kiến|cần đạt|hoàn thành|thực hiện|đạt được))*".to_owned(), Field::Product),
        (r"(?:địa điểm|hình thức|nội dung|đối tượng|số lượng|thành phần|phương thức|ghi chú)[^:.;]{0,40}".to_owned(), Field::Other),
    ]
    .iter()
    .map(|(words, field)| (pattern(&format!(r"^(?:{words})$")), *field))
    .collect()
});
/// A label has no more bytes than this.
const LONGEST: usize = 90;

/// The fields of a paragraph: what each says, where its label begins, its value.
pub fn of(text: Text<'_>) -> Vec<(Field, usize, Text<'_>)> {
    let mut places: Vec<(Field, usize, usize)> = Vec::new();
    for (colon, _) in text.raw.match_indices(':') {
        if let Some((field, start)) = label(text.to(colon)) {
            places.push((field, start, colon + 1));
        }
    }
    let value = |(place, (field, start, from)): (usize, &(Field, usize, usize))| {
        let to = places.get(place + 1).map_or(text.len(), |next| next.1);
        let value = text
            .part(*from, to)
            .trim(&[' ', '.', ';', '(', '-', '+', ',']);
        // A bracket that opened before the field closes it.
        let opens = value.raw.matches('(').count();
        let closes = value.raw.matches(')').count();
        let value = if closes > opens {
            value.trim(&[')'])
        } else {
            value
        };
        (*field, *start, value)
    };
    places.iter().enumerate().map(value).collect()
}

/// The label at the end of a text: it begins the paragraph or stands behind a sign.
fn label(before: Text<'_>) -> Option<(Field, usize)> {
    let mut from = before.len().saturating_sub(LONGEST);
    while !before.raw.is_char_boundary(from) || !before.fold.is_char_boundary(from) {
        from += 1;
    }
    let near = before.from(from);
    let sign = near.raw.rfind(['.', ';', '(']);
    if sign.is_none() && from > 0 {
        return None;
    }
    let start = from + sign.map_or(0, |sign| sign + 1);
    let label = before.from(start);
    let dress = [' ', '-', '+', '*', '•'];
    let bare = label.raw.trim_start_matches(dress);
    let start = start + label.len() - bare.len();
    let fold = before.from(start).fold.trim_end();
    LABELS
        .iter()
        .find(|(words, _)| words.is_match(fold))
        .map(|(_, field)| (*field, start))
}

/// The fields of all activities, by the node of each.
pub fn all(outline: &Outline<'_>) -> BTreeMap<usize, Fields> {
    let mut activities: BTreeMap<usize, Fields> = BTreeMap::new();
    for (at, node) in outline.nodes.iter().enumerate() {
        let first = node.paragraphs().next();
        let begins = first.is_some_and(|first| {
            of(first).first().is_some_and(|(_, start, _)| {
                first
                    .to(*start)
                    .fold
                    .chars()
                    .all(|letter| !letter.is_alphabetic())
            })
        });
        let below = begins && node.heading().is_empty();
        let owner = if below { node.parent.unwrap_or(at) } else { at };
        read(node, at, owner, below, &mut activities);
    }
    activities.retain(|_, fields| {
        !(fields.leads.is_empty()
            && fields.supports.is_empty()
            && fields.does.is_empty()
            && fields.time.is_none())
    });
    activities
}

fn read(
    node: &Node<'_>,
    at: usize,
    owner: usize,
    below: bool,
    activities: &mut BTreeMap<usize, Fields>,
) {
    let mut text = None;
    for line in node.paragraphs() {
        let fields = of(line);
        if let Some((_, start, _)) = fields.first()
            && text.is_none()
            && !below
        {
            let before = line.to(*start).trim(&[' ', '.', ';', '(', '-', ':']);
            text = Some(before.raw.to_owned()).filter(|text| !text.is_empty());
        } else if fields.is_empty() && text.is_none() && !below {
            text = Some(line.raw.to_owned());
        }
        for (field, _, value) in fields {
            if !value.is_empty() {
                activities.entry(owner).or_default().take(field, value, at);
            }
        }
    }
    if let Some(fields) = activities.get_mut(&owner) {
        if below {
            fields.nodes.push(at);
        } else {
            fields.text = fields.text.take().or(text);
        }
    }
}

impl Fields {
    fn take(&mut self, field: Field, value: Text<'_>, at: usize) {
        let printed = || Some(value.raw.to_owned());
        match field {
            Field::Lead | Field::Does | Field::Support => {
                let (names, known) = units::every(value);
                self.unknown |= !known;
                let list = match field {
                    Field::Lead => &mut self.leads,
                    Field::Does => &mut self.does,
                    _ => &mut self.supports,
                };
                for name in names {
                    if list.len() < units::MOST
                        && !list.iter().any(|other| units::same(other, &name))
                    {
                        list.push(name);
                    }
                }
            }
            Field::Time => {
                let said = || Some((value.raw.to_owned(), at));
                self.time = self.time.take().or_else(said);
            }
            Field::Money => self.money = self.money.take().or_else(printed),
            Field::Product => self.product = self.product.take().or_else(printed),
            Field::Other => {}
        }
    }

    /// Whether somebody is named.
    pub fn has_units(&self) -> bool {
        !(self.leads.is_empty() && self.does.is_empty() && self.supports.is_empty())
    }
}
