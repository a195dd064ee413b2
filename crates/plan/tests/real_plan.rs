//! The document Loa was started for, as the example carries it.

use loa_plan::{ChannelKind, Clause, Reading, read};

fn reading() -> Reading {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/ha-nam/plan.md");
    read(&std::fs::read(path).unwrap(), Some("plan.md")).unwrap()
}

#[test]
fn the_head_is_read_and_blanks_stay_blank() {
    let plan = reading();
    assert_eq!(plan.kind.as_deref(), Some("KẾ HOẠCH"));
    assert_eq!(
        plan.title,
        "Thông tin, tuyên truyền về cải cách hành chính nhà nước giai đoạn 2021 - 2030 trên địa bàn tỉnh Hà Nam"
    );
    assert_eq!(
        plan.issuer.as_deref(),
        Some("Sở Thông tin và Truyền thông tỉnh Hà Nam")
    );
    assert_eq!(
        (plan.number, plan.notation.as_deref()),
        (None, Some("KH-STTTT"))
    );
    assert_eq!(
        (plan.place.as_deref(), plan.date.as_deref()),
        (Some("Hà Nam"), Some("2021"))
    );
    let signer = plan.signer.unwrap();
    assert_eq!(
        (signer.form, signer.title.as_str(), signer.name.as_str()),
        (None, "GIÁM ĐỐC", "Nguyễn Duy Tuấn")
    );
    assert_eq!(plan.recipients.len(), 7);
    assert_eq!(plan.recipients[6], "Lưu: VT");
    let period = plan.period.unwrap();
    assert_eq!((period.from, period.to), (2021, 2030));
}

#[test]
fn the_tree_has_its_parts_sections_and_bullets() {
    let plan = reading();
    let count = |wanted: fn(&Clause) -> bool| plan.walk().filter(|clause| wanted(clause)).count();
    assert_eq!(
        plan.clauses
            .iter()
            .filter(|clause| clause.marker.is_some())
            .count(),
        4
    );
    assert_eq!(
        count(|clause| clause
            .marker
            .as_deref()
            .is_some_and(|text| text.parse::<u32>().is_ok())),
        10
    );
    assert_eq!(count(|clause| clause.marker.as_deref() == Some("-")), 28);
    let first = plan.walk().find(|clause| clause.id == "II.1.3").unwrap();
    assert_eq!(first.eid, "part_II__sec_1__point_3");
    assert!(first.text.starts_with("Vai trò, trách nhiệm"));
    let time = plan.walk().find(|clause| clause.id == "II.3").unwrap();
    assert_eq!(
        (time.heading.as_deref(), time.text.as_str()),
        (Some("Thời gian tuyên truyền"), "Giai đoạn 2021 - 2030.")
    );
}

#[test]
fn sentences_cut_by_a_page_break_are_whole_again() {
    let plan = reading();
    let text = |id: &str| {
        plan.walk()
            .find(|clause| clause.id == id)
            .unwrap()
            .text
            .clone()
    };
    assert!(text("I.2.1").contains("phục vụ sự nghiệp công nghiệp hóa"));
    assert!(text("II.1.7").contains("17/NQ-CP ngày 17/3/2019"));
    let told = plan
        .warnings
        .iter()
        .filter(|warning| warning.message.contains("ngắt trang"))
        .count();
    assert_eq!(told, 2, "{:?}", plan.warnings);
}

#[test]
fn elements_name_their_clauses() {
    let plan = reading();
    assert_eq!(plan.themes.len(), 10);
    assert_eq!(plan.themes[9].clause, "II.1.10");
    let kinds: Vec<(&str, ChannelKind)> = plan
        .channels
        .iter()
        .map(|channel| (channel.clause.as_str(), channel.kind))
        .collect();
    assert_eq!(
        kinds,
        [
            ("II.2.1", ChannelKind::PressPrint),
            ("II.2.1", ChannelKind::PressOnline),
            ("II.2.1", ChannelKind::PressTv),
            ("II.2.1", ChannelKind::PressRadio),
            ("II.2.2", ChannelKind::LocalRadio),
            ("II.2.2", ChannelKind::Loudspeaker),
            ("II.2.3", ChannelKind::Portal),
            ("II.2.3", ChannelKind::UnitSite),
            ("II.2.4", ChannelKind::SocialNetwork),
        ]
    );
    let report = &plan.reports[0];
    assert_eq!(plan.reports.len(), 1);
    assert_eq!(
        (
            report.clause.as_str(),
            report.due.as_str(),
            report.inclusive
        ),
        ("IV", "10-01", false)
    );
    assert_eq!(report.to.as_deref(), Some("Sở Thông tin và Truyền thông"));
}

#[test]
fn seven_acts_are_cited() {
    let plan = reading();
    let acts: Vec<(&str, &str)> = plan
        .acts
        .iter()
        .map(|act| (act.number.as_str(), act.date.as_deref().unwrap_or("-")))
        .collect();
    assert_eq!(
        acts,
        [
            ("1578/QĐ-UBND", "2021-09-06"),
            ("1216/QĐ-BTTTT", "2021-08-13"),
            ("18-NQ/TW", "2017-10-25"),
            ("19-NQ/TW", "2017-10-25"),
            ("61/2018/NĐ-CP", "2018-04-23"),
            ("17/NQ-CP", "2019-03-17"),
            ("749/QĐ-TTg", "2020-06-03"),
        ]
    );
    assert_eq!(plan.acts[4].issuer.as_deref(), Some("Chính phủ"));
    assert_eq!(plan.acts[4].cited_in, ["II.1.5"]);
}

#[test]
fn duties_name_who_owes_them() {
    let plan = reading();
    let clauses: Vec<&str> = plan
        .duties
        .iter()
        .map(|duty| duty.clause.as_str())
        .collect();
    assert_eq!(
        clauses,
        [
            "IV.1.1", "IV.1.2", "IV.1.3", "IV.1.4", "IV.1.5", "IV.1.6", "IV.2", "IV.3", "IV.4.1",
            "IV.4.2", "IV.5.1", "IV.5.2"
        ]
    );
    let units = |place: usize| {
        plan.duties[place]
            .units
            .iter()
            .map(|unit| unit.name.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        units(0),
        ["Sở Thông tin và Truyền thông", "Ban Tuyên giáo Tỉnh ủy"]
    );
    assert_eq!(units(3)[1], "Ủy ban nhân dân các huyện, thị xã, thành phố");
    assert_eq!(units(6), ["Sở Nội vụ"]);
    assert_eq!(units(11)[1], "Đài Phát thanh và Truyền hình tỉnh");
}
