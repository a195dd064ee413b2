//! On the real units of Hà Nam.

use std::collections::BTreeMap;

use super::*;

fn units(day: &str) -> Vec<Unit> {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../data/units/ha-nam.units.csv"
    );
    let day: NaiveDate = day.parse().unwrap();
    let mut ids = BTreeMap::new();
    let mut units = Vec::new();
    let mut reader = csv::Reader::from_path(path).unwrap();
    for row in reader.records().map(Result::unwrap) {
        let next = i64::try_from(ids.len() + 1).unwrap();
        let id = *ids.entry(row[0].to_owned()).or_insert(UnitId(next));
        let date = |field: usize| row[field].parse::<NaiveDate>().ok();
        let there = date(7).unwrap() <= day && date(8).is_none_or(|end| day < end);
        if there {
            units.push(Unit {
                id,
                key: row[0].to_owned(),
                name: row[1].to_owned(),
                short_name: row[2].to_owned(),
                kind: row[3].to_owned(),
                level: row[4].to_owned(),
                code: None,
                parent: None,
                valid_from: date(7).unwrap(),
                valid_to: date(8),
            });
        }
    }
    units
}

/// The keys of the data files that a name stands for on a day.
fn found(day: &str, name: &str) -> Vec<(How, Vec<String>)> {
    let units = units(day);
    let matcher = Matcher::over(&units.iter().collect::<Vec<_>>());
    let key = |id: &UnitId| {
        units
            .iter()
            .find(|unit| unit.id == *id)
            .unwrap()
            .key
            .clone()
    };
    matcher
        .find(name)
        .iter()
        .map(|found| (found.how, found.units.iter().map(key).collect()))
        .collect()
}

#[test]
fn names_of_the_plan_find_their_units() {
    let expected = [
        ("Sở Thông tin và Truyền thông", "hn-stttt"),
        ("Sở Thông tin và Truyền thông tỉnh Hà Nam", "hn-stttt"),
        ("Sở TT&TT", "hn-stttt"),
        ("Ban Tuyên giáo Tỉnh ủy", "hn-btg"),
        ("SỞ NỘI VỤ", "hn-snv"),
        ("Sở VHTTDL", "hn-svhttdl"),
        ("Đài Phát thanh và Truyền hình tỉnh", "hn-pttth"),
        ("Đài PT-TH Hà Nam", "hn-pttth"),
        ("Báo Hà Nam", "hn-bao"),
        ("Uỷ ban nhân dân tỉnh", "hn-35"),
        ("UBND tỉnh Hà Nam", "hn-35"),
        ("UBND huyện Kim Bảng", "hn-350"),
        ("Ủy ban nhân dân TP Phủ Lý", "hn-347"),
        ("Thị xã Duy Tiên", "hn-349"),
        ("UBND xã Phù Vân", "hn-13306"),
    ];
    for (name, key) in expected {
        assert_eq!(
            found("2021-12-31", name),
            [(How::Named, vec![key.to_owned()])],
            "{name}"
        );
    }
}

#[test]
fn groups_stand_for_every_unit_of_the_day() {
    let count = |day: &str, name: &str| {
        let found = found(day, name);
        assert_eq!(found.len(), 1, "{name}: {found:?}");
        (found[0].0, found[0].1.len())
    };
    let districts = "Ủy ban nhân dân các huyện, thị xã, thành phố";
    assert_eq!(count("2021-12-31", districts), (How::Every, 6));
    assert_eq!(count("2025-06-30", districts), (How::Every, 6));
    assert_eq!(count("2025-07-01", districts), (How::Unknown, 0));
    assert_eq!(count("2021-12-31", "UBND các huyện"), (How::Every, 4));
    assert_eq!(count("2025-07-01", "UBND các xã, phường"), (How::Every, 33));
    assert_eq!(count("2021-12-31", "UBND cấp xã"), (How::Every, 109));
    assert_eq!(count("2021-12-31", "các sở, ban, ngành"), (How::Every, 4));
    assert_eq!(
        count("2021-12-31", "Các sở, ban, ngành của tỉnh"),
        (How::Every, 4)
    );
    assert_eq!(
        count("2021-12-31", "các cơ quan báo chí của tỉnh"),
        (How::Every, 2)
    );
    assert_eq!(
        count("2021-12-31", "Phòng Văn hóa và Thông tin"),
        (How::Within, 6)
    );
    assert_eq!(
        count("2021-12-31", "Đài Truyền thanh cấp huyện"),
        (How::Within, 6)
    );
}

#[test]
fn joined_names_are_parted() {
    let keys = |key: &str| (How::Named, vec![key.to_owned()]);
    assert_eq!(
        found("2021-12-31", "Báo Hà Nam, Đài PT&TH Hà Nam"),
        [keys("hn-bao"), keys("hn-pttth")]
    );
}

#[test]
fn what_is_not_in_the_tree_stays_a_name() {
    for name in [
        "Bộ Thông tin và Truyền thông",
        "Sở Tài chính",
        "các cơ quan, đơn vị",
        "các sở, ban, ngành liên quan",
        "các cơ quan báo chí Trung ương",
        "Tỉnh ủy",
        "Hội đồng nhân dân tỉnh",
        "UBND huyện Hoa Lư",
        "tỉnh",
    ] {
        assert_eq!(
            found("2021-12-31", name),
            [(How::Unknown, vec![])],
            "{name}"
        );
    }
}

#[test]
fn a_date_in_part_means_its_last_day() {
    for (printed, day) in [
        ("2021", "2021-12-31"),
        ("2024-02", "2024-02-29"),
        ("2026-04-28", "2026-04-28"),
    ] {
        assert_eq!(last_day(printed), day.parse().ok(), "{printed}");
    }
    assert_eq!(last_day("2021-13"), None);
}
