use loa_paper::{docx, form};

use crate::report::annual;
use crate::tools::{in_order, part, parts, pdf_text, through_libreoffice, written};

#[test]
fn every_part_is_well_formed_and_named_in_the_package() {
    let bytes = docx(&annual()).unwrap();
    let names = parts(&bytes);
    let types = part(&bytes, "[Content_Types].xml");
    for name in names
        .iter()
        .filter(|name| !name.ends_with("rels") && !name.starts_with('['))
    {
        assert!(
            types.contains(&format!("\"/{name}\"")),
            "{name} has a content type"
        );
    }
    let relations = part(&bytes, "word/_rels/document.xml.rels");
    assert!(relations.contains("https://loa.hanam.example/bang-chung/2024/loa"));
    assert!(part(&bytes, "docProps/core.xml").contains("<dc:title>BÁO CÁO Kết quả thông tin"));
}

#[test]
fn the_measures_are_the_decrees() {
    let bytes = docx(&annual()).unwrap();
    let styles = part(&bytes, "word/styles.xml");
    assert!(styles.contains("Times New Roman") && styles.contains("<w:sz w:val=\"28\"/>"));
    assert!(styles.contains("w:firstLine=\"720\"") && styles.contains("w:after=\"120\""));
    let text = part(&bytes, "word/document.xml");
    // A4 and 20, 15, 20, 30 mm in twentieths of a point.
    assert!(text.contains("<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"));
    assert!(text.contains("w:top=\"1134\" w:right=\"850\" w:bottom=\"1134\" w:left=\"1701\""));
    assert!(text.contains("<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>"));
    assert_eq!(
        text.matches("<w:titlePg/>").count(),
        2,
        "no number on a section's first page"
    );
    assert_eq!(
        text.matches("<w:tblHeader/>").count(),
        2,
        "headings of both tables repeat"
    );
    assert!(text.contains(form::NATION) && text.contains(form::MOTTO));
}

#[test]
fn libreoffice_opens_it_and_lays_out_the_same_lines() {
    let path = written("annual.docx", &docx(&annual()).unwrap());
    let Some(pdf) = through_libreoffice(&path) else {
        return;
    };
    in_order(
        &pdf_text(&pdf),
        &[
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Số: 112/BC-STTTT Hà Nam, ngày 30 tháng 9 năm 2024",
            "BÁO CÁO",
            "I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI",
            "Tổng cộng",
            "Nơi nhận:",
            "Nguyễn Thị Quỳnh Hoa",
            "Phụ lục",
            "SỐ LIỆU THÔNG TIN, TUYÊN TRUYỀN THEO ĐƠN VỊ",
        ],
    );
}
