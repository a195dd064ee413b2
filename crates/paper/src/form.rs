//! What decree 30/2020/NĐ-CP of 5 March 2020 prescribes for the look of an
//! official document: appendix I, part I (page, face, place of each element)
//! and part II (each element's letters). Where the decree gives a range, the
//! value chosen lies inside it and the range stands beside it.
//!
//! The values were cross-checked with a second source; the point numbers (I.1 …
//! III.1), annexes numbered on their own, the rule under an annex's reference and
//! the closing './.' were not yet compared with the decree's printed text.
//!
//! Lengths are in millimetres (`_MM`) or points (`_PT`).

use chrono::{Datelike, NaiveDate};

use crate::{OfficialDocument, Signature, face};

/// I.1 Paper: A4, portrait; landscape only for tables not set as an annex of their own.
pub const PAPER_MM: (f64, f64) = (210.0, 297.0);
/// I.3 Top margin, 20–25.
pub const MARGIN_TOP_MM: f64 = 20.0;
/// I.3 Bottom margin, 20–25.
pub const MARGIN_BOTTOM_MM: f64 = 20.0;
/// I.3 Left margin, 30–35.
pub const MARGIN_LEFT_MM: f64 = 30.0;
/// I.3 Right margin, 15–20.
pub const MARGIN_RIGHT_MM: f64 = 15.0;
/// I.4 Face, Unicode of TCVN 6909:2001, black. The PDF embeds Tinos, its metric twin.
pub const FACE: &str = "Times New Roman";
/// I.7 Page number, 13–14, Arabic, upright, centred in the top margin, not shown on page 1.
pub const PAGE_NUMBER_PT: f64 = 13.0;
/// Distance of the page number from the paper's upper edge (inside the top margin).
pub const PAGE_NUMBER_TOP_MM: f64 = 10.0;

/// II.1 Quốc hiệu, capitals, 12–13, bold, upright.
pub const NATION: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
/// Its size.
pub const NATION_PT: f64 = 12.0;
/// II.1 Tiêu ngữ, 13–14, bold, spaces around the hyphens, a solid rule of its length below.
pub const MOTTO: &str = "Độc lập - Tự do - Hạnh phúc";
/// Its size.
pub const MOTTO_PT: f64 = 13.0;
/// II.2 Agency above, capitals, 12–13, regular.
pub const PARENT_PT: f64 = 12.0;
/// II.2 Issuing agency, capitals, 12–13, bold, a solid rule below.
pub const ISSUER_PT: f64 = 12.0;
/// II.2, II.5 A rule under issuer or subject: 1/3–1/2 of the line above.
pub const RULE_SHARE: f64 = 0.4;
/// Thickness of rules.
pub const RULE_PT: f64 = 0.75;
/// Width of the letterhead's left column; the right one, with the longer nation line, takes the rest.
pub const LETTERHEAD_LEFT_MM: f64 = 74.0;
/// II.3 Number and notation, 13, regular.
pub const NUMBER_PT: f64 = 13.0;
/// II.4 Place and date, 13–14, italic.
pub const DATE_PT: f64 = 13.0;
/// II.5 Kind of document, capitals, 13–14, bold, centred.
pub const KIND_PT: f64 = 14.0;
/// II.5 Subject, 13–14, bold, centred.
pub const TITLE_PT: f64 = 14.0;
/// II.5 Subject of an official letter, 'V/v …' under the number, 12–13, regular.
pub const LETTER_TITLE_PT: f64 = 12.0;
/// II.6 Body, 13–14, justified.
pub const BODY_PT: f64 = 14.0;
/// II.6 First line set in by 1 or 1.27 cm.
pub const INDENT_MM: f64 = 12.7;
/// II.6 Between paragraphs, at least 6.
pub const PARAGRAPH_GAP_PT: f64 = 6.0;
/// II.6 Lines: single to 1.5, as a multiple of single.
pub const LINE_SPACING: f64 = 1.1;
/// II.6 A listed paragraph opens with a hyphen.
pub const BULLET: &str = "- ";
/// Mẫu of appendix III: the text closes with this mark.
pub const CLOSING: &str = "./.";
/// Tables: the decree names no size; the customary one below the body's.
pub const TABLE_PT: f64 = 12.0;
/// II.7 Authority and post, capitals, 13–14, bold.
pub const POST_PT: f64 = 14.0;
/// II.7 Signer's name, 13–14, bold.
pub const NAME_PT: f64 = 14.0;
/// II.8 Room for the signature and the seal.
pub const SIGNATURE_ROOM_PT: f64 = 72.0;
/// II.9 'Nơi nhận:', 12, bold italic.
pub const RECIPIENTS_WORD: &str = "Nơi nhận:";
/// Its size.
pub const RECIPIENTS_WORD_PT: f64 = 12.0;
/// II.9 The list, 11, regular; a dash each, ';' after each, '.' after the last.
pub const RECIPIENTS_PT: f64 = 11.0;
/// III.1 'Phụ lục' and its Roman number, 14, bold, centred.
pub const ANNEX_WORD: &str = "Phụ lục";
/// Its size.
pub const ANNEX_WORD_PT: f64 = 14.0;
/// III.1 Annex title, capitals, 13–14, bold, centred.
pub const ANNEX_TITLE_PT: f64 = 14.0;
/// III.1 The document the annex belongs to, 13–14, italic, in brackets.
pub const ANNEX_REFERENCE_PT: f64 = 14.0;
/// The mark on a paper not yet issued; the decree's stamps are 13–14, this is smaller on purpose.
pub const DRAFT_PT: f64 = 11.0;

/// Room left for the clerk's pen: no-break spaces, so that neither format drops them.
const BLANK: &str = "\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}";

/// 'Số: 05/BC-STTTT'; a number below 10 gets a 0, no number leaves room (II.3).
pub fn number_line(number: Option<&str>, notation: &str) -> String {
    let number = match number.map(str::trim) {
        None | Some("") => BLANK.to_owned(),
        Some(digit) if digit.len() == 1 && digit.as_bytes()[0].is_ascii_digit() => {
            format!("0{digit}")
        }
        Some(number) => number.to_owned(),
    };
    format!("Số: {number}/{notation}")
}

/// 'Hà Nam, ngày 05 tháng 01 năm 2026'; days below 10 and months 1, 2 get a 0 (II.4).
pub fn date_line(place: &str, date: Option<NaiveDate>, year_if_undated: i32) -> String {
    let Some(date) = date else {
        return format!("{place}, ngày{BLANK}tháng{BLANK}năm {year_if_undated}");
    };
    let month = date.month();
    let month = if month < 3 {
        format!("0{month}")
    } else {
        month.to_string()
    };
    format!(
        "{place}, ngày {:02} tháng {month} năm {}",
        date.day(),
        date.year()
    )
}

/// Recipients as listed under 'Nơi nhận:' (II.9): '- UBND tỉnh;' … '- Lưu: VT.'
pub fn recipient_lines(recipients: &[String]) -> Vec<String> {
    let last = recipients.len().saturating_sub(1);
    recipients
        .iter()
        .enumerate()
        .map(|(place, recipient)| {
            let name = recipient.trim().trim_start_matches(['-', '–']).trim();
            let name = name.trim_end_matches([';', ',', '.']);
            format!("- {name}{}", if place == last { '.' } else { ';' })
        })
        .collect()
}

/// 'Phụ lục', or 'Phụ lục II' where there are several (III.1). `place` counts from 0.
pub fn annex_word(place: usize, annexes: usize) -> String {
    if annexes < 2 {
        ANNEX_WORD.to_owned()
    } else {
        format!("{ANNEX_WORD} {}", roman(place + 1))
    }
}

/// A text in brackets, once.
pub fn bracketed(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.starts_with('(') {
        text.to_owned()
    } else {
        format!("({text})")
    }
}

/// The subject of an official letter: 'V/v …', once (II.5).
pub fn letter_subject(title: &str) -> String {
    if title.starts_with("V/v") {
        title.to_owned()
    } else {
        format!("V/v {title}")
    }
}

/// 'KT. GIÁM ĐỐC', 'PHÓ GIÁM ĐỐC': the form of signing stands before the first line (II.7).
pub fn signature_lines(signature: &Signature) -> Vec<String> {
    let mut lines = signature.lines.clone();
    if let Some(form) = &signature.form {
        match lines.first_mut() {
            Some(first) => *first = format!("{form} {first}"),
            None => lines.push(form.clone()),
        }
    }
    lines
}

/// The title in a file's properties: kind and subject on one line.
pub fn document_title(document: &OfficialDocument) -> String {
    format!("{} {}", document.kind, document.title.replace('\n', " "))
        .trim()
        .to_owned()
}

/// Length in points of the rule under a text of bold lines set in `available` points.
pub fn rule_width(text: &str, size: f64, available: f64) -> f64 {
    let longest = text
        .lines()
        .map(|line| face::bold_width(line, size))
        .fold(0.0, f64::max);
    longest.min(available) * RULE_SHARE
}

/// Width of the text between the margins, in points.
pub fn text_width(landscape: bool) -> f64 {
    let paper = if landscape { PAPER_MM.1 } else { PAPER_MM.0 };
    points(paper - MARGIN_LEFT_MM - MARGIN_RIGHT_MM)
}

/// Millimetres as points.
pub fn points(millimetres: f64) -> f64 {
    millimetres * 72.0 / 25.4
}

fn roman(mut number: usize) -> String {
    const SIGNS: [(usize, &str); 9] = [
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            text.push_str(sign);
            number -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_dates_follow_the_decree() {
        assert_eq!(number_line(Some("5"), "BC-STTTT"), "Số: 05/BC-STTTT");
        assert_eq!(number_line(Some("105"), "BC-UBND"), "Số: 105/BC-UBND");
        assert!(number_line(None, "BC-UBND").contains('\u{a0}'));
        let date = NaiveDate::from_ymd_opt(2026, 2, 3);
        assert_eq!(
            date_line("Hà Nam", date, 2026),
            "Hà Nam, ngày 03 tháng 02 năm 2026"
        );
        let date = NaiveDate::from_ymd_opt(2026, 9, 30);
        assert_eq!(
            date_line("Hà Nam", date, 2026),
            "Hà Nam, ngày 30 tháng 9 năm 2026"
        );
        let blank = date_line("Hà Nam", None, 2026);
        assert_eq!(
            blank.split_whitespace().collect::<Vec<_>>().join(" "),
            "Hà Nam, ngày tháng năm 2026"
        );
    }

    #[test]
    fn recipients_end_in_one_full_stop() {
        let given = ["- UBND tỉnh (để b/c);".to_owned(), "Lưu: VT".to_owned()];
        assert_eq!(
            recipient_lines(&given),
            ["- UBND tỉnh (để b/c);", "- Lưu: VT."]
        );
        assert!(recipient_lines(&[]).is_empty());
    }

    #[test]
    fn annexes_are_numbered_only_among_others() {
        assert_eq!(annex_word(0, 1), "Phụ lục");
        assert_eq!(annex_word(3, 5), "Phụ lục IV");
        assert_eq!(bracketed("Kèm theo"), "(Kèm theo)");
        assert_eq!(bracketed("(Kèm theo)"), "(Kèm theo)");
    }
}
