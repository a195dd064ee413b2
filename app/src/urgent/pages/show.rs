//! One message: its text and sound, the act that sends it, who has heard it, what was learned.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State as Of};

use crate::accounts::Person;
use crate::app::App;
use crate::error::Failure;
use crate::ids::UrgentId;
use crate::stories::State;
use crate::urgent::{Heard, Message, Stage, get, heard};
use crate::web::forms::stamp;
use crate::web::{Errors, Shell, Visitor};

#[derive(Template, WebTemplate)]
#[template(path = "urgent/pages/show.html")]
pub(super) struct MessagePage {
    shell: Shell,
    state: StatePart,
    pub(super) errors: Errors,
    /// What was typed and has to be corrected.
    pub(super) remark: String,
    pub(super) reason: String,
    may_review: bool,
}

/// What changes by itself; the page asks for it again while it does.
#[derive(Template, WebTemplate)]
#[template(path = "urgent/pages/state.html")]
pub(super) struct StatePart {
    shell: Shell,
    message: Message,
    heard: Vec<Heard>,
    may_send: bool,
    may_cancel: bool,
    pub(super) error: Option<&'static str>,
}

/// `GET /urgent/{id}`
pub(super) async fn show(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<UrgentId>,
) -> Result<MessagePage, Failure> {
    MessagePage::of(&app, &visitor, &person, id).await
}

/// `GET /urgent/{id}/state`
pub(super) async fn state(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<UrgentId>,
) -> Result<StatePart, Failure> {
    StatePart::of(&app, &visitor, &person, id).await
}

/// The look of a stage, and its text.
pub(super) fn stage_tag(stage: &Stage) -> (&'static str, &'static str) {
    match stage {
        Stage::Waits => ("tag-submitted", "urgent-stage-waits"),
        Stage::Returned => ("tag-returned", "urgent-stage-returned"),
        Stage::Live => ("tag-urgent", "urgent-stage-live"),
        Stage::Over => ("tag-released", "urgent-stage-over"),
        Stage::Cancelled => ("tag-withdrawn", "urgent-stage-cancelled"),
        Stage::Reviewed => ("tag-proven", "urgent-stage-reviewed"),
    }
}

impl MessagePage {
    pub(super) async fn of(
        app: &App,
        visitor: &Visitor,
        person: &Person,
        id: UrgentId,
    ) -> Result<Self, Failure> {
        let state = StatePart::of(app, visitor, person, id).await?;
        Ok(Self {
            shell: Shell::of(visitor),
            may_review: state.message.may_review(person),
            errors: Errors::default(),
            remark: String::new(),
            reason: String::new(),
            state,
        })
    }

    /// What is wrong with the act that sends.
    pub(super) fn not_heard(&mut self, text: &'static str) {
        self.errors.add("heard", text);
        self.state.error = Some(text);
    }

    fn message(&self) -> &Message {
        &self.state.message
    }
}

impl StatePart {
    async fn of(
        app: &App,
        visitor: &Visitor,
        person: &Person,
        id: UrgentId,
    ) -> Result<Self, Failure> {
        let message = get(app, person, id).await?;
        Ok(Self {
            shell: Shell::of(visitor),
            heard: heard(app, &message).await?,
            may_send: message.may_send(person),
            may_cancel: message.may_cancel(person),
            error: None,
            message,
        })
    }

    /// Whether it changes without anybody's doing.
    fn moves(&self) -> bool {
        self.sound() == "rendering" || self.message.stage == Stage::Live
    }

    /// How its sound stands.
    fn sound(&self) -> &str {
        let radio = self.message.story.radio.as_ref();
        radio.map_or("none", |radio| &radio.sound_state)
    }

    fn sound_hash(&self) -> &str {
        let radio = self.message.story.radio.as_ref();
        let hash = radio.and_then(|radio| radio.sound_sha256.as_deref());
        hash.unwrap_or_default()
    }

    /// It was approved, and something came between that and sending it.
    fn half_sent(&self) -> bool {
        self.may_send && self.message.story.state != State::Submitted
    }

    fn seen_at(&self) -> String {
        stamp(self.message.story.version.updated_at)
    }

    fn heard_of(&self, heard: &Heard) -> String {
        let values = [
            ("value", heard.count().to_string()),
            ("total", heard.speakers.len().to_string()),
        ];
        self.shell.lang.with("urgent-heard-of", &values)
    }
}
