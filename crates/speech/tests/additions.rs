//! A province's own entries: taken, refused, in conflict; and why a text is read as it is.

use loa_speech::{
    Addition, Condition, Lexicon, Origin, Pause, Remark, Remarked, Rule, explain, speak,
};
use proptest::prelude::*;

fn remarks(additions: &[Addition]) -> Vec<Remark> {
    Lexicon::builtin()
        .review(additions)
        .into_iter()
        .map(|remarked| remarked.remark)
        .collect()
}

#[test]
fn entries_are_read_where_their_condition_holds() {
    let beside = Addition {
        when: Condition {
            after: vec!["Sân bay".to_owned()],
            before_number: true,
            ..Condition::default()
        },
        ..Addition::new("CR", "Cam Ranh")
    };
    let lexicon = Lexicon::builtin()
        .with(&[
            Addition::new("UBND", "ủy ban"),
            Addition::new("Q–ĐT", "quỹ đào tạo"),
            Addition::new("4T", "bốn tê"),
            Addition::new("@haNam", "trang Hà Nam"),
            beside,
        ])
        .unwrap();
    for (text, said) in [
        ("UBND tỉnh", "ủy ban tỉnh"),
        ("Quỹ Q-ĐT", "Quỹ quỹ đào tạo"),
        ("trang @haNam", "trang trang Hà Nam"),
        ("mô hình 4T", "mô hình bốn tê"),
        ("mô hình 14T", "mô hình mười bốn tê"),
        ("sân bay CR", "sân bay Cam Ranh"),
        ("CR 7", "Cam Ranh bảy"),
        ("thẻ CR", "thẻ xê rờ"),
        ("UBNDX", "u bê nờ đê ích"),
    ] {
        assert_eq!(speak(text, &lexicon).text(), said);
    }
    assert_eq!(loa_speech::speak_line("UBND tỉnh"), "Ủy ban nhân dân tỉnh");
}

#[test]
fn what_cannot_be_an_entry_is_refused_with_the_reason() {
    let long = "a".repeat(201);
    for (addition, reason) in [
        (Addition::new("  ", "a"), Remark::NothingWritten),
        (Addition::new("ABC", " "), Remark::NothingSaid),
        (
            Addition::new("ABC", &long),
            Remark::TooLong { longest: 200 },
        ),
        (Addition::new("ABC", "a\nb"), Remark::LineBreak),
        (
            Addition::new("ABC", "xã số 5"),
            Remark::NotWords {
                part: "5".to_owned(),
                said: "năm".to_owned(),
            },
        ),
        (
            Addition::new("ABC", "UBND tỉnh"),
            Remark::NotWords {
                part: "UBND".to_owned(),
                said: "Ủy ban nhân dân".to_owned(),
            },
        ),
    ] {
        let said = remarks(std::slice::from_ref(&addition));
        let entries = Lexicon::builtin().with(std::slice::from_ref(&addition));
        assert_eq!(said, std::slice::from_ref(&reason), "{addition:?}");
        assert!(reason.refuses() && entries.is_err());
        assert!(!reason.to_string().is_empty() && !reason.vietnamese().is_empty());
    }
}

#[test]
fn an_entry_that_a_rule_forestalls_is_refused() {
    for written in [
        "1/5/2025", "/KH-STC", "QĐ-UBND", "hanam.vn", "+84", "17.", "(a)",
    ] {
        let addition = Addition::new(written, "một tiếng");
        let lexicon = Lexicon::builtin().with(&[addition]).unwrap();
        let text = format!("có {written} là");
        assert_eq!(
            speak(&text, &lexicon).text(),
            "có một tiếng là",
            "{written}"
        );
    }
    for (written, by) in [("USD 5", Rule::Number), ("QL 5", Rule::Code)] {
        let addition = Addition::new(written, "một tiếng");
        let remarks = Lexicon::builtin().with(&[addition]).unwrap_err();
        assert_eq!(remarks[0].remark, Remark::NeverRead { by });
        assert!(remarks[0].remark.to_string().contains("{{"));
    }
}

#[test]
fn conflicts_are_named() {
    let mut remarked = Lexicon::builtin().review(&[
        Addition::new("TT", "trung tâm văn hóa"),
        Addition::new("XYZT", "một"),
        Addition::new("XYZT", "hai"),
        Addition::new("Kim Bảng", "Kim Bảng thân yêu"),
        Addition::new("HĐND", "Hội đồng nhân dân"),
    ]);
    let of = |remarked: &[Remarked], index: usize| {
        remarked
            .iter()
            .filter(|remark| remark.addition == index)
            .map(|remark| remark.remark.clone())
            .collect::<Vec<_>>()
    };
    let first = of(&remarked, 0);
    let replaced: Vec<_> = first
        .iter()
        .filter_map(|remark| match remark {
            Remark::Replaces { entry } => Some((entry.spoken.as_str(), entry.origin)),
            _ => None,
        })
        .collect();
    for sense in ["thị trấn", "thông tư", "Thường trực", "trung tâm"] {
        assert!(replaced.contains(&(sense, Origin::Builtin)), "{replaced:?}");
    }
    assert!(
        first.iter().any(
            |remark| matches!(remark, Remark::LongerStays { entry } if entry.written == "TT&TT")
        )
    );
    assert_eq!(of(&remarked, 1), []);
    assert_eq!(of(&remarked, 2), [Remark::SaidTwice { other: 1 }]);
    assert_eq!(of(&remarked, 3), [Remark::EverydayWord]);
    assert!(
        of(&remarked, 4)
            .iter()
            .all(|remark| matches!(remark, Remark::LongerStays { .. }))
    );
    remarked.retain(|remarked| remarked.remark.refuses());
    assert_eq!(remarked.len(), 1);
}

#[test]
fn toml_of_another_form_is_refused_where_it_is_wrong() {
    let error = Lexicon::builtin()
        .with_additions("[say]\n\"A\" = \"a\"\n[[in_context]]\nwritten = [\"B\"]\nspoken = \"b\"\nbefor = [\"c\"]\n")
        .unwrap_err()
        .to_string();
    assert!(error.contains("befor"), "{error}");
}

#[test]
fn every_piece_says_what_read_it() {
    let lexicon = Lexicon::builtin()
        .with(&[Addition::new("HTXKB", "hợp tác xã Kim Bảng")])
        .unwrap();
    let text = "1. TT. Quế, HTXKB: Nghị định 61/2018/NĐ-CP ngày 23/4, 7h30; 12 kg, {{A|bê}} QL1A 0226.3851.234.";
    let explained = explain(text, &lexicon);
    let by: Vec<_> = explained
        .iter()
        .filter(|piece| piece.by != Rule::Silent)
        .map(|piece| (piece.written.as_str(), piece.by))
        .collect();
    assert_eq!(
        by,
        [
            ("1.", Rule::Item),
            ("TT.", Rule::Entry),
            ("Quế", Rule::Written),
            ("HTXKB", Rule::Entry),
            ("Nghị định", Rule::Written),
            ("61/2018/NĐ-CP", Rule::LegalNumber),
            ("ngày", Rule::Written),
            ("23/4", Rule::Date),
            ("7h30", Rule::Time),
            ("12 kg", Rule::Number),
            ("{{A|bê}}", Rule::Author),
            ("QL1A", Rule::Code),
            ("0226.3851.234", Rule::Phone),
        ]
    );
    let entries: Vec<_> = explained
        .iter()
        .filter_map(|piece| piece.entry.as_ref())
        .map(|entry| {
            (
                entry.written.as_str(),
                entry.spoken.as_str(),
                entry.origin,
                entry.when.before_name,
            )
        })
        .collect();
    assert_eq!(
        entries,
        [
            ("TT.", "thị trấn", Origin::Builtin, true),
            ("HTXKB", "hợp tác xã Kim Bảng", Origin::Added, false),
        ]
    );
    assert_eq!(explained.last().unwrap().pause, Pause::Sentence);
    let json = serde_json::to_value(&explained).unwrap();
    assert_eq!(json[0]["by"], "item");
    for rule in by.iter().map(|(_, rule)| rule) {
        assert!(!rule.to_string().is_empty() && !rule.vietnamese().is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_taken_is_read(written in "[A-ZĐ]{2,5}[0-9]{0,2}([-&./][A-ZĐ]{1,3})?", spoken in "(xã|tổ|đài|nhà)( (vui|mới|xanh)){0,2}") {
        let addition = Addition::new(&written, &spoken);
        match Lexicon::builtin().with(std::slice::from_ref(&addition)) {
            Ok(lexicon) => prop_assert_eq!(speak(&format!("có {written} là"), &lexicon).text(), format!("có {spoken} là")),
            Err(remarks) => prop_assert!(remarks.iter().any(|remark| remark.remark.refuses())),
        }
    }

    #[test]
    fn looking_over_never_fails(written in "\\PC{0,12}", spoken in "\\PC{0,12}", after in "\\PC{0,6}") {
        let mut addition = Addition::new(&written, &spoken);
        addition.when.after.push(after);
        let other = Addition::new(&spoken, &written);
        for remark in Lexicon::builtin().review(&[addition, other]) {
            prop_assert!(remark.addition < 2);
        }
    }

    #[test]
    fn explanations_are_the_reading(text in "[ -~à-ỹđ\n]{0,60}") {
        let spoken = speak(&text, Lexicon::builtin());
        let explained = explain(&text, Lexicon::builtin());
        prop_assert_eq!(explained.len(), spoken.pieces.len());
        let written: String = explained.iter().map(|piece| piece.written.as_str()).collect();
        prop_assert_eq!(written, text);
        for piece in explained {
            prop_assert_eq!(piece.by == Rule::Entry, piece.entry.is_some(), "{:?}", piece);
        }
    }
}
