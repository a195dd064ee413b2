//! The longest run of things that two lists have in common, in their order: what stands once in
//! both holds fast first (patience), between those the shortest edit is looked for (Myers), and no
//! longer than a bound that depends on the lists alone, so that the answer is always the same.

use std::collections::HashMap;

/// How many edits are looked through between two fixed places before the rest counts as rewritten.
const MOST_EDITS: usize = 1_000;

/// How often what lies between fixed places is searched for fixed places again.
const DEEPEST: usize = 8;

/// Pairs of places whose things are equal, rising on both sides.
pub fn common(old: &[usize], new: &[usize]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    between(old, new, (0, 0), DEEPEST, &mut pairs);
    pairs
}

fn between(
    old: &[usize],
    new: &[usize],
    (from_old, from_new): (usize, usize),
    depth: usize,
    pairs: &mut Vec<(usize, usize)>,
) {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    pairs.extend((0..head).map(|step| (from_old + step, from_new + step)));
    let (old, new) = (&old[head..], &new[head..]);
    let (from_old, from_new) = (from_old + head, from_new + head);
    let backwards = old.iter().rev().zip(new.iter().rev());
    let tail = backwards.take_while(|(a, b)| a == b).count();
    let (end_old, end_new) = (old.len() - tail, new.len() - tail);
    middle(
        &old[..end_old],
        &new[..end_new],
        (from_old, from_new),
        depth,
        pairs,
    );
    pairs.extend((0..tail).map(|step| (from_old + end_old + step, from_new + end_new + step)));
}

fn middle(
    old: &[usize],
    new: &[usize],
    (from_old, from_new): (usize, usize),
    depth: usize,
    pairs: &mut Vec<(usize, usize)>,
) {
    if old.is_empty() || new.is_empty() {
        return;
    }
    let fixed = if depth == 0 {
        Vec::new()
    } else {
        rising(&once_in_both(old, new))
    };
    if fixed.is_empty() {
        let found = shortest_edit(old, new).unwrap_or_default();
        pairs.extend(found.iter().map(|(a, b)| (from_old + a, from_new + b)));
        return;
    }
    let (mut at_old, mut at_new) = (0, 0);
    for (a, b) in fixed.into_iter().chain([(old.len(), new.len())]) {
        between(
            &old[at_old..a],
            &new[at_new..b],
            (from_old + at_old, from_new + at_new),
            depth - 1,
            pairs,
        );
        if a < old.len() {
            pairs.push((from_old + a, from_new + b));
        }
        (at_old, at_new) = (a + 1, b + 1);
    }
}

/// The places of what stands exactly once on each side, in the order of the old.
fn once_in_both(old: &[usize], new: &[usize]) -> Vec<(usize, usize)> {
    let once = |list: &[usize]| {
        let mut places: HashMap<usize, Option<usize>> = HashMap::new();
        for (place, thing) in list.iter().enumerate() {
            places
                .entry(*thing)
                .and_modify(|known| *known = None)
                .or_insert(Some(place));
        }
        places
    };
    let (in_old, in_new) = (once(old), once(new));
    old.iter()
        .enumerate()
        .filter(|(_, thing)| in_old[thing].is_some())
        .filter_map(|(place, thing)| Some((place, (*in_new.get(thing)?)?)))
        .collect()
}

/// The longest part of some pairs, rising in their first, that rises in their second as well.
pub fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // tops[n] ends the run of n + 1 pairs that ends lowest; before[n] is who stands before pair n.
    let mut tops: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (index, (_, second)) in pairs.iter().enumerate() {
        let length = tops.partition_point(|top| pairs[*top].1 < *second);
        before.push(length.checked_sub(1).map(|shorter| tops[shorter]));
        if length == tops.len() {
            tops.push(index);
        } else {
            tops[length] = index;
        }
    }
    let mut run: Vec<_> = std::iter::successors(tops.last().copied(), |index| before[*index])
        .map(|index| pairs[index])
        .collect();
    run.reverse();
    run
}

/// Myers, 'An O(ND) Difference Algorithm' (1986): the pairs that the shortest edit keeps; none if
/// it takes more than [`MOST_EDITS`].
fn shortest_edit(old: &[usize], new: &[usize]) -> Option<Vec<(usize, usize)>> {
    let most = MOST_EDITS.min(old.len() + new.len());
    // Diagonals run from -edits to +edits; reach[edits + diagonal] is the furthest place in `old`.
    let mut rounds: Vec<Vec<usize>> = Vec::new();
    for edits in 0..=most {
        let mut reach = vec![0; 2 * edits + 1];
        for slot in (0..=2 * edits).step_by(2) {
            let mut at = start(rounds.last(), edits, slot);
            let mut other = at + edits - slot;
            while at < old.len() && other < new.len() && old[at] == new[other] {
                (at, other) = (at + 1, other + 1);
            }
            reach[slot] = at;
            if at >= old.len() && other >= new.len() {
                return Some(kept(&rounds, edits, slot, at));
            }
        }
        rounds.push(reach);
    }
    None
}

/// Where a diagonal begins: one removed or one added behind the better neighbour of the last round.
fn start(last: Option<&Vec<usize>>, edits: usize, slot: usize) -> usize {
    let Some(last) = last else { return 0 };
    // The last round's slots are shifted by one: diagonal k stands there at slot - 1.
    let removed = slot.checked_sub(2).map(|left| last[left] + 1);
    let added = (slot < 2 * edits).then(|| last[slot]);
    removed.max(added).unwrap_or(0)
}

/// Walks back from the end of an edit and collects what was kept.
fn kept(
    rounds: &[Vec<usize>],
    edits: usize,
    mut slot: usize,
    mut at: usize,
) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for edits in (0..=edits).rev() {
        let last = edits.checked_sub(1).map(|round| &rounds[round]);
        let began = start(last, edits, slot);
        while at > began {
            at -= 1;
            pairs.push((at, at + edits - slot));
        }
        let Some(last) = last else { break };
        let added = slot < 2 * edits && last[slot] == began;
        if !added {
            slot -= 2;
        }
        at = last[slot];
    }
    pairs.reverse();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The length of the longest common subsequence, by the book.
    fn longest(old: &[usize], new: &[usize]) -> usize {
        let mut row = vec![0; new.len() + 1];
        for a in old {
            let mut corner = 0;
            for (at, b) in new.iter().enumerate() {
                let above = row[at + 1];
                row[at + 1] = if a == b {
                    corner + 1
                } else {
                    above.max(row[at])
                };
                corner = above;
            }
        }
        row[new.len()]
    }

    proptest! {
        #[test]
        fn the_shortest_edit_keeps_the_most(old in prop::collection::vec(0..4_usize, 0..30), new in prop::collection::vec(0..4_usize, 0..30)) {
            let pairs = shortest_edit(&old, &new).unwrap();
            prop_assert_eq!(pairs.len(), longest(&old, &new));
            prop_assert!(pairs.iter().all(|(a, b)| old[*a] == new[*b]));
            prop_assert_eq!(rising(&pairs), pairs);
        }

        #[test]
        fn what_is_common_is_equal_and_rises(old in prop::collection::vec(0..12_usize, 0..60), new in prop::collection::vec(0..12_usize, 0..60)) {
            let pairs = common(&old, &new);
            prop_assert!(pairs.iter().all(|(a, b)| old[*a] == new[*b]));
            prop_assert!(pairs.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1));
            prop_assert_eq!(common(&old, &old).len(), old.len());
        }
    }

    #[test]
    fn a_rewritten_stretch_ends_the_search() {
        let old: Vec<usize> = (0..3_000).map(|n| n % 2).collect();
        let new: Vec<usize> = (0..3_000).map(|n| 2 + n % 2).collect();
        assert_eq!(shortest_edit(&old, &new), None);
        assert!(common(&old, &new).is_empty());
    }
}
