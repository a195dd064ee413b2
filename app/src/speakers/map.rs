//! The map: areas of a province, the loudspeakers of an area. It is drawn here and needs nobody; a tile server that
//! the settings name lies under it.

use std::collections::BTreeMap;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::frame::{Frame, HEIGHT, Line, Tile, WIDTH};
use super::health::Health;
use super::page::{AreaShown, shown};
use super::place::Place;
use crate::accounts::Person;
use crate::app::App;
use crate::config::MapConfig;
use crate::error::Failure;
use crate::ids::AreaId;
use crate::web::headers::policy_with_pictures_of;
use crate::web::{Shell, Visitor};

/// So many have their names beside them; a table below has all.
const NAMED: usize = 16;

#[derive(Template, WebTemplate)]
#[template(path = "speakers/map.html")]
struct MapPage {
    shell: Shell,
    /// The area that is looked at; none: all of them.
    area: Option<(AreaId, String)>,
    areas: Vec<(AreaId, String)>,
    frame: Option<Frame>,
    marks: Vec<Mark>,
    /// So many stand nowhere yet.
    placeless: usize,
    map: MapConfig,
}

/// A loudspeaker, or an area with several.
struct Mark {
    name: String,
    place: Place,
    /// How it is; of several how the worst is.
    health: Health,
    /// So many loudspeakers.
    count: usize,
    leads_to: String,
}

#[derive(Deserialize)]
pub(super) struct Wanted {
    area: Option<AreaId>,
}

/// `GET /speakers/map?area=…`
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    person: Person,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failure> {
    let all = shown(&app, &person).await?;
    let areas: Vec<(AreaId, String)> = all
        .iter()
        .map(|shown| (shown.area.id, shown.area.name.clone()))
        .collect();
    let area = match wanted.area {
        Some(id) => {
            let known = areas.iter().find(|(area, _)| *area == id);
            Some(known.cloned().ok_or(Failure::NotFound)?)
        }
        // Whoever has one area sees its loudspeakers at once.
        None => areas.first().filter(|_| areas.len() == 1).cloned(),
    };
    let here = |shown: &&AreaShown| area.as_ref().is_none_or(|(id, _)| *id == shown.area.id);
    let here: Vec<&AreaShown> = all.iter().filter(here).collect();
    let speakers = || here.iter().flat_map(|shown| shown.at_work());
    let marks: Vec<Mark> = if area.is_some() {
        speakers().filter_map(Mark::of).collect()
    } else {
        here.iter()
            .filter_map(|shown| Mark::of_area(shown))
            .collect()
    };
    let places: Vec<Place> = marks.iter().map(|mark| mark.place).collect();
    let page = MapPage {
        shell: Shell::of(&visitor),
        placeless: speakers()
            .filter(|one| one.speaker.place().is_none())
            .count(),
        frame: Frame::around(&places),
        area,
        areas,
        marks,
        map: app.config.map.clone(),
    };
    let mut answer = page.into_response();
    // The pictures come from there, and nothing else does.
    if let Some(origin) = app.config.map.origin()
        && let Ok(policy) = HeaderValue::from_str(&policy_with_pictures_of(&origin))
    {
        let headers = answer.headers_mut();
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    Ok(answer)
}

impl Mark {
    fn of(one: &super::page::SpeakerShown) -> Option<Self> {
        Some(Self {
            name: one.speaker.name.clone(),
            place: one.speaker.place()?,
            health: one.health,
            count: 1,
            leads_to: format!("/speakers#speaker-{}", one.speaker.id),
        })
    }

    /// In the middle of its loudspeakers.
    fn of_area(shown: &AreaShown) -> Option<Self> {
        let places: Vec<Place> = shown
            .at_work()
            .filter_map(|one| one.speaker.place())
            .collect();
        let middle = |of: fn(&Place) -> f64| {
            let (mut sum, mut count) = (0.0, 0.0);
            for place in &places {
                sum += of(place);
                count += 1.0;
            }
            sum / count
        };
        if places.is_empty() {
            return None;
        }
        let healths = shown.at_work().map(|one| one.health);
        Some(Self {
            name: shown.area.name.clone(),
            place: Place {
                latitude: middle(|place| place.latitude),
                longitude: middle(|place| place.longitude),
            },
            health: healths.min_by_key(|health| !health.is_alarm())?,
            count: shown.at_work().count(),
            leads_to: format!("/speakers/map?area={}", shown.area.id),
        })
    }
}

impl MapPage {
    fn is_area(&self, id: &AreaId) -> bool {
        self.area.as_ref().is_some_and(|(area, _)| area == id)
    }

    fn names(&self) -> bool {
        self.marks.len() <= NAMED
    }

    /// How many are well, how many are not, in words.
    fn of_all(&self) -> String {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for mark in &self.marks {
            *counts.entry(mark.health.text()).or_default() += 1;
        }
        let parts = counts
            .into_iter()
            .map(|(text, count)| format!("{}: {count}", self.shell.t(text)));
        parts.collect::<Vec<_>>().join("; ")
    }

    fn tile(&self, tile: &Tile) -> String {
        let at = |text: &str, name: &str, value: String| text.replace(name, &value);
        let text = self.map.tiles.clone().unwrap_or_default();
        let text = at(&text, "{z}", tile.zoom.to_string());
        let text = at(&text, "{x}", tile.column.to_string());
        at(&text, "{y}", tile.row.to_string())
    }

    /// `2 km`, `500 m`.
    fn length(&self, metres: &f64) -> String {
        if *metres >= 1_000.0 {
            format!("{:.0} km", metres / 1_000.0)
        } else {
            format!("{metres:.0} m")
        }
    }
}

fn size() -> (f64, f64) {
    (WIDTH, HEIGHT)
}

/// Of a mark: what is not well has corners.
fn shape(health: &Health) -> &'static str {
    if health.is_alarm() { "alarm" } else { "well" }
}

fn line(line: &Line) -> (f64, f64, f64, f64) {
    if line.level {
        (0.0, line.at, WIDTH, line.at)
    } else {
        (line.at, 0.0, line.at, HEIGHT)
    }
}
