//! Stories as programs are told of them.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::lines::Line;
use super::story::Story;
use crate::ids::{ClauseId, PersonId, StoryId, ThemeId, UnitId, VersionId};

#[derive(Serialize)]
pub(super) struct LineJson {
    id: StoryId,
    title: String,
    unit: UnitId,
    author: PersonId,
    state: &'static str,
    version: i64,
    returned: bool,
    updated_at: DateTime<Utc>,
}

#[derive(Serialize)]
pub(super) struct StoryJson {
    id: StoryId,
    slug: String,
    state: &'static str,
    unit: UnitId,
    clause: ClauseId,
    themes: Vec<ThemeId>,
    version: VersionId,
    number: i64,
    title: String,
    summary: String,
    body: String,
    script: Option<String>,
    voice: Option<String>,
    speed: Option<i64>,
    sound_state: Option<String>,
    sound: Option<SoundJson>,
    author: PersonId,
    updated_at: DateTime<Utc>,
    submitted_at: Option<DateTime<Utc>>,
    returned: Option<String>,
    approval: Option<ApprovalJson>,
}

#[derive(Serialize)]
struct SoundJson {
    sha256: String,
    duration_ms: Option<i64>,
    lufs: Option<f64>,
    voice: Option<String>,
}

#[derive(Serialize)]
struct ApprovalJson {
    sha256: String,
    approver: PersonId,
    at: DateTime<Utc>,
}

impl From<Line> for LineJson {
    fn from(line: Line) -> Self {
        Self {
            id: line.story,
            title: line.title,
            unit: line.unit,
            author: line.author,
            state: line.state.name(),
            version: line.number,
            returned: line.returned,
            updated_at: line.since,
        }
    }
}

impl From<Story> for StoryJson {
    fn from(story: Story) -> Self {
        let returned = story.returned().map(|review| review.reason.clone());
        let approval = story.approval().map(|approval| ApprovalJson {
            sha256: approval.sha256.clone(),
            approver: approval.approver_id,
            at: approval.at,
        });
        let radio = story.radio.as_ref();
        let sound = radio.and_then(|radio| {
            Some(SoundJson {
                sha256: radio.sound_sha256.clone()?,
                duration_ms: radio.sound_ms,
                lufs: radio.sound_lufs,
                voice: radio.voice.clone(),
            })
        });
        Self {
            id: story.row.id,
            slug: story.row.slug,
            state: story.state.name(),
            unit: story.row.unit_id,
            clause: story.row.clause_id,
            script: radio.map(|radio| radio.text.clone()),
            voice: radio.and_then(|radio| radio.voice_wanted.clone()),
            speed: radio.and_then(|radio| radio.speed),
            sound_state: radio.map(|radio| radio.sound_state.clone()),
            sound,
            returned,
            approval,
            themes: story.themes,
            version: story.version.id,
            number: story.version.number,
            title: story.version.title,
            summary: story.version.summary,
            body: story.version.body,
            author: story.version.author_id,
            updated_at: story.version.updated_at,
            submitted_at: story.version.submitted_at,
        }
    }
}
