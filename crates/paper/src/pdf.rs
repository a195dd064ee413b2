//! PDF/A-2b: the facts, handed as data to one fixed page (`form.typ`).

use std::sync::LazyLock;

use chrono::Datelike;
use typst::foundations::{Array, Datetime, Dict, IntoValue, Smart, Value, array, dict};
use typst_as_lib::{TypstEngine, TypstTemplateMainFile};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use unicode_normalization::char::is_combining_mark;

use crate::clean::cleaned;
use crate::face;
use crate::form;
use crate::{Align, Annex, Block, Column, OfficialDocument, PaperError, Run};

/// Height of a single-spaced line of Tinos and Times New Roman, in em, and the
/// part of it between ascender and descender: the face's own metrics.
const LINE_EM: f64 = 1.149;
const LETTER_EM: f64 = 0.909;
/// Words up to this length are never broken; Vietnamese ones have at most seven letters.
const LONGEST_WORD: usize = 24;
/// A row with more letters than this may run over a page's end.
const TALL_ROW: usize = 600;

static ENGINE: LazyLock<TypstEngine<TypstTemplateMainFile>> = LazyLock::new(|| {
    TypstEngine::builder()
        .main_file(include_str!("form.typ"))
        .fonts(face::FILES)
        .build()
});

/// The document as PDF/A-2b, language vi, the subject as its title. The same
/// facts give the same bytes: no clock is read, the only date is the document's
/// (PDF/A wants one: an undated paper carries the first day of its year).
///
/// A letter that the embedded face lacks prints as '?'.
pub fn pdf(document: &OfficialDocument) -> Result<Vec<u8>, PaperError> {
    let document = cleaned(document)?;
    let page: PagedDocument = ENGINE
        .compile_with_input(inputs(&document))
        .output
        .map_err(|fault| PaperError::Typesetting(fault.to_string()))?;
    let standards = PdfStandards::new(&[PdfStandard::A_2b])
        .map_err(|fault| PaperError::Pdf(fault.message().to_string()))?;
    let options = PdfOptions {
        creator: Smart::Custom(Some("Loa".to_owned())),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&page, &options).map_err(|faults| {
        let faults: Vec<_> = faults.iter().map(|fault| fault.message.as_str()).collect();
        PaperError::Pdf(faults.join("; "))
    })
}

fn inputs(document: &OfficialDocument) -> Dict {
    let left = form::points(form::LETTERHEAD_LEFT_MM);
    let letter = document.kind.is_empty();
    let title = lines(&document.title);
    // PDF/A wants a date in the file; an undated paper gets its year's first day.
    let (month, day) = document
        .date
        .map_or((1, 1), |date| (date.month(), date.day()));
    let year = document
        .date
        .map_or(document.year_if_undated, |date| date.year());
    let ordinal = |number: u32| u8::try_from(number).unwrap_or(1);
    let date = Datetime::from_ymd(year, ordinal(month), ordinal(day));
    let date = date.map_or(Value::None, Value::Datetime);
    let letter_title = if letter && !title.is_empty() {
        lines(&form::letter_subject(&document.title))
    } else {
        Array::new()
    };
    let annexes: Array = document
        .annexes
        .iter()
        .enumerate()
        .map(|(place, annex)| self::annex(annex, form::annex_word(place, document.annexes.len())))
        .collect();
    dict! {
        "measures" => measures(),
        "pdf_title" => form::document_title(document),
        "author" => document.issuer.replace('\n', " "),
        "date" => date,
        "parent" => document.parent_agency.as_deref().map(lines).unwrap_or_default(),
        "issuer" => lines(&document.issuer),
        "issuer_rule" => form::rule_width(&document.issuer, form::ISSUER_PT, left),
        "nation" => form::NATION,
        "motto" => form::MOTTO,
        "motto_rule" => face::bold_width(form::MOTTO, form::MOTTO_PT),
        "number" => printable(&form::number_line(document.number.as_deref(), &document.notation)),
        "letter_title" => letter_title,
        "draft" => document.draft.as_deref().map_or(Value::None, |draft| printable(draft).into_value()),
        "place_date" => printable(&form::date_line(&document.place, document.date, document.year_if_undated)),
        "kind" => if letter { Value::None } else { printable(&document.kind).into_value() },
        "title" => title,
        "title_rule" => form::rule_width(&document.title, form::TITLE_PT, form::text_width(false)),
        "body" => blocks(&document.body, true),
        "recipients_word" => form::RECIPIENTS_WORD,
        "recipients" => form::recipient_lines(&document.recipients).iter().map(|text| printable(text).into_value()).collect::<Array>(),
        "signature" => form::signature_lines(&document.signature).iter().map(|text| printable(text).into_value()).collect::<Array>(),
        "name" => printable(&document.signature.name),
        "annexes" => annexes,
    }
}

fn measures() -> Dict {
    dict! {
        "top" => form::MARGIN_TOP_MM,
        "bottom" => form::MARGIN_BOTTOM_MM,
        "left" => form::MARGIN_LEFT_MM,
        "right" => form::MARGIN_RIGHT_MM,
        "folio" => form::PAGE_NUMBER_PT,
        "folio_top" => form::PAGE_NUMBER_TOP_MM,
        "letterhead_left" => form::LETTERHEAD_LEFT_MM,
        "nation" => form::NATION_PT,
        "motto" => form::MOTTO_PT,
        "parent" => form::PARENT_PT,
        "issuer" => form::ISSUER_PT,
        "rule" => form::RULE_PT,
        "number" => form::NUMBER_PT,
        "date" => form::DATE_PT,
        "kind" => form::KIND_PT,
        "title" => form::TITLE_PT,
        "letter_title" => form::LETTER_TITLE_PT,
        "draft" => form::DRAFT_PT,
        "body" => form::BODY_PT,
        "indent" => form::INDENT_MM,
        "gap" => form::PARAGRAPH_GAP_PT,
        "leading" => LINE_EM * form::LINE_SPACING - LETTER_EM,
        "single" => LINE_EM - LETTER_EM,
        "table" => form::TABLE_PT,
        "post" => form::POST_PT,
        "name" => form::NAME_PT,
        "signature_room" => form::SIGNATURE_ROOM_PT,
        "recipients_word" => form::RECIPIENTS_WORD_PT,
        "recipients" => form::RECIPIENTS_PT,
        "annex_word" => form::ANNEX_WORD_PT,
        "annex_title" => form::ANNEX_TITLE_PT,
        "annex_reference" => form::ANNEX_REFERENCE_PT,
    }
}

fn annex(annex: &Annex, word: String) -> Value {
    let width = form::text_width(annex.landscape);
    dict! {
        "word" => word,
        "title" => lines(&annex.title),
        "reference" => printable(&annex.reference),
        "rule" => form::rule_width(&annex.title, form::ANNEX_TITLE_PT, width),
        "landscape" => annex.landscape,
        "blocks" => blocks(&annex.blocks, false),
    }
    .into_value()
}

fn blocks(blocks: &[Block], signed_below: bool) -> Array {
    let last = blocks.len().saturating_sub(1);
    blocks
        .iter()
        .enumerate()
        .map(|(place, block)| {
            let kind = if signed_below && place == last { "last" } else { "paragraph" };
            match block {
                Block::Heading { level, text } => dict! {
                    "kind" => "heading", "level" => i64::from(*level), "text" => printable(text),
                },
                Block::Paragraph(text) => dict! { "kind" => kind, "runs" => runs(text) },
                Block::Bullet(text) => {
                    let mut dashed = array![dict! {
                        "text" => form::BULLET, "bold" => false, "italic" => false, "link" => Value::None,
                    }];
                    dashed.extend(runs(text));
                    dict! { "kind" => kind, "runs" => dashed }
                }
                Block::Table { columns, rows, total_row } => table(columns, rows, *total_row),
            }
            .into_value()
        })
        .collect()
}

fn table(columns: &[Column], rows: &[Vec<Vec<Run>>], total: bool) -> Dict {
    let letters = |row: &Vec<Vec<Run>>| -> usize {
        row.iter()
            .flatten()
            .map(|run| run.text.chars().count())
            .sum()
    };
    dict! {
        "kind" => "table",
        "total" => total,
        "columns" => columns.iter().map(|column| dict! {
            "title" => printable(&column.title),
            "share" => f64::from(column.width_share),
            "align" => match column.align {
                Align::Left => "left",
                Align::Center => "center",
                Align::Right => "right",
            },
        }.into_value()).collect::<Array>(),
        "rows" => rows.iter().map(|row| {
            row.iter().map(|cell| runs(cell).into_value()).collect::<Array>().into_value()
        }).collect::<Array>(),
        "tall" => rows.iter().map(|row| (letters(row) > TALL_ROW).into_value()).collect::<Array>(),
    }
}

fn runs(runs: &[Run]) -> Array {
    runs.iter()
        .map(|run| {
            dict! {
                "text" => printable(&run.text),
                "bold" => run.bold,
                "italic" => run.italic,
                "link" => run.link.as_deref().map_or(Value::None, IntoValue::into_value),
            }
            .into_value()
        })
        .collect()
}

fn lines(text: &str) -> Array {
    text.lines()
        .map(|line| printable(line).into_value())
        .collect()
}

/// Text the face can print on the paper's width: letters it lacks become '?',
/// and words too long for any line may break between their letters.
fn printable(text: &str) -> String {
    let mut printable = String::with_capacity(text.len());
    for word in text.split_inclusive([' ', '\u{a0}']) {
        let long = word.chars().count() > LONGEST_WORD;
        for letter in word.chars() {
            if long && !is_combining_mark(letter) && !printable.is_empty() {
                printable.push('\u{200b}');
            }
            printable.push(if face::has(letter) { letter } else { '?' });
        }
    }
    printable
}
