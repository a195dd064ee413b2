//! `loa plan read`, as a program.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn loa(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_loa"))
        .args(arguments)
        .output()
        .expect("loa")
}

/// The plan of the example, and the document it was taken from where that is at hand.
fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let original = root.join("../shared/plan/ke-hoach-ha-nam-2021-2030.md");
    let mut documents = vec![root.join("examples/ha-nam/plan.md")];
    if original.exists() {
        documents.push(original);
    } else {
        println!("skipped: {} is not here", original.display());
    }
    documents
}

fn read(file: &Path) -> Value {
    let out = loa(&["plan", "read", file.to_str().expect("a path"), "--json"]);
    assert!(
        out.status.success(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    assert!(out.stderr.is_empty());
    serde_json::from_slice(&out.stdout).expect("JSON")
}

fn walk<'a>(clauses: &'a Value, found: &mut Vec<&'a Value>) {
    for clause in clauses.as_array().expect("clauses") {
        found.push(clause);
        walk(&clause["children"], found);
    }
}

fn texts<'a>(list: &'a Value, field: &str) -> Vec<&'a str> {
    let items = list.as_array().expect("a list");
    items
        .iter()
        .map(|item| item[field].as_str().unwrap_or("-"))
        .collect()
}

#[test]
fn the_real_plan_gives_the_contract() {
    for document in documents() {
        let plan = read(&document);
        let keys = [
            "kind",
            "title",
            "issuer",
            "number",
            "notation",
            "place",
            "date",
            "signer",
            "recipients",
            "period",
            "clauses",
            "acts",
            "themes",
            "channels",
            "duties",
            "reports",
            "warnings",
        ];
        let given: Vec<&String> = plan.as_object().expect("an object").keys().collect();
        assert!(keys.iter().all(|key| plan.get(key).is_some()), "{given:?}");
        assert_eq!(
            (plan["number"].as_str(), plan["notation"].as_str()),
            (None, Some("KH-STTTT"))
        );
        assert_eq!(
            (plan["place"].as_str(), plan["date"].as_str()),
            (Some("Hà Nam"), Some("2021"))
        );
        assert_eq!(
            plan["period"],
            serde_json::json!({"from": 2021, "to": 2030})
        );
        assert_eq!(plan["signer"]["name"], "Nguyễn Duy Tuấn");
        assert_eq!(plan["recipients"].as_array().map(Vec::len), Some(7));

        let mut clauses = Vec::new();
        walk(&plan["clauses"], &mut clauses);
        let marked = |fits: &dyn Fn(&str) -> bool| {
            let markers = clauses
                .iter()
                .filter_map(|clause| clause["marker"].as_str());
            markers.filter(|marker| fits(marker)).count()
        };
        assert_eq!(
            marked(&|marker| ["I", "II", "III", "IV"].contains(&marker)),
            4
        );
        assert_eq!(marked(&|marker| marker.parse::<u32>().is_ok()), 10);
        assert_eq!(marked(&|marker| marker == "-"), 28);
        let section = clauses
            .iter()
            .find(|clause| clause["id"] == "II.1")
            .expect("II.1");
        assert_eq!(section["eid"], "part_II__sec_1");
        let text = std::fs::read_to_string(&document).expect("the document");
        for clause in &clauses {
            let line = usize::try_from(clause["line"].as_u64().expect("a line")).expect("small");
            let printed = text.lines().nth(line - 1).expect("that line");
            let words = clause["heading"]
                .as_str()
                .or(clause["text"].as_str())
                .expect("words");
            let first = words.split_whitespace().next().expect("a word");
            assert!(printed.contains(first), "{}: {printed}", clause["id"]);
        }
    }
}

#[test]
fn the_real_plan_says_what_is_asked_of_whom() {
    for document in documents() {
        let plan = read(&document);
        let themes: Vec<String> = (1..=10).map(|theme| format!("II.1.{theme}")).collect();
        assert_eq!(texts(&plan["themes"], "clause"), themes);
        let mut forms = texts(&plan["channels"], "clause");
        forms.dedup();
        assert_eq!(forms, ["II.2.1", "II.2.2", "II.2.3", "II.2.4"]);
        assert_eq!(
            texts(&plan["channels"], "kind"),
            [
                "press_print",
                "press_online",
                "press_tv",
                "press_radio",
                "local_radio",
                "loudspeaker",
                "portal",
                "unit_site",
                "social_network"
            ]
        );
        assert_eq!(plan["acts"].as_array().map(Vec::len), Some(7));
        for act in plan["acts"].as_array().expect("acts") {
            assert!(
                act["number"].is_string() && act["date"].as_str().map(str::len) == Some(10),
                "{act}"
            );
        }
        let mut sections: Vec<&str> = texts(&plan["duties"], "clause");
        for clause in &mut sections {
            *clause = &clause[..4];
        }
        sections.dedup();
        assert_eq!(sections, ["IV.1", "IV.2", "IV.3", "IV.4", "IV.5"]);
        for duty in plan["duties"].as_array().expect("duties") {
            assert!(
                duty["units"]
                    .as_array()
                    .is_some_and(|units| !units.is_empty()),
                "{duty}"
            );
            assert!(duty["cadence"].is_string() && duty["due"].is_null());
        }
        let report = serde_json::json!({"clause": "IV", "to": "Sở Thông tin và Truyền thông", "due": "10-01", "inclusive": false, "cadence": "yearly"});
        assert_eq!(plan["reports"].as_array().map(Vec::len), Some(1));
        for (field, value) in report.as_object().expect("a report") {
            assert_eq!(&plan["reports"][0][field], value, "{field}");
        }
        let warnings = texts(&plan["warnings"], "message").join("\n");
        assert!(
            warnings.contains("Số văn bản để trống") && warnings.contains("Ngày ban hành để trống"),
            "{warnings}"
        );
    }
}

#[test]
fn a_person_gets_a_summary() {
    for document in documents() {
        let out = loa(&["plan", "read", document.to_str().expect("a path")]);
        assert!(out.status.success());
        let said = String::from_utf8(out.stdout).expect("text");
        for line in [
            "Số, ký hiệu: để trống, ký hiệu KH-STTTT",
            "Ngày: năm 2021, ngày và tháng để trống",
            "Giai đoạn: 2021–2030",
            "Nội dung tuyên truyền (10)",
            "  II.2.2 Truyền thanh cơ sở",
            "    Ban Tuyên giáo Tỉnh ủy (phối hợp)",
            "Văn bản được dẫn (7)",
            "trước ngày 01/10 (ngày cuối cùng là 30/9)",
        ] {
            assert!(said.contains(line), "no '{line}' in:\n{said}");
        }
        assert!(!said.contains("Unknown localization"), "{said}");
    }
}

#[test]
fn what_cannot_be_read_is_one_line_that_says_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("a file");
        path
    };
    let large = file("large.md", b"I. M");
    std::fs::OpenOptions::new()
        .write(true)
        .open(&large)
        .and_then(|open| open.set_len(50 * 1024 * 1024))
        .expect("50 MB");
    let cases = [
        (file("empty.md", b""), ["empty", "save"]),
        (
            file("letter.txt", "Kính gửi bà con,\nMời họp.".as_bytes()),
            ["no numbered part", "2 lines"],
        ),
        (large, ["50 MB", "20 MB"]),
        (
            file("tcvn3.txt", b"KE HOACH\nI. M\xb8c\n"),
            ["line 2", "UTF-8"],
        ),
        (
            file("broken.docx", b"PK\x03\x04 cut off"),
            ["DOCX", "save it again"],
        ),
        (file("scan.pdf", b"%PDF-1.7"), ["PDF", "DOCX"]),
        (
            folder.path().join("nowhere.md"),
            ["nowhere.md", "check the path"],
        ),
        (folder.path().to_owned(), ["folder", "name a file"]),
    ];
    for (path, words) in cases {
        for more in [[].as_slice(), &["--json"]] {
            let mut arguments = vec!["plan", "read", path.to_str().expect("a path")];
            arguments.extend(more);
            let out = loa(&arguments);
            let said = String::from_utf8(out.stderr).expect("text");
            assert_eq!(out.status.code(), Some(2), "{said}");
            assert!(out.stdout.is_empty());
            assert_eq!(said.lines().count(), 1, "{said}");
            for word in words {
                assert!(said.contains(word), "no '{word}' in: {said}");
            }
        }
    }
}
