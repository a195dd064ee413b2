//! The lexicon as files: TOML in the form that `crates/speech` takes, CSV for spreadsheets.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::entry::{Entry, listed};

/// The two tables of the crate's form that are words; the others are not for additions of a
/// province.
#[derive(Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct TomlFile {
    say: BTreeMap<String, String>,
    in_context: Vec<InContext>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct InContext {
    written: Vec<String>,
    spoken: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    after: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    before: Vec<String>,
    #[serde(default, skip_serializing_if = "is_not")]
    before_name: bool,
    #[serde(default, skip_serializing_if = "is_not")]
    before_number: bool,
}

/// A line of the CSV form.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CsvLine {
    written: String,
    spoken: String,
    #[serde(default)]
    after: String,
    #[serde(default)]
    before: String,
    #[serde(default)]
    before_name: String,
    #[serde(default)]
    before_number: String,
    #[serde(default)]
    note: String,
}

/// An entry of a file, with its place in it: a line of CSV, the written form in TOML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placed {
    /// Where.
    pub place: String,
    /// What.
    pub entry: Entry,
}

/// Entries in the crate's form, without their notes.
pub(super) fn additions(entries: &[Entry]) -> String {
    let mut file = TomlFile::default();
    for entry in entries {
        if entry.is_conditional() {
            file.in_context.push(InContext {
                written: vec![entry.written.clone()],
                spoken: entry.spoken.clone(),
                after: entry.after.clone(),
                before: entry.before.clone(),
                before_name: entry.before_name,
                before_number: entry.before_number,
            });
        } else {
            file.say.insert(entry.written.clone(), entry.spoken.clone());
        }
    }
    // Strings, lists and flags: there is nothing that TOML could not hold.
    toml::to_string(&file).unwrap_or_default()
}

/// Entries for a spreadsheet, notes included. It begins with a byte-order mark, without which
/// Excel takes UTF-8 for something else.
pub(super) fn csv(entries: &[Entry]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(b"\xEF\xBB\xBF".to_vec());
    for entry in entries {
        writer.serialize(CsvLine {
            written: entry.written.clone(),
            spoken: entry.spoken.clone(),
            after: entry.after.join(", "),
            before: entry.before.join(", "),
            before_name: flag(entry.before_name),
            before_number: flag(entry.before_number),
            note: entry.note.clone(),
        })?;
    }
    if entries.is_empty() {
        writer.write_record([
            "written",
            "spoken",
            "after",
            "before",
            "before_name",
            "before_number",
            "note",
        ])?;
    }
    writer
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))
}

/// The entries of a TOML file, or where it cannot be read and why, in the parser's words.
pub(super) fn from_toml(text: &str) -> Result<Vec<Placed>, (String, String)> {
    let file: TomlFile = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let before = text.get(..at).unwrap_or_default();
        let line = before.split('\n').count();
        (line.to_string(), error.message().to_owned())
    })?;
    let placed = |written: String, entry: Entry| Placed {
        place: format!("“{written}”"),
        entry: Entry { written, ..entry }.tidied(),
    };
    let mut entries: Vec<Placed> = file
        .say
        .into_iter()
        .map(|(written, spoken)| {
            let entry = Entry {
                spoken,
                ..Entry::default()
            };
            placed(written, entry)
        })
        .collect();
    for group in file.in_context {
        let entry = Entry {
            spoken: group.spoken,
            after: group.after,
            before: group.before,
            before_name: group.before_name,
            before_number: group.before_number,
            ..Entry::default()
        };
        entries.extend(
            group
                .written
                .into_iter()
                .map(|written| placed(written, entry.clone())),
        );
    }
    Ok(entries)
}

/// The entries of a CSV file; commas, semicolons or tabs part its columns, as the first line shows.
pub(super) fn from_csv(text: &str) -> Result<Vec<Placed>, (String, String)> {
    // Lines are counted by their end, and spreadsheets end them in two ways.
    let text = text.replace("\r\n", "\n");
    let head = text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|mark| head.bytes().filter(|byte| byte == mark).count())
        .unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let told = |error: csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        let why = match error.kind() {
            csv::ErrorKind::Deserialize { err, .. } => err.to_string(),
            _ => error.to_string(),
        };
        (line.to_string(), why)
    };
    let heads = reader.headers().map_err(told)?.clone();
    let mut entries = Vec::new();
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(told)? {
        let line = record.position().map_or(1, csv::Position::line);
        // A spreadsheet leaves empty lines behind.
        if record.iter().all(str::is_empty) {
            continue;
        }
        let typed: CsvLine = record.deserialize(Some(&heads)).map_err(told)?;
        let entry = Entry {
            written: typed.written,
            spoken: typed.spoken,
            after: listed(&typed.after),
            before: listed(&typed.before),
            before_name: is_set(&typed.before_name),
            before_number: is_set(&typed.before_number),
            note: typed.note,
        };
        entries.push(Placed {
            place: line.to_string(),
            entry: entry.tidied(),
        });
    }
    Ok(entries)
}

fn flag(set: bool) -> String {
    if set { "1".to_owned() } else { String::new() }
}

fn is_set(text: &str) -> bool {
    matches!(
        text.to_lowercase().as_str(),
        "1" | "x" | "true" | "yes" | "có" | "co"
    )
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde hands it over so
fn is_not(set: &bool) -> bool {
    !*set
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries() -> Vec<Entry> {
        let plain = Entry {
            written: "BCĐ 389".into(),
            spoken: "Ban Chỉ đạo ba tám chín".into(),
            note: "theo \"Quyết định\", 2026".into(),
            ..Entry::default()
        };
        let beside = Entry {
            written: "TT".into(),
            spoken: "trung tâm".into(),
            after: vec!["giám".into(), "đốc".into()],
            before_name: true,
            ..Entry::default()
        };
        vec![plain.tidied(), beside.tidied()]
    }

    #[test]
    fn what_goes_out_comes_back() {
        let bytes = csv(&entries()).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let back: Vec<Entry> = from_csv(text.trim_start_matches('\u{feff}'))
            .unwrap()
            .into_iter()
            .map(|placed| placed.entry)
            .collect();
        assert_eq!(back, entries());
        let back = from_toml(&additions(&entries())).unwrap();
        let without_note = |entry: Entry| Entry {
            note: String::new(),
            ..entry
        };
        let back: Vec<Entry> = back.into_iter().map(|placed| placed.entry).collect();
        assert_eq!(
            back,
            entries().into_iter().map(without_note).collect::<Vec<_>>()
        );
        assert!(
            from_csv(&String::from_utf8_lossy(&csv(&[]).unwrap()[3..]))
                .unwrap()
                .is_empty()
        );
    }

    #[test]
    fn spreadsheets_of_every_country_are_read() {
        let text = "written;spoken;before_name\r\nTT;thị trấn;x\r\n;;\r\nSTNMT;Sở;\r\n";
        let read = from_csv(text).unwrap();
        assert_eq!(read.len(), 2);
        assert!(read[0].entry.before_name && !read[1].entry.before_name);
        assert_eq!((read[0].place.as_str(), read[1].place.as_str()), ("2", "4"));
    }

    #[test]
    fn a_file_that_is_something_else_says_where() {
        assert_eq!(from_toml("[say]\n\"A\" = 5").unwrap_err().0, "2");
        assert_eq!(
            from_toml("[say]\n\n[letters]\na = \"a\"").unwrap_err().0,
            "3"
        );
        assert!(from_csv("chu,doc\nA,b\n").unwrap_err().1.contains("chu"));
    }
}
