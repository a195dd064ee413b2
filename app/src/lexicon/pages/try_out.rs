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
    shell: Shell,
    lines: Vec<Line>,
    /// All that is said.
    said: String,
    too_long: bool,
    /// The person may add an entry for what is read badly.
    may: bool,
}

#[derive(Deserialize)]
pub(super) struct TryForm {
    #[serde(default)]
    pub(super) text: String,
}

/// `POST /lexicon/reading`
pub(super) async fn fragment(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Form(form): Form<TryForm>,
) -> Result<ReadingPart, Failure> {
    ReadingPart::of(&app, &visitor, &person, &form.text).await
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
            shell: Shell::of(visitor),
            lines: shown,
            said,
            too_long,
            may: may_change(app, person).await?,
        })
    }

    /// A reading as it was kept with the sound that says it.
    pub fn kept(visitor: &Visitor, text: &str, reading: &Reading) -> Self {
        Self {
            shell: Shell::of(visitor),
            lines: lines(text, reading),
            said: reading.text.clone(),
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
