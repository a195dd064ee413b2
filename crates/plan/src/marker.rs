//! What stands before a clause: `I.`, `1.`, `2.1.`, `a)`, `Điều 1.`, `-` …

use std::sync::LazyLock;

use regex::Regex;

/// A marker and the level it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker {
    /// Which sort of counting.
    pub sort: Sort,
    /// As printed, without its punctuation.
    pub text: String,
}

/// Sorts of counting. Which is deeper is the document's to say, not ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Phụ lục I
    Annex,
    /// Phần I, Phần thứ nhất
    Part,
    /// Chương I
    Chapter,
    /// Mục 1
    Section,
    /// Điều 1
    Article,
    /// A.
    Letter,
    /// I.
    Roman,
    /// 1.
    Number,
    /// 1.1. or 1.1.1., by how many numbers there are.
    Dotted(usize),
    /// 1)
    NumberParen,
    /// (1)
    NumberBracket,
    /// a)
    Point,
    /// a.
    PointDot,
    /// (a)
    PointBracket,
    /// ii), (ii)
    LowerRoman,
    /// 1.1.a, by how many numbers stand before the letter.
    Mixed(usize),
    /// -, +, *, •
    Bullet(char),
}

/// What sort a printed marker is.
type SortOf = fn(&str) -> Sort;

/// The forms of counting, the more telling first. The second group is what parts marker and text.
static FORMS: LazyLock<Vec<(Regex, SortOf)>> = LazyLock::new(|| {
    let form = |pattern: &str| Regex::new(pattern).expect("a pattern of ours");
    let rules: [(&str, SortOf); 17] = [
        (
            r"^((?:Phần|PHẦN) (?:(?:thứ|THỨ) )?(?:[IVX]+|\d+|[A-E]|nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười|NHẤT|HAI|BA|TƯ|BỐN|NĂM|SÁU|BẢY|TÁM|CHÍN|MƯỜI))([.:]\s*|\s+|$)",
            |_| Sort::Part,
        ),
        (
            r"^((?:Chương|CHƯƠNG) (?:[IVXLC]+|\d+))([.:]\s*|\s+|$)",
            |_| Sort::Chapter,
        ),
        (
            r"^((?:Mục|MỤC|Tiểu mục) (?:[IVXLC]+|\d+))([.:]\s*|\s+|$)",
            |_| Sort::Section,
        ),
        (r"^((?:Điều|ĐIỀU) \d+[a-z]?)([.:]\s*|\s+|$)", |_| {
            Sort::Article
        }),
        (
            r"^([IVXL]{1,6}|C[IVXLC]{1,7})(\s?[.)]\s*|\s?[-–:/]\s+)",
            |_| Sort::Roman,
        ),
        (r"^([A-HĐ])(\.\s*)", |_| Sort::Letter),
        (r"^(\d{1,2}(?:\.\d{1,2})+)([.)]\s*|[:/-]?\s+|$)", |text| {
            Sort::Dotted(text.split('.').count())
        }),
        (r"^(\d{1,2}(?:\.\d{1,2})*\.[a-zđ])([.)]\s*|\s+)", |text| {
            Sort::Mixed(text.split('.').count() - 1)
        }),
        (r"^(\d{1,3})(\.\s*|[/-]\s+|:\s+|$)", |_| Sort::Number),
        (r"^\((\d{1,2})\)(\.?\s*)", |_| Sort::NumberBracket),
        (r"^(\d{1,2})(\)\.?\s*)", |_| Sort::NumberParen),
        (r"^\(?([ivx]{2,5})(\)\s*)", |_| Sort::LowerRoman),
        (r"^([a-zđ])(\)\s*)", |_| Sort::Point),
        (r"^([a-zđ]{2}|[a-zđ]\d)(\)\s+)", |_| Sort::Point),
        (r"^\(([a-zđ])(\)\s*)", |_| Sort::PointBracket),
        (r"^([a-zđ])(\.\s*|/\s+)", |_| Sort::PointDot),
        (
            r"^((?:Phụ lục|PHỤ LỤC)(?: (?:số |SỐ )?(?:[IVXLC]+|\d+[a-z]?|[A-Z]))?)([.:]\s*|$)",
            |_| Sort::Annex,
        ),
    ];
    rules
        .into_iter()
        .map(|(pattern, sort)| (form(pattern), sort))
        .collect()
});

/// The marker at the start of a paragraph, and what stands behind it.
pub fn read(text: &str) -> Option<(Marker, &str)> {
    let first = text.chars().next()?;
    if let Some(plain) = bullet(first) {
        let rest = &text[first.len_utf8()..];
        let marker = Marker {
            sort: Sort::Bullet(plain),
            text: plain.to_string(),
        };
        return begins(rest, false).then(|| (marker, rest.trim_start()));
    }
    // A word processor's second bullet is a letter of Courier.
    if let Some(rest) = text.strip_prefix("o ").map(str::trim_start)
        && rest.starts_with(char::is_uppercase)
    {
        let text = "o".to_owned();
        let sort = Sort::Bullet('o');
        return Some((Marker { sort, text }, rest));
    }
    if !(first.is_alphanumeric() || first == '(') {
        return None;
    }
    FORMS.iter().find_map(|(form, sort)| {
        let found = form.captures(text)?;
        let printed = found[1].to_owned();
        let sort = sort(&printed);
        let parted = found[2].ends_with(char::is_whitespace);
        let rest = &text[found.get(0)?.end()..];
        let fits = match sort {
            // 'Điều 7 Nghị định số …' and 'Mục II Kế hoạch này' cite a clause, they do not begin one.
            Sort::Part | Sort::Chapter | Sort::Section | Sort::Article | Sort::Annex => {
                !found[2].trim().is_empty() || rest.is_empty() || is_title(rest)
            }
            // '12:', '5 -' and '3/ ' before a number are times, ranges and dates.
            Sort::Number | Sort::Roman if !found[2].contains(['.', ')']) => {
                rest.starts_with(char::is_alphabetic)
            }
            // '3.5 triệu' is an amount.
            Sort::Dotted(_) if !found[2].contains(['.', ')']) => begins(rest, false),
            _ => parted || rest.is_empty() || begins(rest, true),
        };
        fits.then(|| {
            let marker = Marker {
                sort,
                text: printed,
            };
            (marker, rest.trim_start())
        })
    })
}

/// The plain form of a sign that points.
fn bullet(sign: char) -> Option<char> {
    match sign {
        '-' | '–' | '—' | '−' | '‐' | '‑' | '\u{f02d}' => Some('-'),
        '+' => Some('+'),
        '*' => Some('*'),
        '•' | '●' | '▪' | '■' | '·' | '◦' | '○' | '❖' | '➢' | '✓' | '\u{f0b7}' | '\u{f0a7}'
        | '\u{f0d8}' | '\u{f0fc}' | '\u{f076}' => Some('•'),
        _ => None,
    }
}

/// Whether text begins behind a marker: parted by a blank, or sloppily in capitals right behind it.
fn begins(rest: &str, empty: bool) -> bool {
    match rest.chars().next() {
        None => empty,
        Some(letter) => {
            letter.is_whitespace() || letter.is_uppercase() || matches!(letter, '“' | '"')
        }
    }
}

/// In capitals: what stands behind 'Phần I' without a point.
fn is_title(rest: &str) -> bool {
    rest.chars().any(char::is_alphabetic) && !rest.chars().any(char::is_lowercase)
}

impl Marker {
    /// Whether it counts, instead of only pointing.
    pub fn counts(&self) -> bool {
        !matches!(self.sort, Sort::Bullet(_))
    }

    /// Its place in the counting: `IV` is 4, `2.3` is 3, `c` is 3.
    pub fn value(&self) -> Option<u32> {
        let last = self.text.rsplit(['.', ' ']).next()?;
        match self.sort {
            Sort::Bullet(_) => None,
            Sort::Roman => roman(last),
            Sort::LowerRoman => roman(&last.to_uppercase()),
            Sort::Point | Sort::PointDot | Sort::PointBracket | Sort::Mixed(_) => letter(last),
            Sort::Letter => letter(&last.to_lowercase()),
            _ => last.parse().ok().or_else(|| roman(last)),
        }
    }

    /// Akoma Ntoso's word for a clause of this sort.
    pub fn element(&self) -> &'static str {
        match self.sort {
            Sort::Annex => "att",
            Sort::Part | Sort::Roman => "part",
            Sort::Chapter => "chp",
            Sort::Article => "art",
            Sort::Letter => "title",
            Sort::Section | Sort::Number => "sec",
            Sort::Dotted(_) | Sort::Mixed(_) => "subsec",
            Sort::NumberParen | Sort::NumberBracket => "para",
            Sort::Point | Sort::PointDot | Sort::PointBracket | Sort::LowerRoman => "subpara",
            Sort::Bullet(_) => "point",
        }
    }
}

/// The letters that count: Vietnamese documents have đ behind d.
fn letter(text: &str) -> Option<u32> {
    let mut letters = text.chars();
    let first = letters.next().filter(|_| letters.next().is_none())?;
    let place = "abcdđeghiklmnopqrstuvxy"
        .chars()
        .position(|known| known == first)?;
    u32::try_from(place + 1).ok()
}

fn roman(text: &str) -> Option<u32> {
    let value = |letter| match letter {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        'C' => Some(100),
        _ => None,
    };
    let values: Vec<u32> = text.chars().map(value).collect::<Option<_>>()?;
    let mut sum = 0;
    for (place, value) in values.iter().enumerate() {
        let smaller = values.get(place + 1).is_some_and(|next| value < next);
        sum = if smaller {
            sum - i64::from(*value)
        } else {
            sum + i64::from(*value)
        };
    }
    u32::try_from(sum).ok().filter(|sum| *sum > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sort(text: &str) -> Option<Sort> {
        read(text).map(|(marker, _)| marker.sort)
    }

    #[test]
    fn markers_are_told_from_text() {
        for (text, expected) in [
            ("I. MỤC ĐÍCH", Sort::Roman),
            ("I/ MỤC ĐÍCH", Sort::Roman),
            ("II - NỘI DUNG", Sort::Roman),
            ("A. PHẦN CHUNG", Sort::Letter),
            ("C. PHẦN CUỐI", Sort::Letter),
            ("1. Mục đích", Sort::Number),
            ("1.Mục đích", Sort::Number),
            ("1/ Mục đích", Sort::Number),
            ("2.1. Chương trình", Sort::Dotted(2)),
            ("2.1 Chương trình", Sort::Dotted(2)),
            ("2.1.3. Chương trình", Sort::Dotted(3)),
            ("1.1.a) Việc", Sort::Mixed(2)),
            ("(1). Việc", Sort::NumberBracket),
            ("1) Việc", Sort::NumberParen),
            ("a) Việc", Sort::Point),
            ("đ) Việc", Sort::Point),
            ("a. Việc", Sort::PointDot),
            ("iii) Việc", Sort::LowerRoman),
            ("Điều 1. Ban hành", Sort::Article),
            ("Điều 2: Ban hành", Sort::Article),
            ("ĐIỀU 3. BAN HÀNH", Sort::Article),
            ("Phần thứ nhất", Sort::Part),
            ("PHẦN II QUY ĐỊNH CHUNG", Sort::Part),
            ("Chương I", Sort::Chapter),
            ("Mục 2. NHIỆM VỤ", Sort::Section),
            ("PHỤ LỤC I", Sort::Annex),
            ("Phụ lục số 2:", Sort::Annex),
            ("- Tăng cường", Sort::Bullet('-')),
            ("-Tăng cường", Sort::Bullet('-')),
            ("– Tăng cường", Sort::Bullet('-')),
            ("+ Tăng cường", Sort::Bullet('+')),
            ("• Tăng cường", Sort::Bullet('•')),
        ] {
            assert_eq!(sort(text), Some(expected), "{text}");
        }
        for text in [
            "17/3/2019 của Chính phủ",
            "2021 - 2030",
            "-5 độ",
            "3 - 5 năm",
            "7: 30 sáng",
            "5/ 9/2024",
            "Phần mềm quản lý",
            "Phần lớn các xã",
            "Điều 7 Nghị định số 26",
            "Mục II Kế hoạch này",
            "Phụ lục I ban hành kèm theo",
            "V/v tăng cường",
            "a/c công an",
            "1.500.000 đồng",
            "I",
            "(nếu có)",
            "--- hết ---",
        ] {
            assert_eq!(sort(text), None, "{text}");
        }
    }

    #[test]
    fn markers_have_a_place_in_the_counting() {
        let value = |text| read(text).and_then(|(marker, _)| marker.value());
        for (text, place) in [
            ("IV. A", 4),
            ("XIX. A", 19),
            ("12. A", 12),
            ("2.3. A", 3),
            ("đ) A", 5),
            ("iii) A", 3),
            ("B. A", 2),
            ("Điều 12. A", 12),
            ("Chương IV", 4),
            ("1.1.b) A", 2),
        ] {
            assert_eq!(value(text), Some(place), "{text}");
        }
        assert_eq!(value("- A"), None);
    }
}
