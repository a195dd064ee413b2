//! What holds for any text.

use std::collections::BTreeSet;

use loa_plan::{Reading, read};
use proptest::prelude::*;

/// Everything names a clause that there is, and says how sure it is.
fn check(reading: &Reading) {
    let clauses: BTreeSet<&str> = reading.walk().map(|clause| clause.id.as_str()).collect();
    let mut named: Vec<(&str, u8)> = Vec::new();
    named.extend(
        reading
            .themes
            .iter()
            .map(|it| (it.clause.as_str(), it.confidence)),
    );
    named.extend(
        reading
            .channels
            .iter()
            .map(|it| (it.clause.as_str(), it.confidence)),
    );
    named.extend(
        reading
            .audiences
            .iter()
            .map(|it| (it.clause.as_str(), it.confidence)),
    );
    named.extend(
        reading
            .duties
            .iter()
            .map(|it| (it.clause.as_str(), it.confidence)),
    );
    named.extend(
        reading
            .reports
            .iter()
            .map(|it| (it.clause.as_str(), it.confidence)),
    );
    named.extend(
        reading
            .money
            .iter()
            .map(|it| (it.clause.as_str(), it.confidence)),
    );
    named.extend(
        reading
            .milestones
            .iter()
            .map(|it| (it.clause.as_str(), it.confidence)),
    );
    named.extend(
        reading
            .relations
            .iter()
            .map(|it| (it.clause.as_str(), it.confidence)),
    );
    let cites = reading.acts.iter().flat_map(|act| &act.cited_in);
    named.extend(cites.map(|clause| (clause.as_str(), 100)));
    for (clause, confidence) in named {
        assert!(clauses.contains(clause), "{clause}");
        assert!((1..=100).contains(&confidence), "{clause}: {confidence}");
    }
    for act in &reading.acts {
        assert!(!act.number.is_empty() && !act.kind.is_empty());
        let title = act.title.as_deref().unwrap_or("ba từ đó");
        assert!(title.len() < 1300 && !title.contains('\n'), "{title}");
    }
    for theme in &reading.themes {
        assert!(!theme.label.is_empty() && !theme.label.contains('\n'));
    }
    for report in &reading.reports {
        let (left, day) = report.due.split_at(report.due.len() - 2);
        let known = ["*-", "Q-", "Q+"].contains(&left)
            || left
                .trim_end_matches('-')
                .parse::<u32>()
                .is_ok_and(|month| month < 13);
        assert!(known && day.parse::<u32>().is_ok(), "{}", report.due);
    }
}

/// Words of which plans are made, in no order.
const WORDS: [&str; 64] = [
    "Sở Nội vụ",
    "UBND các phường: Ba Đình",
    "UBND",
    "các sở, ban, ngành",
    "và",
    ",",
    ";",
    ".",
    ":",
    "chủ trì",
    "phối hợp với",
    "Giao",
    "Đề nghị",
    "chỉ đạo",
    "báo cáo",
    "trước ngày",
    "15/6",
    "31/02",
    "hằng năm",
    "hằng tháng",
    "tháng cuối quý",
    "quý II/2026",
    "Nghị quyết số",
    "18-NQ/TW",
    "ngày 25/10/2017",
    "của",
    "Chính phủ",
    "về việc",
    "Luật",
    "Luật Đất đai",
    "năm 2024",
    "sửa đổi, bổ sung một số điều của Luật",
    "thay thế",
    "Kế hoạch số 12/KH-UBND",
    "giai đoạn 2021 - 2030",
    "kinh phí",
    "350 triệu đồng",
    "2,5 tỷ đồng",
    "Đơn vị chủ trì:",
    "Thời gian:",
    "hoàn thành",
    "Nội dung tuyên truyền",
    "Hình thức tuyên truyền",
    "Đối tượng:",
    "loa truyền thanh",
    "báo chí",
    "(",
    ")",
    "“",
    "”",
    "-nt-",
    "|",
    "uỷ",
    "Hoá",
    "ỦY BAN",
    "Văn hóa, Thể thao và Du lịch",
    "các",
    "xã",
    "phường",
    "tỉnh",
    "\u{301}",
    "ẽ",
    "K\u{212a}",
    "İ",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_words_in_any_order_are_read(lines in prop::collection::vec(
        (0usize..12, prop::collection::vec(0usize..WORDS.len(), 0..14)), 1..24)) {
        let marks = ["I. ", "II. ", "1. ", "2. ", "a) ", "- ", "+ ", "", "", "| ", "Điều 1. ", "TỔ CHỨC THỰC HIỆN "];
        let mut text = String::from("KẾ HOẠCH\n\nTuyên truyền năm 2026\n\nI. TỔ CHỨC THỰC HIỆN\n\n");
        for (mark, words) in lines {
            let words: Vec<&str> = words.into_iter().map(|word| WORDS[word]).collect();
            let end = if marks[mark] == "| " { " |" } else { "" };
            text.push_str(&format!("{}{}{end}\n\n", marks[mark], words.join(" ")));
        }
        if let Ok(reading) = read(text.as_bytes(), None) {
            check(&reading);
        }
    }

    #[test]
    fn any_letters_are_read(text in "\\PC{0,300}") {
        let text = format!("KẾ HOẠCH\n\n{text}\n\nI. NỘI DUNG TUYÊN TRUYỀN\n\n1. {text}\n\nII. TỔ CHỨC THỰC HIỆN\n\n1. {text}\n");
        if let Ok(reading) = read(text.as_bytes(), None) {
            check(&reading);
        }
    }

    #[test]
    fn any_cut_of_a_plan_is_read(from in 0usize..4000, length in 0usize..4000) {
        let plan = include_str!("../../../../examples/ha-nam/plan.md");
        let chars: Vec<char> = plan.chars().collect();
        let from = from.min(chars.len());
        let to = (from + length).min(chars.len());
        let text: String = chars[..from].iter().chain(&chars[to..]).collect();
        if let Ok(reading) = read(text.as_bytes(), None) {
            check(&reading);
        }
    }
}

#[test]
fn reading_twice_finds_the_same() {
    let plan = include_str!("../../../../examples/ha-nam/plan.md");
    let one = read(plan.as_bytes(), None).unwrap();
    let other = read(plan.as_bytes(), None).unwrap();
    check(&one);
    assert_eq!(one, other);
}
