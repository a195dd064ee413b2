//! The letterhead: who issues a document and who is above, its number, where and when.
//!
//! Two columns, however they came: side by side, as cells of a table, or one below the other
//! (decree 30/2020/NĐ-CP, annex I).

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::columns;
use crate::head::Head;
use crate::model::Warning;
use crate::paragraphs::{Paragraph, is_capitals, is_line};

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"\bSố\s*:?\s*(?P<number>\d*)[\s.…_]*(?P<year>(?:/\s*\d{4})?)\s*(?P<sign>[-/–])\s*",
        r"(?P<notation>[\p{Lu}Đ][\p{L}\d&]*(?:\s*[-–/.]\s?[\p{Lu}Đ][\p{L}\d&]*)*)",
    ))
    .expect("a pattern of ours")
});
static PLACE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?P<place>\p{Lu}[\p{L}\s.\-–]*?)\s*,\s*[Nn]gày\s*(?P<day>\d{0,2})[\s.…_]*tháng\s*(?P<month>\d{0,2})[\s.…_]*",
        r"năm\s*(?P<year>\d{4})",
    ))
    .expect("a pattern of ours")
});

/// Words with which the name of a body begins, in capitals.
const BODIES: [&str; 37] = [
    "BỘ",
    "ỦY BAN",
    "UỶ BAN",
    "UBND",
    "HỘI ĐỒNG",
    "HĐND",
    "SỞ ",
    "BỘ ",
    "BAN ",
    "PHÒNG ",
    "CỤC ",
    "CHI CỤC",
    "VĂN PHÒNG",
    "TRUNG TÂM",
    "CÔNG AN",
    "ĐÀI ",
    "BÁO ",
    "HỘI ",
    "LIÊN ĐOÀN",
    "TỈNH ỦY",
    "TỈNH UỶ",
    "THÀNH ỦY",
    "THÀNH UỶ",
    "HUYỆN ỦY",
    "QUẬN ỦY",
    "THỊ ỦY",
    "ĐẢNG ",
    "TỈNH ĐOÀN",
    "THÀNH ĐOÀN",
    "ĐOÀN ",
    "TRƯỜNG ",
    "VIỆN ",
    "TỔNG CỤC",
    "THỦ TƯỚNG",
    "CHÍNH PHỦ",
    "TÒA ÁN",
    "LIÊN HIỆP",
];

/// Reads the letterhead; answers what it says the document is about ('V/v …'), if anything.
pub fn read(
    paragraphs: &[Paragraph],
    head: &mut Head,
    warnings: &mut Vec<Warning>,
) -> Option<String> {
    let lines = || paragraphs.iter().flat_map(|paragraph| &paragraph.raw);
    for line in lines() {
        read_number(&line.text, line.number, head, warnings);
        read_place(&line.text, line.number, head, warnings);
    }
    if head.date.is_none() || head.notation.is_none() {
        // A narrow column wraps even a number and a date.
        let all: Vec<&str> = lines().map(|line| line.text.as_str()).collect();
        let (all, last) = (all.join(" "), lines().last().map_or(0, |line| line.number));
        read_number(&all, last, head, warnings);
        read_place(&all, last, head, warnings);
    }
    let left = columns::of(paragraphs).left;
    read_issuer(&left, head);
    subject(&left)
}

/// Where the letterhead of an attached document begins behind a signature; the end if none does.
pub fn again(paragraphs: &[Paragraph]) -> usize {
    let motto = |paragraph: &Paragraph| is_motto_in(&paragraph.text);
    let Some(motto) = paragraphs.iter().position(motto) else {
        return paragraphs.len();
    };
    let before = paragraphs[..motto].iter().rev();
    let own = before.take_while(|paragraph| {
        let text = paragraph.text.as_str();
        let body = |body: &&str| text.starts_with(*body);
        let areas = ["TỈNH ", "THÀNH PHỐ ", "HUYỆN ", "XÃ ", "PHƯỜNG "];
        is_line(text) || is_capitals(text) && (BODIES.iter().any(body) || areas.iter().any(body))
    });
    motto - own.count()
}

fn is_motto_in(text: &str) -> bool {
    [
        "CỘNG HÒA XÃ HỘI",
        "CỘNG HOÀ XÃ HỘI",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
    ]
    .iter()
    .any(|words| text.contains(words))
}

fn read_number(text: &str, line: usize, head: &mut Head, warnings: &mut Vec<Warning>) {
    let Some(found) = NUMBER.captures(text).filter(|_| head.notation.is_none()) else {
        return;
    };
    let tidy = |text: &str| {
        text.split_whitespace()
            .collect::<String>()
            .replace('–', "-")
    };
    // A place to the right is no part of it: '/KH-UBND  Hà Nội, ngày …'.
    let notation = found["notation"].split("  ").next().unwrap_or_default();
    let words: Vec<&str> = notation.split(' ').collect();
    let joined = words.iter().enumerate().take_while(|(at, word)| {
        *at == 0 || word.starts_with(['-', '–']) || words[at - 1].ends_with(['-', '–'])
    });
    let notation: String = joined.map(|(_, word)| *word).collect();
    let notation = tidy(notation.trim_end_matches(['.', ',', ';', '-']));
    if found["number"].is_empty() {
        warnings.push(Warning {
            line,
            message: "Số văn bản để trống".into(),
        });
    } else {
        let sign = tidy(&found["sign"]);
        let year = tidy(&found["year"]);
        head.number = Some(format!("{}{year}{sign}{notation}", &found["number"]));
    }
    head.notation = Some(notation);
}

fn read_place(text: &str, line: usize, head: &mut Head, warnings: &mut Vec<Warning>) {
    // What stands left of it, if only one blank parts them.
    let text = NUMBER
        .find(text)
        .map_or(text, |number| &text[number.end()..]);
    let Some(found) = PLACE.captures(text).filter(|_| head.date.is_none()) else {
        return;
    };
    // A letterhead has two columns; the place stands in the right one.
    let place = found["place"]
        .rsplit("  ")
        .next()
        .unwrap_or_default()
        .trim();
    let motto = "Hạnh phúc";
    let place = place.rsplit_once(motto).map_or(place, |(_, place)| place);
    let place = place.rsplit('|').next().unwrap_or_default();
    head.place = Some(place.trim_matches(['-', ' ']).to_owned());
    head.date = Some(date_of(&found, line, warnings));
}

fn date_of(found: &Captures<'_>, line: usize, warnings: &mut Vec<Warning>) -> String {
    let (day, month, year) = (&found["day"], &found["month"], &found["year"]);
    if !day.is_empty() && !month.is_empty() {
        return format!("{year}-{month:0>2}-{day:0>2}");
    }
    warnings.push(Warning {
        line,
        message: "Ngày ban hành để trống".into(),
    });
    if month.is_empty() {
        year.to_owned()
    } else {
        format!("{year}-{month:0>2}")
    }
}

/// The names of bodies, the highest first: the last one issues.
fn read_issuer(left: &[String], head: &mut Head) {
    let mut bodies: Vec<String> = Vec::new();
    let mut motto = false;
    for line in left.iter().flat_map(|line| bodies_in(before_motto(line))) {
        let line = line.trim_end_matches(['-', '_', ' ', '*']).trim();
        if NUMBER.is_match(line) || line.starts_with("V/v") || line.starts_with("Số") {
            break;
        }
        let begins = BODIES.iter().any(|body| line.starts_with(body));
        // What is wrapped of the motto goes on with it.
        motto = is_motto_in(line) || motto && !begins && is_capitals(line);
        if motto || !(is_capitals(line) || begins) || is_line(line) {
            continue;
        }
        match bodies.last_mut().filter(|_| !begins) {
            Some(last) => *last = format!("{last} {line}"),
            None => bodies.push(line.to_owned()),
        }
    }
    head.issuer = bodies.pop();
    head.parent = (!bodies.is_empty()).then(|| bodies.join(" "));
}

/// What stands left of the motto, if only one blank parts them.
fn before_motto(line: &str) -> &str {
    let places = [
        "CỘNG HÒA XÃ",
        "CỘNG HOÀ XÃ",
        "Độc lập",
        "Độc Lập",
        "ĐỘC LẬP",
    ];
    let found = places.iter().filter_map(|words| line.find(words)).min();
    // A line that is nothing but the motto stays, to be told as such.
    found
        .filter(|place| *place > 0)
        .map_or(line, |place| &line[..place])
}

/// 'UBND TỈNH HÀ NAM SỞ NỘI VỤ' in one cell is two bodies.
fn bodies_in(line: &str) -> Vec<&str> {
    const WITHIN: [&str; 10] = [
        " SỞ ",
        " CÔNG AN ",
        " VĂN PHÒNG ",
        " CHI CỤC ",
        " CỤC ",
        " BAN QUẢN LÝ ",
        " BAN TUYÊN GIÁO",
        " TRUNG TÂM ",
        " PHÒNG ",
        " BAN TỔ CHỨC",
    ];
    // 'VĂN PHÒNG' holds 'PHÒNG': the first place counts.
    let place = WITHIN.iter().filter_map(|word| line.find(word)).min();
    match place.filter(|_| is_capitals(line)) {
        Some(place) => vec![&line[..place], line[place..].trim_start()],
        None => vec![line],
    }
}

/// 'V/v …' below the number of a letter.
fn subject(left: &[String]) -> Option<String> {
    let from = left.iter().position(|line| {
        ["V/v", "V/V", "v/v", "Về việc"]
            .iter()
            .any(|words| line.contains(words))
    })?;
    let first = &left[from];
    let begins = first.find("V/").or_else(|| first.find("v/v")).unwrap_or(0);
    let mut subject = first[begins..].to_owned();
    for line in left[from + 1..].iter().filter(|line| !is_line(line)) {
        if line.starts_with("Kính gửi") {
            break;
        }
        subject = format!("{subject} {line}");
    }
    let plain = subject
        .trim_start_matches(['V', 'v', '/'])
        .trim_start_matches([':', ' ']);
    (!plain.is_empty()).then(|| plain.to_owned())
}
