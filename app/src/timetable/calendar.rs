//! An area's airtime as iCalendar (RFC 5545).

use axum::extract::{Path, State as Of};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::links::area_of;
use crate::airtime::entity::slot;
use crate::app::App;
use crate::deliveries::on_air::filled;
use crate::error::Failure;
use crate::files::sha256;
use crate::outlets::entity::area;
use crate::web::etag;
use crate::web::locale::Lang;

/// How far back and ahead a calendar reaches.
const BACK: TimeDelta = TimeDelta::days(7);
const AHEAD: TimeDelta = TimeDelta::days(60);

/// `GET /calendars/{token}.ics`
pub(super) async fn serve(
    Of(app): Of<App>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let token = file.strip_suffix(".ics").ok_or(Failure::NotFound)?;
    let area = area_of(&app, token).await?;
    let text = calendar(&app, &area).await?;
    let tag = format!("\"{}\"", sha256(text.as_bytes()));
    if etag::has(&headers, &tag) {
        return Ok(etag::unchanged(tag));
    }
    let about = [
        (
            header::CONTENT_TYPE,
            "text/calendar; charset=utf-8".to_owned(),
        ),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
        (header::ETAG, tag),
    ];
    Ok((about, text).into_response())
}

/// The slots of an area with what is in them; cancelled ones say so.
async fn calendar(app: &App, area: &area::Model) -> Result<String, Failure> {
    let now = app.clock.now();
    let slots = slot::Entity::find()
        .filter(slot::Column::AreaId.eq(area.id))
        .filter(slot::Column::StartsAt.between(now - BACK, now + AHEAD))
        .filter(slot::Column::LeftBy.is_null())
        .order_by_asc(slot::Column::StartsAt)
        .order_by_asc(slot::Column::Id)
        .all(&app.db)
        .await?;
    let slots = slots.into_iter().map(|slot| (slot, area.name.clone()));
    let lang = Lang::default();
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Loa//Loa//VI".to_owned(),
        format!("X-WR-CALNAME:{}", escaped(&area.name)),
    ];
    for one in filled(app, slots.collect()).await? {
        let summary = one.line(lang);
        let slot = one.slot;
        lines.extend([
            "BEGIN:VEVENT".to_owned(),
            format!("UID:slot-{}@{}", slot.id, host(&app.config.url())),
            format!("DTSTAMP:{}", stamp(revised(&slot))),
            format!("SEQUENCE:{}", sequence(&slot)),
            format!("DTSTART:{}", stamp(slot.starts_at)),
            format!("DTEND:{}", stamp(slot.ends_at)),
            format!("SUMMARY:{}", escaped(&summary)),
            format!("LOCATION:{}", escaped(&one.area)),
        ]);
        if slot.cancelled_at.is_some() {
            lines.push("STATUS:CANCELLED".to_owned());
        }
        lines.push("END:VEVENT".to_owned());
    }
    lines.push("END:VCALENDAR".to_owned());
    let mut text = String::new();
    for line in &lines {
        text.push_str(&folded(line));
        text.push_str("\r\n");
    }
    Ok(text)
}

/// When it became as it is.
fn revised(slot: &slot::Model) -> DateTime<Utc> {
    let last = Ord::max(slot.revised_at, slot.cancelled_at);
    last.unwrap_or(slot.created_at)
}

/// Calendar programs believe the highest.
fn sequence(slot: &slot::Model) -> i64 {
    slot.revision + i64::from(slot.cancelled_at.is_some())
}

fn stamp(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

/// The server's name, for ids that no other server gives.
fn host(url: &str) -> &str {
    let rest = url.split("://").nth(1).unwrap_or(url);
    rest.split(['/', ':']).next().unwrap_or(rest)
}

/// Text as RFC 5545 section 3.3.11 has it.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => safe.extend(['\\', c]),
            '\n' => safe.push_str("\\n"),
            c if c.is_control() => {}
            c => safe.push(c),
        }
    }
    safe
}

/// Lines of at most 75 bytes, cut between characters (section 3.1).
fn folded(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut bytes = 0;
    for c in line.chars() {
        if bytes + c.len_utf8() > 75 {
            text.push_str("\r\n ");
            bytes = 1;
        }
        text.push(c);
        bytes += c.len_utf8();
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn text_is_escaped_and_ids_have_the_servers_name() {
        assert_eq!(
            escaped("Một, hai; ba\\\nbốn\u{7}"),
            "Một\\, hai\\; ba\\\\\\nbốn"
        );
        assert_eq!(host("https://loa.example.vn:8443/x"), "loa.example.vn");
    }

    proptest! {
        /// Unfolded, every line is what it was; folded, none is longer than 75 bytes.
        #[test]
        fn folding_loses_nothing(line in "\\PC{0,300}") {
            let text = folded(&line);
            prop_assert!(text.split("\r\n").all(|part| part.len() <= 75));
            prop_assert_eq!(text.replace("\r\n ", ""), line);
        }
    }
}
