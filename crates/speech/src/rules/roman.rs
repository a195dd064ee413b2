//! Roman numerals in their contexts: quý III/2027, phần X, II.1.3, thế kỷ XV - XVII.

use crate::number::{cardinal, cardinal_of, roman};
use crate::scan::{Reading, Scan};
use crate::token::Kind;

pub(crate) fn numeral(mut scan: Scan<'_>) -> Option<Reading> {
    if matches!(
        scan.touching(),
        Some(Kind::Digits | Kind::Word | Kind::Mark('/'))
    ) {
        return None;
    }
    let expected = scan.follows("roman");
    let first = scan.at == 0 || first_on_line(&scan);
    let written = scan.word()?;
    let value = roman(written)?;
    // One letter is a numeral only where one is expected; several are, whatever stands before.
    let heads_item = first && matches!(scan.peek(), Some(Kind::Mark('.' | ')' | '/' | '-')));
    if !(expected || heads_item || written.len() > 1) || scan.peek() == Some(Kind::Digits) {
        return None;
    }
    let mut spoken = cardinal_of(value);
    // II.1.3
    loop {
        let mut ahead = scan;
        let Some(level) = ahead.mark('.').and_then(|()| ahead.digits()) else {
            break;
        };
        spoken.push_str(" chấm ");
        spoken.push_str(&cardinal(level));
        scan = ahead;
    }
    // quý III/2027
    let mut ahead = scan;
    if ahead.mark('/').is_some()
        && let Some(year) = ahead.year()
    {
        scan = ahead;
        spoken.push_str(" năm ");
        spoken.push_str(&cardinal_of(year));
    }
    // XV - XVII
    let mut ahead = scan;
    if ahead.dash().is_some()
        && let Some(last) = ahead.word().and_then(roman).filter(|last| *last > value)
    {
        let mut with_year = ahead;
        spoken.push_str(" đến ");
        spoken.push_str(&cardinal_of(last));
        scan = ahead;
        if with_year.mark('/').is_some()
            && let Some(year) = with_year.year()
        {
            spoken.push_str(" năm ");
            spoken.push_str(&cardinal_of(year));
            scan = with_year;
        }
    }
    Some(scan.reading(spoken))
}

fn first_on_line(scan: &Scan<'_>) -> bool {
    scan.tokens[..scan.at]
        .iter()
        .rev()
        .take_while(|token| token.kind != Kind::Newline)
        .all(|token| matches!(token.kind, Kind::Space | Kind::Mark('#' | '*' | '_' | '>')))
}
