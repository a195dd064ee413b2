//! One name: where it begins, how far it goes.

use std::sync::LazyLock;

use super::super::text::Text;
use super::super::words::Words;
use super::dealt;
use super::words::{
    ALL, ALONE, AREAS, DEEDS, DEPARTMENTS, ENDS, JOINED, LAST, MANY, MANY_BARE, MANY_MORE, NAMED,
    NONE, OFFICES, ONLY, TAILS,
};

/// A name has no more words than this; behind them something was not understood.
const LONGEST: usize = 18;

/// A name, or several that were dealt out of one list.
#[derive(Debug)]
pub struct Name {
    /// As printed.
    pub names: Vec<String>,
    /// Where the text goes on.
    pub end: usize,
    /// Whether it begins with 'các' or counts up kinds: behind a comma more kinds may stand.
    pub plural: bool,
}

/// The lists of [`super::words`], ready to be looked up.
struct Lists {
    all: Words,
    none: Words,
    many: Words,
    plural: Words,
    single: Words,
    alone: Words,
    only: Words,
    offices: Words,
    named: Words,
    known: Words,
    joined: Words,
    areas: Words,
    ends: Words,
    deeds: Words,
    tails: Words,
    last: Words,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists {
    all: Words::of(&[ALL]),
    none: Words::of(&[NONE]),
    many: Words::of(&[MANY]),
    plural: Words::of(&[MANY, MANY_MORE, NAMED, ALONE, OFFICES]),
    single: Words::of(&[MANY_BARE]),
    alone: Words::of(&[ALONE]),
    only: Words::of(&[ONLY]),
    offices: Words::of(&[OFFICES]),
    named: Words::of(&[NAMED]),
    known: Words::of(&[JOINED, DEPARTMENTS]),
    joined: Words::of(&[JOINED]),
    areas: Words::of(&[AREAS]),
    ends: Words::of(&[ENDS]),
    deeds: Words::of(&[DEEDS]),
    tails: Words::of(&[TAILS, LAST]),
    last: Words::of(&[LAST]),
});

/// How a name begins.
#[derive(Clone, Copy)]
struct Head {
    end: usize,
    /// Whether a name of its own must follow.
    wants: bool,
    plural: bool,
}

/// Whether a name begins here.
pub fn begins(text: Text<'_>, after_plural: bool) -> bool {
    head(text, after_plural).is_some()
}

fn head(text: Text<'_>, after_plural: bool) -> Option<Head> {
    let lists = &*LISTS;
    let all = lists.all.starts(text.fold).map_or(0, |all| {
        let rest = text.from(all.len());
        all.len() + rest.len() - rest.trim_start().len()
    });
    let rest = text.from(all);
    if lists.none.starts(rest.fold).is_some() {
        return None;
    }
    let head = |length: usize, wants: bool, plural: bool| {
        Some(Head {
            end: all + length,
            wants,
            plural,
        })
    };
    if let Some(length) = kinds(rest) {
        return head(length, false, true);
    }
    if let Some(word) = lists.alone.starts(rest.fold) {
        return head(word.len(), false, all > 0);
    }
    let office = lists.offices.starts(rest.fold);
    if let Some(word) = office.or_else(|| lists.named.starts(rest.fold))
        && is_named(word, rest)
    {
        return head(word.len(), true, all > 0);
    }
    if let Some(word) = lists.single.starts(rest.fold) {
        return head(word.len(), false, true);
    }
    if all > 0 || after_plural {
        let word = lists.plural.starts(rest.fold)?;
        return head(word.len(), false, true);
    }
    None
}

/// Whether a name of its own stands behind a word such as 'Sở'.
fn is_named(word: &str, rest: Text<'_>) -> bool {
    let lists = &*LISTS;
    let behind = rest.from(word.len());
    let next = behind.trim_start();
    let area = lists.areas.is(word);
    (next.is_capital() && next.len() < behind.len())
        || lists.known.starts(next.fold).is_some()
        || (!area && lists.areas.starts(next.fold).is_some())
        || (!area && next.fold.starts_with("các "))
        || (word == "báo" && next.fold.starts_with("và "))
}

/// How long a row of kinds is: 'sở, ban, ngành', 'huyện, thị xã, thành phố'.
fn kinds(text: Text<'_>) -> Option<usize> {
    let lists = &*LISTS;
    let mut end = lists.many.starts(text.fold)?.len();
    // Before the last of them.
    let mut before = 0;
    loop {
        let rest = &text.fold[end..];
        let next = rest.trim_start_matches([' ', ',', '&', '/']);
        let joined = rest.len() > next.len() && rest.trim_start().starts_with([',', '&', '/']);
        let and = next.strip_prefix("và ");
        let next = and.unwrap_or(next);
        let Some(word) = lists.many.starts(next).filter(|_| joined || and.is_some()) else {
            break;
        };
        before = end;
        end = text.len() - next.len() + word.len();
    }
    (before > 0).then(|| {
        // 'các sở, ngành' ends before the name in 'các sở, Ban Tuyên giáo'.
        let behind = text.from(end);
        let next = behind.trim_start();
        let last = text.part(before, end).fold;
        let word = last.rsplit([' ', ',', '/']).next().unwrap_or_default();
        let named = next.is_capital()
            && next.len() < behind.len()
            && lists.areas.starts(next.fold).is_none()
            && ["sở", "bộ", "ban", "phòng", "hội", "báo", "đài", "trường"].contains(&word);
        if named { before } else { end }
    })
}

/// The name at the beginning of a text.
pub fn read(text: Text<'_>, after_plural: bool) -> Option<Name> {
    let lists = &*LISTS;
    let head = head(text, after_plural)?;
    let (mut at, mut words) = (head.end, usize::from(!head.wants));
    let name = |end: usize| Name {
        names: vec![text.to(end).trim(&[' ', '-', '–', ',']).raw.to_owned()],
        end,
        plural: head.plural,
    };
    if lists.only.is(text.to(at).fold) {
        return Some(name(at));
    }
    // Behind the last word that surely belongs to the name.
    let mut sure = at;
    let plural = lists.all.starts(text.fold).is_some();
    let mut many = (plural && dealt::is_many(text.to(at))).then_some(0);
    let mut steps = 0;
    while steps < LONGEST {
        steps += 1;
        let rest = text.from(at).trim_start();
        let here = text.len() - rest.len();
        let Some(letter) = rest.first() else {
            break;
        };
        if (letter == ':' || rest.is_capital())
            && let Some(dealt) = many.and_then(|from| dealt::read(text, from, here))
        {
            return Some(dealt);
        }
        let own = own_list(text.to(at), rest);
        if let Some(length) = own {
            (at, words) = (here + length, words + 1);
            many = many.filter(|from| dealt::is_many(text.part(*from, at)));
            sure = at;
            continue;
        }
        let step = match letter {
            ',' => comma(text, at, here),
            '-' | '–' | '—' => dash(rest, letter),
            '.' if text.to(at).fold.ends_with("tp") => Some(1),
            _ if letter.is_alphanumeric() || "&/+'’".contains(letter) => {
                word(rest, text.to(at), words)
            }
            _ => None,
        };
        let Some(step) = step else {
            break;
        };
        (at, words) = (here + step, words + 1);
        let last = lists.last.starts(rest.fold).is_some();
        if rest.is_capital() || last || lists.areas.starts(rest.fold).is_some() {
            sure = at;
        }
        if last {
            break;
        }
        if rest.fold.starts_with("các ") {
            many = Some(here);
        } else {
            many = many.filter(|from| letter == ',' || dealt::is_many(text.part(*from, at)));
        }
    }
    let end = if steps < LONGEST { at } else { sure };
    (words > 0).then(|| name(end.max(head.end)))
}

/// What stands behind 'các' or 'Sở' and holds commas of its own.
fn own_list(before: Text<'_>, rest: Text<'_>) -> Option<usize> {
    if before.fold.ends_with("các") {
        return kinds(rest);
    }
    let last = before.fold.rsplit(' ').next()?;
    let may_join = ["sở", "bộ", "phòng", "tâm", "ban", "quan", "đài", "vụ"].contains(&last);
    LISTS
        .joined
        .starts(rest.fold)
        .filter(|_| may_join)
        .map(str::len)
}

/// How far a word goes, when it belongs to the name.
fn word(rest: Text<'_>, before: Text<'_>, words: usize) -> Option<usize> {
    if let Some(tail) = LISTS.tails.starts(rest.fold) {
        return Some(tail.len());
    }
    let end = rest
        .raw
        .find(|letter: char| letter.is_whitespace() || ",;:.()“”\"|".contains(letter))
        .unwrap_or(rest.len());
    if ["và", "&"].contains(&rest.to(end).fold) {
        return joins(rest.from(end).trim_start(), before, words).then_some(end);
    }
    if words > 0 && !before.fold.ends_with("các") {
        let small = !rest.is_capital()
            && (LISTS.ends.starts(rest.fold).is_some() || ends_in_area(before.fold, rest.fold));
        if small || LISTS.deeds.starts(rest.fold).is_some() {
            return None;
        }
    }
    Some(end)
}

/// Behind 'UBND tỉnh' a small word begins something else; 'xã hội' and 'tỉnh ủy' are words.
fn ends_in_area(before: &str, rest: &str) -> bool {
    let area = [
        "tỉnh",
        "thành phố",
        "huyện",
        "thị xã",
        "quận",
        "xã",
        "phường",
        "thị trấn",
    ]
    .iter()
    .any(|area| {
        before
            .strip_suffix(area)
            .is_some_and(|head| head.ends_with(' '))
    });
    let word = ["hội", "ủy", "đoàn", "các ", "nơi", "khác"]
        .iter()
        .any(|word| rest.starts_with(word));
    area && !word && LISTS.areas.starts(rest).is_none()
}

/// Whether what stands behind an 'và' still is the name: 'Sở Văn hóa và Thể thao'.
fn joins(behind: Text<'_>, before: Text<'_>, words: usize) -> bool {
    if words == 0 {
        return true;
    }
    if begins(behind, false) {
        let office = ["văn phòng hđnd", "văn phòng hội đồng", "văn phòng đoàn"]
            .iter()
            .any(|words| before.fold.contains(words));
        return office && (behind.fold.starts_with("ubnd") || behind.fold.starts_with('h'));
    }
    let last = before
        .fold
        .trim_end()
        .rsplit(' ')
        .next()
        .unwrap_or_default();
    let ended = LISTS.areas.is(last) || ["quan", "khác", "phố", "trấn"].contains(&last);
    behind.is_capital() || (!ended && LISTS.ends.starts(behind.fold).is_none())
}

/// A dash joins 'Thăng Long - Hà Nội' and 'chính trị - xã hội'.
fn dash(rest: Text<'_>, letter: char) -> Option<usize> {
    let next = rest.from(letter.len_utf8()).trim_start();
    let small = ["xã hội", "nghề nghiệp", "kỹ thuật", "chính trị"]
        .iter()
        .any(|words| next.fold.starts_with(words));
    (small || (next.is_capital() && !begins(next, false))).then_some(letter.len_utf8())
}

/// A comma inside a name: 'UBND các huyện, thị xã', 'cơ quan thông tấn, báo chí'.
fn comma(text: Text<'_>, at: usize, here: usize) -> Option<usize> {
    let lists = &*LISTS;
    let next = text.from(here + 1).trim_start();
    let length = text.len() - next.len() - here;
    let before = text.to(at).fold.trim_end();
    let counts = [
        "huyện",
        "thị xã",
        "thành phố",
        "quận",
        "xã",
        "phường",
        "thị trấn",
        "tỉnh",
        "đặc khu",
    ]
    .iter()
    .any(|kind| before.ends_with(kind));
    if let Some(kind) = lists.areas.starts(next.fold).filter(|_| counts) {
        // 'UBND tỉnh, thành phố Sơn La' names another body.
        let named = next.from(kind.len()).trim_start().is_capital();
        return (!named || before.contains("các ")).then_some(length + kind.len());
    }
    if before.ends_with("thông tấn") && next.fold.starts_with("báo chí") {
        return Some(length + "báo chí".len());
    }
    if begins(next, false) || !next.is_capital() {
        return None;
    }
    // 'Phòng Kinh tế, Hạ tầng và Đô thị': an 'và' before the next sign.
    let end = next
        .fold
        .find([',', ';', '.', ':', '(', '|', '\n'])
        .unwrap_or(next.len());
    let piece = next.to(end);
    let and = piece.fold.find(" và ")?;
    let behind = piece.from(and + " và ".len());
    let short = piece.to(and).fold.split(' ').count() <= 4;
    let heads = ["sở", "bộ", "phòng", "ban", "vụ", "cục", "tâm"];
    let words: Vec<&str> = before.rsplit(' ').skip(1).take(4).collect();
    let department = words.iter().any(|word| heads.contains(word));
    (department && short && behind.is_capital() && !begins(behind, false)).then_some(length)
}
