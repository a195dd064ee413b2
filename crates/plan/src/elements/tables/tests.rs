use super::*;
use crate::model::Clause;
use crate::source::table::cells;

fn tasks(table: &str, holders: bool) -> Vec<Task> {
    let rows: Vec<Vec<String>> = table
        .lines()
        .filter(|line| !crate::source::table::is_rule(line))
        .filter_map(cells)
        .collect();
    let mut tasks = Vec::new();
    rows::read(&rows, holders, &mut tasks);
    tasks
}

fn told(task: &Task) -> String {
    format!(
        "{} | {} | {} | {} | {} | {} | {}",
        task.row.as_deref().unwrap_or("-"),
        task.text.replace('\n', "/"),
        task.leads.join("; "),
        task.supports.join("; "),
        task.time.replace('\n', "/"),
        task.product.as_deref().unwrap_or("-").replace('\n', "/"),
        task.money.as_deref().unwrap_or("-"),
    )
}

#[test]
fn a_table_of_tasks_is_read_row_by_row() {
    let table = "\
| TT | Nhiệm vụ | Cơ quan thực hiện | | Thời gian hoàn thành | Sản phẩm | Kinh phí (triệu đồng) | Ghi chú |
|---|---|---|---|---|---|---|---|
| TT | Nhiệm vụ | Chủ trì | Phối hợp | Thời gian hoàn thành | Sản phẩm | Kinh phí (triệu đồng) | Ghi chú |
| (1) | (2) | (3) | (4) | (5) | (6) | (7) | (8) |
| I | Công tác tuyên truyền | | | | | | |
| 1 | Xây dựng chuyên mục <br> trên sóng phát thanh | Đài PT&TH tỉnh | - Sở Nội vụ <br> - Báo Hà Nam | Quý II/2026 | Chuyên mục | 350 | |
| 2 | Tổ chức hội nghị | -nt- | như trên | Trước 30/6/2026 | ″ | 1.200 | x |
| 3 | In tờ gấp gửi đến | Sở Thông tin và Truyền thông | UBND các xã; UBND các phường | Hằng năm | Tờ gấp | | |
| | các hộ dân | | | | | | |
| TT | Nhiệm vụ | Cơ quan thực hiện | | Thời gian hoàn thành | Sản phẩm | Kinh phí (triệu đồng) | Ghi chú |
| TT | Nhiệm vụ | Chủ trì | Phối hợp | Thời gian hoàn thành | Sản phẩm | Kinh phí (triệu đồng) | Ghi chú |
| II | CẢI CÁCH THỂ CHẾ | CẢI CÁCH THỂ CHẾ | CẢI CÁCH THỂ CHẾ | CẢI CÁCH THỂ CHẾ | CẢI CÁCH THỂ CHẾ | CẢI CÁCH THỂ CHẾ | CẢI CÁCH THỂ CHẾ |
| 1 | Rà soát văn bản | Sở Tư pháp | Các sở, ban, ngành | Thường xuyên | Báo cáo | | |
| 1 | Rà soát văn bản | Sở Tư pháp | UBND các xã | Thường xuyên | Danh mục | | |
";
    let found = tasks(table, false);
    let rows: Vec<String> = found.iter().map(told).collect();
    assert_eq!(
        rows,
        [
            "1 | Xây dựng chuyên mục/trên sóng phát thanh | Đài PT&TH tỉnh | Sở Nội vụ; Báo Hà Nam | Quý II/2026 | Chuyên mục | 350 triệu đồng",
            "2 | Tổ chức hội nghị | Đài PT&TH tỉnh | Sở Nội vụ; Báo Hà Nam | Trước 30/6/2026 | Chuyên mục | 1.200 triệu đồng",
            "3 | In tờ gấp gửi đến các hộ dân | Sở Thông tin và Truyền thông | UBND các xã; UBND các phường | Hằng năm | Tờ gấp | -",
            "1 | Rà soát văn bản | Sở Tư pháp | Các sở, ban, ngành; UBND các xã | Thường xuyên | Báo cáo/Danh mục | -",
        ]
    );
    let groups: Vec<Option<&str>> = found.iter().map(|task| task.group.as_deref()).collect();
    let (one, two) = (
        Some("I. Công tác tuyên truyền"),
        Some("II. CẢI CÁCH THỂ CHẾ"),
    );
    assert_eq!(groups, [one, one, one, two]);
}

#[test]
fn one_cell_may_name_who_leads_and_who_helps() {
    let table = "\
| STT | Nội dung công việc | Đơn vị thực hiện | Tiến độ |
| 1 | Lắp đặt cụm loa | Chủ trì: Sở Nội vụ; Phối hợp: UBND các xã, Công an tỉnh | Tháng 9/2026 |
| 2 | Bảo dưỡng | VNPT Hà Nam, Điện lực tỉnh | 2026 - 2027 |
| | Tổng cộng | | |
";
    let rows: Vec<String> = tasks(table, false).iter().map(told).collect();
    assert_eq!(
        rows[..2],
        [
            "1 | Lắp đặt cụm loa | Sở Nội vụ | UBND các xã; Công an tỉnh | Tháng 9/2026 | - | -",
            "2 | Bảo dưỡng | VNPT Hà Nam; Điện lực tỉnh |  | 2026 - 2027 | - | -",
        ]
    );
    assert!(rows.len() == 2, "{rows:?}");
    let table = "\
| TT | Nhiệm vụ | Chủ trì |
| 1 | Thông tin | |
| 1.1 | Đưa tin | Báo Hà Nam |
| 2 | Tổng hợp kết quả | Sở Nội vụ |
";
    let found = tasks(table, false);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].group.as_deref(), Some("1. Thông tin"));
}

#[test]
fn other_tables_hold_no_tasks() {
    for table in [
        "| Họ và tên | Chức vụ | Điện thoại |\n| Nguyễn Văn A | Trưởng phòng | 0912 |\n",
        "| TT | Chỉ tiêu | Năm 2025 | Năm 2026 |\n| 1 | Số loa | 10 | 20 |\n",
        "| ỦY BAN NHÂN DÂN | CỘNG HÒA |\n| Số: 1/KH-UBND | Hà Nam, ngày 1 |\n",
        "| 1 | Nhiệm vụ không có đầu bảng | Sở Nội vụ |\n",
    ] {
        assert!(tasks(table, false).is_empty(), "{table}");
    }
    // Without a column of units a table holds tasks only where the clause names who.
    let table = "| TT | Nhiệm vụ | Thời gian |\n| 1 | Tuyên truyền | Quý I |\n";
    assert!(tasks(table, false).is_empty());
    assert_eq!(tasks(table, true).len(), 1);
}

#[test]
fn a_table_of_contents_lists_themes() {
    let clause = Clause {
        id: "I".into(),
        eid: "part_I".into(),
        marker: Some("I".into()),
        line: 1,
        heading: Some("NỘI DUNG TUYÊN TRUYỀN".into()),
        text: "| TT | Nội dung | Thời gian |\n|---|---|---|\n| 1 | Cơ chế một cửa. | Quý I |\n| 2 | Dịch vụ công | Quý II |".into(),
        children: Vec::new(),
    };
    let mut reading = crate::read(
        "KẾ HOẠCH\nTuyên truyền\n\nI. MỘT\n\n1. Hai\n".as_bytes(),
        None,
    )
    .unwrap();
    reading.clauses = vec![clause];
    let outline = super::super::outline::Outline::of(&reading);
    assert_eq!(
        contents(&outline.nodes[0]),
        ["Cơ chế một cửa", "Dịch vụ công"]
    );
}
