//! Clauses as elements of the hierarchy, their text as paragraphs and tables.

use super::meta::act_id;
use super::xml::{Line, Xml};
use super::{Context, names};
use crate::model::Clause;
use crate::print::printed_marker;
use crate::source::table;

/// A clause and all below it.
pub fn clause<'a>(
    xml: &mut Xml,
    context: &Context,
    clause: &'a Clause,
    above: &mut Vec<&'a Clause>,
) {
    let (element, name) = names::element(&clause.eid);
    let mut attributes = vec![("eId", clause.eid.as_str())];
    attributes.extend(name.map(|name| ("name", name)));
    xml.open(element, &attributes);
    if let Some(marker) = printed_marker(clause, above) {
        xml.words("num", &[], &marker);
    }
    if let Some(heading) = &clause.heading {
        xml.line("heading", &[], |line| linked(line, context, heading));
    }
    // The schema wants either a content or children; text beside children introduces them.
    let part = if clause.children.is_empty() {
        "content"
    } else {
        "intro"
    };
    if !clause.text.trim().is_empty() {
        let id = format!("{}__{part}", clause.eid);
        xml.open(part, &[("eId", &id)]);
        text(xml, context, clause, &id);
        xml.close();
    }
    above.push(clause);
    for child in &clause.children {
        self::clause(xml, context, child, above);
    }
    above.pop();
    xml.close();
}

/// A clause's text: its paragraphs, and rows that stand together as a table.
pub fn text(xml: &mut Xml, context: &Context, clause: &Clause, id: &str) {
    let (mut tables, mut paragraphs) = (0, 0);
    let mut rows: Vec<Vec<String>> = Vec::new();
    for paragraph in clause.text.lines().filter(|line| !line.trim().is_empty()) {
        if let Some(cells) = table::cells(paragraph) {
            rows.push(cells);
            continue;
        }
        tables += usize::from(!rows.is_empty());
        table(
            xml,
            context,
            &std::mem::take(&mut rows),
            &format!("{id}__table_{tables}"),
        );
        paragraphs += 1;
        let id = format!("{id}__p_{paragraphs}");
        xml.line("p", &[("eId", &id)], |line| {
            linked(line, context, paragraph);
        });
    }
    table(xml, context, &rows, &format!("{id}__table_{}", tables + 1));
}

fn table(xml: &mut Xml, context: &Context, rows: &[Vec<String>], id: &str) {
    if rows.is_empty() {
        return;
    }
    xml.open("table", &[("eId", id)]);
    for row in rows {
        xml.open("tr", &[]);
        for cell in row {
            xml.open("td", &[]);
            for paragraph in table::paragraphs(cell) {
                xml.line("p", &[], |line| linked(line, context, paragraph));
            }
            xml.close();
        }
        xml.close();
    }
    xml.close();
}

/// Words, the numbers of acts that are cited among them as references.
pub fn linked(line: &mut Line, context: &Context, words: &str) {
    let mut done = 0;
    for (start, number) in numbers(words) {
        let Some(place) = context.cited.get(number) else {
            continue;
        };
        line.words(&words[done..start]);
        let refers = format!("#{}", act_id(*place));
        let attributes = [
            ("href", context.hrefs[*place].as_str()),
            ("refersTo", &refers),
        ];
        line.tag("ref", &attributes, |line| line.words(number));
        done = start + number.len();
    }
    line.words(&words[done..]);
}

/// What could be the number of an act, and where: `61/2018/NĐ-CP`.
fn numbers(words: &str) -> impl Iterator<Item = (usize, &str)> {
    let part =
        |letter: char| letter.is_alphanumeric() || matches!(letter, '/' | '-' | '–' | '.' | '&');
    let mut at = 0;
    words
        .split_inclusive(move |letter| !part(letter))
        .filter_map(move |run| {
            let start = at;
            at += run.len();
            let number = run.trim_end_matches(|letter: char| !letter.is_alphanumeric());
            number.contains(['/', '-']).then_some((start, number))
        })
}
