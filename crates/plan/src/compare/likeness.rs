//! How like each other two wordings are, and which could be.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::outline::words;
use crate::model::Clause;

/// A feature that stands in more clauses than these tells nothing about any of them.
const RARE: usize = 3;

/// With so many others a clause is compared word by word.
const LIKELIEST: usize = 8;

/// The words of a clause and its pairs of neighbouring words, as sorted hashes. Vietnamese writes
/// each syllable apart: pairs tell what single ones do not.
pub struct Features(Vec<u64>);

impl Features {
    pub fn of(clause: &Clause) -> Self {
        let mut all = Vec::new();
        let mut before = None;
        for word in words(clause) {
            let plain = word.trim_matches(|letter: char| !letter.is_alphanumeric());
            if plain.is_empty() {
                continue;
            }
            let word = hash(&plain.to_lowercase());
            all.push(word);
            all.extend(before.map(|before| hash(&(before, word))));
            before = Some(word);
        }
        all.sort_unstable();
        Self(all)
    }

    /// From 0, nothing in common, to 1000, the same.
    pub fn likeness(&self, other: &Self) -> usize {
        let (mut here, mut there, mut shared) = (0, 0, 0);
        while let (Some(a), Some(b)) = (self.0.get(here), other.0.get(there)) {
            shared += usize::from(a == b);
            here += usize::from(a <= b);
            there += usize::from(b <= a);
        }
        2_000 * shared / (self.0.len() + other.0.len()).max(1)
    }
}

/// Who shares rare features: pairs of places in the two lists, for each of the old the few with which
/// it shares the most.
pub fn sharing(old: &[Features], new: &[Features]) -> Vec<(usize, usize)> {
    let mut holders: HashMap<u64, [Vec<usize>; 2]> = HashMap::new();
    for (side, list) in [old, new].into_iter().enumerate() {
        for (place, features) in list.iter().enumerate() {
            for feature in &features.0 {
                let held = &mut holders.entry(*feature).or_default()[side];
                // One more than is rare says that it is not.
                if held.len() <= RARE && held.last() != Some(&place) {
                    held.push(place);
                }
            }
        }
    }
    let mut shared: Vec<(usize, usize)> = holders
        .into_values()
        .filter(|[old, new]| old.len() <= RARE && new.len() <= RARE)
        .flat_map(|[old, new]| {
            old.into_iter()
                .flat_map(move |a| new.clone().into_iter().map(move |b| (a, b)))
        })
        .collect();
    shared.sort_unstable();
    let mut counted: Vec<(usize, Reverse<usize>, usize)> = shared
        .chunk_by(PartialEq::eq)
        .map(|same| (same[0].0, Reverse(same.len()), same[0].1))
        .collect();
    counted.sort_unstable();
    counted
        .chunk_by(|one, other| one.0 == other.0)
        .flat_map(|of_one| of_one.iter().take(LIKELIEST))
        .map(|(a, _, b)| (*a, *b))
        .collect()
}

fn hash(thing: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    thing.hash(&mut hasher);
    hasher.finish()
}
