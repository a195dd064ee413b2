//! A gazette: two columns, and a head on every page that differs on left and right ones.

use super::office::{self, paragraph};
use crate::source::pdf;

fn articles() -> Vec<String> {
    (1..=40)
        .map(|number| {
            format!(
                "{number}. Ủy ban nhân dân các xã, phường, thị trấn có trách nhiệm tổ chức thông tin, tuyên truyền nội dung thứ \
                 {number} trên hệ thống truyền thanh cơ sở, bảng tin công cộng và trang thông tin điện tử của địa phương; định kỳ \
                 hằng quý báo cáo kết quả về Sở Thông tin và Truyền thông để tổng hợp."
            )
        })
        .collect()
}

pub fn source() -> String {
    let styles = "<style:style style:name=\"Two\" style:family=\"section\"><style:section-properties>\
        <style:columns fo:column-count=\"2\" fo:column-gap=\"0.8cm\"><style:column style:rel-width=\"1*\" fo:end-indent=\"0.4cm\"/>\
        <style:column style:rel-width=\"1*\" fo:start-indent=\"0.4cm\"/></style:columns></style:section-properties></style:style>\
        <style:style style:name=\"News\" style:family=\"paragraph\"><style:paragraph-properties fo:text-align=\"justify\" \
        fo:text-indent=\"0.6cm\"/><style:text-properties style:font-name=\"Tinos\" fo:font-family=\"Tinos\" \
        fo:font-size=\"11pt\"/></style:style>";
    let head = paragraph(
        "Header",
        "<text:page-number text:select-page=\"current\"/><text:s text:c=\"8\"/>CÔNG BÁO/Số 123 + 124/Ngày 05-6-2023",
    );
    let texts: String = articles()
        .iter()
        .map(|text| paragraph("News", text))
        .collect();
    let body = format!(
        "{}{}<text:section text:style-name=\"Two\" text:name=\"Two\">{texts}</text:section>",
        paragraph("CentreBold", "NGHỊ QUYẾT"),
        paragraph(
            "CentreBold",
            "Về công tác thông tin cơ sở và tuyên truyền cải cách hành chính của tỉnh"
        ),
    );
    office::document(styles, &head, &body)
}

#[test]
fn columns_are_read_one_after_the_other_and_heads_left_out() {
    let Some(bytes) = office::printed("gazette") else {
        return;
    };
    let text = pdf::text(bytes).unwrap();
    assert!(text.matches('\u{c}').count() >= 2, "{text}");
    assert!(!text.contains("CÔNG BÁO"), "{text}");
    assert!(text.trim_start().starts_with("**NGHỊ QUYẾT**"), "{text}");
    let mut read: Vec<String> = Vec::new();
    for line in text.lines().filter(|line| !line.contains("**")) {
        let plain = line.trim_matches(['\u{c}', ' ']);
        if plain.is_empty() {
            continue;
        }
        assert!(!plain.contains("   "), "two columns on a line: {line}");
        let number = plain.split('.').next().unwrap_or_default();
        if number.parse::<u32>().is_ok() {
            // An indent of 0.6 cm: three figures of 5.5 points.
            assert!(
                line.trim_start_matches('\u{c}').starts_with("   "),
                "{line:?}"
            );
            read.push(plain.to_owned());
        } else {
            read.last_mut().unwrap().push_str(&format!(" {plain}"));
        }
    }
    let mut written = articles();
    written.truncate(read.len());
    assert_eq!(read, written);
    assert_eq!(read.len(), 40);
}
