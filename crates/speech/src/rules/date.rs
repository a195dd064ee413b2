//! Days, months and years in all written forms, and ranges of them.

use std::borrow::Cow;

use crate::letter;
use crate::number::{cardinal_of, label, month};
use crate::rules::{day, numeral, time};
use crate::scan::{Reading, Scan};
use crate::token::Kind;

pub(crate) fn date(scan: Scan<'_>) -> Option<Reading> {
    if matches!(
        scan.touching(),
        Some(Kind::Mark('/' | '.' | ',') | Kind::Word)
    ) {
        return None;
    }
    [
        days_of_month,
        full_range,
        full,
        iso,
        months_of_year,
        month_of_year,
        day_range,
        day::day,
    ]
    .iter()
    .find_map(|form| form(scan))
}

/// 25-26/12, 25 - 26/12/2024.
fn days_of_month(mut scan: Scan<'_>) -> Option<Reading> {
    let said = scan.follows("day_said");
    let first = scan.small(1, 31)?;
    scan.dash()?;
    let last = scan.small(1, 31)?;
    scan.mark('/')?;
    let in_month = scan.small(1, 12)?;
    let year = year_after(&mut scan, '/');
    if !scan.at_end_of_number() || first >= last {
        return None;
    }
    let start = if said {
        cardinal_of(first)
    } else {
        format!("ngày {}", cardinal_of(first))
    };
    Some(scan.reading(format!("{start} đến {}", spoken_day(last, in_month, year))))
}

/// 1/7/2025 - 30/9/2025, 1/8-31/8, 28/10-02/11/2024.
fn full_range(mut scan: Scan<'_>) -> Option<Reading> {
    let said = scan.follows("day_said");
    let (day, in_month) = (scan.small(1, 31)?, after(&mut scan, '/', 12)?);
    let year = year_after(&mut scan, '/');
    scan.dash()?;
    let (last, last_month) = (scan.small(1, 31)?, after(&mut scan, '/', 12)?);
    let last_year = year_after(&mut scan, '/');
    let share = last_year.is_none() && day::counts_things(scan);
    if !scan.at_end_of_number() || share || (last_year.is_none() && year.is_some()) {
        return None;
    }
    Some(scan.reading(format!(
        "{}{} đến {}",
        if said { "" } else { "ngày " },
        spoken_date(day, in_month, year),
        spoken_day(last, last_month, last_year)
    )))
}

/// 23/4/2018, 10.05.2000, 1-7-2025, 15/8/90.
fn full(mut scan: Scan<'_>) -> Option<Reading> {
    if scan.follows_loosely("address") {
        return None;
    }
    let said = scan.follows("day_said") || day::list(scan) == Some(day::List::Days);
    let start = scan;
    ['/', '.', '-']
        .into_iter()
        .find_map(|sign| {
            let mut scan = start;
            let (day, in_month) = (scan.small(1, 31)?, after(&mut scan, sign, 12)?);
            let year = match year_after(&mut scan, sign) {
                Some(year) => cardinal_of(year),
                None => short_year(&mut scan, sign, said)?,
            };
            scan.at_end_of_number().then(|| {
                let date = spoken_date(day, in_month, None);
                let of_day = if said { "" } else { "ngày " };
                scan.reading(format!("{of_day}{date} năm {year}"))
            })
        })
        .inspect(|reading| scan.at = reading.end)
}

/// 2025-07-01, 2025/07/01, 2025-07-01T07:30:00.
fn iso(mut scan: Scan<'_>) -> Option<Reading> {
    let said = scan.follows("day_said");
    let year = scan.year()?;
    let sign = if scan.peek() == Some(Kind::Mark('/')) {
        '/'
    } else {
        '-'
    };
    let (in_month, day) = (after(&mut scan, sign, 12)?, after(&mut scan, sign, 31)?);
    let date = spoken_date(day, in_month, Some(year));
    let date = if said { date } else { format!("ngày {date}") };
    let mut clock = scan;
    if clock.word() == Some("T")
        && let Some((mut end, time)) = time::of_day(clock)
    {
        // Z and +07:00 are the machine's, not the listener's.
        if end.word().is_none() && end.mark('+').is_some() {
            end = time::of_day(end).map_or(end, |(end, _)| end);
        }
        return Some(end.reading(format!("{date} {time}")));
    }
    scan.at_end_of_number().then(|| scan.reading(date))
}

/// 3-4/2021, 01/2021 - 06/2021.
fn months_of_year(mut scan: Scan<'_>) -> Option<Reading> {
    let said = scan.follows_month();
    let plain = scan.follows("not_month");
    let first = scan.small(1, 12)?;
    let first_year = year_after(&mut scan, '/');
    scan.dash()?;
    let last = scan.small(1, 12)?;
    scan.mark('/')?;
    let year = scan.year()?;
    if !scan.at_end_of_number() {
        return None;
    }
    if plain {
        return Some(scan.reading(format!(
            "{} đến {} năm {}",
            cardinal_of(first),
            cardinal_of(last),
            cardinal_of(year)
        )));
    }
    let mut start = format!("{}{}", if said { "" } else { "tháng " }, month(first));
    if let Some(year) = first_year {
        start.push_str(" năm ");
        start.push_str(&cardinal_of(year));
    }
    Some(scan.reading(format!(
        "{start} đến tháng {} năm {}",
        month(last),
        cardinal_of(year)
    )))
}

/// 12/2024; after 'quý' or 'số' the first number is not a month.
fn month_of_year(mut scan: Scan<'_>) -> Option<Reading> {
    let plain = scan.follows("not_month");
    let said = scan.follows_month();
    if scan.follows("proportion") {
        return None;
    }
    let first = scan.digits()?;
    // 04-2024 is a month, 4-2024 may be a range
    let dashed = said || (first.len() == 2 && first.starts_with('0'));
    scan.mark('/')
        .or_else(|| if dashed { scan.mark('-') } else { None })?;
    let year = scan.year()?;
    let value: u64 = first.parse().ok()?;
    // 1/1000 is a share, or the scale of a map
    if year < 1400 && !said && !plain {
        return None;
    }
    if !scan.at_end_of_number()
        || first.len() > 5
        || numeral::season(first, &year.to_string()).is_some()
    {
        return None;
    }
    let spoken = if plain || value > 12 || value == 0 {
        format!("{} năm {}", label(first), cardinal_of(year))
    } else {
        format!(
            "{}{} năm {}",
            if said { "" } else { "tháng " },
            month(value),
            cardinal_of(year)
        )
    };
    Some(scan.reading(spoken))
}

/// 'từ ngày 1-5/8' is days of a month; here 'ngày 20-11' alone.
fn day_range(mut scan: Scan<'_>) -> Option<Reading> {
    if !scan.follows("day_said") && !scan.follows_feast() {
        return None;
    }
    let said = scan.follows("day_said");
    let day = scan.small(1, 31)?;
    scan.mark('-').or_else(|| scan.mark('.'))?;
    let in_month = scan.small(1, 12)?;
    // 'ngày 15-20 tháng 5', 'ngày 5-10 hằng tháng' are days of a month
    let mut beyond = scan;
    let mut next_word = || {
        beyond.spaces();
        beyond.word().map(letter::lower)
    };
    let (first, second) = (next_word(), next_word());
    let is_month = |word: &Option<Cow<'_, str>>| word.as_deref() == Some("tháng");
    if !scan.at_end_of_number() || is_month(&first) || is_month(&second) {
        return None;
    }
    let date = spoken_date(day, in_month, None);
    Some(scan.reading(if said { date } else { format!("ngày {date}") }))
}

impl Scan<'_> {
    fn follows_month(&self) -> bool {
        self.words_before()
            .first()
            .is_some_and(|word| word == "tháng")
    }

    fn follows_feast(&self) -> bool {
        self.words_before().first().is_some_and(|word| word == "lễ")
    }
}

pub(super) fn after(scan: &mut Scan<'_>, sign: char, most: u64) -> Option<u64> {
    scan.mark(sign)?;
    scan.small(1, most)
}

/// 15/8/90: the century is left to the listener, as it was by the writer. Dots need the word
/// 'ngày' before them: 1.2.03 may be a clause.
fn short_year(scan: &mut Scan<'_>, sign: char, said: bool) -> Option<String> {
    let mut ahead = *scan;
    ahead.mark(sign)?;
    let digits = ahead
        .digits()
        .filter(|digits| digits.len() == 2 && (sign == '/' || said))?;
    *scan = ahead;
    Some(label(digits))
}

/// A year behind its sign; the cursor stays where there is none.
fn year_after(scan: &mut Scan<'_>, sign: char) -> Option<u64> {
    let mut ahead = *scan;
    ahead.mark(sign)?;
    let year = ahead.year()?;
    *scan = ahead;
    Some(year)
}

fn spoken_day(day: u64, in_month: u64, year: Option<u64>) -> String {
    format!("ngày {}", spoken_date(day, in_month, year))
}

pub(super) fn spoken_date(day: u64, in_month: u64, year: Option<u64>) -> String {
    let mut spoken = format!("{} tháng {}", cardinal_of(day), month(in_month));
    if let Some(year) = year {
        spoken.push_str(" năm ");
        spoken.push_str(&cardinal_of(year));
    }
    spoken
}
