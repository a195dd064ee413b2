//! What stands around the clauses: letterhead, preamble, signature and receivers.

use super::xml::{Line, Xml};
use super::{Context, body};
use crate::model::{Clause, Reading};

/// Letterhead, kind and title.
pub fn preface(xml: &mut Xml, context: &Context) {
    let reading = context.reading;
    let number = reading.number.as_deref().or(reading.notation.as_deref());
    let said = [
        reading.parent.as_deref(),
        reading.issuer.as_deref(),
        reading.kind.as_deref(),
        number,
    ];
    let dated = reading.place.is_some() || reading.date.is_some();
    if said.iter().all(Option::is_none) && reading.title.is_empty() && !dated {
        return;
    }
    xml.open("preface", &[]);
    if let Some(parent) = &reading.parent {
        xml.line("p", &[], |line| {
            line.tag("organization", &[("refersTo", "#parent")], |line| {
                line.words(parent);
            });
        });
    }
    if let Some(issuer) = &reading.issuer {
        xml.line("p", &[], |line| {
            line.tag("docAuthority", &[("refersTo", "#issuer")], |line| {
                line.words(issuer);
            });
        });
    }
    if let Some(number) = number {
        // A blank number keeps its blank: 'Số: /KH-STTTT'.
        let blank = if reading.number.is_some() { "" } else { "/" };
        xml.line("p", &[], |line| {
            line.words("Số: ");
            line.tag("docNumber", &[], |line| {
                line.words(&format!("{blank}{number}"));
            });
        });
    }
    if dated {
        xml.line("p", &[], |line| place_and_date(line, context, "docDate"));
    }
    long_title(xml, reading.kind.as_deref(), &reading.title);
    xml.close();
}

/// The preface of something attached: its kind and title.
pub fn title(xml: &mut Xml, kind: Option<&str>, title: &str) {
    xml.open("preface", &[]);
    long_title(xml, kind, title);
    xml.close();
}

fn long_title(xml: &mut Xml, kind: Option<&str>, title: &str) {
    if kind.is_none() && title.is_empty() {
        return;
    }
    xml.open("longTitle", &[]);
    if let Some(kind) = kind {
        xml.line("p", &[], |line| {
            line.tag("docType", &[], |line| line.words(kind));
        });
    }
    if !title.is_empty() {
        xml.line("p", &[], |line| {
            line.tag("docTitle", &[], |line| line.words(title));
        });
    }
    xml.close();
}

/// The words before the first clause. What a decision rests on are its citations, 'QUYẾT ĐỊNH:' is
/// the formula that enacts it.
pub fn preamble(xml: &mut Xml, context: &Context, clause: &Clause) {
    xml.open("preamble", &[("eId", &clause.eid)]);
    let mut citations = 0;
    let mut open = false;
    for paragraph in clause.text.lines().filter(|line| !line.trim().is_empty()) {
        let cites = ["Căn cứ ", "Theo đề nghị ", "Xét đề nghị "]
            .iter()
            .any(|words| paragraph.starts_with(words));
        if cites && !open {
            xml.open("citations", &[]);
        } else if open && !cites {
            xml.close();
        }
        open = cites;
        let words = |line: &mut Line| body::linked(line, context, paragraph);
        if cites {
            citations += 1;
            let id = format!("{}__cit_{citations}", clause.eid);
            xml.open("citation", &[("eId", &id)]);
            xml.line("p", &[], words);
            xml.close();
        } else if paragraph.ends_with(':') && !paragraph.chars().any(char::is_lowercase) {
            xml.open("formula", &[("name", "enactingFormula")]);
            xml.line("p", &[], words);
            xml.close();
        } else {
            xml.line("p", &[], words);
        }
    }
    if open {
        xml.close();
    }
    xml.close();
}

/// Where and when it was issued, who signed it, who receives it.
pub fn conclusions(xml: &mut Xml, context: &Context) {
    let reading = context.reading;
    let dated = reading.place.is_some() || reading.date.is_some();
    if !dated && reading.signer.is_none() && reading.recipients.is_empty() {
        return;
    }
    xml.open("conclusions", &[]);
    if dated {
        xml.line("p", &[], |line| place_and_date(line, context, "date"));
    }
    if let Some(signer) = &reading.signer {
        xml.line("p", &[], |line| {
            line.tag("signature", &[], |line| {
                if let Some(form) = &signer.form {
                    line.words(&format!("{form} "));
                }
                line.tag("role", &[("refersTo", "#post")], |line| {
                    line.words(&signer.title);
                });
                line.words(" ");
                let who = [("refersTo", "#signer"), ("as", "#post")];
                line.tag("person", &who, |line| line.words(&signer.name));
            });
        });
    }
    recipients(xml, reading);
    xml.close();
}

fn recipients(xml: &mut Xml, reading: &Reading) {
    if reading.recipients.is_empty() {
        return;
    }
    xml.open("blockList", &[("eId", "recipients")]);
    xml.words("listIntroduction", &[], "Nơi nhận:");
    for (place, name) in reading.recipients.iter().enumerate() {
        let id = format!("recipients__item_{}", place + 1);
        xml.open("item", &[("eId", &id)]);
        xml.words("num", &[], "-");
        xml.words("p", &[], name);
        xml.close();
    }
    xml.close();
}

/// 'Hà Nam, ngày 05 tháng 02 năm 2024', with as much of the date as is known.
fn place_and_date(line: &mut Line, context: &Context, element: &str) {
    let reading = context.reading;
    if let Some(place) = &reading.place {
        line.tag("location", &[("refersTo", "#place")], |line| {
            line.words(place);
        });
    }
    let Some(date) = &reading.date else { return };
    if reading.place.is_some() {
        line.words(", ");
    }
    let mut parts = date.split('-');
    let year = parts.next().unwrap_or_default();
    let (month, day) = (
        parts.next().unwrap_or_default(),
        parts.next().unwrap_or_default(),
    );
    let blank = |word: &str, number: &str| format!("{word} {number}").trim_end().to_owned();
    let words = format!(
        "{} {} năm {year}",
        blank("ngày", day),
        blank("tháng", month)
    );
    if context.day.exact {
        line.tag(element, &[("date", &context.day.whole)], |line| {
            line.words(&words);
        });
    } else {
        line.words(&words);
    }
}
