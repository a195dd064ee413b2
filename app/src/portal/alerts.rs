//! Urgent messages for other systems: a feed (Atom), and each as the Common Alerting Protocol has it.
//!
//! What people are not asked when they write is not invented: severity and certainty are `Unknown`.

use std::io;

use axum::Extension;
use axum::extract::{Path, State as Of};
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};
use loa_cap::{
    Alert, Area, Category, Certainty, Info, MessageType, Reference, Resource, Severity, Status,
    Urgency,
};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};

use super::address;
use super::feed::text;
use super::frame::{Frame, Reader};
use super::kept::{Kept, Made};
use crate::app::App;
use crate::clock::{local, local_day};
use crate::error::Failure;
use crate::ids::UrgentId;
use crate::units::UnitTree;
use crate::urgent::{Announced, announced, announced_one};

/// Follows the number in the address of a message that ends another.
const END: &str = "-het";

/// `GET /canh-bao.xml`
pub(super) async fn list(
    Of(app): Of<App>,
    Extension(kept): Extension<Kept>,
    reader: Reader,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let key = format!("alerts {}", reader.lang.code());
    let made = kept.answer(&app, key, make_list(&app, &reader));
    Ok(made.await?.send(&headers))
}

/// `GET /canh-bao/7.xml`, and `GET /canh-bao/7-het.xml` when it was taken back.
pub(super) async fn show(
    Of(app): Of<App>,
    Extension(kept): Extension<Kept>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let name = file.strip_suffix(".xml").ok_or(Failure::NotFound)?;
    let (id, ends) = match name.strip_suffix(END) {
        Some(id) => (id, true),
        None => (name, false),
    };
    let id: UrgentId = id.parse().map_err(|_| Failure::NotFound)?;
    let key = format!("alert {id} {ends}");
    let made = kept.answer(&app, key, make(&app, id, ends));
    Ok(made.await?.send(&headers))
}

async fn make(app: &App, id: UrgentId, ends: bool) -> Result<Made, Failure> {
    let announced = announced_one(app, id).await?;
    let tree = UnitTree::load(&app.db).await?;
    let unit = tree.name(announced.approved.unit, local_day(announced.sent_at));
    let site = app.config.url();
    let first = alert(&site, unit, &announced);
    let (alert, changed) = match (ends, announced.ended_at) {
        (false, _) => (first, announced.sent_at),
        (true, Some(cancelled)) => (end_of(first, cancelled), cancelled),
        (true, None) => return Err(Failure::NotFound),
    };
    Made::text(
        "application/cap+xml; charset=utf-8",
        alert.to_xml(),
        Some(changed),
    )
}

fn alert(site: &str, unit: String, announced: &Announced) -> Alert {
    let approved = &announced.approved;
    let web = format!("{site}{}", address(&approved.slug));
    let sound = approved.sound.as_ref().map(|sound| Resource {
        description: approved.title.clone(),
        media_type: "audio/mpeg".to_owned(),
        size: u64::try_from(sound.bytes).ok(),
        uri: Some(format!("{web}/sound")),
    });
    let areas = announced.areas.iter().map(|area| Area {
        description: area.name.clone(),
        polygons: Vec::new(),
        circles: Vec::new(),
        codes: Vec::new(),
    });
    let sender = sender(site);
    Alert {
        identifier: format!("{sender}-{}", announced.row.id),
        sender,
        sent: here(announced.sent_at),
        status: Status::Actual,
        message: MessageType::Alert,
        infos: vec![Info {
            language: "vi-VN".to_owned(),
            categories: vec![Category::Other],
            event: approved.title.clone(),
            urgency: Urgency::Immediate,
            severity: Severity::Unknown,
            certainty: Certainty::Unknown,
            effective: Some(here(announced.sent_at)),
            onset: None,
            expires: Some(here(announced.until_at)),
            sender_name: Some(unit),
            headline: Some(approved.title.clone()),
            description: Some(approved.body.clone()),
            instruction: None,
            web: Some(web),
            resources: sound.into_iter().collect(),
            areas: areas.collect(),
        }],
    }
}

/// The message that ends another, with what it said.
fn end_of(alert: Alert, at: DateTime<Utc>) -> Alert {
    let reference = Reference {
        sender: alert.sender.clone(),
        identifier: alert.identifier.clone(),
        sent: alert.sent,
    };
    Alert {
        identifier: format!("{}{END}", alert.identifier),
        sent: here(at),
        message: MessageType::Cancel(vec![reference]),
        ..alert
    }
}

async fn make_list(app: &App, reader: &Reader) -> Result<Made, Failure> {
    let frame = Frame::of(app, reader).await?;
    let all = announced(app).await?;
    let times = all.iter().map(changed);
    let newest = times.max();
    let xml = atom(&app.config.url(), &frame, &all, newest).map_err(anyhow::Error::from)?;
    let xml = String::from_utf8(xml).map_err(anyhow::Error::from)?;
    Made::text("application/atom+xml; charset=utf-8", xml, newest)
}

fn atom(
    site: &str,
    frame: &Frame,
    all: &[Announced],
    newest: Option<DateTime<Utc>>,
) -> io::Result<Vec<u8>> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let feed = format!("{site}/canh-bao.xml");
    xml.create_element("feed")
        .with_attribute(("xmlns", "http://www.w3.org/2005/Atom"))
        .write_inner_content(|xml| {
            text(xml, "id", &feed)?;
            text(xml, "title", &frame.t("portal-alerts"))?;
            text(xml, "updated", &stamp(newest.unwrap_or_default()))?;
            xml.create_element("author")
                .write_inner_content(|xml| text(xml, "name", &frame.name))?;
            link(xml, "self", "application/atom+xml", &feed)?;
            for one in all {
                let id = one.row.id;
                let ends = one.ended_at.map(|at| (format!("{id}{END}"), at));
                for (name, at) in ends.into_iter().chain([(id.to_string(), one.sent_at)]) {
                    let url = format!("{site}/canh-bao/{name}.xml");
                    xml.create_element("entry").write_inner_content(|xml| {
                        text(xml, "id", &url)?;
                        text(xml, "title", &one.approved.title)?;
                        text(xml, "updated", &stamp(at))?;
                        link(xml, "alternate", "application/cap+xml", &url)
                    })?;
                }
            }
            Ok(())
        })?;
    Ok(xml.into_inner())
}

fn link(xml: &mut Writer<Vec<u8>>, rel: &str, kind: &str, url: &str) -> io::Result<()> {
    xml.create_element("link")
        .with_attribute(("rel", rel))
        .with_attribute(("type", kind))
        .with_attribute(("href", url))
        .write_empty()?;
    Ok(())
}

fn changed(one: &Announced) -> DateTime<Utc> {
    one.ended_at.unwrap_or(one.sent_at)
}

fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Vietnam's time, with its distance from UTC.
fn here(at: DateTime<Utc>) -> DateTime<FixedOffset> {
    local(at)
}

/// The site's name: unique in the world, as the standard wants it.
fn sender(site: &str) -> String {
    let name = site.split_once("://").map_or(site, |(_, name)| name);
    name.split('/').next().unwrap_or(name).to_owned()
}
