//! Angles of coordinates: 20°32'15" N, 105°54'Đ.

use crate::number::{after_comma, cardinal};
use crate::scan::{Reading, Scan};
use crate::token::Kind;

/// Quarters of the sky by their letters, English and Vietnamese.
const QUARTERS: [(&str, &str); 6] = [
    ("N", "Bắc"),
    ("B", "Bắc"),
    ("S", "Nam"),
    ("E", "Đông"),
    ("Đ", "Đông"),
    ("W", "Tây"),
];

pub(crate) fn degrees(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let mut spoken = format!("{} độ", measure(&mut scan)?);
    if let Some(reading) = without_sign(start, scan, &spoken) {
        return Some(reading);
    }
    scan.mark('°')?;
    let mut minutes = scan;
    minutes.spaces();
    if let Some(value) = measure(&mut minutes).filter(|_| minutes.mark('\'').is_some()) {
        spoken = format!("{spoken} {value} phút");
        scan = minutes;
        let mut seconds = scan;
        seconds.spaces();
        let value = measure(&mut seconds);
        if let Some(value) = value.filter(|_| {
            seconds
                .mark('"')
                .or_else(|| seconds.mark('\'').and_then(|()| seconds.mark('\'')))
                .is_some()
        }) {
            spoken = format!("{spoken} {value} giây");
            scan = seconds;
        }
    }
    let mut letter = scan;
    letter.spaces();
    let quarter = letter
        .word()
        .and_then(|word| QUARTERS.iter().find(|(sign, _)| *sign == word));
    if let Some((_, name)) = quarter.filter(|_| letter.peek() != Some(Kind::Digits)) {
        return Some(letter.reading(format!("{spoken} {name}")));
    }
    // 35°C is a temperature and read with the units
    let temperature = scan.peek() == Some(Kind::Word) || scan.at == 0;
    (!temperature && spoken.contains(" phút")).then(|| scan.reading(spoken))
}

/// 20,5N-105,9E: the degree sign is left out where both letters of a place stand.
fn without_sign(start: Scan<'_>, mut scan: Scan<'_>, spoken: &str) -> Option<Reading> {
    let sign = scan.word()?;
    let (_, name) = QUARTERS.iter().find(|(quarter, _)| *quarter == sign)?;
    let north = matches!(sign, "N" | "S" | "B");
    let mut neighbours = start.tokens[..start.at]
        .iter()
        .rev()
        .take(3)
        .chain(scan.tokens[scan.at..].iter().take(6));
    let pair = neighbours.any(|token| {
        if north {
            matches!(token.text, "E" | "W" | "Đ")
        } else {
            matches!(token.text, "N" | "S" | "B")
        }
    });
    (pair && scan.peek() != Some(Kind::Digits)).then(|| scan.reading(format!("{spoken} {name}")))
}

fn measure(scan: &mut Scan<'_>) -> Option<String> {
    let mut spoken = cardinal(scan.digits()?);
    let mut part = *scan;
    if part.mark(',').or_else(|| part.mark('.')).is_some()
        && let Some(digits) = part.digits()
    {
        spoken = format!("{spoken} phẩy {}", after_comma(digits));
        *scan = part;
    }
    Some(spoken)
}
