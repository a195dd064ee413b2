//! Another program's judgement: the `capvalidator` of the World Meteorological Organization's community, with the
//! schema of the standard, run by a Python of its own.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use chrono::{DateTime, FixedOffset};
use loa_cap::{
    Alert, Area, Category, Certainty, Info, MessageType, Reference, Resource, Severity, Status,
    Urgency,
};

const VERSION: &str = "capvalidator==0.1.0.dev4";

fn at(text: &str) -> DateTime<FixedOffset> {
    text.parse().unwrap()
}

fn info() -> Info {
    Info {
        language: "vi-VN".into(),
        categories: vec![Category::Met, Category::Cbrne],
        event: "Lũ trên sông Đáy".into(),
        urgency: Urgency::Immediate,
        severity: Severity::Severe,
        certainty: Certainty::Observed,
        effective: Some(at("2026-11-27T08:00:00.250+07:00")),
        onset: Some(at("2026-11-27T08:30:00+07:00")),
        expires: Some(at("2026-11-27T09:00:00+07:00")),
        sender_name: Some("Ủy ban nhân dân phường Phủ Lý".into()),
        headline: Some("Nước < 5 m & còn lên".into()),
        description: Some("Bà con ngoài đê di dời trước 18h.\u{0}\nGọi 112.".into()),
        instruction: Some("Mang theo giấy tờ và nước uống.".into()),
        web: Some("https://loa.example.vn/tin/lu".into()),
        resources: vec![Resource {
            description: "Lời đọc".into(),
            media_type: "audio/mpeg".into(),
            size: Some(48_000),
            uri: Some("https://loa.example.vn/tin/lu/sound".into()),
        }],
        areas: vec![Area {
            description: "Cụm loa phường Phủ Lý".into(),
            polygons: vec!["20.5,105.9 20.6,105.9 20.6,106.0 20.5,105.9".into()],
            circles: vec!["20.54,105.91 3.5".into()],
            codes: vec![("Mã đơn vị hành chính".into(), "13285".into())],
        }],
    }
}

fn alert() -> Alert {
    Alert {
        identifier: "loa, khẩn 7".into(),
        sender: "loa.example.vn".into(),
        sent: at("2026-11-27T08:00:00.999+07:00"),
        status: Status::Actual,
        message: MessageType::Alert,
        infos: vec![info()],
    }
}

fn end_of(alert: &Alert) -> Alert {
    let reference = Reference {
        sender: alert.sender.clone(),
        identifier: alert.identifier.clone(),
        sent: alert.sent,
    };
    Alert {
        identifier: "loa-7-het".into(),
        message: MessageType::Cancel(vec![reference.clone(), reference]),
        infos: Vec::new(),
        ..alert.clone()
    }
}

#[test]
fn names_stand_in_lists_and_instants_have_seconds() {
    let xml = end_of(&alert()).to_xml();
    let reference = "loa.example.vn,loa--khẩn-7,2026-11-27T08:00:00+07:00";
    let listed = format!("<references>{reference} {reference}</references>");
    assert!(xml.contains(&listed), "{xml}");
    let xml = alert().to_xml();
    assert!(
        xml.contains("<headline>Nước &lt; 5 m &amp; còn lên</headline>"),
        "{xml}"
    );
    assert!(!xml.contains('\0'));
}

#[test]
fn the_schema_of_the_standard_has_nothing_to_say() {
    let Some(python) = python() else {
        return;
    };
    let bare = Alert {
        infos: vec![Info {
            effective: None,
            expires: None,
            sender_name: None,
            headline: None,
            description: None,
            web: None,
            resources: Vec::new(),
            areas: Vec::new(),
            ..info()
        }],
        ..alert()
    };
    for alert in [alert(), end_of(&alert()), bare] {
        let xml = alert.to_xml();
        assert_eq!(judged(&python, &xml), "True", "{xml}");
    }
    let odd = alert()
        .to_xml()
        .replace("<status>Actual", "<status>Perhaps");
    assert_eq!(judged(&python, &odd), "False", "it sees a fault");
}

/// What `capvalidator` says of a document.
fn judged(python: &Path, xml: &str) -> String {
    const ASK: &str = "import sys\nfrom capvalidator import check_schema\nprint(check_schema(sys.stdin.buffer.read()).passed)";
    let mut asked = Command::new(python)
        .args(["-c", ASK])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    asked
        .stdin
        .take()
        .unwrap()
        .write_all(xml.as_bytes())
        .unwrap();
    let said = asked.wait_with_output().unwrap();
    assert!(said.status.success());
    String::from_utf8(said.stdout).unwrap().trim().to_owned()
}

/// A Python with it; in CI it must be there.
fn python() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(VERSION);
    let python = folder.join("bin/python");
    let works = || {
        let run = Command::new(&python)
            .args(["-c", "import capvalidator"])
            .output();
        run.is_ok_and(|run| run.status.success())
    };
    if works() {
        return Some(python);
    }
    let venv = Command::new("python3")
        .args(["-m", "venv", "--clear"])
        .arg(&folder)
        .output();
    let pip = Command::new(&python)
        .args(["-m", "pip", "install", "--quiet", VERSION])
        .output();
    if works() {
        return Some(python);
    }
    let why = format!(
        "{VERSION} could not be installed (Debian: python3-venv; PyPI must be reachable): {venv:?} {pip:?}"
    );
    assert!(std::env::var_os("CI").is_none(), "{why}");
    println!("skipped: {why}");
    None
}
