//! Recording a passage, choosing what is heard of it, taking it away.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Multipart, Path, Query, State as Of};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::recordings::{Row, decimal, script, seconds};
use super::show::May;
use crate::accounts::{Person, names};
use crate::app::App;
use crate::error::Failure;
use crate::ids::{RecordingId, StoryId, VersionId};
use crate::stories::entity::recording;
use crate::stories::listen::file_response;
use crate::stories::recordings::{self, LARGEST, Sent};
use crate::stories::{Seen, Story, get};
use crate::web::forms::stamp;
use crate::web::visitor::{go, say};
use crate::web::{Form, Limits, NoFile, Shell, Upload, Visitor};

/// The file, and what the page knew.
const LIMITS: Limits = Limits {
    file: LARGEST,
    typed: 64 * 1024,
};
/// Only this page may listen.
const LISTENS: (HeaderName, &str) = (
    HeaderName::from_static("permissions-policy"),
    "camera=(), geolocation=(), microphone=(self)",
);

#[derive(Deserialize)]
pub(super) struct Which {
    /// A passage's number, or `whole`.
    #[serde(default)]
    passage: String,
}

#[derive(Template, WebTemplate)]
#[template(path = "stories/pages/record.html")]
struct RecordPage {
    shell: Shell,
    story: Story,
    row: Row,
    /// What is wrong with the file, in the reader's language.
    fault: Option<String>,
}

#[derive(Template, WebTemplate)]
#[template(path = "stories/pages/trim.html")]
struct TrimPage {
    shell: Shell,
    story: Story,
    recording: recording::Model,
    /// Who made it.
    by: String,
    from: String,
    to: String,
    fault: Option<&'static str>,
}

#[derive(Deserialize)]
pub(super) struct TrimForm {
    version: VersionId,
    updated_at: DateTime<Utc>,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
}

#[derive(Deserialize)]
pub(super) struct SeenForm {
    version: VersionId,
    updated_at: DateTime<Utc>,
}

/// `GET /stories/{id}/recordings/new?passage=3`
pub(super) async fn ask(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<StoryId>,
    Query(Which { passage }): Query<Which>,
) -> Result<Response, Failure> {
    let page = RecordPage::of(&app, &visitor, &person, id, &passage).await?;
    Ok(([LISTENS], page).into_response())
}

/// `POST /stories/{id}/recordings/new?passage=3`
pub(super) async fn take(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<StoryId>,
    Query(Which { passage }): Query<Which>,
    headers: HeaderMap,
    multipart: Multipart,
) -> Result<Response, Failure> {
    let upload = Upload::receive(multipart, &visitor, &headers, LIMITS).await?;
    let mut page = RecordPage::of(&app, &visitor, &person, id, &passage).await?;
    let seen = Seen {
        version: parsed(upload.typed("version"))?,
        updated_at: parsed(upload.typed("updated_at"))?,
        sound: None,
    };
    let fault = match upload.file {
        Ok(bytes) if !bytes.is_empty() => match Sent::read(bytes, &upload.name).await? {
            Ok(sent) => {
                let text = &page.row.passage.written;
                let made = recordings::add(&app, &person, &page.story, &seen, text, &sent).await?;
                let mut response =
                    Redirect::to(&format!("/stories/{id}/recordings/{made}")).into_response();
                say(&mut response, "recordings-kept");
                return Ok(response);
            }
            Err(text) => visitor.lang.t(text),
        },
        Ok(_) | Err(NoFile::Missing) => visitor.lang.t("recordings-no-file"),
        Err(NoFile::TooLarge { megabytes }) => visitor.lang.tv("recordings-large", megabytes),
    };
    page.fault = Some(fault);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, [LISTENS], page).into_response())
}

/// `GET /stories/{id}/recordings/{recording}`
pub(super) async fn show(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path((id, recording)): Path<(StoryId, RecordingId)>,
) -> Result<Response, Failure> {
    let page = TrimPage::of(&app, &visitor, &person, (id, recording)).await?;
    Ok(page.into_response())
}

/// `POST /stories/{id}/recordings/{recording}`: what is heard of it.
pub(super) async fn trim(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path((id, recording)): Path<(StoryId, RecordingId)>,
    Form(form): Form<TrimForm>,
) -> Result<Response, Failure> {
    let mut page = TrimPage::of(&app, &visitor, &person, (id, recording)).await?;
    let seen = seen(form.version, form.updated_at);
    let length = page.recording.length_ms;
    let range = milliseconds(&form.from).zip(milliseconds(&form.to));
    let done = match range {
        // What was rounded for the page still means the end.
        Some((from, to)) => {
            let to = if (to - length).abs() < 100 {
                length
            } else {
                to
            };
            recordings::trim(&app, &person, &page.story, &seen, recording, (from, to)).await
        }
        None => Err(Failure::Invalid("recordings-range")),
    };
    match done {
        Ok(()) => Ok(back(id, "recordings-trimmed")),
        Err(Failure::Invalid(text)) => {
            page.from = form.from;
            page.to = form.to;
            page.fault = Some(text);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(failure) => Err(failure),
    }
}

/// `POST /stories/{id}/recordings/{recording}/removal`
pub(super) async fn remove(
    Of(app): Of<App>,
    person: Person,
    Path((id, recording)): Path<(StoryId, RecordingId)>,
    Form(form): Form<SeenForm>,
) -> Result<Response, Failure> {
    let story = get(&app, &person, id).await?;
    let seen = seen(form.version, form.updated_at);
    recordings::remove(&app, &person, &story, &seen, recording).await?;
    Ok(back(id, "recordings-removed"))
}

/// `GET /stories/{id}/recordings/{recording}/original`
pub(super) async fn listen(
    Of(app): Of<App>,
    person: Person,
    Path((id, recording)): Path<(StoryId, RecordingId)>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    get(&app, &person, id).await?;
    let row = recordings::find(&app.db, id, recording).await?;
    file_response(&app, &headers, &row.original_sha256, &row.media_type).await
}

impl RecordPage {
    async fn of(
        app: &App,
        visitor: &Visitor,
        person: &Person,
        id: StoryId,
        passage: &str,
    ) -> Result<Self, Failure> {
        let story = get(app, person, id).await?;
        if !May::of(person, &story).write {
            return Err(Failure::Forbidden("error-right"));
        }
        let recorded = script(app, &story).await?;
        let mut rows = recorded.rows.into_iter().chain([recorded.whole]);
        let row = rows.find(|row| row.key() == passage);
        Ok(Self {
            shell: Shell::of(visitor),
            row: row
                .filter(|row| !row.passage.written.is_empty())
                .ok_or(Failure::NotFound)?,
            story,
            fault: None,
        })
    }

    fn seen_at(&self) -> String {
        stamp(self.story.version.updated_at)
    }

    fn megabytes(&self) -> usize {
        LARGEST / (1024 * 1024)
    }

    /// It becomes a version of whoever records.
    fn anew(&self) -> bool {
        let reader = self.shell.person.as_ref().map(|person| person.id);
        self.story.state != crate::stories::State::Draft
            || reader != Some(self.story.version.author_id)
    }
}

impl TrimPage {
    async fn of(
        app: &App,
        visitor: &Visitor,
        person: &Person,
        (id, recording): (StoryId, RecordingId),
    ) -> Result<Self, Failure> {
        let story = get(app, person, id).await?;
        if !May::of(person, &story).write {
            return Err(Failure::Forbidden("error-right"));
        }
        let recording = recordings::find(&app.db, id, recording).await?;
        Ok(Self {
            shell: Shell::of(visitor),
            by: names(&app.db, vec![recording.made_by])
                .await?
                .remove(&recording.made_by)
                .unwrap_or_default(),
            from: decimal(recording.from_ms),
            to: decimal(recording.to_ms),
            recording,
            story,
            fault: None,
        })
    }

    fn seen_at(&self) -> String {
        stamp(self.story.version.updated_at)
    }

    fn length(&self) -> String {
        seconds(&self.shell, self.recording.length_ms)
    }

    /// For `max` of a field.
    fn end(&self) -> String {
        decimal(self.recording.length_ms)
    }

    /// The waveform as a path in a box of 240 × 100, mirrored at its middle.
    fn path(&self) -> String {
        let mut path = String::new();
        for (at, letter) in self.recording.peaks.bytes().enumerate() {
            let height = u32::from(letter.saturating_sub(b'a')) * 2;
            let top = 50 - Ord::max(height, 1).min(50);
            path.push_str(&format!("M{at}.5 {top}V{}", 100 - top));
        }
        path
    }
}

fn seen(version: VersionId, updated_at: DateTime<Utc>) -> Seen {
    Seen {
        version,
        updated_at,
        sound: None,
    }
}

fn back(id: StoryId, text: &'static str) -> Response {
    go(&format!("/stories/{id}/recordings"), text)
}

fn parsed<T: std::str::FromStr>(text: &str) -> Result<T, Failure> {
    text.parse().map_err(|_| Failure::Invalid("error-form"))
}

/// Seconds as typed, with a comma or a point.
fn milliseconds(text: &str) -> Option<i64> {
    let seconds: f64 = text.trim().replace(',', ".").parse().ok()?;
    #[allow(clippy::cast_possible_truncation)] // within a day
    (0.0..=86_400.0)
        .contains(&seconds)
        .then_some((seconds * 1000.0).round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_typed_in_both_ways() {
        assert_eq!(milliseconds("3,25"), Some(3250));
        assert_eq!(milliseconds(" 3.25 "), Some(3250));
        for odd in ["", "-1", "NaN", "1e99", "ba"] {
            assert_eq!(milliseconds(odd), None, "{odd}");
        }
        assert_eq!(decimal(3_259), "3.25");
    }
}
