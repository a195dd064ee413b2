//! A tree printed and read again is the same tree, and is printed the same again.

use loa_plan::{Clause, Reading, print, read};
use proptest::prelude::*;

/// A clause without its addresses and lines.
#[derive(Debug, Clone, PartialEq)]
struct Plain {
    marker: Option<String>,
    heading: Option<String>,
    text: String,
    children: Vec<Plain>,
}

fn plain(clauses: &[Clause]) -> Vec<Plain> {
    clauses
        .iter()
        .map(|clause| Plain {
            marker: clause.marker.clone(),
            heading: clause.heading.clone(),
            text: clause.text.clone(),
            children: plain(&clause.children),
        })
        .collect()
}

fn addresses(reading: &Reading) -> Vec<(&str, &str)> {
    reading
        .walk()
        .map(|clause| (clause.id.as_str(), clause.eid.as_str()))
        .collect()
}

fn comes_back(reading: &Reading) -> Result<(), TestCaseError> {
    let printed = print::tree(reading);
    let again = read(printed.as_bytes(), None)
        .map_err(|error| TestCaseError::fail(format!("{error}\n{printed}")))?;
    prop_assert_eq!(
        plain(&again.clauses),
        plain(&reading.clauses),
        "{}",
        printed
    );
    prop_assert_eq!(addresses(&again), addresses(reading));
    prop_assert_eq!((&again.kind, &again.title), (&reading.kind, &reading.title));
    let attached = |reading: &Reading| -> Vec<_> {
        reading
            .attachments
            .iter()
            .map(|one| (one.kind.clone(), one.title.clone()))
            .collect()
    };
    prop_assert_eq!(attached(&again), attached(reading));
    prop_assert_eq!(print::tree(&again), printed);
    Ok(())
}

#[test]
fn real_documents_come_back() {
    let here = env!("CARGO_MANIFEST_DIR");
    let mut files = vec![
        format!("{here}/../../examples/ha-nam/plan.md"),
        format!("{here}/tests/seeds/quyet-dinh.txt"),
    ];
    let folders = [
        format!("{here}/tests/documents"),
        format!("{here}/../../../shared/cases/documents"),
    ];
    for folder in folders {
        match std::fs::read_dir(&folder) {
            Ok(entries) => files.extend(
                entries
                    .map(|entry| entry.unwrap().path())
                    .filter(|path| {
                        path.extension()
                            .is_some_and(|name| name == "txt" || name == "md")
                    })
                    .map(|path| path.display().to_string()),
            ),
            Err(_) => println!("skipped: there is no {folder}"),
        }
    }
    for file in files {
        let reading = read(&std::fs::read(&file).unwrap(), None).unwrap();
        comes_back(&reading).unwrap_or_else(|error| panic!("{file}: {error}"));
    }
}

#[test]
fn a_tree_reads_like_the_document() {
    let text = "KẾ HOẠCH\nTuyên truyền\n\nI. MỤC ĐÍCH\n\n1) Việc một. Làm trước.\n\na) Ngắn. Gọn;\n\n- Dễ hiểu.\n\n2) Việc hai làm sau.\n";
    let printed = print::tree(&read(text.as_bytes(), None).unwrap());
    assert_eq!(
        printed,
        "**KẾ HOẠCH**\n\n**Tuyên truyền**\n\n**I. MỤC ĐÍCH**\n\n1) Việc một. Làm trước.\n\na) Ngắn. Gọn;\n\n- Dễ hiểu.\n\n2) Việc hai làm sau.\n"
    );
}

#[test]
fn many_points_come_back() {
    let mut text = "KẾ HOẠCH\nTuyên truyền\n\nI. NỘI DUNG\n\n".to_owned();
    for section in 1..=12 {
        text.push_str(&format!("{section}. Nhiệm vụ thứ {section}\n\n"));
        for letter in ["a", "b", "c", "d"] {
            text.push_str(&format!(
                "{letter}) Phát bản tin về cải cách hành chính trên hệ thống loa truyền thanh;\n\n"
            ));
        }
    }
    let reading = read(text.as_bytes(), None).unwrap();
    assert_eq!(reading.walk().count(), 1 + 12 * 5);
    comes_back(&reading).unwrap();
}

/// How the levels of a document are counted; `@` stands for the parent's marker.
const SCHEMES: [&[&str]; 8] = [
    &["{I}. ", "{1}. ", "@.{1}. ", "{a}) ", "- ", "+ "],
    &[
        "Chương {I}. ",
        "Mục {1}. ",
        "Điều {1}. ",
        "{1}. ",
        "{a}) ",
        "- ",
    ],
    &["Phần {I}. ", "{I}. ", "{1}. ", "{1}) ", "{a}) ", "- "],
    &["{A}. ", "{I}. ", "{1}. ", "{a}. ", "- ", "+ "],
    &["Phần thứ {nhất}. ", "{1}. ", "({1}) ", "{a}) ", "+ "],
    &["{1}. ", "@.{1}. ", "@.{1}. ", "@.{a}) ", "- ", "+ "],
    &["Điều {1}. ", "{1}. ", "{a}) ", "- "],
    &["{I}. ", "{1}. ", "{1}) ", "({1}) ", "{a}) ", "{a}. ", "- "],
];

/// A clause before it is numbered.
#[derive(Debug, Clone)]
struct Sketch {
    heading: Option<String>,
    first: String,
    texts: Vec<String>,
    below: Vec<Sketch>,
}

fn words(least: usize, most: usize) -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "tuyên",
        "truyền",
        "trên",
        "loa",
        "của",
        "xã",
        "Sở Nội vụ",
        "về",
        "cải cách",
        "hành chính",
        "năm 2026",
        "01/10",
        "“một cửa”",
        "(nếu có)",
        "số 61/2018/NĐ-CP",
    ]);
    prop::collection::vec(word, least..most).prop_map(|words| words.join(" "))
}

/// A paragraph that no one takes for a heading.
fn paragraph() -> impl Strategy<Value = String> {
    let end = prop::sample::select(vec![".", ";", ":"]);
    (words(2, 12), words(2, 25), end)
        .prop_map(|(one, other, end)| format!("Việc {one}. Việc {other}{end}"))
}

fn table() -> impl Strategy<Value = String> {
    prop::collection::vec((words(1, 5), words(1, 4)), 1..4).prop_map(|rows| {
        rows.iter()
            .map(|(one, other)| format!("| {one} | {other} |"))
            .collect::<Vec<_>>()
            .join("\n")
    })
}

fn sketch() -> impl Strategy<Value = Sketch> {
    let heading = prop_oneof![
        words(1, 8).prop_map(|name| format!("Phần việc {name} chung")),
        words(1, 5).prop_map(|name| format!("VIỆC {}", name.to_uppercase())),
    ];
    let texts = prop::collection::vec(prop_oneof![4 => paragraph(), 1 => table()], 0..3);
    let leaf =
        (prop::option::of(heading), paragraph(), texts).prop_map(|(heading, first, texts)| {
            Sketch {
                heading,
                first,
                texts,
                below: Vec::new(),
            }
        });
    leaf.prop_recursive(6, 60, 4, |inner| {
        (inner.clone(), prop::collection::vec(inner, 0..4))
            .prop_map(|(clause, below)| Sketch { below, ..clause })
    })
}

/// Writes clauses as a document has them, and what is to be read from them.
fn write(
    clauses: &[Sketch],
    scheme: &[&str],
    level: usize,
    above: &str,
    page: &mut String,
) -> Vec<Plain> {
    let Some(form) = scheme.get(level) else {
        return Vec::new();
    };
    let mut plain = Vec::new();
    for (place, clause) in clauses.iter().enumerate() {
        let (printed, marker) = numbered(form, place, above);
        let bullet = matches!(marker.as_str(), "-" | "+");
        let heading = clause.heading.clone().filter(|_| !bullet);
        let first = heading.is_none().then(|| clause.first.clone());
        let more = clause
            .texts
            .iter()
            .flat_map(|text| text.lines())
            .map(str::to_owned);
        let mut texts: Vec<String> = first.into_iter().chain(more).collect();
        if bullet {
            // Only what a bullet announces stands below it.
            let more = texts
                .windows(2)
                .take_while(|two| two[0].ends_with(':') || two[1].starts_with('|'));
            let count = 1 + more.count();
            texts.truncate(count);
        }
        page.push_str(&printed);
        match &heading {
            Some(heading) => page.push_str(&format!("{heading}\n\n")),
            None => page.push_str(&format!("{}\n\n", texts[0])),
        }
        for text in &texts[usize::from(heading.is_none())..] {
            page.push_str(text);
            page.push_str(if text.starts_with('|') { "\n" } else { "\n\n" });
        }
        page.push('\n');
        let children = write(&clause.below, scheme, level + 1, &marker, page);
        plain.push(Plain {
            marker: Some(marker),
            heading,
            text: texts.join("\n"),
            children,
        });
    }
    plain
}

/// A marker as printed, and as it is read.
fn numbered(form: &str, place: usize, above: &str) -> (String, String) {
    let letter = ["a", "b", "c", "d", "đ", "e"][place];
    let printed = form
        .replace('@', above)
        .replace("{I}", ["I", "II", "III", "IV", "V", "VI"][place])
        .replace("{1}", &(place + 1).to_string())
        .replace("{a}", letter)
        .replace("{A}", &letter.to_uppercase())
        .replace("{nhất}", ["nhất", "hai", "ba", "tư", "năm", "sáu"][place]);
    let marker = printed.trim_matches([' ', '.', ')', '(']).to_owned();
    (printed, marker)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn well_formed_documents_come_back(scheme in prop::sample::select(SCHEMES.to_vec()), clauses in prop::collection::vec(sketch(), 1..6), closed in any::<bool>()) {
        let mut page = "KẾ HOẠCH\nTuyên truyền năm 2026\n\nThực hiện Nghị quyết của Hội đồng nhân dân, Sở ban hành Kế hoạch như sau:\n\n".to_owned();
        let expected = write(&clauses, scheme, 0, "", &mut page);
        if closed {
            page.push_str("Trên đây là Kế hoạch tuyên truyền của Sở, đề nghị các đơn vị thực hiện./.\n");
        }
        let reading = read(page.as_bytes(), None).map_err(|error| TestCaseError::fail(format!("{error}\n{page}")))?;
        if !closed {
            prop_assert_eq!(&plain(&reading.clauses)[1..], &expected, "{}", page);
        }
        comes_back(&reading)?;
    }
}
