//! Vietnamese before Unicode: TCVN3 (TCVN 5712), VNI, windows-1258, and UTF-16 that does not say so.
//!
//! Nothing in such a file tells its encoding. It is tried, and believed if nearly every word that has more
//! than bare letters becomes a possible Vietnamese syllable; otherwise the text stays as it is.

mod syllable;
mod tcvn3;
mod vni;
mod windows;

use std::borrow::Cow;

/// How text was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Tcvn3,
    Vni,
    Windows1258,
}

/// A typeface whose letters are not Unicode's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Face {
    encoding: Encoding,
    capitals: bool,
}

impl Face {
    /// By its name: `.VnTime`, `.VnArialH` for one of capitals, `VNI-Times`.
    pub fn named(name: &str) -> Option<Self> {
        let lower = name.to_lowercase();
        let family = name.split([',', '-']).next().unwrap_or_default();
        if lower.starts_with(".vn") {
            Some(Self {
                encoding: Encoding::Tcvn3,
                capitals: family.ends_with('H'),
            })
        } else if lower.starts_with("vni-") || lower.starts_with("vni ") {
            Some(Self {
                encoding: Encoding::Vni,
                capitals: false,
            })
        } else {
            None
        }
    }

    /// A piece of text that is set in it, in Unicode. One that is Unicode already stays.
    pub fn text(self, coded: &str) -> String {
        let already = |letter: char| ('\u{100}'..'\u{1f00}').contains(&letter);
        if coded.chars().any(already) {
            return coded.to_owned();
        }
        if self.capitals {
            tcvn3::capitals(coded)
        } else {
            self.encoding.text(coded)
        }
    }
}

impl Encoding {
    fn text(self, coded: &str) -> String {
        match self {
            Self::Tcvn3 => tcvn3::text(coded),
            Self::Vni => vni::text(coded),
            Self::Windows1258 => windows::vietnamese(coded),
        }
    }
}

/// The text of bytes that are not UTF-8, if it plainly is in one of the old encodings.
pub fn text(bytes: &[u8]) -> Option<String> {
    if let Some(text) = windows::utf16(bytes) {
        return Some(text);
    }
    if bytes.contains(&0) {
        return None;
    }
    let coded = windows::western(bytes);
    [Encoding::Tcvn3, Encoding::Vni, Encoding::Windows1258]
        .into_iter()
        .map(|encoding| encoding.text(&coded))
        .map(|text| (Score::of(&without_tags(&text)), text))
        .filter(|(score, _)| score.marked >= 2 && score.share() >= 0.8 && score.is_among_its_like())
        .max_by(|(one, _), (other, _)| one.share().total_cmp(&other.share()))
        .map(|(_, text)| text)
}

/// The text in Unicode, if what stands for Unicode plainly is one of the old encodings: their bytes were
/// taken for Latin-1, or it was set in their fonts. None if it is right as it is, or in another language.
pub fn mend(text: &str) -> Option<String> {
    // Nearly every document is Unicode: that is seen at once.
    let (marked, native) = words(text).fold((0, 0), |(marked, native), word| {
        let own = word.chars().any(is_native);
        (
            marked + usize::from(!word.is_ascii()),
            native + usize::from(own),
        )
    });
    if marked < 4 || native * 50 > marked || Score::of(text).share() > 0.45 {
        return None;
    }
    [Encoding::Tcvn3, Encoding::Vni]
        .into_iter()
        .map(|encoding| encoding.text(text))
        .map(|text| (Score::of(&text), text))
        .filter(|(after, _)| {
            after.marked >= 4 && after.share() >= 0.85 && after.is_among_its_like()
        })
        .max_by(|(one, _), (other, _)| one.share().total_cmp(&other.share()))
        .map(|(_, text)| text)
}

/// How much a text looks Vietnamese.
struct Score {
    /// Words with anything but the letters of ASCII.
    marked: usize,
    /// Those of them that can be syllables.
    possible: usize,
    /// Words of bare letters, and those of them that can be syllables.
    plain: [usize; 2],
}

impl Score {
    fn of(text: &str) -> Self {
        let mut score = Self {
            marked: 0,
            possible: 0,
            plain: [0; 2],
        };
        for word in words(text) {
            if word.is_ascii() {
                // Abbreviations say nothing.
                if word.len() > 1 && word.bytes().any(|byte| byte.is_ascii_lowercase()) {
                    score.plain[0] += 1;
                    score.plain[1] += usize::from(syllable::is(word));
                }
                continue;
            }
            score.marked += 1;
            score.possible += usize::from(syllable::is(word));
        }
        score
    }

    /// Whether the words of bare letters are Vietnamese too.
    fn is_among_its_like(&self) -> bool {
        let [all, possible] = self.plain;
        all < 4 || possible * 2 >= all
    }

    #[allow(clippy::cast_precision_loss)] // counts of words
    fn share(&self) -> f64 {
        self.possible as f64 / self.marked.max(1) as f64
    }
}

/// A web page's text without its tags, which are in English.
fn without_tags(text: &str) -> Cow<'_, str> {
    if !text.contains("</") {
        return Cow::Borrowed(text);
    }
    let mut pieces = text.split('<');
    let first = pieces.next().into_iter();
    let rest = pieces.map(|piece| piece.split_once('>').map_or("", |(_, text)| text));
    Cow::Owned(first.chain(rest).collect::<Vec<_>>().join(" "))
}

/// The words of a text in any of the encodings: the signs of Latin-1 are letters in an old one.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let within = |letter: char| {
        letter.is_alphabetic()
            || ('\u{a1}'..='\u{ff}').contains(&letter)
            || ('\u{300}'..='\u{323}').contains(&letter)
    };
    text.split(move |letter| !within(letter))
        // Quotation marks around a word are none of its letters.
        .map(|word| word.trim_matches(['«', '»']))
}

/// Letters that only Vietnamese has.
fn is_native(letter: char) -> bool {
    matches!(
        letter,
        '\u{1ea0}'
            ..='\u{1ef9}' | 'ă' | 'Ă' | 'đ' | 'Đ' | 'ĩ' | 'Ĩ' | 'ũ' | 'Ũ' | 'ơ' | 'Ơ' | 'ư' | 'Ư'
    )
}
