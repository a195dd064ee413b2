//! Numbers of entries, written shortly: `1-500,503`.

/// Writes ascending numbers, each once.
pub(super) fn write(seqs: impl IntoIterator<Item = i64>) -> String {
    let mut text = String::new();
    let mut run: Option<(i64, i64)> = None;
    let mut put = |(from, to): (i64, i64)| {
        if !text.is_empty() {
            text.push(',');
        }
        text.push_str(&from.to_string());
        if to > from {
            text.push('-');
            text.push_str(&to.to_string());
        }
    };
    for seq in seqs {
        run = match run {
            Some((from, to)) if to + 1 == seq => Some((from, seq)),
            Some(done) => {
                put(done);
                Some((seq, seq))
            }
            None => Some((seq, seq)),
        };
    }
    if let Some(done) = run {
        put(done);
    }
    text
}

/// Reads what was written.
pub(super) fn read(text: &str) -> Option<Vec<i64>> {
    let mut seqs = Vec::new();
    for part in text.split(',').filter(|part| !part.is_empty()) {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        seqs.extend(from.parse::<i64>().ok()?..=to.parse().ok()?);
    }
    Some(seqs)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn neighbours_are_joined() {
        assert_eq!(write([1, 2, 3, 7, 9, 10]), "1-3,7,9-10");
        assert_eq!(write([]), "");
        assert_eq!(read("5-"), None);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(seqs in prop::collection::btree_set(1_i64..300, 0..100)) {
            let text = write(seqs.iter().copied());
            let back: BTreeSet<i64> = read(&text).unwrap().into_iter().collect();
            prop_assert_eq!(&back, &seqs);
            prop_assert_eq!(read(&text).unwrap().len(), seqs.len());
        }
    }
}
