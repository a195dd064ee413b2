//! Text as it is printed beside the same text folded: small letters, one place for the tone mark.
//! Words are looked for in the folded one, what is answered is cut from the printed one.

use std::borrow::Cow;

use regex::Regex;

/// A stretch of a document twice. A place in one is the same place in the other: folding keeps
/// the length of everything.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// As printed, single blanks between words.
    pub raw: &'a str,
    /// Folded.
    pub fold: &'a str,
}

/// What a [`Text`] borrows from.
#[derive(Debug, Default)]
pub struct Folded<'a> {
    raw: Cow<'a, str>,
    fold: String,
}

impl<'a> Folded<'a> {
    /// Folds a text; runs of blanks become one.
    pub fn new(text: &'a str) -> Self {
        let raw = if text.contains("  ") {
            let lines = text.split('\n').map(|line| {
                let words: Vec<&str> = line.split(' ').filter(|word| !word.is_empty()).collect();
                words.join(" ")
            });
            Cow::Owned(lines.collect::<Vec<_>>().join("\n"))
        } else {
            Cow::Borrowed(text)
        };
        let fold = fold(&raw);
        Self { raw, fold }
    }

    /// Both sides of it.
    pub fn text(&self) -> Text<'_> {
        Text {
            raw: &self.raw,
            fold: &self.fold,
        }
    }
}

impl<'a> Text<'a> {
    /// A part of it; nothing when a border would cut a letter.
    pub fn part(self, from: usize, to: usize) -> Text<'a> {
        let cut = |text: &'a str| text.get(from..to).unwrap_or_default();
        let (raw, fold) = (cut(self.raw), cut(self.fold));
        if raw.len() == fold.len() {
            Text { raw, fold }
        } else {
            Text { raw: "", fold: "" }
        }
    }

    /// All from a place on.
    pub fn from(self, at: usize) -> Text<'a> {
        self.part(at, self.raw.len())
    }

    /// All up to a place.
    pub fn to(self, at: usize) -> Text<'a> {
        self.part(0, at)
    }

    /// How long it is, in bytes.
    pub fn len(self) -> usize {
        self.raw.len()
    }

    /// Whether there is nothing.
    pub fn is_empty(self) -> bool {
        self.raw.is_empty()
    }

    /// Without some letters at both ends.
    pub fn trim(self, letters: &[char]) -> Text<'a> {
        let ended = self.raw.trim_end_matches(letters);
        let from = ended.len() - ended.trim_start_matches(letters).len();
        self.part(from, ended.len())
    }

    /// Without blanks at the beginning.
    pub fn trim_start(self) -> Text<'a> {
        self.from(self.raw.len() - self.raw.trim_start().len())
    }

    /// Its lines.
    pub fn lines(self) -> impl Iterator<Item = Text<'a>> {
        self.split(|letter| letter == '\n')
    }

    /// Its pieces between some letters, each trimmed, none empty.
    pub fn split(self, at: fn(char) -> bool) -> impl Iterator<Item = Text<'a>> {
        let mut rest = Some(self);
        std::iter::from_fn(move || {
            loop {
                let text = rest?;
                let sign = text.raw.char_indices().find(|(_, letter)| at(*letter));
                rest = sign.map(|(place, letter)| text.from(place + letter.len_utf8()));
                let piece = sign.map_or(text, |(place, _)| text.to(place));
                let piece = piece.trim(&[' ', '\u{a0}']);
                if !piece.is_empty() {
                    return Some(piece);
                }
            }
        })
    }

    /// Its first letter as printed.
    pub fn first(self) -> Option<char> {
        self.raw.chars().next()
    }

    /// Whether it begins with a capital.
    pub fn is_capital(self) -> bool {
        self.first().is_some_and(char::is_uppercase)
    }
}

/// Small letters, and 'uỷ' as 'ủy', 'hoá' as 'hóa', which is how the words of rules are written. No letter changes its length: what would
/// stays as it is.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars() {
        let mut small = letter.to_lowercase();
        match (small.next(), small.next()) {
            (Some(small), None) if small.len_utf8() == letter.len_utf8() => folded.push(small),
            _ => folded.push(letter),
        }
    }
    tone(&folded)
}

/// A pattern that is written in small letters, for folded text. Figures are `\d`, and `\b` is the
/// border of a word that begins or ends there with a plain letter or a figure: a border that knows
/// all letters would be many times slower. `¦` is the end of any word, the sign behind it included.
pub fn pattern(source: &str) -> Regex {
    let source = source
        .replace(r"\d", "[0-9]")
        .replace(r"\s", "[ \n]")
        .replace(r"\b", r"(?-u:\b)")
        .replace('¦', "(?:[^a-z0-9à-ỹ]|$)");
    Regex::new(&tone(&source)).expect("a pattern of ours")
}

/// The tone mark on the first of two vowels that end a word: both places are in use, and only
/// there. 'quý' has one vowel.
fn tone(text: &str) -> String {
    const MARKED: [(&str, &str); 11] = [
        ("oà", "òa"),
        ("oá", "óa"),
        ("oả", "ỏa"),
        ("oã", "õa"),
        ("oạ", "ọa"),
        ("oè", "òe"),
        ("oé", "óe"),
        ("oẻ", "ỏe"),
        ("oẹ", "ọe"),
        ("uý", "úy"),
        ("uỷ", "ủy"),
    ];
    let mut toned = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let moved = MARKED.iter().find(|(printed, _)| {
            matches!(letter, 'o' | 'u')
                && !toned.ends_with('q')
                && rest
                    .strip_prefix(printed)
                    .is_some_and(|behind| !behind.starts_with(char::is_alphabetic))
        });
        let (new, length) = match moved {
            Some((printed, new)) => (*new, printed.len()),
            None => (&rest[..letter.len_utf8()], letter.len_utf8()),
        };
        toned.push_str(new);
        rest = &rest[length..];
    }
    toned
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folding_finds_words_however_they_are_dressed() {
        assert_eq!(fold("Uỷ ban HOÁ chất"), fold("ủy BAN hóa CHẤT"));
        assert_eq!(fold("Quý II, ĐOÀN"), "quý ii, đoàn");
        assert!(pattern("hoàn thành").is_match(&fold("đã Hoàn thành")));
        assert_eq!(fold("ĐỀ ÁN"), "đề án");
    }

    #[test]
    fn parts_are_the_same_stretch_of_both() {
        let folded = Folded::new("Sở  Nội vụ;  UBND tỉnh\n a");
        let text = folded.text();
        assert_eq!(text.raw, "Sở Nội vụ; UBND tỉnh\na");
        let pieces: Vec<&str> = text
            .split(|letter| letter == ';')
            .map(|piece| piece.fold)
            .collect();
        assert_eq!(pieces, ["sở nội vụ", "ubnd tỉnh\na"]);
        assert_eq!(text.trim(&['S', 'a']).raw, "ở Nội vụ; UBND tỉnh\n");
        // A border inside a letter answers nothing, and never panics.
        assert!(text.part(1, 2).is_empty());
    }

    proptest! {
        #[test]
        fn folding_keeps_every_length(text in "\\PC{0,80}|[oOuU][àáảãạèéẻẽẹỳýỷỹỵÀÝỶ][a-zİẞK]{0,3}") {
            prop_assert_eq!(fold(&text).len(), text.len());
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }
    }
}
