//! What is not a plan is refused with a message that says what to do.

use loa_plan::{MAX_BYTES, ReadError, read};
use proptest::prelude::*;

fn refused(bytes: &[u8]) -> ReadError {
    read(bytes, None).expect_err("must be refused")
}

#[test]
fn each_fault_is_named() {
    assert_eq!(refused(b""), ReadError::Empty);
    assert_eq!(refused(b" \n\n"), ReadError::Empty);
    assert_eq!(
        refused(&vec![b'a'; MAX_BYTES + 1]),
        ReadError::TooLarge { megabytes: 20 }
    );
    assert_eq!(refused(b"%PDF-1.7 ..."), ReadError::Form { form: "PDF" });
    assert_eq!(
        refused(b"I. M\n1. KH\xd5 HO\xb9CH\n"),
        ReadError::Encoding { line: 2 }
    );
    assert!(matches!(
        refused(b"PK\x03\x04 not a zip"),
        ReadError::Docx { .. }
    ));
    assert_eq!(
        refused("Một lá thư.\nKhông có mục nào.".as_bytes()),
        ReadError::NoStructure { lines: 2 }
    );
    for error in [
        ReadError::Empty,
        ReadError::TooLarge { megabytes: 50 },
        ReadError::NoStructure { lines: 3 },
    ] {
        assert!(
            error.vietnamese().contains("Hãy") || error.vietnamese().contains("Không"),
            "{error:?}"
        );
    }
}

#[test]
fn decomposed_unicode_and_utf16_read_alike() {
    use unicode_normalization::UnicodeNormalization;
    let text =
        "KẾ HOẠCH\nTuyên truyền năm 2026\n\nI. MỤC ĐÍCH\n\n1. Mục đích\n\n- Nâng cao nhận thức.\n";
    let composed = read(text.as_bytes(), None).unwrap();
    let decomposed: String = text.nfd().collect();
    assert_eq!(read(decomposed.as_bytes(), None).unwrap(), composed);
    let wide: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    assert_eq!(read(&wide, None).unwrap(), composed);
    assert_eq!(composed.clauses[0].children[0].children[0].id, "I.1.1");
}

#[test]
fn a_docx_is_read_and_a_broken_one_refused() {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive
        .start_file(
            "word/document.xml",
            zip::write::SimpleFileOptions::default(),
        )
        .unwrap();
    let paragraphs = ["KẾ HOẠCH", "I. MỤC ĐÍCH", "- Nâng cao &amp; phổ biến."];
    let body: String = paragraphs
        .iter()
        .map(|text| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"))
        .collect();
    write!(archive, "<w:document><w:body>{body}</w:body></w:document>").unwrap();
    let bytes = archive.finish().unwrap().into_inner();
    let plan = read(&bytes, Some("ke-hoach.docx")).unwrap();
    assert_eq!(plan.kind.as_deref(), Some("KẾ HOẠCH"));
    assert_eq!(plan.clauses[0].children[0].text, "Nâng cao & phổ biến.");
    assert!(matches!(
        refused(&bytes[..bytes.len() / 2]),
        ReadError::Docx { .. }
    ));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes, None);
    }

    /// Whatever is numbered, no two clauses share an id.
    #[test]
    fn ids_are_unique(lines in proptest::collection::vec("(I|II|1|2|2\\.1|a|-|\\+|Điều 1)[.)] ?[A-Za-zđ ]{0,12}", 1..40)) {
        if let Ok(plan) = read(lines.join("\n\n").as_bytes(), None) {
            let mut eids: Vec<&str> = plan.walk().map(|clause| clause.eid.as_str()).collect();
            let mut ids: Vec<&str> = plan.walk().map(|clause| clause.id.as_str()).collect();
            let count = eids.len();
            eids.sort_unstable();
            eids.dedup();
            ids.sort_unstable();
            ids.dedup();
            prop_assert_eq!((eids.len(), ids.len()), (count, count));
        }
    }
}
