//! Lists of words, to be found at the beginning of a text or anywhere in it. A list is looked up
//! by its first syllable: it is made faster than a pattern and, unlike one, knows where Vietnamese
//! words end.

use std::collections::HashMap;

/// Words and phrases, in small letters.
#[derive(Debug)]
pub struct Words {
    /// By their first syllable, the longest first.
    by_first: HashMap<&'static str, Vec<&'static str>>,
}

impl Words {
    /// Lists of words, each parted by bars.
    pub fn of(lists: &[&'static str]) -> Self {
        let mut by_first: HashMap<&str, Vec<&str>> = HashMap::new();
        for word in lists.iter().flat_map(|list| list.split('|')) {
            by_first.entry(syllable(word)).or_default().push(word);
        }
        for words in by_first.values_mut() {
            words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        }
        Self { by_first }
    }

    /// The longest of them with which a folded text begins.
    pub fn starts(&self, fold: &str) -> Option<&'static str> {
        let first = syllable(fold);
        let words = self.by_first.get(first).filter(|_| !first.is_empty())?;
        words.iter().copied().find(|word| {
            fold.strip_prefix(word)
                .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
    }

    /// Whether a folded text is one of them.
    pub fn is(&self, fold: &str) -> bool {
        self.starts(fold).is_some_and(|word| word == fold)
    }

    /// Those in a folded text, with their places; none overlaps another.
    pub fn all<'t>(&'t self, fold: &'t str) -> impl Iterator<Item = (usize, &'static str)> + 't {
        let mut at = 0;
        std::iter::from_fn(move || {
            while at < fold.len() {
                let rest = &fold[at..];
                let first = syllable(rest);
                if first.is_empty() {
                    at += rest.chars().next().map_or(1, char::len_utf8);
                    continue;
                }
                let place = at;
                if let Some(word) = self.starts(rest) {
                    at += word.len();
                    return Some((place, word));
                }
                at += first.len();
            }
            None
        })
    }
}

/// The letters and figures with which a text begins.
fn syllable(text: &str) -> &str {
    let end = text
        .find(|letter: char| !letter.is_alphanumeric())
        .unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_is_found_and_no_part_of_another() {
        let words = Words::of(&["báo|báo in|báo điện tử", "cổng/trang tin|phòng, chống"]);
        assert_eq!(words.starts("báo điện tử tỉnh"), Some("báo điện tử"));
        assert_eq!(words.starts("báo in."), Some("báo in"));
        assert_eq!(words.starts("báo inh"), Some("báo"));
        assert_eq!(words.starts("báođiện"), None);
        assert_eq!(words.starts(""), None);
        let found: Vec<_> = words
            .all("trên báo in, cổng/trang tin; phòng, chống")
            .collect();
        assert_eq!(
            found.iter().map(|(_, word)| *word).collect::<Vec<_>>(),
            ["báo in", "cổng/trang tin", "phòng, chống"]
        );
        assert!(words.is("báo") && !words.is("báo nói"));
    }
}
