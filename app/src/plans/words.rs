//! What was read, in the words of a page or a summary.

use chrono::{Datelike, NaiveDate};
use loa_plan::{Act, Reading, Report};
use serde::Serialize;

use super::due::Due;
use crate::web::Lang;

/// Something the head or the tail of a document says.
pub struct Fact {
    /// Which: `number`, `date` …; with `plans-fact-` before it the name of its text.
    pub key: &'static str,
    /// What it says, or that its place is blank.
    pub value: String,
    /// Whether its place, or a part of it, is blank.
    pub blank: bool,
}

/// Head and tail of a document. What is blank is told as blank.
pub fn facts(reading: &Reading, lang: Lang) -> Vec<Fact> {
    let fact = |key, value: Option<String>| Fact {
        key,
        blank: value.is_none(),
        value: value.unwrap_or_else(|| lang.t("plans-blank")),
    };
    let signer = reading.signer.as_ref().map(|signer| {
        let form = signer.form.as_deref();
        let post: Vec<&str> = form.into_iter().chain([signer.title.as_str()]).collect();
        format!("{}, {}", signer.name, post.join(" "))
    });
    let recipients = Some(reading.recipients.join("; ")).filter(|names| !names.is_empty());
    let period = reading.period.map(|period| years(period.from, period.to));
    vec![
        fact("kind", reading.kind.clone()),
        fact(
            "title",
            Some(reading.title.clone()).filter(|title| !title.is_empty()),
        ),
        fact("issuer", reading.issuer.clone()),
        number(reading, lang),
        fact("place", reading.place.clone()),
        date(reading, lang),
        fact("period", period),
        fact("signer", signer),
        fact("recipients", recipients),
    ]
}

fn number(reading: &Reading, lang: Lang) -> Fact {
    let blank = reading.number.is_none();
    let value = match (&reading.number, &reading.notation) {
        (Some(number), _) => number.clone(),
        (None, Some(notation)) => lang.tv("plans-number-blank", notation),
        (None, None) => lang.t("plans-blank"),
    };
    Fact {
        key: "number",
        value,
        blank,
    }
}

fn date(reading: &Reading, lang: Lang) -> Fact {
    let printed = reading.date.as_deref().unwrap_or_default();
    let mut parts = printed.split('-');
    let (year, month) = (parts.next().unwrap_or_default(), parts.next());
    let day = printed.parse::<NaiveDate>().ok();
    let value = match (day, month) {
        (Some(day), _) => lang.day(day),
        (None, Some(month)) => {
            let values = [("value", month.to_owned()), ("when", year.to_owned())];
            lang.with("plans-date-month", &values)
        }
        (None, None) if year.is_empty() => lang.t("plans-blank"),
        (None, None) => lang.tv("plans-date-year", year),
    };
    Fact {
        key: "date",
        value,
        blank: day.is_none(),
    }
}

/// `2021–2030`, or one year alone.
pub fn years(from: impl Into<i64>, to: impl Into<i64>) -> String {
    let (from, to) = (from.into(), to.into());
    if from == to {
        from.to_string()
    } else {
        format!("{from}–{to}")
    }
}

/// The name that a value has in the contract.
pub fn name(value: &impl Serialize) -> String {
    let json = serde_json::to_value(value).unwrap_or_default();
    json.as_str().unwrap_or_default().to_owned()
}

/// How often, by its name in the contract.
pub fn cadence(lang: Lang, name: &str) -> String {
    lang.t(&format!("plans-cadence-{}", name.replace('_', "-")))
}

/// What a unit is to do, by its name in the contract.
pub fn role(lang: Lang, name: &str) -> String {
    lang.t(&format!("plans-role-{name}"))
}

/// An address as people cite it; what stands before the first part has none.
pub fn address(lang: Lang, address: &str) -> String {
    if address.starts_with("preamble") {
        lang.t("plans-preamble")
    } else {
        address.to_owned()
    }
}

/// An act with its number, its date and who issued it.
pub fn act(lang: Lang, act: &Act) -> String {
    let mut words = format!("{} {}", act.kind, lang.tv("plans-act-number", &act.number));
    let date = act
        .date
        .as_deref()
        .and_then(|date| date.parse::<NaiveDate>().ok());
    if let Some(date) = date {
        words = format!("{words} {}", lang.tv("plans-act-date", lang.day(date)));
    }
    if let Some(issuer) = &act.issuer {
        words = format!("{words} {}", lang.tv("plans-act-issuer", issuer));
    }
    words
}

/// The first words of a text, at most so many letters; no word is cut.
pub fn short(text: &str, letters: usize) -> String {
    let line = text.lines().next().unwrap_or_default();
    let Some((end, _)) = line.char_indices().nth(letters) else {
        return line.to_owned();
    };
    let end = line[..end].rfind(' ').unwrap_or(end);
    format!("{}…", line[..end].trim_end_matches([',', ';', ' ']))
}

/// A report as it is asked for: how often, to whom, until when.
pub fn report(lang: Lang, read: &Report) -> String {
    let to = read.to.as_deref().unwrap_or_default();
    report_said(lang, &name(&read.cadence), to, &read.due, read.inclusive)
}

/// The same in parts; `due` as it is kept.
pub fn report_said(lang: Lang, how_often: &str, to: &str, due: &str, inclusive: bool) -> String {
    let due = match Due::of(due) {
        Due::EveryYear(month, day) => due_words(lang, (month, day), inclusive),
        other if inclusive => lang.tv("plans-due-until", other.said(lang)),
        other => lang.tv("plans-due-ahead", other.said(lang)),
    };
    let often = cadence(lang, how_often);
    if to.is_empty() {
        return format!("{often}, {due}");
    }
    format!("{often}, {}, {due}", lang.tv("plans-report-to", to))
}

/// The same out of the store.
pub fn report_due(
    lang: Lang,
    how_often: &str,
    to: &str,
    (month, day): (i64, i64),
    inclusive: bool,
) -> String {
    let due = format!("{month:02}-{day:02}");
    report_said(lang, how_often, to, &due, inclusive)
}

/// Until when a duty is to be done.
pub fn deadline(lang: Lang, due: &str) -> String {
    lang.tv("plans-due-on", Due::of(due).said(lang))
}

/// 'trước ngày 01/10 (ngày cuối cùng là 30/9)': a day of the year and the last day that counts.
pub fn due_words(lang: Lang, (month, day): (i64, i64), inclusive: bool) -> String {
    if inclusive {
        return lang.tv("plans-due-by", day_of_year(lang, month, day));
    }
    let before = day_of_year(lang, month, day);
    // The day before 1 March is not the same every year.
    match last_day(2025, (month, day), false).filter(|_| (month, day) != (3, 1)) {
        Some(last) => {
            let last = day_of_year(lang, last.month().into(), last.day().into());
            lang.with("plans-due-before", &[("value", before), ("to", last)])
        }
        None => lang.tv("plans-due-before-plain", before),
    }
}

/// The last day of a year on which a report is in time: 'before 1 October' ends on 30 September.
pub fn last_day(year: i32, (month, day): (i64, i64), inclusive: bool) -> Option<NaiveDate> {
    let named =
        NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)?;
    if inclusive {
        Some(named)
    } else {
        named.pred_opt()
    }
}

pub(super) fn day_of_year(lang: Lang, month: i64, day: i64) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let name = usize::try_from(month - 1)
        .ok()
        .and_then(|month| MONTHS.get(month));
    match (lang, name) {
        (Lang::En, Some(name)) => format!("{day} {name}"),
        // A day below ten and the first two months get a zero (decree 30/2020/NĐ-CP, annex I).
        _ if month < 3 => format!("{day:02}/{month:02}"),
        _ => format!("{day:02}/{month}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_a_day_ends_on_the_day_before() {
        let said = due_words(Lang::Vi, (10, 1), false);
        assert!(said.contains("01/10") && said.contains("30/9"), "{said}");
        let said = due_words(Lang::En, (10, 1), false);
        assert!(
            said.contains("1 October") && said.contains("30 September"),
            "{said}"
        );
        assert!(due_words(Lang::Vi, (12, 15), true).contains("15/12"));
        assert!(!due_words(Lang::Vi, (3, 1), false).contains("28/02"));
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        assert_eq!(last_day(2026, (10, 1), false), day("2026-09-30"));
        assert_eq!(last_day(2026, (1, 1), false), day("2025-12-31"));
        assert_eq!(last_day(2026, (2, 30), true), None);
    }
}
