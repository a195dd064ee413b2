//! Outlets: real places on a channel, and the areas whose loudspeakers share a manifest.

pub mod entity;
mod page;

use loa_plan::ChannelKind;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait,
    QueryFilter, QueryOrder, QuerySelect, Set,
};

use crate::accounts::{Person, Right};
use crate::app::App;
use crate::audit;
use crate::error::Failure;
use crate::ids::{AreaId, OutletId, UnitId};
use entity::{area, outlet};

pub use page::{api, routes};

/// An outlet to be opened.
#[derive(Debug, Clone, Copy)]
pub struct NewOutlet<'a> {
    /// Its stable name in data files.
    pub key: &'a str,
    /// Whose it is.
    pub unit: UnitId,
    /// On which channel.
    pub kind: ChannelKind,
    /// What it is called.
    pub name: &'a str,
    /// Where it is, for people.
    pub address: Option<&'a str>,
    /// Its loudspeakers; what has an area is heard, not read.
    pub area: Option<AreaId>,
}

/// Opens an outlet.
pub async fn create(
    connection: &impl ConnectionTrait,
    wanted: &NewOutlet<'_>,
) -> Result<OutletId, Failure> {
    let row = outlet::ActiveModel {
        key: Set(wanted.key.to_owned()),
        unit_id: Set(wanted.unit),
        kind: Set(wanted.kind.name().to_owned()),
        name: Set(wanted.name.to_owned()),
        address: Set(wanted.address.map(str::to_owned)),
        area_id: Set(wanted.area),
        ..Default::default()
    };
    Ok(row.insert(connection).await?.id)
}

/// Makes an area: loudspeakers that play the same.
pub async fn create_area(
    connection: &impl ConnectionTrait,
    unit: UnitId,
    name: &str,
) -> Result<AreaId, Failure> {
    let row = area::ActiveModel {
        unit_id: Set(unit),
        name: Set(name.to_owned()),
        ..Default::default()
    };
    Ok(row.insert(connection).await?.id)
}

/// Opens a place on the air for a unit: an area, and the outlet through which stories reach its loudspeakers. A
/// commune with several clusters has an area for each.
pub async fn open_area(
    app: &App,
    person: &Person,
    unit: UnitId,
    name: &str,
) -> Result<AreaId, Failure> {
    person.require(Right::Air, unit)?;
    let transaction = app.begin().await?;
    let area = create_area(&transaction, unit, name).await?;
    let wanted = NewOutlet {
        key: &format!("area-{area}"),
        unit,
        kind: ChannelKind::Loudspeaker,
        name,
        address: None,
        area: Some(area),
    };
    create(&transaction, &wanted).await?;
    let (who, subject) = (Some(person.id), ("area", area.0));
    audit::note(app, &transaction, who, "creation", subject, name).await?;
    transaction.commit().await?;
    Ok(area)
}

/// The open outlets by kind and name, those of the person's own units first. Whoever is signed in
/// sees all of them: a story goes to outlets of other units too.
pub async fn list_for(app: &App, person: &Person) -> Result<Vec<outlet::Model>, Failure> {
    let mut open = outlet::Entity::find()
        .filter(outlet::Column::ClosedAt.is_null())
        .order_by_asc(outlet::Column::Kind)
        .order_by_asc(outlet::Column::Name)
        .all(&app.db)
        .await?;
    let own = person.reach(Right::Read);
    open.sort_by_key(|outlet| !own.contains(&outlet.unit_id));
    Ok(open)
}

/// The outlets that are read on screens of ours, as [`outlet::Model::is_board`] says of one.
pub fn boards() -> Condition {
    Condition::all()
        .add(outlet::Column::Kind.eq(ChannelKind::NoticeBoard.name()))
        .add(outlet::Column::Connector.is_null())
}

/// The areas with which a person has a right, by name.
pub async fn areas(
    connection: &impl ConnectionTrait,
    person: &Person,
    right: Right,
) -> Result<Vec<area::Model>, Failure> {
    let reach = person.reach(right);
    let all = area::Entity::find()
        .order_by_asc(area::Column::Name)
        .all(connection)
        .await?;
    Ok(all
        .into_iter()
        .filter(|area| reach.contains(&area.unit_id))
        .collect())
}

/// The areas that a person sees, and the one a page is of: the one that was asked for, or the first.
pub async fn areas_and(
    connection: &impl ConnectionTrait,
    person: &Person,
    asked: Option<AreaId>,
) -> Result<(Vec<area::Model>, Option<area::Model>), Failure> {
    let areas = areas(connection, person, Right::Read).await?;
    let area = match asked {
        Some(id) => Some(get_area(connection, person, id).await?),
        None => areas.first().cloned(),
    };
    Ok((areas, area))
}

/// Holds an area until the transaction ends: those who change its airtime are served one after the
/// other.
pub async fn lock_area(transaction: &DatabaseTransaction, id: AreaId) -> Result<(), Failure> {
    area::Entity::find_by_id(id)
        .lock_exclusive()
        .one(transaction)
        .await?;
    Ok(())
}

/// An area; 404 for who may not see it.
pub async fn get_area(
    connection: &impl ConnectionTrait,
    person: &Person,
    id: AreaId,
) -> Result<area::Model, Failure> {
    let row = area::Entity::find_by_id(id)
        .one(connection)
        .await?
        .ok_or(Failure::NotFound)?;
    if person.may(Right::Read, row.unit_id) {
        Ok(row)
    } else {
        Err(Failure::NotFound)
    }
}
