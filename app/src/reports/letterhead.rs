//! Who speaks in a report: names and posts in the form of decree 30/2020/NĐ-CP, annex I, taken from
//! the tree of units as it was on a day.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::ids::UnitId;
use crate::units::{Unit, UnitTree};

const PEOPLES_COMMITTEE: &str = "Ủy ban nhân dân";

/// The frame of an official document. Part of what is hashed: the order of the fields stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letterhead {
    /// The agency above; a people's committee has none.
    pub parent: Option<String>,
    /// The agency that issues it; a line end breaks the line.
    pub issuer: String,
    /// `BC-STTTT`
    pub notation: String,
    /// The place before the date.
    pub place: String,
    /// `TM.` when somebody signs for a committee.
    pub form: Option<String>,
    /// Authority and post.
    pub posts: Vec<String>,
    /// Who signs; empty while nobody is known to lead the unit.
    pub signer: String,
    /// To whom it goes.
    pub recipients: Vec<String>,
}

impl Letterhead {
    /// Of a unit on a day.
    pub(super) fn of(tree: &UnitTree, unit: UnitId, day: NaiveDate) -> Self {
        let province = province(tree, unit, day);
        let Some(unit) = tree.near(unit, day) else {
            return Self::agency(tree.name(unit, day), None, "");
        };
        let place = province.map_or("", |province| province.short_name.as_str());
        match unit.level.as_str() {
            "province" => Self::committee(unit, place),
            "agency" => {
                // A department is an arm of the committee; newspapers and the Party's bodies are not.
                let parent = province.filter(|_| unit.kind == "sở").map(committee_of);
                let name = without_province(&unit.name, place);
                let mut head = Self::agency(name.to_owned(), parent, place);
                if unit.kind == "sở" {
                    head.posts = vec!["Giám đốc".into()];
                }
                head
            }
            _ => Self::committee(unit, bare(&unit.short_name)),
        }
    }

    fn committee(unit: &Unit, place: &str) -> Self {
        Self {
            parent: None,
            issuer: committee_of(unit),
            notation: "BC-UBND".into(),
            place: place.to_owned(),
            form: Some("TM.".into()),
            posts: vec![PEOPLES_COMMITTEE.into(), "Chủ tịch".into()],
            signer: String::new(),
            recipients: Vec::new(),
        }
    }

    fn agency(name: String, parent: Option<String>, place: &str) -> Self {
        Self {
            parent,
            notation: format!("BC-{}", initials(&name)),
            issuer: name,
            place: place.to_owned(),
            form: None,
            posts: vec!["Thủ trưởng cơ quan".into()],
            signer: String::new(),
            recipients: Vec::new(),
        }
    }
}

/// The province a unit was in.
pub(super) fn province(tree: &UnitTree, unit: UnitId, day: NaiveDate) -> Option<&Unit> {
    let mut unit = tree.near(unit, day)?;
    // No tree is deeper; a ring in the data ends here.
    for _ in 0..8 {
        if unit.level == "province" {
            return Some(unit);
        }
        unit = tree.near(unit.parent?, day)?;
    }
    None
}

fn committee_of(unit: &Unit) -> String {
    format!("{PEOPLES_COMMITTEE}\n{}", unit.name)
}

/// 'Sở Nội vụ tỉnh Hà Nam' signs as 'Sở Nội vụ': the province stands above it.
fn without_province<'a>(name: &'a str, province: &str) -> &'a str {
    let tail = format!(" tỉnh {province}");
    name.strip_suffix(tail.as_str()).unwrap_or(name)
}

/// 'Xã Nhật Tân' writes from 'Nhật Tân'; 'Phường 2' keeps its kind.
fn bare(name: &str) -> &str {
    let kinds = [
        "Xã ",
        "Phường ",
        "Thị trấn ",
        "Huyện ",
        "Thị xã ",
        "Thành phố ",
        "TP ",
        "TX ",
    ];
    let rest = kinds.iter().find_map(|kind| name.strip_prefix(kind));
    rest.filter(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
        .unwrap_or(name)
}

/// 'Sở Văn hóa, Thể thao và Du lịch' is SVHTTDL.
fn initials(name: &str) -> String {
    name.split_whitespace()
        .filter(|word| *word != "và")
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shortened_as_offices_do() {
        for (name, short) in [
            ("Sở Thông tin và Truyền thông", "STTTT"),
            ("Sở Văn hóa, Thể thao và Du lịch", "SVHTTDL"),
            ("Sở Nội vụ", "SNV"),
            ("Đài Phát thanh và Truyền hình", "ĐPTTH"),
        ] {
            assert_eq!(initials(name), short);
        }
        assert_eq!(
            without_province("Sở Nội vụ tỉnh Hà Nam", "Hà Nam"),
            "Sở Nội vụ"
        );
        assert_eq!(without_province("Báo Hà Nam", "Hà Nam"), "Báo Hà Nam");
        assert_eq!(bare("Xã Nhật Tân"), "Nhật Tân");
        assert_eq!(bare("Phường 2"), "Phường 2");
    }
}
