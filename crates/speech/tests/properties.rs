//! What holds for any text whatever.

use loa_speech::{Lexicon, Piece, Rule, Spoken, speak};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

fn read(text: &str) -> Spoken {
    speak(text, Lexicon::builtin())
}

/// What official text is made of.
#[rustfmt::skip]
const PARTS: &[&str] = &[
    "Nghị định số", "61/2018/NĐ-CP", "17/NQ-CP", "18-NQ/TW", "ngày", "23/4/2018", "2021 - 2030",
    "5/5", "xã", "7h30", "11h30", "14:30", "1.234,5", "12kg", "50.000đ/ngày", "UBND", "TP.",
    "Hà Nam", "điểm", "d", "đ", "khoản 2", "Điều 5a", "quý III/2027", "0226.3851.234", "-", "/",
    ".", ",", ";", "(", ")", "\n", "\n\n", "- ", "1. ", "**", "./.", "%", "$", "100", "PT&TH",
    "QĐ", "KẾ HOẠCH", "XYZ", "a@b.vn", "https://hanam.gov.vn", "90A-123.45", "II.1.3", "°C", "–",
    "…", "'", "\"", "tháng", "năm", "từ", "đến", "số", "thứ", "15/6, 15/12", "T7, CN", "USD", "≥",
    "x", "5'", "1.250/1.300", "9h30p15s", "VI", "CT.", "ĐT.494", "10⁻³", "²", "=", "km/h",
    "/người/năm", "1080p", "24.000", "½", "III, IV", "thứ Hai", "(5/5)", "gọi", "113", "H2O", "@",
    "{{5/6|rằm}}", "{{A4|@en}}", "{{", "|", "}}", "4", "01",
];

/// Official text thrown together: what stands beside what is left to chance.
fn official() -> impl Strategy<Value = String> {
    let part = prop::sample::select(PARTS);
    prop::collection::vec((part, prop::bool::weighted(0.7)), 0..40).prop_map(|parts| {
        parts
            .into_iter()
            .map(|(part, space)| {
                if space {
                    format!("{part} ")
                } else {
                    part.to_owned()
                }
            })
            .collect()
    })
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        official(),
        any::<String>(),
        "\\PC{0,80}",
        "[0-9A-Za-zĐđ/.,:°%() -]{0,40}",
        "[0-9/.,-]{0,24}"
    ]
}

/// Digits that are not for the ear: the target of a link, a tag of HTML, and what an author made
/// silent or gave to a foreign voice.
fn is_explained(piece: &Piece, written: &str) -> bool {
    written.contains("](")
        || (written.contains('<') && written.contains(['>', '＞']))
        || (piece.by == Rule::Author && (piece.language.is_some() || piece.spoken.is_empty()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pieces_cover_the_source_in_order(text in any_text()) {
        let mut at = 0;
        for piece in read(&text).pieces {
            prop_assert_eq!(piece.source.start, at);
            prop_assert!(piece.source.end >= at && text.is_char_boundary(piece.source.end));
            at = piece.source.end;
        }
        prop_assert_eq!(at, text.len());
    }

    #[test]
    fn every_digit_is_spoken(text in any_text()) {
        for piece in read(&text).pieces {
            let written = &text[piece.source.clone()];
            if written.chars().any(|letter| letter.is_ascii_digit()) && !is_explained(&piece, written) {
                prop_assert!(!piece.spoken.is_empty(), "{:?} is silent", written);
                prop_assert!(!piece.spoken.chars().any(|letter| letter.is_ascii_digit()), "{:?} says {:?}", written, piece.spoken);
            }
        }
    }

    #[test]
    fn what_is_said_is_one_line_and_said_the_same_again(text in official()) {
        // The words of a foreign voice are not ours to read again.
        let spoken = read(&text.replace("|@en", "|"));
        let once = spoken.text();
        prop_assert!(!once.contains(['\n', '\r']) && !once.contains("  "));
        prop_assert_eq!(read(&once).text(), once);
    }

    #[test]
    fn how_letters_and_spaces_are_coded_changes_nothing(text in official()) {
        let said = read(&text).text();
        let decomposed: String = text.nfd().collect();
        prop_assert_eq!(read(&decomposed).text(), said.as_str());
        // A space that does not break reads like any other, but between groups of digits.
        if !text.contains(|letter: char| letter.is_ascii_digit()) {
            prop_assert_eq!(read(&text.replace(' ', "\u{A0}")).text(), said.as_str());
        }
        prop_assert_eq!(read(&text.replace('-', "\u{2013}")).text(), said);
    }

    #[test]
    fn sentences_hold_the_words_of_the_text(text in any_text()) {
        let spoken = read(&text);
        let words = |line: &str| line.split_whitespace().map(|word| word.trim_matches([',', ';', '.', '?', '!']).to_lowercase()).filter(|word| !word.is_empty()).collect::<Vec<_>>();
        let all: Vec<String> = spoken.sentences().iter().flat_map(|sentence| words(&sentence.text)).collect();
        prop_assert_eq!(all, words(&spoken.text()));
        prop_assert!(spoken.sentences().windows(2).all(|pair| pair[0].source.end <= pair[1].source.start));
    }
}

#[test]
fn what_a_measure_is_counted_by_is_said_as_anywhere_else() {
    // Found by the property above: a consonant behind a slash stayed a letter that no voice can say.
    for (written, spoken) in [
        ("12kg/d", "mười hai ki lô gam trên dê"),
        ("12kg/người", "mười hai ki lô gam trên người"),
    ] {
        assert_eq!(read(written).text(), spoken);
        assert_eq!(read(spoken).text(), spoken);
    }
}

#[test]
fn a_long_text_takes_no_more_than_its_length() {
    // Pathological for anything that looks ahead or back without bound.
    for part in [
        "A ",
        "1-",
        "1/",
        "a.",
        "(",
        "[x](",
        "<a ",
        "\n",
        "QĐ-",
        "0 ",
        "1.000",
        "HOA ",
        "{{",
        "{{a|",
        "\\{{",
        "(i) ",
        "5\" ",
        "5' ",
        "15/6, ",
        "II, ",
        "viên x 3 ",
        "gọi 113, ",
        "T7, ",
        "1 = 2 - ",
        "{{a|b}}",
        "1x",
        "1m/",
        "1.1.",
        "1,",
        "kg/",
        "II.1.",
        "1/1 ",
        "1 đồng/",
        "AB-AB-",
        "5 /AB-",
        "ngày 1, ",
        "x-y.",
        "9²",
        "a@",
    ] {
        let text = part.repeat(20_000);
        assert_eq!(read(&text).pieces.last().unwrap().source.end, text.len());
    }
}
