//! Numbers of acts, however a typist or a page has broken them.

use std::sync::LazyLock;

use regex::Regex;

use super::super::text::Text;

/// A number as it should be printed, and where it stands.
#[derive(Debug)]
pub struct Number {
    /// `144/2021/NĐ-CP`
    pub text: String,
    /// Where it begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Whether its notation has a code and more: it is a number without a word in front of it.
    pub whole: bool,
}

/// `144/2021/N`, `02-N`, `4216/U`: a number, perhaps a year, a sign and a capital.
static BEGIN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?-u:\b)(?P<no>[0-9]{1,5}[a-zđ]?)(?P<year> ?/ ?(?:19|20)[0-9]{2})?(?P<sign> ?[-–/] ?)[A-ZĐƯƠÔÊÂĂ]",
    )
    .expect("a pattern of ours")
});
/// `NĐ`, `TTr`, `QH15`, `NN&PTNT`: capitals with a small letter or two among them.
static PART: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[A-ZĐƯƠÔÊÂĂ][A-ZĐƯƠÔÊÂĂ0-9&]*(?:[a-zđ]{1,2}[A-ZĐƯƠÔÊÂĂ0-9&]*)?")
        .expect("a pattern of ours")
});
static SIGN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<before> ?)(?P<sign>[-–/])(?P<after> ?)").expect("a pattern of ours")
});

/// The numbers in a text.
pub fn all(text: Text<'_>) -> Vec<Number> {
    let mut numbers: Vec<Number> = Vec::new();
    let mut from = 0;
    while let Some(found) = BEGIN.captures_at(text.raw, from) {
        let whole = found.get(0).map_or(from..from + 1, |whole| whole.range());
        from = whole.end;
        let part = |name: &str| found.name(name).map_or("", |part| part.as_str());
        let sign = if part("sign").contains('/') { '/' } else { '-' };
        let mut number: String = [part("no"), part("year")]
            .concat()
            .split_whitespace()
            .collect();
        number.push(sign);
        let begins = found.name("sign").map_or(whole.end, |sign| sign.end());
        if let Some((parts, end, count)) = notation(text, begins) {
            number.push_str(&parts);
            from = end;
            numbers.push(Number {
                text: number,
                start: whole.start,
                end,
                whole: count > 1,
            });
        }
    }
    numbers
}

/// The notation that begins at a place: its parts, its end, how many there are.
fn notation(text: Text<'_>, begins: usize) -> Option<(String, usize, usize)> {
    let first = part(text.from(begins).raw)?;
    let mut end = begins + first.len();
    let mut parts = text.part(begins, end).raw.to_owned();
    let mut count = 1;
    while count < 6 {
        let rest = text.from(end);
        let Some(sign) = SIGN.captures(rest.raw) else {
            break;
        };
        let next = sign.get(0).map_or(0, |sign| sign.end());
        let Some(part) = part(rest.from(next).raw) else {
            break;
        };
        let blanks = !sign["before"].is_empty() && !sign["after"].is_empty();
        // Behind a whole notation ' - ' parts one thing from another.
        if blanks && (count > 1 || &sign["sign"] != "-") {
            break;
        }
        parts.push(if &sign["sign"] == "/" { '/' } else { '-' });
        parts.push_str(part);
        end += next + part.len();
        count += 1;
    }
    Some((parts, end, count))
}

/// The part with which a text begins: `NĐ`, `CTr` and `L` are codes, 'Bộ' and 'Ba' are words.
fn part(text: &str) -> Option<&str> {
    let part = PART.find(text)?.as_str();
    let goes_on = text[part.len()..].starts_with(char::is_alphanumeric);
    let small = part.chars().filter(|letter| letter.is_lowercase()).count();
    (!goes_on && (part.chars().count() > small + 1 || small == 0)).then_some(part)
}

#[cfg(test)]
mod tests {
    use super::super::super::text::Folded;
    use super::*;

    #[test]
    fn broken_numbers_are_joined() {
        let cases = [
            ("số 144/2021/NĐ- CP ngày", "144/2021/NĐ-CP"),
            ("số 02/TTr-CAT- ANCTNB ngày", "02/TTr-CAT-ANCTNB"),
            ("số 53/2016/QĐ -UBND ngày", "53/2016/QĐ-UBND"),
            ("số 5969/QĐ- UBND ngày", "5969/QĐ-UBND"),
            ("số 1578/QĐ - UBND ngày", "1578/QĐ-UBND"),
            ("số 12 / 2024 / NĐ-CP", "12/2024/NĐ-CP"),
            ("số 18-NQ/TW, 19", "18-NQ/TW"),
            ("số 57- NQ/TW của", "57-NQ/TW"),
            ("số 08-CTr/TU ngày", "08-CTr/TU"),
            ("số 4216/UBND-NC ngày", "4216/UBND-NC"),
            ("số 72/2025/QH15", "72/2025/QH15"),
            ("1674/NQ-UBTVQH15", "1674/NQ-UBTVQH15"),
            ("số 39/2020/TT–BTTTT", "39/2020/TT-BTTTT"),
            ("số 02a/KH-UBND", "02a/KH-UBND"),
            ("01/2018/TTLT-BNV-BTC", "01/2018/TTLT-BNV-BTC"),
            ("254/QĐ-UBND - Sở Nội vụ", "254/QĐ-UBND"),
            ("18-NQ/TW - TW Đảng", "18-NQ/TW"),
            ("123/SGD&ĐT-GDTrH", "123/SGD&ĐT-GDTrH"),
        ];
        for (text, wanted) in cases {
            let folded = Folded::new(text);
            let found: Vec<String> = all(folded.text()).into_iter().map(|n| n.text).collect();
            assert_eq!(found, [wanted], "{text}");
        }
        for text in [
            "ngày 17/3/2019",
            "24/7",
            "2021 - 2030",
            "3-Sở",
            "số 12/Ủy ban",
        ] {
            assert!(all(Folded::new(text).text()).is_empty(), "{text}");
        }
    }
}
