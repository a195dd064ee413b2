//! What holds for every document: nothing of the body is lost or said twice, addresses are unique,
//! and the same document is read the same again.

use std::collections::{BTreeMap, BTreeSet};

use loa_plan::{Clause, Reading, read};
use proptest::prelude::*;

/// A paragraph with or without a marker, of words that begin nothing else.
fn paragraph(words: &'static str) -> impl Strategy<Value = String> {
    let marker = prop::sample::select(vec![
        "",
        "",
        "I. ",
        "II. ",
        "A. ",
        "1. ",
        "2. ",
        "3. ",
        "1.1. ",
        "2.1. ",
        "1.1.1. ",
        "(1) ",
        "1) ",
        "a) ",
        "b) ",
        "a. ",
        "1.1.a) ",
        "Điều 1. ",
        "Chương I. ",
        "Mục 1. ",
        "- ",
        "- ",
        "+ ",
        "* ",
        "• ",
    ]);
    let end = prop::sample::select(vec!["", ".", ";", ":"]);
    (marker, words, end).prop_map(|(marker, words, end)| format!("{marker}{words}{end}"))
}

const SHORT: &str = "[A-ZĐ][a-zđ]{2,7}( [a-zđ]{2,7}){0,12}";

/// Of several lines each, so that the indent of a first line can be told.
const LONG: &str = "[A-ZĐ][a-zđ]{2,7}( [a-zđ]{2,7}){25,40}";

fn document(words: &'static str) -> impl Strategy<Value = String> {
    prop::collection::vec(paragraph(words), 1..40).prop_map(|body| {
        format!(
            "KẾ HOẠCH\n\nTuyên truyền\n\nI. MỤC ĐÍCH\n\n{}\n",
            body.join("\n\n")
        )
    })
}

fn words(text: &str, found: &mut BTreeMap<String, usize>) {
    for word in text.split(|c: char| !c.is_alphanumeric() && !"-+*•".contains(c)) {
        if !word.is_empty() {
            *found.entry(word.to_owned()).or_default() += 1;
        }
    }
}

fn said(clauses: &[Clause], found: &mut BTreeMap<String, usize>) {
    for clause in clauses {
        words(clause.marker.as_deref().unwrap_or_default(), found);
        words(clause.heading.as_deref().unwrap_or_default(), found);
        words(&clause.text, found);
        said(&clause.children, found);
    }
}

fn lines_in_order(reading: &Reading) -> bool {
    let lines: Vec<usize> = reading.walk().map(|clause| clause.line).collect();
    lines.windows(2).all(|pair| pair[0] < pair[1])
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_word_of_the_body_is_in_exactly_one_clause(text in document(SHORT)) {
        let reading = read(text.as_bytes(), None).unwrap();
        let (mut written, mut found) = (BTreeMap::new(), BTreeMap::new());
        let body = &text[text.find("I. MỤC").unwrap()..];
        words(body, &mut written);
        said(&reading.clauses, &mut found);
        prop_assert_eq!(written, found);
        prop_assert!(lines_in_order(&reading));
    }

    #[test]
    fn addresses_are_unique_and_stable(text in document(SHORT)) {
        let reading = read(text.as_bytes(), None).unwrap();
        let ids: BTreeSet<&str> = reading.walk().map(|clause| clause.id.as_str()).collect();
        let eids: BTreeSet<&str> = reading.walk().map(|clause| clause.eid.as_str()).collect();
        prop_assert_eq!(ids.len(), reading.walk().count());
        prop_assert_eq!(eids.len(), reading.walk().count());
        prop_assert_eq!(&read(text.as_bytes(), None).unwrap(), &reading);
    }

    /// The same document, wrapped as a printer does: first lines indented, the rest at the edge.
    #[test]
    fn wrapping_changes_nothing(text in document(LONG), width in 60..110_usize, page in 20..60_usize) {
        let plain = read(text.as_bytes(), None).unwrap();
        let wrapped: String = text.split("\n\n").map(|paragraph| wrap(paragraph, width)).collect();
        let wrapped = paged(&wrapped, page);
        let reading = read(wrapped.as_bytes(), None).unwrap();
        let outline = |reading: &Reading| -> Vec<(String, Option<String>, String)> {
            reading.walk().map(|clause| (clause.id.clone(), clause.heading.clone(), clause.text.clone())).collect()
        };
        prop_assert_eq!(outline(&plain), outline(&reading), "{}", wrapped);
    }
}

fn wrap(paragraph: &str, width: usize) -> String {
    let mut lines = vec![String::from("     ")];
    for word in paragraph.split_whitespace() {
        let last = lines.last_mut().unwrap();
        if last.chars().count() + word.chars().count() >= width && !last.trim().is_empty() {
            lines.push(word.to_owned());
        } else {
            if !last.trim().is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    lines.join("\n") + "\n"
}

/// Pages of some lines each, with their numbers on top, as official documents have them.
fn paged(text: &str, length: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let pages = lines.chunks(length).enumerate().map(|(place, lines)| {
        let head = match place {
            0 => String::new(),
            _ => format!("\u{c}{:>40}\n\n", place + 1),
        };
        head + &lines.join("\n") + "\n"
    });
    pages.collect()
}
