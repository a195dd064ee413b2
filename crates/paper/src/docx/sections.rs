//! The text and its annexes, each a section with its own pages and numbers.

use super::letterhead::{letterhead, signature};
use super::text::{Letters, Links, Stand, lines, paragraph, rule, runs, twips, words};
use crate::form;
use crate::{Align, Annex, Block, Column, OfficialDocument, Run};

/// `word/document.xml`.
pub fn document_xml(document: &OfficialDocument, links: &mut Links) -> String {
    let width = form::text_width(false);
    let mut body = letterhead(document);
    body += &blocks(&document.body, width, true, links);
    body += &signature(document);
    // A section's end stands in the last paragraph of the section, the last one's in the body.
    let mut landscape = false;
    for (place, annex) in document.annexes.iter().enumerate() {
        body += &section_end(landscape);
        body += &self::annex(
            annex,
            &form::annex_word(place, document.annexes.len()),
            links,
        );
        landscape = annex.landscape;
    }
    body += &section(landscape);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
         <w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
         <w:body>{body}</w:body></w:document>"
    )
}

fn annex(annex: &Annex, word: &str, links: &mut Links) -> String {
    let width = form::text_width(annex.landscape);
    let stand = Stand {
        keep_next: true,
        ..Stand::centered()
    };
    let head = Stand {
        style: Some("AnnexWord"),
        ..Stand::default()
    };
    let mut xml = paragraph(head, &words(word, Letters::bold(form::ANNEX_WORD_PT)));
    xml += &lines(&annex.title, stand, Letters::bold(form::ANNEX_TITLE_PT));
    xml += &lines(
        &annex.reference,
        stand,
        Letters::italic(form::ANNEX_REFERENCE_PT),
    );
    xml += &rule(
        form::rule_width(&annex.title, form::ANNEX_TITLE_PT, width),
        width,
        true,
    );
    xml += &paragraph(stand, "");
    xml + &blocks(&annex.blocks, width, false, links)
}

fn blocks(blocks: &[Block], width: f64, signed_below: bool, links: &mut Links) -> String {
    let last = blocks.len().saturating_sub(1);
    let mut xml = String::new();
    for (place, block) in blocks.iter().enumerate() {
        let keep_next = signed_below && place == last;
        let body = Stand {
            style: Some("Body"),
            keep_next,
            ..Stand::default()
        };
        xml += &match block {
            Block::Heading { level, text } => {
                let (style, letters) = match level {
                    1 => ("Heading1", Letters::bold(form::BODY_PT)),
                    2 => ("Heading2", Letters::bold(form::BODY_PT)),
                    _ => ("Heading3", Letters::regular(form::BODY_PT)),
                };
                let stand = Stand {
                    style: Some(style),
                    ..Stand::default()
                };
                paragraph(stand, &words(text, letters))
            }
            Block::Paragraph(given) => paragraph(body, &runs(given, form::BODY_PT, false, links)),
            Block::Bullet(given) => {
                let dash = words(form::BULLET, Letters::regular(form::BODY_PT));
                paragraph(body, &(dash + &runs(given, form::BODY_PT, false, links)))
            }
            Block::Table {
                columns,
                rows,
                total_row,
            } => table(columns, rows, *total_row, width, links),
        };
    }
    xml
}

fn table(
    columns: &[Column],
    rows: &[Vec<Vec<Run>>],
    total_row: bool,
    width: f64,
    links: &mut Links,
) -> String {
    let shares: f64 = columns
        .iter()
        .map(|column| f64::from(column.width_share))
        .sum();
    let widths: Vec<i64> = columns
        .iter()
        .map(|column| twips(width * f64::from(column.width_share) / shares))
        .collect();
    let grid: Vec<String> = widths
        .iter()
        .map(|w| format!("<w:gridCol w:w=\"{w}\"/>"))
        .collect();
    let grid = grid.concat();
    let title = |column: &Column| {
        let letters = Letters::bold(form::TABLE_PT);
        paragraph(
            Stand {
                keep_next: true,
                ..Stand::centered()
            },
            &words(&column.title, letters),
        )
    };
    let head: String = columns
        .iter()
        .zip(&widths)
        .map(|(c, w)| cell(*w, &title(c)))
        .collect();
    let mut body = String::new();
    for (place, row) in rows.iter().enumerate() {
        let bold = total_row && place + 1 == rows.len();
        let mut cells = String::new();
        for ((given, column), width) in row.iter().zip(columns).zip(&widths) {
            let align = match column.align {
                Align::Left => "left",
                Align::Center => "center",
                Align::Right => "right",
            };
            let stand = Stand {
                align: Some(align),
                ..Stand::default()
            };
            let content = paragraph(stand, &runs(given, form::TABLE_PT, bold, links));
            cells += &cell(*width, &content);
        }
        body += "<w:tr><w:trPr><w:cantSplit/></w:trPr>";
        body += &cells;
        body += "</w:tr>";
    }
    let edge = |name: &str| {
        format!("<w:{name} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>")
    };
    let edges: String = ["top", "left", "bottom", "right", "insideH", "insideV"]
        .map(edge)
        .concat();
    let total: i64 = widths.iter().sum();
    let air = paragraph(
        Stand {
            after: form::PARAGRAPH_GAP_PT,
            ..Stand::default()
        },
        "",
    );
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{total}\" w:type=\"dxa\"/><w:tblBorders>{edges}</w:tblBorders>\
         <w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:top w:w=\"60\" w:type=\"dxa\"/>\
         <w:left w:w=\"80\" w:type=\"dxa\"/><w:bottom w:w=\"60\" w:type=\"dxa\"/>\
         <w:right w:w=\"80\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>\
         <w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{body}</w:tbl>{air}"
    )
}

fn cell(width: i64, content: &str) -> String {
    format!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>\
         {content}</w:tc>"
    )
}

fn section_end(landscape: bool) -> String {
    format!(
        "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/>{}\
         </w:pPr></w:p>",
        section(landscape)
    )
}

/// Page size, margins and numbers: counted from 1 in every section, hidden on its first page.
fn section(landscape: bool) -> String {
    let mm = |length: f64| twips(form::points(length));
    let (width, height) = (mm(form::PAPER_MM.0), mm(form::PAPER_MM.1));
    let size = if landscape {
        format!("w:w=\"{height}\" w:h=\"{width}\" w:orient=\"landscape\"")
    } else {
        format!("w:w=\"{width}\" w:h=\"{height}\"")
    };
    format!(
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"folio\"/>\
         <w:headerReference w:type=\"first\" r:id=\"nofolio\"/><w:type w:val=\"nextPage\"/>\
         <w:pgSz {size}/><w:pgMar w:top=\"{}\" w:right=\"{}\" w:bottom=\"{}\" w:left=\"{}\" \
         w:header=\"{}\" w:footer=\"{}\" w:gutter=\"0\"/><w:pgNumType w:start=\"1\"/><w:titlePg/>\
         </w:sectPr>",
        mm(form::MARGIN_TOP_MM),
        mm(form::MARGIN_RIGHT_MM),
        mm(form::MARGIN_BOTTOM_MM),
        mm(form::MARGIN_LEFT_MM),
        mm(form::PAGE_NUMBER_TOP_MM),
        mm(form::PAGE_NUMBER_TOP_MM),
    )
}
