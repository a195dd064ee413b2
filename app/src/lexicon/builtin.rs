//! What `crates/speech` already has entries for, so that a page can name what an entry takes the
//! place of. The reading itself never comes from here.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use rust_embed::RustEmbed;
use serde::Deserialize;

#[derive(RustEmbed)]
#[folder = "../crates/speech/lexicon"]
struct Folder;

/// The tables whose entries are words that somebody would look up.
#[derive(Default, Deserialize)]
#[serde(default)]
struct File {
    say: BTreeMap<String, String>,
    in_context: Vec<InContext>,
    units: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct InContext {
    written: Vec<String>,
    spoken: String,
}

/// What is written, with all that may be said for it.
static ENTRIES: LazyLock<BTreeMap<String, BTreeSet<String>>> = LazyLock::new(|| {
    let mut entries = BTreeMap::<String, BTreeSet<String>>::new();
    let mut add = |written: &str, spoken: &str| {
        let readings = entries.entry(written.trim().to_owned()).or_default();
        readings.insert(spoken.trim().to_owned());
    };
    for name in Folder::iter().filter(|name| name.ends_with(".toml")) {
        let text = Folder::get(&name).map(|file| file.data.into_owned());
        // The crate's own tests read these files; what does not parse here is only not named.
        let file: File = text
            .and_then(|bytes| toml::from_str(str::from_utf8(&bytes).ok()?).ok())
            .unwrap_or_default();
        for (written, spoken) in file.say.iter().chain(&file.units) {
            add(written, spoken);
        }
        for entry in &file.in_context {
            for written in &entry.written {
                add(written, &entry.spoken);
            }
        }
    }
    entries
});

/// All that may be said for what is written, by entries of the program itself.
pub(super) fn readings(written: &str) -> Vec<&'static str> {
    let known = ENTRIES.get(written).into_iter().flatten();
    known.map(String::as_str).collect()
}

/// How many there are.
pub(super) fn count() -> usize {
    ENTRIES.len()
}

/// Every entry in order of what is written, with its first reading.
pub(super) fn all() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    ENTRIES.iter().map(|(written, spoken)| {
        (
            written.as_str(),
            spoken.iter().map(String::as_str).collect(),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_entries_of_the_program_are_known() {
        assert_eq!(readings("UBND"), ["Ủy ban nhân dân"]);
        assert!(
            readings("TT").len() > 1,
            "read otherwise beside other words"
        );
        assert!(readings("km").len() == 1 && readings("không có").is_empty());
        assert!(count() > 400, "{}", count());
    }
}
