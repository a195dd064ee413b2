//! An author's own readings: what is printed, what is said, and what is refused.

use loa_speech::{
    Language, Lexicon, MarkupProblemKind as Problem, Pause, Rule, marked, markup_problems, plain,
    speak, speak_line, unmarked,
};
use proptest::prelude::*;

#[test]
fn a_reading_is_said_and_stays_out_of_print() {
    for (text, printed, said) in [
        ("{{TT|trung tâm}} Quế", "TT Quế", "trung tâm Quế"),
        ("ngày {{5/6|rằm}}.", "ngày 5/6.", "ngày rằm."),
        (
            "{{Lưu ý|Chú ý!}} đường trơn",
            "Lưu ý đường trơn",
            "Chú ý! Đường trơn",
        ),
        ("Xem {{(hình 2)|}} bên.", "Xem (hình 2) bên.", "Xem bên."),
        ("Hết.{{|Xin nhắc lại}}.", "Hết..", "Hết. Xin nhắc lại."),
        ("{{QL1|quốc lộ 1}}", "QL1", "quốc lộ một"),
        ("giá \\{{a|b}}", "giá {{a|b}}", "giá a, bê"),
        ("{{a\\|b|\\@ x}}", "a|b", "a còng ích"),
        ("Chào {{tên}} nhé", "Chào {{tên}} nhé", "Chào tên nhé"),
    ] {
        assert_eq!(plain(text), printed);
        assert_eq!(speak_line(text), said, "{text}");
    }
}

#[test]
fn a_piece_carries_the_language_and_its_span() {
    let text =
        "Tập đoàn {{Johnson & Johnson|@en}} tặng 5 máy của {{Xi'an|@en-GB See an}}, {{Huế|@vi}}.";
    let spoken = speak(text, Lexicon::builtin());
    let foreign: Vec<_> = spoken
        .pieces
        .iter()
        .filter_map(|piece| {
            let language = piece.language.as_ref()?;
            assert_eq!(piece.by, Rule::Author);
            Some((
                &text[piece.source.clone()],
                piece.spoken.as_str(),
                language.tag(),
            ))
        })
        .collect();
    assert_eq!(
        foreign,
        [
            ("{{Johnson & Johnson|@en}}", "Johnson & Johnson", "en"),
            ("{{Xi'an|@en-GB See an}}", "See an", "en-GB"),
        ]
    );
    let parts: Vec<_> = spoken
        .sentences()
        .into_iter()
        .map(|part| (part.text, part.language, part.pause))
        .collect();
    assert_eq!(
        parts,
        [
            ("Tập đoàn".to_owned(), None, Pause::None),
            (
                "Johnson & Johnson".to_owned(),
                Language::new("en"),
                Pause::None
            ),
            ("tặng năm máy của".to_owned(), None, Pause::None),
            ("See an".to_owned(), Language::new("en-GB"), Pause::Short),
            ("Huế.".to_owned(), None, Pause::Sentence),
        ]
    );
    assert_eq!(
        plain(text),
        "Tập đoàn Johnson & Johnson tặng 5 máy của Xi'an, Huế."
    );
}

#[test]
fn what_is_not_well_formed_is_text_and_named() {
    for (text, kind, source) in [
        ("a {{UBND|ủy ban", Problem::Unclosed, 2..17),
        ("{{UBND|\nủy ban}}", Problem::Unclosed, 0..7),
        ("{{a {{b|c}}|d}}", Problem::Nested, 0..6),
        ("{{tên}}", Problem::NoBar, 0..8),
        ("{{a|b|c}}", Problem::TwoBars, 0..6),
        ("{{|}}", Problem::Empty, 0..5),
        ("{{| @en }}", Problem::Empty, 0..10),
        ("{{a|@ủy ban}}", Problem::Language, 0..15),
    ] {
        let problems = markup_problems(text);
        assert_eq!(problems.len(), 1, "{text}: {problems:?}");
        assert_eq!(
            (problems[0].kind, &problems[0].source),
            (kind, &source),
            "{text}"
        );
        assert!(!problems[0].kind.to_string().is_empty() && !kind.vietnamese().is_empty());
    }
    // What a nested mark holds is still a mark.
    assert_eq!(plain("{{a {{b|c}}|d}}"), "{{a b|d}}");
    assert!(markup_problems("\\{{tên}} và {{A|a}}").is_empty());
}

/// Text in which braces, bars and backslashes come up far more often than anywhere.
fn braces() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "{",
        "}",
        "{{",
        "}}",
        "|",
        "\\",
        "@",
        "@en ",
        "@vi",
        "\n",
        "a",
        "UBND",
        " ",
        "5/6",
        "đ",
        "e\u{301}",
        "{{A|b}}",
        "{{1|@en}}",
        "2",
        ".",
    ]);
    prop::collection::vec(part, 0..24).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn unmarked_text_is_printed_as_it_was(text in prop_oneof![braces(), any::<String>()]) {
        let safe = unmarked(&text);
        prop_assert_eq!(plain(&safe), text.as_str());
        prop_assert!(markup_problems(&safe).is_empty());
        prop_assert!(speak(&safe, Lexicon::builtin()).pieces.iter().all(|piece| piece.by != Rule::Author));
    }

    #[test]
    fn what_an_editor_inserts_is_found_again(
        before in "[a-z ]{0,8}",
        printed in prop_oneof![braces(), "\\PC{0,12}"],
        said in prop_oneof![braces(), "\\PC{0,12}"],
        english: bool,
    ) {
        let language = Language::new("en").filter(|_| english);
        let Some(mark) = marked(&printed, &said, language.as_ref()) else {
            let line_ends = ['\n', '\r', '\u{B}', '\u{C}', '\u{85}', '\u{2028}', '\u{2029}'];
            let refused = printed.is_empty() || printed.contains(line_ends) || said.contains(line_ends);
            prop_assert!(refused, "{:?} {:?}", printed, said);
            return Ok(());
        };
        let text = format!("{before}{mark} sau");
        prop_assert_eq!(plain(&text), format!("{before}{printed} sau"));
        prop_assert!(markup_problems(&text).is_empty(), "{}", text);
        let spoken = speak(&text, Lexicon::builtin());
        let piece = spoken.pieces.iter().find(|piece| piece.by == Rule::Author).unwrap();
        prop_assert_eq!(&text[piece.source.clone()], mark);
        prop_assert_eq!(&piece.language, &language);
        if english && said.is_ascii() && !said.trim().is_empty() {
            let words: Vec<_> = said.split_whitespace().collect();
            prop_assert_eq!(&piece.spoken, &words.join(" "));
        }
    }

    #[test]
    fn problems_lie_in_the_text_and_marks_leave_no_trace(text in braces()) {
        for problem in markup_problems(&text) {
            prop_assert!(text.get(problem.source.clone()).is_some_and(|piece| piece.starts_with("{{")));
        }
        let authored = speak(&text, Lexicon::builtin()).pieces.iter().filter(|piece| piece.by == Rule::Author).count();
        if authored == 0 && !text.contains("\\{{") {
            prop_assert_eq!(plain(&text), text.as_str());
        } else {
            prop_assert!(plain(&text).len() < text.len());
        }
    }
}
