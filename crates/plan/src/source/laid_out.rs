//! Tables that are only laid out with blanks, as `pdftotext -layout` writes them: their rows become
//! lines `| a | b |`.
//!
//! A table begins with a head whose first column counts ('TT', 'STT'). A cell belongs to the
//! column that it overlaps; a row begins where the first column has a number. Where blank lines
//! part the rows, the number may stand in the middle of its row.

use super::{Line, table};

/// What stands on a line between wide blanks: from which column, and what.
struct Piece<'a> {
    from: usize,
    to: usize,
    text: &'a str,
}

/// Puts the rows of tables on lines of their own; their other lines become blank.
pub fn rows(mut lines: Vec<Line>) -> Vec<Line> {
    let mut at = 0;
    while at < lines.len() {
        if !is_head(&lines[at]) {
            at += 1;
            continue;
        }
        let end = end(&lines, at);
        let rows = gather(&lines[at..end]);
        for line in &mut lines[at..end] {
            line.text = String::new();
        }
        for (offset, cells) in rows {
            let line = &mut lines[at + offset];
            line.text = table::lines(&[cells]).remove(0);
            line.indent = 0;
            line.strong = false;
        }
        at = end;
    }
    lines
}

fn is_head(line: &Line) -> bool {
    let pieces = pieces(line);
    let counts = pieces
        .first()
        .is_some_and(|first| ["TT", "STT", "Stt", "Số TT", "SỐ TT", "Tt"].contains(&first.text));
    counts && pieces.len() >= 3
}

fn pieces(line: &Line) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let (mut column, mut byte) = (line.indent, 0);
    for text in line.text.split("  ") {
        let lead = text.chars().take_while(|letter| *letter == ' ').count();
        let word = text.trim();
        if !word.is_empty() {
            pieces.push(Piece {
                from: column + lead,
                to: column + lead + word.chars().count(),
                text: word,
            });
        }
        column += text.chars().count() + 2;
        byte += text.len() + 2;
    }
    debug_assert!(byte >= line.text.len());
    pieces
}

/// The line behind the last one of a table: running text ends it, and three blank lines do.
fn end(lines: &[Line], head: usize) -> usize {
    let second = pieces(&lines[head]).get(1).map_or(0, |piece| piece.from);
    let (mut end, mut blanks) = (head + 1, 0);
    for (at, line) in lines.iter().enumerate().skip(head + 1) {
        if line.text.is_empty() {
            blanks += 1;
            if blanks > 2 {
                break;
            }
            continue;
        }
        let pieces = pieces(line);
        let wide = pieces.len() == 1 && pieces[0].from + 4 < second && pieces[0].to > second + 12;
        if wide || table::is_row(&line.text) {
            break;
        }
        blanks = 0;
        end = at + 1;
    }
    end
}

/// The rows of a table, each with the line it begins on, counted from the table's first.
fn gather(lines: &[Line]) -> Vec<(usize, Vec<String>)> {
    let head = pieces(&lines[0]);
    let mut spans: Vec<(usize, usize)> = head.iter().map(|piece| (piece.from, piece.to)).collect();
    let parted = rows_are_parted(lines, &spans);
    let mut rows = vec![(0, vec![String::new(); spans.len()])];
    let mut blank = false;
    for (at, line) in lines.iter().enumerate() {
        if line.text.is_empty() {
            blank = true;
            continue;
        }
        let pieces = pieces(line);
        let counts = pieces.first().is_some_and(|first| is_count(first, &spans));
        let begins = if parted { blank && at > 0 } else { counts };
        // A head that is printed again on the next page says nothing new.
        let again = at > 0 && is_head(line);
        if (begins || again) && at > 0 {
            rows.push((at, vec![String::new(); spans.len()]));
        }
        for piece in &pieces {
            let column = column_of(piece, &spans);
            let span = &mut spans[column];
            *span = (span.0.min(piece.from), span.1.max(piece.to));
            if let Some((_, cells)) = rows.last_mut() {
                let cell = &mut cells[column];
                if !cell.is_empty() {
                    cell.push(' ');
                }
                cell.push_str(piece.text);
            }
        }
        blank = false;
    }
    let first = rows[0].1.clone();
    let mut kept = 0;
    rows.retain(|(_, cells)| {
        kept += 1;
        kept == 1 || *cells != first
    });
    rows
}

/// Whether every group of lines between blanks holds exactly one number of the first column.
fn rows_are_parted(lines: &[Line], spans: &[(usize, usize)]) -> bool {
    let groups = lines[1..].split(|line| line.text.is_empty());
    let counts: Vec<usize> = groups
        .filter(|group| !group.is_empty())
        .map(|group| {
            let first = |line: &&Line| {
                pieces(line)
                    .first()
                    .is_some_and(|first| is_count(first, spans))
            };
            group.iter().filter(first).count()
        })
        .collect();
    counts.len() > 1 && counts.iter().skip(1).all(|count| *count == 1)
}

/// '1', '2.', 'II', 'a)' in the first column.
fn is_count(piece: &Piece<'_>, spans: &[(usize, usize)]) -> bool {
    let text = piece.text.trim_end_matches(['.', ')']);
    let short = text.chars().count() <= 5;
    let counts = text.chars().all(|c| c.is_ascii_digit() || c == '.')
        || text.chars().all(|c| "IVXL".contains(c))
        || text.chars().count() == 1;
    short && counts && !text.is_empty() && column_of(piece, spans) == 0
}

/// The column that a piece overlaps most; else the nearest.
fn column_of(piece: &Piece<'_>, spans: &[(usize, usize)]) -> usize {
    let overlap = |span: &(usize, usize)| {
        let shared = piece.to.min(span.1).saturating_sub(piece.from.max(span.0));
        let middle = (span.0 + span.1).abs_diff(piece.from + piece.to);
        (shared, usize::MAX - middle)
    };
    spans
        .iter()
        .enumerate()
        .max_by_key(|(_, span)| overlap(span))
        .map_or(0, |(column, _)| column)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let lines = text
            .lines()
            .enumerate()
            .map(|(at, line)| super::super::undress(at + 1, line));
        rows(lines.collect())
            .into_iter()
            .map(|line| line.text)
            .filter(|text| !text.is_empty())
            .collect()
    }

    #[test]
    fn cells_are_found_by_where_they_stand() {
        let text = "Danh mục:\n\
            \x20TT       Nhiệm vụ               Chủ trì        Thời gian\n\
            \x201    Tuyên truyền trên hệ        Sở TT&TT       Hằng tháng\n\
            \x20     thống loa\n\
            \x202    Hội nghị                    Sở Nội vụ,     Quý II\n\
            \x20                                 Sở Tư pháp\n\
            \n\
            Trên đây là danh mục nhiệm vụ của các đơn vị trong năm nay.";
        assert_eq!(
            read(text),
            [
                "Danh mục:",
                "| TT | Nhiệm vụ | Chủ trì | Thời gian |",
                "| 1 | Tuyên truyền trên hệ thống loa | Sở TT&TT | Hằng tháng |",
                "| 2 | Hội nghị | Sở Nội vụ, Sở Tư pháp | Quý II |",
                "Trên đây là danh mục nhiệm vụ của các đơn vị trong năm nay.",
            ]
        );
    }

    #[test]
    fn a_number_may_stand_in_the_middle_of_its_row() {
        let text = " STT   Nhiệm vụ              Chủ trì\n\n\
            \x20      Tuyên truyền trên      Sở Thông tin\n\
            \x201     loa truyền thanh       và Truyền thông\n\n\
            \x202     Hội nghị               Sở Nội vụ\n";
        assert_eq!(
            read(text),
            [
                "| STT | Nhiệm vụ | Chủ trì |",
                "| 1 | Tuyên truyền trên loa truyền thanh | Sở Thông tin và Truyền thông |",
                "| 2 | Hội nghị | Sở Nội vụ |",
            ]
        );
    }
}
