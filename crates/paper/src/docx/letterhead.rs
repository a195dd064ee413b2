//! The letterhead above the text; recipients and signature below it.

use super::text::{Letters, Stand, lines, paragraph, rule, twips, words};
use crate::form;
use crate::{OfficialDocument, face};

/// Issuer on the left, nation and motto on the right, number and date below them,
/// then kind and subject.
pub fn letterhead(document: &OfficialDocument) -> String {
    let width = form::text_width(false);
    let left = form::points(form::LETTERHEAD_LEFT_MM);
    let right = width - left;
    let centered = Stand::centered();

    let mut issuer = String::new();
    if let Some(parent) = &document.parent_agency {
        issuer += &lines(parent, centered, Letters::regular(form::PARENT_PT));
    }
    issuer += &lines(&document.issuer, centered, Letters::bold(form::ISSUER_PT));
    issuer += &rule(
        form::rule_width(&document.issuer, form::ISSUER_PT, left),
        left,
        false,
    );

    let nation = lines(form::NATION, centered, Letters::bold(form::NATION_PT))
        + &lines(form::MOTTO, centered, Letters::bold(form::MOTTO_PT))
        + &rule(face::bold_width(form::MOTTO, form::MOTTO_PT), right, false);

    let number = form::number_line(document.number.as_deref(), &document.notation);
    let mut number = lines(&number, centered, Letters::regular(form::NUMBER_PT));
    let letter = document.kind.is_empty();
    if letter && !document.title.is_empty() {
        let subject = form::letter_subject(&document.title);
        number += &lines(&subject, centered, Letters::regular(form::LETTER_TITLE_PT));
    }
    if let Some(draft) = &document.draft {
        number += &framed(draft, left);
    }
    let date = form::date_line(&document.place, document.date, document.year_if_undated);
    let date = lines(&date, centered, Letters::italic(form::DATE_PT));

    let mut xml = two_columns(left, right, &[(&issuer, &nation), (&number, &date)]);
    if !letter {
        let first = Stand {
            before: 12.0,
            keep_next: true,
            ..centered
        };
        let next = Stand {
            keep_next: true,
            ..centered
        };
        xml += &lines(&document.kind, first, Letters::bold(form::KIND_PT));
        xml += &lines(&document.title, next, Letters::bold(form::TITLE_PT));
        xml += &rule(
            form::rule_width(&document.title, form::TITLE_PT, width),
            width,
            true,
        );
    }
    // A little air before the text.
    xml + &paragraph(Stand::default(), "")
}

/// 'Nơi nhận' and the signature, in one row that never breaks.
pub fn signature(document: &OfficialDocument) -> String {
    let half = form::text_width(false) / 2.0;
    let mut recipients = String::new();
    if !document.recipients.is_empty() {
        let word = Letters {
            size: form::RECIPIENTS_WORD_PT,
            bold: true,
            italic: true,
        };
        recipients += &lines(form::RECIPIENTS_WORD, Stand::default(), word);
        for line in form::recipient_lines(&document.recipients) {
            recipients += &lines(
                &line,
                Stand::default(),
                Letters::regular(form::RECIPIENTS_PT),
            );
        }
    }
    let mut signer = String::new();
    for line in form::signature_lines(&document.signature) {
        signer += &lines(&line, Stand::centered(), Letters::bold(form::POST_PT));
    }
    let below = Stand {
        before: form::SIGNATURE_ROOM_PT,
        ..Stand::centered()
    };
    signer += &paragraph(
        below,
        &words(&document.signature.name, Letters::bold(form::NAME_PT)),
    );
    paragraph(
        Stand {
            keep_next: true,
            ..Stand::default()
        },
        "",
    ) + &two_columns(half, half, &[(&recipients, &signer)])
}

fn framed(mark: &str, available: f64) -> String {
    let width = face::bold_width(mark, form::DRAFT_PT) + 12.0;
    let side = twips((available - width).max(0.0) / 2.0);
    let border = |edge: &str| {
        format!("<w:{edge} w:val=\"single\" w:sz=\"4\" w:space=\"1\" w:color=\"000000\"/>")
    };
    let borders: String = ["top", "left", "bottom", "right"].map(border).concat();
    format!(
        "<w:p><w:pPr><w:pBdr>{borders}</w:pBdr><w:spacing w:before=\"80\" w:after=\"0\"/>\
         <w:ind w:left=\"{side}\" w:right=\"{side}\"/><w:jc w:val=\"center\"/></w:pPr>{}</w:p>",
        words(mark, Letters::bold(form::DRAFT_PT))
    )
}

/// A table without lines or cell margins; each row stays whole. A cell must hold a paragraph.
fn two_columns(left: f64, right: f64, rows: &[(&String, &String)]) -> String {
    let (left, right) = (twips(left), twips(right));
    let cell = |width: i64, content: &str| {
        let content = if content.is_empty() {
            "<w:p/>"
        } else {
            content
        };
        format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{content}</w:tc>")
    };
    let rows: Vec<String> = rows
        .iter()
        .map(|(a, b)| {
            let (a, b) = (cell(left, a), cell(right, b));
            format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{a}{b}</w:tr>")
        })
        .collect();
    let rows = rows.concat();
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>\
         <w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/>\
         </w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w=\"{left}\"/><w:gridCol w:w=\"{right}\"/>\
         </w:tblGrid>{rows}</w:tbl>",
        left + right
    )
}
