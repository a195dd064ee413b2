//! The rules, one file a family, and the order in which they are tried.

mod code;
mod date;
mod degrees;
mod legal;
mod letters;
mod measure;
mod numeral;
mod phone;
mod quantity;
mod roman;
mod time;
mod web;

use crate::scan::{Reading, Scan};
use crate::token::Kind;

pub(crate) use letters::clause_marker;

type Rule = fn(Scan<'_>) -> Option<Reading>;

/// For a token that is a run of digits. The last rule always reads it.
const NUMBERS: [Rule; 10] = [
    web::address,
    code::identity,
    phone::phone,
    legal::numbered,
    date::date,
    time::time,
    degrees::degrees,
    code::plate,
    code::starting_with_digits,
    quantity::quantity,
];

/// For a word that is not simply said as it is written.
const WORDS: [Rule; 6] = [
    web::address,
    legal::unnumbered,
    letters::abbreviation,
    roman::numeral,
    code::starting_with_letters,
    letters::letters,
];

/// For any other mark; a mark without a rule is silent.
const MARKS: [Rule; 4] = [
    phone::phone,
    legal::after_blank,
    quantity::signed,
    letters::sign,
];

/// The reading of what begins at the cursor, if it is read in another way than it is written.
pub(crate) fn read(scan: Scan<'_>) -> Option<Reading> {
    let rules: &[Rule] = match scan.peek()? {
        Kind::Digits => &NUMBERS,
        Kind::Word => &WORDS,
        Kind::Mark(_) => &MARKS,
        Kind::Space | Kind::Newline => return None,
    };
    rules.iter().find_map(|rule| rule(scan))
}
