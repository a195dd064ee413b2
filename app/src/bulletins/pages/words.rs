//! The words around the stories, their jingle and voice, and the order of the stories.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, Query, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use loa_audio::Jingle;
use serde::Deserialize;

use super::acts::done;
use super::show::BulletinPage;
use crate::accounts::Person;
use crate::app::App;
use crate::bulletins::entity::bulletin;
use crate::bulletins::{Desk, Draft, NotSaved, Seen, begin, desk, save as keep};
use crate::error::Failure;
use crate::ids::{BulletinId, DeliveryId, SlotId};
use crate::lexicon::{Pace, ReadingPart};
use crate::stories::{SPEEDS, offered, speed_name, voice_name};
use crate::web::forms::stamp;
use crate::web::{Errors, Form, Shell, Visitor};

/// The form of a bulletin in work.
#[derive(Template, WebTemplate)]
#[template(path = "bulletins/pages/words.html")]
pub(super) struct WordsPart {
    shell: Shell,
    slot: SlotId,
    draft: Draft,
    seen: bulletin::Model,
    /// Deliveries with their titles, in the order of the draft.
    stories: Vec<(DeliveryId, String)>,
    /// What may stand in the texts, with what stands for it.
    fillings: Vec<(&'static str, String)>,
    readings: [ReadingPart; 2],
    voices: Vec<String>,
    pub(super) errors: Errors,
    /// Somebody else changed it meanwhile; what was typed is still here.
    pub(super) changed: bool,
}

#[derive(Deserialize)]
pub(super) struct WordsForm {
    #[serde(default)]
    opening: String,
    #[serde(default)]
    closing: String,
    #[serde(default)]
    jingle: String,
    voice: String,
    speed: i64,
    #[serde(default)]
    stories: Vec<DeliveryId>,
    /// `up-7` or `down-7`: the story of delivery 7 changes places with its neighbour.
    #[serde(default)]
    step: String,
    bulletin: BulletinId,
    updated_at: DateTime<Utc>,
}

/// Which of the two texts is asked for.
#[derive(Deserialize)]
pub(super) struct OfPart {
    part: String,
}

#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    text: String,
    voice: String,
    speed: i64,
}

/// `POST /airtime/slots/{slot}/bulletin/words`
pub(super) async fn save(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(slot): Path<SlotId>,
    Form(form): Form<WordsForm>,
) -> Result<Response, Failure> {
    let (seen, draft) = (form.seen(), form.draft());
    let (errors, changed) = match keep(&app, &person, slot, &seen, &draft).await {
        Ok(()) if form.step.is_empty() => return Ok(done(slot, "bulletins-saved")),
        Ok(()) => return Ok(done(slot, "bulletins-moved")),
        Err(NotSaved::Fields(errors)) => (errors, false),
        Err(NotSaved::Failure(Failure::Conflict("bulletins-changed"))) => (Errors::default(), true),
        // What was typed becomes the next bulletin.
        Err(NotSaved::Failure(Failure::Conflict("bulletins-approved-already"))) => {
            begin(&app, &person, slot).await?;
            (Errors::default(), true)
        }
        Err(NotSaved::Failure(failure)) => return Err(failure),
    };
    let mut page = BulletinPage::of(&app, &visitor, &person, slot).await?;
    if let Some(words) = &mut page.words {
        let desk = desk(&app, &person, slot).await?;
        words.typed(&app, &visitor, &person, &desk, draft).await?;
        words.errors = errors.clone();
        words.changed = changed;
    }
    page.errors = errors;
    let status = if changed {
        StatusCode::CONFLICT
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok((status, page).into_response())
}

/// `POST /airtime/slots/{slot}/bulletin/reading?part=opening`: how a text is read at that slot.
pub(super) async fn reading(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(slot): Path<SlotId>,
    Query(OfPart { part }): Query<OfPart>,
    Form(typed): Form<Typed>,
) -> Result<ReadingPart, Failure> {
    let desk = desk(&app, &person, slot).await?;
    let id = if part == "closing" { CLOSING } else { OPENING };
    let pace = Pace {
        voice: &typed.voice,
        speed: typed.speed,
    };
    read(&app, &visitor, &person, (&desk, &typed.text), pace, id).await
}

/// The ids of the two readings on the page.
const OPENING: &str = "reading-opening";
const CLOSING: &str = "reading-closing";

async fn read(
    app: &App,
    visitor: &Visitor,
    person: &Person,
    (desk, text): (&Desk, &str),
    pace: Pace<'_>,
    id: &'static str,
) -> Result<ReadingPart, Failure> {
    let text = desk.filling.fill(text);
    let part = ReadingPart::of(app, visitor, person, &text).await?;
    Ok(part.timed(app, &text, pace).await?.named(id))
}

impl WordsPart {
    pub(super) async fn of(
        app: &App,
        visitor: &Visitor,
        person: &Person,
        desk: &Desk,
        row: &bulletin::Model,
    ) -> Result<Self, Failure> {
        let draft = Draft::of(row);
        let fillings = desk.filling.all();
        Ok(Self {
            shell: Shell::of(visitor),
            slot: desk.slot.id,
            seen: row.clone(),
            stories: titles(desk, &draft),
            fillings: fillings
                .into_iter()
                .map(|(name, text)| (name, text.to_owned()))
                .collect(),
            readings: readings(app, visitor, person, desk, &draft).await?,
            voices: offered(&app.config.voice),
            errors: Errors::default(),
            changed: false,
            draft,
        })
    }

    /// Shows what was typed instead of what is kept.
    async fn typed(
        &mut self,
        app: &App,
        visitor: &Visitor,
        person: &Person,
        desk: &Desk,
        draft: Draft,
    ) -> Result<(), Failure> {
        self.readings = readings(app, visitor, person, desk, &draft).await?;
        self.stories = titles(desk, &draft);
        self.draft = draft;
        Ok(())
    }

    /// The two texts: field, text, the id of their reading.
    fn texts(&self) -> [(&'static str, &str, &ReadingPart); 2] {
        let [opening, closing] = &self.readings;
        [
            ("opening", &self.draft.opening, opening),
            ("closing", &self.draft.closing, closing),
        ]
    }

    fn jingles(&self) -> [(&'static str, String, bool); 3] {
        Jingle::names().map(|name| {
            let title = self.shell.t(&format!("bulletins-jingle-{name}"));
            (name, title, self.draft.jingle.as_deref() == Some(name))
        })
    }

    fn voices(&self) -> Vec<(&str, String, bool)> {
        let named = self.voices.iter().map(|voice| {
            let name = voice_name(self.shell.lang, voice);
            (voice.as_str(), name, *voice == self.draft.voice)
        });
        named.collect()
    }

    fn speeds(&self) -> Vec<(i64, String, bool)> {
        let mut speeds = SPEEDS.to_vec();
        if !speeds.contains(&self.draft.speed) {
            speeds.push(self.draft.speed);
            speeds.sort_unstable();
        }
        let named = speeds.into_iter().map(|speed| {
            let name = speed_name(self.shell.lang, speed);
            (speed, name, speed == self.draft.speed)
        });
        named.collect()
    }

    fn seen_at(&self) -> String {
        stamp(self.seen.updated_at)
    }
}

async fn readings(
    app: &App,
    visitor: &Visitor,
    person: &Person,
    desk: &Desk,
    draft: &Draft,
) -> Result<[ReadingPart; 2], Failure> {
    let pace = Pace {
        voice: &draft.voice,
        speed: draft.speed,
    };
    Ok([
        read(app, visitor, person, (desk, &draft.opening), pace, OPENING).await?,
        read(app, visitor, person, (desk, &draft.closing), pace, CLOSING).await?,
    ])
}

fn titles(desk: &Desk, draft: &Draft) -> Vec<(DeliveryId, String)> {
    let title = |id: DeliveryId| {
        let mut stories = desk.stories.iter();
        let (_, approved) = stories.find(|(delivery, _)| delivery.id == id)?;
        Some((id, approved.title.clone()))
    };
    let order = desk.order(&draft.stories);
    order.into_iter().filter_map(title).collect()
}

impl WordsForm {
    fn seen(&self) -> Seen {
        Seen {
            bulletin: self.bulletin,
            updated_at: self.updated_at,
            whole: None,
        }
    }

    fn draft(&self) -> Draft {
        Draft {
            opening: self.opening.clone(),
            closing: self.closing.clone(),
            jingle: Some(self.jingle.clone()),
            voice: self.voice.clone(),
            speed: self.speed,
            stories: stepped(self.stories.clone(), &self.step),
        }
    }
}

/// The order after one step.
fn stepped(mut order: Vec<DeliveryId>, step: &str) -> Vec<DeliveryId> {
    let Some((way, id)) = step.split_once('-') else {
        return order;
    };
    let place = order.iter().position(|one| one.to_string() == id);
    match (way, place) {
        ("up", Some(place)) if place > 0 => order.swap(place, place - 1),
        ("down", Some(place)) if place + 1 < order.len() => order.swap(place, place + 1),
        _ => {}
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_changes_places_with_its_neighbour() {
        let order = |ids: [i64; 3]| ids.map(DeliveryId).to_vec();
        for (step, after) in [
            ("up-7", [3, 7, 5]),
            ("down-3", [5, 3, 7]),
            ("up-3", [3, 5, 7]),
            ("down-7", [3, 5, 7]),
            ("up-9", [3, 5, 7]),
            ("", [3, 5, 7]),
        ] {
            assert_eq!(stepped(order([3, 5, 7]), step), order(after), "{step}");
        }
    }
}
