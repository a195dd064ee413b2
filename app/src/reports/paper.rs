//! The report on paper: DOCX and PDF in the form of decree 30/2020/NĐ-CP. Every figure opens the
//! page with its evidence.

use chrono::{DateTime, Datelike, Utc};
use loa_paper::{Align, Annex, Block, Column, OfficialDocument, Run, Signature};

use super::codes::Code;
use super::content::Content;
use super::document::{Kind, LANG, Part, Sheet, Span, annex, parts, title};
use super::report::State;
use crate::clock::local_day;

/// Makes the document. `url` is the address of this server; the number and the date stay blank for
/// the clerk, only the year of `now` is printed.
pub(super) fn document(
    content: &Content,
    state: State,
    url: &str,
    now: DateTime<Utc>,
) -> OfficialDocument {
    let head = &content.letterhead;
    let base = format!("{url}/reports/{}/figures", content.report);
    let kind = LANG.t("reports-doc-kind");
    let reference = LANG.with(
        "reports-doc-annex-of",
        &[
            ("name", head.notation.clone()),
            ("unit", head.issuer.replace('\n', " ")),
        ],
    );
    let mut blocks = vec![table(annex(content), &base)];
    if state != State::Draft {
        let values = [
            ("value", content.ledger.seq.to_string()),
            ("name", content.ledger.hash.clone()),
        ];
        let ledger = LANG.with("reports-doc-ledger", &values);
        blocks.push(Block::Paragraph(vec![Run::text(ledger).italic()]));
    }
    OfficialDocument {
        parent_agency: head.parent.clone(),
        issuer: head.issuer.clone(),
        number: None,
        notation: head.notation.clone(),
        place: head.place.clone(),
        date: None,
        year_if_undated: local_day(now).year(),
        kind,
        title: title(content),
        body: parts(content)
            .into_iter()
            .map(|part| block(part, &base))
            .collect(),
        signature: Signature {
            form: head.form.clone(),
            lines: head.posts.clone(),
            name: head.signer.clone(),
        },
        recipients: head.recipients.clone(),
        annexes: vec![Annex {
            title: LANG.t("reports-doc-annex"),
            reference,
            blocks,
            landscape: false,
        }],
        draft: (state == State::Draft).then(|| LANG.t("reports-doc-draft")),
    }
}

fn block(part: Part, base: &str) -> Block {
    let runs = |spans: Vec<Span>| spans.into_iter().map(|span| run(span, base)).collect();
    match part {
        Part::Heading(level, text) => Block::Heading { level, text },
        Part::Paragraph(spans) => Block::Paragraph(runs(spans)),
        Part::Bullet(spans) => Block::Bullet(runs(spans)),
        Part::Table(sheet) => table(sheet, base),
    }
}

fn table(sheet: Sheet, base: &str) -> Block {
    let columns = sheet.columns.into_iter().map(|column| Column {
        title: column.title,
        width_share: f32::from(column.share),
        align: match column.kind {
            Kind::Order => Align::Center,
            Kind::Words => Align::Left,
            Kind::Number => Align::Right,
        },
    });
    let cell = |span: Span| {
        if span.text.is_empty() {
            Vec::new()
        } else {
            vec![run(span, base)]
        }
    };
    Block::Table {
        columns: columns.collect(),
        rows: sheet
            .rows
            .into_iter()
            .map(|row| row.into_iter().map(cell).collect())
            .collect(),
        total_row: sheet.total,
    }
}

fn run(span: Span, base: &str) -> Run {
    match span.figure {
        Some(code) => Run::linked(span.text, link(base, code)),
        None => Run::text(span.text),
    }
}

fn link(base: &str, code: Code) -> String {
    format!("{base}/{code}")
}
