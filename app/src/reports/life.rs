//! A report's life: counted, written, handed in, returned with remarks or accepted by another
//! person, amended by a new version.

use sea_orm::{ActiveModelTrait, DatabaseTransaction, EntityTrait, QueryOrder, QuerySelect, Set};

use super::content::Content;
use super::counting;
use super::drafting;
use super::entity::report;
use super::narrative::{Chapter, Narrative};
use super::report::{Report, State, get, of_year};
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::audit;
use crate::error::Failure;
use crate::files::sha256;
use crate::ids::ReportId;

/// Longest remarks, in characters.
const REMARKS_LIMIT: usize = 4000;

/// Why a text was not saved.
#[derive(Debug)]
pub enum NotSaved {
    /// Chapters that cannot be kept so, with the name of a text each.
    Chapters(Vec<(Chapter, &'static str)>),
    /// Everything else.
    Failure(Failure),
}

impl<E: Into<Failure>> From<E> for NotSaved {
    fn from(error: E) -> Self {
        Self::Failure(error.into())
    }
}

/// Counts a draft again. Chapters that nobody wrote by hand follow the figures.
pub async fn recount(app: &App, person: &Person, id: ReportId) -> Result<(), Failure> {
    let (transaction, report) = draft(app, person, id).await?;
    let old = report.content(&transaction).await?;
    let basis = report.basis(&transaction).await?;
    counting::fill(&transaction, id, &basis).await?;
    let new = report.content(&transaction).await?;
    let fresh = drafting::refresh(&old.narrative, &old, &new);
    if fresh != old.narrative {
        let mut changed: report::ActiveModel = report.row.clone().into();
        changed.narrative = Set(serde_json::to_string(&fresh)?);
        changed.update(&transaction).await?;
    }
    note(app, &transaction, person, "count", id, report.row.version).await?;
    transaction.commit().await?;
    Ok(())
}

/// Keeps what was written. `seen` is the mark of what the person began from.
pub async fn write(
    app: &App,
    person: &Person,
    id: ReportId,
    seen: &str,
    narrative: Narrative,
) -> Result<(), NotSaved> {
    let (transaction, report) = draft(app, person, id).await?;
    let content = report.content(&transaction).await?;
    let narrative = narrative.tidy();
    let faults = narrative.faults(&content.codes());
    if !faults.is_empty() {
        return Err(NotSaved::Chapters(faults));
    }
    if content.seen()? != seen {
        return Err(Failure::Conflict("reports-changed").into());
    }
    let version = report.row.version;
    let mut changed: report::ActiveModel = report.row.into();
    changed.narrative = Set(serde_json::to_string(&narrative).map_err(Failure::from)?);
    changed.update(&transaction).await?;
    note(app, &transaction, person, "text", id, version).await?;
    transaction.commit().await?;
    Ok(())
}

/// Hands a draft in: figures, evidence and text are frozen under their hash. Refused when it is no
/// longer what the person saw, or when the ledger says something else by now.
pub async fn submit(
    app: &App,
    person: &Person,
    id: ReportId,
    seen: Option<&str>,
) -> Result<(), Failure> {
    let (transaction, report) = draft(app, person, id).await?;
    let content = report.content(&transaction).await?;
    if let Some(seen) = seen
        && content.seen()? != seen
    {
        return Err(Failure::Conflict("reports-changed"));
    }
    let basis = report.basis(&transaction).await?;
    let now = counting::tally(&transaction, &basis).await?;
    if now != counting::filled(&transaction, id).await? {
        return Err(Failure::Conflict("reports-figures-old"));
    }
    let version = report.row.version;
    let snapshot = serde_json::to_string(&content)?;
    let mut changed: report::ActiveModel = report.row.into();
    changed.state = Set(State::Submitted.name().to_owned());
    changed.sha256 = Set(Some(sha256(snapshot.as_bytes())));
    changed.snapshot = Set(Some(snapshot));
    changed.submitted_by = Set(Some(person.id));
    changed.submitted_at = Set(Some(app.clock.now()));
    changed.update(&transaction).await?;
    note(app, &transaction, person, "submission", id, version).await?;
    transaction.commit().await?;
    Ok(())
}

/// Sends a report back with remarks; a new version answers them.
pub async fn return_(
    app: &App,
    person: &Person,
    id: ReportId,
    remarks: &str,
) -> Result<(), Failure> {
    let (transaction, report) = submitted(app, person, id).await?;
    let remarks = remarks.trim();
    if remarks.is_empty() {
        return Err(Failure::Invalid("reports-remarks-missing"));
    }
    if remarks.chars().count() > REMARKS_LIMIT {
        return Err(Failure::Invalid("reports-remarks-long"));
    }
    let version = report.row.version;
    let mut changed: report::ActiveModel = report.row.into();
    changed.state = Set(State::Returned.name().to_owned());
    changed.remarks = Set(Some(remarks.to_owned()));
    changed.update(&transaction).await?;
    note(app, &transaction, person, "return", id, version).await?;
    transaction.commit().await?;
    Ok(())
}

/// Accepts a report: another person than who handed it in.
pub async fn accept(app: &App, person: &Person, id: ReportId) -> Result<(), Failure> {
    let (transaction, report) = submitted(app, person, id).await?;
    if report.row.submitted_by == Some(person.id) {
        return Err(Failure::Forbidden("reports-own"));
    }
    // Nobody accepts what is not what was handed in.
    Content::submitted(&report.row)?;
    let version = report.row.version;
    let mut changed: report::ActiveModel = report.row.into();
    changed.state = Set(State::Accepted.name().to_owned());
    changed.accepted_by = Set(Some(person.id));
    changed.accepted_at = Set(Some(app.clock.now()));
    changed.update(&transaction).await?;
    note(app, &transaction, person, "acceptance", id, version).await?;
    transaction.commit().await?;
    Ok(())
}

/// Begins a new version of what was returned or accepted: its text, counted anew.
pub async fn amend(app: &App, person: &Person, id: ReportId) -> Result<ReportId, Failure> {
    let (transaction, old) = lock(app, person, id).await?;
    person.require(Right::Report, old.row.unit_id)?;
    let newest = of_year(&old.row)
        .order_by_desc(report::Column::Version)
        .one(&transaction)
        .await?;
    let last = newest.is_some_and(|newest| newest.id == id);
    if !last || !matches!(old.state, State::Returned | State::Accepted) {
        return Err(Failure::Conflict("reports-not-answered"));
    }
    let said = old.content(&transaction).await?;
    let row = report::ActiveModel {
        regime_id: Set(old.row.regime_id),
        unit_id: Set(old.row.unit_id),
        year: Set(old.row.year),
        version: Set(old.row.version + 1),
        state: Set(State::Draft.name().to_owned()),
        period_from: Set(old.row.period_from),
        period_to: Set(old.row.period_to),
        narrative: Set(old.row.narrative.clone()),
        created_by: Set(person.id),
        created_at: Set(app.clock.now()),
        ..Default::default()
    };
    let row = row.insert(&transaction).await?;
    let (new, version) = (row.id, row.version);
    let report = Report::of(&transaction, row).await?;
    let basis = report.basis(&transaction).await?;
    counting::fill(&transaction, new, &basis).await?;
    let content = report.content(&transaction).await?;
    let fresh = drafting::refresh(&said.narrative, &said, &content);
    let mut changed: report::ActiveModel = report.row.into();
    changed.narrative = Set(serde_json::to_string(&fresh)?);
    changed.update(&transaction).await?;
    note(app, &transaction, person, "amendment", new, version).await?;
    transaction.commit().await?;
    Ok(new)
}

/// Notes what was done to a version of a report.
pub(super) async fn note(
    app: &App,
    transaction: &DatabaseTransaction,
    person: &Person,
    action: &str,
    id: ReportId,
    version: i64,
) -> Result<(), Failure> {
    let subject = ("report", id.0);
    let version = version.to_string();
    audit::note(app, transaction, Some(person.id), action, subject, &version).await
}

/// A report that is held against others until the transaction ends.
async fn lock(
    app: &App,
    person: &Person,
    id: ReportId,
) -> Result<(DatabaseTransaction, Report), Failure> {
    get(app, person, id).await?;
    let transaction = app.begin().await?;
    let row = report::Entity::find_by_id(id)
        .lock_exclusive()
        .one(&transaction)
        .await?;
    let report = Report::of(&transaction, row.ok_or(Failure::NotFound)?).await?;
    Ok((transaction, report))
}

/// A draft that the person draws up.
async fn draft(
    app: &App,
    person: &Person,
    id: ReportId,
) -> Result<(DatabaseTransaction, Report), Failure> {
    let (transaction, report) = lock(app, person, id).await?;
    person.require(Right::Report, report.row.unit_id)?;
    if report.state == State::Draft {
        Ok((transaction, report))
    } else {
        Err(Failure::Conflict("reports-not-draft"))
    }
}

/// A report that was handed in to the person's side.
async fn submitted(
    app: &App,
    person: &Person,
    id: ReportId,
) -> Result<(DatabaseTransaction, Report), Failure> {
    let (transaction, report) = lock(app, person, id).await?;
    if !may_accept(person, &report) {
        return Err(Failure::Forbidden("error-right"));
    }
    if report.state == State::Submitted {
        Ok((transaction, report))
    } else {
        Err(Failure::Conflict("reports-not-submitted"))
    }
}

/// Whether somebody is on the side that gathers the reports.
pub fn may_accept(person: &Person, report: &Report) -> bool {
    person.may(Right::Accept, report.row.unit_id)
        && person.may(Right::Accept, report.regime.row.unit_id)
}
