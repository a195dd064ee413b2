//! Text from before Unicode is recognised and converted; text in other languages stays as it is.

#[path = "legacy/encode.rs"]
mod encode;

use encode::{mojibake, tcvn3, vni, windows1258};
use loa_plan::{ReadError, read, text};
use proptest::prelude::*;

/// The real plan.
fn plan() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/ha-nam/plan.md");
    let text = std::fs::read_to_string(path).unwrap();
    text.replace(['“', '”'], "\"").replace('–', "-")
}

fn printed(bytes: &[u8]) -> String {
    text(bytes, None).unwrap()
}

/// A syllable with a letter.
fn syllable(letter: char) -> String {
    let small = letter.to_lowercase().next().unwrap();
    let bare: String = encode_bare(small);
    let word = match bare.as_str() {
        "ă" | "â" | "ê" | "ô" | "ơ" => format!("l{small}n"),
        "ư" => format!("l{small}ng"),
        "đ" => format!("{small}i"),
        "y" => format!("k{small}"),
        _ => format!("l{small}"),
    };
    if letter.is_uppercase() {
        word.to_uppercase()
    } else {
        word
    }
}

fn encode_bare(letter: char) -> String {
    use unicode_normalization::UnicodeNormalization;
    letter
        .nfd()
        .filter(|part| {
            !matches!(
                part,
                '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}'
            )
        })
        .nfc()
        .collect()
}

#[test]
fn all_134_letters_come_back() {
    let letters = encode::letters();
    assert_eq!(letters.len(), 134);
    let words: Vec<String> = letters.into_iter().map(syllable).collect();
    let written = words.join(" ");
    for (name, bytes) in [
        ("TCVN3", tcvn3(&written)),
        ("VNI", vni(&written)),
        ("1258", windows1258(&written)),
    ] {
        let read = printed(&bytes);
        for (read, written) in read.split(' ').zip(&words) {
            assert_eq!(read, written, "{name}");
        }
        assert_eq!(read, written, "{name}");
    }
    // What is Unicode already needs more evidence than a list of letters.
    let written = format!("Thực hiện kế hoạch tuyên truyền cải cách hành chính: {written}");
    let written = format!(
        "{}{written}",
        "Những nhiệm vụ được giao của Ủy ban. ".repeat(8)
    )
    .replace('Ủ', "U");
    for (name, bytes) in [("TCVN3", tcvn3(&written)), ("VNI", vni(&written))] {
        assert_eq!(printed(mojibake(&bytes).as_bytes()), written, "{name}");
    }
}

#[test]
fn a_whole_plan_is_read_as_if_it_were_unicode() {
    let written = printed(plan().as_bytes());
    for bytes in [
        vni(&plan()),
        mojibake(&vni(&plan())).into_bytes(),
        windows1258(&plan()),
    ] {
        assert_eq!(printed(&bytes), written);
    }
    // TCVN3 has no capitals with tones: 'Ủy ban' comes back as 'ủy ban'; in the midst of capitals they are certain.
    for bytes in [tcvn3(&plan()), mojibake(&tcvn3(&plan())).into_bytes()] {
        let read = printed(&bytes);
        assert_eq!(read.to_lowercase(), written.to_lowercase());
        assert!(
            read.contains("II. NỘI DUNG") && read.contains("IV. TỔ CHỨC THỰC HIỆN"),
            "{read}"
        );
        assert!(read.contains("Đề nghị Sở Nội vụ"), "{read}");
    }
    let one = read(&vni(&plan()), None).unwrap();
    assert_eq!(one, read(plan().as_bytes(), None).unwrap());
}

#[test]
fn a_letterhead_alone_is_enough() {
    let written = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
    for (name, text) in [
        ("TCVN3", "CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM"),
        ("VNI", "COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM"),
    ] {
        assert_eq!(printed(text.as_bytes()), written, "{name}");
        let bytes: Vec<u8> = text
            .chars()
            .map(|letter| u8::try_from(letter).unwrap())
            .collect();
        assert_eq!(printed(&bytes), written, "{name}");
    }
}

#[test]
fn wide_text_without_its_mark_is_read() {
    let text = "KẾ HOẠCH\nTuyên truyền cải cách hành chính năm 2026";
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(printed(&little), text);
    assert_eq!(printed(&big), text);
    assert_eq!(
        read(&[0, 1, 2, 3, 0, 0, 9, 9, 0, 0, 0, 0, 4, 4, 4, 4], None),
        Err(ReadError::Binary)
    );
}

/// Sentences of other languages that use letters above ASCII.
const OTHERS: &[&str] = &[
    "The façade of the café was naïve; the coöperation résumé déjà vu, a fiancé’s crème brûlée and piñata over the jalapeño.",
    "L’été dernier, la République française a célébré à Évian la fête nationale; où était donc passé l’élève âgé? Ça, c’était très gênant: même le maître n’a rien reçu.",
    "El niño comió piña y jamón en Málaga; después habló con el señor Núñez sobre la educación pública, ¿qué pasó mañana en la estación de autobús?",
    "A organização não será avaliada até à próxima reunião; são três opções, já há informação, então você também está lá, irmã.",
    "Die Bürgermeisterin führt über die Größe der Straße, während Jörg täglich müde Äpfel für die schöne Übung löst.",
    "Perché la città è così lontana? Può darsi che lunedì il papà andrà giù; però più tardi sarà là.",
    "På ön åt vi små ägg och öl; sjöfågeln är blå, för kylan är hård på fjället vid älven.",
    "Það er gott að búa á Íslandi; fólkið þar er þægilegt og veðrið er ágætt, þó að það sé stundum kalt.",
    "Árvíztűrő tükörfúrógép; a közvélemény és az önkormányzat működése történelmi kérdés.",
    "L’Ajuntament és a prop; l’illa té un camí llarg, això també és històric i té raó.",
    "Ærlige børn på Sjælland får æbler; året er gået, og køen er lang ved søen.",
    "Yö oli pitkä, mutta sää näytti hyvältä; äiti lähti mökille, jossa hän söi mämmiä.",
];

#[test]
fn other_languages_stay_as_they_are() {
    for sentence in OTHERS {
        for text in [(*sentence).to_owned(), format!("{sentence} ").repeat(40)] {
            assert_eq!(printed(text.as_bytes()), text.trim());
            // In Latin-1 it cannot be told what it is: that is said, and nothing is made of it.
            let latin: Vec<u8> = text
                .chars()
                .map(|letter| u8::try_from(letter).unwrap_or(b'\''))
                .collect();
            if std::str::from_utf8(&latin).is_err() {
                let read = read(&latin, None);
                assert!(
                    matches!(read, Err(ReadError::Encoding { .. })),
                    "{sentence}: {read:?}"
                );
            }
        }
    }
}

proptest! {
    /// Vietnamese that is Unicode already, however it is cut and mixed, and whatever stands beside it.
    #[test]
    fn unicode_is_never_mended(
        places in proptest::collection::vec(any::<prop::sample::Index>(), 1..60),
        other in any::<prop::sample::Index>(),
        mixed in any::<bool>(),
    ) {
        let plan = plan();
        let words: Vec<&str> = plan.split_whitespace().filter(|word| !word.contains(['#', '*', '|', '-', '_', '\\'])).collect();
        let mut text: Vec<&str> = places.iter().map(|place| *place.get(&words)).collect();
        if mixed {
            text.extend(other.get(OTHERS).split(' ').take(6));
        }
        let text = text.join(" ");
        prop_assert_eq!(printed(text.as_bytes()).split_whitespace().collect::<String>(), text.split_whitespace().collect::<String>());
    }

    /// Any words of other languages in any order.
    #[test]
    fn words_of_other_languages_are_never_mended(places in proptest::collection::vec(any::<prop::sample::Index>(), 1..60)) {
        let words: Vec<&str> = OTHERS.iter().flat_map(|sentence| sentence.split_whitespace()).collect();
        let text: Vec<&str> = places.iter().map(|place| *place.get(&words)).collect();
        let text = text.join(" ");
        prop_assert_eq!(printed(text.as_bytes()), text);
    }

    /// Any sentence of the plan, in either encoding, comes back.
    #[test]
    fn pieces_of_the_plan_come_back(begin in any::<prop::sample::Index>(), in_vni in any::<bool>(), as_unicode in any::<bool>()) {
        let plan = plan();
        let lines: Vec<&str> = plan.lines().filter(|line| line.len() > 60 && line.contains('ề')).collect();
        let line = begin.get(&lines);
        let bytes = if in_vni { vni(line) } else { tcvn3(line) };
        let read = if as_unicode { printed(mojibake(&bytes).as_bytes()) } else { printed(&bytes) };
        prop_assert_eq!(read.to_lowercase(), printed(line.as_bytes()).to_lowercase());
    }
}
