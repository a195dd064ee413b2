//! Who reads a script, passage by passage.

use std::collections::BTreeMap;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State as Of};

use super::show::May;
use crate::accounts::{Person, names};
use crate::app::App;
use crate::error::Failure;
use crate::ids::{PersonId, StoryId};
use crate::lexicon::in_force;
use crate::stories::entity::recording;
use crate::stories::passages::{Passage, passages};
use crate::stories::voices::{Script, voice_name};
use crate::stories::{Story, get, recordings};
use crate::web::{Shell, Visitor};

#[derive(Template, WebTemplate)]
#[template(path = "stories/pages/recordings.html")]
pub(super) struct RecordingsPage {
    shell: Shell,
    story: Story,
    /// The voice that reads what nobody recorded.
    voice: String,
    whole: Row,
    rows: Vec<Row>,
    /// Recordings of words that the script no longer has.
    stale: Vec<recording::Model>,
    names: BTreeMap<PersonId, String>,
    write: bool,
}

/// A passage, and who reads it.
pub(super) struct Row {
    /// Its place, from 1; nothing for the whole script.
    pub(super) number: Option<usize>,
    pub(super) passage: Passage,
    pub(super) recording: Option<recording::Model>,
}

impl Row {
    /// What stands for it in an address.
    pub(super) fn key(&self) -> String {
        self.number
            .map_or_else(|| "whole".to_owned(), |number| number.to_string())
    }
}

/// A script with its passages.
pub(super) struct Recorded {
    pub(super) whole: Row,
    pub(super) rows: Vec<Row>,
    pub(super) stale: Vec<recording::Model>,
}

/// A recording with its player, and who made it.
#[derive(Template)]
#[template(path = "stories/pages/reader.html")]
struct Reader<'a> {
    shell: &'a Shell,
    story: StoryId,
    recording: &'a recording::Model,
    by: &'a str,
    length: String,
    write: bool,
}

impl Reader<'_> {
    /// Players start and stop where it is heard (media fragments, W3C).
    fn from(&self) -> String {
        decimal(self.recording.from_ms)
    }

    fn to(&self) -> String {
        decimal(self.recording.to_ms)
    }
}

/// `GET /stories/{id}/recordings`
pub(super) async fn list(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<StoryId>,
) -> Result<RecordingsPage, Failure> {
    let story = get(&app, &person, id).await?;
    let Recorded { whole, rows, stale } = script(&app, &story).await?;
    let radio = story.radio.as_ref().ok_or(Failure::NotFound)?;
    let wanted = Script::of_row(&app, radio);
    let all = rows.iter().chain([&whole]);
    let all = all.filter_map(|row| row.recording.as_ref()).chain(&stale);
    let people = all.map(|recording| recording.made_by).collect();
    let names = names(&app.db, people).await?;
    Ok(RecordingsPage {
        voice: voice_name(visitor.lang, &wanted.voice),
        shell: Shell::of(&visitor),
        write: May::of(&person, &story).write,
        story,
        whole,
        rows,
        stale,
        names,
    })
}

/// The newest script of a story with its recordings; 404 when it has none.
pub(super) async fn script(app: &App, story: &Story) -> Result<Recorded, Failure> {
    let radio = story.radio.as_ref().ok_or(Failure::NotFound)?;
    let mut recorded = recordings::list(&app.db, story.row.id).await?;
    let spoken = in_force(app).await?.speak(&radio.text);
    let written = recordings::whole(&radio.text);
    let whole = Row {
        number: None,
        recording: recorded.get(&written).cloned(),
        passage: Passage {
            written,
            said: spoken.text(),
            ends_paragraph: true,
        },
    };
    let parts = passages(&radio.text, &spoken).into_iter().enumerate();
    let rows: Vec<Row> = parts
        .map(|(index, passage)| Row {
            number: Some(index + 1),
            recording: recorded.get(&passage.written).cloned(),
            passage,
        })
        .collect();
    recorded.remove(&whole.passage.written);
    for row in &rows {
        recorded.remove(&row.passage.written);
    }
    Ok(Recorded {
        whole,
        rows,
        stale: recorded.into_values().collect(),
    })
}

impl RecordingsPage {
    /// One passage with one sentence is the whole script already.
    fn several(&self) -> bool {
        self.rows.len() > 1
    }

    /// Who reads it, with a player.
    fn reader<'a>(&'a self, recording: &'a recording::Model) -> Reader<'a> {
        Reader {
            shell: &self.shell,
            story: self.story.row.id,
            by: self
                .names
                .get(&recording.made_by)
                .map_or("–", String::as_str),
            length: seconds(&self.shell, recording.to_ms - recording.from_ms),
            recording,
            write: self.write,
        }
    }
}

/// `3.25`: what number fields and media fragments take.
pub(super) fn decimal(milliseconds: i64) -> String {
    format!("{}.{:02}", milliseconds / 1000, milliseconds % 1000 / 10)
}

/// A length with a tenth of a second.
pub(super) fn seconds(shell: &Shell, milliseconds: i64) -> String {
    let tenths = (milliseconds + 50) / 100;
    let (whole, rest) = (tenths / 10, tenths % 10);
    let number = format!("{whole}{}{rest}", shell.t("stories-decimal"));
    shell.tv("recordings-seconds", number)
}
