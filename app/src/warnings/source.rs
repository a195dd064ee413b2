//! Who may warn: how its warnings name it, and the key that they are signed with.

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::server::ParsedCertificate;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use super::entity::source;
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::audit;
use crate::error::Failure;
use crate::files::sha256;
use crate::ids::{SourceId, UnitId};
use crate::jobs::{self, Job};
use crate::stories::{NotSaved, tidy_line};
use crate::web::Errors;

/// Longer texts than this are no names.
const NAME: usize = 200;

/// A source as somebody typed it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// What people call it.
    pub name: String,
    /// As its warnings name themselves (`sender`).
    pub sender: String,
    /// PEM of the certificate that its warnings are signed with.
    pub certificate: String,
    /// Which of its geocodes are codes of administrative units (`valueName`).
    pub code_list: String,
    /// Where its warnings are listed; empty when it sends them by itself.
    pub feed: String,
    /// Whose task it is.
    pub unit: Option<UnitId>,
}

/// Makes a source. Its key is never changed: another key is another source, and no rule of this one holds for it.
pub async fn create_source(
    app: &App,
    person: &Person,
    draft: &Draft,
) -> Result<SourceId, NotSaved> {
    let draft = draft.tidied();
    let mut errors = draft.faults(app);
    let transaction = app.begin().await?;
    loa_db::one_by_one(&transaction, "warning_sources").await?;
    let known = source::Entity::find()
        .filter(source::Column::Sender.eq(&draft.sender))
        .filter(source::Column::ClosedAt.is_null())
        .one(&transaction)
        .await?;
    errors.require(known.is_none(), "sender", "warnings-source-known");
    let unit = draft
        .unit
        .filter(|unit| person.may(Right::Administer, *unit));
    errors.require(unit.is_some(), "unit", "warnings-source-unit");
    let (Some(unit), true) = (unit, errors.none()) else {
        return Err(NotSaved::Fields(errors));
    };
    let now = app.clock.now();
    let row = source::ActiveModel {
        unit_id: Set(unit),
        name: Set(draft.name.clone()),
        sender: Set(draft.sender),
        certificate: Set(draft.certificate),
        code_list: Set(draft.code_list),
        feed: Set(Some(draft.feed).filter(|feed| !feed.is_empty())),
        made_by: Set(person.id),
        made_at: Set(now),
        ..Default::default()
    };
    let row = row.insert(&transaction).await?;
    if row.feed.is_some() {
        jobs::wake(&transaction, &Job::AskFeed { source: row.id }, now).await?;
    }
    let (who, subject) = (Some(person.id), ("warning source", row.id.0));
    audit::note(app, &transaction, who, "creation", subject, &draft.name).await?;
    transaction.commit().await?;
    Ok(row.id)
}

/// Nothing of it is believed any more.
pub async fn close_source(app: &App, person: &Person, id: SourceId) -> Result<(), Failure> {
    let row = get_source(app, id).await?;
    person.require(Right::Administer, row.unit_id)?;
    if row.closed_at.is_some() {
        return Ok(());
    }
    let transaction = app.begin().await?;
    let mut changed: source::ActiveModel = row.into();
    changed.closed_by = Set(Some(person.id));
    changed.closed_at = Set(Some(app.clock.now()));
    changed.update(&transaction).await?;
    let (who, subject) = (Some(person.id), ("warning source", id.0));
    audit::note(app, &transaction, who, "closing", subject, "").await?;
    transaction.commit().await?;
    Ok(())
}

/// A source; whoever is signed in sees all of them.
pub(super) async fn get_source(app: &App, id: SourceId) -> Result<source::Model, Failure> {
    let row = source::Entity::find_by_id(id).one(&app.db).await?;
    row.ok_or(Failure::NotFound)
}

/// All that are open, by name.
pub(super) async fn sources(app: &App) -> Result<Vec<source::Model>, Failure> {
    Ok(source::Entity::find()
        .filter(source::Column::ClosedAt.is_null())
        .order_by_asc(source::Column::Name)
        .all(&app.db)
        .await?)
}

impl source::Model {
    /// What a rule holds for: this source, this key, these codes.
    pub(super) fn sha256(&self) -> String {
        let parts = [&self.sender, &self.certificate, &self.code_list];
        sha256(
            parts
                .map(|part| format!("{}:{part}", part.len()))
                .concat()
                .as_bytes(),
        )
    }

    /// The SHA-256 of its certificate, as programs show it.
    pub(super) fn fingerprint(&self) -> String {
        certificate(&self.certificate).map_or_else(String::new, |der| {
            let hash = sha256(&der).to_uppercase();
            let pairs: Vec<String> = hash
                .as_bytes()
                .chunks(2)
                .map(|pair| String::from_utf8_lossy(pair).into_owned())
                .collect();
            pairs.join(":")
        })
    }
}

/// The bytes of a certificate, if it is one.
fn certificate(pem: &str) -> Option<CertificateDer<'static>> {
    let der = CertificateDer::from_pem_slice(pem.as_bytes()).ok()?;
    ParsedCertificate::try_from(&der).ok()?;
    Some(der)
}

impl Draft {
    fn tidied(&self) -> Self {
        let certificate = self.certificate.replace("\r\n", "\n");
        Self {
            name: tidy_line(&self.name),
            sender: self.sender.trim().to_owned(),
            certificate: format!("{}\n", certificate.trim()),
            code_list: tidy_line(&self.code_list),
            feed: self.feed.trim().to_owned(),
            unit: self.unit,
        }
    }

    fn faults(&self, app: &App) -> Errors {
        let mut errors = Errors::default();
        let short = |text: &str| (1..=NAME).contains(&text.chars().count());
        errors.require(short(&self.name), "name", "warnings-source-name-missing");
        let odd = |letter: char| letter.is_whitespace() || matches!(letter, ',' | '<' | '&');
        let sender = short(&self.sender) && !self.sender.contains(odd);
        errors.require(sender, "sender", "warnings-source-sender-odd");
        errors.require(
            certificate(&self.certificate).is_some(),
            "certificate",
            "warnings-source-certificate-odd",
        );
        let list = short(&self.code_list);
        errors.require(list, "code_list", "warnings-source-list-missing");
        if !self.feed.is_empty()
            && let Err(refused) = app.http.outside.check(&self.feed)
        {
            errors.add("feed", refused.0);
        }
        errors
    }
}
