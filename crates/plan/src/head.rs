//! The head: issuer, number and notation, place and date, kind and title.

use std::sync::LazyLock;

use regex::Regex;

use crate::marker;
use crate::model::{Reading, Warning};
use crate::paragraphs::{Paragraph, is_capitals};

/// What stands before the body.
#[derive(Debug, Default)]
pub struct Head {
    /// KẾ HOẠCH …
    pub kind: Option<String>,
    /// What it is about.
    pub title: String,
    /// From the letterhead.
    pub issuer: Option<String>,
    /// With its notation.
    pub number: Option<String>,
    /// The notation alone.
    pub notation: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// When, as far as printed.
    pub date: Option<String>,
}

const KINDS: [&str; 9] = [
    "QUYẾT ĐỊNH",
    "KẾ HOẠCH",
    "CHỈ THỊ",
    "THÔNG BÁO",
    "BÁO CÁO",
    "CHƯƠNG TRÌNH",
    "ĐỀ ÁN",
    "HƯỚNG DẪN",
    "NGHỊ QUYẾT",
];

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"Số\s*:\s*(\d*)\s*((?:/\s*\d{4})?)\s*/\s*([\p{Lu}\d]+(?:\s*-\s*[\p{Lu}\d&]+)*)")
        .expect("a pattern")
});
static PLACE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(\p{Lu}[\p{L}\s.\-]*?),\s*ngày\s*(\d{0,2})\s*tháng\s*(\d{0,2})\s*năm\s*(\d{4})")
        .expect("a pattern")
});

/// Reads the head; answers it and the paragraphs behind it.
pub fn read<'a>(
    paragraphs: &'a [Paragraph],
    warnings: &mut Vec<Warning>,
) -> (Head, &'a [Paragraph]) {
    let mut head = Head::default();
    let begin = paragraphs
        .iter()
        .take(60)
        .position(|paragraph| kind_of(&paragraph.text).is_some());
    let letterhead = &paragraphs[..begin.unwrap_or(0)];
    read_letterhead(letterhead, &mut head, warnings);
    let Some(begin) = begin else {
        return (head, paragraphs);
    };
    head.kind = kind_of(&paragraphs[begin].text).map(str::to_owned);
    let mut rest = begin + 1;
    let mut title: Vec<&str> = Vec::new();
    while let Some(paragraph) = paragraphs.get(rest) {
        let ended = !title.is_empty()
            && (paragraph.apart || paragraph.strong != paragraphs[rest - 1].strong);
        if ended || marker::read(&paragraph.text).is_some() || paragraph.text.starts_with("___") {
            break;
        }
        title.push(&paragraph.text);
        rest += 1;
    }
    head.title = title.join(" ");
    (head, &paragraphs[rest..])
}

/// 'Sở … ban hành Kế hoạch': who issues it, when the letterhead is missing.
pub fn issuer_in_body(reading: &Reading, title: &str) -> Option<String> {
    static ISSUES: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"((?:Sở|Bộ|Ban|Ủy ban nhân dân|UBND|Hội đồng nhân dân|Văn phòng|Cục) [^,;().]*?) (?:ban hành|xây dựng) (?:Kế hoạch|Chương trình|Quyết định)")
            .expect("a pattern")
    });
    static REGION: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"((?:tỉnh|thành phố) \p{Lu}\p{L}*(?: \p{Lu}\p{L}*)*)").expect("a pattern")
    });
    let found = reading
        .walk()
        .find_map(|clause| ISSUES.captures(&clause.text))?;
    let name = found[1].trim().to_owned();
    let local = name.starts_with("Sở ") && !name.contains("tỉnh") && !name.contains("thành phố");
    match REGION.captures(title) {
        Some(region) if local => Some(format!("{name} {}", &region[1])),
        _ => Some(name),
    }
}

fn kind_of(text: &str) -> Option<&'static str> {
    let close: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    KINDS.into_iter().find(|kind| {
        kind.chars()
            .filter(|c| !c.is_whitespace())
            .eq(close.chars())
    })
}

fn read_letterhead(paragraphs: &[Paragraph], head: &mut Head, warnings: &mut Vec<Warning>) {
    let mut issuer = Vec::new();
    for line in paragraphs.iter().flat_map(|paragraph| &paragraph.raw) {
        if let Some(found) = NUMBER.captures(&line.text) {
            let tidy = |text: &str| text.split_whitespace().collect::<String>();
            let notation = tidy(&found[3]);
            head.notation = Some(notation.clone());
            if found[1].is_empty() {
                warnings.push(Warning {
                    line: line.number,
                    message: "Số văn bản để trống".into(),
                });
            } else {
                head.number = Some(format!("{}{}/{notation}", &found[1], tidy(&found[2])));
            }
        }
        if let Some(found) = PLACE.captures(&line.text) {
            // A letterhead has two columns; the place stands in the right one.
            let place = found[1].rsplit("   ").next().unwrap_or_default();
            head.place = Some(place.trim().to_owned());
            head.date = Some(date_of(&found, line.number, warnings));
        }
        let left = line.text.split("   ").next().unwrap_or_default().trim();
        let motto = left.starts_with("CỘNG HÒA") || left.starts_with("CỘNG HOÀ");
        if is_capitals(left) && !motto && !left.starts_with("Số") {
            issuer.push(left.to_owned());
        }
    }
    head.issuer = (!issuer.is_empty()).then(|| issuer.join(" "));
}

fn date_of(found: &regex::Captures<'_>, line: usize, warnings: &mut Vec<Warning>) -> String {
    let (day, month, year) = (&found[2], &found[3], &found[4]);
    match (day.is_empty(), month.is_empty()) {
        (false, false) => format!("{year}-{month:0>2}-{day:0>2}"),
        (_, no_month) => {
            warnings.push(Warning {
                line,
                message: "Ngày ban hành để trống".into(),
            });
            if no_month {
                year.to_owned()
            } else {
                format!("{year}-{month:0>2}")
            }
        }
    }
}
