//! What a phone sends: at once, or when the network is back.

use axum::extract::{Multipart, State as Of};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::acts::{self, Act};
use super::page::StationPage;
use crate::accounts::Person;
use crate::app::App;
use crate::error::Failure;
use crate::ids::{SlotId, ThemeId};
use crate::stories::{Choices, Draft, LARGEST_RECORDING, NotSaved, RecordingFile};
use crate::web::visitor::go;
use crate::web::{Errors, Form, Limits, NoFile, Upload, Visitor};

const LIMITS: Limits = Limits {
    file: LARGEST_RECORDING,
    typed: 64 * 1024,
};

/// Whether the loudspeakers were heard.
#[derive(Deserialize)]
pub(super) struct Confirmation {
    key: String,
    #[serde(default)]
    done_at: Option<DateTime<Utc>>,
    slot: SlotId,
    heard: bool,
    #[serde(default)]
    remark: String,
}

/// What was typed beside a recording.
#[derive(Default)]
pub(super) struct Typed {
    pub(super) title: String,
    pub(super) text: String,
    pub(super) theme: Option<ThemeId>,
    pub(super) slot: Option<SlotId>,
}

/// `POST /station/acts`
pub(super) async fn confirm(
    Of(app): Of<App>,
    person: Person,
    Form(said): Form<Confirmation>,
) -> Result<Response, Failure> {
    let act = Act {
        key: said.key,
        done_at: said.done_at,
    };
    acts::confirm(&app, &person, &act, said.slot, said.heard, &said.remark).await?;
    Ok(go("/station", "station-confirmed"))
}

/// `POST /station/recordings`
pub(super) async fn record(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    headers: HeaderMap,
    multipart: Multipart,
) -> Result<Response, Failure> {
    let upload = Upload::receive(multipart, &visitor, &headers, LIMITS).await?;
    let typed = Typed {
        title: upload.typed("title").to_owned(),
        text: upload.typed("text").to_owned(),
        theme: upload.typed("theme").parse().ok(),
        slot: upload.typed("slot").parse().ok(),
    };
    let act = Act {
        key: upload.typed("key").to_owned(),
        done_at: upload.typed("done_at").parse().ok(),
    };
    let file = match upload.file {
        Ok(bytes) => RecordingFile::read(bytes, &upload.name).await?,
        Err(NoFile::Missing) => Err("station-file-missing"),
        Err(NoFile::TooLarge { .. }) => Err("station-file-large"),
    };
    let mut errors = Errors::default();
    match file {
        Err(fault) => errors.add("file", fault),
        Ok(file) => {
            let draft = typed.draft(&app, &person).await?;
            match acts::record(&app, &person, &act, typed.slot, &draft, file).await {
                Ok(_) => return Ok(go("/station", "station-recorded")),
                Err(NotSaved::Fields(of_draft)) => {
                    for (field, text) in of_draft.all() {
                        errors.add(field_of(field), text);
                    }
                }
                Err(NotSaved::Failure(failure)) => return Err(failure),
            }
        }
    }
    let mut page = StationPage::of(&app, &visitor, &person).await?;
    (page.errors, page.typed) = (errors, typed);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

impl Typed {
    /// The story it makes: what is said is what was typed, and nobody else's voice reads it.
    async fn draft(&self, app: &App, person: &Person) -> Result<Draft, Failure> {
        let choices = Choices::of(app, person).await?;
        Ok(Draft {
            title: self.title.clone(),
            body: self.text.clone(),
            script: Some(String::new()),
            unit: choices.units.first().map(|(unit, _)| *unit),
            clause: choices.clause_on_air(&app.db).await?,
            themes: self.theme.into_iter().collect(),
            ..Draft::default()
        })
    }
}

/// What the form calls a field of a story.
fn field_of(field: &'static str) -> &'static str {
    match field {
        "body" | "script" => "text",
        "themes" => "theme",
        other => other,
    }
}
