//! Names that one head deals out: 'UBND các phường: Ba Đình, Hoàn Kiếm' are two bodies, and so
//! are 'các Sở: Nội vụ, Tài chính'.

use std::sync::LazyLock;

use super::super::text::Text;
use super::super::words::Words;
use super::head::begins;
use super::name::Name;
use super::words::{AREAS, DEPARTMENTS, ENDS, JOINED};

/// Kinds of body of which each has a name.
const BODIES: &str = "sở|bộ|ban|ngành|phòng|báo|đài|trường|cục|chi cục|hội|công ty";

static KINDS: LazyLock<Words> = LazyLock::new(|| Words::of(&[AREAS, BODIES]));
static AREA: LazyLock<Words> = LazyLock::new(|| Words::of(&[AREAS]));
static KNOWN: LazyLock<Words> = LazyLock::new(|| Words::of(&[JOINED, DEPARTMENTS]));
static END: LazyLock<Words> = LazyLock::new(|| Words::of(&[ENDS]));

/// Whether this is 'các' with kinds of body behind it: 'các xã, phường', 'các Sở'.
pub fn is_many(text: Text<'_>) -> bool {
    kinds(text).is_some()
}

fn kinds(many: Text<'_>) -> Option<Text<'_>> {
    let kinds = many.from(many.fold.find(' ')?).trim(&[' ', ',']);
    let mut rest = kinds.fold;
    loop {
        rest = &rest[KINDS.starts(rest)?.len()..];
        if rest.is_empty() {
            return Some(kinds);
        }
        let next = rest.trim_start_matches([' ', ',']);
        rest = next.strip_prefix("và ").unwrap_or(next);
    }
}

/// The list that stands behind 'các phường' or 'các phường:'. `from` is where 'các' begins,
/// `to` where the kinds have ended.
pub fn read(text: Text<'_>, from: usize, to: usize) -> Option<Name> {
    let kinds = kinds(text.part(from, to))?;
    // Names of countries are not capitals throughout.
    let areas = AREA.starts(kinds.fold).is_some() && kinds.fold != "nước";
    let told = text.from(to).raw.starts_with(':');
    if !told && AREA.starts(kinds.fold).is_none() {
        return None;
    }
    let mut at = text.len() - text.from(to).raw.trim_start_matches([':', ' ']).len();
    // 'các sở, ngành Thành phố' names an area, not one more of the kind.
    let area = AREA.starts(text.from(at).fold);
    if area.is_some_and(|area| !text.from(at + area.len()).trim_start().is_capital()) {
        return None;
    }
    let prefix = text.to(from).trim(&[' ']).raw;
    let mut names = Vec::new();
    loop {
        let item = item(text.from(at), areas);
        if item.is_empty() {
            break;
        }
        let own_kind = AREA.starts(item.fold).is_some() || kinds.fold == "nước";
        let kind = if own_kind { "" } else { kinds.raw };
        let words: Vec<&str> = [prefix, kind, item.raw]
            .into_iter()
            .filter(|word| !word.is_empty())
            .collect();
        names.push(words.join(" "));
        at += item.len();
        let Some(joint) = joint(text.from(at)) else {
            break;
        };
        let next = text.from(at + joint);
        let area = areas && AREA.starts(next.fold).is_some();
        let named = next.is_capital() && !begins(next, false);
        if !named && !area {
            break;
        }
        at += joint;
    }
    (!names.is_empty()).then_some(Name {
        names,
        end: at,
        plural: true,
    })
}

/// How long a comma or an 'và' between two items is.
fn joint(text: Text<'_>) -> Option<usize> {
    let rest = text.trim_start();
    let comma = rest.raw.strip_prefix(',').map(str::trim_start);
    let behind = comma.unwrap_or(rest.raw);
    let and = behind.strip_prefix("và ").map(str::trim_start);
    (comma.is_some() || and.is_some()).then(|| text.len() - and.unwrap_or(behind).len())
}

/// One item. Names of areas are capitals throughout, names of departments are not.
fn item(text: Text<'_>, areas: bool) -> Text<'_> {
    if !areas && let Some(known) = KNOWN.starts(text.fold) {
        return text.to(known.len());
    }
    let area = AREA.starts(text.fold).filter(|_| areas);
    let mut at = area.map_or(0, str::len);
    let mut end = 0;
    loop {
        let rest = text.from(at).trim_start();
        let here = text.len() - rest.len();
        let length = rest
            .raw
            .find(|letter: char| letter.is_whitespace() || ",;:.()“”\"|".contains(letter))
            .unwrap_or(rest.len());
        let word = rest.to(length);
        let dash = ["-", "–"].contains(&word.raw);
        let small = !areas && end > 0 && word.fold != "và" && END.starts(rest.fold).is_none();
        if word.is_empty() || !(word.is_capital() || (dash && end > 0) || small) {
            break;
        }
        at = here + length;
        if !dash {
            end = at;
        }
    }
    text.to(end)
}
