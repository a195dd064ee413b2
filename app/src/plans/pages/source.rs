//! The document as it stands, line by line, each line with the clause or the fact read from it.

use std::collections::BTreeMap;

use loa_plan::{Clause, Reading};

use super::table::{cells, is_rule};

/// A line of the document.
pub(super) struct SourceLine {
    /// From 1.
    pub(super) number: usize,
    /// As printed.
    pub(super) text: String,
    /// The address of its clause, or the key of a fact of the head.
    pub(super) of: Option<String>,
    /// Whether it is a heading.
    pub(super) heading: bool,
    /// Whether a person should look at it.
    pub(super) warned: bool,
    /// The eId of the clause that begins with it.
    pub(super) begins: Option<String>,
    /// The cells, when it is the row of a table.
    pub(super) cells: Option<Vec<String>>,
}

/// All lines that are not blank.
pub(super) fn lines(text: &str, reading: &Reading) -> Vec<SourceLine> {
    let clauses: Vec<&Clause> = reading.walk().collect();
    let by_address: BTreeMap<&str, &Clause> = clauses
        .iter()
        .map(|clause| (clause.id.as_str(), *clause))
        .collect();
    let mut reached = 0;
    let mut lines = Vec::new();
    for (number, text) in (1..).zip(text.lines()) {
        if text.trim().is_empty() || is_rule(text) {
            continue;
        }
        while clauses
            .get(reached)
            .is_some_and(|clause| clause.line <= number)
        {
            reached += 1;
        }
        let last = reached.checked_sub(1).map(|place| clauses[place]);
        let clause = last.and_then(|last| clause_of(last, number, text, &by_address));
        let of = match clause {
            Some(clause) => Some(clause.id.clone()),
            None => fact_of(text, last.is_none(), reading).map(str::to_owned),
        };
        let begun = clause.filter(|clause| clause.line == number);
        lines.push(SourceLine {
            number,
            heading: begun.is_some_and(|clause| clause.heading.is_some())
                || matches!(of.as_deref(), Some("kind" | "title")),
            begins: begun.map(|clause| clause.eid.clone()),
            cells: cells(text),
            text: text.trim().to_owned(),
            of,
            warned: reading
                .warnings
                .iter()
                .any(|warning| warning.line == number),
        });
    }
    lines
}

/// The clause that a line belongs to: the one begun last, or one around it. The lines behind the
/// last clause belong to none.
fn clause_of<'a>(
    last: &'a Clause,
    number: usize,
    text: &str,
    by_address: &BTreeMap<&str, &'a Clause>,
) -> Option<&'a Clause> {
    if last.line == number {
        return Some(last);
    }
    let text = text.trim();
    let holds = |clause: &Clause| {
        let heading = clause.heading.as_deref().unwrap_or_default();
        clause.text.contains(text) || heading.contains(text)
    };
    if text.starts_with('|') {
        return Some(last);
    }
    let mut address = last.id.as_str();
    loop {
        let clause = by_address.get(address)?;
        if holds(clause) {
            return Some(clause);
        }
        (address, _) = address.rsplit_once('.')?;
    }
}

/// What a line of the head or the tail says.
fn fact_of(text: &str, head: bool, reading: &Reading) -> Option<&'static str> {
    let text = text.trim();
    let is = |value: &Option<String>| value.as_deref() == Some(text);
    if !head {
        let signer = reading.signer.as_ref();
        let signs = signer.is_some_and(|signer| signer.name == text || signer.title == text);
        let receives = reading
            .recipients
            .iter()
            .any(|name| text.contains(name.as_str()));
        return if signs {
            Some("signer")
        } else {
            (receives || text.starts_with("Nơi nhận")).then_some("recipients")
        };
    }
    let dated = reading
        .place
        .as_deref()
        .is_some_and(|place| text.contains(place))
        && text.contains("ngày");
    if is(&reading.kind) {
        Some("kind")
    } else if reading.title.contains(text) {
        Some("title")
    } else if text.starts_with("Số") {
        Some("number")
    } else if dated {
        Some("date")
    } else {
        is(&reading.issuer).then_some("issuer")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_real_plan_finds_its_clause() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/ha-nam/plan.md");
        let bytes = std::fs::read(path).unwrap();
        let reading = loa_plan::read(&bytes, None).unwrap();
        let lines = lines(&loa_plan::text(&bytes, None).unwrap(), &reading);
        let of = |begin: &str| {
            let line = lines.iter().find(|line| line.text.starts_with(begin));
            line.unwrap_or_else(|| panic!("no line {begin}"))
                .of
                .as_deref()
        };
        assert_eq!(of("Số:"), Some("number"));
        assert_eq!(of("Hà Nam, ngày"), Some("date"));
        assert_eq!(of("KẾ HOẠCH"), Some("kind"));
        assert_eq!(of("giai đoạn 2021 - 2030"), Some("title"));
        assert_eq!(of("II. NỘI DUNG"), Some("II"));
        assert_eq!(of("17/3/2019"), Some("II.1.7"), "behind a page break");
        assert_eq!(of("Giai đoạn 2021"), Some("II.3"));
        assert_eq!(of("Trên đây"), Some("IV"));
        assert_eq!(of("Nguyễn Duy Tuấn"), Some("signer"));
        assert_eq!(of("- Lưu"), Some("recipients"));
        let lost: Vec<_> = lines.iter().filter(|line| line.of.is_none()).collect();
        assert!(
            lost.is_empty(),
            "{:?}",
            lost.iter().map(|line| &line.text).collect::<Vec<_>>()
        );
        assert!(lines.iter().filter(|line| line.warned).count() >= 4);
    }
}
