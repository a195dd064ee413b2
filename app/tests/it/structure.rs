//! The layout is a promise too: data flows from left to right, leaf crates stay leaves, and the
//! three pages that explain the program fit on a screen.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The slices, each allowed to name itself and those before it. Units and accounts stand on the
/// same step: rights reach over units, and a unit's page is for people.
const FLOW: [&str; 25] = [
    "accounts",
    "lexicon",
    "plans",
    "duties",
    "stories",
    "outlets",
    "airtime",
    "speakers",
    "deliveries",
    "connectors",
    "boards",
    "bulletins",
    "urgent",
    "warnings",
    "timetable",
    "station",
    "evidence",
    "signal",
    "coverage",
    "reports",
    "portal",
    "home",
    "example",
    "doctor",
    "commands",
];

/// Stand on the step of accounts.
const FIRST: &str = "units";

/// The only crates of ours that a crate may build on.
const LEANS_ON: [(&str, &str); 3] = [("audio", "speech"), ("broker", "air"), ("speaker", "air")];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                found.push(path);
            }
        }
    }
    found
}

#[test]
fn a_slice_names_only_slices_to_its_left() {
    let named = regex::Regex::new(r"\bcrate::(?:\{[^;]*\}|([a-z]+))").unwrap();
    let word = regex::Regex::new(r"[a-z]+").unwrap();
    let place: BTreeMap<&str, usize> = FLOW
        .iter()
        .enumerate()
        .map(|(place, name)| (*name, place))
        .collect();
    let mut wrong = Vec::new();
    let mut looked_at = 0;
    for slice in FLOW.into_iter().chain([FIRST]) {
        let step = place.get(slice).copied().unwrap_or_default();
        let folder = root().join("app/src").join(slice);
        for path in sources(&folder) {
            let text = std::fs::read_to_string(&path).unwrap();
            looked_at += 1;
            for found in named.captures_iter(&text) {
                // `use crate::{error, jobs, stories::entity}`: each first word of the braces.
                let names: Vec<&str> = match found.get(1) {
                    Some(name) => vec![name.as_str()],
                    None => found[0]
                        .trim_start_matches("crate::{")
                        .split(',')
                        .filter_map(|part| Some(word.find(part.trim())?.as_str()))
                        .collect(),
                };
                for name in names {
                    if place.get(name).is_some_and(|other| *other > step) {
                        wrong.push(format!("{} names {name}", path.display()));
                    }
                }
            }
        }
    }
    assert!(looked_at > 100, "only {looked_at} files were looked at");
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "against the flow: {wrong:#?}");
}

#[test]
fn crates_are_leaves() {
    let mut looked_at = 0;
    for entry in std::fs::read_dir(root().join("crates")).unwrap() {
        let folder = entry.unwrap().path();
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let text = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        let manifest: toml::Table = text.parse().unwrap();
        for kind in ["dependencies", "build-dependencies"] {
            let Some(toml::Value::Table(wanted)) = manifest.get(kind) else {
                continue;
            };
            for dependency in wanted.keys() {
                let Some(other) = dependency.strip_prefix("loa") else {
                    continue;
                };
                let other = other.trim_start_matches('-');
                assert!(
                    LEANS_ON.contains(&(name.as_str(), other)),
                    "crates/{name} builds on {dependency}"
                );
            }
        }
        looked_at += 1;
    }
    assert_eq!(looked_at, 9);
}

#[test]
fn the_pages_that_explain_the_program_fit_on_a_screen() {
    for (page, most) in [("main.rs", 60), ("app.rs", 80), ("schedule.rs", 80)] {
        let text = std::fs::read_to_string(root().join("app/src").join(page)).unwrap();
        let lines = text.lines().count();
        assert!(lines <= most, "{page} has {lines} lines");
    }
}
