//! Duties: who is asked, what, how often, until when.

use loa_plan::{Cadence, Reading};

use super::{document, plan, told, units};

fn duties(reading: &Reading) -> Vec<String> {
    reading.duties.iter().map(told).collect()
}

#[test]
fn sections_of_units_in_any_part() {
    let reading = plan(
        "Tuyên truyền năm 2026",
        "I. PHÂN CÔNG NHIỆM VỤ\n\n1. Sở Nội vụ\n\nTham mưu UBND tỉnh.\n\nTrong đó giao Giám đốc Sở Nội vụ chỉ đạo thực hiện:\n\n- Đôn đốc các đơn vị.\n\n\
         2. Văn phòng UBND tỉnh: Phối hợp với Công an tỉnh và các cơ quan có liên quan theo dõi.\n\n\
         II. TỔ CHỨC THỰC HIỆN\n\n1. Đề nghị Ủy ban MTTQ Việt Nam tỉnh, Hội Nông dân tỉnh\n\n- Vận động hội viên.\n\n\
         2. Giao Sở Tài chính thẩm định kinh phí.\n\n3. Các sở, ban, ngành; UBND các xã, phường\n\n- Xây dựng kế hoạch.\n",
    );
    assert_eq!(
        duties(&reading),
        [
            "I.1: Tham mưu UBND tỉnh. [lead:Sở Nội vụ]",
            "I.1.1: Đôn đốc các đơn vị. [lead:Sở Nội vụ, assigned:Giám đốc Sở Nội vụ]",
            "I.2: Phối hợp với Công an tỉnh và các cơ quan có liên quan theo dõi. [lead:Văn phòng UBND tỉnh, support:Công an tỉnh, support:các cơ quan có liên quan]",
            "II.1.1: Vận động hội viên. [asked:Ủy ban MTTQ Việt Nam tỉnh, asked:Hội Nông dân tỉnh]",
            "II.2: Giao Sở Tài chính thẩm định kinh phí. [assigned:Sở Tài chính]",
            "II.3.1: Xây dựng kế hoạch. [lead:Các sở, ban, ngành, lead:UBND các xã, phường]",
        ]
    );
}

#[test]
fn units_may_stand_below_other_headings_and_below_groups() {
    let reading = plan(
        "Tuyên truyền năm 2026",
        "I. TỔ CHỨC THỰC HIỆN\n\n1. Trách nhiệm của các sở, ban, ngành\n\n1.1. Sở Tư pháp\n\na) Theo dõi.\n\n\
         1.2. Sở Y tế: Truyền thông về dịch bệnh.\n\n2. Kinh phí thực hiện\n\nDo ngân sách tỉnh bảo đảm.\n\n\
         3. Sở Nội vụ có trách nhiệm:\n\na) Chủ trì, phối hợp với Sở Tư pháp:\n\n- Tổng hợp kết quả.\n\n\
         b) Bố trí cán bộ phụ trách:\n\n- Mỗi xã một người.\n",
    );
    assert_eq!(
        duties(&reading),
        [
            "I.1.1.a: Theo dõi. [lead:Sở Tư pháp]",
            "I.1.2: Truyền thông về dịch bệnh. [lead:Sở Y tế]",
            "I.3.a.1: Tổng hợp kết quả. [lead:Sở Nội vụ, support:Sở Tư pháp]",
            "I.3.b: Bố trí cán bộ phụ trách:\n- Mỗi xã một người. [lead:Sở Nội vụ]",
        ]
    );
}

#[test]
fn articles_and_directives_name_who_carries_them_out() {
    let decision = document(
        "UBND TỈNH SƠN LA\n\nSố: 10/QĐ-UBND\n\nSơn La, ngày 02 tháng 01 năm 2026\n\n**QUYẾT ĐỊNH**\n\n**Ban hành Kế hoạch**\n\n\
         Điều 1. Ban hành kèm theo Quyết định này Kế hoạch.\n\n\
         Điều 2. Giao Sở Nội vụ chủ trì, phối hợp với các đơn vị liên quan tổ chức thực hiện.\n\n\
         Điều 3. Các ông (bà): Chánh Văn phòng UBND tỉnh, Giám đốc Sở Nội vụ, Thủ trưởng các sở, ban, ngành và các tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này./.\n",
    );
    let found: Vec<String> = decision
        .duties
        .iter()
        .map(|duty| format!("{} {}", duty.clause, units(duty)))
        .collect();
    assert_eq!(
        found,
        [
            "Điều 2 lead:Sở Nội vụ, support:các đơn vị liên quan",
            "Điều 3 lead:Chánh Văn phòng UBND tỉnh, lead:Giám đốc Sở Nội vụ, lead:Thủ trưởng các sở, ban, ngành, lead:các tổ chức, cá nhân có liên quan",
        ]
    );
    let directive = document(
        "UBND TỈNH SƠN LA\n\nSố: 10/CT-UBND\n\nSơn La, ngày 02 tháng 01 năm 2026\n\n**CHỈ THỊ**\n\n**Về thông tin cơ sở**\n\n\
         Chủ tịch UBND tỉnh yêu cầu:\n\n1. Sở Nội vụ\n\na) Theo dõi thường xuyên.\n\n2. Công an tỉnh chủ trì, phối hợp với Sở Nội vụ kiểm tra.\n\n\
         Yêu cầu các cơ quan, đơn vị nghiêm túc thực hiện./.\n",
    );
    assert_eq!(
        duties(&directive),
        [
            "1.a: Theo dõi thường xuyên. [lead:Sở Nội vụ]",
            "2: Công an tỉnh chủ trì, phối hợp với Sở Nội vụ kiểm tra. [lead:Công an tỉnh, support:Sở Nội vụ]",
        ]
    );
}

#[test]
fn fields_below_an_activity_make_it_a_duty() {
    let reading = plan(
        "Hội thi năm 2026",
        "I. HOẠT ĐỘNG\n\n1. Tổ chức Hội thi tìm hiểu\n\n- Đơn vị chủ trì: Sở Tư pháp.\n\n- Đơn vị thực hiện: Trung tâm Văn hóa tỉnh.\n\n\
         - Đơn vị phối hợp: Báo Ninh Bình; UBND các phường: Hoa Lư, Tam Điệp.\n\n- Thời gian: từ ngày 11/9/2026 đến ngày 20/9/2026.\n\n\
         - Sản phẩm: Báo cáo kết quả.\n\n- Kinh phí: 350 triệu đồng.\n\n\
         2. In tờ gấp (Cơ quan chủ trì: Sở Nội vụ; cơ quan phối hợp: Sở Tài chính; thời gian hoàn thành: Quý II).\n",
    );
    assert_eq!(
        duties(&reading),
        [
            "I.1: Tổ chức Hội thi tìm hiểu [lead:Sở Tư pháp, assigned:Trung tâm Văn hóa tỉnh, support:Báo Ninh Bình, support:UBND phường Hoa Lư, support:UBND phường Tam Điệp]",
            "I.2: In tờ gấp [lead:Sở Nội vụ, support:Sở Tài chính]",
        ]
    );
    let first = &reading.duties[0];
    assert_eq!(
        (
            first.due.as_deref(),
            first.product.as_deref(),
            first.budget.as_deref(),
            first.cadence
        ),
        (
            Some("2026-09-20"),
            Some("Báo cáo kết quả"),
            Some("350 triệu đồng"),
            Cadence::Once
        )
    );
    assert_eq!(reading.duties[1].due.as_deref(), Some("2026-Q2"));
}

#[test]
fn sentences_give_tasks_where_nobody_has_a_section() {
    let reading = plan(
        "Tuyên truyền năm 2026",
        "I. NỘI DUNG\n\n1. Xây dựng quy chế (Giao Công an tỉnh chủ trì, phối hợp với Văn phòng UBND tỉnh; Sở Tư pháp tham mưu).\n\n\
         2. Tập huấn cho cán bộ. Giao Sở Nội vụ tổ chức trong tháng 6/2026.\n\n\
         3. UBND các xã, phường tiếp tục phát thanh hằng ngày.\n\n4. Rà soát hệ thống loa tại các xã.\n",
    );
    assert_eq!(
        duties(&reading),
        [
            "I.1: Xây dựng quy chế (Giao Công an tỉnh chủ trì, phối hợp với Văn phòng UBND tỉnh; Sở Tư pháp tham mưu). [lead:Công an tỉnh, support:Văn phòng UBND tỉnh, support:Sở Tư pháp]",
            "I.2: Giao Sở Nội vụ tổ chức trong tháng 6/2026 [assigned:Sở Nội vụ]",
            "I.3: UBND các xã, phường tiếp tục phát thanh hằng ngày. [lead:UBND các xã, phường]",
        ]
    );
    assert_eq!(reading.duties[1].due.as_deref(), Some("2026-06"));
    assert_eq!(reading.duties[2].cadence, Cadence::Daily);
    assert!(reading.duties[2].confidence < reading.duties[0].confidence);
}

#[test]
fn what_asks_nobody_for_anything_is_no_duty() {
    let reading = plan(
        "Tuyên truyền năm 2026",
        "Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:\n\nI. MỤC ĐÍCH, YÊU CẦU\n\n1. Các cơ quan, đơn vị nâng cao nhận thức.\n\n\
         2. Sở Nội vụ phải chủ động.\n\nII. NỘI DUNG\n\n1. Kinh phí đã giao cho Công an tỉnh.\n\n2. Theo đề nghị của Sở Nội vụ.\n\n\
         III. TỔ CHỨC THỰC HIỆN\n\n1. Kinh phí: Do ngân sách bảo đảm.\n\n2. Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị báo cáo UBND tỉnh.\n\n\
         Trên đây là Kế hoạch, đề nghị các sở, ban, ngành triển khai thực hiện./.\n",
    );
    assert_eq!(duties(&reading), Vec::<String>::new());
}

#[test]
fn words_tell_how_often_and_until_when() {
    let cases = [
        ("Phát trên loa hằng ngày.", Cadence::Daily, None),
        ("Đưa tin hằng tuần.", Cadence::Monthly, None),
        (
            "Báo cáo trước ngày 15 hằng tháng.",
            Cadence::Monthly,
            Some("*-15"),
        ),
        ("Tổ chức giao ban hằng quý.", Cadence::Quarterly, None),
        ("Định kỳ 6 tháng sơ kết.", Cadence::HalfYearly, None),
        (
            "Tổng kết trước ngày 31/12 hằng năm.",
            Cadence::Yearly,
            Some("12-31"),
        ),
        ("Thường xuyên cập nhật.", Cadence::Ongoing, None),
        ("Tổ chức một lần.", Cadence::Once, None),
        (
            "Hoàn thành trước ngày 30/6/2026.",
            Cadence::Once,
            Some("2026-06-30"),
        ),
        (
            "Hoàn thành trước ngày 30/6.",
            Cadence::Once,
            Some("2026-06-30"),
        ),
        (
            "Xây dựng chuyên mục trong quý III.",
            Cadence::Once,
            Some("2026-Q3"),
        ),
        ("Triển khai trong năm 2026.", Cadence::Ongoing, None),
        (
            "Theo Quyết định số 12/QĐ-UBND ngày 08/12/2025 của UBND tỉnh.",
            Cadence::Ongoing,
            None,
        ),
        (
            "Bố trí trong dự toán ngân sách hằng năm.",
            Cadence::Ongoing,
            None,
        ),
    ];
    for (text, cadence, due) in cases {
        let body = format!("I. TỔ CHỨC THỰC HIỆN\n\n1. Sở Nội vụ\n\n- {text}\n");
        let reading = plan("Tuyên truyền năm 2026", &body);
        let duty = &reading.duties[0];
        assert_eq!(
            (duty.cadence, duty.due.as_deref()),
            (cadence, due),
            "{text}"
        );
    }
    // Over several years a day without a year stays one.
    let reading = plan(
        "Tuyên truyền giai đoạn 2026 - 2030",
        "I. TỔ CHỨC THỰC HIỆN\n\n1. Sở Nội vụ\n\n- Hoàn thành trước ngày 30/6.\n",
    );
    assert_eq!(reading.duties[0].due.as_deref(), Some("06-30"));
}

#[test]
fn an_attached_plan_has_its_own_organisation() {
    let reading = document(
        "UBND TỈNH SƠN LA\n\nSố: 10/QĐ-UBND\n\nSơn La, ngày 02 tháng 01 năm 2026\n\nQUYẾT ĐỊNH\n\nBan hành Kế hoạch tuyên truyền năm 2026\n\n\
         Điều 1. Ban hành kèm theo Quyết định này Kế hoạch.\n\n\
         Nơi nhận:\n- Lưu: VT.\n\nCHỦ TỊCH\n\nLò Văn A\n\nKẾ HOẠCH\n\nTUYÊN TRUYỀN NĂM 2026\n\n(Kèm theo Quyết định số 10/QĐ-UBND ngày 02/01/2026 của UBND tỉnh)\n\n\
         I. NỘI DUNG TUYÊN TRUYỀN\n\n1. Một cửa.\n\nII. TỔ CHỨC THỰC HIỆN\n\n1. Sở Nội vụ\n\n- Theo dõi.\n",
    );
    assert_eq!(duties(&reading), ["II.1.1: Theo dõi. [lead:Sở Nội vụ]"]);
    assert_eq!(reading.themes[0].clause, "I.1");
    assert!(reading.acts.is_empty());
}
