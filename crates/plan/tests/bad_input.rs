//! What is not a plan is refused with a message that says what to do.

use loa_plan::{MAX_BYTES, PdfFault, ReadError, read};
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
        ReadError::TooLarge { megabytes: 21 }
    );
    assert_eq!(
        refused(b"%PDF-1.7 ..."),
        ReadError::Pdf {
            what: PdfFault::Broken
        }
    );
    assert_eq!(refused(b"I. M\0C"), ReadError::Binary);
    assert_eq!(
        refused(b"I. M\n1. KH\xff\xfe HO\x80CH\n"),
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
    let bytes = docx("KẾ HOẠCH\nI. MỤC ĐÍCH\n- Nâng cao & phổ biến.");
    let plan = read(&bytes, Some("ke-hoach.docx")).unwrap();
    assert_eq!(plan.kind.as_deref(), Some("KẾ HOẠCH"));
    assert_eq!(plan.clauses[0].children[0].text, "Nâng cao & phổ biến.");
    assert!(matches!(
        refused(&bytes[..bytes.len() / 2]),
        ReadError::Docx { .. }
    ));
}

/// The real plan, and the same as a DOCX.
fn documents() -> [Vec<u8>; 2] {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/ha-nam/plan.md");
    let text = std::fs::read_to_string(path).unwrap();
    let packed = docx(&text);
    [text.into_bytes(), packed]
}

/// A DOCX with a paragraph for each line.
fn docx(text: &str) -> Vec<u8> {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    archive.start_file("word/document.xml", options).unwrap();
    write!(archive, "<w:document><w:body>").unwrap();
    for line in text.replace('&', "&amp;").replace('<', "&lt;").lines() {
        write!(archive, "<w:p><w:r><w:t>{line}</w:t></w:r></w:p>").unwrap();
    }
    write!(archive, "</w:body></w:document>").unwrap();
    archive.finish().unwrap().into_inner()
}

#[test]
fn clauses_that_people_cite_alike_have_ids_of_their_own() {
    let plan = read(b"2. Mot\n\n1) Hai\n\n2.1. Ba\n", None).unwrap();
    let ids: Vec<&str> = plan.walk().map(|clause| clause.id.as_str()).collect();
    assert_eq!(ids, ["2", "2.1", "2.1~2"]);
}

#[test]
fn a_report_names_its_receiver_and_a_letterhead_its_place() {
    let text = "UBND TỈNH SƠN LA     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/KH-UBND      Sơn La, ngày 05 tháng 02 năm 2024\n\nKẾ HOẠCH\nTuyên truyền năm 2024\n\nI. BÁO CÁO\n\n1. Đề nghị báo cáo kết quả gửi về UBND tỉnh trước ngày 10/11 hằng năm.\n";
    let plan = read(text.as_bytes(), None).unwrap();
    assert_eq!(plan.reports[0].to.as_deref(), Some("UBND tỉnh"));
    assert_eq!(plan.place.as_deref(), Some("Sơn La"));
}

#[test]
fn a_day_that_is_none_is_told_and_not_kept() {
    let text = "KẾ HOẠCH\nTuyên truyền\n\nI. BÁO CÁO\n\n1. Gửi báo cáo về Sở Nội vụ trước ngày 31/02 hằng năm.\n";
    let plan = read(text.as_bytes(), None).unwrap();
    assert!(plan.reports.is_empty());
    assert!(
        plan.warnings
            .iter()
            .any(|warning| warning.message.contains("31/02")),
        "{:?}",
        plan.warnings
    );
}

proptest! {
    /// A real document with bytes changed, cut out and put in is read or refused, never worse.
    #[test]
    fn no_damage_to_a_real_document_makes_it_panic(
        docx in any::<bool>(),
        damage in proptest::collection::vec((any::<prop::sample::Index>(), 0..4_u8, any::<u8>()), 1..30),
    ) {
        let [text, packed] = documents();
        let mut bytes = if docx { packed } else { text };
        for (place, how, byte) in damage {
            if bytes.is_empty() {
                break;
            }
            let place = place.index(bytes.len());
            match how {
                0 => bytes[place] = byte,
                1 => drop(bytes.remove(place)),
                2 => bytes.insert(place, byte),
                _ => bytes.truncate(place.max(1)),
            }
        }
        if let Ok(plan) = read(&bytes, None) {
            prop_assert!(serde_json::to_string(&plan).is_ok());
        }
    }

    /// The same with whole lines: whatever order they come in, lines stay where they are.
    #[test]
    fn no_order_of_its_lines_makes_it_panic(places in proptest::collection::vec(any::<prop::sample::Index>(), 1..120)) {
        let [text, _] = documents();
        let text = String::from_utf8(text).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let mixed: Vec<&str> = places.iter().map(|place| lines[place.index(lines.len())]).collect();
        if let Ok(plan) = read(mixed.join("\n").as_bytes(), None) {
            for clause in plan.walk() {
                prop_assert!((1..=mixed.len()).contains(&clause.line));
            }
        }
    }

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
