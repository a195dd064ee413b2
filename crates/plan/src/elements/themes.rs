//! Themes: what must be talked about. Only what a document puts under contents of information is
//! one; a plan that has no such clause has no theme.

use std::sync::LazyLock;

use regex::Regex;

use super::labels::{self, Label, first_sentence};
use super::outline::{Outline, Place};
use super::tables;
use super::text::{Text, pattern};
use super::{confidence, units};
use crate::model::{Reading, Theme};

/// 'Nội dung tuyên truyền', 'Các nội dung trọng tâm cần tuyên truyền về …'.
static CONTENTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:về |các |một số |những )*(?:nội dung|chủ đề|trọng tâm)(?:,? (?:chính|chủ yếu|trọng tâm|cụ thể|công tác|cơ bản|cần|cần tập trung|của|hoạt động|các))*",
        r" (?:thông tin|tuyên truyền|truyền thông|phổ biến|quảng bá|vận động)¦",
    ))
});
/// What makes a sentence of it: 'Nội dung tuyên truyền phải …'.
static SENTENCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r" (?:phải|cần đảm bảo|cần bảo đảm|được|là|do|nhằm|theo|đảm bảo|bảo đảm) ")
});
/// 'Nội dung, hình thức tuyên truyền': the contents are one of its parts.
static MIXED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:về )?nội dung(?:,| và) .*(?:hình thức|phương thức|thời gian|đối tượng|biện pháp|giải pháp)|^(?:hình thức|đối tượng).* nội dung",
    )
});
static PLAIN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:về |các )?(?:nội dung|chủ đề)(?: chính| trọng tâm| cụ thể)?$"));
static GENERAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:các )?nội dung(?: tuyên truyền| truyền thông)?(?: chung| riêng| chính| cụ thể| khác| trọng tâm| thường xuyên)?$",
    )
});
/// A heading that is its own theme, or a group of them.
static ABOUT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:công tác )?(?:thông tin, |phổ biến, )?(?:tuyên truyền|truyền thông)(?:, phổ biến| và phổ biến|, vận động)? về ",
    )
});
/// What stands among the contents and is none of them.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:về |các )?(?:hình thức|phương thức|cách thức|kênh|phương tiện|thời gian|thời lượng|đối tượng|kinh phí|địa điểm|địa bàn|",
        r"phạm vi|tổ chức thực hiện|biện pháp|giải pháp|đơn vị|cơ quan|chủ trì|phối hợp|yêu cầu|mục đích|tài liệu|khẩu hiệu)¦",
    ))
});
static INFORMS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"tuyên truyền|truyền thông|thông tin, |công tác thông tin|phổ biến"));

/// What a label says of the themes.
#[derive(PartialEq, Eq, Clone, Copy)]
enum Says {
    /// They stand here.
    Contents,
    /// They stand here, if the document is about information.
    Plain,
    /// A part below has them.
    Mixed,
    /// It is one, or a group of them.
    About,
}

/// Whether a document is about information, by its title.
pub fn informs(reading: &Reading) -> bool {
    INFORMS.is_match(&super::text::fold(&reading.title))
}

/// The themes of a document.
pub fn find(reading: &Reading, outline: &Outline<'_>) -> Vec<Theme> {
    let informs = informs(reading);
    let says: Vec<Option<Says>> = (0..outline.nodes.len())
        .map(|at| says(outline, at, informs))
        .collect();
    let mut themes = Vec::new();
    let mut done = 0;
    for at in 0..outline.nodes.len() {
        if at < done {
            continue;
        }
        let Some(said) = says[at] else {
            continue;
        };
        let below = outline.children(at).any(|child| {
            matches!(
                says[child],
                Some(Says::Contents | Says::Plain | Says::Mixed)
            )
        });
        let mixed_text = said == Says::Mixed && !outline.is_leaf(at);
        if below || mixed_text {
            continue;
        }
        let certain = match said {
            Says::Contents => confidence::HEADED,
            Says::Plain | Says::Mixed | Says::About => confidence::INFERRED,
        };
        let before = themes.len();
        items(outline, at, said, certain, &mut themes);
        if themes.len() > before {
            done = outline.nodes[at].end;
        }
    }
    themes
}

fn says(outline: &Outline<'_>, at: usize, informs: bool) -> Option<Says> {
    let node = &outline.nodes[at];
    if node.place == Place::Purpose {
        return None;
    }
    let label = labels::of(node, !outline.is_leaf(at))?;
    let fold = label.name.fold;
    // 'II. NỘI DUNG, HÌNH THỨC TUYÊN TRUYỀN', then '1. Nội dung'.
    let above = node.parent.and_then(|parent| {
        let parent = labels::of(&outline.nodes[parent], true)?;
        MIXED.is_match(parent.name.fold).then_some(())
    });
    if MIXED.is_match(fold) {
        let told = informs || INFORMS.is_match(fold);
        return told.then_some(Says::Mixed);
    }
    if CONTENTS.is_match(fold) && !SENTENCE.is_match(fold) {
        return Some(Says::Contents);
    }
    if PLAIN.is_match(fold) && (informs || above.is_some()) {
        return Some(if above.is_some() {
            Says::Contents
        } else {
            Says::Plain
        });
    }
    let about = label.heading && node.place == Place::Other && ABOUT.is_match(fold);
    about.then_some(Says::About)
}

fn items(outline: &Outline<'_>, at: usize, said: Says, certain: u8, themes: &mut Vec<Theme>) {
    let node = &outline.nodes[at];
    let theme = |clause: String, label: String| Theme {
        clause,
        label,
        confidence: certain,
    };
    let duties = outline.children(at).any(|child| is_duty(outline, child));
    if said == Says::About && (outline.is_leaf(at) || duties) {
        themes.push(theme(
            node.id(),
            node.heading().trim(&['.', ':', ' ']).raw.to_owned(),
        ));
        return;
    }
    for label in tables::contents(node) {
        themes.push(theme(node.id(), label));
    }
    for child in outline.children(at) {
        let below = &outline.nodes[child];
        let other = labels::of(below, true).is_some_and(|label| OTHER.is_match(label.name.fold));
        // 'Nội dung chung' names nothing: what is below does.
        let general =
            labels::of(below, true).is_some_and(|label| GENERAL.is_match(label.name.fold));
        if general && !outline.is_leaf(child) {
            items(outline, child, said, certain, themes);
            continue;
        }
        let name = first_sentence(below.lead().raw);
        let duty = said == Says::Plain && is_duty(outline, child);
        if !other && !name.is_empty() && !duty {
            themes.push(theme(below.id(), name));
        }
    }
    if outline.is_leaf(at) {
        let label = labels::of(node, false);
        for piece in pieces(node.paragraphs().collect(), label) {
            themes.push(theme(node.id(), piece));
        }
    }
}

/// The themes in a clause's own text: its paragraphs, or what semicolons part.
fn pieces(paragraphs: Vec<Text<'_>>, label: Option<Label<'_>>) -> Vec<String> {
    let rest = label
        .map(|label| label.rest)
        .filter(|rest| !rest.is_empty());
    let heading = label.is_some_and(|label| label.heading);
    let skip = usize::from(!heading);
    let texts: Vec<Text<'_>> = rest
        .into_iter()
        .chain(paragraphs.into_iter().skip(skip))
        .collect();
    match texts[..] {
        [only] if only.raw.matches(';').count() > 1 => only
            .split(|letter| letter == ';')
            .map(|piece| first_sentence(piece.raw))
            .filter(|piece| !piece.is_empty())
            .collect(),
        _ => texts
            .iter()
            .map(|text| first_sentence(text.raw.trim_start_matches(['-', '+', ' '])))
            .filter(|label| !label.is_empty())
            .collect(),
    }
}

/// A clause that says who does something is a duty, not a theme.
fn is_duty(outline: &Outline<'_>, at: usize) -> bool {
    let lead = outline.nodes[at].lead();
    units::begins(lead, false) || lead.fold.contains("chủ trì")
}
