//! A person, with all that their roles reach.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, Set,
};

use super::entity::{person, person_role};
use super::rights::{Right, Role};
use crate::app::App;
use crate::clock::local_day;
use crate::error::Failure;
use crate::ids::{PersonId, UnitId};
use crate::units::UnitTree;
use crate::web::Lang;

/// Somebody with an account, as of now.
#[derive(Debug, Clone)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// What they type to sign in.
    pub login: String,
    /// Their name.
    pub name: String,
    /// The language they read.
    pub lang: Lang,
    /// The unit of their first role.
    pub unit: Option<UnitId>,
    /// Its name today.
    pub unit_name: String,
    roles: Vec<Reach>,
}

#[derive(Debug, Clone)]
struct Reach {
    role: Role,
    unit: UnitId,
    /// The unit, those below it today, and those they all came from.
    units: BTreeSet<UnitId>,
}

impl Person {
    /// Whether they may do something with the things of a unit.
    pub fn may(&self, right: Right, unit: UnitId) -> bool {
        self.roles
            .iter()
            .any(|reach| reach.role.has(right) && reach.units.contains(&unit))
    }

    /// Whether they may do something anywhere.
    pub fn may_somewhere(&self, right: Right) -> bool {
        self.roles.iter().any(|reach| reach.role.has(right))
    }

    /// Every unit with which they may do something.
    pub fn reach(&self, right: Right) -> BTreeSet<UnitId> {
        let with = self.roles.iter().filter(|reach| reach.role.has(right));
        with.flat_map(|reach| reach.units.iter().copied()).collect()
    }

    /// Two letters of their name, for narrow screens.
    pub fn initials(&self) -> String {
        let letters = |word: &str| word.chars().next();
        let mut words = self.name.split_whitespace();
        let last = words.next_back().and_then(letters);
        words
            .next_back()
            .and_then(letters)
            .into_iter()
            .chain(last)
            .collect()
    }

    /// The units their roles are in.
    pub fn posts(&self, right: Right) -> Vec<UnitId> {
        let with = self.roles.iter().filter(|reach| reach.role.has(right));
        with.map(|reach| reach.unit)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect()
    }

    /// Refuses, with the name of a text, what they may not do with a unit they can see.
    pub fn require(&self, right: Right, unit: UnitId) -> Result<(), Failure> {
        if self.may(right, unit) {
            Ok(())
        } else if self.may(Right::Read, unit) {
            Err(Failure::Forbidden("error-right"))
        } else {
            Err(Failure::NotFound)
        }
    }
}

/// Somebody by id; `None` when the account is closed.
pub async fn find(app: &App, id: PersonId) -> Result<Option<Person>, Failure> {
    match person::Entity::find_by_id(id).one(&app.db).await? {
        Some(row) if row.disabled_at.is_none() => with_roles(app, row).await.map(Some),
        _ => Ok(None),
    }
}

/// Somebody by what they type to sign in.
pub async fn find_by_login(app: &App, login: &str) -> Result<Option<person::Model>, Failure> {
    Ok(person::Entity::find()
        .filter(person::Column::Login.eq(login))
        .one(&app.db)
        .await?)
}

/// The names of people.
pub async fn names(
    connection: &impl ConnectionTrait,
    people: Vec<PersonId>,
) -> Result<BTreeMap<PersonId, String>, Failure> {
    let rows = person::Entity::find()
        .filter(person::Column::Id.is_in(people))
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// Has what a person does twice at the same moment done one after the other, until the transaction ends.
pub async fn lock(transaction: &DatabaseTransaction, id: PersonId) -> Result<(), Failure> {
    person::Entity::find_by_id(id)
        .lock_exclusive()
        .one(transaction)
        .await?;
    Ok(())
}

/// Opens an account.
pub async fn create(
    app: &App,
    connection: &impl ConnectionTrait,
    login: &str,
    name: &str,
    password: &str,
) -> Result<PersonId, Failure> {
    let row = person::ActiveModel {
        login: Set(login.to_owned()),
        name: Set(name.to_owned()),
        password_hash: Set(super::hash(password, app.chance.as_ref()).map_err(anyhow::Error::from)?),
        language: Set("vi".to_owned()),
        created_at: Set(app.clock.now()),
        ..Default::default()
    };
    Ok(row.insert(connection).await?.id)
}

/// Gives a person a role in a unit.
pub async fn grant(
    connection: &impl ConnectionTrait,
    person: PersonId,
    role: Role,
    unit: UnitId,
) -> Result<(), Failure> {
    let row = person_role::ActiveModel {
        person_id: Set(person),
        unit_id: Set(unit),
        role: Set(role.name().to_owned()),
        ..Default::default()
    };
    row.insert(connection).await?;
    Ok(())
}

async fn with_roles(app: &App, row: person::Model) -> Result<Person, Failure> {
    let rows = person_role::Entity::find()
        .filter(person_role::Column::PersonId.eq(row.id))
        .order_by_asc(person_role::Column::Id)
        .all(&app.db)
        .await?;
    let tree = UnitTree::load(&app.db).await?;
    let today = local_day(app.clock.now());
    let roles: Vec<Reach> = rows
        .into_iter()
        .filter_map(|held| {
            let role = held.role.parse().ok()?;
            Some(Reach {
                role,
                unit: held.unit_id,
                units: tree.reach(held.unit_id, today),
            })
        })
        .collect();
    let unit = roles.first().map(|reach| reach.unit);
    Ok(Person {
        id: row.id,
        login: row.login,
        name: row.name,
        lang: Lang::parse(&row.language),
        unit,
        unit_name: unit.map(|unit| tree.name(unit, today)).unwrap_or_default(),
        roles,
    })
}
