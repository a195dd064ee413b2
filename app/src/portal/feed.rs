//! The feed (RSS 2.0) with the sound of each story, and what machines may read.

use std::io;

use axum::Extension;
use axum::extract::State as Of;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::address;
use super::frame::{Frame, Reader};
use super::kept::{Kept, Made};
use super::released::{Released, newest};
use crate::app::App;
use crate::error::Failure;

/// So many stories are in the feed.
const MOST: u64 = 50;

/// `GET /feed.xml`
pub(super) async fn show(
    Of(app): Of<App>,
    Extension(kept): Extension<Kept>,
    reader: Reader,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let key = format!("feed {}", reader.lang.code());
    let made = kept.answer(&app, key, make(&app, &reader));
    Ok(made.await?.send(&headers))
}

async fn make(app: &App, reader: &Reader) -> Result<Made, Failure> {
    let frame = Frame::of(app, reader).await?;
    let stories = newest(app, None, 0, MOST).await?;
    let changed = stories.first().map(|story| story.release.released_at);
    let xml = rss(&app.config.url(), &frame, &stories).map_err(anyhow::Error::from)?;
    let xml = String::from_utf8(xml).map_err(anyhow::Error::from)?;
    Made::text("application/rss+xml; charset=utf-8", xml, changed)
}

/// `GET /robots.txt`: the portal is for everybody; the officers' pages ask for a name anyway.
pub(super) async fn robots() -> Response {
    "User-agent: *\nDisallow: /api/\nDisallow: /air/\nDisallow: /sign-in\n".into_response()
}

fn rss(site: &str, frame: &Frame, stories: &[Released]) -> io::Result<Vec<u8>> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("rss")
        .with_attribute(("version", "2.0"))
        .with_attribute(("xmlns:atom", "http://www.w3.org/2005/Atom"))
        .write_inner_content(|xml| {
            xml.create_element("channel").write_inner_content(|xml| {
                text(xml, "title", &frame.name)?;
                text(xml, "link", &format!("{site}/"))?;
                text(xml, "description", &about(frame))?;
                text(xml, "language", "vi")?;
                text(xml, "ttl", "15")?;
                if let Some(newest) = stories.first() {
                    text(xml, "lastBuildDate", &date(newest.release.released_at))?;
                }
                xml.create_element("atom:link")
                    .with_attribute(("href", format!("{site}/feed.xml").as_str()))
                    .with_attribute(("rel", "self"))
                    .with_attribute(("type", "application/rss+xml"))
                    .write_empty()?;
                stories.iter().try_for_each(|story| item(xml, site, story))
            })?;
            Ok(())
        })?;
    Ok(xml.into_inner())
}

fn item(xml: &mut Writer<Vec<u8>>, site: &str, story: &Released) -> io::Result<()> {
    let approved = &story.approved;
    let url = format!("{site}{}", address(&approved.slug));
    xml.create_element("item").write_inner_content(|xml| {
        text(xml, "title", &approved.title)?;
        text(xml, "link", &url)?;
        // A corrected version is the same story.
        xml.create_element("guid")
            .with_attribute(("isPermaLink", "true"))
            .write_text_content(BytesText::new(&url))?;
        text(xml, "pubDate", &date(story.release.released_at))?;
        if !approved.summary.is_empty() {
            text(xml, "description", &approved.summary)?;
        }
        if let Some(sound) = &approved.sound {
            xml.create_element("enclosure")
                .with_attribute(("url", format!("{url}/sound").as_str()))
                .with_attribute(("length", sound.bytes.to_string().as_str()))
                .with_attribute(("type", "audio/mpeg"))
                .write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

fn about(frame: &Frame) -> String {
    if frame.agency.is_empty() {
        frame.t("portal-about")
    } else {
        frame.tv("portal-about-of", &frame.agency)
    }
}

pub(super) fn text(xml: &mut Writer<Vec<u8>>, name: &str, value: &str) -> io::Result<()> {
    xml.create_element(name)
        .write_text_content(BytesText::new(value))?;
    Ok(())
}

/// As RFC 822 has it.
fn date(at: DateTime<Utc>) -> String {
    at.to_rfc2822()
}
