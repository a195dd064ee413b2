//! Tables of tasks, through the whole reader.

use loa_plan::{Cadence, Reading};

use super::{plan, units};

fn rows(reading: &Reading) -> Vec<String> {
    reading
        .duties
        .iter()
        .map(|duty| {
            format!(
                "{} | {} | {} | {} | {:?} {} | {} | {}",
                duty.group.as_deref().unwrap_or("-"),
                duty.row.as_deref().unwrap_or("-"),
                duty.text,
                units(duty),
                duty.cadence,
                duty.due.as_deref().unwrap_or("-"),
                duty.product.as_deref().unwrap_or("-"),
                duty.budget.as_deref().unwrap_or("-"),
            )
        })
        .collect()
}

#[test]
fn an_annex_gives_its_rows_as_duties() {
    let body = "I. TỔ CHỨC THỰC HIỆN\n\n1. Các đơn vị thực hiện nhiệm vụ tại Phụ lục.\n\n\
        Nơi nhận:\n- Lưu: VT.\n\nCHỦ TỊCH\n\nNguyễn Văn A\n\nPHỤ LỤC\n\nDANH MỤC NHIỆM VỤ\n\n(Kèm theo Kế hoạch số 45/KH-UBND)\n\n\
| TT | Nhiệm vụ | Đơn vị thực hiện | | Thời gian hoàn thành | Sản phẩm | Kinh phí (triệu đồng) |\n\
|---|---|---|---|---|---|---|\n\
| TT | Nhiệm vụ | Chủ trì | Phối hợp | Thời gian hoàn thành | Sản phẩm | Kinh phí (triệu đồng) |\n\
| I | Truyền thông | | | | | |\n\
| 1 | Chuyên mục | Báo Ninh Bình | Sở Nội vụ; UBND các xã, phường | Hằng tháng | 12 chuyên mục | 120 |\n\
| 2 | Phóng sự | -nt- | Sở Du lịch <br> Công an tỉnh | Quý II | Phóng sự | 50,5 |\n\
| II | Tập huấn | | | | | |\n\
| 1 | Tập huấn cho cán bộ | Sở Nội vụ | | Trước 30/9/2026 | Báo cáo | |\n";
    let reading = plan("Tuyên truyền năm 2026", body);
    let annex: Vec<String> = rows(&reading)
        .into_iter()
        .zip(&reading.duties)
        .filter(|(_, duty)| duty.row.is_some())
        .map(|(row, duty)| {
            assert_eq!(duty.clause, "PHỤ LỤC");
            row
        })
        .collect();
    assert_eq!(
        annex,
        [
            "I. Truyền thông | 1 | Chuyên mục | lead:Báo Ninh Bình, support:Sở Nội vụ, support:UBND các xã, phường | Monthly - | 12 chuyên mục | 120 triệu đồng",
            "I. Truyền thông | 2 | Phóng sự | lead:Báo Ninh Bình, support:Sở Du lịch, support:Công an tỉnh | Once 2026-Q2 | Phóng sự | 50,5 triệu đồng",
            "II. Tập huấn | 1 | Tập huấn cho cán bộ | lead:Sở Nội vụ | Once 2026-09-30 | Báo cáo | -",
        ]
    );
}

#[test]
fn a_table_below_a_unit_is_that_units() {
    let body = "I. TỔ CHỨC THỰC HIỆN\n\n1. Sở Du lịch\n\n\
| STT | Nội dung công việc | Tiến độ |\n|---|---|---|\n| 1 | Quảng bá | Thường xuyên |\n| 2 | Hội chợ | Tháng 9 |\n\n\
        2. Sở Y tế\n\n- Trực y tế.\n";
    let reading = plan("Lễ hội năm 2026", body);
    assert_eq!(
        rows(&reading),
        [
            "- | 1 | Quảng bá | lead:Sở Du lịch | Ongoing - | - | -",
            "- | 2 | Hội chợ | lead:Sở Du lịch | Once 2026-09 | - | -",
            "- | - | Trực y tế. | lead:Sở Y tế | Ongoing - | - | -",
        ]
    );
}

#[test]
fn a_table_of_figures_asks_nothing() {
    let body = "I. HIỆN TRẠNG\n\n1. Số liệu\n\n\
| TT | Địa bàn | Số loa | Năm 2025 |\n|---|---|---|---|\n| 1 | Xã Bình Lục | 12 | 10 |\n\n2. Nhân sự\n\n\
| TT | Họ và tên | Đơn vị | Điện thoại |\n|---|---|---|---|\n| 1 | Nguyễn Văn A | Sở Nội vụ | 0912 |\n";
    let reading = plan("Rà soát loa", body);
    assert!(reading.duties.is_empty(), "{:?}", rows(&reading));
}

#[test]
fn names_without_a_known_word_are_kept_and_told_as_less_sure() {
    let body = "I. NHIỆM VỤ\n\n\
| TT | Nhiệm vụ | Chủ trì | Phối hợp |\n|---|---|---|---|\n| 1 | Kết nối | VNPT Hà Nam | Bộ phận CNTT, VP HĐND-UBND |\n| 2 | Rà soát | | |\n\n1. Hết.\n";
    let reading = plan("Chuyển đổi số", body);
    assert_eq!(
        rows(&reading),
        [
            "- | 1 | Kết nối | lead:VNPT Hà Nam, support:Bộ phận CNTT, support:VP HĐND-UBND | Ongoing - | - | -",
            "- | 2 | Rà soát |  | Ongoing - | - | -",
        ]
    );
    assert!(reading.duties[0].confidence < 95);
    assert!(reading.duties[1].confidence <= 50);
    assert_eq!(reading.duties[1].cadence, Cadence::Ongoing);
}
