//! Duties: what the part on organisation asks, of whom, how often.

use std::sync::LazyLock;

use regex::Regex;

use crate::model::{Cadence, Clause, Duty, DutyUnit, Reading, UnitRole};

/// Names of bodies begin with one of these words and end before a verb.
static BODY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?P<verb>[Pp]hối hợp với|[Cc]hỉ đạo|[Gg]iao|[Đđ]ề nghị|[Cc]hủ trì,? phối hợp với) ",
        r"(?P<name>(?:các )?(?:Ban|Sở|Bộ|Ủy ban nhân dân|UBND|Đài|Báo|Phòng|Trung tâm|Văn phòng|Hội|Đoàn|Mặt trận|cơ quan|sở, ban, ngành|địa phương|đơn vị)(?: \p{L}+)*?(?:, (?:thị xã|thành phố|ban|ngành|đoàn thể|địa phương))*)",
        r"(?: (?:định hướng|triển khai|chỉ đạo|thực hiện|tiếp tục|chủ trì|tham mưu|tổ chức|xây dựng|tăng cường|hướng dẫn|tuyên truyền|phối hợp|cung cấp|rà soát|kiểm tra)\b|[.;,]|$)",
    ))
    .expect("a pattern of ours")
});

/// 'Đài … phối hợp với Sở Nội vụ': the bullet itself begins with who leads.
static SUBJECT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^((?:Đài|Báo|Sở|Phòng|Ban) (?:\p{L}+ )*?)(?:phối hợp|chủ trì|tiếp tục|xây dựng)")
        .expect("a pattern of ours")
});

/// The duties of the part on organisation.
pub fn find(reading: &Reading) -> Vec<Duty> {
    let organisation = reading.clauses.iter().find(|clause| {
        let heading = clause.heading.as_deref().unwrap_or_default().to_lowercase();
        ["tổ chức thực hiện", "phân công", "trách nhiệm"]
            .iter()
            .any(|words| heading.contains(words))
    });
    let mut duties = Vec::new();
    for section in organisation.map_or(&[][..], |part| &part.children) {
        let Some(lead) = holder(section) else {
            continue;
        };
        let asked: Vec<&Clause> = if section.children.is_empty() {
            vec![section]
        } else {
            section.children.iter().collect()
        };
        for clause in asked {
            duties.push(Duty {
                clause: clause.id.clone(),
                units: units(&lead, &clause.text),
                text: clause.text.clone(),
                cadence: cadence_of(&clause.text),
                due: None,
                product: None,
                budget: None,
                row: None,
                confidence: 80,
            });
        }
    }
    duties
}

/// How often, by the words used; nothing said is ongoing.
pub(crate) fn cadence_of(text: &str) -> Cadence {
    let text = text.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if says(&["hằng ngày", "hàng ngày"]) {
        Cadence::Daily
    } else if says(&["hằng tháng", "hàng tháng", "lần/tháng"]) {
        Cadence::Monthly
    } else if says(&["hằng quý", "hàng quý", "lần/quý"]) {
        Cadence::Quarterly
    } else if says(&["6 tháng", "sáu tháng"]) {
        Cadence::HalfYearly
    } else if says(&["hằng năm", "hàng năm", "lần/năm"]) {
        Cadence::Yearly
    } else {
        Cadence::Ongoing
    }
}

/// The body that a section's heading names: 'Đề nghị Sở Nội vụ' asks it, 'Sở …' alone leads.
fn holder(section: &Clause) -> Option<DutyUnit> {
    let heading = section
        .heading
        .as_deref()
        .or(Some(&section.text))?
        .trim()
        .trim_end_matches([':', '.']);
    let roles = [("Đề nghị ", UnitRole::Asked), ("Giao ", UnitRole::Assigned)];
    let (name, role) = roles
        .into_iter()
        .find_map(|(verb, role)| heading.strip_prefix(verb).map(|name| (name, role)))
        .unwrap_or((heading, UnitRole::Lead));
    (!name.is_empty() && name.chars().count() < 160).then(|| DutyUnit {
        name: name.to_owned(),
        role,
    })
}

fn units(lead: &DutyUnit, text: &str) -> Vec<DutyUnit> {
    let mut units = vec![lead.clone()];
    for found in BODY.captures_iter(text) {
        let name = found["name"].trim().to_owned();
        let role = match found["verb"].to_lowercase().as_str() {
            "giao" | "chỉ đạo" => UnitRole::Assigned,
            "đề nghị" => UnitRole::Asked,
            _ => UnitRole::Support,
        };
        if !units.iter().any(|unit| unit.name == name) {
            units.push(DutyUnit { name, role });
        }
    }
    if let Some(found) = SUBJECT.captures(text) {
        units.insert(
            1,
            DutyUnit {
                name: found[1].trim().to_owned(),
                role: UnitRole::Lead,
            },
        );
    }
    units
}
