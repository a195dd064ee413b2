//! The head of a table of tasks: which column holds what.

use std::sync::LazyLock;

use regex::Regex;

use super::super::text::{Text, pattern};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// TT, STT
    Row,
    /// Nhiệm vụ, nội dung, công việc, hoạt động
    Task,
    /// Chủ trì, thực hiện
    Lead,
    /// Phối hợp
    Support,
    /// Thời gian, thời hạn, tiến độ
    Time,
    /// Sản phẩm, kết quả
    Product,
    /// Kinh phí, nguồn
    Money,
    /// Anything else: ghi chú, địa điểm
    Other,
}

/// The first that fits counts: 'Kinh phí thực hiện' is money, 'Nội dung thực hiện' a task.
static COLUMNS: LazyLock<Vec<(Regex, Column)>> = LazyLock::new(|| {
    [
        (r"^(?:tt|stt|số tt|số thứ tự|số|no)$", Column::Row),
        (r"^ghi chú|căn cứ|địa điểm|địa bàn|hình thức|đối tượng|số lượng|đơn vị tính|^đvt$", Column::Other),
        (r"kinh phí|nguồn|dự toán|ngân sách|thành tiền|mức chi|tổng tiền", Column::Money),
        (r"thời gian|thời hạn|thời điểm|tiến độ|lộ trình|hạn hoàn thành|^hoàn thành", Column::Time),
        (r"sản phẩm|kết quả|đầu ra|chỉ tiêu", Column::Product),
        (
            r"^(?:các |tên |nội dung )?(?:nhiệm vụ|nội dung|công việc|hoạt động|đầu việc|phần việc|hạng mục|chủ đề)",
            Column::Task,
        ),
        (r"^(?:(?:cơ quan|đơn vị|các đơn vị|sở, ngành|bộ phận),? )?(?:tham gia )?phối hợp", Column::Support),
        (
            r"chủ trì|đầu mối|phụ trách|chịu trách nhiệm|phân công|tham mưu|^(?:cơ quan|đơn vị|bộ phận|tổ chức|người)(?: thực hiện| tổ chức| triển khai)?$|^thực hiện$",
            Column::Lead,
        ),
    ]
    .into_iter()
    .map(|(words, column)| (pattern(words), column))
    .collect()
});

/// The columns of a table, and the unit of its money: 'triệu đồng'.
#[derive(Debug, Clone, Default)]
pub struct Head {
    /// In order.
    pub columns: Vec<Column>,
    /// What figures without a unit are in.
    pub money: Option<String>,
    /// As printed, by which a head that is repeated behind a page break is known.
    pub printed: Vec<String>,
}

/// Reads a row as a head: it names a task or a time, and at least two columns in all.
pub fn read(cells: &[String]) -> Option<Head> {
    let columns: Vec<Column> = cells.iter().map(|cell| column(cell)).collect();
    let named = cells
        .iter()
        .zip(&columns)
        .filter(|(cell, column)| !cell.is_empty() && **column != Column::Other)
        .count();
    let short = cells.iter().all(|cell| cell.len() < 160);
    let tells = columns.contains(&Column::Task)
        && columns.iter().any(|column| {
            matches!(
                column,
                Column::Lead | Column::Support | Column::Time | Column::Product | Column::Money
            )
        });
    let contents = columns.contains(&Column::Row) && columns.contains(&Column::Task);
    (short && named > 1 && (tells || contents)).then(|| Head {
        money: money(cells),
        printed: cells.to_vec(),
        columns,
    })
}

impl Head {
    /// Takes a second line of the head: 'Đơn vị thực hiện' above 'Chủ trì' and 'Phối hợp'.
    /// Answers whether the row was one.
    pub fn second(&mut self, cells: &[String]) -> bool {
        let counting = cells
            .iter()
            .enumerate()
            .all(|(place, cell)| counts(cell, place + 1));
        if counting || cells == self.printed.as_slice() {
            return true;
        }
        let fits = |place: usize, cell: &String| {
            cell.is_empty()
                || self.printed.get(place) == Some(cell)
                || (cell.len() < 60 && column(cell) != Column::Other)
                || is_unit_of_money(cell)
        };
        let changes = cells
            .iter()
            .enumerate()
            .any(|(place, cell)| !cell.is_empty() && self.printed.get(place) != Some(cell));
        let all = cells
            .iter()
            .enumerate()
            .all(|(place, cell)| fits(place, cell));
        if !(changes && all) {
            return false;
        }
        for (place, cell) in cells.iter().enumerate() {
            let own = column(cell);
            if let Some(known) = self.columns.get_mut(place)
                && !cell.is_empty()
                && own != Column::Other
            {
                *known = own;
            }
        }
        self.money = self.money.take().or_else(|| money(cells));
        true
    }

    /// The place of a column.
    pub fn place(&self, wanted: Column) -> Option<usize> {
        self.columns.iter().position(|column| *column == wanted)
    }
}

/// '(1)', '2', '[3]', as a row of numbers below a head counts columns.
fn counts(cell: &str, number: usize) -> bool {
    let inner = cell.trim_matches(['(', ')', '[', ']', ' ']);
    inner == number.to_string() || inner.is_empty() && number > 1
}

fn column(cell: &str) -> Column {
    let folded = super::super::text::Folded::new(cell);
    let text = folded.text();
    let lines = text.raw.replace("<br>", " ");
    let plain = super::super::text::fold(&lines);
    let words: Vec<&str> = plain.split_whitespace().collect();
    let words = words.join(" ");
    let name = words.trim_matches(['*', ':', '.', ' ', '(', ')']);
    COLUMNS
        .iter()
        .find(|(words, _)| words.is_match(name))
        .map_or(Column::Other, |(_, column)| *column)
}

static MONEY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?P<unit>(?:nghìn |ngàn |triệu |tỷ )?đồng|trđ|đồng)"));

fn money(cells: &[String]) -> Option<String> {
    cells
        .iter()
        .filter(|cell| column(cell) == Column::Money || is_unit_of_money(cell))
        .find_map(|cell| {
            let fold = super::super::text::fold(cell);
            MONEY.captures(&fold).map(|found| found["unit"].to_owned())
        })
}

fn is_unit_of_money(cell: &str) -> bool {
    let fold = super::super::text::fold(cell);
    let inner = Text {
        raw: cell,
        fold: &fold,
    }
    .trim(&['(', ')', ' ', ':']);
    let inner = inner
        .fold
        .trim_start_matches("đvt")
        .trim_matches([' ', ':']);
    MONEY
        .find(inner)
        .is_some_and(|found| found.as_str() == inner)
}
