//! What is seen of a paragraph's runs, and whether all of them are bold.

use super::*;

#[test]
fn a_paragraph_is_strong_when_all_that_is_seen_of_it_is_bold() {
    let b = "<w:b/>";
    let line = |runs: String| seen(&format!("<w:p>{runs}</w:p>"));
    assert_eq!(
        line(rr(b, "I. MỤC") + &rr(b, " ĐÍCH")),
        "**I. MỤC ĐÍCH**\n\n"
    );
    assert_eq!(line(rr(b, "Mục đích") + &r(" là")), "Mục đích là\n\n");
    // Blanks, punctuation and what is hidden have no weight.
    assert_eq!(
        line(rr(b, "Mục đích") + &r(": ") + &rr("<w:vanish/>", "x")),
        "**Mục đích:**\n\n"
    );
    for off in ["0", "false", "off"] {
        assert_eq!(line(rr(&format!("<w:b w:val=\"{off}\"/>"), "x")), "x\n\n");
    }
    assert_eq!(line(rr(b, "-----")), "-----\n\n");
}

#[test]
fn styles_make_bold_and_switch_it_off_again() {
    let styles = "<w:docDefaults><w:rPrDefault><w:rPr><w:caps w:val=\"0\"/></w:rPr></w:rPrDefault></w:docDefaults>\
        <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"Dam\"><w:basedOn w:val=\"Normal\"/><w:rPr><w:b/><w:caps/></w:rPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"DamCon\"><w:basedOn w:val=\"Dam\"/></w:style>\
        <w:style w:type=\"character\" w:styleId=\"Strong\"><w:rPr><w:b/></w:rPr></w:style>";
    let text = |body: &str| Docx::new(body).part("styles", styles).text();
    let dam = "<w:pPr><w:pStyle w:val=\"DamCon\"/></w:pPr>";
    let strong = "<w:rStyle w:val=\"Strong\"/>";
    assert_eq!(
        text(&format!("<w:p>{dam}{}</w:p>", r("đậm"))),
        "**ĐẬM**\n\n"
    );
    assert_eq!(
        text(&format!("<w:p>{}</w:p>", rr(strong, "đậm"))),
        "**đậm**\n\n"
    );
    // Two styles that both switch bold on switch it off.
    let both = rr(&format!("{strong}<w:caps w:val=\"0\"/>"), "nhạt");
    assert_eq!(text(&format!("<w:p>{dam}{both}</w:p>")), "nhạt\n\n");
    let direct = rr(&format!("{strong}<w:b/>"), "đậm");
    assert_eq!(text(&format!("<w:p>{dam}{direct}</w:p>")), "**ĐẬM**\n\n");
}

#[test]
fn headings_are_strong_by_name_by_id_and_by_level() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"u1\"><w:name w:val=\"heading 1\"/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"x\"><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"y\"><w:basedOn w:val=\"u1\"/><w:pPr><w:outlineLvl w:val=\"9\"/></w:pPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"TOC1\"><w:name w:val=\"toc 1\"/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"Heading2\"><w:name w:val=\"Tiêu đề 2\"/></w:style>";
    let style = |name: &str| pp(&format!("<w:pStyle w:val=\"{name}\"/>"), name);
    let body = ["u1", "x", "y", "TOC1", "Heading2"].map(style).concat()
        + &pp("<w:outlineLvl w:val=\"0\"/>", "z");
    assert_eq!(
        Docx::new(&body).part("styles", styles).text(),
        "**u1**\n\n**x**\n\ny\n\n**Heading2**\n\n**z**\n\n"
    );
}

#[test]
fn revisions_are_read_as_accepted() {
    let body = format!(
        "<w:p>{}<w:del>{}</w:del><w:ins>{}</w:ins><w:moveFrom>{}</w:moveFrom><w:moveTo>{}</w:moveTo>{}</w:p>",
        r("a"),
        r("b").replace("w:t", "w:delText"),
        r("c"),
        r("d"),
        r("e"),
        "<w:r><w:rPr><w:rPrChange><w:rPr><w:b/><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>f</w:t></w:r>",
    );
    assert_eq!(seen(&body), "acef\n\n");
    // A mark that was taken out joins two paragraphs.
    let body = format!(
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}</w:p>{}",
        r("Nâng cao "),
        p("nhận thức.")
    );
    assert_eq!(seen(&body), "Nâng cao nhận thức.\n\n");
    let body = pp(
        "<w:pPrChange><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr></w:pPrChange>",
        "x",
    );
    assert_eq!(seen(&body), "x\n\n");
}

#[test]
fn a_hidden_mark_joins_a_heading_with_its_text() {
    let body = format!(
        "<w:p><w:pPr><w:rPr><w:vanish/><w:specVanish/></w:rPr></w:pPr>{}</w:p>{}",
        rr("<w:b/>", "1. Mục đích:"),
        p(" Nâng cao nhận thức.")
    );
    assert_eq!(seen(&body), "1. Mục đích: Nâng cao nhận thức.\n\n");
}

#[test]
fn a_field_is_its_result() {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let code = "<w:r><w:instrText>REF abc</w:instrText></w:r>";
    let inner = [
        mark("begin"),
        code.into(),
        mark("separate"),
        r("5"),
        mark("end"),
    ]
    .concat();
    let body = format!(
        "<w:p>{}{}{code}{}{inner}{}{}{}<w:fldSimple w:instr=\"DATE\">{}</w:fldSimple></w:p>",
        r("ngày "),
        mark("begin"),
        r("IF"),
        mark("separate"),
        r("6"),
        mark("end"),
        r(" tháng 7"),
    );
    assert_eq!(seen(&body), "ngày 6 tháng 7\n\n");
    // One that is never closed hides its own paragraph's rest and nothing behind it.
    let body = format!("<w:p>{}{}</w:p>{}", mark("begin"), r("x"), p("y"));
    assert_eq!(seen(&body), "y\n\n");
}

#[test]
fn signs_and_wrappings_are_seen_through() {
    let body = format!(
        "<w:p><w:hyperlink>{}</w:hyperlink><w:smartTag><w:smartTagPr/>{}</w:smartTag>\
         <w:sdt><w:sdtPr><w:rPr><w:vanish/></w:rPr></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>\
         <w:r><w:noBreakHyphen/><w:t>UBND</w:t><w:softHyphen/><w:sym w:font=\"Wingdings\" w:char=\"F0FC\"/></w:r>\
         <m:oMath><m:r><m:t>x&lt;2</m:t></m:r></m:oMath></w:p>",
        r("Số"),
        r(": 5"),
        r("/KH")
    );
    assert_eq!(seen(&body), "Số: 5/KH-UBND✓x&lt;2\n\n".replace("&lt;", "<"));
    assert_eq!(
        seen("<w:p><w:r><w:t>A &amp; &#272;&#x1EA2;NG</w:t></w:r></w:p>"),
        "A & ĐẢNG\n\n"
    );
}

#[test]
fn the_tab_of_a_letterhead_is_wide_and_tab_stops_are_none() {
    let body = format!(
        "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\" w:pos=\"9\"/></w:tabs></w:pPr>\
         {}<w:r><w:tab/></w:r>{}</w:p>",
        r("UBND TỈNH HÀ NAM"),
        r("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    );
    assert!(seen(&body).contains("NAM   "), "{}", seen(&body));
    assert_eq!(
        seen("<w:p><w:r><w:t>1.</w:t><w:tab/><w:t>Mục đích</w:t></w:r></w:p>"),
        "1. Mục đích\n\n"
    );
}

#[test]
fn a_note_stands_behind_the_paragraph_that_refers_to_it() {
    let refer = |id: u8| format!("<w:r><w:footnoteReference w:id=\"{id}\"/></w:r>");
    let end = "<w:r><w:endnoteReference w:id=\"2\"/></w:r>";
    let notes = format!(
        "<w:footnote w:type=\"separator\" w:id=\"-1\">{}</w:footnote>\
         <w:footnote w:id=\"2\"><w:p><w:r><w:footnoteRef/></w:r>{}</w:p>{}</w:footnote>\
         <w:footnote w:id=\"5\">{}</w:footnote>",
        p("----"),
        r(" Một."),
        p("Tiếp."),
        p("Năm.")
    );
    let ends = format!("<w:endnote w:id=\"2\">{}</w:endnote>", p("Cuối."));
    let cell = format!("<w:p>{}{}</w:p>", r("c"), refer(2));
    let body = format!("<w:p>{}{}{}{}</w:p>", r("a"), refer(5), rr("", "b"), end)
        + &table(&[&[("", &cell), ("", &p("d"))]])
        + &format!("<w:p>{}{}{}</w:p>", r("e"), refer(5), refer(9));
    let text = Docx::new(&body)
        .part("footnotes", &notes)
        .part("endnotes", &ends)
        .text();
    assert_eq!(
        text,
        "a[^1]b[^2]\n\n[^1]: Năm.\n\n[^2]: Cuối.\n\n| c[^3] | d |\n\n[^3]: Một. Tiếp.\n\ne[^1]\n\n"
    );
}
