//! Names that Akoma Ntoso gives: of elements, of documents and of bodies (naming convention 1.0).

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;

use crate::model::{Act, Reading};

/// The longest part of an address that is made from words, in letters.
const LONGEST: usize = 80;

/// The element for a clause, by the last part of its eId; what is no element of Akoma Ntoso is a
/// container of that name.
pub fn element(eid: &str) -> (&'static str, Option<&str>) {
    let own = eid.rsplit("__").next().unwrap_or(eid);
    let short = own.split(['_', '~']).next().unwrap_or(own);
    let name = match short {
        "art" => "article",
        "chp" => "chapter",
        "para" => "paragraph",
        "part" => "part",
        "point" => "point",
        "sec" => "section",
        "subpara" => "subparagraph",
        "subsec" => "subsection",
        "title" => "title",
        other => return ("hcontainer", Some(other)),
    };
    (name, None)
}

/// Words as a part of an address: `Sở Nội vụ` is `so-noi-vu`.
pub fn slug(words: &str) -> Option<String> {
    let mut slug = String::new();
    for letter in words.to_lowercase().nfd() {
        match letter {
            'đ' => slug.push('d'),
            letter if letter.is_ascii_alphanumeric() => slug.push(letter),
            // Marks go with their letters.
            '\u{300}'..='\u{36f}' => {}
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
        if slug.len() >= LONGEST {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    (!slug.is_empty()).then(|| slug.to_owned())
}

/// A part of an address that must not begin with a digit, as those of kinds and bodies must not.
fn word(words: &str) -> Option<String> {
    slug(words).filter(|slug| !slug.starts_with(|first: char| first.is_ascii_digit()))
}

/// A document's date, as far as it is known.
pub struct Day {
    /// A whole day, as the schema demands: the first of the year or month that is known.
    pub whole: String,
    /// What is known, for addresses.
    pub known: String,
    /// Whether the day itself is known.
    pub exact: bool,
    /// What the date says, so that nobody takes the first of January for the day.
    pub name: &'static str,
}

impl Day {
    pub fn of(date: Option<&str>) -> Self {
        let whole = |text: String| NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok();
        let date = date.unwrap_or_default();
        let year = date.get(..4).unwrap_or_default();
        let month = date.get(..7).unwrap_or_default();
        let found = [
            (date.to_owned(), date, "Ngày ban hành"),
            (format!("{month}-01"), month, "Tháng ban hành"),
            (format!("{year}-01-01"), year, "Năm ban hành"),
        ];
        for (place, (text, known, name)) in found.into_iter().enumerate() {
            if let Some(day) = whole(text) {
                return Self {
                    whole: day.to_string(),
                    known: known.to_owned(),
                    exact: place == 0,
                    name,
                };
            }
        }
        Self {
            whole: "0001-01-01".to_owned(),
            known: "0001".to_owned(),
            exact: false,
            name: "Không rõ ngày ban hành",
        }
    }
}

/// The address of a document as a work: `/akn/vn/doc/ke-hoach/so-noi-vu/2026-04-28/173-kh-ubnd`.
pub fn work(reading: &Reading, day: &Day) -> String {
    let kind = reading.kind.as_deref().and_then(word);
    let issuer = reading.issuer.as_deref().and_then(word);
    let number = reading.number.as_deref().or(reading.notation.as_deref());
    let number = number.and_then(slug).or_else(|| slug(&reading.title));
    format!(
        "/akn/vn/doc/{}{}/{}/{}",
        kind.as_deref().unwrap_or("van-ban"),
        issuer.map_or(String::new(), |issuer| format!("/{issuer}")),
        day.known,
        number.as_deref().unwrap_or("khong-so"),
    )
}

/// The address of an act that is cited.
pub fn act(act: &Act) -> String {
    // '61/2018/NĐ-CP' knows its year where the text does not.
    let parts = act.number.split('/');
    let year = parts
        .clone()
        .find(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit()));
    let day = Day::of(act.date.as_deref().or(year));
    let issuer = act.issuer.as_deref().and_then(word);
    let number = slug(&act.number).or_else(|| slug(act.title.as_deref()?));
    format!(
        "/akn/vn/act/{}{}/{}/{}",
        word(&act.kind).as_deref().unwrap_or("van-ban"),
        issuer.map_or(String::new(), |issuer| format!("/{issuer}")),
        day.known,
        number.as_deref().unwrap_or("khong-so"),
    )
}

/// What a kind of document is called where a name stands in the schema: `ke-hoach`.
pub fn document(kind: Option<&str>) -> String {
    kind.and_then(word).unwrap_or_else(|| "van-ban".to_owned())
}
