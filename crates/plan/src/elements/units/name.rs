//! One name: where it begins, how far it goes.

use super::super::text::Text;
use super::dealt;
use super::head::{LISTS, begins, head, kinds};

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
        // 'Ban Chỉ đạo', 'Phòng Hướng dẫn' are names.
        let last = before.fold.rsplit(' ').next().unwrap_or_default();
        let named = rest.is_capital() && ["ban", "phòng", "tổ", "vụ", "cục"].contains(&last);
        if small || (!named && LISTS.deeds.starts(rest.fold).is_some()) {
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
    // 'UBND cấp huyện, cấp xã'
    if let Some(level) = next.fold.strip_prefix("cấp ")
        && before.contains(" cấp ")
    {
        let kind = lists.areas.starts(level)?;
        return Some(length + "cấp ".len() + kind.len());
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
