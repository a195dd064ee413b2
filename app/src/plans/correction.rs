//! A corrected document: which live plan it corrects, and what of that plan goes on under it.
//!
//! What stands in a clause that is as it was goes on as it was decided. What stands in a clause that
//! is worded otherwise, or that was added, is for a person to decide; what the new words give is laid
//! beside what is in force.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use loa_plan::{Change, Reading, compare};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use unicode_normalization::UnicodeNormalization;

use super::data::Data;
use super::element::{Decision, Element, Kind};
use super::entity::plan;
use super::plan::{State, reading};
use super::proposal::{self, Proposal};
use crate::error::Failure;
use crate::ids::UnitId;

/// Two texts are said of the same thing when they share so many of their words, in percent.
const ALIKE: usize = 35;
/// So many pairs of texts are compared in one clause.
const MOST: usize = 100_000;

/// The live plan of a unit that a document corrects: the one with its number, or, where one of them
/// has none, the one with its title.
pub(super) async fn corrected(
    connection: &impl ConnectionTrait,
    unit: UnitId,
    new: &Reading,
) -> Result<Option<plan::Model>, Failure> {
    let live = plan::Entity::find()
        .filter(plan::Column::UnitId.eq(unit))
        .filter(plan::Column::State.eq(State::Live.name()))
        .order_by_desc(plan::Column::Id)
        .all(connection)
        .await?;
    let same = |plan: &plan::Model| reading(plan).is_ok_and(|known| is_same(&known, new));
    Ok(live.into_iter().find(same))
}

/// What a corrected document proposes, in its order.
pub(super) fn proposals(live: &[Element], old: &Reading, new: &Reading) -> Vec<Proposal> {
    let mut read: BTreeMap<String, Vec<Proposal>> = BTreeMap::new();
    for one in proposal::read(new) {
        read.entry(one.clause.clone()).or_default().push(one);
    }
    let of = |eid: &str| live.iter().filter(move |one| one.clause == eid).collect();
    let mut proposals = Vec::new();
    for change in compare(&old.clauses, &new.clauses) {
        let Some(clause) = change.after() else {
            continue;
        };
        let read = read.remove(&clause.eid).unwrap_or_default();
        proposals.extend(match change {
            Change::Same { old, .. } => kept(&clause.eid, of(&old.eid)),
            Change::Changed { old, .. } => laid_beside(&clause.eid, of(&old.eid), read),
            _ => read,
        });
    }
    proposals
}

fn is_same(old: &Reading, new: &Reading) -> bool {
    let year = |reading: &Reading| reading.date.as_deref()?.get(..4).map(str::to_owned);
    let agree = |one: &Option<String>, other: &Option<String>| {
        one.is_none() || other.is_none() || one == other
    };
    // Numbers begin anew every year.
    if !agree(&year(old), &year(new)) || !agree(&old.notation, &new.notation) {
        return false;
    }
    match (&old.number, &new.number) {
        (Some(one), Some(other)) => one == other,
        _ => !new.title.is_empty() && title(old) == title(new),
    }
}

fn title(reading: &Reading) -> String {
    let composed: String = reading.title.nfc().collect();
    let words: Vec<&str> = composed.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// A clause that is as it was keeps its elements as they were decided.
fn kept(clause: &str, live: Vec<&Element>) -> Vec<Proposal> {
    let keep = |one: &Element| Proposal {
        decision: one.decision,
        decided: one.decided_by.zip(one.decided_at),
        ..in_force(clause, one, one.confidence)
    };
    live.into_iter().map(keep).collect()
}

/// Each element that was read is laid beside the one in force that it seems to be.
fn laid_beside(clause: &str, live: Vec<&Element>, mut read: Vec<Proposal>) -> Vec<Proposal> {
    let live: Vec<&Element> = live
        .into_iter()
        .filter(|one| one.decision == Decision::Accepted)
        .collect();
    let mut beside = Beside {
        known: vec![false; live.len()],
        laid: vec![false; read.len()],
    };
    for same in [is_read_alike, is_of_one_row, is_alone] {
        beside.lay(&live, &mut read, same);
    }
    for (place, at) in alike(&beside, &live, &read) {
        beside.join(&live, &mut read, place, at);
    }
    let left = live.iter().zip(&beside.known);
    let left = left.filter(|(_, known)| !**known);
    // In force, and nothing in the new words says it: a person must see it.
    read.extend(left.map(|(one, _)| in_force(clause, one, 0)));
    read
}

/// Which of those in force and of those that were read have found each other.
struct Beside {
    known: Vec<bool>,
    laid: Vec<bool>,
}

impl Beside {
    /// Joins those of which nothing but one rule says that they are the same.
    fn lay(
        &mut self,
        live: &[&Element],
        read: &mut [Proposal],
        same: impl Fn(&Element, &Data, (usize, usize)) -> bool,
    ) {
        let of_live = counts(live.iter().map(|one| one.kind()));
        let of_read = counts(read.iter().map(|one| one.data.kind()));
        for at in 0..read.len() {
            if self.laid[at] {
                continue;
            }
            let kind = read[at].data.kind();
            let count = |of: &BTreeMap<Kind, usize>| of.get(&kind).copied().unwrap_or_default();
            let many = (count(&of_live), count(&of_read));
            let found = (0..live.len()).find(|place| {
                let one = live[*place];
                !self.known[*place] && one.kind() == kind && same(one, &read[at].data, many)
            });
            if let Some(place) = found {
                self.join(live, read, place, at);
            }
        }
    }

    fn join(&mut self, live: &[&Element], read: &mut [Proposal], place: usize, at: usize) {
        if self.known[place] || self.laid[at] {
            return;
        }
        self.known[place] = true;
        self.laid[at] = true;
        follow(live[place], &mut read[at]);
    }
}

fn counts(kinds: impl Iterator<Item = Kind>) -> BTreeMap<Kind, usize> {
    let mut counts = BTreeMap::new();
    for kind in kinds {
        *counts.entry(kind).or_default() += 1;
    }
    counts
}

fn is_read_alike(known: &Element, read: &Data, _: (usize, usize)) -> bool {
    known.proposed.as_ref() == Some(read) || known.data == *read
}

/// The same row of a table, or the same kind of channel.
fn is_of_one_row(known: &Element, read: &Data, _: (usize, usize)) -> bool {
    match (&known.data, read) {
        (Data::Duty(one), Data::Duty(other)) => one.row.is_some() && one.row == other.row,
        (Data::Channel(one), Data::Channel(other)) => one.kind == other.kind,
        _ => false,
    }
}

/// There is one of the kind in either.
fn is_alone(_: &Element, _: &Data, many: (usize, usize)) -> bool {
    many == (1, 1)
}

/// Those that share the most words, the most alike first.
fn alike(beside: &Beside, live: &[&Element], read: &[Proposal]) -> Vec<(usize, usize)> {
    let live = live.iter().map(|one| (one.kind(), words(one.data.words())));
    let read = read
        .iter()
        .map(|one| (one.data.kind(), words(one.data.words())));
    let open = |(place, one): (usize, _), taken: &[bool]| (!taken[place]).then_some((place, one));
    let live: Vec<_> = live
        .enumerate()
        .filter_map(|one| open(one, &beside.known))
        .collect();
    let read: Vec<_> = read
        .enumerate()
        .filter_map(|one| open(one, &beside.laid))
        .collect();
    // Of a table of thousands of rows that are all new, none is looked for.
    if live.len() * read.len() > MOST {
        return Vec::new();
    }
    let mut pairs = Vec::new();
    for (place, (kind, known)) in &live {
        for (at, (other, new)) in &read {
            let like = if kind == other { shared(known, new) } else { 0 };
            if like >= ALIKE {
                pairs.push((like, *place, *at));
            }
        }
    }
    pairs.sort_by_key(|(like, place, at)| (Reverse(*like), *place, *at));
    pairs
        .into_iter()
        .map(|(_, place, at)| (place, at))
        .collect()
}

fn words(text: &str) -> BTreeSet<String> {
    let plain = text.to_lowercase();
    plain.split_whitespace().map(str::to_owned).collect()
}

/// How many of their words two texts share, in percent.
fn shared(one: &BTreeSet<String>, other: &BTreeSet<String>) -> usize {
    let all = one.union(other).count();
    let both = one.intersection(other).count() * 100;
    both.checked_div(all).unwrap_or_default()
}

fn in_force(clause: &str, one: &Element, confidence: i64) -> Proposal {
    Proposal {
        proposed: one.proposed.clone(),
        follows: Some(one.id),
        ..Proposal::of(clause, one.data.clone(), confidence)
    }
}

fn follow(known: &Element, read: &mut Proposal) {
    read.follows = Some(known.id);
    if known.proposed.as_ref() == Some(&read.data) {
        // Read as it was read before: what a person made of it then still holds.
        read.data.clone_from(&known.data);
        if matches!(&read.data, Data::Duty(duty) if duty.row.is_some()) {
            // A row of a table that stands as it was, although others of the table do not.
            read.decision = known.decision;
            read.decided = known.decided_by.zip(known.decided_at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{ElementId, PersonId};

    fn duty(row: &str, text: &str, due: &str) -> Data {
        let json = format!(
            r#"{{"units": [{{"name": "Sở A", "role": "lead"}}], "text": "{text}", "cadence": "once", "due": "{due}", "row": "{row}"}}"#
        );
        Data::parse(Kind::Duty, &json).unwrap()
    }

    fn standing(id: i64, proposed: Option<Data>, data: Data, decision: Decision) -> Element {
        Element {
            id: ElementId(id),
            clause: "annex".into(),
            proposed,
            data,
            decision,
            confidence: 90,
            position: id,
            version: 1,
            row: Some(id),
            follows: None,
            decided_by: Some(PersonId(1)),
            decided_at: Some(chrono::DateTime::UNIX_EPOCH),
        }
    }

    #[test]
    fn of_a_table_only_the_rows_that_differ_are_asked() {
        let read = [
            duty("1", "Phát bản tin", "10-01"),
            duty("2", "Mở chuyên mục", "2027"),
        ];
        let edited = duty("1", "Phát bản tin trên loa", "10-01");
        let gone = duty("3", "Tổ chức hội thi tìm hiểu", "2026");
        let live = [
            standing(1, Some(read[0].clone()), edited.clone(), Decision::Accepted),
            standing(
                2,
                Some(read[1].clone()),
                read[1].clone(),
                Decision::Accepted,
            ),
            standing(3, Some(gone.clone()), gone.clone(), Decision::Accepted),
            standing(
                4,
                None,
                duty("", "Do cán bộ thêm vào", ""),
                Decision::Rejected,
            ),
        ];
        let later = duty("2", "Mở chuyên mục", "2028");
        let new = [
            read[0].clone(),
            later.clone(),
            duty("4", "Việc mới", "2028"),
        ];
        let proposed = new
            .iter()
            .map(|data| Proposal::of("annex_b", data.clone(), 90));
        let laid = laid_beside("annex_b", live.iter().collect(), proposed.collect());

        let told: Vec<_> = laid
            .iter()
            .map(|one| (one.follows.map(|id| id.0), one.decision, one.data.clone()))
            .collect();
        assert_eq!(
            told,
            [
                // As it was read before: the officer's words hold.
                (Some(1), Decision::Accepted, edited),
                (Some(2), Decision::Proposed, later),
                (None, Decision::Proposed, new[2].clone()),
                // In force, and no longer read.
                (Some(3), Decision::Proposed, gone),
            ]
        );
        assert_eq!(laid[3].confidence, 0);
        assert_eq!(laid[0].proposed.as_ref(), Some(&read[0]));
    }

    #[test]
    fn what_is_alone_of_its_kind_is_laid_beside_though_no_word_is_the_same() {
        let theme =
            |label: &str| Data::parse(Kind::Theme, &format!(r#"{{"label": "{label}"}}"#)).unwrap();
        let live = standing(1, None, theme("Một cửa"), Decision::Accepted);
        let read = vec![Proposal::of("annex", theme("Dịch vụ công"), 80)];
        let laid = laid_beside("annex", vec![&live], read);
        assert_eq!((laid.len(), laid[0].follows), (1, Some(ElementId(1))));
        assert_eq!(laid[0].data, theme("Dịch vụ công"));
        assert_eq!(laid[0].decision, Decision::Proposed);
    }

    #[test]
    fn numbers_begin_anew_every_year() {
        let reading = |number: Option<&str>, date: &str, title: &str| -> Reading {
            let text = "I. MỤC\n\n1. Việc\n\nNội dung.\n";
            let mut reading = loa_plan::read(text.as_bytes(), None).unwrap();
            reading.number = number.map(Into::into);
            reading.notation = Some("KH-UBND".into());
            reading.date = Some(date.into());
            reading.title = title.into();
            reading
        };
        let live = reading(Some("12/KH-UBND"), "2026-03-05", "Tuyên truyền");
        assert!(is_same(
            &live,
            &reading(Some("12/KH-UBND"), "2026-04-01", "Tên khác")
        ));
        assert!(!is_same(
            &live,
            &reading(Some("12/KH-UBND"), "2027-03-05", "Tuyên truyền")
        ));
        assert!(!is_same(
            &live,
            &reading(Some("13/KH-UBND"), "2026-03-05", "Tuyên truyền")
        ));
        assert!(is_same(&live, &reading(None, "2026", "Tuyên  TRUYỀN")));
        assert!(!is_same(&live, &reading(None, "2026", "")));
    }
}
