//! All entries, with a search that also finds what is built in, and a box to try.

use std::collections::BTreeMap;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Query, State as Of};
use serde::Deserialize;

use super::try_out::{ReadingPart, TryForm};
use crate::accounts::{Person, names};
use crate::app::App;
use crate::error::Failure;
use crate::ids::PersonId;
use crate::lexicon::entity::entry;
use crate::lexicon::history::{Change, changes};
use crate::lexicon::in_force::rows;
use crate::lexicon::search::{folded, is_in};
use crate::lexicon::{Entry, builtin, may_change};
use crate::web::{Form, Shell, Visitor};

/// Entries of a page, built-in entries and changes that are shown.
const PAGE: usize = 50;
const BUILTIN_SHOWN: usize = 20;
const CHANGES_SHOWN: u64 = 20;

#[derive(Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    page: usize,
}

#[derive(Template, WebTemplate)]
#[template(path = "lexicon/pages/list.html")]
pub(super) struct LexiconPage {
    shell: Shell,
    may: bool,
    q: String,
    rows: Vec<Row>,
    /// Of the province, and how many of them were found.
    all: usize,
    found: usize,
    page: usize,
    /// Built-in entries that were found, with what they say; not more than can be shown.
    builtin: Vec<(&'static str, String)>,
    builtin_more: usize,
    changes: Vec<Change>,
    text: String,
    reading: Option<ReadingPart>,
}

/// An entry of the province.
struct Row {
    entry: entry::Model,
    when: String,
    who: String,
    /// What the program itself would say.
    replaces: String,
}

pub(super) async fn list(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<LexiconPage, Failure> {
    page(&app, &visitor, &person, asked).await
}

/// `POST /lexicon/try`: the same page with a text as it is read, for browsers without scripts.
pub(super) async fn try_out(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Form(form): Form<TryForm>,
) -> Result<LexiconPage, Failure> {
    let mut page = page(&app, &visitor, &person, Asked::default()).await?;
    page.reading = Some(ReadingPart::of(&app, &visitor, &person, &form.text).await?);
    page.text = form.text;
    Ok(page)
}

async fn page(
    app: &App,
    visitor: &Visitor,
    person: &Person,
    asked: Asked,
) -> Result<LexiconPage, Failure> {
    let shell = Shell::of(visitor);
    let entries = rows(&app.db).await?;
    let all = entries.len();
    let question = folded(&asked.q);
    let found: Vec<entry::Model> = entries
        .into_iter()
        .filter(|row| is_in(&question, &[&row.written, &row.spoken, &row.note]))
        .collect();
    let count = found.len();
    let page = Ord::min(asked.page, count.saturating_sub(1) / PAGE);
    let shown: Vec<entry::Model> = found.into_iter().skip(page * PAGE).take(PAGE).collect();
    let people = shown.iter().map(|row| row.changed_by).collect();
    let names: BTreeMap<PersonId, String> = names(&app.db, people).await?;
    let rows = shown.into_iter().map(|entry| Row {
        when: when(&shell, &Entry::from(&entry)),
        who: names.get(&entry.changed_by).cloned().unwrap_or_default(),
        replaces: builtin::readings(&entry.written).join(" / "),
        entry,
    });
    let mut builtin: Vec<(&'static str, String)> = Vec::new();
    if !question.is_empty() {
        let matching = builtin::all()
            .filter(|(written, spoken)| is_in(&question, &[written]) || is_in(&question, spoken));
        builtin = matching
            .map(|(written, spoken)| (written, spoken.join(" / ")))
            .collect();
    }
    let builtin_more = builtin.len().saturating_sub(BUILTIN_SHOWN);
    builtin.truncate(BUILTIN_SHOWN);
    Ok(LexiconPage {
        rows: rows.collect(),
        may: may_change(app, person).await?,
        q: asked.q,
        all,
        found: count,
        page,
        builtin,
        builtin_more,
        changes: changes(app, None, CHANGES_SHOWN).await?,
        text: String::new(),
        reading: None,
        shell,
    })
}

impl LexiconPage {
    /// How many entries the program has itself.
    fn builtin_count(&self) -> String {
        let count = i64::try_from(builtin::count()).unwrap_or_default();
        self.shell.lang.number(count)
    }

    /// The reading of what was typed, or the empty place where scripts put it.
    fn reading(&self) -> askama::Result<String> {
        self.reading.as_ref().map_or(
            Ok("<div id=\"reading\"></div>".to_owned()),
            Template::render,
        )
    }

    fn to_page(&self, page: usize) -> String {
        let pairs = [("q", self.q.as_str()), ("page", &page.to_string())];
        format!(
            "/lexicon?{}",
            serde_html_form::to_string(pairs).unwrap_or_default()
        )
    }

    fn older(&self) -> Option<String> {
        ((self.page + 1) * PAGE < self.found).then(|| self.to_page(self.page + 1))
    }

    fn newer(&self) -> Option<String> {
        (self.page > 0).then(|| self.to_page(self.page - 1))
    }

    fn span(&self) -> String {
        let from = self.page * PAGE;
        let values = [
            ("from", (from + 1).to_string()),
            ("to", (from + self.rows.len()).to_string()),
            ("total", self.found.to_string()),
        ];
        self.shell.lang.with("lexicon-span", &values)
    }
}

/// Beside which words an entry holds, in words; empty when always.
pub(super) fn when(shell: &Shell, entry: &Entry) -> String {
    let mut parts = Vec::new();
    if !entry.after.is_empty() {
        parts.push(shell.tv("lexicon-when-after", entry.after.join(", ")));
    }
    if !entry.before.is_empty() {
        parts.push(shell.tv("lexicon-when-before", entry.before.join(", ")));
    }
    if entry.before_name {
        parts.push(shell.t("lexicon-when-name"));
    }
    if entry.before_number {
        parts.push(shell.t("lexicon-when-number"));
    }
    parts.join(&format!(" {} ", shell.t("lexicon-or")))
}

/// A change in a line.
pub(super) fn told(shell: &Shell, change: &Change) -> String {
    let words = |entry: &Option<Entry>| {
        entry.as_ref().map_or_else(String::new, |entry| {
            let when = when(shell, entry);
            let when = if when.is_empty() {
                when
            } else {
                format!(" ({when})")
            };
            format!("“{}” → “{}”{when}", entry.written, entry.spoken)
        })
    };
    match change.action.as_str() {
        "addition" => shell.tv("lexicon-change-addition", words(&change.entry)),
        "removal" => shell.tv("lexicon-change-removal", words(&change.before)),
        _ => {
            let values = [
                ("from", words(&change.before)),
                ("to", words(&change.entry)),
            ];
            shell.lang.with("lexicon-change-change", &values)
        }
    }
}
