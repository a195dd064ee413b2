//! The head: letterhead, kind and title.

use std::sync::LazyLock;

use regex::Regex;

use crate::letterhead;
use crate::marker;
use crate::model::{Reading, Warning};
use crate::paragraphs::{Paragraph, is_capitals, is_line};
use crate::source::table;

/// What stands before the body.
#[derive(Debug, Default)]
pub struct Head {
    /// KẾ HOẠCH …
    pub kind: Option<String>,
    /// What it is about.
    pub title: String,
    /// From the letterhead.
    pub issuer: Option<String>,
    /// The body above the issuer.
    pub parent: Option<String>,
    /// With its notation.
    pub number: Option<String>,
    /// The notation alone.
    pub notation: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// When, as far as printed.
    pub date: Option<String>,
}

/// Kinds of documents that bear their kind as a heading (decree 30/2020/NĐ-CP, article 7).
const KINDS: [&str; 24] = [
    "QUYẾT ĐỊNH",
    "KẾ HOẠCH",
    "CHỈ THỊ",
    "THÔNG BÁO",
    "BÁO CÁO",
    "CHƯƠNG TRÌNH",
    "ĐỀ ÁN",
    "HƯỚNG DẪN",
    "NGHỊ QUYẾT",
    "KẾT LUẬN",
    "TỜ TRÌNH",
    "QUY CHẾ",
    "QUY ĐỊNH",
    "PHƯƠNG ÁN",
    "DỰ ÁN",
    "CÔNG ĐIỆN",
    "BIÊN BẢN",
    "THÔNG CÁO",
    "THÔNG TƯ",
    "NGHỊ ĐỊNH",
    "CHƯƠNG TRÌNH HÀNH ĐỘNG",
    "KỊCH BẢN",
    "CHIẾN LƯỢC",
    "ĐIỀU LỆ",
];

/// How far a head reaches, in paragraphs.
const HEAD: usize = 60;

/// Reads the head; answers it and the paragraphs behind it.
pub fn read<'a>(
    paragraphs: &'a [Paragraph],
    warnings: &mut Vec<Warning>,
) -> (Head, &'a [Paragraph]) {
    let mut head = Head::default();
    let Some((begin, behind, kind, same_line)) = kind_at(paragraphs) else {
        return letter(paragraphs, head, warnings);
    };
    letterhead::read(&paragraphs[..begin], &mut head, warnings);
    let (title, rest) = title(paragraphs, behind, &kind);
    head.title = [same_line, title]
        .iter()
        .filter(|part| !part.is_empty())
        .cloned()
        .collect::<Vec<_>>()
        .join(" ");
    head.kind = Some(kind);
    (head, &paragraphs[rest..])
}

/// The kind that a paragraph names and nothing else.
pub fn kind_of(text: &str) -> Option<&'static str> {
    let close: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    KINDS.into_iter().find(|kind| {
        kind.chars()
            .filter(|c| !c.is_whitespace())
            .eq(close.chars())
    })
}

/// The title behind a kind, and where the body begins.
pub fn title(paragraphs: &[Paragraph], from: usize, kind: &str) -> (String, usize) {
    let mut title: Vec<&str> = Vec::new();
    let mut rest = from;
    while let Some(paragraph) = paragraphs.get(rest) {
        let text = paragraph.text.as_str();
        if is_line(text) {
            rest += 1;
            continue;
        }
        if marker::read(text).is_some()
            || table::is_row(text)
            || begins_body(text, kind, title.is_empty())
        {
            break;
        }
        if let Some(last) = title.last() {
            let before = &paragraphs[rest - 1];
            let (strong, capitals) = (paragraph.strong, is_capitals(text));
            let dressed = strong && before.strong || capitals && is_capitals(last);
            let undressed = before.strong && !strong || is_capitals(last) && !capitals;
            let wrapped = !paragraph.apart && !undressed;
            if !(dressed || wrapped) || last.ends_with(['.', ':', ')']) {
                break;
            }
        }
        title.push(text);
        rest += 1;
    }
    (title.join(" "), rest)
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
        .take(3)
        .find_map(|clause| ISSUES.captures(&clause.text))?;
    let name = found[1].trim().to_owned();
    let local = name.starts_with("Sở ") && !name.contains("tỉnh") && !name.contains("thành phố");
    match REGION.captures(title) {
        Some(region) if local => Some(format!("{name} {}", &region[1])),
        _ => Some(name),
    }
}

/// Where the kind stands and what stands behind it, which it is, and what of the title stands on
/// its line.
fn kind_at(paragraphs: &[Paragraph]) -> Option<(usize, usize, String, String)> {
    let head = paragraphs.iter().take(HEAD);
    let end = head
        .take_while(|paragraph| !begins_clauses(&paragraph.text))
        .count();
    let alone = (0..end).find_map(|place| {
        let text = paragraphs[place].text.as_str();
        // A narrow page breaks even 'QUYẾT / ĐỊNH'.
        let next = paragraphs
            .get(place + 1)
            .map_or("", |next| next.text.as_str());
        let broken = || kind_of(&format!("{text}{next}")).map(|kind| (kind, 2));
        let (kind, lines) = kind_of(text).map(|kind| (kind, 1)).or_else(broken)?;
        Some((place, place + lines, kind.to_owned(), String::new()))
    });
    alone.or_else(|| {
        (0..end).find_map(|place| {
            let text = paragraphs[place].text.as_str();
            let begins = |kind: &&str| {
                let rest = text.strip_prefix(kind).unwrap_or("VÀ");
                rest.starts_with([' ', ':']) && !rest.starts_with(" VÀ ")
            };
            let longest = KINDS
                .into_iter()
                .filter(begins)
                .max_by_key(|kind| kind.len())?;
            let rest = text[longest.len()..].trim_start_matches([':', ' ']);
            Some((place, place + 1, longest.to_owned(), rest.to_owned()))
        })
    })
}

/// The body has begun: no kind stands below its first counted clause.
fn begins_clauses(text: &str) -> bool {
    marker::read(text).is_some_and(|(marker, _)| marker.counts())
}

/// An official letter bears no kind: it has 'V/v …' and 'Kính gửi: …'.
fn letter<'a>(
    paragraphs: &'a [Paragraph],
    mut head: Head,
    warnings: &mut Vec<Warning>,
) -> (Head, &'a [Paragraph]) {
    let greets = |paragraph: &Paragraph| {
        paragraph
            .raw
            .iter()
            .any(|line| line.text.contains("Kính gửi"))
    };
    let Some(begin) = paragraphs.iter().take(HEAD).position(greets) else {
        return (head, paragraphs);
    };
    let subject = letterhead::read(&paragraphs[..begin], &mut head, warnings);
    if head.notation.is_some() || subject.is_some() {
        head.kind = Some("CÔNG VĂN".to_owned());
        head.title = subject.unwrap_or_default();
        return (head, &paragraphs[begin..]);
    }
    (head, paragraphs)
}

/// With these words a body begins, and no title. The first words behind the kind are the title,
/// even if they read 'Thực hiện Chương trình …'.
fn begins_body(text: &str, kind: &str, first: bool) -> bool {
    const GROUNDS: [&str; 8] = [
        "Căn cứ ",
        "Kính gửi",
        "Theo đề nghị",
        "Xét đề nghị",
        "(Kèm theo",
        "(Ban hành",
        "(kèm theo",
        "(Phê duyệt",
    ];
    const WORDS: [&str; 9] = [
        "Thực hiện ",
        "Để ",
        "Nhằm ",
        "Thi hành ",
        "Triển khai ",
        "Trong những năm",
        "Tiếp tục ",
        "Ngày ",
        "Trên cơ sở",
    ];
    const AUTHORITIES: [&str; 14] = [
        "CHỦ TỊCH",
        "ỦY BAN NHÂN DÂN",
        "UỶ BAN NHÂN DÂN",
        "GIÁM ĐỐC",
        "BỘ TRƯỞNG",
        "THỦ TƯỚNG",
        "HỘI ĐỒNG",
        "BAN THƯỜNG VỤ",
        "BAN CHẤP HÀNH",
        "CỤC TRƯỞNG",
        "CHÍNH PHỦ",
        "TRƯỞNG BAN",
        "TỔNG CỤC TRƯỞNG",
        "BAN BÍ THƯ",
    ];
    let decides = [
        "QUYẾT ĐỊNH",
        "NGHỊ QUYẾT",
        "CHỈ THỊ",
        "NGHỊ ĐỊNH",
        "THÔNG TƯ",
    ]
    .contains(&kind);
    let begins = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
    text.chars().count() > 400
        || text.ends_with("như sau:")
        || begins(&GROUNDS)
        || !first && begins(&WORDS)
        || decides && begins(&AUTHORITIES)
}
