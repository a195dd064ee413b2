//! Days as people type them, and as they are kept.

use chrono::{Datelike, NaiveDate};

/// `30/6/2026` is a day, `1/10` a day of every year; anything else stays as it is printed.
pub(super) fn due_read(text: &str) -> String {
    let numbers: Option<Vec<u32>> = text
        .split('/')
        .map(|part| part.trim().parse().ok())
        .collect();
    match numbers.as_deref() {
        Some([day, month, year]) => {
            let day = i32::try_from(*year)
                .ok()
                .and_then(|year| NaiveDate::from_ymd_opt(year, *month, *day));
            day.map_or_else(|| text.to_owned(), |day| day.to_string())
        }
        Some([day, month]) => match NaiveDate::from_ymd_opt(2024, *month, *day) {
            Some(_) => format!("{month:02}-{day:02}"),
            None => text.to_owned(),
        },
        _ => text.to_owned(),
    }
}

/// A kept day as a person would type it.
pub(super) fn due_typed(due: &str) -> String {
    if let Ok(day) = due.parse::<NaiveDate>() {
        return format!("{}/{}/{}", day.day(), day.month(), day.year());
    }
    let parts = due.split_once('-');
    let of_year = parts.and_then(|(month, day)| Some((month.parse().ok()?, day.parse().ok()?)));
    of_year.map_or_else(
        || due.to_owned(),
        |(month, day): (u32, u32)| format!("{day}/{month}"),
    )
}

/// `11/9/2026`, `9/2026`, `quý 2/2026` and `2026`, as exact as they are.
pub(super) fn when_read(text: &str) -> String {
    let plain = text.to_lowercase();
    let plain = plain
        .trim_start_matches("tháng ")
        .trim_start_matches("năm ");
    if let Some((quarter, year)) = plain
        .strip_prefix("quý ")
        .or_else(|| plain.strip_prefix('q'))
        .and_then(|rest| rest.split_once('/'))
    {
        let number = match quarter.trim() {
            "1" | "i" => "1",
            "2" | "ii" => "2",
            "3" | "iii" => "3",
            "4" | "iv" => "4",
            _ => return text.to_owned(),
        };
        return format!("{}-Q{number}", year.trim());
    }
    match plain.split('/').collect::<Vec<_>>().as_slice() {
        [month, year] => match month.trim().parse::<u32>() {
            Ok(month) => format!("{}-{month:02}", year.trim()),
            Err(_) => text.to_owned(),
        },
        [year] => (*year).to_owned(),
        _ => due_read(plain),
    }
}

/// The same for what may be a month, a quarter or a year.
pub(super) fn when_typed(when: &str) -> String {
    match when.split('-').collect::<Vec<_>>().as_slice() {
        [year, rest] => match rest.strip_prefix('Q') {
            Some(quarter) => format!("quý {quarter}/{year}"),
            None => format!("{}/{year}", rest.trim_start_matches('0')),
        },
        _ => due_typed(when),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_typed_as_people_write_them() {
        for (typed, kept) in [
            ("30/6/2026", "2026-06-30"),
            ("1/10", "10-01"),
            ("01/10", "10-01"),
            ("trước kỳ họp cuối năm", "trước kỳ họp cuối năm"),
            ("31/2/2026", "31/2/2026"),
        ] {
            assert_eq!(due_read(typed), kept);
            assert_eq!(due_read(&due_typed(kept)), kept);
        }
        for (typed, kept) in [
            ("11/9/2026", "2026-09-11"),
            ("9/2026", "2026-09"),
            ("tháng 09/2026", "2026-09"),
            ("quý II/2026", "2026-Q2"),
            ("2026", "2026"),
            ("năm 2026", "2026"),
        ] {
            assert_eq!(when_read(typed), kept);
            assert_eq!(when_read(&when_typed(kept)), kept);
        }
    }
}
