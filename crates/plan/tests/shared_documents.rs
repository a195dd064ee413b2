//! The documents of ../shared, when they are there, node by node.

use std::path::{Path, PathBuf};

use loa_plan::{Clause, Reading, read};
use serde_json::Value;

fn shared() -> Option<PathBuf> {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases/documents");
    if cases.join("expected.jsonl").exists() {
        return Some(cases);
    }
    println!("skipped: ../shared/cases/documents is not there");
    None
}

/// `III > 2 > 2.1`, its line and its bullets.
type Node = (String, u64, u64);

fn nodes(reading: &Reading) -> Vec<Node> {
    let mut nodes = Vec::new();
    for clause in &reading.clauses {
        walk(clause, "", &mut nodes);
    }
    nodes
}

fn walk(clause: &Clause, above: &str, nodes: &mut Vec<Node>) {
    let Some(marker) = clause.marker.as_deref() else {
        return;
    };
    let path = if above.is_empty() {
        marker.to_owned()
    } else {
        format!("{above} > {marker}")
    };
    let dash = |child: &&Clause| child.marker.as_deref() == Some("-");
    if !["-", "+", "*", "•"].contains(&marker) {
        let bullets = clause.children.iter().filter(dash).count();
        nodes.push((path.clone(), clause.line as u64, bullets as u64));
    }
    for child in &clause.children {
        walk(child, &path, nodes);
    }
}

#[test]
fn every_node_of_the_shared_documents_is_found() {
    let Some(cases) = shared() else { return };
    let lines = std::fs::read_to_string(cases.join("expected.jsonl")).unwrap();
    let mut documents = 0;
    for case in lines.lines() {
        let case: Value = serde_json::from_str(case).unwrap();
        let name = case["name"].as_str().unwrap();
        let file = case["file"].as_str().unwrap();
        // The real plan is named from the folder of all cases.
        let from = if file.starts_with("../") {
            cases.join("..")
        } else {
            cases.clone()
        };
        let bytes = std::fs::read(from.join(file)).unwrap();
        let reading = read(&bytes, None).unwrap();
        let expected: Vec<Node> = case["tree"]
            .as_array()
            .unwrap()
            .iter()
            .map(|node| {
                (
                    node["path"].as_str().unwrap().to_owned(),
                    node["line"].as_u64().unwrap(),
                    node["bullets"].as_u64().unwrap_or(0),
                )
            })
            .collect();
        let found = nodes(&reading);
        let missing: Vec<_> = expected
            .iter()
            .filter(|node| !found.contains(node))
            .collect();
        let extra: Vec<_> = found
            .iter()
            .filter(|node| !expected.contains(node))
            .collect();
        assert!(
            missing.is_empty() && extra.is_empty(),
            "{name}: missing {missing:#?}, extra {extra:#?}"
        );
        assert_eq!(found, expected, "{name}: in order");

        let number = case["number"].as_str().unwrap();
        if case["number_blank"].as_bool() == Some(true) {
            assert_eq!(reading.number, None, "{name}");
            assert_eq!(
                reading.notation.as_deref(),
                number.strip_prefix('/'),
                "{name}"
            );
        } else {
            assert_eq!(reading.number.as_deref(), Some(number), "{name}");
        }
        let date = case["date"].as_str().unwrap().trim_end_matches("-??");
        assert_eq!(reading.date.as_deref(), Some(date), "{name}");
        assert_eq!(reading.place.as_deref(), case["place"].as_str(), "{name}");
        assert_eq!(
            reading.title.to_lowercase(),
            case["title"].as_str().unwrap().to_lowercase(),
            "{name}"
        );
        let issuer = case["issuer"].as_str().unwrap();
        assert!(
            issuer.contains(reading.issuer.as_deref().unwrap()),
            "{name}: {:?}",
            reading.issuer
        );
        let signer = reading.signer.as_ref().expect(name);
        assert_eq!(
            Some(signer.name.as_str()),
            case["signer"].as_str(),
            "{name}"
        );
        let post = case["signer_title"].as_str().unwrap();
        assert!(post.ends_with(&signer.title), "{name}: {signer:?}");
        assert_eq!(
            signer.form.as_deref(),
            post.starts_with("TM.").then_some("TM."),
            "{name}"
        );
        assert_eq!(
            reading.recipients.len() as u64,
            case["recipients"].as_u64().unwrap(),
            "{name}: {:#?}",
            reading.recipients
        );
        documents += 1;
    }
    assert_eq!(documents, 3);
}
