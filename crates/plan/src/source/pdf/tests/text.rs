//! Text that is set in other ways than a word processor sets it.

use super::made::{self, Made};
use super::office;
use crate::source::pdf;

fn text(made: Made) -> String {
    pdf::text(&made.bytes()).unwrap()
}

/// A page as a site prints it: a letterhead without rules, a table with them.
pub fn html_source() -> String {
    let rows: Vec<String> = (1..=4)
        .map(|number| format!("<tr><td>{number}</td><td>Tuyên truyền nội dung {number} trên loa truyền thanh</td><td>Sở Nội vụ</td></tr>"))
        .collect();
    format!(
        "<html><head><meta charset=\"utf-8\"><style>body {{ font-family: Tinos; font-size: 13pt }}</style></head><body>\
         <table width=\"100%\" border=\"0\"><tr><td width=\"40%\" align=\"center\">UBND TỈNH HÀ NAM</td>\
         <td align=\"center\"><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b></td></tr></table>\
         <p align=\"center\"><b>KẾ HOẠCH</b></p><p>1. Mục đích</p>\
         <table border=\"1\" cellspacing=\"0\"><tr><th>TT</th><th>Nội dung</th><th>Đơn vị</th></tr>{}</table></body></html>",
        rows.concat()
    )
}

#[test]
fn a_printed_web_page_is_read() {
    let Some(bytes) = office::printed("page") else {
        return;
    };
    let text = pdf::text(bytes).unwrap();
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let (left, right) = lines[0].split_once("   ").unwrap();
    assert_eq!(
        (left, right.trim()),
        ("UBND TỈNH HÀ NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    );
    assert_eq!(
        lines[1..4],
        ["**KẾ HOẠCH**", "1. Mục đích", "| TT | Nội dung | Đơn vị |"]
    );
    assert_eq!(
        lines[7],
        "| 4 | Tuyên truyền nội dung 4 trên loa truyền thanh | Sở Nội vụ |"
    );
}

#[test]
fn turned_pages_are_read_upright() {
    // Landscape by /Rotate: the text runs up the sheet.
    let mut made = Made::default();
    made.about.push_str("/Rotate 90");
    let turned =
        text(made.page("BT /F 14 Tf 0 1 -1 0 100 85 Tm (Mot hai) Tj 0 -18 Td (ba bon) Tj ET"));
    assert_eq!(turned, "Mot hai\nba bon\n");
    // Landscape without it: whoever reads it turns the sheet. A stamp along the other edge is no part of it.
    let sideways = "BT /F 14 Tf 0 1 -1 0 100 85 Tm (Mot hai) Tj 0 -18 Td (ba bon) Tj ET BT /F 8 Tf 1 0 0 1 300 820 Tm (KHAN) Tj ET";
    assert_eq!(text(Made::default().page(sideways)), "Mot hai\nba bon\n");
}

#[test]
fn text_over_a_scanned_page_counts() {
    let line =
        "(Thuc hien ke hoach thong tin, tuyen truyen ve cai cach hanh chinh tren dia ban) Tj T* "
            .repeat(20);
    let read = text(Made::default().page(&format!("BT 3 Tr /F 12 Tf 15 TL 85 760 Td {line}ET")));
    assert_eq!(read.lines().count(), 20);
}

#[test]
fn recognised_text_behind_the_text_that_is_seen_is_not_read_twice() {
    let content =
        "BT /F 14 Tf 85 760 Td (KE HOACH) Tj ET BT 3 Tr /F 13 Tf 88 758 Td (KE H0ACH) Tj ET";
    assert_eq!(text(Made::default().page(content)), "KE HOACH\n");
}

#[test]
fn turned_words_in_a_table_are_in_their_cells() {
    let cell = |x: u32, y: u32| format!("{x} {y} 100 100 re S ");
    let grid = [
        cell(100, 600),
        cell(200, 600),
        cell(100, 500),
        cell(200, 500),
    ]
    .concat();
    let words = "BT /F 12 Tf 110 650 Td (Noi dung chinh) Tj 0 -100 Td (Loa truyen thanh) Tj 100 0 Td (So A va So B) Tj ET \
        BT /F 12 Tf 0 1 -1 0 240 620 Tm (Don vi) Tj 0 -14 Td (chu tri) Tj ET BT /F 8 Tf 0 1 -1 0 30 300 Tm (Ky so) Tj ET";
    let read = text(Made::default().page(&format!("{grid}{words}")));
    assert_eq!(
        read,
        "| Noi dung chinh | Don vi chu tri |\n| Loa truyen thanh | So A va So B |\n"
    );
}

#[test]
fn forms_fonts_and_states_come_back_as_they_were() {
    let made = Made::default().form("X", "q BT /B 14 Tf 85 700 Td (DAM) Tj ET Q");
    let read = text(made.page("q BT /F 14 Tf 85 760 Td (thuong) Tj ET Q 1 0 0 1 0 20 cm /X Do BT 85 600 Td (van dam) Tj ET"));
    // Behind the form no font is set: nothing is shown in a font that nobody chose.
    assert_eq!(read, "thuong\n\n**DAM**\n");
}

#[test]
fn what_letters_stand_for_counts_and_what_repeats_does_not() {
    let content = "/Artifact<</Type/Pagination>>BDC BT /F 9 Tf 85 800 Td (Ban nhap) Tj ET EMC \
        BT /F 14 Tf 85 760 Td (a) Tj /Span<</ActualText<FEFF1EA1>>>BDC (xy) Tj EMC (b) Tj ET";
    assert_eq!(text(Made::default().page(content)), "aạb\n");
}

#[test]
fn bold_by_printing_twice_is_bold() {
    let content = "BT /F 14 Tf 85 760 Td (KE HOACH) Tj ET BT /F 14 Tf 85.3 760 Td (KE HOACH) Tj ET \
        BT 2 Tr /F 14 Tf 85 700 Td (Muc dich) Tj ET";
    assert_eq!(
        text(Made::default().page(content)),
        "**KE HOACH**\n\n**Muc dich**\n"
    );
}

#[test]
fn letters_far_apart_are_one_word_and_kerned_ones_too() {
    let content = "BT /F 14 Tf 85 760 Td 4 Tc (KE HOACH) Tj 0 Tc 0 -18 Td [(T)80(uyen)-300(truyen)-20(, loa)] TJ ET";
    assert_eq!(
        text(Made::default().page(content)),
        "KE HOACH\nTuyen truyen, loa\n"
    );
}

#[test]
fn fonts_of_the_old_encodings_are_read() {
    // The names of the fonts tell; .VnTimeH draws small letters as capitals.
    let made = Made::default()
        .font(
            "V",
            "/Subtype/TrueType/BaseFont/.VnTime/Encoding/WinAnsiEncoding",
        )
        .font(
            "H",
            "/Subtype/TrueType/BaseFont/ABCDEF+.VnTimeH-Bold/Encoding/WinAnsiEncoding",
        )
        .font(
            "N",
            "/Subtype/TrueType/BaseFont/VNI-Times/Encoding/WinAnsiEncoding",
        );
    let content = "BT 18 TL 85 760 Td /H 14 Tf <6B D5 20 68 6F B9 63 68> Tj T* /V 14 Tf <54 75 79 AA 6E 20 74 72 75 79 D2 6E> Tj T* \
        /N 14 Tf <56 69 65 E4 74 20 4E 61 6D> Tj ET";
    assert_eq!(
        text(made.page(content)),
        "**KẾ HOẠCH**\nTuyên truyền\nViệt Nam\n"
    );
}

#[test]
fn a_font_tells_its_letters_by_names_or_a_table() {
    let (made, table) = Made::default().table("1 beginbfchar <01> <1EC7> endbfchar");
    let made = made
        .font("D", "/Subtype/Type1/BaseFont/Times-Roman/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[1/ecircumflexdotbelow/Dcroat]>>")
        .font("T", &format!("/Subtype/Type1/BaseFont/Times-Roman/ToUnicode {table} 0 R"));
    let read = text(
        made.page("BT /D 14 Tf 85 760 Td (Vi\\001t \\002) Tj /T 14 Tf 0 -18 Td (Vi\\001t) Tj ET"),
    );
    assert_eq!(read, "Việt Đ\nViệt\n");
}

#[test]
fn numbers_that_an_office_stamps_on_are_read_and_signatures_are_not() {
    let stamp = |place: &str, words: &str| {
        format!("<</Type/Annot/Subtype/Widget/Rect[{place}]/AP<</N {words} 0 R>>>>")
    };
    let made = Made::default()
        .form("N1", "BT /F 14 Tf 100 700 Td (173) Tj ET")
        .form(
            "N2",
            "BT /F 8 Tf 300 800 Td (Nguoi ky: A) Tj 0 -10 Td (Signed by: B) Tj ET",
        );
    let mut made = made;
    // The forms are the objects 6 and 7: three fixed ones and two fonts stand before them.
    made.about.push_str(&format!(
        "/Annots[{}{}]",
        stamp("0 0 595 842", "6"),
        stamp("0 0 595 842", "7")
    ));
    let read = text(made.page("BT /F 14 Tf 75 700 Td (So:) Tj 60 0 Td (/KH-UBND) Tj ET"));
    assert_eq!(read, "So: 173  /KH-UBND\n");
}

#[test]
fn a_damaged_table_of_offsets_and_a_lost_tree_do_no_harm() {
    let whole = String::from_utf8(made::lines(&["MOT", "HAI"]).bytes()).unwrap();
    let read = |text: &str| pdf::text(text.as_bytes()).unwrap();
    assert_eq!(read(&whole), "MOT\nHAI\n");
    assert_eq!(read(&whole.replace("startxref", "startxxxx")), "MOT\nHAI\n");
    assert_eq!(read(&format!("\u{feff}\n{whole}")), "MOT\nHAI\n");
    assert_eq!(read(&whole.replace("/Kids", "/Kinder")), "MOT\nHAI\n");
    assert_eq!(read(&whole[..whole.find("xref").unwrap()]), "MOT\nHAI\n");
}

#[test]
fn an_indented_line_alone_on_its_page_keeps_its_indent() {
    let full =
        "(Thuc hien ke hoach thong tin, tuyen truyen ve cai cach hanh chinh) Tj T* ".repeat(8);
    let made = Made::default()
        .page(&format!("BT /F 14 Tf 18 TL 85 760 Td {full}ET"))
        .page("BT /F 14 Tf 121 760 Td (Tren day la ke hoach cua tinh.) Tj ET");
    let read = text(made);
    assert!(
        read.ends_with("\n\u{c}     Tren day la ke hoach cua tinh.\n"),
        "{read}"
    );
}
