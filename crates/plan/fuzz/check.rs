//! What must hold of every document, whatever its bytes: included by the fuzz targets and by
//! `tests/fuzz_seeds.rs`.

use std::collections::HashSet;
use std::io::{Cursor, Write};

use loa_plan::{Change, Reading, akn, compare, print, read, text};

/// The forms that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(dead_code)] // each target knows one
pub enum Form {
    Docx,
    Pdf,
    Html,
    Markdown,
    Text,
    Legacy,
}

/// Parts the parts of a DOCX that is yet to be packed.
#[allow(dead_code)]
pub const PARTS: u8 = 0x1E;

/// The parts of a DOCX that are changed, in the order in which they stand in unpacked data.
#[allow(dead_code)]
pub const DOCX: [&str; 4] = [
    "word/document.xml",
    "word/numbering.xml",
    "word/styles.xml",
    "word/footnotes.xml",
];

/// Reads some bytes as a document of a form and asserts what must hold of it.
pub fn holds(form: Form, data: &[u8]) {
    let bytes = document(form, data);
    let printed = text(&bytes, None);
    match read(&bytes, None) {
        Ok(reading) => {
            let printed = printed.expect("what is read can be printed");
            reading_holds(&reading, printed.split('\n').count());
        }
        Err(error) => {
            assert!(!error.to_string().is_empty());
            assert!(!error.vietnamese().is_empty());
        }
    }
}

fn reading_holds(reading: &Reading, lines: usize) {
    let (mut ids, mut eids) = (HashSet::new(), HashSet::new());
    for clause in reading.walk() {
        assert!(
            ids.insert(clause.id.as_str()),
            "two clauses are {}",
            clause.id
        );
        assert!(eids.insert(&clause.eid), "two clauses are {}", clause.eid);
        let within = (1..=lines).contains(&clause.line);
        assert!(
            within,
            "{} stands on line {} of {lines}",
            clause.id, clause.line
        );
    }
    for clause in cited(reading) {
        assert!(ids.contains(clause), "nothing is {clause}");
    }
    let json = serde_json::to_string(reading).expect("a reading is JSON");
    let back: Reading = serde_json::from_str(&json).expect("its own JSON");
    assert_eq!(&back, reading);
    let changes = compare(&reading.clauses, &back.clauses);
    assert_eq!(changes.len(), ids.len());
    assert!(
        changes
            .iter()
            .all(|change| matches!(change, Change::Same { .. }))
    );
    assert!(!print::tree(reading).is_empty());
    let made = "2026-01-01".parse().expect("a date");
    assert!(akn::xml(reading, &akn::Options { made }).ends_with("</akomaNtoso>\n"));
}

/// The clauses that elements name as their proof.
fn cited(reading: &Reading) -> Vec<&str> {
    let mut cited: Vec<&str> = Vec::new();
    cited.extend(
        reading
            .acts
            .iter()
            .flat_map(|act| &act.cited_in)
            .map(String::as_str),
    );
    cited.extend(reading.themes.iter().map(|one| one.clause.as_str()));
    cited.extend(reading.channels.iter().map(|one| one.clause.as_str()));
    cited.extend(reading.duties.iter().map(|one| one.clause.as_str()));
    cited.extend(reading.reports.iter().map(|one| one.clause.as_str()));
    cited.extend(reading.audiences.iter().map(|one| one.clause.as_str()));
    cited.extend(reading.money.iter().map(|one| one.clause.as_str()));
    cited.extend(reading.milestones.iter().map(|one| one.clause.as_str()));
    cited.extend(reading.relations.iter().map(|one| one.clause.as_str()));
    cited
}

/// The document that some bytes make: its first bytes say what form it is, so that a change of
/// them does not lead to another form.
fn document(form: Form, data: &[u8]) -> Vec<u8> {
    let begins = |with: &[u8]| data.get(..with.len()) == Some(with);
    match form {
        Form::Docx if !begins(b"PK\x03\x04") => packed(data),
        Form::Pdf if !begins(b"%PDF-") => [b"%PDF-1.7\n", data].concat(),
        Form::Html if !begins(b"<") => [b"<!DOCTYPE html><html><body>", data].concat(),
        // Broken bytes would only ever say that they are no UTF-8.
        Form::Html | Form::Markdown | Form::Text => {
            String::from_utf8_lossy(data).into_owned().into_bytes()
        }
        Form::Docx | Form::Pdf | Form::Legacy => data.to_vec(),
    }
}

/// The parts of a DOCX as an archive.
fn packed(data: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, part) in DOCX.iter().zip(data.split(|byte| *byte == PARTS)) {
        archive.start_file(*name, options).expect("memory");
        archive.write_all(part).expect("memory");
    }
    archive.finish().expect("memory").into_inner()
}
