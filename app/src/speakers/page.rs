//! Areas and their loudspeakers: how they are, what they refused, codes for new ones.

use std::collections::BTreeMap;

use askama::Template;
use askama_web::WebTemplate;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use chrono::{DateTime, Utc};
use loa_air::Status;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Deserialize;
use serde_json::{Value, json};

use super::entity::{order, refusal, speaker};
use super::health::{Health, on_air_since};
use super::invitation;
use super::map;
use super::orders::{ask_tone, orders_of, set_volume};
use super::place::set_place;
use super::presence_page;
use super::{Code, issue_code, issue_replacement, last_status, named, revoke};
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::clock::local_day;
use crate::error::Failure;
use crate::ids::{AreaId, SpeakerId, UnitId};
use crate::outlets::entity::area;
use crate::outlets::{areas, open_area};
use crate::units::UnitTree;
use crate::web::visitor::go;
use crate::web::{Errors, Form, Nothing, Shell, Visitor};

/// So many refusals are shown, the newest first.
const SHOWN: usize = 3;
const READ: u64 = 1000;

/// The pages of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/speakers", get(list))
        .route("/speakers/map", get(map::show))
        .route("/speakers/presence", get(presence_page::show))
        .route("/speakers/codes", post(make_code))
        .route("/speakers/areas", post(new_area))
        .route("/speakers/{id}/revocation", post(take_off))
        .route("/speakers/{id}/replacement", post(replace))
        .route("/speakers/{id}/place", post(say_place))
        .route("/speakers/{id}/volume", post(change_volume))
        .route("/speakers/{id}/tone", post(sound_tone))
}

#[derive(Template, WebTemplate)]
#[template(path = "speakers/list.html")]
struct SpeakersPage {
    shell: Shell,
    areas: Vec<AreaShown>,
    /// A code that was just made, and its invitation; shown this once.
    code: Option<(Code, invitation::Shown)>,
    /// The units for which the person may open an area.
    units: Vec<(UnitId, String)>,
    typed: AreaForm,
    errors: Errors,
    now: DateTime<Utc>,
}

/// An area that a person sees.
pub(super) struct AreaShown {
    pub(super) area: area::Model,
    may: bool,
    pub(super) speakers: Vec<SpeakerShown>,
}

/// A loudspeaker as its page shows it.
pub(super) struct SpeakerShown {
    pub(super) speaker: speaker::Model,
    pub(super) health: Health,
    status: Option<Status>,
    refusals: Vec<refusal::Model>,
    orders: Option<order::Model>,
}

/// How far a loudspeaker is with a test tone.
enum ToneShown {
    /// It has not sounded it yet.
    Waits,
    /// It sounded it.
    Sounded,
    /// Its time is over.
    Missed,
}

#[derive(Deserialize, Default)]
struct AreaForm {
    #[serde(default)]
    unit: String,
    #[serde(default)]
    name: String,
}

#[derive(Deserialize)]
struct CodeForm {
    area: AreaId,
    #[serde(default)]
    name: String,
}

async fn list(
    State(app): State<App>,
    visitor: Visitor,
    person: Person,
) -> Result<SpeakersPage, Failure> {
    page(&app, &visitor, &person, None).await
}

/// Answers with the page itself, since the code is never to be had again.
async fn make_code(
    State(app): State<App>,
    visitor: Visitor,
    person: Person,
    Form(form): Form<CodeForm>,
) -> Result<SpeakersPage, Failure> {
    let code = issue_code(&app, &person, form.area, &form.name).await?;
    page(&app, &visitor, &person, Some(code)).await
}

async fn new_area(
    State(app): State<App>,
    visitor: Visitor,
    person: Person,
    Form(form): Form<AreaForm>,
) -> Result<Response, Failure> {
    let mut errors = Errors::default();
    let unit = form.unit.parse().ok();
    errors.require(unit.is_some(), "unit", "speakers-area-unit");
    let name = named(&form.name);
    errors.require(name.is_some(), "name", "speakers-area-name");
    let (Some(unit), Some(name)) = (unit, name) else {
        let mut page = page(&app, &visitor, &person, None).await?;
        (page.typed, page.errors) = (form, errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let area = open_area(&app, &person, unit, &name).await?;
    Ok(go(&format!("/speakers#area-{area}"), "speakers-area-made"))
}

async fn take_off(
    State(app): State<App>,
    person: Person,
    Path(id): Path<SpeakerId>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Failure> {
    revoke(&app, &person, id).await?;
    Ok(go("/speakers", "speakers-revoked"))
}

/// Answers with the page itself, as for any other code.
async fn replace(
    State(app): State<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<SpeakerId>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<SpeakersPage, Failure> {
    let code = issue_replacement(&app, &person, id).await?;
    page(&app, &visitor, &person, Some(code)).await
}

#[derive(Deserialize)]
struct PlaceForm {
    #[serde(default)]
    place: String,
}

async fn say_place(
    State(app): State<App>,
    person: Person,
    Path(id): Path<SpeakerId>,
    Form(form): Form<PlaceForm>,
) -> Result<Response, Failure> {
    set_place(&app, &person, id, &form.place).await?;
    Ok(go("/speakers", "speakers-place-kept"))
}

#[derive(Deserialize)]
struct VolumeForm {
    #[serde(default)]
    volume: String,
}

async fn change_volume(
    State(app): State<App>,
    person: Person,
    Path(id): Path<SpeakerId>,
    Form(form): Form<VolumeForm>,
) -> Result<Response, Failure> {
    let volume = match form.volume.trim() {
        "" => None,
        typed => Some(
            typed
                .parse()
                .map_err(|_| Failure::Invalid("speakers-volume-odd"))?,
        ),
    };
    set_volume(&app, &person, id, volume).await?;
    Ok(go("/speakers", "speakers-volume-ordered"))
}

async fn sound_tone(
    State(app): State<App>,
    person: Person,
    Path(id): Path<SpeakerId>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Failure> {
    ask_tone(&app, &person, id).await?;
    Ok(go("/speakers", "speakers-tone-ordered"))
}

async fn page(
    app: &App,
    visitor: &Visitor,
    person: &Person,
    code: Option<Code>,
) -> Result<SpeakersPage, Failure> {
    let code = match code {
        Some(code) => {
            let shown = invitation::shown(app, &code).await?;
            Some((code, shown))
        }
        None => None,
    };
    let (now, tree) = (app.clock.now(), UnitTree::load(&app.db).await?);
    let today = local_day(now);
    Ok(SpeakersPage {
        now,
        shell: Shell::of(visitor),
        areas: shown(app, person).await?,
        code,
        units: tree.choices(person.reach(Right::Air).iter().copied(), today),
        typed: AreaForm::default(),
        errors: Errors::default(),
    })
}

/// The areas a person sees, with their speakers and what those refused of late.
pub(super) async fn shown(app: &App, person: &Person) -> Result<Vec<AreaShown>, Failure> {
    let now = app.clock.now();
    let areas = areas(&app.db, person, Right::Read).await?;
    let rows = speaker::Entity::find()
        .filter(speaker::Column::AreaId.is_in(areas.iter().map(|area| area.id)))
        .order_by_asc(speaker::Column::Id)
        .all(&app.db)
        .await?;
    let refused = refusal::Entity::find()
        .filter(refusal::Column::SpeakerId.is_in(rows.iter().map(|row| row.id)))
        .order_by_desc(refusal::Column::At)
        .limit(READ)
        .all(&app.db)
        .await?;
    let orders = orders_of(&app.db, rows.iter().map(|row| row.id)).await?;
    let mut due = BTreeMap::new();
    for area in &areas {
        due.insert(area.id, on_air_since(&app.db, area.id, now).await?);
    }
    let mut speakers: Vec<SpeakerShown> = rows
        .into_iter()
        .map(|speaker| SpeakerShown {
            health: Health::of(app, &speaker, due.get(&speaker.area_id).copied().flatten()),
            status: last_status(&speaker),
            orders: orders
                .iter()
                .find(|order| order.speaker_id == speaker.id)
                .cloned(),
            refusals: refused
                .iter()
                .filter(|said| said.speaker_id == speaker.id)
                .take(SHOWN)
                .cloned()
                .collect(),
            speaker,
        })
        .collect();
    Ok(areas
        .into_iter()
        .map(|area| AreaShown {
            may: person.may(Right::Air, area.unit_id),
            speakers: speakers
                .extract_if(.., |one| one.speaker.area_id == area.id)
                .collect(),
            area,
        })
        .collect())
}

impl AreaShown {
    /// Its loudspeakers whose keys count.
    pub(super) fn at_work(&self) -> impl Iterator<Item = &SpeakerShown> {
        let all = self.speakers.iter();
        all.filter(|one| one.health != Health::Revoked)
    }
}

impl SpeakerShown {
    /// Where it stands, as it is typed; empty when nobody said so.
    fn place(&self) -> String {
        let place = self.speaker.place();
        place.map(|place| place.to_string()).unwrap_or_default()
    }

    /// The volume that was ordered; empty when none was.
    fn ordered(&self) -> String {
        let volume = self.orders.as_ref().and_then(|orders| orders.volume);
        volume.map(|volume| volume.to_string()).unwrap_or_default()
    }

    /// Whether it does not follow its newest orders yet.
    fn lags(&self) -> bool {
        let wanted = self.orders.as_ref().map_or(0, |orders| orders.version);
        let follows = self
            .status
            .as_ref()
            .map_or(0, |status| status.orders_version);
        follows < wanted
    }

    /// How far it is with the last test tone.
    fn tone(&self, now: DateTime<Utc>) -> Option<ToneShown> {
        let orders = self.orders.as_ref()?;
        let (wanted, until) = (orders.tone.as_ref()?, orders.tone_until?);
        let sounded = self.status.as_ref().and_then(|status| status.tone.as_ref());
        Some(if sounded == Some(wanted) {
            ToneShown::Sounded
        } else if until > now {
            ToneShown::Waits
        } else {
            ToneShown::Missed
        })
    }

    pub(super) fn json(&self) -> Value {
        let refusals: Vec<Value> = self
            .refusals
            .iter()
            .map(|said| {
                json!({
                    "at": said.at, "what": said.what, "reason": said.reason, "detail": said.detail,
                })
            })
            .collect();
        json!({
            "id": self.speaker.id, "area": self.speaker.area_id, "name": self.speaker.name,
            "enrolled_at": self.speaker.enrolled_at, "seen_at": self.speaker.seen_at,
            "revoked_at": self.speaker.revoked_at, "latitude": self.speaker.latitude,
            "longitude": self.speaker.longitude, "health": self.health.name(),
            "away": self.health == Health::Away, "status": self.status,
            "refusals": refusals, "volume": self.orders.as_ref().and_then(|orders| orders.volume),
            "tone": self.orders.as_ref().and_then(|orders| orders.tone.as_deref()),
        })
    }
}

impl SpeakersPage {
    /// How far a loudspeaker is with the last test tone, in words.
    fn tone(&self, one: &SpeakerShown) -> Option<String> {
        let text = match one.tone(self.now)? {
            ToneShown::Waits => "speakers-tone-waits",
            ToneShown::Sounded => "speakers-tone-sounded",
            ToneShown::Missed => "speakers-tone-missed",
        };
        Some(self.shell.t(text))
    }

    /// What was refused, and why, in words.
    fn refused(&self, said: &refusal::Model) -> String {
        let what = match said.what.as_str() {
            "sound" => "speakers-refused-sound",
            "orders" => "speakers-refused-orders",
            "topic" => "speakers-refused-topic",
            _ => "speakers-refused-manifest",
        };
        let reason = self.shell.t(&format!("speakers-reason-{}", said.reason));
        self.shell.tv(what, reason)
    }
}
