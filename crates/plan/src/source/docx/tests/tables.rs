//! Rows and cells.

use super::*;

#[test]
fn merged_cells_are_spread_over_rows_and_columns() {
    let down = "<w:vMerge w:val=\"restart\"/>";
    let on = "<w:vMerge/>";
    let three = "<w:gridSpan w:val=\"3\"/>";
    let (e, tt, unit) = (p(""), p("TT"), p("Đơn vị"));
    let body = table(&[
        &[(down, &tt), ("<w:gridSpan w:val=\"2\"/>", &unit)],
        &[(on, &e), ("", &p("Chủ trì")), ("", &p("Phối hợp"))],
        &[(three, &p("I. Tuyên truyền"))],
        &[
            ("", &p("1")),
            (down, &(p("Sở Nội vụ") + &p("(đầu mối)"))),
            ("", &p("x | y")),
        ],
        &[
            ("", &p("2")),
            ("<w:vMerge w:val=\"continue\"/>", &e),
            ("", &e),
        ],
    ]);
    assert_eq!(
        seen(&body),
        "| TT | Đơn vị |  |\n| TT | Chủ trì | Phối hợp |\n| I. Tuyên truyền |  |  |\n\
         | 1 | Sở Nội vụ <br> (đầu mối) | x \\| y |\n| 2 | Sở Nội vụ <br> (đầu mối) |  |\n\n"
    );
}

#[test]
fn a_frame_is_its_paragraphs() {
    let inner = table(&[&[("", &p("a")), ("", &p("b"))]]);
    let frame = table(&[&[(
        "",
        &(pp("<w:outlineLvl w:val=\"0\"/>", "Đầu") + &inner + &p("cuối")),
    )]]);
    assert_eq!(seen(&frame), "**Đầu**\n\n| a | b |\n\ncuối\n\n");
}

#[test]
fn a_table_in_a_cell_is_flattened() {
    let inner = table(&[
        &[("", &p("a")), ("", &p("b"))],
        &[("", &p("c")), ("", &p(""))],
    ]);
    let body = table(&[&[("", &(p("x") + &inner + &p("y"))), ("", &p("z"))]]);
    assert_eq!(seen(&body), "| x <br> a <br> b <br> c <br> y | z |\n\n");
}

#[test]
fn a_column_may_be_numbered_by_the_word_processor() {
    let numbering = "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
        <w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1\"/></w:lvl></w:abstractNum>\
        <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>";
    let (tt, dash) = (item(1, 0, ""), p("a") + &item(1, 0, "b"));
    let body = table(&[
        &[("", &tt), ("", &p("Tuyên truyền"))],
        &[("", &tt), ("", &dash)],
    ]) + &item(1, 0, "");
    assert_eq!(
        Docx::new(&body).part("numbering", numbering).text(),
        "| 1 | Tuyên truyền |\n| 2 | a <br> 3 b |\n\n"
    );
}

#[test]
fn rows_and_cells_that_a_revision_took_out_are_gone() {
    let body = table(&[&[("", &p("a")), ("", &p("b"))]]).replace(
        "</w:tbl>",
        &format!(
            "<w:tr><w:trPr><w:del w:id=\"1\"/></w:trPr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>\
             <w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr><w:tc>{}</w:tc>\
             <w:tc><w:tcPr><w:cellDel w:id=\"2\"/></w:tcPr>{}</w:tc></w:tr></w:tbl>",
            p("c"),
            p("d"),
            p("e"),
            p("f")
        ),
    );
    assert_eq!(seen(&body), "| a | b |\n|  | e |\n\n");
}

#[test]
fn content_controls_may_hold_rows_and_cells() {
    let body = format!(
        "<w:tbl><w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent><w:tc>{}</w:tc></w:sdtContent></w:sdt>\
         <w:tc>{}</w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>\
         <w:sdt><w:sdtPr><w:alias w:val=\"x\"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
        p("a"),
        p("b"),
        p("c")
    );
    assert_eq!(seen(&body), "| a | b |\n\nc\n\n");
}
