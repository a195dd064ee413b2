//! Numbers as words: whole numbers, digits one by one, the part after the decimal comma, and
//! Roman numerals.

const DIGITS: [&str; 10] = [
    "không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín",
];

/// More digits than this are read one by one: nobody follows a number of more than 18 digits.
const LONGEST_CARDINAL: usize = 18;

/// A whole number written with plain digits; leading zeros are not spoken.
pub(crate) fn cardinal(digits: &str) -> String {
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() {
        return DIGITS[0].to_owned();
    }
    if digits.len() > LONGEST_CARDINAL {
        return one_by_one(digits);
    }
    digits
        .parse::<u64>()
        .map_or_else(|_| one_by_one(digits), cardinal_of)
}

/// A number as a label: with its leading zeros, as clerks say 'số không hai'.
pub(crate) fn label(digits: &str) -> String {
    if digits.len() > 1 && digits.starts_with('0') {
        if digits.len() > 3 {
            return one_by_one(digits);
        }
        let zeros = digits.len() - digits.trim_start_matches('0').len();
        let rest = &digits[zeros..];
        let mut words = vec![DIGITS[0].to_owned(); zeros];
        if !rest.is_empty() {
            words.push(cardinal(rest));
        }
        return words.join(" ");
    }
    cardinal(digits)
}

/// Each digit by itself: telephone numbers, accounts, licence plates.
pub(crate) fn one_by_one(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() * 5);
    for digit in digits.bytes().filter(u8::is_ascii_digit) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(DIGITS[usize::from(digit - b'0')]);
    }
    out
}

/// What follows the decimal comma: two digits together ('phẩy mười bốn'), otherwise one by one.
pub(crate) fn after_comma(digits: &str) -> String {
    if digits.len() <= 2 && !digits.starts_with('0') {
        cardinal(digits)
    } else {
        one_by_one(digits)
    }
}

/// The word after 'thứ', 'tháng' and 'phần' differs from the cardinal for 1 and 4.
pub(crate) fn ordinal(value: u64) -> String {
    match value {
        1 => "nhất".to_owned(),
        4 => "tư".to_owned(),
        other => cardinal_of(other),
    }
}

/// The name of a month after the word 'tháng'.
pub(crate) fn month(value: u64) -> String {
    if value == 4 {
        "tư".to_owned()
    } else {
        cardinal_of(value)
    }
}

/// The signs of Roman numerals, from the greatest.
const ROMAN: [(&str, u64); 13] = [
    ("M", 1000),
    ("CM", 900),
    ("D", 500),
    ("CD", 400),
    ("C", 100),
    ("XC", 90),
    ("L", 50),
    ("XL", 40),
    ("X", 10),
    ("IX", 9),
    ("V", 5),
    ("IV", 4),
    ("I", 1),
];

/// A Roman numeral in its one canonical spelling, up to 3999; others are no numerals here.
pub(crate) fn roman(text: &str) -> Option<u64> {
    if text.is_empty() || text.len() > 15 || !text.bytes().all(|sign| b"IVXLCDM".contains(&sign)) {
        return None;
    }
    let mut value = 0;
    let mut rest = text;
    for (sign, worth) in ROMAN {
        while let Some(after) = rest.strip_prefix(sign) {
            value += worth;
            rest = after;
        }
    }
    (rest.is_empty() && value < 4000 && roman_spelling(value) == text).then_some(value)
}

/// The same of the signs I, V and X alone, which are hardly ever anything else (CD, XL, MC are).
pub(crate) fn small_roman(text: &str) -> Option<u64> {
    text.bytes()
        .all(|sign| b"IVX".contains(&sign))
        .then(|| roman(text))?
}

/// A whole number as words.
pub(crate) fn cardinal_of(value: u64) -> String {
    let mut words = String::with_capacity(48);
    push_cardinal(&mut words, value);
    words
}

fn push_cardinal(words: &mut String, value: u64) {
    const BILLION: u64 = 1_000_000_000;
    if value == 0 {
        push(words, DIGITS[0]);
        return;
    }
    let (billions, mut rest) = (value / BILLION, value % BILLION);
    if billions > 0 {
        push_cardinal(words, billions);
        push(words, "tỷ");
    }
    for (worth, name) in [(1_000_000, "triệu"), (1_000, "nghìn"), (1, "")] {
        let group = rest / worth;
        rest %= worth;
        if group == 0 {
            continue;
        }
        push_group(words, group, !words.is_empty());
        push(words, name);
    }
}

/// Up to three digits; inside a longer number the hundreds are said even when they are zero.
fn push_group(words: &mut String, group: u64, inside: bool) {
    let place = |divisor: u64| usize::try_from(group / divisor % 10).unwrap_or(0);
    let (hundreds, tens, ones) = (place(100), place(10), place(1));
    if hundreds > 0 || inside {
        push(words, DIGITS[hundreds]);
        push(words, "trăm");
    }
    match tens {
        0 if ones > 0 && (hundreds > 0 || inside) => push(words, "linh"),
        0 => {}
        1 => push(words, "mười"),
        _ => {
            push(words, DIGITS[tens]);
            push(words, "mươi");
        }
    }
    match (tens, ones) {
        (_, 0) => {}
        (2.., 1) => push(words, "mốt"),
        (2.., 4) => push(words, "tư"),
        (1.., 5) => push(words, "lăm"),
        (_, ones) => push(words, DIGITS[ones]),
    }
}

fn push(words: &mut String, word: &str) {
    if !words.is_empty() && !word.is_empty() {
        words.push(' ');
    }
    words.push_str(word);
}

fn roman_spelling(mut value: u64) -> String {
    let mut out = String::new();
    for (sign, worth) in ROMAN {
        while value >= worth {
            out.push_str(sign);
            value -= worth;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cardinals_follow_the_spoken_rules() {
        for (digits, words) in [
            ("0", "không"),
            ("21", "hai mươi mốt"),
            ("1005", "một nghìn không trăm linh năm"),
            ("1000015", "một triệu không trăm mười lăm"),
            ("2500000000", "hai tỷ năm trăm triệu"),
            ("1000000000000", "một nghìn tỷ"),
        ] {
            assert_eq!(cardinal(digits), words);
        }
        assert_eq!(label("02"), "không hai");
        assert_eq!(after_comma("05"), "không năm");
    }

    #[test]
    fn only_canonical_roman_numerals_count() {
        assert_eq!(roman("XIV"), Some(14));
        assert_eq!(roman("IIII"), None);
        assert_eq!(roman("VX"), None);
        assert_eq!(roman("MMXXVI"), Some(2026));
        assert_eq!(small_roman("CD"), None);
    }
}
