//! What is said about a document: what it is, who issued it, what it cites.

use super::names::{self, Day};
use super::xml::Xml;
use super::{Context, Options};
use crate::model::{Act, Reading, RelationKind};

/// The `meta` of the document itself (`component` is `main`) or of something attached to it.
pub fn write(xml: &mut Xml, context: &Context, component: &str, kind: Option<&str>, title: &str) {
    let Context {
        reading, day, work, ..
    } = context;
    xml.open("meta", &[]);
    xml.open("identification", &[("source", "#loa")]);
    let author = if reading.issuer.is_some() {
        "#issuer"
    } else {
        ""
    };

    xml.open("FRBRWork", &[]);
    addresses(xml, work, &format!("/!{component}"), "");
    xml.empty("FRBRalias", &[("name", "title"), ("value", title)]);
    xml.empty("FRBRdate", &[("date", &day.whole), ("name", day.name)]);
    xml.empty("FRBRauthor", &[("href", author)]);
    xml.empty("FRBRcountry", &[("value", "vn")]);
    let subtype = names::document(kind);
    let shown = kind.unwrap_or("Văn bản");
    xml.empty("FRBRsubtype", &[("value", &subtype), ("showAs", shown)]);
    if component == "main"
        && let Some(number) = &reading.number
    {
        xml.empty("FRBRnumber", &[("value", number)]);
    }
    xml.close();

    let expression = format!("{work}/vie@{}", if day.exact { &day.known } else { "" });
    xml.open("FRBRExpression", &[]);
    addresses(xml, &expression, &format!("/!{component}"), "");
    xml.empty("FRBRdate", &[("date", &day.whole), ("name", day.name)]);
    xml.empty("FRBRauthor", &[("href", author)]);
    xml.empty("FRBRlanguage", &[("language", "vie")]);
    xml.close();

    xml.open("FRBRManifestation", &[]);
    addresses(xml, &expression, &format!("/!{component}"), ".xml");
    let Options { made } = context.options;
    xml.empty(
        "FRBRdate",
        &[("date", &made.to_string()), ("name", "Ngày lập bản XML")],
    );
    xml.empty("FRBRauthor", &[("href", "#loa")]);
    xml.empty("FRBRformat", &[("value", "xml")]);
    xml.close();
    xml.close();

    if component == "main" {
        publication(xml, reading, day);
        references(xml, context);
    }
    xml.close();
}

fn addresses(xml: &mut Xml, base: &str, component: &str, form: &str) {
    xml.empty(
        "FRBRthis",
        &[("value", &format!("{base}{component}{form}"))],
    );
    xml.empty("FRBRuri", &[("value", &format!("{base}{form}"))]);
}

/// Only a day that is known can be told.
fn publication(xml: &mut Xml, reading: &Reading, day: &Day) {
    if !day.exact {
        return;
    }
    let mut attributes = vec![
        ("date", day.whole.as_str()),
        ("name", "ban-hanh"),
        ("showAs", "Ban hành"),
    ];
    if let Some(number) = &reading.number {
        attributes.push(("number", number));
    }
    xml.empty("publication", &attributes);
}

fn references(xml: &mut Xml, context: &Context) {
    let reading = context.reading;
    xml.open("references", &[("source", "#loa")]);
    for (place, act) in reading.acts.iter().enumerate() {
        let (id, href) = (act_id(place), names::act(act));
        let shown = format!("{} {}", act.kind, act.number);
        let attributes = [
            ("eId", id.as_str()),
            ("href", &href),
            ("showAs", shown.trim()),
        ];
        let how = how(reading, act);
        if matches!(how, Some(RelationKind::Amends | RelationKind::Supersedes)) {
            xml.empty("activeRef", &attributes);
        } else {
            let name = if how.is_some() { "implements" } else { "cites" };
            let named = [attributes.as_slice(), &[("name", name)]].concat();
            xml.empty("TLCReference", &named);
        }
    }
    let mut known = |element: &str, id: &str, class: &str, name: Option<&str>| {
        if let Some(name) = name {
            let slug = names::slug(name).unwrap_or_else(|| id.to_owned());
            let href = format!("/akn/ontology/{class}/vn/{slug}");
            xml.empty(element, &[("eId", id), ("href", &href), ("showAs", name)]);
        }
    };
    let signer = reading.signer.as_ref();
    known("TLCOrganization", "loa", "organization", Some("Loa"));
    known(
        "TLCOrganization",
        "issuer",
        "organization",
        reading.issuer.as_deref(),
    );
    known(
        "TLCOrganization",
        "parent",
        "organization",
        reading.parent.as_deref(),
    );
    known("TLCLocation", "place", "location", reading.place.as_deref());
    known(
        "TLCPerson",
        "signer",
        "person",
        signer.map(|one| one.name.as_str()),
    );
    known(
        "TLCRole",
        "post",
        "role",
        signer.map(|one| one.title.as_str()),
    );
    xml.close();
}

/// The id of the reference to an act, by its place among those cited.
pub fn act_id(place: usize) -> String {
    format!("act_{}", place + 1)
}

fn how(reading: &Reading, act: &Act) -> Option<RelationKind> {
    let mut relations = reading.relations.iter();
    let relation = relations.find(|relation| relation.act == act.number)?;
    Some(relation.kind)
}
