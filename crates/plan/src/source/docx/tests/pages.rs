//! Lines, pages, text boxes and branches.

use super::*;

#[test]
fn a_forced_line_is_a_line_below() {
    let br = "<w:r><w:br/></w:r>";
    let body = format!(
        "<w:p>{}{br}{}</w:p>",
        rr("<w:b/>", "KẾ HOẠCH"),
        rr("<w:b/>", "Năm 2026")
    ) + &format!("<w:p>{}{br}{}</w:p>", rr("<w:b/>", "a"), r("b"))
        + &format!("<w:p>{}{br}{br}{}</w:p>", r("c"), r("d"));
    assert_eq!(
        seen(&body),
        "**KẾ HOẠCH**\n**Năm 2026**\n\na\nb\n\nc\n\nd\n\n"
    );
}

#[test]
fn a_forced_page_begins_with_a_form_feed() {
    let page = "<w:r><w:br w:type=\"page\"/></w:r>";
    let guess = "<w:r><w:lastRenderedPageBreak/></w:r>";
    let body = p("a")
        + &format!("<w:p>{page}</w:p>")
        + &format!("<w:p>{guess}{}</w:p>", r("b"))
        + &format!("<w:p>{}{page}{}</w:p>", r("c"), r("d"))
        + &format!("<w:p>{}{page}</w:p>", r("e"))
        + &table(&[&[("", &p("f")), ("", &p("g"))]])
        + &pp("<w:pageBreakBefore/>", "h")
        + &pp("<w:pageBreakBefore w:val=\"0\"/>", "i");
    assert_eq!(
        seen(&body),
        "a\n\n\u{c}b\n\nc\n\n\u{c}d\n\ne\n\n\u{c}| f | g |\n\n\u{c}h\n\ni\n\n"
    );
}

#[test]
fn a_section_begins_a_page_unless_it_goes_on() {
    let ends = |kind: &str| format!("<w:sectPr><w:type w:val=\"{kind}\"/></w:sectPr>");
    let body = pp(&ends("nextPage"), "một")
        + &pp(&ends("continuous"), "hai")
        + &pp("<w:sectPr/>", "ba")
        + &p("bốn")
        + &ends("oddPage");
    assert_eq!(seen(&body), "một\n\nhai\n\n\u{c}ba\n\n\u{c}bốn\n\n");
}

#[test]
fn a_text_box_stands_once_before_what_it_is_anchored_in() {
    let inside = |text: &str| format!("<w:txbxContent>{}</w:txbxContent>", p(text));
    let new = format!(
        "<w:drawing><a:t>x</a:t><wps:txbx>{}</wps:txbx></w:drawing>",
        inside("UBND TỈNH")
    );
    let old = format!(
        "<w:pict><v:shape><v:textbox>{}</v:textbox></v:shape></w:pict>",
        inside("UBND TỈNH")
    );
    let both = format!(
        "<mc:AlternateContent><mc:Choice Requires=\"wps\">{new}</mc:Choice>\
         <mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    );
    for (held, times) in [(&both, 1), (&old, 1), (&format!("{both}{old}"), 2)] {
        let body = format!(
            "<w:p>{}<w:r>{held}</w:r>{}</w:p>",
            rr("<w:b/>", "Số:"),
            rr("<w:b/>", " 5")
        );
        assert_eq!(seen(&body), "UBND TỈNH\n\n".repeat(times) + "**Số: 5**\n\n");
    }
    // In a cell it belongs to the cell.
    let cell = format!("<w:p><w:r>{old}</w:r>{}</w:p>", r("Số: 5"));
    assert_eq!(
        seen(&table(&[&[("", &cell), ("", &p("x"))]])),
        "| UBND TỈNH <br> Số: 5 | x |\n\n"
    );
}

#[test]
fn of_branches_the_first_that_is_understood_is_taken() {
    let branches = |requires: [&str; 2]| {
        format!(
            "<w:p><mc:AlternateContent><mc:Choice Requires=\"{}\">{}</mc:Choice>\
             <mc:Choice Requires=\"{}\">{}</mc:Choice><mc:Fallback>{}</mc:Fallback>\
             </mc:AlternateContent></w:p>",
            requires[0],
            r("a"),
            requires[1],
            r("b"),
            r("c")
        )
    };
    assert_eq!(seen(&branches(["wps", "wps"])), "a\n\n");
    assert_eq!(seen(&branches(["x", "wps v"])), "b\n\n");
    assert_eq!(seen(&branches(["x wps", "x"])), "c\n\n");
}

#[test]
fn parts_are_found_by_relationship_and_prefixes_by_namespace() {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let document = "<n:document xmlns:n=\"http://purl.oclc.org/ooxml/wordprocessingml/main\" \
        xmlns:w=\"http://example.org/w\"><n:body><n:p><n:pPr><n:pStyle n:val=\"H\"/></n:pPr>\
        <n:r><n:t>MỤC ĐÍCH</n:t></n:r><w:r><w:t>khác</w:t></w:r></n:p></n:body></n:document>";
    let styles =
        "<w:style w:type=\"paragraph\" w:styleId=\"H\"><w:name w:val=\"heading 1\"/></w:style>";
    let docx = Docx { parts: Vec::new() }
        .raw(
            "_rels/.rels",
            format!("<Relationships><Relationship Type=\"{kind}/officeDocument\" Target=\"/doc/main2.xml\"/></Relationships>").as_bytes(),
        )
        .raw(
            "doc/_rels/main2.xml.rels",
            format!("<Relationships><Relationship Type=\"{kind}/styles\" Target=\"../word/styles.xml\"/></Relationships>").as_bytes(),
        )
        .raw("doc/main2.xml", document.as_bytes())
        .part("styles", styles);
    assert_eq!(docx.text(), "**MỤC ĐÍCH**\n\n");
}
