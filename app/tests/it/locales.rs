//! Every text has both languages, and every text a template names is there.

use std::collections::BTreeSet;
use std::path::Path;

use loa::web::Lang;

/// The values that texts may hold.
const VALUES: [&str; 10] = [
    "value", "count", "name", "from", "to", "when", "unit", "total", "until", "why",
];

fn names(language: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("locales")
        .join(language);
    let mut names = BTreeSet::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let own = text
            .lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
        for line in own {
            let name = line.split('=').next().unwrap().trim().to_owned();
            assert!(names.insert(name.clone()), "{language}: {name} twice");
        }
    }
    names
}

#[test]
fn both_languages_have_the_same_texts() {
    let (vi, en) = (names("vi"), names("en"));
    let missing: Vec<_> = vi.symmetric_difference(&en).collect();
    assert!(missing.is_empty(), "only in one language: {missing:?}");
    for name in &vi {
        for lang in [Lang::Vi, Lang::En] {
            let text = lang.with(name, &VALUES.map(|value| (value, "x".to_owned())));
            assert!(
                !text.starts_with("Unknown"),
                "{name} does not parse: {text}"
            );
        }
    }
}

#[test]
fn templates_name_only_texts_that_exist() {
    let known = names("vi");
    let call = regex::Regex::new(r#"\b(?:t|tv|with)\(\s*"([a-z0-9-]+)""#).unwrap();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|kind| kind == "html") {
                let text = std::fs::read_to_string(&path).unwrap();
                for found in call.captures_iter(&text) {
                    assert!(
                        known.contains(&found[1]),
                        "{}: no text is named {}",
                        path.display(),
                        &found[1]
                    );
                }
            }
        }
    }
}
