//! Whether a word can be a Vietnamese syllable: what tells a right reading of old bytes from a wrong one.

use unicode_normalization::UnicodeNormalization;

/// What a syllable may begin with; longer ones first.
const INITIALS: &[&str] = &[
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g",
    "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
];

/// What may follow, without its tone.
const RHYMES: &[&str] = &[
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "ăc", "ăm",
    "ăn", "ăng", "ăp", "ăt", "âc", "âm", "ân", "âng", "âp", "ât", "âu", "ây", "e", "ec", "em",
    "en", "eng", "eo", "ep", "et", "ê", "êch", "êm", "ên", "ênh", "êp", "êt", "êu", "i", "ia",
    "ich", "iêc", "iêm", "iên", "iêng", "iêp", "iêt", "iêu", "im", "in", "inh", "ip", "it", "iu",
    "o", "oa", "oac", "oach", "oai", "oam", "oan", "oang", "oanh", "oao", "oap", "oat", "oay",
    "oc", "oe", "oen", "oeo", "oet", "oi", "om", "on", "ong", "ooc", "oong", "op", "ot", "oăc",
    "oăm", "oăn", "oăng", "oăt", "ô", "ôc", "ôi", "ôm", "ôn", "ông", "ôp", "ôt", "ơ", "ơi", "ơm",
    "ơn", "ơp", "ơt", "u", "ua", "uân", "uâng", "uât", "uây", "uc", "uê", "uêch", "uênh", "ui",
    "um", "un", "ung", "uôc", "uôi", "uôm", "uôn", "uông", "uôt", "uơ", "up", "ut", "uy", "uya",
    "uych", "uyên", "uyêt", "uynh", "uyp", "uyt", "uyu", "ư", "ưa", "ưc", "ưi", "ưn", "ưng", "ưt",
    "ưu", "ươc", "ươi", "ươm", "ươn", "ương", "ươp", "ươt", "ươu", "y", "ych", "yên", "yêt", "yêm",
    "yêng", "yêu", "ynh", "yt", "yu",
];

/// Whether a word, in any case, can be a syllable.
pub fn is(word: &str) -> bool {
    if word.len() > 24 {
        return false; // 'nghiêng' with its marks has 12 bytes
    }
    // Letters without tones; the place of the tone among them.
    let mut bare = String::new();
    let (mut toned, mut sharp) = (Vec::new(), false);
    for letter in word.nfc().flat_map(char::to_lowercase) {
        let mut has_tone = false;
        let letters = letter.nfd().filter(|part| {
            let tone = matches!(
                part,
                '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}'
            );
            sharp |= matches!(part, '\u{301}' | '\u{323}');
            has_tone |= tone;
            !tone
        });
        let letters: String = letters.nfc().collect();
        if has_tone {
            toned.push(bare.chars().count());
        }
        bare.push_str(&letters);
    }
    // A syllable that is stopped has one of two tones.
    let stopped = bare.ends_with(['c', 'p', 't']) || bare.ends_with("ch");
    if toned.len() > 1 || (stopped && !sharp) {
        return false;
    }
    INITIALS.iter().any(|initial| {
        bare.strip_prefix(initial).is_some_and(|rhyme| {
            let place = |at: &usize| at.checked_sub(initial.chars().count());
            RHYMES.contains(&rhyme)
                && toned.first().is_none_or(|at| {
                    place(at).is_some_and(|at| bears_tone(&rhyme.chars().collect::<Vec<_>>(), at))
                })
        })
    })
}

/// Whether a rhyme is written with its tone on a letter: on the vowel that has a mark of its own, the second one
/// before a consonant, the middle one of three, else the first; 'hoà' and 'hòa' are both written.
fn bears_tone(rhyme: &[char], at: usize) -> bool {
    let vowels = rhyme
        .iter()
        .take_while(|letter| "aăâeêioôơuưy".contains(**letter))
        .count();
    let marked = rhyme[..vowels]
        .iter()
        .rposition(|letter| "ăâêôơư".contains(*letter));
    let closed = vowels < rhyme.len();
    match (marked, vowels) {
        (Some(marked), _) => at == marked,
        (None, 2) if closed => at == 1,
        (None, 2) if matches!(rhyme, ['o', 'a' | 'e'] | ['u', 'y']) => at <= 1,
        (None, 0..=2) => at == 0,
        (None, _) => at == 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_told_from_other_words() {
        for word in [
            "Cộng",
            "HÒA",
            "xã",
            "hội",
            "CHỦ",
            "nghĩa",
            "Việt",
            "Nam",
            "Nguyễn",
            "gì",
            "giếng",
            "quyết",
            "quốc",
            "khuya",
            "yêu",
            "ý",
            "ở",
            "đường",
            "thuở",
            "nghiêng",
            "hoà",
            "thuỷ",
            "khoẻ",
            "ngoằn",
            "quý",
            "kỷ",
            "ba\u{323}n",
        ] {
            assert!(is(word), "{word}");
        }
        for word in [
            "café",
            "été",
            "République",
            "naïve",
            "über",
            "cac",
            "tếng",
            "ộgalement",
            "Rộpublique",
            "não\u{301}",
            "ngôil",
            "viờc",
            "X·",
            "",
        ] {
            assert!(!is(word), "{word}");
        }
    }
}
