//! Everything a document asks for, on documents written for the rules and on the shared ones.

mod acts;
mod contents;
mod duties;
mod money_and_time;
mod properties;
mod relations;
mod reports;
mod shared;
mod tables;

use loa_plan::{Duty, Reading, UnitRole, read};

/// A plan with a title and a body, of a province, on a day of 2026.
fn plan(title: &str, body: &str) -> Reading {
    let text = format!(
        "ỦY BAN NHÂN DÂN TỈNH NINH BÌNH\n\nSố: 45/KH-UBND\n\nNinh Bình, ngày 12 tháng 01 năm 2026\n\n\
         **KẾ HOẠCH**\n\n**{title}**\n\n{body}\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\n\
         TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nNguyễn Văn A\n"
    );
    document(&text)
}

/// Any document.
fn document(text: &str) -> Reading {
    read(text.as_bytes(), None).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// `clause: text [role:unit, …]` of a duty.
fn told(duty: &Duty) -> String {
    format!("{}: {} [{}]", duty.clause, duty.text, units(duty))
}

/// `lead:Sở Nội vụ, support:…`
fn units(duty: &Duty) -> String {
    let role = |role: UnitRole| match role {
        UnitRole::Lead => "lead",
        UnitRole::Support => "support",
        UnitRole::Asked => "asked",
        UnitRole::Assigned => "assigned",
    };
    let units: Vec<String> = duty
        .units
        .iter()
        .map(|unit| format!("{}:{}", role(unit.role), unit.name))
        .collect();
    units.join(", ")
}

/// A shared document, where they are.
fn shared(path: &str) -> Option<Reading> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/");
    let Ok(bytes) = std::fs::read(format!("{root}{path}")) else {
        println!("skipped: ../shared/{path} is not here");
        return None;
    };
    Some(read(&bytes, Some(path)).expect("a document that is read"))
}
