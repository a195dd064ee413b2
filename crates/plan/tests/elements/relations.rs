//! How documents stand to one another.

use loa_plan::{Reading, RelationKind};

use super::{document, plan};

fn relations(reading: &Reading) -> Vec<(&str, RelationKind, &str)> {
    reading
        .relations
        .iter()
        .map(|relation| {
            (
                relation.clause.as_str(),
                relation.kind,
                relation.act.as_str(),
            )
        })
        .collect()
}

const BODY: &str =
    "\n\nI. NỘI DUNG\n\n1. Theo Kế hoạch số 99/KH-UBND ngày 01/01/2020 của UBND tỉnh.\n";

#[test]
fn the_preamble_says_what_is_carried_out() {
    let reading = plan(
        "Tuyên truyền giai đoạn 2026 - 2030",
        &format!(
            "Căn cứ Luật Báo chí năm 2016; Nghị định số 49/2024/NĐ-CP ngày 10/5/2024 của Chính phủ.\n\n\
             Căn cứ Quyết định số 135/QĐ-TTg ngày 20/01/2020 của Thủ tướng Chính phủ phê duyệt Đề án nâng cao hiệu quả thông tin cơ sở.\n\n\
             Thực hiện Chương trình hành động số 08-CTr/TU ngày 17/3/2026 của Tỉnh ủy thực hiện Nghị quyết số 80-NQ/TW ngày 07/01/2026 của Bộ Chính trị; Công văn số 12/BNV-CCHC, UBND tỉnh ban hành Kế hoạch như sau:{BODY}"
        ),
    );
    assert_eq!(
        relations(&reading),
        [
            ("preamble", RelationKind::Implements, "135/QĐ-TTg"),
            ("preamble", RelationKind::Implements, "08-CTr/TU"),
        ]
    );
    assert!(reading.relations[0].confidence < reading.relations[1].confidence);
}

#[test]
fn a_plan_of_one_year_carries_out_a_longer_one() {
    let preamble = "Thực hiện Kế hoạch số 12/KH-UBND ngày 15/01/2021 của UBND tỉnh về tuyên truyền cải cách hành chính giai đoạn 2021 - 2030";
    let yearly = plan(
        "Tuyên truyền năm 2026",
        &format!("{preamble}, UBND tỉnh ban hành Kế hoạch.{BODY}"),
    );
    assert_eq!(
        relations(&yearly),
        [("preamble", RelationKind::Yearly, "12/KH-UBND")]
    );
    let longer = plan(
        "Tuyên truyền giai đoạn 2026 - 2027",
        &format!("{preamble}.{BODY}"),
    );
    assert_eq!(longer.relations[0].kind, RelationKind::Implements);
    let later = plan("Tuyên truyền năm 2031", &format!("{preamble}.{BODY}"));
    assert_eq!(later.relations[0].kind, RelationKind::Implements);
}

#[test]
fn a_title_says_what_is_carried_out_and_the_first_clause_stands_for_it() {
    let reading = plan(
        "Triển khai Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị",
        BODY.trim_start(),
    );
    assert_eq!(
        relations(&reading),
        [("I", RelationKind::Implements, "57-NQ/TW")]
    );
}

#[test]
fn changes_and_replacements_are_told() {
    let reading = document(
        "UBND TỈNH SƠN LA\n\nSố: 77/QĐ-UBND\n\nSơn La, ngày 10 tháng 02 năm 2025\n\nQUYẾT ĐỊNH\n\nSửa đổi, bổ sung Kế hoạch tuyên truyền\n\n\
         Điều 1. Sửa đổi, bổ sung mục III Kế hoạch số 12/KH-UBND ngày 15/01/2024 của UBND tỉnh.\n\n\
         Điều 2. Quyết định này có hiệu lực kể từ ngày ký, thay thế Quyết định số 10/QĐ-UBND ngày 02/01/2024 và Quyết định số 11/QĐ-UBND ngày 03/01/2024; bãi bỏ Kế hoạch số 5/KH-UBND.\n",
    );
    assert_eq!(
        relations(&reading),
        [
            ("Điều 1", RelationKind::Amends, "12/KH-UBND"),
            ("Điều 2", RelationKind::Supersedes, "10/QĐ-UBND"),
            ("Điều 2", RelationKind::Supersedes, "11/QĐ-UBND"),
            ("Điều 2", RelationKind::Supersedes, "5/KH-UBND"),
        ]
    );
}

#[test]
fn what_others_change_is_none_of_this_documents_doing() {
    let reading = plan(
        "Tuyên truyền năm 2026",
        "I. NỘI DUNG\n\n1. Nghị định số 49/2024/NĐ-CP ngày 10/5/2024 của Chính phủ thay thế Quyết định số 52/2016/QĐ-TTg.\n\n\
         2. Quyết định số 12/QĐ-UBND đã được thay thế Quyết định số 13/QĐ-UBND.\n\n\
         3. Tổ chức rà soát, đề xuất sửa đổi, bổ sung Quyết định số 14/QĐ-UBND.\n",
    );
    assert_eq!(relations(&reading), []);
}
