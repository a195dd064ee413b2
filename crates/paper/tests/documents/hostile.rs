use loa_paper::{Align, Block, Column, PaperError, Run, docx, pdf};

use crate::report::annual;
use crate::tools::{in_order, part, parts, pdf_text, written};

const MARKUP: &str =
    "#import \"x.typ\" $x^2$ <script>alert(1)</script> ]]> &amp; *đậm* `mã` @nguồn = \\";

#[test]
fn markup_is_printed_and_never_acts() {
    let mut report = annual();
    report.issuer = MARKUP.into();
    report.title = MARKUP.into();
    report.body = vec![
        Block::Heading {
            level: 1,
            text: MARKUP.into(),
        },
        Block::Paragraph(vec![Run::text(MARKUP).bold()]),
    ];
    report.recipients = vec![MARKUP.into()];
    let lines = pdf_text(&written("hostile.pdf", &pdf(&report).unwrap())).join(" ");
    for words in [
        "#import \"x.typ\" $x^2$ <script>alert(1)</script>",
        "*đậm* `mã` @nguồn = \\./.",
    ] {
        assert!(lines.contains(words), "{words} in {lines}");
    }
    let bytes = docx(&report).unwrap();
    parts(&bytes);
    assert!(part(&bytes, "word/document.xml").contains("&lt;script&gt;alert(1)"));
}

#[test]
fn turned_hidden_and_unknown_letters_print_plainly() {
    let mut report = annual();
    report.signature.name = "Nguyễn\u{202e} Văn\u{200f} \0An 漢🙂".into();
    let lines = pdf_text(&written("turned.pdf", &pdf(&report).unwrap()));
    in_order(&lines, &["Nguyễn Văn An ??"]);
    let text = part(&docx(&report).unwrap(), "word/document.xml");
    assert!(text.contains("Nguyễn Văn An 漢🙂"));
}

#[test]
fn a_word_of_ten_thousand_letters_stays_on_the_paper() {
    let mut report = annual();
    let word = "ế".repeat(10_000);
    report.body = vec![
        Block::Paragraph(vec![Run::text(word.clone())]),
        Block::Table {
            columns: vec![Column {
                title: "Cột".into(),
                width_share: 1.0,
                align: Align::Left,
            }],
            rows: vec![vec![vec![Run::text(word.clone())]]],
            total_row: false,
        },
        Block::Paragraph(vec![Run::text("Hết")]),
    ];
    report.annexes.clear();
    let path = written("long.pdf", &pdf(&report).unwrap());
    let lines = pdf_text(&path);
    let printed: usize = lines.iter().map(|line| line.matches('ế').count()).sum();
    assert!(printed >= 20_000, "{printed} letters printed");
    assert!(
        lines.iter().all(|line| line.chars().count() < 110),
        "no line leaves the paper"
    );
    parts(&docx(&report).unwrap());
}

#[test]
fn what_cannot_be_printed_is_said() {
    let mut report = annual();
    report.body = vec![Block::Paragraph(vec![Run::linked(
        "7",
        "javascript:alert(1)",
    )])];
    assert!(matches!(pdf(&report), Err(PaperError::Link(_))));
    let column = Column {
        title: "A".into(),
        width_share: 1.0,
        align: Align::Left,
    };
    report.body = vec![Block::Table {
        columns: vec![column],
        rows: vec![vec![]],
        total_row: false,
    }];
    let fault = docx(&report).unwrap_err().to_string();
    assert!(
        fault.contains("table 1, row 1: 0 cells for 1 columns"),
        "{fault}"
    );
    report.body = vec![Block::Table {
        columns: vec![],
        rows: vec![],
        total_row: false,
    }];
    assert!(matches!(pdf(&report), Err(PaperError::Columns { .. })));
}

#[test]
fn an_empty_document_still_has_its_form() {
    let mut report = annual();
    (report.body, report.recipients, report.annexes) = (vec![], vec![], vec![]);
    report.title = String::new();
    report.signature.lines.clear();
    in_order(
        &pdf_text(&written("empty.pdf", &pdf(&report).unwrap())),
        &["CỘNG HÒA", "BÁO CÁO"],
    );
    parts(&docx(&report).unwrap());
}
