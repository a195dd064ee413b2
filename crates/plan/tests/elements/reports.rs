//! Reporting rules, however they are said.

use loa_plan::{Cadence, Reading};

use super::plan;

/// `due cadence to`; `<` where the day itself is too late.
fn reports(reading: &Reading) -> Vec<String> {
    reading
        .reports
        .iter()
        .map(|report| {
            format!(
                "{}{} {:?} {}",
                if report.inclusive { "" } else { "<" },
                report.due,
                report.cadence,
                report.to.as_deref().unwrap_or("-")
            )
        })
        .collect()
}

fn of(title: &str, text: &str) -> Vec<String> {
    reports(&plan(
        title,
        &format!("I. TỔ CHỨC THỰC HIỆN\n\n1. {text}\n"),
    ))
}

#[test]
fn every_way_to_ask_for_a_report_is_read() {
    let long = "Tuyên truyền giai đoạn 2021 - 2030";
    let cases: &[(&str, &[&str])] = &[
        (
            "Đề nghị báo cáo kết quả về Sở Nội vụ trước ngày 01 tháng 10 hằng năm để tổng hợp báo cáo Ủy ban nhân dân tỉnh.",
            &["<10-01 Yearly Sở Nội vụ"],
        ),
        (
            "Định kỳ 6 tháng (trước 15/6), năm (trước 15/12) báo cáo UBND tỉnh.",
            &["<06-15 HalfYearly UBND tỉnh", "<12-15 Yearly UBND tỉnh"],
        ),
        (
            "Báo cáo kết quả thực hiện gửi về UBND tỉnh (qua Phòng Nội chính) trước ngày 10/11/2023 để tổng hợp.",
            &["<11-10 Once UBND tỉnh"],
        ),
        (
            "Báo cáo quý gửi Sở Tư pháp chậm nhất ngày 25 tháng cuối quý.",
            &["Q-25 Quarterly Sở Tư pháp"],
        ),
        (
            "Gửi báo cáo về Sở Nội vụ trước ngày 20 hằng tháng.",
            &["<*-20 Monthly Sở Nội vụ"],
        ),
        (
            "Báo cáo quý trước ngày 05 tháng đầu quý sau về Sở Nội vụ.",
            &["<Q+05 Quarterly Sở Nội vụ"],
        ),
        (
            "Báo cáo kết quả về Sở Nội vụ trước ngày 05/6 và 05/12 hằng năm.",
            &["<06-05 Yearly Sở Nội vụ", "<12-05 Yearly Sở Nội vụ"],
        ),
        (
            "Trước ngày 30/11 hằng năm, các đơn vị gửi báo cáo về Sở Nội vụ.",
            &["<11-30 Yearly Sở Nội vụ"],
        ),
        (
            "Báo cáo 6 tháng gửi trước ngày 10/6; báo cáo năm gửi trước ngày 10/12 về Sở Tư pháp.",
            &["<06-10 HalfYearly Sở Tư pháp", "<12-10 Yearly Sở Tư pháp"],
        ),
        (
            "Tổng hợp, báo cáo UBND tỉnh kết quả thực hiện trước ngày 15/12.",
            &["<12-15 Yearly UBND tỉnh"],
        ),
        (
            "Gửi báo cáo tổng kết về Sở Nội vụ trước tháng 12 hằng năm.",
            &["<12-01 Yearly Sở Nội vụ"],
        ),
        (
            "Gửi kết quả về Sở Nội vụ trước ngày 15/12 hằng năm để tổng hợp, báo cáo UBND tỉnh.",
            &["<12-15 Yearly Sở Nội vụ"],
        ),
        (
            "Gửi báo cáo về Sở Nội vụ trước 17 giờ ngày 14/12 hằng năm.",
            &["12-14 Yearly Sở Nội vụ"],
        ),
    ];
    for (text, wanted) in cases {
        assert_eq!(of(long, text), *wanted, "{text}");
    }
    // In a plan of one year a day is of that year.
    assert_eq!(
        of(
            "Tuyên truyền năm 2026",
            "Báo cáo về Sở Nội vụ trước ngày 15/12."
        ),
        ["<12-15 Once Sở Nội vụ"]
    );
}

#[test]
fn bullets_below_the_clause_on_reports_go_to_one_receiver() {
    let reading = plan(
        "Tuyên truyền giai đoạn 2026 - 2030",
        "I. CHẾ ĐỘ BÁO CÁO\n\n1. Báo cáo định kỳ\n\n- Hằng quý: trước ngày 15 của tháng cuối quý;\n\n\
         - Hằng năm: trước ngày 10/12, gửi về Sở Tư pháp để tổng hợp.\n",
    );
    assert_eq!(
        reports(&reading),
        ["<Q-15 Quarterly Sở Tư pháp", "<12-10 Yearly Sở Tư pháp"]
    );
    let clauses: Vec<&str> = reading
        .reports
        .iter()
        .map(|report| report.clause.as_str())
        .collect();
    assert_eq!(clauses, ["I.1.1", "I.1.2"]);
}

#[test]
fn what_is_no_report_with_a_day_is_none() {
    for text in [
        "Xây dựng kế hoạch và gửi về UBND tỉnh trước ngày 28/2/2026; báo cáo khi có yêu cầu.",
        "Gửi kế hoạch về Sở Nội vụ trước ngày 28/2 để tổng hợp, báo cáo UBND tỉnh.",
        "Định kỳ báo cáo UBND tỉnh theo quy định.",
        "Báo cáo số 12/BC-UBND ngày 15/12/2025 của UBND tỉnh.",
        "Hoàn thành trước ngày 30/6/2026.",
        "Tổ chức hội nghị báo cáo viên vào 15/6.",
    ] {
        assert_eq!(
            of("Tuyên truyền năm 2026", text),
            Vec::<String>::new(),
            "{text}"
        );
    }
}

#[test]
fn a_day_that_there_is_not_is_told() {
    let reading = plan(
        "Tuyên truyền",
        "I. TỔ CHỨC THỰC HIỆN\n\n1. Báo cáo về Sở Nội vụ trước ngày 31/02 hằng năm; báo cáo 6 tháng trước ngày 15/6.\n",
    );
    assert_eq!(reports(&reading), ["<06-15 HalfYearly Sở Nội vụ"]);
    let told = reading
        .warnings
        .iter()
        .filter(|warning| warning.message.contains("31/02"));
    assert_eq!(told.count(), 1);
    let monthly = plan(
        "Tuyên truyền",
        "I. TỔ CHỨC THỰC HIỆN\n\n1. Báo cáo về Sở Nội vụ trước ngày 45 hằng tháng.\n",
    );
    assert_eq!(monthly.reports[..].len(), 0);
    assert_eq!(monthly.duties[..].len(), 0);
    let cadence = reading.reports[0].cadence;
    assert_eq!(cadence, Cadence::HalfYearly);
}
