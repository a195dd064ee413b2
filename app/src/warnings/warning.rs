//! Reading what came.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use loa_cap::Alert;
use sea_orm::{EntityTrait, QueryOrder, QuerySelect};

use super::entity::{source, warning};
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::error::Failure;
use crate::ids::{UrgentId, WarningId};

use crate::urgent::entity::urgent as urgents;

/// So many are listed.
const SHOWN: u64 = 100;

/// Where a warning stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It is not believed.
    Refused,
    /// It is an exercise or a test: nobody is warned.
    Exercise,
    /// It takes others back.
    Cancel,
    /// It waits for people.
    Waits,
    /// An urgent message was asked for with it.
    Asked,
    /// Another took its place, or took it back.
    Ended,
    /// Somebody decided that nothing is said.
    Settled,
    /// Its time is over.
    Over,
}

/// A warning, with whose it is.
pub struct Warning {
    /// Its row.
    pub row: warning::Model,
    /// Whose it is.
    pub source: Option<source::Model>,
    /// Where it stands.
    pub stage: Stage,
    /// Its urgent message is being said, or waits, although the source ended it.
    pub outlived: bool,
}

/// What is to be done with a warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Task {
    /// Its source ended it, and it is still being said here.
    TakeBack,
    /// Decide whether it is said here.
    Decide,
}

/// A warning that waits for a person.
pub struct Waiting {
    /// What is to be done.
    pub task: Task,
    /// With what.
    pub warning: Warning,
}

/// A warning; its document comes with it unless it was not believed.
pub async fn get(app: &App, id: WarningId) -> Result<(Warning, Option<Alert>), Failure> {
    let row = warning::Entity::find_by_id(id).one(&app.db).await?;
    let row = row.ok_or(Failure::NotFound)?;
    let alert = match row.refused {
        Some(_) => None,
        None => Some(document(app, &row).await?),
    };
    let mut all = with_sources(app, vec![row]).await?;
    Ok((all.pop().ok_or(Failure::NotFound)?, alert))
}

/// The document of a warning that is believed.
pub(super) async fn document(app: &App, row: &warning::Model) -> Result<Alert, Failure> {
    let bytes = app.files.get(&row.sha256).await?;
    Alert::from_xml(&bytes).map_err(|refused| Failure::Internal(refused.into()))
}

/// What came last.
pub async fn list(app: &App) -> Result<Vec<Warning>, Failure> {
    let rows = warning::Entity::find()
        .order_by_desc(warning::Column::Id)
        .limit(SHOWN)
        .all(&app.db)
        .await?;
    with_sources(app, rows).await
}

/// What waits for a person, what is to be taken back first.
pub async fn waiting(app: &App, person: &Person) -> Result<Vec<Waiting>, Failure> {
    let asks = person.may_somewhere(Right::Air) && person.may_somewhere(Right::Write);
    let releases = person.may_somewhere(Right::Release);
    if !asks && !releases {
        return Ok(Vec::new());
    }
    let task = |warning: &Warning| {
        if warning.outlived && releases {
            Some(Task::TakeBack)
        } else if warning.stage == Stage::Waits && asks {
            Some(Task::Decide)
        } else {
            None
        }
    };
    let mut waiting: Vec<Waiting> = list(app)
        .await?
        .into_iter()
        .filter_map(|warning| {
            let task = task(&warning)?;
            Some(Waiting { task, warning })
        })
        .collect();
    waiting.sort_by_key(|waiting| waiting.task);
    Ok(waiting)
}

async fn with_sources(app: &App, rows: Vec<warning::Model>) -> Result<Vec<Warning>, Failure> {
    let now = app.clock.now();
    let sources: BTreeMap<_, _> = source::Entity::find()
        .all(&app.db)
        .await?
        .into_iter()
        .map(|source| (source.id, source))
        .collect();
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        all.push(Warning {
            source: row.source_id.and_then(|id| sources.get(&id).cloned()),
            stage: Stage::of(&row, now),
            outlived: match (row.ended_by, row.urgent_id) {
                (Some(_), Some(id)) => is_on(app, id).await?,
                _ => false,
            },
            row,
        });
    }
    Ok(all)
}

/// Whether an urgent message is being said.
async fn is_on(app: &App, id: UrgentId) -> Result<bool, Failure> {
    let row = urgents::Entity::find_by_id(id).one(&app.db).await?;
    let now = app.clock.now();
    Ok(row.is_some_and(|row| {
        row.cancelled_at.is_none() && row.until_at.is_some_and(|until| until > now)
    }))
}

impl Stage {
    pub(super) fn of(row: &warning::Model, now: DateTime<Utc>) -> Self {
        let over = row.until_at.is_some_and(|until| until <= now);
        match row.kind.as_deref() {
            _ if row.refused.is_some() => Self::Refused,
            Some("exercise") => Self::Exercise,
            Some("cancel") => Self::Cancel,
            _ if row.ended_by.is_some() => Self::Ended,
            _ if row.urgent_id.is_some() => Self::Asked,
            _ if row.settled_at.is_some() => Self::Settled,
            _ if over => Self::Over,
            _ => Self::Waits,
        }
    }

    /// Its name in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Exercise => "exercise",
            Self::Cancel => "cancel",
            Self::Waits => "waits",
            Self::Asked => "asked",
            Self::Ended => "ended",
            Self::Settled => "settled",
            Self::Over => "over",
        }
    }

    /// Names a text of the locales.
    pub fn text(self) -> String {
        format!("warnings-stage-{}", self.name())
    }
}

impl Task {
    /// Names a text of the locales.
    pub fn text(self) -> &'static str {
        match self {
            Self::TakeBack => "warnings-task-take-back",
            Self::Decide => "warnings-task-decide",
        }
    }
}

impl Warning {
    /// What people call it.
    pub fn title(&self) -> String {
        let row = &self.row;
        let name = row.title.clone().or_else(|| row.identifier.clone());
        name.unwrap_or_else(|| format!("#{}", row.id))
    }
}
