//! A text as it is read, as a part of a page: for the box to try and for the editor of a script.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State as Of;
use serde::Deserialize;

use crate::accounts::Person;
use crate::app::App;
use crate::error::Failure;
use crate::lexicon::lines::{pairs, tones};
use crate::lexicon::{Line, Reading, Segment, Tone, in_force, lines, may_change};
use crate::web::{Form, Lang, Shell, Visitor};

/// The longest text that is read for a page, in characters: the longest script and its marks.
pub(in crate::lexicon) const TEXT_LIMIT: usize = 30_000;

/// `<div id="reading">`: what is said above what is written.
#[derive(Template, WebTemplate)]
#[template(path = "lexicon/pages/fragment.html")]
pub struct ReadingPart {
    /// Of the element.
    id: &'static str,
    shell: Shell,
    lines: Vec<Line>,
    /// All that is said.
    said: String,
    /// How long it takes to read aloud, in words; nothing when nobody asked.
    length: Option<String>,
    too_long: bool,
    /// The person may add an entry for what is read badly.
    may: bool,
}

#[derive(Deserialize)]
pub(super) struct TryForm {
    #[serde(default)]
    pub(super) text: String,
    /// By whom it will be read, when the form has a field for it.
    #[serde(default)]
    voice: String,
    /// And how fast.
    speed: Option<i64>,
}

/// Who reads, and how fast: what the length of a reading depends on.
#[derive(Debug, Clone, Copy)]
pub struct Pace<'a> {
    /// A voice by its name.
    pub voice: &'a str,
    /// Percent of a newsreader's pace.
    pub speed: i64,
}

/// `POST /lexicon/reading`
pub(super) async fn fragment(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Form(form): Form<TryForm>,
) -> Result<ReadingPart, Failure> {
    let part = ReadingPart::of(&app, &visitor, &person, &form.text).await?;
    match form.speed {
        Some(speed) if !form.voice.is_empty() => {
            let voice = &form.voice;
            part.timed(&app, &form.text, Pace { voice, speed }).await
        }
        _ => Ok(part),
    }
}

impl ReadingPart {
    /// How a text that was typed is read now. Browsers send line ends in two characters and count
    /// them as one.
    pub async fn of(
        app: &App,
        visitor: &Visitor,
        person: &Person,
        typed: &str,
    ) -> Result<Self, Failure> {
        let text = typed.replace("\r\n", "\n");
        let too_long = text.chars().count() > TEXT_LIMIT;
        let (mut shown, mut said) = (Vec::new(), String::new());
        if !too_long {
            let reading = in_force(app).await?.read(&text);
            shown = lines(&text, &reading);
            said = reading.text;
        }
        Ok(Self {
            id: "reading",
            shell: Shell::of(visitor),
            lines: shown,
            said,
            length: None,
            too_long,
            may: may_change(app, person).await?,
        })
    }

    /// As an element of another id, where a page has several.
    #[must_use]
    pub fn named(mut self, id: &'static str) -> Self {
        self.id = id;
        self
    }

    /// With the time it takes to read it aloud.
    pub async fn timed(
        mut self,
        app: &App,
        typed: &str,
        Pace { voice, speed }: Pace<'_>,
    ) -> Result<Self, Failure> {
        if !self.too_long {
            let sentences = in_force(app).await?.speak(typed).sentences();
            let speed = u32::try_from(speed).unwrap_or(100);
            let seconds = (loa_audio::estimate(&sentences, voice, speed) + 500) / 1000;
            let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
            let shown = self.shell.lang.length(seconds);
            self.length = Some(shown).filter(|_| !sentences.is_empty());
        }
        Ok(self)
    }

    /// A reading as it was kept with the sound that says it.
    pub fn kept(visitor: &Visitor, text: &str, reading: &Reading) -> Self {
        Self {
            id: "reading",
            shell: Shell::of(visitor),
            lines: lines(text, reading),
            said: reading.text.clone(),
            length: None,
            too_long: false,
            may: false,
        }
    }
}

/// What the words of a pair come from: the rule by its name, where it is known.
fn by(shell: &Shell, pair: &Segment) -> String {
    match (pair.rule, shell.lang) {
        (Some(rule), Lang::Vi) => rule.vietnamese().to_owned(),
        (Some(rule), Lang::En) => rule.to_string(),
        (None, _) => of(shell, &pair.tone),
    }
}

/// What the words of a tone come from.
fn of(shell: &Shell, tone: &Tone) -> String {
    shell.t(&format!("lexicon-by-{}", tone.name()))
}
