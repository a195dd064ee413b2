//! Times of day: 14:30, 14h30, 14g30, 7h-11h, 10:00-11:00.

use crate::number::cardinal_of;
use crate::scan::{Reading, Scan};
use crate::token::Kind;

pub(crate) fn time(scan: Scan<'_>) -> Option<Reading> {
    if scan.touching() == Some(Kind::Mark('/')) {
        return None;
    }
    let (start, spoken) = clock(scan).or_else(|| hour_before_dash(scan))?;
    let mut range = start;
    if range.dash().is_some()
        && let Some((end, last)) = clock(range)
    {
        return Some(end.reading(format!("{spoken} đến {last}")));
    }
    let (end, spoken) = clock(scan)?;
    let hour = scan.tokens[scan.at].text.parse().unwrap_or(0);
    Some(match half_of_day(end, hour) {
        Some((after, half)) => after.reading(format!("{spoken} {half}")),
        None => end.reading(spoken),
    })
}

/// AM and PM by the words for that part of the day.
fn half_of_day(mut scan: Scan<'_>, hour: u32) -> Option<(Scan<'_>, &'static str)> {
    scan.spaces();
    let half = match (scan.word()?, hour) {
        ("AM" | "am", _) => "sáng",
        ("PM" | "pm", 12) => "trưa",
        ("PM" | "pm", 1..=5) => "chiều",
        ("PM" | "pm", _) => "tối",
        _ => return None,
    };
    Some((scan, half))
}

/// One time of day and the place after it.
fn clock(mut scan: Scan<'_>) -> Option<(Scan<'_>, String)> {
    let proportion = scan.follows("proportion");
    let at_hour = scan
        .words_before()
        .first()
        .is_some_and(|word| word == "lúc");
    let hour = scan.small(0, 99)?;
    match scan.peek()? {
        Kind::Mark(':') if hour <= 24 && !proportion => {
            scan.at += 1;
            let minutes = two_digits(&mut scan)?;
            let mut spoken = spoken_time(hour, Some(minutes));
            let mut ahead = scan;
            if ahead.mark(':').is_some()
                && let Some(seconds) = two_digits(&mut ahead)
            {
                if minutes == 0 {
                    spoken.push_str(" không phút");
                }
                spoken = format!("{spoken} {} giây", cardinal_of(seconds));
                scan = ahead;
            }
            scan.at_end_of_clock().then_some((scan, spoken))
        }
        Kind::Word => {
            let sign = scan.word()?;
            if !["h", "H", "g", "G"].contains(&sign) {
                return None;
            }
            let mut ahead = scan;
            if let Some(minutes) = two_digits(&mut ahead) {
                // 30' and 30p repeat that these are minutes
                if ahead.mark('\'').is_none() {
                    let mut minute_sign = ahead;
                    if minute_sign
                        .word()
                        .is_some_and(|word| ["p", "ph", "phút"].contains(&word))
                    {
                        ahead = minute_sign;
                    }
                }
                return (hour <= 24 && ahead.at_end_of_clock())
                    .then(|| (ahead, spoken_time(hour, Some(minutes))));
            }
            // 500g is a weight; 6g is an hour with minutes, after 'lúc' or before 'sáng'
            let mut part = scan;
            part.spaces();
            let of_day = part
                .word()
                .is_some_and(|word| ["sáng", "trưa", "chiều", "tối", "đêm"].contains(&word));
            let is_hour =
                (matches!(sign, "h" | "H") || at_hour || of_day) && scan.at_end_of_clock();
            is_hour.then(|| (scan, spoken_time(hour, None)))
        }
        _ => None,
    }
}

/// The first hour of '7-11h': a bare number that a dash and a time follow.
fn hour_before_dash(mut scan: Scan<'_>) -> Option<(Scan<'_>, String)> {
    let hour = scan.small(0, 24)?;
    let mut ahead = scan;
    ahead.dash()?;
    clock(ahead)?;
    Some((scan, cardinal_of(hour)))
}

fn two_digits(scan: &mut Scan<'_>) -> Option<u64> {
    let mut ahead = *scan;
    let digits = ahead.digits().filter(|digits| digits.len() == 2)?;
    let value = digits.parse().ok().filter(|value| *value < 60)?;
    *scan = ahead;
    Some(value)
}

fn spoken_time(hour: u64, minutes: Option<u64>) -> String {
    match minutes {
        None | Some(0) => format!("{} giờ", cardinal_of(hour)),
        Some(minutes) => format!("{} giờ {} phút", cardinal_of(hour), cardinal_of(minutes)),
    }
}

impl Scan<'_> {
    fn at_end_of_clock(&self) -> bool {
        !matches!(self.peek(), Some(Kind::Digits | Kind::Word))
    }
}
