//! The blanks of a line: those that part two columns stay wide, all others become one.

/// What parts columns: the contract asks for three blanks at least.
const BETWEEN: &str = "      ";

/// A line with its blanks set right and its invisible characters gone.
///
/// Letterheads and signatures are often set in two columns with tabs or typed blanks. There the
/// gap tells where one column ends; anywhere else it is the typist's and tells nothing.
pub fn tidy(line: &str) -> String {
    let mut parts: Vec<Part> = vec![Part::default()];
    let (mut tabs, mut blanks) = (0, 0);
    for letter in line.chars() {
        match letter {
            '\t' => tabs += 1,
            // Soft hyphens, joiners, marks of direction and of byte order.
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            '\u{2011}' => add(&mut parts, '-', &mut tabs, &mut blanks),
            blank if blank.is_whitespace() => blanks += 1,
            letter => add(&mut parts, letter, &mut tabs, &mut blanks),
        }
    }
    let mut text = String::with_capacity(line.len());
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            let before = parts[place - 1].text.as_str();
            text.push_str(if parted(before, &part.text, part.tabs) {
                BETWEEN
            } else {
                " "
            });
        }
        text.push_str(&part.text);
    }
    text
}

/// What stands between two wide gaps.
#[derive(Default)]
struct Part {
    text: String,
    /// Tabs before it.
    tabs: usize,
}

fn add(parts: &mut Vec<Part>, letter: char, tabs: &mut usize, blanks: &mut usize) {
    let begun = parts.last().is_some_and(|part| !part.text.is_empty());
    if begun && (*tabs > 0 || *blanks >= 3) {
        parts.push(Part {
            text: letter.into(),
            tabs: *tabs,
        });
    } else if let Some(part) = parts.last_mut() {
        if begun && *blanks > 0 {
            part.text.push(' ');
        }
        part.text.push(letter);
    }
    (*tabs, *blanks) = (0, 0);
}

/// Whether what stands left and right of a gap are two columns.
fn parted(left: &str, right: &str, tabs: usize) -> bool {
    let item = left.starts_with('-') && left.ends_with([';', '.', ',']);
    if is_motto(left) || is_motto(right) || left.starts_with("Nơi nhận") {
        true
    } else if left.starts_with("Số") {
        right.contains("ngày") || right.contains("tháng")
    } else if is_rule(left) && is_rule(right) {
        true
    } else if is_capitals(right) {
        item || (is_capitals(left) && !is_numbered(left))
    } else if item && (is_name(right) || right.starts_with('(')) {
        true
    } else {
        // Two tabs in the middle are meant to reach a column, unless a blank in a date is left.
        let short = left.chars().count() <= 6 && left.ends_with(['.', ')', '-', '+', '•', '*']);
        let date = right.starts_with("tháng") || right.starts_with("năm") || right.starts_with('/');
        tabs >= 2 && !short && !date
    }
}

fn is_motto(text: &str) -> bool {
    ["CỘNG H", "Độc lập", "ĐẢNG CỘNG SẢN"]
        .iter()
        .any(|motto| text.starts_with(motto))
}

fn is_rule(text: &str) -> bool {
    text.chars().count() >= 3 && text.chars().all(|letter| matches!(letter, '-' | '_' | '*'))
}

fn is_capitals(text: &str) -> bool {
    let letters = || text.chars().filter(|letter| letter.is_alphabetic());
    letters().count() >= 4 && !letters().any(char::is_lowercase)
}

/// 'PHẦN I' before its title, say.
fn is_numbered(text: &str) -> bool {
    ["PHẦN", "CHƯƠNG", "MỤC", "ĐIỀU", "PHỤ LỤC"]
        .iter()
        .any(|word| text.starts_with(word))
}

/// 'Nguyễn Văn A'
fn is_name(text: &str) -> bool {
    let words = text.split_whitespace();
    (2..=5).contains(&words.clone().count())
        && words
            .clone()
            .all(|word| word.chars().next().is_some_and(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stay_apart() {
        for (line, told) in [
            (
                "UBND TỈNH HÀ NAM\tCỘNG HÒA XÃ HỘI",
                "UBND TỈNH HÀ NAM|CỘNG HÒA XÃ HỘI",
            ),
            ("SỞ NỘI VỤ     Độc lập - Tự do", "SỞ NỘI VỤ|Độc lập - Tự do"),
            (
                "Số: 12/KH-UBND\tHà Nam, ngày 5 tháng 2 năm 2026",
                "Số: 12/KH-UBND|Hà Nam, ngày 5 tháng 2 năm 2026",
            ),
            (
                "Nơi nhận:\tTM. ỦY BAN NHÂN DÂN",
                "Nơi nhận:|TM. ỦY BAN NHÂN DÂN",
            ),
            ("- Như trên;\tKT. CHỦ TỊCH", "- Như trên;|KT. CHỦ TỊCH"),
            ("- Lưu: VT.\t Nguyễn Văn A", "- Lưu: VT.|Nguyễn Văn A"),
            ("-------\t---------------", "-------|---------------"),
            ("Người lập\t\t\tTrưởng phòng", "Người lập|Trưởng phòng"),
        ] {
            assert_eq!(tidy(line), told.replace('|', BETWEEN), "{line}");
        }
    }

    #[test]
    fn other_gaps_are_one_blank() {
        for (line, told) in [
            ("1.\tMục đích", "1. Mục đích"),
            ("I.\tMỤC ĐÍCH, YÊU CẦU", "I. MỤC ĐÍCH, YÊU CẦU"),
            ("PHẦN I\tMỤC TIÊU", "PHẦN I MỤC TIÊU"),
            ("-\t\tNâng cao  nhận thức", "- Nâng cao nhận thức"),
            (
                "Hà Nam, ngày     tháng     năm 2026",
                "Hà Nam, ngày tháng năm 2026",
            ),
            ("Số:       /KH-UBND", "Số: /KH-UBND"),
            ("\t\tGIÁM ĐỐC\t", "GIÁM ĐỐC"),
            ("kinh\u{ad}phí A\u{2011}B\u{200b}", "kinhphí A-B"),
            ("  ", ""),
        ] {
            assert_eq!(tidy(line), told, "{line:?}");
        }
    }
}
