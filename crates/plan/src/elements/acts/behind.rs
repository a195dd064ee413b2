//! What stands behind a number: date, issuer, title, in any order that is in use.

use std::sync::LazyLock;

use regex::Regex;

use super::super::dates::{self, When};
use super::super::text::{Text, pattern};
use super::super::units;
use super::title;

/// What is said of an act behind its number.
#[derive(Debug, Default)]
pub struct Behind {
    /// When it was issued.
    pub date: Option<When>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// What it is about.
    pub title: Option<String>,
    /// Where date and issuer end.
    pub end: usize,
    /// Where the title begins.
    pub title_start: usize,
    /// Where the title ends.
    pub title_end: usize,
}

static DAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^\s*,?\s*(?:được )?(?:ban hành |ký ban hành |ký |thông qua )?ngày\s*")
});
/// The day is left blank, the year is not.
static BLANK: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[\s.…_/]*(?:tháng[\s.…_/]*)?(?:năm )?(?P<year>\d{4})\b"));
static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*,?\s*(?:tháng|năm) \d"));
static OF: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*,?\s*(?:của|do) "));
static CONGRESS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^\s*,?\s*(?:của |tại )?hội nghị (?:lần thứ [^ ,;.]+(?: [^ ,;.]+)?|trung ương(?: lần thứ)? [^ ,;.]+),?",
        r"(?: của)? (?:ban chấp hành trung ương|bch trung ương|bch tw)(?: đảng)?",
    ))
});
static SKIPPED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^\s*,?\s*(?:\((?:khóa|sau đây|gọi tắt|viết tắt|được|đã|có hiệu lực|sửa đổi)[^()]{0,160}\)",
        r"|khóa [ivxl]+\b|ban hành kèm theo\b)",
    ))
});

/// Reads what stands behind a place in a paragraph. `joint` says that several bodies issued it.
pub fn read(text: Text<'_>, from: usize, joint: bool) -> Behind {
    let mut behind = Behind {
        end: from,
        ..Behind::default()
    };
    // Each of them stands once; what is skipped may stand twice.
    for _ in 0..6 {
        if !step(text, &mut behind, joint) {
            break;
        }
    }
    let rest = text.from(behind.end);
    let told = behind.date.is_some() || behind.issuer.is_some();
    behind.title_end = behind.end;
    if let Some((title, start, end)) = title::read(rest, told) {
        behind.title = Some(title);
        behind.title_start = behind.end + start;
        behind.title_end = behind.end + end;
    }
    behind
}

fn step(text: Text<'_>, behind: &mut Behind, joint: bool) -> bool {
    let rest = text.from(behind.end);
    if behind.date.is_none()
        && let Some(found) = DAY.find(rest.fold)
    {
        let digits = rest.from(found.end());
        if let Some((when, length)) =
            dates::here(digits.fold).filter(|(when, _)| when.day.is_some())
        {
            behind.date = Some(when);
            behind.end += found.end() + length;
            return true;
        }
        if let Some(blank) = BLANK.captures(digits.fold) {
            behind.date = Some(When {
                year: blank["year"].parse().ok(),
                ..When::default()
            });
            behind.end += found.end() + blank[0].len();
            return true;
        }
    }
    if behind.date.is_none() && YEAR.is_match(rest.fold) {
        let digits = rest.from(rest.raw.len() - rest.raw.trim_start_matches([' ', ',']).len());
        if let Some((when, length)) =
            dates::here(digits.fold).filter(|(when, _)| when.year.is_some())
        {
            behind.date = Some(when);
            behind.end += rest.len() - digits.len() + length;
            return true;
        }
    }
    if behind.issuer.is_none() {
        if let Some(found) = CONGRESS.find(rest.fold) {
            behind.issuer = Some("Ban Chấp hành Trung ương Đảng".to_owned());
            behind.end += found.end();
            return true;
        }
        if let Some(found) = OF.find(rest.fold)
            && let Some((name, length)) = issuer(rest.from(found.end()), joint)
        {
            behind.issuer = Some(name);
            behind.end += found.end() + length;
            return true;
        }
    }
    if let Some(found) = SKIPPED.find(rest.fold) {
        behind.end += found.end();
        return true;
    }
    false
}

fn issuer(text: Text<'_>, joint: bool) -> Option<(String, usize)> {
    if joint {
        let end = units::list(text)?.end;
        return Some((text.to(end).raw.to_owned(), end));
    }
    units::one(text)
}
