//! The screen itself, and what a phone keeps of it for a time without a network.

use askama::Template;
use askama_web::WebTemplate;
use axum::Json;
use axum::extract::{Path, State as Of};
use axum::http::{HeaderMap, HeaderName};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::day::{Day, Turn};
use super::sent::Typed;
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::clock::{local_day, random};
use crate::deliveries;
use crate::error::Failure;
use crate::ids::{DeliveryId, SlotId, ThemeId};
use crate::stories::{self, PlanChoice, sound_response};
use crate::web::forms::stamp;
use crate::web::{Errors, Shell, Visitor};

/// The screen may listen to the microphone.
const LISTENS: (HeaderName, &str) = (
    HeaderName::from_static("permissions-policy"),
    "camera=(), geolocation=(), microphone=(self)",
);

#[derive(Template, WebTemplate)]
#[template(path = "station/page.html")]
pub(super) struct StationPage {
    pub(super) shell: Shell,
    day: Day,
    plans: Vec<PlanChoice>,
    /// Of a form that is sent without scripts.
    key: String,
    pub(super) errors: Errors,
    pub(super) typed: Typed,
}

/// `GET /station`
pub(super) async fn show(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
) -> Result<Response, Failure> {
    let page = StationPage::of(&app, &visitor, &person).await?;
    Ok(([LISTENS], page).into_response())
}

/// Who is signed in, and what a form must bring: asked before anything is sent that was done without a
/// network.
pub(super) async fn who(visitor: Visitor, person: Person) -> Json<Value> {
    Json(json!({ "person": person.id, "csrf": visitor.csrf }))
}

/// The approved sound of a delivery, to be heard at the station.
pub(super) async fn sound(
    Of(app): Of<App>,
    person: Person,
    Path(id): Path<DeliveryId>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let line = deliveries::get(&app, &person, id).await?;
    let approved = stories::approved(&app.db, line.release.version_id).await?;
    let sound = approved.sound.ok_or(Failure::NotFound)?;
    sound_response(&app, &headers, &sound.sha256).await
}

impl StationPage {
    pub(super) async fn of(app: &App, visitor: &Visitor, person: &Person) -> Result<Self, Failure> {
        if !person.may_somewhere(Right::Air) {
            return Err(Failure::Forbidden("error-right"));
        }
        Ok(Self {
            shell: Shell::of(visitor),
            day: Day::of(app, person).await?,
            plans: stories::Choices::of(app, person).await?.plans,
            key: hex::encode(random::<16>(app.chance.as_ref())),
            errors: Errors::default(),
            typed: Typed::default(),
        })
    }

    /// Today and tomorrow, each with its heading.
    fn days(&self) -> [(&'static str, &[Turn]); 2] {
        [
            ("station-today", &self.day.today),
            ("station-tomorrow", &self.day.tomorrow),
        ]
    }

    fn person(&self) -> String {
        let person = self.shell.person.as_ref();
        person.map_or_else(String::new, |person| person.id.to_string())
    }

    fn made_at(&self) -> String {
        stamp(self.day.now)
    }

    /// What was said of a slot, in words.
    fn told(&self, turn: &Turn) -> Option<String> {
        let act = turn.told.as_ref()?;
        let text = format!("station-told-{}", act.kind);
        let by = self.day.by(act).to_owned();
        let values = [("name", by), ("value", self.shell.lang.clock(act.done_at))];
        let said = self.shell.lang.with(&text, &values);
        Some(if act.remark.is_empty() {
            said
        } else {
            format!("{said}: {}", act.remark)
        })
    }

    /// The slots that a recording may ask for: value, text, whether it was chosen.
    fn slots(&self) -> Vec<(SlotId, String, bool)> {
        let lang = self.shell.lang;
        let slots = self.day.to_come().map(|turn| {
            let slot = &turn.on_air.slot;
            let span = format!(
                "{}–{} {}, {}",
                lang.clock(slot.starts_at),
                lang.clock(slot.ends_at),
                lang.day(local_day(slot.starts_at)),
                turn.on_air.area
            );
            (slot.id, span, self.typed.slot == Some(slot.id))
        });
        slots.collect()
    }

    #[allow(clippy::trivially_copy_pass_by_ref)] // templates hand everything over by reference
    fn chosen(&self, theme: &ThemeId) -> bool {
        self.typed.theme == Some(*theme)
    }
}
