//! Tables as lines of text: a row a line, cells between bars, as Markdown writes them.

/// The rows of a table as lines: `| 1 | Tuyên truyền trên loa | UBND cấp xã |`.
///
/// A cell's paragraphs are parted by ` <br> `. A cell merged downwards stands in each of its rows
/// again, one merged sideways stands in the first of its columns and leaves the others empty.
pub fn lines(rows: &[Vec<impl AsRef<str>>]) -> Vec<String> {
    rows.iter()
        .map(|cells| {
            let mut line = String::from("|");
            for cell in cells {
                line.push(' ');
                line.push_str(&cell.as_ref().trim().replace('|', "\\|"));
                line.push_str(" |");
            }
            line
        })
        .collect()
}

/// The cells of a row; none for a line of running text, and none for Markdown's `|---|---|`.
pub fn cells(line: &str) -> Option<Vec<String>> {
    let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for letter in inner.chars() {
        match letter {
            '\\' if !escaped => escaped = true,
            '|' if !escaped => cells.push(String::new()),
            letter => {
                if escaped && letter != '|' {
                    cells.last_mut()?.push('\\');
                }
                escaped = false;
                cells.last_mut()?.push(letter);
            }
        }
    }
    let cells: Vec<String> = cells.iter().map(|cell| cell.trim().to_owned()).collect();
    let rule = |cell: &String| cell.len() >= 3 && cell.chars().all(|c| matches!(c, '-' | ':'));
    (!cells.iter().all(rule)).then_some(cells)
}

/// Whether a line is a row, or the rule below the head.
pub fn is_row(line: &str) -> bool {
    let line = line.trim();
    line.len() > 2 && line.starts_with('|') && line.ends_with('|')
}

/// Whether a line is the rule below the head of a Markdown table.
pub fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('|')
        && line.contains("---")
        && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// The paragraphs of a cell.
pub fn paragraphs(cell: &str) -> impl Iterator<Item = &str> {
    cell.split("<br>")
        .map(str::trim)
        .filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_as_they_went() {
        let rows = vec![
            vec!["TT".to_owned(), "Nhiệm vụ".to_owned(), String::new()],
            vec!["1".to_owned(), "a | b <br> c".to_owned(), "x\\y".to_owned()],
        ];
        let lines = lines(&rows);
        assert_eq!(lines[1], "| 1 | a \\| b <br> c | x\\y |");
        let back: Vec<_> = lines.iter().filter_map(|line| cells(line)).collect();
        assert_eq!(back, rows);
        assert_eq!(paragraphs(&back[1][1]).collect::<Vec<_>>(), ["a | b", "c"]);
        assert!(is_rule("|---|:---:|") && cells("|---|---|").is_none());
        assert!(!is_rule("| - | - |"));
        assert_eq!(cells("không có bảng"), None);
    }
}
