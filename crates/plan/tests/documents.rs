//! Documents of every kind that are read, each with the outline a person made of it: `NAME.txt`
//! and `NAME.outline` in `tests/documents`. An outline that is missing is a fault, and what was
//! read is printed, to be compared by hand before it is kept.

use std::fmt::Write as _;
use std::path::Path;

use loa_plan::{Clause, Reading, read};

fn outline(reading: &Reading) -> String {
    let some = |text: &Option<String>| text.clone().unwrap_or_else(|| "~".to_owned());
    let mut out = String::new();
    let fields = [
        ("loại", some(&reading.kind)),
        ("về", reading.title.clone()),
        ("cơ quan", some(&reading.issuer)),
        ("cấp trên", some(&reading.parent)),
        ("số", some(&reading.number)),
        ("ký hiệu", some(&reading.notation)),
        ("nơi", some(&reading.place)),
        ("ngày", some(&reading.date)),
    ];
    for (name, value) in fields {
        writeln!(out, "{name}: {value}").unwrap();
    }
    if let Some(signer) = &reading.signer {
        let form = some(&signer.form);
        writeln!(out, "ký: {form} | {} | {}", signer.title, signer.name).unwrap();
    }
    for name in &reading.recipients {
        writeln!(out, "nhận: {name}").unwrap();
    }
    for part in &reading.attachments {
        writeln!(out, "kèm: {} {} ({})", part.kind, part.title, part.line).unwrap();
    }
    for clause in &reading.clauses {
        draw(clause, 0, &mut out);
    }
    for warning in &reading.warnings {
        writeln!(out, "! {} {}", warning.line, warning.message).unwrap();
    }
    out
}

fn draw(clause: &Clause, depth: usize, out: &mut String) {
    let marker = clause.marker.as_deref().unwrap_or("~");
    let heading = clause.heading.as_deref().unwrap_or_default();
    let words: Vec<String> = clause.text.lines().map(short).collect();
    let blank = "  ".repeat(depth);
    let line = format!("{blank}[{marker}] {heading} / {}", words.join(" ¶ "));
    writeln!(out, "{:>3} {}", clause.line, line.trim_end()).unwrap();
    for child in &clause.children {
        draw(child, depth + 1, out);
    }
}

/// How a paragraph begins and ends.
fn short(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    if letters.len() <= 60 {
        return text.to_owned();
    }
    let begin: String = letters[..30].iter().collect();
    let end: String = letters[letters.len() - 25..].iter().collect();
    format!("{begin} … {end}")
}

#[test]
fn every_document_has_the_outline_a_person_made_of_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents");
    let mut names: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    names.sort();
    assert!(names.len() >= 7);
    let mut wrong = 0;
    for path in names {
        let reading = read(&std::fs::read(&path).unwrap(), None).unwrap();
        let found = outline(&reading);
        let expected = std::fs::read_to_string(path.with_extension("outline"));
        if expected.as_deref().ok() != Some(found.as_str()) {
            println!("{}:\n{found}", path.display());
            wrong += 1;
        }
    }
    assert_eq!(wrong, 0, "outlines differ");
}
