//! The form of a story as a page: what it shows and what may be chosen.

use askama::Template;
use askama_web::WebTemplate;

use super::show::{clause_label, saved_draft};
use crate::accounts::Person;
use crate::app::App;
use crate::error::Failure;
use crate::files::sha256;
use crate::ids::{ClauseId, UnitId};
use crate::lexicon::{Pace, ReadingPart};
use crate::stories::text::tidy;
use crate::stories::voices::{SPEEDS, Script, speed_name, voice_name};
use crate::stories::{Choices, Draft, Seen, State, Story};
use crate::web::forms::stamp;
use crate::web::{Errors, Shell, Visitor};

#[derive(Template, WebTemplate)]
#[template(path = "stories/pages/form.html")]
pub(super) struct FormPage {
    shell: Shell,
    pub(super) errors: Errors,
    draft: Draft,
    choices: Choices,
    reading: ReadingPart,
    /// By whom it will be read, and how fast, unless another is chosen.
    voice: String,
    speed: i64,
    /// The story that is edited, as it is now.
    story: Option<Story>,
    /// What the person began from: a form that came back with faults must not hide that somebody
    /// else saved meanwhile.
    pub(super) seen: Option<Seen>,
    /// It is not as it was when the person began to type.
    pub(super) changed: bool,
    /// A save makes a new version.
    anew: bool,
}

impl FormPage {
    pub(super) async fn new(
        app: &App,
        visitor: &Visitor,
        person: &Person,
        draft: Draft,
        choices: Choices,
    ) -> Result<Self, Failure> {
        let text = script_shown(&draft);
        let asked = Draft {
            script: Some(String::new()),
            ..draft.clone()
        };
        let script = Script::of_draft(app, &asked);
        let (voice, speed) = script
            .map(|script| (script.voice, script.speed))
            .unwrap_or_default();
        let pace = Pace {
            voice: &voice,
            speed,
        };
        Ok(Self {
            shell: Shell::of(visitor),
            errors: Errors::default(),
            reading: ReadingPart::of(app, visitor, person, &text)
                .await?
                .timed(app, &text, pace)
                .await?,
            voice,
            speed,
            draft,
            choices,
            story: None,
            seen: None,
            changed: false,
            anew: false,
        })
    }

    /// Voices with their names, and which is chosen.
    fn voices(&self) -> Vec<(&str, String, bool)> {
        let voices = self.choices.voices.iter();
        voices
            .map(|voice| {
                let name = voice_name(self.shell.lang, voice);
                (voice.as_str(), name, *voice == self.voice)
            })
            .collect()
    }

    /// Speeds with their names, and which is chosen; one that was set elsewhere stays to be chosen.
    fn speeds(&self) -> Vec<(i64, String, bool)> {
        let mut speeds = SPEEDS.to_vec();
        if !speeds.contains(&self.speed) {
            speeds.push(self.speed);
            speeds.sort_unstable();
        }
        speeds
            .into_iter()
            .map(|speed| {
                (
                    speed,
                    speed_name(self.shell.lang, speed),
                    speed == self.speed,
                )
            })
            .collect()
    }

    pub(super) fn edits(&mut self, story: Story, person: &Person) {
        self.anew = story.state != State::Draft || story.version.author_id != person.id;
        self.seen = Some(story.seen());
        self.story = Some(story);
    }

    fn action(&self) -> String {
        let story = self.story.as_ref();
        story.map_or("/stories".into(), |story| {
            format!("/stories/{}", story.row.id)
        })
    }

    /// Where the person goes who gives up.
    fn back(&self) -> String {
        self.action()
    }

    /// The name under which the browser keeps what is typed.
    fn draft_name(&self) -> String {
        let login = self
            .shell
            .person
            .as_ref()
            .map_or("", |person| &person.login);
        match &self.story {
            Some(story) => format!("{login}/story-{}", story.row.id),
            None => format!("{login}/story-new"),
        }
    }

    fn saved(&self) -> Option<String> {
        saved_draft(&self.shell, self.story.as_ref()?.row.id)
    }

    /// Unit and clause stay as they were approved.
    fn fixed(&self) -> bool {
        self.story
            .as_ref()
            .is_some_and(|story| !story.approvals.is_empty())
    }

    fn fixed_unit(&self) -> String {
        let chosen = |(unit, _): &&(UnitId, String)| Some(*unit) == self.draft.unit;
        let unit = self.choices.units.iter().find(chosen);
        unit.map(|(_, name)| name.clone()).unwrap_or_default()
    }

    fn fixed_clause(&self) -> String {
        let clauses = self.choices.plans.iter().flat_map(|plan| &plan.clauses);
        let mut chosen = clauses.filter(|clause| Some(clause.id) == self.draft.clause);
        chosen.next().map(clause_label).unwrap_or_default()
    }

    fn unit_chosen(&self, unit: &UnitId) -> bool {
        self.draft.unit == Some(*unit)
    }

    fn clause_chosen(&self, clause: &ClauseId) -> bool {
        self.draft.clause == Some(*clause)
    }

    fn seen_at(&self) -> String {
        let at = self.seen.as_ref().map(|seen| seen.updated_at);
        at.map(stamp).unwrap_or_default()
    }

    fn script(&self) -> String {
        script_shown(&self.draft)
    }

    /// Marks a script that nobody wrote by hand.
    fn made(&self) -> String {
        let script = self.script();
        if script == self.draft.made_script() {
            script_mark(&script)
        } else {
            String::new()
        }
    }
}

/// What stands in the field: the script, or what would be read without one.
fn script_shown(draft: &Draft) -> String {
    match draft.script.as_deref() {
        None => String::new(),
        Some("") => draft.made_script(),
        Some(script) => script.to_owned(),
    }
}

pub(super) fn script_mark(script: &str) -> String {
    sha256(tidy(script).as_bytes())
}
