//! Themes, period, reports: what a plan asks, each with the clause that asks it.

mod acts;
mod channels;
mod duties;

use std::sync::LazyLock;

use regex::Regex;

use self::duties::cadence_of;
use crate::model::{Cadence, Clause, Period, Reading, Report, Theme, Warning};

/// Finds everything that a document asks for and puts it into its reading.
pub fn find(reading: &mut Reading) {
    reading.period = period(reading);
    reading.acts = acts::find(reading);
    reading.themes = themes(reading);
    reading.channels = channels::find(reading);
    reading.duties = duties::find(reading);
    let mut warnings = std::mem::take(&mut reading.warnings);
    reading.reports = reports(reading, &mut warnings);
    reading.warnings = warnings;
}

/// `2021 - 2030`, in the title first.
fn period(reading: &Reading) -> Option<Period> {
    static YEARS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)giai đoạn (\d{4})\s*[-–]\s*(\d{4})|\bnăm (\d{4})\b").expect("a pattern")
    });
    let found = YEARS.captures(&reading.title).or_else(|| {
        reading.walk().find_map(|clause| {
            YEARS
                .captures(&clause.text)
                .filter(|found| found.get(1).is_some())
        })
    })?;
    let year = |group: usize| found.get(group).and_then(|year| year.as_str().parse().ok());
    match (year(1), year(2), year(3)) {
        (Some(from), Some(to), _) => Some(Period { from, to }),
        (_, _, Some(only)) => Some(Period {
            from: only,
            to: only,
        }),
        _ => None,
    }
}

/// The items under the clause on contents.
fn themes(reading: &Reading) -> Vec<Theme> {
    let found = below(
        reading,
        &[
            "nội dung thông tin",
            "nội dung tuyên truyền",
            "nội dung truyền thông",
            "nội dung thông tin, tuyên truyền",
        ],
    );
    found
        .map(|clause| Theme {
            clause: clause.id.clone(),
            label: first_sentence(&clause.text),
            confidence: 80,
        })
        .collect()
}

/// Reports with a day: 'báo cáo … về … trước ngày 01 tháng 10 hằng năm'.
fn reports(reading: &Reading, warnings: &mut Vec<Warning>) -> Vec<Report> {
    static ASKED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i:báo cáo)[^.;]*?(?:(?i:về|gửi|cho) (?P<to>\p{Lu}[^.;()]*?) ?(?:\([^)]*\) ?)?)?(?P<before>(?i:trước ngày|chậm nhất ngày|chậm nhất là ngày|đến ngày)) (?P<day>\d{1,2})(?:/| tháng )(?P<month>\d{1,2})(?P<rest>[^.;]*)")
            .expect("a pattern")
    });
    let mut reports = Vec::new();
    for clause in reading.walk() {
        for found in ASKED.captures_iter(&clause.text) {
            let (day, month) = (&found["day"], &found["month"]);
            if !is_day(day, month) {
                warnings.push(Warning {
                    line: clause.line,
                    message: format!(
                        "Thời hạn báo cáo {day}/{month} không phải một ngày trong năm"
                    ),
                });
                continue;
            }
            let yearly = ["hằng năm", "hàng năm"]
                .iter()
                .any(|word| found["rest"].contains(word));
            reports.push(Report {
                clause: clause.id.clone(),
                to: found.name("to").map(|to| to.as_str().trim().to_owned()),
                due: format!("{month:0>2}-{day:0>2}"),
                inclusive: !found["before"].to_lowercase().starts_with("trước"),
                cadence: if yearly {
                    Cadence::Yearly
                } else {
                    cadence_of(&found["rest"])
                },
                confidence: 80,
            });
        }
    }
    reports
}

/// Whether there is such a day, in a leap year at least.
fn is_day(day: &str, month: &str) -> bool {
    let number = |text: &str| text.parse().unwrap_or_default();
    chrono::NaiveDate::from_ymd_opt(2024, number(month), number(day)).is_some()
}

/// The clauses right below the first one whose heading begins with one of some words.
pub(crate) fn below<'a>(reading: &'a Reading, words: &[&str]) -> impl Iterator<Item = &'a Clause> {
    let heading = reading.walk().find(|clause| {
        let heading = clause.heading.as_deref().unwrap_or_default().to_lowercase();
        !clause.children.is_empty() && words.iter().any(|word| heading.starts_with(word))
    });
    heading.map_or(&[][..], |clause| &clause.children).iter()
}

/// The first sentence, without its point: a name for an item.
pub(crate) fn first_sentence(text: &str) -> String {
    let end = text
        .find(". ")
        .or_else(|| text.find(';'))
        .unwrap_or(text.len());
    text[..end]
        .trim_end_matches(['.', ';', ':'])
        .trim()
        .to_owned()
}
