//! A table that goes on over a page break.

use super::cells;

/// Rows that are looked at to see whether each has a number.
const SEEN: usize = 500;
/// Rows of a table's head.
const HEAD: usize = 3;

/// Fits the rows of the next page to those before: the head that is printed again is left out, a number that is
/// merged over the break stands in its rows again. Returns the last row before if it goes on in the first one,
/// with what that adds.
pub fn over_page(before: &[Vec<String>], rows: &mut Vec<Vec<String>>) -> Option<Vec<String>> {
    let repeated = rows
        .iter()
        .zip(before)
        .take(HEAD)
        .take_while(|(row, head)| row == head)
        .count();
    rows.drain(..repeated);
    let (last, first) = (before.last()?, rows.first()?);
    if last.len() != first.len() {
        return None;
    }
    if goes_on(last, first) {
        let row = last
            .iter()
            .zip(first)
            .map(|(one, other)| cells::joined(one, other))
            .collect();
        rows.remove(0);
        return Some(row);
    }
    let always_numbered = before
        .iter()
        .rev()
        .take(SEEN)
        .all(|row| row.first().is_some_and(|cell| !cell.is_empty()));
    if always_numbered {
        let number = last[0].clone();
        for row in rows.iter_mut().take_while(|row| row[0].is_empty()) {
            row[0].clone_from(&number);
        }
    }
    None
}

/// Whether a row was cut by the page: it has no number of its own and goes on in the middle of a sentence, or
/// only one of its cells had more text than there was room for.
fn goes_on(last: &[String], first: &[String]) -> bool {
    let lower = |cell: &String| cell.chars().next().is_some_and(char::is_lowercase);
    let numbered = first
        .first()
        .is_some_and(|cell| !cell.is_empty() && !lower(cell));
    let filled: Vec<usize> = (0..first.len())
        .filter(|cell| !first[*cell].is_empty())
        .collect();
    let alone = filled.len() == 1 && !last[filled[0]].is_empty();
    !numbered && (alone || first.iter().any(lower))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter()
            .map(|row| row.iter().map(|cell| (*cell).to_owned()).collect())
            .collect()
    }

    #[test]
    fn the_head_goes_and_a_cut_row_is_one() {
        let before = rows(&[&["TT", "Nhiệm vụ"], &["1", "Tuyên truyền trên"]]);
        let mut after = rows(&[&["TT", "Nhiệm vụ"], &["", "hệ thống loa"], &["2", "Báo"]]);
        let joined = over_page(&before, &mut after).unwrap();
        assert_eq!(joined, ["1", "Tuyên truyền trên hệ thống loa"]);
        assert_eq!(after, rows(&[&["2", "Báo"]]));
    }

    #[test]
    fn a_merged_number_stands_in_its_rows_again() {
        let before = rows(&[&["TT", "Việc", "Đơn vị"], &["1", "Loa", "Sở A"]]);
        let mut after = rows(&[
            &["", "Báo", "Sở B"],
            &["", "Đài", "Sở C"],
            &["2", "Web", "Sở D"],
        ]);
        assert_eq!(over_page(&before, &mut after), None);
        let numbers: Vec<&str> = after.iter().map(|row| row[0].as_str()).collect();
        assert_eq!(numbers, ["1", "1", "2"]);
    }
}
