//! Reading what came.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use loa_cap::Alert;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::entity::{said, source, warning};
use super::places::{Ground, Places};
use super::words::infos;
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::error::Failure;
use crate::ids::{AreaId, UrgentId, WarningId};
use crate::outlets::entity::area;
use crate::urgent::entity::{urgent as urgents, urgent_area};

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
    /// The messages that were asked for with it.
    pub urgents: Vec<UrgentId>,
    /// The areas that those are for.
    pub covered: BTreeSet<AreaId>,
    /// One of them is being said although the source ended the warning: the newest such.
    pub outlived: Option<UrgentId>,
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
    let mut all = whole(app, vec![row]).await?;
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
    whole(app, rows).await
}

/// What waits for a person, what is to be taken back first.
pub async fn waiting(app: &App, person: &Person) -> Result<Vec<Waiting>, Failure> {
    let releases = person.may_somewhere(Right::Release);
    let mut ground = None;
    let mut waiting = Vec::new();
    for warning in list(app).await? {
        let task = if warning.outlived.is_some() && releases {
            Some(Task::TakeBack)
        } else if warning.may_concern(person) {
            let alert = document(app, &warning.row).await?;
            let ground = match &mut ground {
                Some(ground) => ground,
                none => none.insert(Ground::load(app).await?),
            };
            let places = warning.places(ground, &alert);
            warning.concerns(&places, person).then_some(Task::Decide)
        } else {
            None
        };
        waiting.extend(task.map(|task| Waiting { task, warning }));
    }
    waiting.sort_by_key(|waiting| waiting.task);
    Ok(waiting)
}

async fn whole(app: &App, rows: Vec<warning::Model>) -> Result<Vec<Warning>, Failure> {
    let now = app.clock.now();
    let sources: BTreeMap<_, _> = source::Entity::find()
        .all(&app.db)
        .await?
        .into_iter()
        .map(|source| (source.id, source))
        .collect();
    let said = said::Entity::find()
        .filter(said::Column::WarningId.is_in(rows.iter().map(|row| row.id)))
        .order_by_asc(said::Column::UrgentId)
        .all(&app.db)
        .await?;
    let areas = urgent_area::Entity::find()
        .filter(urgent_area::Column::UrgentId.is_in(said.iter().map(|one| one.urgent_id)))
        .all(&app.db)
        .await?;
    let on = urgents::Entity::find()
        .filter(urgents::Column::Id.is_in(said.iter().map(|one| one.urgent_id)))
        .filter(urgents::Column::CancelledAt.is_null())
        .filter(urgents::Column::UntilAt.gt(now))
        .all(&app.db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let own = said.iter().filter(|one| one.warning_id == row.id);
            let urgents: Vec<UrgentId> = own.map(|one| one.urgent_id).collect();
            let covers = |one: &&urgent_area::Model| urgents.contains(&one.urgent_id);
            let is_on = |id: &&UrgentId| on.iter().any(|one| one.id == **id);
            Warning {
                source: row.source_id.and_then(|id| sources.get(&id).cloned()),
                stage: Stage::of(&row, !urgents.is_empty(), now),
                covered: areas.iter().filter(covers).map(|one| one.area_id).collect(),
                outlived: row
                    .ended_by
                    .and_then(|_| urgents.iter().rev().find(is_on).copied()),
                urgents,
                row,
            }
        })
        .collect())
}

impl Stage {
    fn of(row: &warning::Model, asked: bool, now: DateTime<Utc>) -> Self {
        let over = row.until_at.is_some_and(|until| until <= now);
        match row.kind.as_deref() {
            _ if row.refused.is_some() => Self::Refused,
            Some("exercise") => Self::Exercise,
            Some("cancel") => Self::Cancel,
            _ if row.ended_by.is_some() => Self::Ended,
            _ if row.settled_at.is_some() => Self::Settled,
            _ if over => Self::Over,
            _ if asked => Self::Asked,
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
    /// Where it holds.
    pub fn places(&self, ground: &Ground, alert: &Alert) -> Places {
        let source = self.source.as_ref();
        source.map_or_else(Places::default, |source| {
            ground.places(source, &infos(alert))
        })
    }

    /// Of its places those where a person goes on the air and no message was asked for yet.
    pub(super) fn open_areas<'a>(
        &self,
        places: &'a Places,
        person: &Person,
    ) -> impl Iterator<Item = &'a area::Model> {
        let open = |area: &&area::Model| {
            person.may(Right::Air, area.unit_id) && !self.covered.contains(&area.id)
        };
        places.areas.iter().filter(open)
    }

    /// Whether a person may make something of it, were it theirs.
    fn may_concern(&self, person: &Person) -> bool {
        matches!(self.stage, Stage::Waits | Stage::Asked)
            && person.may_somewhere(Right::Air)
            && person.may_somewhere(Right::Write)
    }

    /// Whether a person has to decide about it: some of its places are theirs and nothing was asked for there,
    /// or nobody can tell by its codes whose it is.
    pub fn concerns(&self, places: &Places, person: &Person) -> bool {
        let doubtful = places.areas.is_empty() || !places.unknown.is_empty();
        let nobodys = doubtful && self.urgents.is_empty();
        self.may_concern(person) && (nobodys || self.open_areas(places, person).next().is_some())
    }

    /// What people call it.
    pub fn title(&self) -> String {
        let row = &self.row;
        let name = row.title.clone().or_else(|| row.identifier.clone());
        name.unwrap_or_else(|| format!("#{}", row.id))
    }
}
