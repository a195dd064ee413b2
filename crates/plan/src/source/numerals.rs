//! Numbers as lists print them.

/// How a list counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Numeral {
    /// 1, 2, 3
    #[default]
    Decimal,
    /// 01, 02, 03
    DecimalZero,
    /// I, II, III
    UpperRoman,
    /// i, ii, iii
    LowerRoman,
    /// A, B, C; behind Z comes AA
    UpperLetter,
    /// a, b, c; behind z comes aa
    LowerLetter,
    /// 1st, 2nd, 3rd
    Ordinal,
}

/// A number as printed; in figures where a list cannot print it otherwise.
pub fn print(number: i64, numeral: Numeral) -> String {
    match numeral {
        Numeral::Decimal => number.to_string(),
        Numeral::DecimalZero => format!("{number:02}"),
        Numeral::UpperRoman => roman(number),
        Numeral::LowerRoman => roman(number).to_lowercase(),
        Numeral::UpperLetter => letters(number).to_uppercase(),
        Numeral::LowerLetter => letters(number),
        Numeral::Ordinal => ordinal(number),
    }
}

fn roman(number: i64) -> String {
    const SIGNS: [(i64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let (mut left, mut text) = (number, String::new());
    for (value, sign) in SIGNS {
        while left >= value {
            text.push_str(sign);
            left -= value;
        }
    }
    text
}

/// Word processors repeat the letter behind z: aa, bb, cc.
fn letters(number: i64) -> String {
    let Some(place) = (1..=26 * 8).contains(&number).then(|| number - 1) else {
        return number.to_string();
    };
    let (round, letter) = (place / 26, place % 26);
    let letter = u8::try_from(letter).map_or('a', |letter| char::from(b'a' + letter));
    std::iter::repeat_n(letter, usize::try_from(round).unwrap_or(0) + 1).collect()
}

fn ordinal(number: i64) -> String {
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_counting() {
        let all = |numeral| [1, 4, 27, 0, -3, 40_000].map(|number| print(number, numeral));
        assert_eq!(
            all(Numeral::UpperRoman),
            ["I", "IV", "XXVII", "0", "-3", "40000"]
        );
        assert_eq!(
            all(Numeral::LowerLetter),
            ["a", "d", "aa", "0", "-3", "40000"]
        );
        assert_eq!(print(1999, Numeral::LowerRoman), "mcmxcix");
        assert_eq!(print(52, Numeral::UpperLetter), "ZZ");
        assert_eq!(print(7, Numeral::DecimalZero), "07");
        assert_eq!(print(12, Numeral::DecimalZero), "12");
        assert_eq!(
            [1, 2, 3, 4, 11, 21].map(|number| print(number, Numeral::Ordinal)),
            ["1st", "2nd", "3rd", "4th", "11th", "21st"]
        );
        assert_eq!(print(i64::MIN, Numeral::Ordinal), format!("{}th", i64::MIN));
    }
}
