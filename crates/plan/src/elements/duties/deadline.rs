//! Until when a sentence wants something.

use std::sync::LazyLock;

use regex::Regex;

use super::super::dates;
use super::super::span;
use super::super::text::pattern;

/// A day of every month, a day of every year, a date.
static MONTHLY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:trước|chậm nhất(?: là)?|vào|đến)(?: ngày)? (?P<day>\d{1,2})(?: của)? (?:hằng|hàng|mỗi|từng) tháng",
    )
});
static YEARLY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:trước|chậm nhất(?: là)?|vào|đến|xong)(?: ngày)? (?P<day>\d{1,2})\s?(?:/| tháng )\s?(?P<month>\d{1,2})(?: của)? (?:hằng|hàng|mỗi) năm",
    )
});
static UNTIL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?:^|[ (,.;:])(?:(?:trước|chậm nhất(?: là)?(?: trong| vào)?|muộn nhất|đến hết|hết|thời hạn(?: hoàn thành)?:?|thời gian(?: thực hiện| hoàn thành| tổ chức| dự kiến)?:|hạn cuối:?)(?: ngày)?",
        r"|(?:hoàn thành|kết thúc|xong|trình|triển khai|thực hiện)(?: xong)? (?:trong|vào|trước|đến)(?: ngày)?|trong(?: ngày)?|đến ngày) ",
    ))
});
static RANGE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\btừ (?:ngày |tháng |quý |năm )?\d"));

/// The first deadline in a folded text: `2026-06-30`, `2026-Q2`, `12-31` for a day of every year,
/// `*-15` for one of every month. A year that is not printed is `year`.
pub fn find(fold: &str, year: Option<i32>) -> Option<String> {
    let number = |text: &str| text.parse::<u32>().unwrap_or_default();
    if let Some(found) = MONTHLY.captures(fold) {
        let day = number(&found["day"]);
        return (1..=31).contains(&day).then(|| format!("*-{day:02}"));
    }
    if let Some(found) = YEARLY.captures(fold) {
        let (day, month) = (number(&found["day"]), number(&found["month"]));
        return dates::is_day(day, month).then(|| format!("{month:02}-{day:02}"));
    }
    for found in UNTIL.find_iter(fold) {
        let rest = &fold[found.end()..];
        let Some((when, _)) = dates::here(rest) else {
            continue;
        };
        // 'trong năm 2026' says of a yearly plan what its title says.
        let only_year = when.month.is_none() && when.quarter.is_none();
        let strong = [
            "hoàn thành",
            "kết thúc",
            "xong",
            "trước",
            "nhất",
            "hết",
            "hạn",
        ]
        .iter()
        .any(|word| found.as_str().contains(word));
        if only_year && (!strong || rest.starts_with(|letter: char| letter.is_ascii_digit())) {
            continue;
        }
        return Some(when.in_year(year).to_string());
    }
    let found = RANGE.find(fold)?;
    let rest = &fold[found.start()..];
    let near = &rest[..rest.floor_char_boundary(90)];
    let span = span::first(near, year)?;
    span.from.and(span.due())
}

#[cfg(test)]
mod tests {
    use super::super::super::text::fold;
    use super::*;

    #[test]
    fn a_sentence_tells_until_when() {
        let cases = [
            (
                "gửi về Sở Nội vụ trước ngày 28/2/2026 để tổng hợp",
                Some("2026-02-28"),
            ),
            ("hoàn thành trong quý II/2026", Some("2026-Q2")),
            ("hoàn thành trước tháng 9 năm 2026", Some("2026-09")),
            ("xong trước 30/6", Some("2026-06-30")),
            ("trước ngày 15/12 hằng năm", Some("12-15")),
            ("chậm nhất ngày 20 hằng tháng", Some("*-20")),
            ("từ ngày 11/9/2026 đến ngày 20/9/2026", Some("2026-09-20")),
            ("đến hết năm 2027", Some("2027")),
            ("trong năm 2026", None),
            (
                "theo Quyết định số 12/QĐ-UBND ngày 08/12/2022 của UBND tỉnh",
                None,
            ),
            ("kể từ ngày ký", None),
            ("trong 05 ngày làm việc", None),
            ("trước ngày 31/02 hằng năm", None),
        ];
        for (text, wanted) in cases {
            assert_eq!(find(&fold(text), Some(2026)).as_deref(), wanted, "{text}");
        }
    }
}
