//! Which clause of the old tree is which of the new.
//!
//! What is worded like no other is paired first, wherever it went. Then parents come before their
//! children: below each pair first equal wordings in their order, then like ones. What is left and
//! equal has moved from one parent to another; what is then still left may have been reworded as
//! well, which takes more likeness to believe.

use std::cmp::Reverse;
use std::collections::VecDeque;

use super::common::common;
use super::likeness::{Features, sharing};
use super::outline::{Outline, SILENT};

/// How like two clauses below the same parent are at least, out of 1000.
const ALIKE: usize = 550;

/// The same when they stand in the same order in no parent that is known.
const ALIKE_ANYWHERE: usize = 750;

/// What standing in the same place behind the same neighbour adds.
const SAME_PLACE: usize = 200;

/// Who is who, by place in the outlines.
pub struct Pairing {
    pub to_new: Vec<Option<usize>>,
    pub to_old: Vec<Option<usize>>,
}

/// Pairs two outlines of so many wordings.
pub fn pair(old: &Outline, new: &Outline, wordings: usize) -> Pairing {
    let mut work = Work {
        old,
        new,
        to_new: vec![None; old.parts.len()],
        to_old: vec![None; new.parts.len()],
        left: [tally(old, wordings), tally(new, wordings)],
        fresh: VecDeque::new(),
    };
    work.join(0, 0);
    work.unmistakable();
    work.descend();
    work.moved();
    work.descend();
    for place in 0..old.parts.len() {
        if let Some(other) = work.to_new[place] {
            work.alike(
                &old.parts[place].children,
                &new.parts[other].children,
                ALIKE,
            );
        }
    }
    work.descend();
    let all = |outline: &Outline| (1..outline.parts.len()).collect::<Vec<_>>();
    work.alike(&all(old), &all(new), ALIKE_ANYWHERE);
    work.descend();
    Pairing {
        to_new: work.to_new,
        to_old: work.to_old,
    }
}

struct Work<'t, 'a> {
    old: &'t Outline<'a>,
    new: &'t Outline<'a>,
    to_new: Vec<Option<usize>>,
    to_old: Vec<Option<usize>>,
    /// How many of each wording have no partner yet.
    left: [Vec<usize>; 2],
    /// Pairs below which nobody has looked.
    fresh: VecDeque<(usize, usize)>,
}

/// A clause that looks for a partner.
struct Single {
    part: usize,
    /// Behind which part of the new tree it stands, and as which of those without a partner.
    place: (usize, usize),
}

impl Work<'_, '_> {
    fn join(&mut self, old: usize, new: usize) {
        self.to_new[old] = Some(new);
        self.to_old[new] = Some(old);
        self.left[0][self.old.parts[old].words] -= 1;
        self.left[1][self.new.parts[new].words] -= 1;
        self.fresh.push_back((old, new));
    }

    fn unmistakable(&mut self) {
        let mut holder = vec![0; self.left[0].len()];
        for (place, part) in self.old.parts.iter().enumerate() {
            holder[part.words] = place;
        }
        for place in 1..self.new.parts.len() {
            let words = self.new.parts[place].words;
            if words != SILENT && self.left[0][words] == 1 && self.left[1][words] == 1 {
                self.join(holder[words], place);
            }
        }
    }

    fn descend(&mut self) {
        while let Some((old, new)) = self.fresh.pop_front() {
            let (old, new) = (&self.old.parts[old].children, &self.new.parts[new].children);
            self.equal(old, new);
            self.alike(old, new, ALIKE);
        }
    }

    /// Pairs equal wordings below one parent: those in the same order first.
    fn equal(&mut self, old: &[usize], new: &[usize]) {
        let old_words: Vec<_> = old.iter().map(|at| self.old.parts[*at].words).collect();
        let new_words: Vec<_> = new.iter().map(|at| self.new.parts[*at].words).collect();
        for (a, b) in common(&old_words, &new_words) {
            if self.to_new[old[a]].is_none() && self.to_old[new[b]].is_none() {
                self.join(old[a], new[b]);
            }
        }
        self.in_turn(old.iter().copied(), new.iter().copied());
    }

    /// Pairs what is left and equal, across parents.
    fn moved(&mut self) {
        self.in_turn(1..self.old.parts.len(), 1..self.new.parts.len());
    }

    /// Pairs equal wordings that have no partner yet, the first with the first.
    fn in_turn(&mut self, old: impl Iterator<Item = usize>, new: impl Iterator<Item = usize>) {
        let by_words = |(words, part): &(usize, usize)| (*words, *part);
        let mut old: Vec<_> = old
            .filter(|part| self.to_new[*part].is_none())
            .map(|part| (self.old.parts[part].words, part))
            .filter(|(words, _)| *words != SILENT)
            .collect();
        let mut new: Vec<_> = new
            .filter(|part| self.to_old[*part].is_none())
            .map(|part| (self.new.parts[part].words, part))
            .filter(|(words, _)| *words != SILENT)
            .collect();
        old.sort_unstable_by_key(by_words);
        new.sort_unstable_by_key(by_words);
        let mut new = new.into_iter().peekable();
        for (words, part) in old {
            while new.next_if(|(other, _)| *other < words).is_some() {}
            if let Some((_, other)) = new.next_if(|(other, _)| *other == words) {
                self.join(part, other);
            }
        }
    }

    /// Pairs the most like of two lists in document order, as long as they are like enough.
    fn alike(&mut self, old: &[usize], new: &[usize], enough: usize) {
        let (old, new) = (self.old_singles(old), self.new_singles(new));
        if old.is_empty() || new.is_empty() {
            return;
        }
        let features = |outline: &Outline, singles: &[Single]| -> Vec<Features> {
            let clauses = singles.iter().map(|one| outline.parts[one.part].clause);
            clauses.flatten().map(Features::of).collect()
        };
        let (old_features, new_features) = (features(self.old, &old), features(self.new, &new));
        let mut candidates = sharing(&old_features, &new_features);
        candidates.extend(neighbours(&old, &new));
        candidates.extend(self.by_children(&old, &new));
        candidates.sort_unstable();
        candidates.dedup();
        let mut found: Vec<_> = candidates
            .into_iter()
            .filter_map(|(a, b)| {
                let words = old_features[a].likeness(&new_features[b]);
                let kept = self.kept_children(old[a].part, new[b].part);
                let place = usize::from(old[a].place == new[b].place) * SAME_PLACE;
                let likeness = words.max(usize::midpoint(words, kept)) + place;
                (likeness >= enough).then_some((Reverse(likeness), a.abs_diff(b), a, b))
            })
            .collect();
        found.sort_unstable();
        for (_, _, a, b) in found {
            let (a, b) = (old[a].part, new[b].part);
            if self.to_new[a].is_none() && self.to_old[b].is_none() {
                self.join(a, b);
            }
        }
    }

    fn old_singles(&self, list: &[usize]) -> Vec<Single> {
        singles(list, |part| {
            let wanted = self.left[1][self.old.parts[part].words] > 0;
            (self.to_new[part], wanted)
        })
    }

    fn new_singles(&self, list: &[usize]) -> Vec<Single> {
        singles(list, |part| {
            let wanted = self.left[0][self.new.parts[part].words] > 0;
            (self.to_old[part].map(|_| part), wanted)
        })
    }

    /// Singles whose children have found each other.
    fn by_children(&self, old: &[Single], new: &[Single]) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        for (at, single) in old.iter().enumerate() {
            for child in &self.old.parts[single.part].children {
                let parent = self.to_new[*child].map(|other| self.new.parts[other].parent);
                let place = parent
                    .and_then(|parent| new.binary_search_by_key(&parent, |one| one.part).ok());
                pairs.extend(place.map(|place| (at, place)));
            }
        }
        pairs
    }

    /// How many of their children are the same, out of 1000.
    fn kept_children(&self, old: usize, new: usize) -> usize {
        let (from, to) = (&self.old.parts[old].children, &self.new.parts[new].children);
        let kept = from
            .iter()
            .filter_map(|child| self.to_new[*child])
            .filter(|other| self.new.parts[*other].parent == new)
            .count();
        2_000 * kept / (from.len() + to.len()).max(1)
    }
}

/// How often each wording stands in an outline.
fn tally(outline: &Outline, wordings: usize) -> Vec<usize> {
    let mut times = vec![0; wordings];
    for part in &outline.parts {
        times[part.words] += 1;
    }
    times
}

/// Those of a list without a partner, unless an equal one waits for them elsewhere.
fn singles(list: &[usize], state: impl Fn(usize) -> (Option<usize>, bool)) -> Vec<Single> {
    let mut place = (0, 0);
    let mut found = Vec::new();
    for part in list {
        let (partner, wanted) = state(*part);
        if let Some(partner) = partner {
            place = (partner, 0);
            continue;
        }
        if !wanted {
            found.push(Single { part: *part, place });
        }
        place.1 += 1;
    }
    found
}

/// Singles behind the same neighbour, in the same place or next to it.
fn neighbours(old: &[Single], new: &[Single]) -> Vec<(usize, usize)> {
    let mut places: Vec<((usize, usize), usize)> = new
        .iter()
        .enumerate()
        .map(|(at, single)| (single.place, at))
        .collect();
    places.sort_unstable();
    let mut pairs = Vec::new();
    for (at, single) in old.iter().enumerate() {
        let (anchor, rank) = single.place;
        for rank in rank.saturating_sub(1)..=rank + 1 {
            let found = places.binary_search_by_key(&(anchor, rank), |(place, _)| *place);
            pairs.extend(found.ok().map(|found| (at, places[found].1)));
        }
    }
    pairs
}
