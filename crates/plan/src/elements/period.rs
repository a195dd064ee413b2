//! For which years a document is: its title says so, else its own clause on time, its preamble or
//! its closing words. Years of acts that it cites are not its own.

use std::sync::LazyLock;

use regex::Regex;

use super::acts;
use super::labels;
use super::outline::Outline;
use super::text::{Folded, Text, pattern};
use crate::model::{Period, Reading};

static YEARS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"\b(?:năm )?(?P<from>(?:19|20)\d{2})\s*(?:-|–|đến(?: hết)?(?: năm)?)\s*(?P<to>(?:19|20)\d{2})\b",
        r"|(?P<aim>định hướng|tầm nhìn|dự báo)(?: đến)?(?: năm)? (?:19|20)\d{2}\b",
        r"|đến(?: hết)? năm (?P<until>(?:19|20)\d{2})\b",
        r"|các năm (?P<first>(?:19|20)\d{2})(?:(?:,| và|, và) (?:19|20)\d{2})*(?:,| và|, và) (?P<last>(?:19|20)\d{2})\b",
        r"|(?:\bnăm |tháng \d{1,2}\s?/\s?|quý (?:iv|i{1,3}|[1-4])\s?/\s?|[^\d/]\d{1,2}/\d{1,2}/)(?P<year>(?:19|20)\d{2})\b",
    ))
});
static TIME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:về )?(?:thời gian|thời hạn|giai đoạn|lộ trình)(?:,? (?:và )?(?:thực hiện|tuyên truyền|triển khai|tổ chức|hiệu lực|địa điểm|kế hoạch|của kế hoạch|truyền thông))*$",
    )
});
static ISSUES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:ban hành|xây dựng|trên đây là) (?:kế hoạch|chương trình|đề án|phương án|hướng dẫn)",
    )
});
/// When an act was issued.
static DATED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"ngày \d{1,2}(?:/\d{1,2}/| tháng \d{1,2} năm )\d{4}"));

/// The years of a document.
pub fn find(reading: &Reading, outline: &Outline<'_>) -> Option<Period> {
    let issued = reading
        .date
        .as_deref()
        .and_then(|date| date.get(..4)?.parse().ok());
    let title = Folded::new(&reading.title);
    let attached = reading.attachments.iter().map(|attached| &attached.title);
    let mut titles = std::iter::once(&reading.title).chain(attached);
    titles
        .find_map(|title| years(&own(Folded::new(title).text()), issued))
        .or_else(|| in_clauses(outline, issued))
        // What is left is a title that names the years of what it carries out.
        .or_else(|| years(&DATED.replace_all(title.text().fold, "|"), issued))
}

fn in_clauses(outline: &Outline<'_>, issued: Option<i32>) -> Option<Period> {
    let bullet = |marker: &Option<String>| {
        marker
            .as_deref()
            .is_some_and(|marker| marker.chars().all(|letter| !letter.is_alphanumeric()))
    };
    let timed = outline.nodes.iter().enumerate().find_map(|(at, node)| {
        if bullet(&node.clause.marker) {
            return None;
        }
        let label = labels::of(node, !outline.is_leaf(at))?;
        if !TIME.is_match(label.name.fold) {
            return None;
        }
        let lines = std::iter::once(label.rest).chain(node.paragraphs());
        lines.into_iter().find_map(|line| years(&own(line), issued))
    });
    timed.or_else(|| {
        let lines = outline
            .roots()
            .flat_map(|root| outline.nodes[root].paragraphs());
        lines.into_iter().find_map(|line| {
            let own = own(line);
            let place = ISSUES.find(&own)?.end();
            let near = &own[place..];
            years(&near[..near.floor_char_boundary(240)], issued)
        })
    })
}

/// A text without the acts it cites, folded.
fn own(text: Text<'_>) -> String {
    let mut own = String::new();
    let mut from = 0;
    for cite in acts::cited(text) {
        if cite.start >= from {
            own.push_str(text.part(from, cite.start).fold);
            own.push_str(" | ");
        }
        from = from.max(cite.end);
    }
    own.push_str(text.from(from).fold);
    own
}

/// The years that a folded text names. One year within a longer stretch is the plan's own: 'Kế
/// hoạch năm 2026 thực hiện Chương trình giai đoạn 2021 - 2030'.
fn years(fold: &str, issued: Option<i32>) -> Option<Period> {
    let mut stretch: Option<Period> = None;
    let mut single: Option<i32> = None;
    for found in YEARS.captures_iter(fold) {
        let year = |name: &str| -> Option<i32> { found.name(name)?.as_str().parse().ok() };
        let (from, to) = (year("from").or(year("first")), year("to").or(year("last")));
        if let (Some(from), Some(to)) = (from, to) {
            if from <= to && to - from <= 50 {
                stretch.get_or_insert(Period { from, to });
            }
        } else if let (Some(until), Some(issued)) = (year("until"), issued) {
            if issued <= until {
                stretch.get_or_insert(Period {
                    from: issued,
                    to: until,
                });
            }
        } else if let Some(year) = year("year") {
            single.get_or_insert(year);
        }
    }
    match (stretch, single) {
        (Some(stretch), Some(year)) if !(stretch.from..=stretch.to).contains(&year) => {
            Some(stretch)
        }
        (_, Some(year)) => Some(Period {
            from: year,
            to: year,
        }),
        (stretch, None) => stretch,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(title: &str) -> Option<(i32, i32)> {
        let period = years(&own(Folded::new(title).text()), Some(2023))?;
        Some((period.from, period.to))
    }

    #[test]
    fn a_title_names_its_years() {
        let cases = [
            (
                "Tuyên truyền cải cách hành chính giai đoạn 2021 - 2030 trên địa bàn tỉnh",
                Some((2021, 2030)),
            ),
            (
                "Tuyên truyền giai đoạn 2021-2025, định hướng đến năm 2030",
                Some((2021, 2025)),
            ),
            (
                "Tổ chức “Festival Thăng Long - Hà Nội lần thứ II, năm 2026”",
                Some((2026, 2026)),
            ),
            (
                "Chuyển đổi số đến năm 2025, định hướng đến năm 2030",
                Some((2023, 2025)),
            ),
            ("Truyền thông từ nay đến năm 2030", Some((2023, 2030))),
            (
                "Tuyên truyền các năm 2024, 2025 và 2026",
                Some((2024, 2026)),
            ),
            (
                "Kế hoạch năm 2026 thực hiện Chương trình cải cách hành chính giai đoạn 2021 - 2030",
                Some((2026, 2026)),
            ),
            (
                "Thực hiện Chương trình cải cách hành chính giai đoạn 2021 - 2030 năm 2024",
                Some((2024, 2024)),
            ),
            ("Tuyên truyền quý IV/2026", Some((2026, 2026))),
            ("Tuyên truyền năm học 2025 - 2026", Some((2025, 2026))),
            (
                "Triển khai Quyết định số 749/QĐ-TTg ngày 03 tháng 6 năm 2020 của Thủ tướng Chính phủ",
                None,
            ),
            ("Triển khai thi hành Luật Đất đai năm 2024", None),
            ("Tuyên truyền cải cách hành chính", None),
        ];
        for (title, wanted) in cases {
            assert_eq!(of(title), wanted, "{title}");
        }
    }
}
