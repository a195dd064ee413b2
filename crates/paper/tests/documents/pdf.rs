use loa_paper::pdf;

use crate::report::annual;
use crate::tools::{in_order, output, pdf_text, written};

#[test]
fn the_annual_report_reads_from_letterhead_to_annex() {
    let path = written("annual.pdf", &pdf(&annual()).unwrap());
    let lines = pdf_text(&path);
    in_order(
        &lines,
        &[
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Số: 112/BC-STTTT Hà Nam, ngày 30 tháng 9 năm 2024",
            "BÁO CÁO",
            "Kết quả thông tin, tuyên truyền về cải cách hành chính nhà nước",
            "I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI",
            "- Tầm quan trọng",
            "12.486 lượt",
            "Tổng cộng 14.951 14.775",
            "trân trọng báo cáo./.",
            "Nơi nhận: KT. GIÁM ĐỐC",
            "- Lưu: VT, TTBCXB.",
            "Nguyễn Thị Quỳnh Hoa",
            "Phụ lục",
            "SỐ LIỆU THÔNG TIN, TUYÊN TRUYỀN THEO ĐƠN VỊ",
            "(Kèm theo Báo cáo số 112/BC-STTTT",
            "STT Đơn vị",
        ],
    );
    let headings = lines
        .iter()
        .filter(|line| line.starts_with("STT Đơn vị"))
        .count();
    assert!(
        headings > 1,
        "the annex runs over pages and repeats its heading"
    );
    assert_eq!(
        lines[0].split(' ').next(),
        Some("UBND"),
        "no page number on page 1: {}",
        lines[0]
    );
}

#[test]
fn it_is_pdf_a_in_tinos_with_its_title_and_page_sizes() {
    let bytes = pdf(&annual()).unwrap();
    let path = written("properties.pdf", &bytes);
    let path = path.to_str().unwrap();
    let fonts = output("pdffonts", &[path]);
    for row in fonts.lines().skip(2) {
        assert!(
            row.contains("Tinos") && row.contains(" yes yes yes "),
            "embedded: {row}"
        );
    }
    let information = output("pdfinfo", &["-l", "9", path]);
    assert!(
        information.contains("Title:           BÁO CÁO Kết quả thông tin"),
        "{information}"
    );
    assert!(
        information.contains("595.276 x 841.89 pts (A4)"),
        "{information}"
    );
    assert!(
        information.contains("841.89 x 595.276 pts (A4)"),
        "landscape annex: {information}"
    );
    let metadata = output("pdfinfo", &["-meta", path]);
    assert!(
        metadata.contains("<pdfaid:part>2</pdfaid:part>"),
        "{metadata}"
    );
    assert!(
        metadata.contains("<pdfaid:conformance>B</pdfaid:conformance>"),
        "{metadata}"
    );
    assert!(
        bytes
            .windows(8)
            .any(|w| w == b"/Lang(vi" || w == b"Lang (vi"),
        "language of the text"
    );
    let links = output("pdfinfo", &["-url", path]);
    assert!(
        links.contains("https://loa.hanam.example/bang-chung/2024/loa"),
        "{links}"
    );
}

#[test]
fn the_same_facts_give_the_same_bytes() {
    assert_eq!(pdf(&annual()).unwrap(), pdf(&annual()).unwrap());
    assert_eq!(
        loa_paper::docx(&annual()).unwrap(),
        loa_paper::docx(&annual()).unwrap()
    );
    let mut other = annual();
    other.number = Some("113".into());
    assert_ne!(pdf(&annual()).unwrap(), pdf(&other).unwrap());
}

#[test]
fn a_draft_leaves_number_and_date_to_the_clerk() {
    let mut draft = annual();
    (draft.number, draft.date, draft.draft) = (None, None, Some("DỰ THẢO".into()));
    let lines = pdf_text(&written("draft.pdf", &pdf(&draft).unwrap()));
    in_order(
        &lines,
        &[
            "Số: /BC-STTTT Hà Nam, ngày tháng năm 2024",
            "DỰ THẢO",
            "BÁO CÁO",
        ],
    );
}

#[test]
fn a_letter_has_its_subject_under_the_number() {
    let mut letter = annual();
    letter.kind = String::new();
    letter.title = "đôn đốc báo cáo kết quả tuyên truyền".into();
    letter.annexes.clear();
    let lines = pdf_text(&written("letter.pdf", &pdf(&letter).unwrap()));
    in_order(
        &lines,
        &["Số: 112/BC-STTTT", "V/v đôn đốc", "Thực hiện Kế hoạch"],
    );
}
