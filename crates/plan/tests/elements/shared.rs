//! The three shared documents, read by a person for what they ask.

use loa_plan::{Cadence, Reading, RelationKind};

use super::{shared, told, units};

const HANOI: &str = "cases/documents/hanoi_kh_173_2026.txt";
const SONLA: &str = "cases/documents/qd_254_sonla_2023.txt";
const HANAM: &str = "plan/ke-hoach-ha-nam-2021-2030.md";

/// `number date issuer: clauses` of each act.
fn acts(reading: &Reading) -> Vec<String> {
    let some = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".into());
    reading
        .acts
        .iter()
        .map(|act| {
            format!(
                "{} | {} | {} | {} | {}",
                act.kind,
                act.number,
                some(&act.date),
                some(&act.issuer),
                act.cited_in.join(" ")
            )
        })
        .collect()
}

#[test]
fn the_acts_of_ha_noi() {
    let Some(plan) = shared(HANOI) else { return };
    assert_eq!(
        acts(&plan),
        [
            "Nghị quyết | 02-NQ/TW | 2026-03-17 | Bộ Chính trị | preamble I.1.1 V",
            "Nghị quyết | 80-NQ/TW | 2026-01-07 | Bộ Chính trị | preamble I.1.1 V",
            "Chương trình hành động | 08-CTr/TU | 2026-03-17 | Thành uỷ Hà Nội | preamble I.1.1",
            "Kế hoạch | 128/KH-UBND | 2026-03-30 | UBND Thành phố | preamble",
            "Quyết định | 53/2016/QĐ-UBND | 2016-12-28 | - | III.3.1.6",
            "Quyết định | 5969/QĐ-UBND | 2025-11-28 | UBND Thành phố | IV.1",
            "Luật | Luật Ngân sách Nhà nước | - | Quốc hội | V.11.2",
        ]
    );
    let titles: Vec<&str> = plan
        .acts
        .iter()
        .filter_map(|act| act.title.as_deref())
        .collect();
    assert_eq!(
        titles[..2],
        [
            "về Xây dựng và phát triển Thủ đô Hà Nội trong kỷ nguyên mới",
            "về phát triển văn hoá Việt Nam"
        ]
    );
}

#[test]
fn the_acts_of_son_la() {
    let Some(plan) = shared(SONLA) else { return };
    assert_eq!(
        acts(&plan),
        [
            "Luật | Luật Tổ chức Chính quyền địa phương | 2015-06-19 | Quốc hội | preamble",
            "Luật | Luật Sửa đổi bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức Chính quyền địa phương | 2019-11-22 | Quốc hội | preamble",
            "Luật | Luật Bảo vệ bí mật nhà nước | 2018-11-15 | Quốc hội | preamble II.1 II.5 III.1.1 III.4",
            "Nghị định | 26/2020/NĐ-CP | 2020-02-28 | Chính phủ | preamble II.1 II.5 III.3.1",
            "Thông tư | 24/2020/TT-BCA | 2020-03-10 | Bộ trưởng Bộ Công an | preamble II.1 II.4",
            "Chỉ thị | 02/CT-TTg | 2019-11-15 | Thủ tướng Chính phủ | preamble II.1",
            "Tờ trình | 02/TTr-CAT-ANCTNB | 2023-02-03 | - | preamble",
            "Bộ luật | Bộ Luật hình sự | 2015 | Quốc hội | II.1",
            "Quy định | 69-QĐ/TW | 2022-07-06 | Ban Chấp hành Trung ương | II.1",
            "Nghị định | 112/2020/NĐ-CP | 2020-09-18 | Chính phủ | II.1",
            "Nghị định | 144/2021/NĐ-CP | 2021-12-31 | Chính phủ | II.1",
            "Chỉ thị | 02/CT-TTg | 2018-07-04 | Thủ tướng Chính phủ | II.1",
            "Kế hoạch | 11/KH-UBND | 2020-01-23 | UBND tỉnh | II.1",
            "Công văn | 4216/UBND-NC | 2021-12-02 | Chủ tịch UBND tỉnh | II.7",
            "Công văn | 4478/UBND-NC | 2022-11-18 | Chủ tịch UBND tỉnh | II.7",
            "Quyết định | 2566/QĐ-UBND | 2022-12-08 | UBND tỉnh | III.6",
            "Luật | Luật Ngân sách nhà nước | - | Quốc hội | III.6 IV.2",
        ]
    );
}

#[test]
fn the_acts_of_ha_nam() {
    let Some(plan) = shared(HANAM) else { return };
    assert_eq!(
        acts(&plan),
        [
            "Quyết định | 1578/QĐ-UBND | 2021-09-06 | UBND tỉnh | preamble",
            "Quyết định | 1216/QĐ-BTTTT | 2021-08-13 | Bộ Thông tin và Truyền thông | preamble",
            "Nghị quyết | 18-NQ/TW | 2017-10-25 | Ban Chấp hành Trung ương Đảng | II.1.4",
            "Nghị quyết | 19-NQ/TW | 2017-10-25 | Ban Chấp hành Trung ương Đảng | II.1.4",
            "Nghị định | 61/2018/NĐ-CP | 2018-04-23 | Chính phủ | II.1.5",
            "Nghị quyết | 17/NQ-CP | 2019-03-17 | Chính phủ | II.1.7",
            "Quyết định | 749/QĐ-TTg | 2020-06-03 | Thủ tướng Chính phủ | II.1.7",
        ]
    );
    assert_eq!(plan.themes.len(), 10);
    assert_eq!(plan.channels.len(), 9);
    assert_eq!(plan.duties.len(), 12);
    assert!(plan.audiences.is_empty());
    assert!(plan.milestones.is_empty(), "its only time is its period");
    assert_eq!(plan.money.len(), 1);
    assert_eq!(plan.money[0].clause, "III");
}

#[test]
fn the_duties_of_ha_noi() {
    let Some(plan) = shared(HANOI) else { return };
    let of = |section: usize| {
        let (own, below) = (format!("V.{section}"), format!("V.{section}."));
        let duties = plan.duties.iter();
        duties.filter(move |duty| duty.clause == own || duty.clause.starts_with(&below))
    };
    let counts: Vec<usize> = (1..=20).map(|section| of(section).count()).collect();
    assert_eq!(
        counts,
        [9, 2, 2, 3, 5, 3, 2, 2, 3, 4, 2, 2, 1, 2, 3, 2, 4, 1, 2, 2]
    );
    let holders = [
        "lead:Sở Văn hóa và Thể thao",
        "lead:Trung tâm Bảo tồn di sản Thăng Long - Hà Nội",
        "lead:Sở Du lịch",
        "asked:Ban Tuyên giáo và Dân vận Thành ủy",
        "lead:Công an thành phố Hà Nội",
        "lead:Bộ Tư lệnh Thủ đô",
        "lead:Thành đoàn Hà Nội",
        "lead:Sở Xây dựng",
        "lead:Sở Nông nghiệp và Môi trường",
        "lead:Sở Y tế",
        "lead:Sở Tài chính",
        "lead:Sở Nội vụ",
        "lead:Tổng Công ty Điện lực Hà Nội",
        "asked:Đài Truyền hình Việt Nam",
        "asked:Cơ quan Báo và Phát thanh, Truyền hình Hà Nội",
        "lead:Liên hiệp các tổ chức hữu nghị thành phố Hà Nội",
        "lead:UBND phường Ba Đình, lead:UBND phường Hoàn Kiếm, lead:UBND phường Cửa Nam, lead:UBND phường Văn Miếu – Quốc Tử Giám, lead:UBND phường Từ Liêm, lead:UBND xã Bát Tràng",
        "lead:UBND các xã, phường",
        "asked:Thành phố Hồ Chí Minh, asked:tỉnh Đăk Lăk, asked:tỉnh Điện Biên",
        "asked:Đại sứ quán Trung Quốc, asked:Đại sứ quán Ấn Độ, asked:Đại sứ quán Cộng hoà Liên bang Nga",
    ];
    for (section, holder) in (1..).zip(holders) {
        for duty in of(section) {
            assert!(units(duty).starts_with(holder), "{}", told(duty));
        }
    }
    let helpers = |clause: &str| {
        let duty = plan.duties.iter().find(|duty| duty.clause == clause);
        units(duty.expect(clause))
    };
    assert_eq!(
        helpers("V.17.1").matches("support:").count(),
        6,
        "{}",
        helpers("V.17.1")
    );
    assert!(
        helpers("V.10.1").contains("support:UBND phường Hoàn Kiếm, support:UBND phường Cửa Nam")
    );
    assert!(
        helpers("V.8.1").contains("assigned:Trung tâm Quản lý hạ tầng kỹ thuật thành phố Hà Nội")
    );
    assert!(helpers("V.19.1").contains("assigned:Sở Văn hóa, Thể thao và Du lịch"));
    assert!(helpers("V.7.1").ends_with("support:Sở Văn hóa và Thể thao"));
    // What stands behind all sections is nobody's section.
    assert_eq!(
        helpers("V"),
        "asked:các Đại sứ quán, asked:các tỉnh, thành phố, assigned:các Sở, ngành, địa phương"
    );
}

#[test]
fn the_activities_of_ha_noi() {
    let Some(plan) = shared(HANOI) else { return };
    let activities: Vec<(&str, Option<&str>)> = plan
        .duties
        .iter()
        .filter(|duty| duty.clause.starts_with("III"))
        .map(|duty| (duty.clause.as_str(), duty.due.as_deref()))
        .collect();
    assert_eq!(
        activities,
        [
            ("III.2.1", Some("2026-09-11")),
            ("III.2.2", Some("2026-09-12")),
            ("III.2.3", Some("2026-09-13")),
            ("III.2.4", Some("2026-09-18")),
            ("III.2.5", Some("2026-09-19")),
            ("III.2.6", Some("2026-09-20")),
            ("III.3.1", Some("2026-09-20")),
            ("III.3.2", Some("2026")),
            ("III.3.3", Some("2026-10-10")),
            ("III.4", None),
        ]
    );
    let duty = &plan.duties[plan
        .duties
        .iter()
        .position(|duty| duty.clause == "III.3.1")
        .unwrap()];
    assert_eq!(
        duty.text,
        "Hoạt động triển lãm, trưng bày, trải nghiệm kết nối di sản, trình diễn nghệ thuật"
    );
    assert!(units(duty).starts_with(
        "lead:Sở Văn hoá và Thể thao, assigned:Trung tâm Hoạt động Văn hóa Khoa học Văn Miếu - Quốc Tử Giám, support:Các Câu lạc bộ Thư pháp trên địa bàn Hà Nội"
    ));
    assert!(
        duty.budget
            .as_deref()
            .unwrap()
            .starts_with("nguồn kinh phí từ nguồn thu")
    );
    let all = plan.duties.iter().find(|duty| duty.clause == "II").unwrap();
    assert_eq!(all.text, plan.title);
    assert!(units(all).starts_with("lead:Sở Văn hoá và Thể thao, support:Các Sở, ngành Thành phố"));
    assert_eq!(plan.milestones.len(), 10);
    assert_eq!(
        (
            plan.milestones[6].clause.as_str(),
            plan.milestones[6].from.as_deref(),
            plan.milestones[6].to.as_deref()
        ),
        ("III.3.1.1", Some("2026-09-11"), Some("2026-09-20"))
    );
    assert_eq!(plan.money.len(), 12);
    assert!(plan.reports.is_empty());
    let period = plan.period.unwrap();
    assert_eq!((period.from, period.to), (2026, 2026));
    // Its own words: contents of communication, and ways of it; the forms of a show are none.
    assert_eq!(plan.themes.len(), 1);
    assert_eq!(plan.themes[0].clause, "III.4.5");
    assert!(
        plan.channels
            .iter()
            .all(|channel| channel.clause == "III.4.6")
    );
    let carried: Vec<&str> = plan
        .relations
        .iter()
        .map(|relation| relation.act.as_str())
        .collect();
    assert_eq!(
        carried,
        ["02-NQ/TW", "80-NQ/TW", "08-CTr/TU", "128/KH-UBND"]
    );
    assert!(
        plan.relations
            .iter()
            .all(|relation| relation.kind == RelationKind::Implements)
    );
}

#[test]
fn the_duties_of_son_la() {
    let Some(plan) = shared(SONLA) else { return };
    let duties: Vec<String> = plan
        .duties
        .iter()
        .map(|duty| format!("{} {}", duty.clause, units(duty)))
        .collect();
    assert_eq!(
        duties,
        [
            "Điều 3 lead:Chánh Văn phòng Uỷ ban nhân dân tỉnh, lead:Giám đốc Công an tỉnh, lead:Thủ trưởng các sở, ban, ngành trực thuộc Ủy ban nhân dân tỉnh, lead:Chủ tịch Ủy ban nhân dân huyện, thành phố, lead:các cơ quan, tổ chức liên quan",
            "II.1 lead:Các sở, ban, ngành trực thuộc UBND tỉnh, lead:UBND các huyện, thành phố",
            "II.6 lead:Công an tỉnh, support:Văn phòng UBND tỉnh, support:Sở Tư pháp, support:các cơ quan, tổ chức có liên quan",
            "II.7 lead:Thủ trưởng các sở, ban, ngành trực thuộc UBND tỉnh, lead:Chủ tịch UBND các huyện, thành phố",
            "II.8 assigned:Công an tỉnh",
            "III.1 lead:Công an tỉnh",
            "III.1.1 lead:Công an tỉnh, assigned:Giám đốc Công an tỉnh",
            "III.1.2 lead:Công an tỉnh, assigned:Giám đốc Công an tỉnh, support:Văn phòng UBND tỉnh, support:các cơ quan có liên quan",
            "III.1.3 lead:Công an tỉnh, assigned:Giám đốc Công an tỉnh",
            "III.2 lead:Văn phòng UBND tỉnh, support:Công an tỉnh, support:các cơ quan có liên quan",
            "III.3.1 lead:Sở Nội vụ, support:Văn phòng UBND tỉnh",
            "III.3.2 lead:Sở Nội vụ, support:Công an tỉnh",
            "III.4 lead:Sở Tư pháp, support:Công an tỉnh, support:Văn phòng UBND tỉnh",
            "III.5 lead:Sở Thông tin và Truyền thông, support:Công an tỉnh",
            "III.6 lead:Sở Tài chính",
            "IV.1 lead:Thủ trưởng các sở, ban, ngành trực thuộc UBND tỉnh, lead:Chủ tịch UBND các huyện, thành phố",
            "IV.3 lead:Công an tỉnh, support:Văn phòng UBND tỉnh",
        ]
    );
    // The unit and its task stand in one paragraph: the task begins behind the colon.
    let office = plan
        .duties
        .iter()
        .find(|duty| duty.clause == "III.2")
        .unwrap();
    assert!(office.text.starts_with("Phối hợp với Công an tỉnh"));
    assert_eq!(plan.reports.len(), 1, "the plan that is sent is no report");
    let report = &plan.reports[0];
    assert_eq!(
        (
            report.clause.as_str(),
            report.to.as_deref(),
            report.due.as_str(),
            report.inclusive,
            report.cadence
        ),
        ("IV.1", Some("UBND tỉnh"), "11-10", false, Cadence::Once)
    );
    assert_eq!(plan.money.len(), 1);
    assert_eq!(plan.money[0].clause, "IV.2");
    let period = plan.period.unwrap();
    assert_eq!((period.from, period.to), (2023, 2023));
    // It is no plan of information.
    assert!(plan.themes.is_empty() && plan.channels.is_empty() && plan.audiences.is_empty());
    assert!(plan.relations.is_empty() && plan.milestones.is_empty());
}
