//! Text from people, made safe to print, and documents checked before setting.

use chrono::Datelike;
use unicode_normalization::UnicodeNormalization;

use crate::form;
use crate::{Annex, Block, Column, OfficialDocument, PaperError, Run, Signature};

/// The document with every text composed (NFC) and free of characters that
/// print nothing or turn the reading direction; checked; closed with './.'.
pub fn cleaned(document: &OfficialDocument) -> Result<OfficialDocument, PaperError> {
    let year = document
        .date
        .map_or(document.year_if_undated, |date| date.year());
    if !(1..=9999).contains(&year) {
        return Err(PaperError::Year(year));
    }
    let optional = |text: &Option<String>| {
        text.as_deref()
            .map(line)
            .filter(|text| !text.trim().is_empty())
    };
    let mut body = blocks(&document.body, "body")?;
    close(&mut body);
    Ok(OfficialDocument {
        parent_agency: document
            .parent_agency
            .as_deref()
            .map(|text| lines(text).to_uppercase())
            .filter(|text| !text.is_empty()),
        issuer: lines(&document.issuer).to_uppercase(),
        number: optional(&document.number),
        notation: line(&document.notation).trim().to_owned(),
        place: line(&document.place).trim().to_owned(),
        date: document.date,
        year_if_undated: document.year_if_undated,
        kind: line(&document.kind).trim().to_uppercase(),
        title: lines(&document.title),
        body,
        signature: Signature {
            form: optional(&document.signature.form),
            lines: document
                .signature
                .lines
                .iter()
                .map(|text| line(text).to_uppercase())
                .collect(),
            name: line(&document.signature.name).trim().to_owned(),
        },
        recipients: document.recipients.iter().map(|text| line(text)).collect(),
        annexes: document
            .annexes
            .iter()
            .map(|annex| {
                Ok(Annex {
                    title: lines(&annex.title).to_uppercase(),
                    reference: form::bracketed(&line(&annex.reference)),
                    blocks: blocks(&annex.blocks, &annex.title)?,
                    landscape: annex.landscape,
                })
            })
            .collect::<Result<_, PaperError>>()?,
        draft: optional(&document.draft),
    })
}

fn blocks(given: &[Block], place: &str) -> Result<Vec<Block>, PaperError> {
    let mut table = 0;
    given
        .iter()
        .map(|block| {
            Ok(match block {
                Block::Heading { level, text } => Block::Heading {
                    level: (*level).clamp(1, 3),
                    text: line(text),
                },
                Block::Paragraph(text) => Block::Paragraph(runs(text)?),
                Block::Bullet(text) => Block::Bullet(runs(text)?),
                Block::Table {
                    columns,
                    rows,
                    total_row,
                } => {
                    table += 1;
                    check_table(columns, rows, place, table)?;
                    Block::Table {
                        columns: columns
                            .iter()
                            .map(|column| Column {
                                title: line(&column.title),
                                ..column.clone()
                            })
                            .collect(),
                        rows: rows
                            .iter()
                            .map(|row| row.iter().map(|cell| runs(cell)).collect())
                            .collect::<Result<_, _>>()?,
                        total_row: *total_row,
                    }
                }
            })
        })
        .collect()
}

fn check_table(
    columns: &[Column],
    rows: &[Vec<Vec<Run>>],
    place: &str,
    table: usize,
) -> Result<(), PaperError> {
    let place = || place.to_owned();
    let positive = |column: &Column| column.width_share.is_finite() && column.width_share > 0.0;
    if columns.is_empty() || !columns.iter().all(positive) {
        return Err(PaperError::Columns {
            place: place(),
            table,
        });
    }
    match rows.iter().position(|row| row.len() != columns.len()) {
        None => Ok(()),
        Some(row) => Err(PaperError::Row {
            place: place(),
            table,
            row: row + 1,
            cells: rows[row].len(),
            columns: columns.len(),
        }),
    }
}

fn runs(given: &[Run]) -> Result<Vec<Run>, PaperError> {
    given
        .iter()
        .map(|run| {
            if let Some(link) = &run.link {
                check_link(link)?;
            }
            Ok(Run {
                text: line(&run.text),
                ..run.clone()
            })
        })
        .collect()
}

fn check_link(link: &str) -> Result<(), PaperError> {
    let known = ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| link.starts_with(scheme));
    if known && !link.chars().any(|c| c.is_control() || c.is_whitespace()) {
        Ok(())
    } else {
        Err(PaperError::Link(link.to_owned()))
    }
}

/// Ends the text with the decree's closing mark, unless it ends in a table or has it.
fn close(body: &mut [Block]) {
    let Some(Block::Paragraph(runs) | Block::Bullet(runs)) = body.last_mut() else {
        return;
    };
    let Some(run) = runs.last_mut() else { return };
    let text = run.text.trim_end();
    if !text.ends_with(form::CLOSING) {
        run.text = format!("{}{}", text.trim_end_matches(['.', ';']), form::CLOSING);
    }
}

/// Text of several lines: `\n` stays.
fn lines(text: &str) -> String {
    let lines: Vec<String> = text
        .lines()
        .map(|part| line(part).trim().to_owned())
        .collect();
    lines.join("\n").trim().to_owned()
}

/// Text of one line: white space becomes a space; invisible controls are dropped.
fn line(text: &str) -> String {
    text.nfc()
        .filter_map(|c| match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
            c if c.is_control() => None,
            // Marks that turn or hide text: what is signed must read as it is stored.
            '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{061c}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{fffe}'
            | '\u{ffff}' => None,
            c => Some(c),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_composed_and_invisible_ones_go() {
        assert_eq!(line("Ha\u{300} Nam"), "Hà Nam");
        assert_eq!(line("a\u{202e}b\u{200f}c\0d\ne"), "abcd e");
        assert_eq!(lines(" một \r\n hai "), "một\nhai");
    }

    #[test]
    fn only_addresses_may_be_links() {
        assert!(check_link("https://loa.example/bang-chung/7").is_ok());
        for wrong in [
            "javascript:alert(1)",
            "/bang-chung/7",
            "https://a b",
            "file:///etc/passwd",
        ] {
            assert!(check_link(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_text_is_closed_once() {
        for given in ["Hết.", "Hết", "Hết./.", "Hết;"] {
            let mut body = [Block::Paragraph(vec![Run::text(given)])];
            close(&mut body);
            assert_eq!(body, [Block::Paragraph(vec![Run::text("Hết./.")])]);
        }
    }
}
