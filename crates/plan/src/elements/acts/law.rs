//! Laws, codes and ordinances that are cited by their name, without a number.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::super::outline::{Node, Outline};
use super::super::text::{Text, fold, pattern};
use super::super::words::Words;
use super::law_names::{CODES, LAWS, ORDINANCES};

/// A law that is named.
#[derive(Debug)]
pub struct Named<'a> {
    /// Luật, Bộ luật, Pháp lệnh, Hiến pháp.
    pub kind: &'static str,
    /// `Luật Bảo vệ bí mật nhà nước`, as printed.
    pub name: &'a str,
    /// Where it begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

static KIND: LazyLock<Regex> = LazyLock::new(|| pattern(r"bộ luật|luật|pháp lệnh|hiến pháp"));
/// What makes another thing of the word: 'pháp luật', 'Đại học Luật', 'Hội Luật gia'.
static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[\s(])(?:pháp|đại học|trường|khoa|hội|đoàn|văn phòng|công ty|ngành|cử nhân|thạc sĩ|tiến sĩ|án|kỷ|quy|định) $",
    )
});
static NAME: LazyLock<Words> = LazyLock::new(|| Words::of(&[LAWS]));
static CODE: LazyLock<Words> = LazyLock::new(|| Words::of(&[CODES]));
static ORDINANCE: LazyLock<Words> = LazyLock::new(|| Words::of(&[ORDINANCES]));
/// A law that changes others bears their names in its own.
static AMENDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^\s*sửa đổi,? bổ sung (?:một số điều|các điều [^;.:|()\n]{1,80}?) của (?:các )?")
});
static AND_LAW: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*(?:,|và|, và) (?:bộ )?luật¦"));
/// Where an unknown name ends.
static STOPS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"[;.:()|\n“”]|,| (?:ngày|năm|số|theo|trên|trong|tại|do|được|đã|có hiệu lực|có liên quan|là|cho|đến|với|về|từ|để|nhằm|khi|mới|này|sửa đổi|hiện hành)¦",
        r"| và (?:các|những|luật|bộ luật|nghị|thông|quyết|chỉ|văn bản|quy định|hướng dẫn)¦|(?:-|–) ",
    ))
});
/// What is no name though it stands behind 'Luật'.
static NO_NAME: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\s*(?:sư|gia|này|số|hóa|định|lệ|pháp|chơi|khoa|và|của|có|mới)¦"));
/// Behind the comma of an unknown name: the name goes on when it is a date that ends it.
static GOES_ON: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^,\s*(?:[^ ,;.:()|\n]+ ){1,8}?(?:(?:năm|ngày) \d|số \d)"));
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^,\s*(?:các|những|luật|bộ luật|pháp lệnh|nghị|thông|quyết|chỉ|kế hoạch|ban hành|ngày|năm|số)¦",
    )
});

/// The laws that a paragraph names.
pub fn all(text: Text<'_>) -> Vec<Named<'_>> {
    let mut named: Vec<Named<'_>> = Vec::new();
    let mut from = 0;
    while let Some(found) = KIND.find_at(text.fold, from) {
        from = found.end();
        if let Some(law) = at(text, found.start(), found.end()) {
            from = law.end;
            named.push(law);
        }
    }
    named
}

fn at(text: Text<'_>, start: usize, behind: usize) -> Option<Named<'_>> {
    let rest = text.from(behind);
    let inside = text.to(start).raw.ends_with(char::is_alphanumeric)
        || rest.raw.starts_with(char::is_alphanumeric);
    if inside || !text.from(start).is_capital() || is_part_of_a_word_before(text, start) {
        return None;
    }
    let word = text.part(start, behind).fold;
    let (kind, known) = match word {
        "luật" => ("Luật", Some(&*NAME)),
        "pháp lệnh" => ("Pháp lệnh", Some(&*ORDINANCE)),
        "hiến pháp" => ("Hiến pháp", None),
        _ => ("Bộ luật", Some(&*CODE)),
    };
    let length = match known {
        // There is one; what stands behind it is its year.
        None => 0,
        Some(known) => {
            if let Some(found) = AMENDS.find(rest.fold) {
                amending(rest, found.end())
            } else {
                name(rest, known).or_else(|| unknown(rest))?
            }
        }
    };
    let end = behind + length;
    Some(Named {
        kind,
        name: text.part(start, end).raw.trim(),
        start,
        end,
    })
}

/// How far a name goes that is in a list.
fn name(rest: Text<'_>, known: &Words) -> Option<usize> {
    let text = rest.trim_start();
    let blank = rest.len() - text.len();
    known
        .starts(text.fold)
        .filter(|_| blank > 0)
        .map(|name| blank + name.len())
}

fn is_part_of_a_word_before(text: Text<'_>, start: usize) -> bool {
    let mut from = start.saturating_sub(24);
    while !text.fold.is_char_boundary(from) || !text.raw.is_char_boundary(from) {
        from -= 1;
    }
    BEFORE.is_match(text.part(from, start).fold)
}

/// 'Luật Sửa đổi, bổ sung một số điều của Luật A và Luật B': to the end of the last of them.
fn amending(rest: Text<'_>, from: usize) -> usize {
    let mut end = from;
    loop {
        let law = rest.from(end);
        let kind = KIND.find(law.fold).filter(|kind| kind.start() == 0);
        let Some(named) = kind.and_then(|kind| {
            let behind = law.from(kind.end());
            let length = name(behind, &NAME)
                .or_else(|| name(behind, &CODE))
                .or_else(|| unknown(behind))?;
            Some(kind.end() + length)
        }) else {
            // 'một số điều của các luật …': up to where any name would end.
            return end + STOPS.find(law.fold).map_or(law.len(), |stop| stop.start());
        };
        end += named;
        let Some(and) = AND_LAW.find(rest.from(end).fold) else {
            return end;
        };
        let length = and.as_str().len() - and.as_str().trim_start_matches([',', ' ']).len();
        let word = rest.from(end + length);
        let skip = if word.fold.starts_with("và ") {
            "và ".len()
        } else {
            0
        };
        end += length + skip;
    }
}

/// How far a name goes that is in no list; it begins with a capital and has two words at least.
fn unknown(rest: Text<'_>) -> Option<usize> {
    let name = rest.trim_start();
    let blank = rest.len() - name.len();
    if blank == 0 || !name.is_capital() || NO_NAME.is_match(name.fold) {
        return None;
    }
    let mut end = 0;
    loop {
        let behind = name.from(end);
        let stop = STOPS.find(behind.fold);
        let place = end + stop.map_or(behind.len(), |stop| stop.start());
        end = place;
        let comma = stop.is_some_and(|stop| stop.as_str() == ",");
        let here = name.from(place);
        if !comma || OTHER.is_match(here.fold) || !GOES_ON.is_match(here.fold) {
            break;
        }
        end += 1;
    }
    let words = name.to(end).raw.split_whitespace().count();
    (2..=14).contains(&words).then_some(blank + end)
}

/// Short forms that the document itself explains: 'bí mật nhà nước (BMNN)'.
pub fn short_forms(outline: &Outline<'_>) -> BTreeMap<String, String> {
    static SHORT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\((?:[^()]{0,40}(?:là|tắt) ?:? ?)?(?P<short>[A-ZĐƯƠÔÊÂĂ]{2,8})\)")
            .expect("a pattern of ours")
    });
    let mut forms = BTreeMap::new();
    for text in outline.nodes.iter().flat_map(Node::all) {
        for found in SHORT.captures_iter(text.raw) {
            let letters: Vec<char> = fold(&found["short"]).chars().collect();
            let place = found.get(0).map_or(0, |whole| whole.start());
            let words: Vec<&str> = text
                .to(place)
                .fold
                .rsplit(' ')
                .filter(|word| !word.is_empty())
                .take(letters.len())
                .collect();
            let initials = words.iter().rev().filter_map(|word| word.chars().next());
            if words.len() == letters.len() && initials.eq(letters.iter().copied()) {
                let long: Vec<&str> = words.into_iter().rev().collect();
                forms
                    .entry(fold(&found["short"]))
                    .or_insert_with(|| long.join(" "));
            }
        }
    }
    forms
}

/// One form of a name: folded, short forms written out, no signs.
pub fn key(name: &str, short_forms: &BTreeMap<String, String>) -> String {
    let folded = fold(name);
    let words = folded
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| short_forms.get(word).map_or(word, String::as_str));
    words.collect::<Vec<_>>().join(" ")
}
