//! Pairs to a list that a person reads from top to bottom.

use super::Change;
use super::common::rising;
use super::outline::Outline;
use super::pairing::Pairing;

/// The new document in its order, what was removed put in where it stood.
pub fn changes<'a>(old: &Outline<'a>, new: &Outline<'a>, pairing: &Pairing) -> Vec<Change<'a>> {
    let mut removed = removed(old, new, pairing).into_iter().peekable();
    let mut changes = Vec::with_capacity(new.parts.len());
    for (place, part) in new.parts.iter().enumerate() {
        while let Some((_, gone)) = removed.next_if(|(before, _)| *before <= place) {
            changes.extend(old.parts[gone].clause.map(Change::Removed));
        }
        let partner = pairing.to_old[place].map(|partner| &old.parts[partner]);
        let change = match (partner.map(|old| (old.clause, old.words)), part.clause) {
            (_, None) => continue,
            (Some((Some(old), words)), Some(new)) if words == part.words => {
                Change::Same { old, new }
            }
            (Some((Some(old), _)), Some(new)) => Change::Changed { old, new },
            (_, Some(new)) => Change::Added(new),
        };
        changes.push(change);
    }
    changes.extend(removed.filter_map(|(_, gone)| old.parts[gone].clause.map(Change::Removed)));
    changes
}

/// What was removed, each with the part of the new document before which it is told: behind the
/// neighbour that it followed, else behind the head of its parent.
fn removed(old: &Outline, new: &Outline, pairing: &Pairing) -> Vec<(usize, usize)> {
    let pairs: Vec<_> = pairing
        .to_new
        .iter()
        .enumerate()
        .filter_map(|(old, new)| Some((old, (*new)?)))
        .collect();
    let mut stayed = vec![false; old.parts.len()];
    for (place, _) in rising(&pairs) {
        stayed[place] = true;
    }
    let mut gone = Vec::new();
    // Where the next removed child of each part would be told.
    let mut next = vec![1; old.parts.len()];
    for (place, part) in old.parts.iter().enumerate().skip(1) {
        let parent = part.parent;
        let Some(partner) = pairing.to_new[place] else {
            next[place] = next[parent];
            gone.push((next[parent], place));
            continue;
        };
        next[place] = partner + 1;
        let home = pairing.to_new[parent] == Some(new.parts[partner].parent);
        if home || stayed[place] {
            next[parent] = next[parent].max(new.parts[partner].end);
        }
    }
    gone.sort_unstable();
    gone
}
