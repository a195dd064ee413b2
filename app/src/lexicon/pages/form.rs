//! One entry: added, changed, taken away, with what became of it.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, Query, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::EntityTrait;
use serde::Deserialize;

use super::list::{told, when};
use super::try_out::ReadingPart;
use crate::accounts::Person;
use crate::app::App;
use crate::error::Failure;
use crate::ids::EntryId;
use crate::lexicon::check::remarks;
use crate::lexicon::entity::entry;
use crate::lexicon::entry::listed;
use crate::lexicon::history::{Change, changes};
use crate::lexicon::rights::require;
use crate::lexicon::{self, Entry, NotKept, may_change};
use crate::web::visitor::go;
use crate::web::{Errors, Form, Lang, Shell, Visitor};

const CHANGES_SHOWN: u64 = 50;

#[derive(Default, Deserialize)]
pub(super) struct EntryForm {
    #[serde(default)]
    written: String,
    #[serde(default)]
    spoken: String,
    #[serde(default)]
    after: String,
    #[serde(default)]
    before: String,
    before_name: Option<String>,
    before_number: Option<String>,
    #[serde(default)]
    note: String,
    /// The version that the person began from.
    version: Option<i64>,
    /// `look` only shows how it is read now.
    #[serde(default)]
    then: String,
}

#[derive(Deserialize)]
pub(super) struct Seen {
    version: i64,
}

#[derive(Template, WebTemplate)]
#[template(path = "lexicon/pages/form.html")]
pub(super) struct EntryPage {
    shell: Shell,
    errors: Errors,
    entry: Entry,
    /// The entry that is changed, and the version that the person began from.
    id: Option<EntryId>,
    version: i64,
    /// The entry that already says something for these words.
    taken: Option<EntryId>,
    /// What somebody else made of it meanwhile.
    now: Option<Entry>,
    may: bool,
    reading: ReadingPart,
    /// What is to be known of it: what it takes the place of, what it leaves as it is.
    remarks: Vec<String>,
    changes: Vec<Change>,
}

/// `GET /lexicon/new?written=BCĐ`
pub(super) async fn begin(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Query(form): Query<EntryForm>,
) -> Result<EntryPage, Failure> {
    require(&app, &person).await?;
    EntryPage::of(&app, &visitor, &person, form.entry().tidied()).await
}

pub(super) async fn create(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Form(form): Form<EntryForm>,
) -> Result<Response, Failure> {
    let entry = form.entry();
    if form.then == "look" {
        require(&app, &person).await?;
        let page = EntryPage::of(&app, &visitor, &person, entry).await?;
        return Ok(page.into_response());
    }
    match lexicon::create(&app, &person, &entry).await {
        Ok(id) => Ok(done(&entry, id, "lexicon-added")),
        Err(error) => {
            let mut page = EntryPage::of(&app, &visitor, &person, entry).await?;
            let status = page.refuse(error)?;
            Ok((status, page).into_response())
        }
    }
}

pub(super) async fn edit(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<EntryId>,
) -> Result<EntryPage, Failure> {
    let row = find(&app, id).await?.ok_or(Failure::NotFound)?;
    let mut page = EntryPage::of(&app, &visitor, &person, Entry::from(&row)).await?;
    page.edits(&app, &row).await?;
    Ok(page)
}

pub(super) async fn save(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<EntryId>,
    Form(form): Form<EntryForm>,
) -> Result<Response, Failure> {
    let seen = form.version.ok_or(Failure::Invalid("error-form"))?;
    let entry = form.entry();
    let error = if form.then == "look" {
        None
    } else {
        match lexicon::save(&app, &person, id, seen, &entry).await {
            Ok(()) => return Ok(done(&entry, id, "lexicon-saved")),
            Err(error) => Some(error),
        }
    };
    let mut page = EntryPage::of(&app, &visitor, &person, entry).await?;
    let row = find(&app, id).await?;
    if let Some(row) = &row {
        page.edits(&app, row).await?;
        page.version = seen;
    }
    let status = match error {
        None => StatusCode::OK,
        Some(NotKept::Failure(Failure::Conflict(text))) => {
            page.errors.add("written", text);
            // What is sent next is an answer to what is shown now. When it is gone, it is a new entry.
            page.version = row.as_ref().map_or(0, |row| row.version);
            page.now = row.as_ref().map(Entry::from);
            StatusCode::CONFLICT
        }
        Some(error) => page.refuse(error)?,
    };
    Ok((status, page).into_response())
}

pub(super) async fn remove(
    Of(app): Of<App>,
    person: Person,
    Path(id): Path<EntryId>,
    Form(Seen { version }): Form<Seen>,
) -> Result<Response, Failure> {
    lexicon::remove(&app, &person, id, version).await?;
    Ok(to("/lexicon", "lexicon-removed"))
}

async fn find(app: &App, id: EntryId) -> Result<Option<entry::Model>, Failure> {
    Ok(entry::Entity::find_by_id(id).one(&app.db).await?)
}

/// Back to the list; or to the entry itself, when there is something to be known of it.
fn done(entry: &Entry, id: EntryId, text: &'static str) -> Response {
    if remarks(&entry.tidied(), Lang::Vi).is_empty() {
        to("/lexicon", text)
    } else {
        to(&format!("/lexicon/{id}"), text)
    }
}

/// On to a page where the text is said once.
fn to(path: &str, text: &'static str) -> Response {
    go(path, text)
}

impl EntryForm {
    fn entry(&self) -> Entry {
        Entry {
            written: self.written.clone(),
            spoken: self.spoken.clone(),
            after: listed(&self.after),
            before: listed(&self.before),
            before_name: self.before_name.is_some(),
            before_number: self.before_number.is_some(),
            note: self.note.clone(),
        }
    }
}

impl EntryPage {
    async fn of(
        app: &App,
        visitor: &Visitor,
        person: &Person,
        entry: Entry,
    ) -> Result<Self, Failure> {
        Ok(Self {
            shell: Shell::of(visitor),
            errors: Errors::default(),
            id: None,
            version: 0,
            taken: None,
            now: None,
            may: may_change(app, person).await?,
            reading: ReadingPart::of(app, visitor, person, &entry.tidied().written).await?,
            remarks: if entry.tidied().written.is_empty() {
                Vec::new()
            } else {
                remarks(&entry.tidied(), visitor.lang)
            },
            changes: Vec::new(),
            entry,
        })
    }

    async fn edits(&mut self, app: &App, row: &entry::Model) -> Result<(), Failure> {
        self.id = Some(row.id);
        self.version = row.version;
        self.changes = changes(app, Some(row.id), CHANGES_SHOWN).await?;
        Ok(())
    }

    /// Shows what is wrong; a fault of ours is for another page.
    fn refuse(&mut self, error: NotKept) -> Result<StatusCode, Failure> {
        match error {
            NotKept::Fields(errors) => self.errors = errors,
            NotKept::Taken(known) => {
                self.errors.add("written", "lexicon-taken");
                self.taken = Some(known);
            }
            NotKept::Failure(failure) => return Err(failure),
        }
        Ok(StatusCode::UNPROCESSABLE_ENTITY)
    }

    fn action(&self) -> String {
        self.id
            .map_or("/lexicon".to_owned(), |id| format!("/lexicon/{id}"))
    }

    fn title(&self) -> String {
        let name = if self.id.is_some() {
            "lexicon-edit"
        } else {
            "lexicon-add"
        };
        self.shell.t(name)
    }

    fn after(&self) -> String {
        self.entry.after.join(", ")
    }

    fn before(&self) -> String {
        self.entry.before.join(", ")
    }

    /// Beside which words it holds, in words.
    fn when(&self, entry: &Entry) -> String {
        let when = when(&self.shell, entry);
        if when.is_empty() {
            self.shell.t("lexicon-always")
        } else {
            when
        }
    }

    /// The conditions are shown when there are any, or something is wrong with them.
    fn conditions_open(&self) -> bool {
        let wrong = |field| self.errors.of(field).is_some();
        self.entry.is_conditional() || wrong("after") || wrong("before")
    }
}
