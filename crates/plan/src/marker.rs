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
    /// 1.1.a
    Mixed,
    /// -, +, *, •
    Bullet(char),
}

static FORMS: LazyLock<Vec<(Regex, fn(&str) -> Sort)>> = LazyLock::new(|| {
    let form = |pattern: &str| Regex::new(pattern).expect("a pattern of ours");
    let rules: [(&str, fn(&str) -> Sort); 13] = [
        (r"^(Phần (?:thứ )?[\p{L}\d]+)[.:]?\s+()", |_| Sort::Part),
        (r"^(Chương [IVXLC\d]+)[.:]?(?:\s+|$)()", |_| Sort::Chapter),
        (r"^(Mục [IVXLC\d]+)[.:]?(?:\s+|$)()", |_| Sort::Section),
        (r"^(Điều \d+)[.:](?:\s+|$)()", |_| Sort::Article),
        (r"^([IVXL]{1,6}|C[IVXLC]{1,7})[.)](?:\s+|$)()", |_| {
            Sort::Roman
        }),
        (r"^([A-HĐ])\.\s+()", |_| Sort::Letter),
        (r"^(\d{1,2}(?:\.\d{1,2})+)\.?\s+()", |text| {
            Sort::Dotted(text.split('.').count())
        }),
        (r"^(\d{1,2}(?:\.\d{1,2})*\.[a-zđ])[.)]?\s+()", |_| {
            Sort::Mixed
        }),
        (r"^(\d{1,3})\.(?:\s+|$)()", |_| Sort::Number),
        (r"^\((\d{1,2})\)\.?\s+()", |_| Sort::NumberBracket),
        (r"^(\d{1,2})\)\s+()", |_| Sort::NumberParen),
        (r"^([a-zđ]{1,2})\)\s+()", |_| Sort::Point),
        (r"^([a-zđ])\.\s+()", |_| Sort::PointDot),
    ];
    rules
        .into_iter()
        .map(|(pattern, sort)| (form(pattern), sort))
        .collect()
});

/// The marker at the start of a paragraph, and what stands behind it.
pub fn read(text: &str) -> Option<(Marker, &str)> {
    let first = text.chars().next()?;
    if matches!(first, '-' | '–' | '+' | '*' | '•' | '▪' | '\u{f0b7}') {
        let rest = &text[first.len_utf8()..];
        let plain = if first == '–' { '-' } else { first };
        let marker = Marker {
            sort: Sort::Bullet(plain),
            text: plain.to_string(),
        };
        return rest
            .starts_with(char::is_whitespace)
            .then(|| (marker, rest.trim_start()));
    }
    FORMS.iter().find_map(|(form, sort)| {
        let found = form.captures(text)?;
        let printed = found[1].to_owned();
        let rest = &text[found.get(0)?.end()..];
        Some((
            Marker {
                sort: sort(&printed),
                text: printed,
            },
            rest.trim_start(),
        ))
    })
}

impl Marker {
    /// Whether it counts, instead of only pointing.
    pub fn counts(&self) -> bool {
        !matches!(self.sort, Sort::Bullet(_))
    }

    /// Akoma Ntoso's word for a clause of this sort.
    pub fn element(&self) -> &'static str {
        match self.sort {
            Sort::Part | Sort::Roman => "part",
            Sort::Chapter => "chp",
            Sort::Article => "art",
            Sort::Letter => "title",
            Sort::Section | Sort::Number => "sec",
            Sort::Dotted(_) | Sort::Mixed => "subsec",
            Sort::NumberParen | Sort::NumberBracket => "para",
            Sort::Point | Sort::PointDot => "subpara",
            Sort::Bullet(_) => "point",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sort(text: &str) -> Option<Sort> {
        read(text).map(|(marker, _)| marker.sort)
    }

    #[test]
    fn markers_are_told_from_text() {
        assert_eq!(sort("I. MỤC ĐÍCH"), Some(Sort::Roman));
        assert_eq!(sort("1. Mục đích"), Some(Sort::Number));
        assert_eq!(sort("2.1. Chương trình"), Some(Sort::Dotted(2)));
        assert_eq!(sort("1.1.a) Việc"), Some(Sort::Mixed));
        assert_eq!(sort("a) Việc"), Some(Sort::Point));
        assert_eq!(sort("Điều 1. Ban hành"), Some(Sort::Article));
        assert_eq!(sort("- Tăng cường"), Some(Sort::Bullet('-')));
        assert_eq!(sort("17/3/2019 của Chính phủ"), None);
        assert_eq!(sort("2021 - 2030"), None);
        assert_eq!(sort("-5 độ"), None);
    }
}
