//! The sound of a story: its progress, its player, and the approval that waits for it.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, Query, State as Of};
use axum::http::HeaderMap;
use axum::response::Response;

use super::show::{May, Which};
use crate::accounts::Person;
use crate::app::App;
use crate::error::Failure;
use crate::ids::StoryId;
use crate::stories::entity::rendition;
use crate::stories::listen::sound_response;
use crate::stories::voices::speed_name;
use crate::stories::{SoundNote, Story, get_version};
use crate::web::forms::stamp;
use crate::web::{Shell, Visitor};

/// The sound with its progress, and the approval that waits for it.
#[derive(Template, WebTemplate)]
#[template(path = "stories/pages/sound.html")]
pub(super) struct SoundPart {
    shell: Shell,
    story: StoryId,
    number: i64,
    title: String,
    version: String,
    updated_at: String,
    radio: Option<rendition::Model>,
    note: SoundNote,
    approve: bool,
    write: bool,
    /// What is wrong with the approval form.
    pub(super) error: Option<&'static str>,
}

/// `GET /stories/{id}/sound`: the part of the page that is asked for until the sound is there.
pub(super) async fn part(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<StoryId>,
) -> Result<SoundPart, Failure> {
    let story = get_version(&app, &person, id, None).await?;
    let may = May::of(&person, &story);
    SoundPart::of(&visitor, &story, may)
}

/// `GET /stories/{id}/sound.mp3`
pub(super) async fn listen(
    Of(app): Of<App>,
    person: Person,
    Path(id): Path<StoryId>,
    Query(Which { version }): Query<Which>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let story = get_version(&app, &person, id, version).await?;
    let sound = story.radio.and_then(|radio| radio.sound_sha256);
    sound_response(&app, &headers, &sound.ok_or(Failure::NotFound)?).await
}

impl SoundPart {
    pub(super) fn of(visitor: &Visitor, story: &Story, may: May) -> Result<Self, Failure> {
        let radio = story.radio.as_ref();
        let note = radio.and_then(|radio| radio.sound_note.as_deref());
        Ok(Self {
            note: SoundNote::from_json(note)?,
            shell: Shell::of(visitor),
            story: story.row.id,
            number: story.version.number,
            title: story.version.title.clone(),
            version: story.version.id.to_string(),
            updated_at: stamp(story.version.updated_at),
            radio: story.radio.clone(),
            approve: may.approve,
            write: may.write && story.approval().is_none(),
            error: None,
        })
    }

    /// How it stands: `none`, `rendering`, `ready` or `failed`.
    fn state(&self) -> &str {
        self.radio
            .as_ref()
            .map_or("none", |radio| &radio.sound_state)
    }

    /// `2 phút 14 giây · −16,1 LUFS · giọng vi`
    fn about(&self) -> String {
        let Some(radio) = &self.radio else {
            return String::new();
        };
        let length = self
            .shell
            .lang
            .length((radio.sound_ms.unwrap_or_default() + 500) / 1000);
        let lufs = format!("{:.1}", radio.sound_lufs.unwrap_or_default()).replace('-', "−");
        let lufs = self.shell.tv(
            "stories-lufs",
            lufs.replace('.', &self.shell.t("stories-decimal")),
        );
        let voice = self.note.reader(self.shell.lang, radio.voice.as_deref());
        match radio.speed {
            None | Some(100) => format!("{length} · {lufs} · {voice}"),
            Some(speed) => {
                let speed = speed_name(self.shell.lang, speed);
                format!("{length} · {lufs} · {voice}, {speed}")
            }
        }
    }

    /// Why another voice reads than was asked for.
    fn told(&self) -> Option<String> {
        self.note.told(self.shell.lang)
    }

    /// Percent done while it is made.
    fn percent(&self) -> i64 {
        let detail = self
            .radio
            .as_ref()
            .and_then(|radio| radio.sound_detail.as_deref());
        detail.and_then(|detail| detail.parse().ok()).unwrap_or(0)
    }

    /// What holds up a sound that is still being made.
    fn trouble(&self) -> Option<String> {
        let detail = self.radio.as_ref()?.sound_detail.as_deref()?;
        detail.starts_with("stories-").then(|| self.shell.t(detail))
    }

    /// Why there is no sound, and what to do.
    fn fault(&self) -> String {
        let detail = self
            .radio
            .as_ref()
            .and_then(|radio| radio.sound_detail.as_deref());
        self.shell.t(detail.unwrap_or("stories-sound-voice-failed"))
    }

    fn hash(&self) -> &str {
        let hash = self
            .radio
            .as_ref()
            .and_then(|radio| radio.sound_sha256.as_deref());
        hash.unwrap_or_default()
    }
}
