//! The lexicon into a file and out of one.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Multipart, State as Of};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::accounts::Person;
use crate::app::App;
use crate::error::Failure;
use crate::lexicon::Entry;
use crate::lexicon::exchange;
use crate::lexicon::import::{Counted, Fault, NotImported, import};
use crate::lexicon::in_force::rows;
use crate::lexicon::rights::require;
use crate::web::forms::check_token;
use crate::web::{Errors, Shell, Visitor};

#[derive(Template, WebTemplate)]
#[template(path = "lexicon/pages/import.html")]
pub(super) struct ImportPage {
    shell: Shell,
    errors: Errors,
    faults: Vec<Fault>,
    counted: Option<Counted>,
}

pub(super) async fn ask(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
) -> Result<ImportPage, Failure> {
    require(&app, &person).await?;
    Ok(ImportPage::of(&visitor))
}

pub(super) async fn take(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    multipart: Multipart,
) -> Result<Response, Failure> {
    let (name, bytes) = receive(multipart, &visitor).await?;
    let mut page = ImportPage::of(&visitor);
    match import(&app, &person, &name, &bytes).await {
        Ok(counted) => {
            page.counted = Some(counted);
            Ok(page.into_response())
        }
        Err(NotImported::Faults(faults)) => {
            page.errors.add("file", "lexicon-not-imported");
            page.faults = faults;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(NotImported::Failure(failure)) => Err(failure),
    }
}

/// `GET /lexicon/lexicon.toml`: in the form that `crates/speech` takes.
pub(super) async fn toml(Of(app): Of<App>, _: Person) -> Result<Response, Failure> {
    let text = exchange::additions(&entries(&app).await?);
    Ok(download(
        "application/toml",
        "lexicon.toml",
        text.into_bytes(),
    ))
}

/// `GET /lexicon/lexicon.csv`: for a spreadsheet.
pub(super) async fn csv(Of(app): Of<App>, _: Person) -> Result<Response, Failure> {
    let bytes = exchange::csv(&entries(&app).await?).map_err(anyhow::Error::from)?;
    Ok(download("text/csv; charset=utf-8", "lexicon.csv", bytes))
}

async fn entries(app: &App) -> Result<Vec<Entry>, Failure> {
    Ok(rows(&app.db).await?.iter().map(Entry::from).collect())
}

fn download(kind: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    (headers, bytes).into_response()
}

/// The file's name and bytes; refused when the first field is not the visitor's token.
async fn receive(
    mut multipart: Multipart,
    visitor: &Visitor,
) -> Result<(String, Vec<u8>), Failure> {
    let unread = |_| Failure::Invalid("lexicon-file-large");
    let mut trusted = false;
    let (mut name, mut bytes) = (String::new(), Vec::new());
    while let Some(field) = multipart.next_field().await.map_err(unread)? {
        if !trusted {
            let token = if field.name() == Some("csrf") {
                field.text().await.map_err(unread)?
            } else {
                String::new()
            };
            check_token(Some(visitor), &token)?;
            trusted = true;
        } else if field.name() == Some("file") {
            field.file_name().unwrap_or_default().clone_into(&mut name);
            bytes = field.bytes().await.map_err(unread)?.to_vec();
        }
    }
    if trusted {
        Ok((name, bytes))
    } else {
        Err(Failure::Forbidden("error-csrf"))
    }
}

impl ImportPage {
    fn of(visitor: &Visitor) -> Self {
        Self {
            shell: Shell::of(visitor),
            errors: Errors::default(),
            faults: Vec::new(),
            counted: None,
        }
    }

    /// What became of the file, in a sentence.
    fn told(&self, counted: &Counted) -> String {
        let values = [
            ("value", counted.added.to_string()),
            ("count", counted.changed.to_string()),
            ("total", counted.same.to_string()),
        ];
        self.shell.lang.with("lexicon-imported", &values)
    }

    /// A fault with its place.
    fn fault(&self, fault: &Fault) -> String {
        let text = self.shell.tv(fault.text, &fault.value);
        if fault.place.is_empty() {
            return text;
        }
        let place = if fault.place.chars().all(|letter| letter.is_ascii_digit()) {
            self.shell.tv("lexicon-line", &fault.place)
        } else {
            fault.place.clone()
        };
        let named = if fault.value.is_empty()
            || fault.place.contains(&fault.value)
            || fault.text == "lexicon-file-unread"
        {
            String::new()
        } else {
            format!(" (“{}”)", fault.value)
        };
        format!("{place}{named}: {text}")
    }
}
