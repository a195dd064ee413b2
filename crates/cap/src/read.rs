//! A document of somebody else as a warning: section 3.2 of the standard, its order, its numbers and its words.

use chrono::{DateTime, FixedOffset};

use crate::alert::{Alert, Area, Info, MessageType, Reference, Resource, Word};
use crate::elements::{Element, Problem, Refused, root};

/// Elements in the order of the schema.
const ALERT: &[&str] = &[
    "identifier",
    "sender",
    "sent",
    "status",
    "msgType",
    "source",
    "scope",
    "restriction",
    "addresses",
    "code*",
    "note",
    "references",
    "incidents",
    "info*",
];
const INFO: &[&str] = &[
    "language",
    "category*",
    "event",
    "responseType*",
    "urgency",
    "severity",
    "certainty",
    "audience",
    "eventCode*",
    "effective",
    "onset",
    "expires",
    "senderName",
    "headline",
    "description",
    "instruction",
    "web",
    "contact",
    "parameter*",
    "resource*",
    "area*",
];
const RESOURCE: &[&str] = &[
    "resourceDesc",
    "mimeType",
    "size",
    "uri",
    "derefUri",
    "digest",
];
const AREA: &[&str] = &[
    "areaDesc", "polygon*", "circle*", "geocode*", "altitude", "ceiling",
];

impl Alert {
    /// What a document says; only warnings for the public are read (`scope`).
    ///
    /// # Errors
    /// [`Refused`] with the line, if it is not a CAP 1.2 alert exactly.
    pub fn from_xml(document: &[u8]) -> Result<Self, Refused> {
        let alert = root(document)?;
        in_order(&alert, ALERT)?;
        if one(&alert, "scope")?.text != "Public" {
            return Err(one(&alert, "scope")?.refused(Problem::Value("scope".into())));
        }
        Ok(Self {
            identifier: name(one(&alert, "identifier")?)?,
            sender: name(one(&alert, "sender")?)?,
            sent: instant(one(&alert, "sent")?)?,
            status: word(one(&alert, "status")?)?,
            message: message(&alert)?,
            infos: all(&alert, "info").map(info).collect::<Result<_, _>>()?,
        })
    }
}

fn message(alert: &Element) -> Result<MessageType, Refused> {
    let kind = one(alert, "msgType")?;
    let of: fn(Vec<Reference>) -> MessageType = match kind.text.as_str() {
        "Alert" => return Ok(MessageType::Alert),
        "Update" => MessageType::Update,
        "Cancel" => MessageType::Cancel,
        "Ack" => MessageType::Ack,
        "Error" => MessageType::Error,
        _ => return Err(value(kind)),
    };
    let list = one(alert, "references")?;
    let others: Option<Vec<_>> = list.text.split_whitespace().map(reference).collect();
    let others = others.filter(|others| !others.is_empty());
    others.map(of).ok_or_else(|| value(list))
}

fn reference(text: &str) -> Option<Reference> {
    let (sender, rest) = text.split_once(',')?;
    let (identifier, sent) = rest.split_once(',')?;
    (!sender.is_empty() && !identifier.is_empty()).then_some(())?;
    Some(Reference {
        sender: sender.into(),
        identifier: identifier.into(),
        sent: parse(sent)?,
    })
}

fn info(info: &Element) -> Result<Info, Refused> {
    in_order(info, INFO)?;
    one(info, "category")?;
    let language = text(info, "language").unwrap_or_else(|| "en-US".into()); // the standard's default
    Ok(Info {
        language,
        categories: all(info, "category").map(word).collect::<Result<_, _>>()?,
        event: full(one(info, "event")?)?,
        urgency: word(one(info, "urgency")?)?,
        severity: word(one(info, "severity")?)?,
        certainty: word(one(info, "certainty")?)?,
        effective: all(info, "effective").next().map(instant).transpose()?,
        onset: all(info, "onset").next().map(instant).transpose()?,
        expires: all(info, "expires").next().map(instant).transpose()?,
        sender_name: text(info, "senderName"),
        headline: text(info, "headline"),
        description: text(info, "description"),
        instruction: text(info, "instruction"),
        web: text(info, "web"),
        resources: all(info, "resource")
            .map(resource)
            .collect::<Result<_, _>>()?,
        areas: all(info, "area").map(area).collect::<Result<_, _>>()?,
    })
}

fn resource(resource: &Element) -> Result<Resource, Refused> {
    in_order(resource, RESOURCE)?;
    let size = all(resource, "size").next();
    let size = size.map(|size| size.text.parse().map_err(|_| value(size)));
    Ok(Resource {
        description: full(one(resource, "resourceDesc")?)?,
        media_type: full(one(resource, "mimeType")?)?,
        size: size.transpose()?,
        uri: text(resource, "uri"),
    })
}

fn area(area: &Element) -> Result<Area, Refused> {
    in_order(area, AREA)?;
    let shape = |one: &Element, right: fn(&str) -> bool| {
        let plain = one.text.split_whitespace().collect::<Vec<_>>().join(" ");
        right(&plain).then_some(plain).ok_or_else(|| value(one))
    };
    Ok(Area {
        description: full(one(area, "areaDesc")?)?,
        polygons: all(area, "polygon")
            .map(|one| shape(one, is_ring))
            .collect::<Result<_, _>>()?,
        circles: all(area, "circle")
            .map(|one| shape(one, is_circle))
            .collect::<Result<_, _>>()?,
        codes: all(area, "geocode").map(code).collect::<Result<_, _>>()?,
    })
}

fn code(code: &Element) -> Result<(String, String), Refused> {
    in_order(code, &["valueName", "value"])?;
    Ok((full(one(code, "valueName")?)?, full(one(code, "value")?)?))
}

fn is_ring(text: &str) -> bool {
    let points: Vec<_> = text.split(' ').collect();
    points.len() >= 4 && points.first() == points.last() && points.iter().all(|one| is_point(one))
}

fn is_circle(text: &str) -> bool {
    text.split_once(' ').is_some_and(|(point, radius)| {
        is_point(point)
            && radius
                .parse()
                .is_ok_and(|km: f64| (0.0..=20_038.0).contains(&km))
    })
}

fn is_point(text: &str) -> bool {
    let within = |text: &str, most: f64| text.parse().is_ok_and(|at: f64| at.abs() <= most);
    text.split_once(',')
        .is_some_and(|(lat, lon)| within(lat, 90.0) && within(lon, 180.0))
}

/// Each child is known, stands after those before it, and is there once unless marked with `*`.
fn in_order(parent: &Element, order: &[&str]) -> Result<(), Refused> {
    let mut next = 0;
    for child in &parent.children {
        let rest = order.get(next..).unwrap_or_default();
        let place = rest
            .iter()
            .position(|one| one.trim_end_matches('*') == child.name);
        let Some(place) = place else {
            return Err(child.refused(Problem::Unexpected(child.name.clone())));
        };
        let many = rest.get(place).is_some_and(|one| one.ends_with('*'));
        next += place + usize::from(!many);
    }
    if parent.text.is_empty() {
        Ok(())
    } else {
        Err(value(parent))
    }
}

fn all<'a>(parent: &'a Element, name: &'a str) -> impl Iterator<Item = &'a Element> {
    parent
        .children
        .iter()
        .filter(move |child| child.name == name)
}

fn one<'a>(parent: &'a Element, name: &'static str) -> Result<&'a Element, Refused> {
    let found = parent.children.iter().find(|child| child.name == name);
    found.ok_or_else(|| parent.refused(Problem::Missing(name)))
}

fn text(parent: &Element, name: &str) -> Option<String> {
    let found = all(parent, name).next()?;
    (!found.text.is_empty()).then(|| found.text.clone())
}

fn full(one: &Element) -> Result<String, Refused> {
    if one.text.is_empty() || !one.children.is_empty() {
        return Err(value(one));
    }
    Ok(one.text.clone())
}

fn name(one: &Element) -> Result<String, Refused> {
    let odd = |letter: char| letter.is_whitespace() || matches!(letter, ',' | '<' | '&');
    full(one).and_then(|name| {
        if name.contains(odd) {
            Err(value(one))
        } else {
            Ok(name)
        }
    })
}

fn word<T: Word>(one: &Element) -> Result<T, Refused> {
    T::of(&one.text).ok_or_else(|| value(one))
}

fn instant(one: &Element) -> Result<DateTime<FixedOffset>, Refused> {
    parse(&one.text).ok_or_else(|| value(one))
}

/// To the second and with hours and minutes from UTC; `Z` is not allowed (section 3.3.2).
fn parse(text: &str) -> Option<DateTime<FixedOffset>> {
    let exact = text.len() == 25 && text.as_bytes().get(10) == Some(&b'T');
    DateTime::parse_from_rfc3339(text).ok().filter(|_| exact)
}

fn value(one: &Element) -> Refused {
    one.refused(Problem::Value(one.name.clone()))
}
