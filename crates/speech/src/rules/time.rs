//! Times of day and how long something takes: 14:30, 14h30, 14g30, 7h-11h, 9h30p15s, 5p30s.

use crate::number::cardinal_of;
use crate::scan::{Reading, Scan};
use crate::token::Kind;

/// Words behind an hour that make even '6g' a time.
const PARTS_OF_DAY: [&str; 6] = ["sáng", "trưa", "chiều", "tối", "đêm", "khuya"];

pub(crate) fn time(scan: Scan<'_>) -> Option<Reading> {
    if scan.touching() == Some(Kind::Mark('/')) {
        return None;
    }
    let (start, spoken) = clock(scan)
        .or_else(|| hour_before_dash(scan))
        .or_else(|| minutes_and_seconds(scan))?;
    let mut range = start;
    if (range.dash().is_some() || {
        range = start;
        range.mark('~').is_some()
    }) && let Some((end, last)) = clock(range).or_else(|| minutes_and_seconds(range))
    {
        return Some(end.reading(format!("{spoken} đến {last}")));
    }
    let (end, spoken) = clock(scan).or_else(|| minutes_and_seconds(scan))?;
    let hour = scan.tokens[scan.at].text.parse().unwrap_or(0);
    Some(match half_of_day(end, hour) {
        Some((after, half)) => after.reading(format!("{spoken} {half}")),
        None => end.reading(spoken),
    })
}

/// One time of day, without a range: what stands behind the T of 2025-07-01T07:30:00.
pub(super) fn of_day(scan: Scan<'_>) -> Option<(Scan<'_>, String)> {
    // A zone (Z) may stand directly behind, which ends no time elsewhere.
    clock(scan).or_else(|| {
        let mut ahead = scan;
        ahead.small(0, 24)?;
        ahead.mark(':')?;
        let minutes = two_digits(&mut ahead)?;
        let hour = scan.tokens[scan.at].text.parse().ok()?;
        Some((ahead, spoken_time(hour, Some(minutes), None)))
    })
}

/// AM and PM by the words for that part of the day.
fn half_of_day(mut scan: Scan<'_>, hour: u32) -> Option<(Scan<'_>, &'static str)> {
    scan.spaces();
    let half = match (scan.word()?, hour) {
        ("AM" | "am" | "SA", 12) => "đêm",
        ("AM" | "am" | "SA", _) => "sáng",
        ("PM" | "pm" | "CH", 12) => "trưa",
        ("PM" | "pm" | "CH", 1..=5) => "chiều",
        ("PM" | "pm" | "CH", _) => "tối",
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
            let mut ahead = scan;
            let seconds = ahead
                .mark(':')
                .and_then(|()| two_digits(&mut ahead))
                .inspect(|_| scan.at = ahead.at);
            let spoken = spoken_time(hour, Some(minutes), seconds);
            scan.at_end_of_clock().then_some((scan, spoken))
        }
        Kind::Word => {
            let sign = scan.word()?;
            if !["h", "H", "g", "G"].contains(&sign) {
                return None;
            }
            if let Some((end, minutes, seconds)) = minutes_after_hour(scan) {
                return (hour <= 24 && end.at_end_of_clock())
                    .then(|| (end, spoken_time(hour, Some(minutes), seconds)));
            }
            // 500g is a weight; 6g is an hour with minutes, after 'lúc' or before 'sáng'
            let mut part = scan;
            part.spaces();
            let of_day = part.word().is_some_and(|word| PARTS_OF_DAY.contains(&word));
            let is_hour =
                (matches!(sign, "h" | "H") || at_hour || of_day) && scan.at_end_of_clock();
            is_hour.then(|| (scan, spoken_time(hour, None, None)))
        }
        _ => None,
    }
}

/// '30', '30p', '5p', '30m15s': what stands directly behind the sign of the hour. One digit needs
/// the sign of the minutes.
fn minutes_after_hour(mut scan: Scan<'_>) -> Option<(Scan<'_>, u64, Option<u64>)> {
    let digits = scan.digits().filter(|digits| digits.len() <= 2)?;
    let minutes = digits.parse().ok().filter(|value| *value < 60)?;
    let signed = sign_of_minutes(&mut scan);
    if !signed && digits.len() == 1 {
        return None;
    }
    match seconds_after_minutes(scan).filter(|_| signed) {
        Some((end, seconds)) => Some((end, minutes, Some(seconds))),
        None => Some((scan, minutes, None)),
    }
}

/// 5p30s, 45'30": minutes and seconds without an hour.
fn minutes_and_seconds(mut scan: Scan<'_>) -> Option<(Scan<'_>, String)> {
    let minutes: u64 = scan
        .digits()
        .filter(|digits| digits.len() <= 3)?
        .parse()
        .ok()?;
    if !sign_of_minutes(&mut scan) {
        return None;
    }
    let (end, seconds) = seconds_after_minutes(scan)?;
    let spoken = format!(
        "{} phút {} giây",
        cardinal_of(minutes),
        cardinal_of(seconds)
    );
    end.at_end_of_clock().then_some((end, spoken))
}

/// 30s, 30", 30'' directly behind the minutes.
fn seconds_after_minutes(mut scan: Scan<'_>) -> Option<(Scan<'_>, u64)> {
    let seconds = two_digits(&mut scan)?;
    let signed = match scan.peek()? {
        Kind::Mark('"') => true,
        Kind::Mark('\'') => {
            scan.at += 1;
            scan.peek() == Some(Kind::Mark('\''))
        }
        Kind::Word => ["s", "giây", "gi"].contains(&scan.tokens[scan.at].text),
        _ => false,
    };
    scan.at += 1;
    signed.then_some((scan, seconds))
}

/// Steps over what says that the number before is one of minutes.
fn sign_of_minutes(scan: &mut Scan<'_>) -> bool {
    let mut ahead = *scan;
    let signed = ahead.mark('\'').is_some()
        || ahead
            .word()
            .is_some_and(|word| ["p", "ph", "phút", "m", "min"].contains(&word));
    if signed {
        *scan = ahead;
    }
    signed
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

/// Minutes of zero are said only before seconds.
fn spoken_time(hour: u64, minutes: Option<u64>, seconds: Option<u64>) -> String {
    let mut spoken = cardinal_of(hour);
    spoken.push_str(" giờ");
    if let Some(minutes) = minutes.filter(|minutes| *minutes > 0 || seconds.is_some()) {
        spoken.push(' ');
        spoken.push_str(&cardinal_of(minutes));
        spoken.push_str(" phút");
    }
    if let Some(seconds) = seconds {
        spoken.push(' ');
        spoken.push_str(&cardinal_of(seconds));
        spoken.push_str(" giây");
    }
    spoken
}

impl Scan<'_> {
    fn at_end_of_clock(&self) -> bool {
        !matches!(self.peek(), Some(Kind::Digits | Kind::Word))
    }
}
