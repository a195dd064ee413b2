//! PDFs through the crate's door: what is read of them, and what is said of those that are not.

use loa_plan::{PdfFault, ReadError, read, text};

fn seed(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/seeds/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(path).unwrap()
}

#[test]
fn a_plan_is_read_out_of_a_pdf() {
    for (name, unit) in [("trang.pdf", "- Sở Nội vụ"), ("bang.pdf", "Sở Nội vụ")] {
        let bytes = seed(name);
        // The file's name says nothing, its content does.
        let plan = read(&bytes, Some("ke-hoach.docx")).unwrap();
        assert_eq!(plan.kind.as_deref(), Some("KẾ HOẠCH"), "{name}");
        assert_eq!(plan.title, "Tuyên truyền năm 2026", "{name}");
        let ids: Vec<&str> = plan.walk().map(|clause| clause.id.as_str()).collect();
        assert_eq!(ids[..2], ["I", "I.1"], "{name}");
        let printed = text(&bytes, None).unwrap();
        assert!(printed.contains("| TT |"), "{printed}");
        assert!(printed.contains(unit.trim_start_matches("- ")), "{printed}");
    }
}

#[test]
fn lines_of_clauses_are_those_of_the_printed_text() {
    let bytes = seed("bang.pdf");
    let printed = text(&bytes, None).unwrap();
    let plan = read(&bytes, None).unwrap();
    let line =
        |clause: &loa_plan::Clause| printed.split('\n').nth(clause.line - 1).unwrap().to_owned();
    assert_eq!(line(&plan.clauses[0]), "I. MỤC ĐÍCH");
    assert_eq!(line(&plan.clauses[0].children[0]), "1. Trên loa.");
}

#[test]
fn a_pdf_that_is_not_read_is_told_why_in_both_languages() {
    let whole = seed("bang.pdf");
    let cut = &whole[..200];
    assert_eq!(
        read(cut, None),
        Err(ReadError::Pdf {
            what: PdfFault::Broken
        })
    );
    // One page that is nothing but a drawing: as far as text goes it is a picture.
    let drawing = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]>>endobj \
        3 0 obj<</Type/Page/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj \
        4 0 obj<</Length 20>>stream\n9 9 m 90 90 l 5 w S \nendstream endobj trailer<</Root 1 0 R>>";
    let scanned = read(drawing, None).unwrap_err();
    assert_eq!(scanned, ReadError::Scanned { pages: 1 });
    for error in [
        scanned,
        ReadError::Pdf {
            what: PdfFault::Broken,
        },
        ReadError::Pdf {
            what: PdfFault::Encrypted,
        },
    ] {
        assert!(
            error.to_string().contains("DOCX") && !error.to_string().contains('\n'),
            "{error}"
        );
        assert!(error.vietnamese().contains("DOCX") && error.vietnamese().contains("Hãy"));
    }
}
