//! Money rules, period, milestones.

use loa_plan::Reading;

use super::plan;

#[test]
fn who_pays_and_how_much() {
    let reading = plan(
        "Tuyên truyền năm 2026",
        "I. KINH PHÍ\n\n1. Do ngân sách tỉnh bảo đảm, tổng kinh phí: 1.234.000.000 đồng, trong đó 350 triệu đồng cho cấp xã.\n\n\
         2. Huy động xã hội hóa.\n\nII. TỔ CHỨC THỰC HIỆN\n\n1. Kinh phí thực hiện: 2,5 tỷ đồng.\n\n\
         2. Sở Tài chính cân đối. Mức chi hỗ trợ mỗi xã là 15.000.000đ, tức 15 triệu đồng.\n\n3. Bán 20 nghìn đồng một vé.\n",
    );
    let rules: Vec<(&str, Option<u64>)> = reading
        .money
        .iter()
        .map(|rule| (rule.clause.as_str(), rule.amount))
        .collect();
    assert_eq!(
        rules,
        [
            ("I.1", Some(1_234_000_000)),
            ("I.2", None),
            ("II.1", Some(2_500_000_000)),
            ("II.2", Some(15_000_000)),
        ]
    );
    assert!(
        plan(
            "Giao thông",
            "I. MỘT\n\n1. Hội đồng gồm 5 người, đồng thời họp.\n"
        )
        .money
        .is_empty()
    );
}

fn period(title: &str, body: &str) -> Option<(i32, i32)> {
    plan(title, body)
        .period
        .map(|period| (period.from, period.to))
}

#[test]
fn the_period_is_the_plans_own() {
    let body = "I. NỘI DUNG\n\n1. Một.\n";
    assert_eq!(
        period("Tuyên truyền giai đoạn 2021 - 2030", body),
        Some((2021, 2030))
    );
    assert_eq!(period("Tuyên truyền năm 2026", body), Some((2026, 2026)));
    assert_eq!(
        period("Chuyển đổi số đến năm 2028, định hướng đến năm 2035", body),
        Some((2026, 2028))
    );
    assert_eq!(
        period(
            "Kế hoạch năm 2026 thực hiện Đề án truyền thông giai đoạn 2021 - 2030",
            body
        ),
        Some((2026, 2026))
    );
    // Its own clause on time, then its preamble.
    assert_eq!(
        period(
            "Tuyên truyền",
            "I. THỜI GIAN THỰC HIỆN\n\nTừ năm 2026 đến năm 2028.\n\nII. HẾT\n\n1. Một.\n"
        ),
        Some((2026, 2028))
    );
    assert_eq!(
        period(
            "Tuyên truyền",
            "Thực hiện Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ phê duyệt Chương trình giai đoạn 2020 - 2025, UBND tỉnh ban hành Kế hoạch tuyên truyền năm 2026 như sau:\n\nI. NỘI DUNG\n\n1. Một.\n"
        ),
        Some((2026, 2026))
    );
    // The years of what is cited are not the plan's.
    assert_eq!(
        period(
            "Tuyên truyền",
            "Thực hiện Chương trình số 08-CTr/TU ngày 17/3/2021 của Tỉnh ủy giai đoạn 2021 - 2025.\n\nI. NỘI DUNG\n\n1. Luật Đất đai năm 2024.\n"
        ),
        None
    );
}

fn milestones(reading: &Reading) -> Vec<String> {
    reading
        .milestones
        .iter()
        .map(|milestone| {
            format!(
                "{} {} {}..{}",
                milestone.clause,
                milestone.label,
                milestone.from.as_deref().unwrap_or(""),
                milestone.to.as_deref().unwrap_or("")
            )
        })
        .collect()
}

#[test]
fn dated_activities_are_milestones() {
    let reading = plan(
        "Lễ hội năm 2026",
        "I. HOẠT ĐỘNG\n\n1. Khai mạc\n\n- Thời gian dự kiến: từ ngày 11/9/2026 đến ngày 20/9/2026.\n\n- Địa điểm: Hoa Lư.\n\n\
         2. Quý II/2026: tổ chức hội nghị. Mời báo chí.\n\n3. Lắp đặt 10 cụm loa, hoàn thành trước 30/6/2026.\n\n\
         4. Báo cáo kết quả hoàn thành trước ngày 15/12/2026.\n\n5. Thực hiện trong năm 2026.\n",
    );
    assert_eq!(
        milestones(&reading),
        [
            "I.1.1 Khai mạc 2026-09-11..2026-09-20",
            "I.2 tổ chức hội nghị 2026-Q2..2026-Q2",
            "I.3 Lắp đặt 10 cụm loa, hoàn thành trước 30/6/2026 ..2026-06-30",
        ]
    );
}
