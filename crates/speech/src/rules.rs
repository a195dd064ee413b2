//! The rules, one file a family, and the order in which they are tried.

mod code;
mod date;
mod day;
mod degrees;
mod legal;
mod letters;
mod measure;
mod money;
mod numeral;
mod phone;
mod quantity;
mod roman;
mod sign;
mod time;
mod web;

use crate::letter;
use crate::rules::letters::vowelless;
use crate::scan::{Reading, Scan};
use crate::spoken::Rule;
use crate::token::Kind;

pub(crate) use letters::{clause_marker, syllable};

type Attempt = (Rule, fn(Scan<'_>) -> Option<Reading>);

/// For a token that is a run of digits. The last rule always reads it.
const NUMBERS: [Attempt; 11] = [
    (Rule::Entry, letters::entry),
    (Rule::Address, web::address),
    (Rule::Plate, code::plate),
    (Rule::Identity, code::identity),
    (Rule::Phone, phone::phone),
    (Rule::LegalNumber, legal::numbered),
    (Rule::Date, date::date),
    (Rule::Time, time::time),
    (Rule::Angle, degrees::degrees),
    (Rule::Code, code::starting_with_digits),
    (Rule::Number, quantity::quantity),
];

/// For a word that is not simply said as it is written.
const WORDS: [Attempt; 9] = [
    (Rule::Address, web::address),
    (Rule::LegalNumber, legal::unnumbered),
    (Rule::Number, money::name_first),
    (Rule::Code, code::road),
    (Rule::Entry, letters::abbreviation),
    (Rule::Roman, roman::numeral),
    (Rule::Roman, roman::small),
    (Rule::Code, code::starting_with_letters),
    (Rule::Letters, letters::letters),
];

/// For any other mark; a mark without a rule is silent.
const MARKS: [Attempt; 6] = [
    (Rule::Entry, letters::entry),
    (Rule::Phone, phone::phone),
    (Rule::LegalNumber, legal::after_blank),
    (Rule::Number, money::sign_first),
    (Rule::Number, quantity::signed),
    (Rule::Sign, sign::sign),
];

/// The reading of what begins at the cursor, if it is read in another way than it is written.
pub(crate) fn read(scan: Scan<'_>) -> Option<(Rule, Reading)> {
    let rules: &[Attempt] = match scan.peek()? {
        Kind::Digits => &NUMBERS,
        Kind::Word if is_plain(scan) => &PLAIN_WORDS,
        Kind::Word => &WORDS,
        Kind::Mark(_) => &MARKS,
        Kind::Space | Kind::Newline | Kind::Marked(_) => return None,
    };
    rules
        .iter()
        .find_map(|(rule, attempt)| attempt(scan).map(|reading| (*rule, reading)))
}

/// A word of small letters with a space behind, as most are: no rule but the lexicon has anything
/// to say of it.
const PLAIN_WORDS: [Attempt; 1] = [(Rule::Entry, letters::abbreviation)];

fn is_plain(scan: Scan<'_>) -> bool {
    let word = scan.tokens[scan.at].text;
    let alone = scan
        .tokens
        .get(scan.at + 1)
        .is_none_or(|next| matches!(next.kind, Kind::Space | Kind::Newline));
    alone && word.chars().nth(1).is_some() && word.chars().all(letter::is_lower) && !vowelless(word)
}
