//! What was typed for an outlet: kept, opened again, and what follows from a change.

use loa_plan::ChannelKind;
use sea_orm::{ActiveModelTrait, EntityTrait, QuerySelect, Set};

use super::connector::{Connector, Fault};
use super::kind::{FieldForm, Kind, Values, Wrong, unusable, value};
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::audit;
use crate::clock::random;
use crate::error::Failure;
use crate::ids::{OutletId, UnitId};
use crate::jobs::{self, Job};
use crate::outlets::entity::outlet;
use crate::outlets::{self, NewOutlet};
use crate::stories::tidy_line;

/// An outlet as somebody typed it.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// The connector's name; none: people serve it.
    pub connector: Option<&'static str>,
    /// What it is called.
    pub name: String,
    /// On which channel.
    pub kind: Option<ChannelKind>,
    /// Where it is, for people; may be empty.
    pub place: String,
    /// Whose it is.
    pub unit: Option<UnitId>,
    /// What its connector is told. A secret that is left empty stays as it was.
    pub values: Values,
}

/// Why an outlet is not connected.
#[derive(Debug)]
pub enum NotConnected {
    /// What is wrong: the name of a field, and of a text.
    Wrong(Wrong),
    /// Everything else.
    Failure(Failure),
}

impl<E: Into<Failure>> From<E> for NotConnected {
    fn from(error: E) -> Self {
        Self::Failure(error.into())
    }
}

/// Opens an outlet.
pub async fn create(app: &App, person: &Person, draft: &Draft) -> Result<OutletId, NotConnected> {
    let (kind, unit) = draft.checked(person)?;
    let (settings, secrets) = told(app, draft, None)?;
    let key: [u8; 8] = random(app.chance.as_ref());
    let name = tidy_line(&draft.name);
    let transaction = app.begin().await?;
    let id = outlets::create(
        &transaction,
        &NewOutlet {
            key: &format!("outlet-{}", hex::encode(key)),
            unit,
            kind,
            name: &name,
            address: draft.place(),
            area: None,
        },
    )
    .await?;
    let changed = outlet::ActiveModel {
        id: Set(id),
        connector: Set(draft.connector.map(str::to_owned)),
        settings: Set(settings),
        secrets: Set(secrets),
        ..Default::default()
    };
    changed.update(&transaction).await?;
    let subject = ("outlet", id.0);
    audit::note(
        app,
        &transaction,
        Some(person.id),
        "creation",
        subject,
        &name,
    )
    .await?;
    transaction.commit().await?;
    Ok(id)
}

/// Changes an outlet. It is well again until the next attempt shows otherwise, and what waits for it is
/// tried at once.
pub async fn save(
    app: &App,
    person: &Person,
    id: OutletId,
    draft: &Draft,
) -> Result<(), NotConnected> {
    let transaction = app.begin().await?;
    let row = outlet::Entity::find_by_id(id)
        .lock_exclusive()
        .one(&transaction);
    let row = row.await?.ok_or(Failure::NotFound)?;
    if !person.may(Right::Administer, row.unit_id) {
        return Err(Failure::NotFound.into());
    }
    let (kind, unit) = draft.checked(person)?;
    let (settings, secrets) = told(app, draft, Some(&row))?;
    let name = tidy_line(&draft.name);
    let mut changed: outlet::ActiveModel = row.into();
    changed.name = Set(name.clone());
    changed.kind = Set(kind.name().to_owned());
    changed.unit_id = Set(unit);
    changed.address = Set(draft.place().map(str::to_owned));
    changed.connector = Set(draft.connector.map(str::to_owned));
    changed.settings = Set(settings);
    changed.secrets = Set(secrets);
    changed.recover();
    changed.update(&transaction).await?;
    jobs::wake(&transaction, &Job::Serve { outlet: id }, app.clock.now()).await?;
    let subject = ("outlet", id.0);
    audit::note(app, &transaction, Some(person.id), "change", subject, &name).await?;
    transaction.commit().await?;
    Ok(())
}

/// An outlet as its form shows it, without its secrets.
pub(super) fn draft(app: &App, row: &outlet::Model) -> Result<Draft, Failure> {
    let connector = row.connector.as_deref().and_then(Kind::of);
    let mut values = values(app, row)?;
    for field in connector.map_or(&[][..], |kind| kind.fields) {
        if field.form == FieldForm::Secret {
            values.remove(field.name);
        }
    }
    let kinds = ChannelKind::ALL.iter().copied();
    Ok(Draft {
        connector: connector.map(|kind| kind.name),
        name: row.name.clone(),
        kind: kinds.into_iter().find(|kind| kind.name() == row.kind),
        place: row.address.clone().unwrap_or_default(),
        unit: Some(row.unit_id),
        values,
    })
}

impl Draft {
    fn place(&self) -> Option<&str> {
        let place = self.place.trim();
        (!place.is_empty()).then_some(place)
    }

    fn checked(&self, person: &Person) -> Result<(ChannelKind, UnitId), NotConnected> {
        let wrong = |field, text| NotConnected::Wrong((field, text));
        if tidy_line(&self.name).is_empty() {
            return Err(wrong("name", "connector-name-missing"));
        }
        let kind = self
            .kind
            .ok_or_else(|| wrong("kind", "connector-kind-missing"))?;
        let fits = self.connector.and_then(Kind::of).map(|way| way.fits);
        let ours = matches!(kind, ChannelKind::Portal | ChannelKind::Loudspeaker);
        if ours || fits.is_some_and(|fits| !fits.contains(&kind)) {
            return Err(wrong("kind", "connector-kind-missing"));
        }
        let unit = self
            .unit
            .ok_or_else(|| wrong("unit", "stories-unit-missing"))?;
        if !person.may(Right::Administer, unit) {
            return Err(Failure::NotFound.into());
        }
        Ok((kind, unit))
    }
}

/// What a connector is told, as it is kept: what may be seen, and what may not.
fn told(
    app: &App,
    draft: &Draft,
    before: Option<&outlet::Model>,
) -> Result<(Option<String>, Option<String>), NotConnected> {
    let Some(kind) = draft.connector.and_then(Kind::of) else {
        return Ok((None, None));
    };
    let mut values = draft.values.clone();
    let before = before.filter(|row| row.connector.as_deref() == Some(kind.name));
    if let Some(row) = before {
        keep_secrets(app, row, kind, &mut values)?;
    }
    kind.check(app, &values).map_err(NotConnected::Wrong)?;
    let part = |secret: bool| -> Values {
        let fields = kind.fields.iter();
        fields
            .filter(|field| (field.form == FieldForm::Secret) == secret)
            .map(|field| (field.name.to_owned(), value(&values, field.name).to_owned()))
            .collect()
    };
    let sealed = serde_json::to_vec(&part(true))?;
    let sealed = app
        .secrets
        .seal(&sealed, app.chance.as_ref())
        .map_err(Failure::from)?;
    Ok((Some(serde_json::to_string(&part(false))?), Some(sealed)))
}

/// What is known of an outlet's settings, secrets among it.
pub(super) fn values(app: &App, row: &outlet::Model) -> Result<Values, Failure> {
    let mut values: Values = match &row.settings {
        Some(settings) => serde_json::from_str(settings)?,
        None => Values::new(),
    };
    if let Some(sealed) = &row.secrets {
        let secrets: Values = serde_json::from_slice(&app.secrets.open(sealed)?)?;
        values.extend(secrets);
    }
    Ok(values)
}

/// The connector of an outlet.
pub(super) fn open(app: &App, row: &outlet::Model) -> Result<Box<dyn Connector>, Fault> {
    let lost = || Fault::Never("deliveries-not-connected".to_owned());
    let kind = row
        .connector
        .as_deref()
        .and_then(Kind::of)
        .ok_or_else(lost)?;
    let values = values(app, row).map_err(|error| Fault::later(format!("{error:#}")))?;
    kind.check(app, &values).map_err(unusable)
}

/// Secrets that were left empty stay as they were.
fn keep_secrets(
    app: &App,
    row: &outlet::Model,
    kind: &Kind,
    typed: &mut Values,
) -> Result<(), Failure> {
    let known = values(app, row)?;
    for field in kind
        .fields
        .iter()
        .filter(|field| field.form == FieldForm::Secret)
    {
        let empty = typed
            .get(field.name)
            .is_none_or(|value| value.trim().is_empty());
        if let (true, Some(before)) = (empty, known.get(field.name)) {
            typed.insert(field.name.to_owned(), before.clone());
        }
    }
    Ok(())
}
