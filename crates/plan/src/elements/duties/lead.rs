//! How a clause begins, as far as duties go: with the bodies whose section it is, with a sentence
//! about them, or with neither.

use std::sync::LazyLock;

use regex::Regex;

use super::super::outline::Node;
use super::super::text::{Text, pattern};
use super::roles;
use crate::model::DutyUnit;

/// How a clause begins.
#[derive(Debug)]
pub enum Lead {
    /// 'Sở Nội vụ', 'Đề nghị Sở Nội vụ:', alone or before a colon: what follows is theirs.
    Section(Vec<DutyUnit>),
    /// 'Sở Nội vụ chủ trì …', 'Giao Sở Nội vụ …'.
    Sentence {
        /// Whether a verb stands before them.
        asked: bool,
    },
    /// With something else.
    Other,
}

/// What closes a document, or says how to go on when something fails: nobody's duty.
static CLOSING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:trên đây là|trên đây,|(?:trong )?quá trình (?:triển khai|thực hiện|tổ chức)|nếu (?:có|gặp) (?:khó khăn|vướng mắc)|",
        r"(?:kế hoạch|quyết định|chỉ thị) này (?:có hiệu lực|thay thế)|lưu ý|ghi chú|nơi nhận",
        r"|(?:[^,;.]{1,80} )?(?:yêu cầu|đề nghị) [^;]{0,200}(?:nghiêm túc|quan tâm|phối hợp|khẩn trương|kịp thời) ",
        r"(?:(?:phối hợp|tổ chức|triển khai),? )*(?:thực hiện|triển khai|chấp hành)(?: nghiêm túc| tốt| theo quy định| kế hoạch| chỉ thị| này| các nội dung| trên| nêu trên)*[ ./]*$)",
    ))
});

/// The end of what only announces.
static ANNOUNCES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:sau|như sau|sau đây|cụ thể|trách nhiệm|nhiệm vụ|nội dung|công việc|thực hiện|tham mưu|hoạt động)$",
    )
});

/// How a clause begins, and where what belongs to its bodies goes on in the first paragraph.
pub fn of(node: &Node<'_>) -> (Lead, usize) {
    read(node.lead(), !node.heading().is_empty())
}

/// The same of a paragraph.
pub fn read(text: Text<'_>, heading: bool) -> (Lead, usize) {
    let Some(opening) = roles::opening(text) else {
        return (Lead::Other, 0);
    };
    let behind = text.from(opening.end);
    let signs = behind.len()
        - behind
            .raw
            .trim_start_matches([' ', '.', ';', ',', '*'])
            .len();
    let rest = behind.from(signs);
    if rest.is_empty() {
        return (Lead::Section(opening.units), text.len());
    }
    if rest.raw.starts_with(':') {
        return (Lead::Section(opening.units), opening.end + signs + 1);
    }
    if opening.asked || opening.does {
        return (
            Lead::Sentence {
                asked: opening.asked,
            },
            0,
        );
    }
    // 'Các sở, ban, ngành trực thuộc và cấp tương đương' as a heading: not all was understood.
    let short = behind.len() < 60 && !behind.raw.contains(['.', ';']);
    if heading && short {
        return (Lead::Section(opening.units), text.len());
    }
    (Lead::Other, 0)
}

/// Whether a paragraph that ends in a colon asks itself, and what is below says how: 'Bố trí cán
/// bộ phụ trách:'. 'Chủ trì, phối hợp với Sở Nội vụ:' and 'các nhiệm vụ sau:' only announce.
pub fn has_details(text: Text<'_>) -> bool {
    let bare = text.trim(&[' ', ':']);
    if !roles::is_deed(bare) || ANNOUNCES.is_match(bare.fold) {
        return false;
    }
    !roles::ends_with_units(bare)
}

/// Whether a paragraph closes the document.
pub fn closes(text: Text<'_>) -> bool {
    CLOSING.is_match(text.fold)
}
