//! The readers used: poppler for PDF, `LibreOffice` where it is installed.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A file of the test's own folder, named so that it can be looked at afterwards.
pub fn written(name: &str, bytes: &[u8]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("documents");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// What a program prints; fails the test if the program does.
pub fn output(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .output()
        .unwrap_or_else(|fault| panic!("{program} is needed (Debian: poppler-utils): {fault}"));
    assert!(
        output.status.success(),
        "{program}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// The PDF's text, blanks made single spaces, line by line.
pub fn pdf_text(path: &Path) -> Vec<String> {
    let text = output("pdftotext", &["-layout", path.to_str().unwrap(), "-"]);
    let line = |line: &str| {
        line.split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .replace('\u{200b}', "")
    };
    text.lines()
        .map(line)
        .filter(|line| !line.is_empty())
        .collect()
}

/// Asserts that the wanted texts stand in the lines, in this order.
pub fn in_order(lines: &[String], wanted: &[&str]) {
    let mut rest = lines.iter();
    for want in wanted {
        assert!(
            rest.any(|line| line.contains(want)),
            "'{want}' missing or out of order in\n{}",
            lines.join("\n")
        );
    }
}

/// One part of a DOCX, checked to be well-formed XML.
pub fn part(docx: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(docx)).unwrap();
    let mut text = String::new();
    archive
        .by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    well_formed(name, &text);
    text
}

/// Every part's name, each checked to be well-formed XML.
pub fn parts(docx: &[u8]) -> Vec<String> {
    let archive = zip::ZipArchive::new(std::io::Cursor::new(docx)).unwrap();
    let names: Vec<String> = archive.file_names().map(str::to_owned).collect();
    for name in &names {
        part(docx, name);
    }
    names
}

fn well_formed(name: &str, text: &str) {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut depth = 0;
    loop {
        match reader
            .read_event()
            .unwrap_or_else(|fault| panic!("{name}: {fault}"))
        {
            quick_xml::events::Event::Start(_) => depth += 1,
            quick_xml::events::Event::End(_) => depth -= 1,
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "{name} is closed");
}

/// The document as `LibreOffice` lays it out, or `None` with a message where it is not installed.
pub fn through_libreoffice(docx: &Path) -> Option<PathBuf> {
    if Command::new("soffice").arg("--version").output().is_err() {
        eprintln!("skipped: LibreOffice is not installed (Debian: libreoffice-writer)");
        return None;
    }
    let folder = docx.with_extension("office");
    let profile = format!(
        "-env:UserInstallation=file://{}",
        folder.join("profile").display()
    );
    let (out, path) = (folder.to_str().unwrap(), docx.to_str().unwrap());
    output(
        "soffice",
        &[
            &profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            out,
            path,
        ],
    );
    Some(folder.join(docx.file_stem().unwrap()).with_extension("pdf"))
}
