//! How a name begins: 'Sở', 'UBND', 'các sở, ban, ngành'.

use std::sync::LazyLock;

use super::super::text::Text;
use super::super::words::Words;
use super::words::{
    ALL, ALONE, AREAS, DEEDS, DEPARTMENTS, ENDS, JOINED, LAST, MANY, MANY_BARE, MANY_MORE, NAMED,
    NONE, OFFICES, ONLY, TAILS,
};

/// The lists of [`super::words`], ready to be looked up.
pub struct Lists {
    /// 'các' and the like.
    pub all: Words,
    /// What begins like a body and is none.
    pub none: Words,
    /// Kinds in the plural.
    pub many: Words,
    /// What may stand behind 'các'.
    pub plural: Words,
    /// What is plural without 'các'.
    pub single: Words,
    /// Bodies by themselves.
    pub alone: Words,
    /// Bodies that there is one of.
    pub only: Words,
    /// Offices, with more behind them.
    pub offices: Words,
    /// Heads that want a name.
    pub named: Words,
    /// Names of departments.
    pub known: Words,
    /// Names with commas inside.
    pub joined: Words,
    /// Kinds of area.
    pub areas: Words,
    /// Words before which a name ends.
    pub ends: Words,
    /// Deeds, capitals too.
    pub deeds: Words,
    /// What may follow a name.
    pub tails: Words,
    /// What ends a name.
    pub last: Words,
}

pub static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists {
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
pub struct Head {
    /// Where it ends.
    pub end: usize,
    /// Whether a name of its own must follow.
    pub wants: bool,
    /// Whether it is plural.
    pub plural: bool,
}

/// Whether a name begins here.
pub fn begins(text: Text<'_>, after_plural: bool) -> bool {
    head(text, after_plural).is_some()
}

/// The head of a name at the beginning of a text.
pub fn head(text: Text<'_>, after_plural: bool) -> Option<Head> {
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
pub fn kinds(text: Text<'_>) -> Option<usize> {
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
