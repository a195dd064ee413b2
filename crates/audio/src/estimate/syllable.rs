//! A text taken apart as far as its length needs: Vietnamese syllables, other words, rests.

/// What is heard at a place of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A syllable, without its tone.
    Syllable(Syllable),
    /// A word that is none, by its letters.
    Word(f64),
    /// A comma and what rests as long.
    Rest,
}

/// The parts of a syllable: `ngh` and `iêng`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Syllable {
    /// Its initial; empty when it begins with its vowel.
    pub(super) initial: String,
    /// Everything after it, tone apart.
    pub(super) rime: String,
}

/// The longer ones first.
const INITIALS: [&str; 29] = [
    "ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "th", "tr", "qu", "b", "c", "d", "đ", "g",
    "h", "k", "l", "m", "n", "p", "q", "r", "s", "t", "v", "x", "",
];
const CODAS: [&str; 9] = ["", "ng", "nh", "ch", "c", "m", "n", "p", "t"];
const VOWELS: &str = "aăâeêioôơuưy";
/// Letters that carry a tone, each group behind the letter that does not.
const TONES: [&str; 12] = [
    "aáàảãạ",
    "ăắằẳẵặ",
    "âấầẩẫậ",
    "eéèẻẽẹ",
    "êếềểễệ",
    "iíìỉĩị",
    "oóòỏõọ",
    "ôốồổỗộ",
    "ơớờởỡợ",
    "uúùủũụ",
    "ưứừửữự",
    "yýỳỷỹỵ",
];

/// What is heard, in order. What ends the text is no rest.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = Token> + '_ {
    let text = text.trim_end_matches(|letter: char| !letter.is_alphanumeric());
    text.split_inclusive(|letter: char| letter.is_whitespace() || is_mark(letter))
        .flat_map(|piece| {
            let rest = piece.ends_with([',', ';', ':']).then_some(Token::Rest);
            let word =
                piece.trim_end_matches(|letter: char| letter.is_whitespace() || is_mark(letter));
            let word = (!word.is_empty()).then(|| token(word));
            word.into_iter().chain(rest)
        })
}

fn token(word: &str) -> Token {
    #[allow(clippy::cast_precision_loss)] // a word
    let letters = word.chars().count() as f64;
    syllable(word).map_or(Token::Word(letters), Token::Syllable)
}

fn syllable(word: &str) -> Option<Syllable> {
    let plain: String = word
        .chars()
        .flat_map(char::to_lowercase)
        .map(toneless)
        .collect();
    INITIALS.iter().find_map(|initial| {
        let rime = plain.strip_prefix(initial)?;
        let coda = rime.trim_start_matches(|letter| VOWELS.contains(letter));
        (coda.len() < rime.len() && CODAS.contains(&coda)).then(|| Syllable {
            initial: (*initial).to_owned(),
            rime: rime.to_owned(),
        })
    })
}

fn toneless(letter: char) -> char {
    let group = TONES.iter().find(|group| group.contains(letter));
    group
        .and_then(|group| group.chars().next())
        .unwrap_or(letter)
}

fn is_mark(letter: char) -> bool {
    !letter.is_alphanumeric() && !letter.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_come_apart_where_they_are_joined() {
        for (word, initial, rime) in [
            ("nghiêng", "ngh", "iêng"),
            ("Giếng", "gi", "êng"),
            ("gì", "g", "i"),
            ("gin", "g", "in"),
            ("quyết", "qu", "yêt"),
            ("Ủy", "", "uy"),
            ("đường", "đ", "ương"),
            ("THỊ", "th", "i"),
        ] {
            let parts = syllable(word).map(|one| (one.initial, one.rime));
            assert_eq!(parts, Some((initial.into(), rime.into())), "{word}");
        }
        for word in ["hollogram", "Airlines", "b", "2", "tr"] {
            assert_eq!(syllable(word), None, "{word}");
        }
    }

    #[test]
    fn a_sentence_is_its_words_and_rests() {
        let count = |text: &str| tokens(text).filter(|token| *token == Token::Rest).count();
        assert_eq!(count("Một, hai; ba: bốn."), 3);
        assert_eq!(count("Một,"), 0);
        assert_eq!(tokens("  ").count(), 0);
        assert_eq!(tokens("“Xin chào”, bà con!").count(), 5);
    }
}
