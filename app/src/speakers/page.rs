//! Areas and their loudspeakers: how they are, what they refused, codes for new ones.

use std::collections::BTreeMap;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
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
use super::presence::{Presence, presence};
use super::{Code, issue_code, issue_codes, issue_replacement, last_status, revoke};
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::clock::local_day;
use crate::error::Failure;
use crate::ids::{AreaId, SpeakerId};
use crate::outlets::areas;
use crate::outlets::entity::area;
use crate::web::api::{Caller, Sent};
use crate::web::visitor::go;
use crate::web::{Form, Nothing, Shell, Visitor};

/// So many refusals are shown, the newest first.
const SHOWN: usize = 3;
const READ: u64 = 1000;

/// The pages of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/speakers", get(list))
        .route("/speakers/map", get(map::show))
        .route("/speakers/presence", get(presence_page))
        .route("/speakers/codes", post(make_code))
        .route("/speakers/{id}/revocation", post(take_off))
        .route("/speakers/{id}/replacement", post(replace))
        .route("/speakers/{id}/place", post(say_place))
        .route("/speakers/{id}/volume", post(change_volume))
        .route("/speakers/{id}/tone", post(sound_tone))
}

/// What programs may ask of this slice, under `/api/v1`.
pub fn api() -> Router<App> {
    Router::new()
        .route("/speakers", get(list_json))
        .route("/speakers/codes", post(make_code_json))
        .route("/speakers/{id}/volume", post(change_volume_json))
        .route("/speakers/{id}/tone", post(sound_tone_json))
}

#[derive(Template, WebTemplate)]
#[template(path = "speakers/list.html")]
struct SpeakersPage {
    shell: Shell,
    areas: Vec<AreaShown>,
    /// A code that was just made, and its invitation; shown this once.
    code: Option<(Code, invitation::Shown)>,
    now: DateTime<Utc>,
}

/// An area that a person sees.
pub(super) struct AreaShown {
    pub(super) area: area::Model,
    may: bool,
    speakers: Vec<SpeakerShown>,
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

#[derive(Deserialize)]
struct CodeForm {
    area: AreaId,
    #[serde(default)]
    name: String,
}

/// The same for a program, which may ask for many.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CodesAsked {
    area: AreaId,
    #[serde(default)]
    name: String,
    #[serde(default = "one")]
    count: usize,
}

fn one() -> usize {
    1
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

/// `{"volume": 60}`; `null`: as it was set up.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VolumeJson {
    volume: Option<u8>,
}

async fn change_volume_json(
    State(app): State<App>,
    Caller(person): Caller,
    Path(id): Path<SpeakerId>,
    Sent { body, .. }: Sent<VolumeJson>,
) -> Result<StatusCode, Failure> {
    set_volume(&app, &person, id, body.volume).await?;
    Ok(StatusCode::ACCEPTED)
}

async fn sound_tone_json(
    State(app): State<App>,
    Caller(person): Caller,
    Path(id): Path<SpeakerId>,
) -> Result<(StatusCode, Json<Value>), Failure> {
    let tone = ask_tone(&app, &person, id).await?;
    Ok((StatusCode::ACCEPTED, Json(json!({ "tone": tone }))))
}

#[derive(Template, WebTemplate)]
#[template(path = "speakers/presence.html")]
struct PresencePage {
    shell: Shell,
    month: NaiveDate,
    areas: Vec<Presence>,
    today: NaiveDate,
}

#[derive(Deserialize)]
struct OfMonth {
    /// `2026-11`; without one this month.
    month: Option<String>,
}

/// `GET /speakers/presence?month=2026-11`
async fn presence_page(
    State(app): State<App>,
    visitor: Visitor,
    person: Person,
    Query(OfMonth { month }): Query<OfMonth>,
) -> Result<PresencePage, Failure> {
    let today = local_day(app.clock.now());
    let wanted = month.map(|month| format!("{month}-01").parse::<NaiveDate>());
    let month = match wanted {
        None => today.with_day(1).unwrap_or(today),
        // Years that no calendar has end no arithmetic.
        Some(Ok(month)) if month.year() >= 2000 && month <= today => month,
        Some(_) => return Err(Failure::NotFound),
    };
    let areas = areas(&app.db, &person, Right::Read).await?;
    Ok(PresencePage {
        shell: Shell::of(&visitor),
        areas: presence(&app, areas, month).await?,
        month,
        today,
    })
}

impl PresencePage {
    fn title(&self) -> String {
        let month = self.month.format("%m/%Y").to_string();
        self.shell.tv("speakers-presence-month", month)
    }

    /// The months before and after, as the address has them; none that is not here yet.
    fn others(&self) -> Vec<(&'static str, String)> {
        let name = |month: NaiveDate| month.format("%Y-%m").to_string();
        let month = chrono::Months::new(1);
        let mut others = vec![("speakers-month-before", name(self.month - month))];
        if self.month + month <= self.today {
            others.push(("speakers-month-after", name(self.month + month)));
        }
        others
    }

    fn percent(&self, presence: &Presence) -> String {
        let comma = self.shell.t("stories-decimal");
        presence.percent.map_or("–".to_owned(), |percent| {
            format!("{} %", format!("{percent:.1}").replace('.', &comma))
        })
    }
}

async fn list_json(State(app): State<App>, Caller(person): Caller) -> Result<Json<Value>, Failure> {
    let shown = shown(&app, &person).await?;
    let areas: Vec<Value> = shown
        .iter()
        .map(|shown| json!({ "id": shown.area.id, "name": shown.area.name }))
        .collect();
    let speakers = shown.iter().flat_map(|shown| &shown.speakers);
    let items: Vec<Value> = speakers.map(SpeakerShown::json).collect();
    Ok(Json(json!({ "speakers": items, "areas": areas })))
}

async fn make_code_json(
    State(app): State<App>,
    Caller(person): Caller,
    Sent { body, .. }: Sent<CodesAsked>,
) -> Result<(StatusCode, Json<Value>), Failure> {
    let codes = issue_codes(&app, &person, body.area, &body.name, body.count).await?;
    let first = codes.first().ok_or(Failure::Invalid("air-codes"))?;
    let texts: Vec<&str> = codes.iter().map(|code| code.text.as_str()).collect();
    let answer = json!({ "code": first.text, "codes": texts, "expires_at": first.expires_at });
    Ok((StatusCode::CREATED, Json(answer)))
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
    Ok(SpeakersPage {
        now: app.clock.now(),
        shell: Shell::of(visitor),
        areas: shown(app, person).await?,
        code,
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

    fn json(&self) -> Value {
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
