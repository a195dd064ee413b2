//! Reading a document into a draft: the original is kept by its hash, what was read as JSON.

use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use loa_plan::{ReadError, Reading};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};

use super::correction::{self, corrected};
use super::decide::hold;
use super::element::elements;
use super::entity::{element, plan};
use super::matching::{Matcher, day_of};
use super::plan::{State, get, reading as kept_reading};
use super::proposal::{self, Proposal};
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::audit;
use crate::clock::local_day;
use crate::error::Failure;
use crate::ids::{PlanId, UnitId};
use crate::units::UnitTree;
use crate::web::Lang;

/// A file's name may be this long, in characters.
const NAME_LIMIT: usize = 150;

/// Whether a document is the corrected one of a plan that is live.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Corrects {
    /// It is when a live plan of the same unit has its number, or its title where one of them has no
    /// number.
    #[default]
    Detect,
    /// It is not.
    Nothing,
    /// A person says of which.
    Plan(PlanId),
}

impl FromStr for Corrects {
    type Err = Failure;
    /// Nothing to detect, `none`, or the number of a plan.
    fn from_str(text: &str) -> Result<Self, Failure> {
        match text {
            "" => Ok(Self::Detect),
            "none" => Ok(Self::Nothing),
            plan => plan
                .parse()
                .map(Self::Plan)
                .map_err(|_| Failure::Invalid("error-form")),
        }
    }
}

/// Why a document was not imported. Nothing was kept.
#[derive(Debug, thiserror::Error)]
pub enum NotImported {
    /// It cannot be read as a plan.
    #[error(transparent)]
    Unread(#[from] ReadError),
    /// No unit was named, and the issuer is none of those for which the person plans.
    #[error("the issuer of the document is none of your units: name the unit that owns the plan")]
    NoUnit,
    /// Anything else.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<sea_orm::DbErr> for NotImported {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Failure(error.into())
    }
}

/// What is wrong with a document, in the reader's language.
pub fn fault(error: &ReadError, lang: Lang) -> String {
    match lang {
        Lang::Vi => error.vietnamese(),
        Lang::En => {
            let text = error.to_string();
            let mut letters = text.chars();
            let first = letters.next().map(char::to_uppercase);
            format!(
                "{}{}.",
                first.into_iter().flatten().collect::<String>(),
                letters.as_str()
            )
        }
    }
}

/// Reads a document and keeps it as a draft of a unit for which the person plans.
pub async fn import(
    app: &App,
    person: &Person,
    unit: UnitId,
    file_name: &str,
    bytes: &[u8],
) -> Result<PlanId, NotImported> {
    import_for(
        app,
        person,
        Some(unit),
        Corrects::Detect,
        (file_name, bytes),
    )
    .await
}

/// The same; without a unit the plan is its issuer's, or that of the plan which it corrects.
pub async fn import_for(
    app: &App,
    person: &Person,
    unit: Option<UnitId>,
    corrects: Corrects,
    (file_name, bytes): (&str, &[u8]),
) -> Result<PlanId, NotImported> {
    if let Some(unit) = unit {
        person.require(Right::Plan, unit)?;
    }
    let named = match corrects {
        Corrects::Plan(id) => Some(live(app, person, id).await?),
        Corrects::Detect | Corrects::Nothing => None,
    };
    let (reading, text) = read(bytes).await?;
    let unit = match named.as_ref().map(|plan| plan.unit_id).or(unit) {
        Some(unit) => unit,
        None => issuer(app, person, &reading).await?,
    };
    let known = match corrects {
        Corrects::Detect => corrected(&app.db, unit, &reading).await?,
        Corrects::Nothing | Corrects::Plan(_) => named,
    };
    let (reading, proposals) = propose(app, reading, known.as_ref()).await?;
    let file_name = tidy_name(file_name);
    let media_type = mime_guess::from_path(&file_name).first_or_octet_stream();
    let now = app.clock.now();
    let transaction = app.begin().await?;
    let file = app
        .files
        .keep(&transaction, bytes, media_type.essence_str(), now)
        .await?;
    let year = day_in_tree(&reading, local_day(now)).year();
    let years = reading.period.map(|period| (period.from, period.to));
    let (from, to) = years.unwrap_or((year, year));
    let title = if reading.title.is_empty() {
        &file_name
    } else {
        &reading.title
    };
    let row = plan::ActiveModel {
        state: Set(State::Draft.name().to_owned()),
        unit_id: Set(unit),
        title: Set(title.clone()),
        period_from: Set(from.into()),
        period_to: Set(to.into()),
        reading: Set(serde_json::to_string(&reading).map_err(Failure::from)?),
        source_text: Set(text),
        file_name: Set(file_name.clone()),
        file_sha256: Set(file),
        imported_by: Set(person.id),
        imported_at: Set(now),
        number: Set(reading.number.clone()),
        notation: Set(reading.notation.clone()),
        corrects: Set(known.as_ref().map(|plan| plan.id)),
        corrects_version: Set(known.as_ref().map(|plan| plan.version)),
        ..Default::default()
    };
    let id = row.insert(&transaction).await?.id;
    proposal::insert(&transaction, id, &proposals).await?;
    let subject = ("plan", id.0);
    audit::note(
        app,
        &transaction,
        Some(person.id),
        "import",
        subject,
        &file_name,
    )
    .await?;
    transaction.commit().await?;
    Ok(id)
}

/// Reads a document away from the threads that answer requests.
async fn read(bytes: &[u8]) -> Result<(Reading, String), NotImported> {
    let bytes = bytes.to_vec();
    let read = move || Ok((loa_plan::read(&bytes, None)?, loa_plan::text(&bytes, None)?));
    tokio::task::spawn_blocking(read)
        .await
        .map_err(|error| Failure::Internal(error.into()))?
}

/// A live plan that the person may correct.
async fn live(app: &App, person: &Person, id: PlanId) -> Result<plan::Model, Failure> {
    let plan = get(app, person, id).await?;
    person.require(Right::Plan, plan.unit_id)?;
    if plan.state == State::Live.name() {
        Ok(plan)
    } else {
        Err(Failure::Conflict("plans-corrects-not-live"))
    }
}

/// What a document proposes, beside the plan that it corrects.
async fn propose(
    app: &App,
    new: Reading,
    known: Option<&plan::Model>,
) -> Result<(Reading, Vec<Proposal>), Failure> {
    let Some(known) = known else {
        let proposals = proposal::read(&new);
        return Ok((new, proposals));
    };
    let old = kept_reading(known)?;
    let live = elements(&app.db, known.id, &old).await?;
    let compare = move || {
        let proposals = correction::proposals(&live, &old, &new);
        (new, proposals)
    };
    tokio::task::spawn_blocking(compare)
        .await
        .map_err(|error| Failure::Internal(error.into()))
}

/// The unit that issued a document, among those for which the person plans.
async fn issuer(app: &App, person: &Person, reading: &Reading) -> Result<UnitId, NotImported> {
    let tree = UnitTree::load(&app.db).await?;
    let day = day_in_tree(reading, local_day(app.clock.now()));
    let reach = person.reach(Right::Plan);
    let units: Vec<_> = reach
        .iter()
        .filter_map(|unit| tree.on(*unit, day))
        .collect();
    let issuer = reading.issuer.as_deref().unwrap_or_default();
    Matcher::over(&units)
        .unit(issuer)
        .ok_or(NotImported::NoUnit)
}

fn day_in_tree(reading: &Reading, today: NaiveDate) -> NaiveDate {
    day_of(reading.date.as_deref(), reading.period, today)
}

/// Takes a draft away; its file stays by its hash. What was confirmed stays for good.
pub async fn withdraw(app: &App, person: &Person, id: PlanId) -> Result<(), Failure> {
    let plan = get(app, person, id).await?;
    person.require(Right::Plan, plan.unit_id)?;
    let transaction = app.begin().await?;
    hold(&transaction, id).await?;
    element::Entity::delete_many()
        .filter(element::Column::PlanId.eq(id))
        .exec(&transaction)
        .await?;
    plan::Entity::delete_by_id(id).exec(&transaction).await?;
    audit::note(
        app,
        &transaction,
        Some(person.id),
        "withdrawal",
        ("plan", id.0),
        &plan.file_name,
    )
    .await?;
    transaction.commit().await?;
    Ok(())
}

/// The last part of a path, of a length that every list can show.
fn tidy_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain = last.chars().filter(|c| !c.is_control());
    let short: String = plain.take(NAME_LIMIT).collect();
    if short.trim().is_empty() {
        "van-ban".to_owned()
    } else {
        short.trim().to_owned()
    }
}
