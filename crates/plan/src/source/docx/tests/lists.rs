//! Numbers that only the word processor knows.

use super::*;

/// A kind of list: for each level its format, its text and what else it says.
fn kind(id: u8, levels: &[(&str, &str, &str)]) -> String {
    let mut xml = format!("<w:abstractNum w:abstractNumId=\"{id}\">");
    for (level, (format, text, more)) in levels.iter().enumerate() {
        xml.push_str(&format!(
            "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>\
             <w:lvlText w:val=\"{text}\"/>{more}</w:lvl>"
        ));
    }
    xml + "</w:abstractNum>"
}

fn list(id: u8, kind: u8, more: &str) -> String {
    format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{kind}\"/>{more}</w:num>")
}

fn numbered(numbering: &str, body: &str) -> Vec<String> {
    let text = Docx::new(body).part("numbering", numbering).text();
    text.lines()
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

#[test]
fn levels_are_printed_as_their_text_says() {
    let numbering = kind(
        0,
        &[
            ("upperRoman", "%1.", ""),
            ("decimal", "%2.", ""),
            ("decimal", "%2.%3.", ""),
            ("lowerLetter", "%4)", ""),
            ("bullet", "-", ""),
            ("decimalZero", "(%6)", ""),
            ("lowerRoman", "%7", ""),
            ("upperLetter", "%8.", ""),
            ("ordinal", "%9", ""),
        ],
    ) + &list(1, 0, "");
    let body: String = (0..9)
        .chain([8, 3, 2, 1, 0, 1])
        .map(|level| item(1, level, "x"))
        .collect();
    assert_eq!(
        numbered(&numbering, &body),
        [
            "I. x", "1. x", "1.1. x", "a) x", "- x", "(01) x", "i x", "A. x", "1st x", "2nd x",
            "b) x", "1.2. x", "2. x", "II. x", "1. x"
        ]
    );
}

#[test]
fn an_article_is_counted_through_the_chapters() {
    let numbering = kind(
        3,
        &[
            ("upperRoman", "CHƯƠNG %1", "<w:suff w:val=\"space\"/>"),
            ("decimal", "Điều %2.", "<w:lvlRestart w:val=\"0\"/>"),
            ("decimal", "%3.", "<w:lvlRestart w:val=\"2\"/>"),
        ],
    ) + &list(7, 3, "");
    let body = [0, 1, 2, 2, 1, 0, 1, 2]
        .map(|level| item(7, level, "x"))
        .concat();
    assert_eq!(
        numbered(&numbering, &body),
        [
            "CHƯƠNG I x",
            "Điều 1. x",
            "1. x",
            "2. x",
            "Điều 2. x",
            "CHƯƠNG II x",
            "Điều 3. x",
            "1. x"
        ]
    );
    // Restarted behind the outermost level only, whatever the one between does.
    let numbering = kind(
        3,
        &[
            ("decimal", "%1", ""),
            ("decimal", "%1.%2", ""),
            ("decimal", "%3)", "<w:lvlRestart w:val=\"1\"/>"),
        ],
    ) + &list(7, 3, "");
    let body = [0, 1, 2, 1, 2, 0, 2]
        .map(|level| item(7, level, "x"))
        .concat();
    assert_eq!(
        numbered(&numbering, &body),
        ["1 x", "1.1 x", "1) x", "1.2 x", "2) x", "2 x", "1) x"]
    );
}

#[test]
fn legal_numbering_shows_figures_and_levels_passed_over_have_begun() {
    let numbering = kind(
        0,
        &[
            ("upperRoman", "%1.", ""),
            ("decimal", "%1.%2.", "<w:isLgl/>"),
            ("none", "", ""),
        ],
    ) + &list(1, 0, "");
    let body = [1, 0, 0, 1, 2].map(|level| item(1, level, "x")).concat();
    assert_eq!(
        numbered(&numbering, &body),
        ["1.1. x", "II. x", "III. x", "3.1. x", "x"]
    );
}

#[test]
fn a_list_goes_on_where_one_of_its_kind_left_off_unless_it_says_otherwise() {
    let numbering = kind(0, &[("decimal", "%1.", ""), ("lowerLetter", "%2)", "")])
        + &list(1, 0, "")
        + &list(2, 0, "")
        + &list(
            3,
            0,
            "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride>",
        )
        + &list(
            4,
            0,
            "<w:lvlOverride w:ilvl=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
             <w:numFmt w:val=\"upperLetter\"/><w:lvlText w:val=\"%1)\"/></w:lvl></w:lvlOverride>",
        );
    let body = [
        (1, 0),
        (1, 1),
        (2, 0),
        (3, 0),
        (3, 0),
        (3, 1),
        (4, 0),
        (9, 0),
    ]
    .map(|(list, level)| item(list, level, "x"))
    .concat();
    assert_eq!(
        numbered(&numbering, &body),
        ["1. x", "a) x", "2. x", "5. x", "6. x", "a) x", "G) x", "x"]
    );
}

#[test]
fn styles_number_what_is_made_in_them() {
    let numbering = kind(
        0,
        &[
            ("upperRoman", "%1.", "<w:pStyle w:val=\"Phan\"/>"),
            ("decimal", "%2.", "<w:pStyle w:val=\"Muc\"/>"),
        ],
    ) + "<w:abstractNum w:abstractNumId=\"1\"><w:numStyleLink w:val=\"Gach\"/></w:abstractNum>"
        + &kind(2, &[("bullet", "+", "")]).replace(
            "<w:lvl w:ilvl=\"0\">",
            "<w:styleLink w:val=\"Gach\"/><w:lvl w:ilvl=\"0\">",
        )
        + &list(1, 0, "")
        + &list(2, 1, "")
        + &list(3, 2, "");
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"Phan\"><w:name w:val=\"Phan\"/>\
         <w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"Muc\"><w:basedOn w:val=\"Phan\"/></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"MucCon\"><w:basedOn w:val=\"Muc\"/></w:style>\
         <w:style w:type=\"numbering\" w:styleId=\"Gach\">\
         <w:pPr><w:numPr><w:numId w:val=\"3\"/></w:numPr></w:pPr></w:style>";
    let style = |name: &str| format!("<w:pStyle w:val=\"{name}\"/>");
    let off = style("Phan") + "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"0\"/></w:numPr>";
    let body = pp(&style("Phan"), "MỤC ĐÍCH")
        + &pp(&style("Muc"), "a")
        + &pp(&style("MucCon"), "b")
        + &item(2, 0, "c")
        + &pp(&off, "d")
        + &pp(&style("Phan"), "e");
    let text = Docx::new(&body)
        .part("numbering", &numbering)
        .part("styles", styles)
        .text();
    assert_eq!(text, "I. MỤC ĐÍCH\n\n1. a\n\n2. b\n\n+ c\n\nd\n\nII. e\n\n");
}

#[test]
fn bullets_are_those_that_people_type() {
    let face =
        |face: &str| format!("<w:rPr><w:rFonts w:ascii=\"{face}\" w:hAnsi=\"{face}\"/></w:rPr>");
    let one = |text: &str, face: String| {
        let numbering = kind(0, &[("bullet", text, &face)]) + &list(1, 0, "");
        numbered(&numbering, &item(1, 0, "x")).remove(0)
    };
    assert_eq!(one("–", String::new()), "- x");
    assert_eq!(one("\u{F02D}", face("Symbol")), "- x");
    assert_eq!(one("\u{F02B}", face("Symbol")), "+ x");
    assert_eq!(one("\u{F0B7}", face("Symbol")), "• x");
    assert_eq!(one("§", face("Wingdings")), "• x");
    assert_eq!(one("*", String::new()), "* x");
    let word = kind(
        0,
        &[
            ("bullet", "\u{F0B7}", &face("Symbol")),
            ("bullet", "o", &face("Courier New")),
            ("bullet", "\u{F0A7}", &face("Wingdings")),
        ],
    ) + &list(1, 0, "");
    let body = [0, 1, 2].map(|level| item(1, level, "x")).concat();
    assert_eq!(numbered(&word, &body), ["• x", "+ x", "* x"]);
    let below = kind(
        0,
        &[
            ("decimal", "%1.", ""),
            ("bullet", "\u{F0A7}", &face("Wingdings")),
        ],
    ) + &list(1, 0, "");
    assert_eq!(numbered(&below, &item(1, 1, "x")), ["• x"]);
}

#[test]
fn what_is_not_seen_is_not_counted() {
    let numbering = kind(0, &[("decimal", "%1.", "")]) + &list(1, 0, "");
    let hidden = "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>\
                  <w:rPr><w:vanish/></w:rPr>";
    let removed = hidden.replace("<w:vanish/>", "<w:del w:id=\"1\" w:author=\"a\"/>");
    let body = item(1, 0, "một")
        + &format!(
            "<w:p><w:pPr>{hidden}</w:pPr>{}</w:p>",
            rr("<w:vanish/>", "mất")
        )
        + &format!(
            "<w:p><w:pPr>{removed}</w:pPr><w:del>{}</w:del></w:p>",
            r("bỏ")
        )
        + &item(1, 0, "hai");
    assert_eq!(numbered(&numbering, &body), ["1. một", "2. hai"]);
}

#[test]
fn a_circle_of_styles_or_lists_comes_to_an_end() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"A\"><w:basedOn w:val=\"B\"/></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"B\"><w:basedOn w:val=\"A\"/></w:style>\
         <w:style w:type=\"numbering\" w:styleId=\"L\">\
         <w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>";
    let numbering =
        "<w:abstractNum w:abstractNumId=\"0\"><w:numStyleLink w:val=\"L\"/></w:abstractNum>"
            .to_owned()
            + &list(1, 0, "");
    let body = pp("<w:pStyle w:val=\"A\"/>", "a") + &item(1, 0, "b");
    let text = Docx::new(&body)
        .part("styles", styles)
        .part("numbering", &numbering)
        .text();
    assert_eq!(text, "a\n\nb\n\n");
}
