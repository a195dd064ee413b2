//! Two versions of a document, clause by clause.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use loa_plan::{Change, Clause, PieceKind, compare, pieces, read};
use proptest::prelude::*;

fn clause(id: &str, heading: &str, text: &str, children: Vec<Clause>) -> Clause {
    Clause {
        id: id.to_owned(),
        eid: id.to_owned(),
        marker: Some(id.to_owned()),
        line: 1,
        heading: (!heading.is_empty()).then(|| heading.to_owned()),
        text: text.to_owned(),
        children,
    }
}

/// `=` same, `~` changed, `+` added, `-` removed, each with the ids of both sides.
fn told(old: &[Clause], new: &[Clause]) -> Vec<String> {
    compare(old, new)
        .iter()
        .map(|change| match change {
            Change::Same { old, new } => format!("={} {}", old.id, new.id),
            Change::Changed { old, new } => format!("~{} {}", old.id, new.id),
            Change::Added(new) => format!("+{}", new.id),
            Change::Removed(old) => format!("-{}", old.id),
        })
        .collect()
}

/// What two texts, read as plans, became of each other, without what stayed in its place.
fn read_and_told(old: &str, new: &str) -> Vec<String> {
    let tree = |body: &str| {
        let text = format!("KẾ HOẠCH\nTuyên truyền năm 2026\n\n{body}");
        read(text.as_bytes(), None).unwrap().clauses
    };
    let quiet = |line: &String| {
        let kept = line.strip_prefix('=').and_then(|ids| ids.split_once(' '));
        kept.is_none_or(|(one, other)| one != other)
    };
    told(&tree(old), &tree(new))
        .into_iter()
        .filter(quiet)
        .collect()
}

#[test]
fn an_insertion_moves_numbers_and_changes_no_clause() {
    let old = "I. NỘI DUNG\n\n1. Mục đích\n\n- Nâng cao nhận thức của người dân.\n\n2. Yêu cầu\n\n- Kịp thời, đầy đủ.\n";
    let new = "I. NỘI DUNG\n\n1. Căn cứ\n\n- Nghị quyết của Chính phủ.\n\n2. Mục đích\n\n- Nâng cao nhận thức của người dân.\n\n3. Yêu cầu\n\n- Kịp thời, đầy đủ.\n";
    assert_eq!(
        read_and_told(old, new),
        [
            "+I.1",
            "+I.1.1",
            "=I.1 I.2",
            "=I.1.1 I.2.1",
            "=I.2 I.3",
            "=I.2.1 I.3.1"
        ]
    );
}

#[test]
fn a_corrected_clause_is_changed_and_one_rewritten_is_another() {
    let old = "I. NỘI DUNG\n\n- Sở Nội vụ báo cáo trước ngày 01/10 hằng năm về Sở Thông tin và Truyền thông.\n\n- Phát thanh trên loa mỗi tuần hai buổi.\n\n- Treo băng rôn.\n";
    let new = "I. NỘI DUNG\n\n- Sở Nội vụ báo cáo trước ngày 15/11 hằng năm về Sở Khoa học và Công nghệ.\n\n- Hội thi tìm hiểu pháp luật cho thanh niên các trường.\n\n- Treo băng rôn.\n";
    assert_eq!(read_and_told(old, new), ["~I.1 I.1", "-I.2", "+I.2"]);
}

#[test]
fn equal_wordings_stay_with_their_parents() {
    let section = |number: &str, unit: &str, more: &str| {
        format!("{number}. {unit}\n\n- Báo cáo kết quả thực hiện.\n\n{more}")
    };
    let old = format!(
        "I. TỔ CHỨC\n\n{}{}{}",
        section("1", "Sở Nội vụ", ""),
        section("2", "Sở Tài chính", "- Bố trí kinh phí.\n\n"),
        section("3", "Sở Tư pháp", "")
    );
    let new = format!(
        "I. TỔ CHỨC\n\n{}{}",
        section("1", "Sở Tài chính", "- Bố trí kinh phí.\n\n"),
        section("2", "Sở Tư pháp", "")
    );
    assert_eq!(
        read_and_told(&old, &new),
        [
            "-I.1",
            "-I.1.1",
            "=I.2 I.1",
            "=I.2.1 I.1.1",
            "=I.2.2 I.1.2",
            "=I.3 I.2",
            "=I.3.1 I.2.1"
        ]
    );
}

#[test]
fn a_clause_moved_to_another_parent_is_the_same() {
    let moved = clause(
        "I.2",
        "",
        "Tuyên truyền trên loa.",
        vec![clause("I.2.1", "", "Mỗi ngày.", vec![])],
    );
    let stays = || clause("I.1", "Báo chí", "", vec![]);
    let old = [
        clause("I", "HÌNH THỨC", "", vec![stays(), moved.clone()]),
        clause("II", "LOA", "", vec![]),
    ];
    let mut went = moved;
    went.id = "II.1".to_owned();
    let new = [
        clause("I", "HÌNH THỨC", "", vec![stays()]),
        clause("II", "LOA", "", vec![went]),
    ];
    assert_eq!(
        told(&old, &new),
        ["=I I", "=I.1 I.1", "=II II", "=I.2 II.1", "=I.2.1 I.2.1"]
    );
}

#[test]
fn a_renamed_parent_is_known_by_its_children() {
    let children = |above: &str| {
        (1..5)
            .map(|n| {
                clause(
                    &format!("{above}.{n}"),
                    "",
                    &format!("Việc thứ {n} phải làm."),
                    vec![],
                )
            })
            .collect::<Vec<_>>()
    };
    let old = [
        clause("I", "KINH PHÍ", "", children("I")),
        clause("II", "KHÁC", "", vec![]),
    ];
    let new = [
        clause("I", "NGUỒN LỰC", "", children("I")),
        clause("II", "KHÁC", "", vec![]),
    ];
    assert_eq!(told(&old, &new)[0], "~I I");
}

#[test]
fn a_level_put_in_above_leaves_what_is_below() {
    let body = || {
        vec![
            clause("1", "Mục đích", "", vec![]),
            clause("2", "Yêu cầu", "Làm ngay.", vec![]),
        ]
    };
    let old = body();
    let new = [clause("I", "CHUNG", "", body())];
    assert_eq!(told(&old, &new), ["+I", "=1 1", "=2 2"]);
    assert_eq!(told(&new, &old), ["-I", "=1 1", "=2 2"]);
}

#[test]
fn what_was_removed_is_told_where_it_stood() {
    let list = |numbers: &[u32]| -> Vec<Clause> {
        numbers
            .iter()
            .map(|n| {
                clause(
                    &n.to_string(),
                    &format!("Mục {n}"),
                    "",
                    vec![clause(&format!("{n}.1"), "", &format!("Lời {n}"), vec![])],
                )
            })
            .collect()
    };
    assert_eq!(
        told(&list(&[10, 20, 30, 40]), &list(&[10, 30, 40])),
        [
            "=10 10",
            "=10.1 10.1",
            "-20",
            "-20.1",
            "=30 30",
            "=30.1 30.1",
            "=40 40",
            "=40.1 40.1"
        ]
    );
    assert_eq!(told(&list(&[10]), &[]), ["-10", "-10.1"]);
    assert_eq!(told(&[], &list(&[10])), ["+10", "+10.1"]);
}

#[test]
fn ten_thousand_clauses_keep_who_they_are() {
    let tree = |shift: usize, edited: fn(usize) -> bool| -> Vec<Clause> {
        (0..100)
            .map(|part| {
                let children = (0..100)
                    .map(|n| {
                        let number = part * 100 + n;
                        let word = if edited(number) { "mới" } else { "cũ" };
                        let text = format!(
                            "Việc {word} của đơn vị {number} phải làm xong trong quý {}",
                            number % 4
                        );
                        clause(&format!("{}.{n}", part + shift), "", &text, vec![])
                    })
                    .collect();
                clause(
                    &(part + shift).to_string(),
                    &format!("Phần việc {part}"),
                    "",
                    children,
                )
            })
            .collect()
    };
    let (old, new) = (tree(1, |_| false), tree(7, |number| number % 3 == 1));
    let changes = compare(&old, &new);
    assert_eq!(changes.len(), 100 * 101);
    let changed = changes
        .iter()
        .filter(|change| matches!(change, Change::Changed { .. }))
        .count();
    assert_eq!(changed, 3_333);
    for change in &changes {
        let (was, is) = (change.before().unwrap(), change.after().unwrap());
        assert_eq!(
            was.text.replace("cũ", ""),
            is.text.replace("cũ", "").replace("mới", "")
        );
    }
}

#[test]
fn words_are_told_apart() {
    let told = |old: &str, new: &str| -> String {
        pieces(old, new)
            .iter()
            .map(|piece| match piece.kind {
                PieceKind::Same => piece.text.clone(),
                PieceKind::Removed => format!("[-{}-]", piece.text),
                PieceKind::Added => format!("[+{}+]", piece.text),
            })
            .collect()
    };
    assert_eq!(
        told("trước ngày 01/10;", "trước ngày 01/11."),
        "trước ngày 01/[-10;-][+11.+]"
    );
    assert_eq!(
        told("Sở Nội vụ chủ trì", "Sở Tài chính chủ trì"),
        "Sở [-Nội vụ -][+Tài chính +]chủ trì"
    );
    assert_eq!(told("a b", "a\nb"), "a[- -][+\n+]b");
    assert_eq!(told("", " thêm"), "[+ thêm+]");
    assert_eq!(told("như cũ", "như cũ"), "như cũ");
}

#[test]
fn long_texts_without_a_common_word_are_told_as_rewritten() {
    let text = |words: &str| words.repeat(30_000);
    let (old, new) = (text("một hai ba bốn "), text("năm sáu bảy "));
    let pieces = pieces(&old, &new);
    assert_eq!(pieces.len(), 2);
    assert_eq!(
        (pieces[0].text.as_str(), pieces[1].text.as_str()),
        (old.as_str(), new.as_str())
    );
}

/// Trees of few words, so that the same wordings meet often.
fn trees() -> impl Strategy<Value = Vec<Clause>> {
    let words =
        || prop::collection::vec(prop::sample::select(vec!["loa", "báo", "sở", "xã"]), 0..4);
    let leaf = (words(), words())
        .prop_map(|(heading, text)| clause("x", &heading.join(" "), &text.join(" "), vec![]));
    let tree = leaf.prop_recursive(4, 40, 5, move |inner| {
        (words(), prop::collection::vec(inner, 0..5))
            .prop_map(|(text, children)| clause("x", "", &text.join(" "), children))
    });
    prop::collection::vec(tree, 0..6)
}

fn flat<'a>(clauses: &'a [Clause], into: &mut Vec<&'a Clause>) {
    for clause in clauses {
        into.push(clause);
        flat(&clause.children, into);
    }
}

fn same(one: &Clause, other: &Clause) -> bool {
    std::ptr::eq(one, other)
}

proptest! {
    #[test]
    fn every_clause_stands_in_exactly_one_change(old in trees(), new in trees()) {
        let changes = compare(&old, &new);
        let (mut all_old, mut all_new) = (Vec::new(), Vec::new());
        flat(&old, &mut all_old);
        flat(&new, &mut all_new);
        let told: Vec<&Clause> = changes.iter().filter_map(Change::after).collect();
        prop_assert_eq!(told.len(), all_new.len());
        prop_assert!(told.iter().zip(&all_new).all(|(one, other)| same(one, other)), "not in the new order");
        let told: BTreeSet<_> = changes.iter().filter_map(Change::before).map(std::ptr::from_ref).collect();
        prop_assert_eq!(changes.iter().filter_map(Change::before).count(), told.len());
        prop_assert_eq!(told, all_old.into_iter().map(std::ptr::from_ref).collect());
        for change in &changes {
            let words = |clause: &Clause| {
                let heading = clause.heading.as_deref().unwrap_or_default();
                format!("{heading} {}", clause.text).split_whitespace().map(str::to_owned).collect::<Vec<_>>()
            };
            match change {
                Change::Same { old, new } => prop_assert_eq!(words(old), words(new)),
                Change::Changed { old, new } => prop_assert_ne!(words(old), words(new)),
                _ => {}
            }
        }
        // Nobody who says the same is left alone on both sides.
        let words = |clause: &&Clause| format!("{:?}{}", clause.heading, clause.text);
        let added: BTreeSet<_> = changes.iter().filter(|change| change.before().is_none()).filter_map(Change::after).map(|one| words(&one)).collect();
        let gone = changes.iter().filter(|change| change.after().is_none()).filter_map(Change::before);
        for one in gone.filter(|one| !one.text.is_empty()) {
            prop_assert!(!added.contains(&words(&one)));
        }
    }

    #[test]
    fn a_tree_is_the_same_as_itself(tree in trees()) {
        for change in compare(&tree, &tree) {
            let stays = matches!(change, Change::Same { old, new } if same(old, new));
            prop_assert!(stays);
        }
    }

    /// Whatever is put in anywhere, all that was there stays what it was.
    #[test]
    fn an_insertion_anywhere_leaves_all_others(tree in trees(), at in any::<prop::sample::Index>()) {
        let mut new = tree.clone();
        put_in(&mut new, at.index(count(&tree) + 1), &mut 0);
        let changes = compare(&tree, &new);
        let added: Vec<_> = changes.iter().filter(|change| !matches!(change, Change::Same { .. })).collect();
        prop_assert_eq!(added.len(), 1);
        let ours = matches!(added[0], Change::Added(clause) if clause.id == "mới");
        prop_assert!(ours);
    }

    /// A word corrected in a clause of the real plan changes that clause alone.
    #[test]
    fn a_corrected_word_is_told_where_it_is(at in any::<prop::sample::Index>(), word in any::<prop::sample::Index>()) {
        let old = &*REAL_PLAN;
        let mut new = old.clone();
        let mut long = Vec::new();
        long_texts(&mut new, &mut long);
        let place = at.index(long.len());
        let mut words: Vec<&str> = long[place].split(' ').collect();
        let wrong = word.index(words.len());
        words[wrong] = "đính_chính";
        let corrected = words.join(" ");
        *long.swap_remove(place) = corrected.clone();
        let changes = compare(old, &new);
        let changed: Vec<_> = changes.iter().filter(|change| !matches!(change, Change::Same { .. })).collect();
        prop_assert_eq!(changed.len(), 1);
        let right = matches!(changed[0], Change::Changed { old, new } if old.id == new.id && new.text == corrected);
        prop_assert!(right, "{:?}", changed);
    }

    #[test]
    fn pieces_make_up_both_texts(old in "[ab ,.\n]{0,40}", new in "[ab ,.\n]{0,40}") {
        let pieces = pieces(&old, &new);
        let without = |kind| pieces.iter().filter(|piece| piece.kind != kind).map(|piece| piece.text.as_str()).collect::<String>();
        prop_assert_eq!(without(PieceKind::Added), old);
        prop_assert_eq!(without(PieceKind::Removed), new);
        prop_assert!(pieces.windows(2).all(|two| two[0].kind != two[1].kind));
        prop_assert!(pieces.iter().all(|piece| !piece.text.is_empty()));
    }
}

static REAL_PLAN: LazyLock<Vec<Clause>> = LazyLock::new(|| {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/ha-nam/plan.md");
    read(&std::fs::read(path).unwrap(), None).unwrap().clauses
});

/// Texts of which one word is not the half.
fn long_texts<'a>(clauses: &'a mut [Clause], long: &mut Vec<&'a mut String>) {
    for clause in clauses {
        if clause.text.split(' ').count() > 5 {
            long.push(&mut clause.text);
        }
        long_texts(&mut clause.children, long);
    }
}

fn count(tree: &[Clause]) -> usize {
    tree.iter().map(|clause| 1 + count(&clause.children)).sum()
}

/// Puts a new clause in as the `wanted`-th place of a walk.
fn put_in(list: &mut Vec<Clause>, wanted: usize, seen: &mut usize) {
    for place in 0..=list.len() {
        if *seen == wanted {
            *seen += 1;
            list.insert(place, clause("mới", "", "hoàn toàn khác", vec![]));
            return;
        }
        if place < list.len() {
            *seen += 1;
            put_in(&mut list[place].children, wanted, seen);
        }
        if *seen > wanted {
            return;
        }
    }
}
