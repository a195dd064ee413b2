//! Tables that a page break cuts in the middle of a row or of a merged cell.

use super::office::{self, COVERED, RULED, cell, paragraph, row, table, table_style};
use crate::source::{pdf, table as rows};

pub fn source() -> String {
    let styles = format!(
        "{}{}{RULED}",
        table_style("Cut", &[1.2, 9.0, 4.0], true),
        table_style("Tall", &[1.2, 9.0, 4.0], false)
    );
    let one = |text: &str| cell(text, (1, 1));
    let head = row(&["TT", "Nhiệm vụ", "Chủ trì"].map(one));
    let head = format!("<table:table-header-rows>{head}</table:table-header-rows>");
    let mut cut = head.clone();
    for number in 1..=3 {
        cut.push_str(&row(&[
            one(&number.to_string()),
            one(&sentence(number)),
            one("Sở Nội vụ"),
        ]));
    }
    let mut tall = head;
    for step in 1..=60 {
        let number = if step == 1 {
            cell("1", (1, 60))
        } else {
            COVERED.to_owned()
        };
        tall.push_str(&row(&[
            number,
            one(&format!("Bước {step}")),
            one("Sở Tư pháp"),
        ]));
    }
    let body = [
        table("Cut", 3, &cut),
        paragraph("NewPage", "Bảng hai"),
        table("Tall", 3, &tall),
    ];
    office::document(&styles, "", &body.concat())
}

/// A sentence of thirty lines and more.
fn sentence(number: usize) -> String {
    let middle = "tuyên truyền trên hệ thống truyền thanh cơ sở, ".repeat(40);
    format!("Nhiệm vụ thứ {number}: {middle}đến hết năm.")
}

fn tables() -> Option<Vec<Vec<Vec<String>>>> {
    let text = pdf::text(office::printed("tables")?).unwrap();
    let lines = text
        .lines()
        .map(|line| rows::cells(line.trim_start_matches('\u{c}')));
    let mut tables = vec![Vec::new()];
    for cells in lines {
        match cells {
            Some(cells) => tables.last_mut().unwrap().push(cells),
            None if tables.last().unwrap().is_empty() => {}
            None => tables.push(Vec::new()),
        }
    }
    tables.retain(|table| !table.is_empty());
    Some(tables)
}

#[test]
fn a_row_that_goes_on_overleaf_is_one_row() {
    let Some(tables) = tables() else { return };
    let expected: Vec<Vec<String>> = (1..=3)
        .map(|number| vec![number.to_string(), sentence(number), "Sở Nội vụ".to_owned()])
        .collect();
    assert_eq!(tables[0][0], ["TT", "Nhiệm vụ", "Chủ trì"]);
    assert_eq!(tables[0][1..], expected);
}

#[test]
fn a_number_merged_over_the_break_stands_in_all_its_rows() {
    let Some(tables) = tables() else { return };
    assert_eq!(tables.len(), 2);
    assert_eq!(tables[1].len(), 61);
    for (step, row) in tables[1].iter().enumerate().skip(1) {
        assert_eq!(
            row[..],
            [
                "1".to_owned(),
                format!("Bước {step}"),
                "Sở Tư pháp".to_owned()
            ]
        );
    }
}

#[test]
fn a_note_below_a_table_waits_for_its_end() {
    let grid = |rows: [&str; 2], from: u32| -> String {
        let boxes = (0..2).map(|row| {
            let y = from - 30 * row;
            format!("100 {y} 50 30 re S 150 {y} 200 30 re S BT /F 12 Tf 105 {} Td ({}) Tj 50 0 Td (Loa) Tj ET ", y + 10, rows[row as usize])
        });
        boxes.collect::<Vec<_>>().concat()
    };
    let note = "BT /F 8 Tf 176 716 Td (1) Tj ET BT /F 9 Tf 100 80 Td (1 Theo ke hoach.) Tj ET";
    let made = super::made::Made::default()
        .page(&format!("{}{note}", grid(["TT", "1"], 730)))
        .page(&format!(
            "{}BT /F 14 Tf 85 500 Td (Het phu luc ve nhiem vu.) Tj ET",
            grid(["TT", "2"], 730)
        ));
    let text = pdf::text(&made.bytes()).unwrap();
    assert_eq!(
        text,
        "| TT | Loa |\n| 1 | Loa[^1] |\n\u{c}| 2 | Loa |\n\n[^1]: Theo ke hoach.\n\nHet phu luc ve nhiem vu.\n"
    );
}
