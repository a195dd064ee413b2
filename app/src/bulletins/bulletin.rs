//! Reading what plays in a slot through the person who asks.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::entity::{bulletin, part};
use super::frozen::{Frozen, thaw};
use super::playlist::{Kind, Part, Playlist, compose};
use super::words::Filling;
use crate::accounts::Person;
use crate::airtime::editions;
use crate::airtime::entity::slot;
use crate::airtime::get_slot;
use crate::app::App;
use crate::clock::local_day;
use crate::deliveries::entity::delivery;
use crate::deliveries::in_slot;
use crate::error::Failure;
use crate::files::sha256;
use crate::ids::{BulletinId, DeliveryId, SlotId};
use crate::lexicon::{InForce, Reading, in_force};
use crate::outlets::entity::area;
use crate::outlets::get_area;
use crate::stories::{Approved, Sound};
use crate::units::UnitTree;

/// A bulletin is made and approved at least so long before its slot: by then every loudspeaker that
/// has a network asks for its manifest.
pub(super) const LEAD: TimeDelta = TimeDelta::minutes(2);

/// A bulletin with its parts, as its rows have it.
#[derive(Debug, Clone)]
pub struct Bulletin {
    /// The bulletin itself.
    pub row: bulletin::Model,
    /// What was made of its words, in order.
    pub parts: Vec<part::Model>,
}

/// What a person saw of a bulletin before acting on it: an act on anything else is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Which it was.
    pub bulletin: BulletinId,
    /// When its words or its order were last changed.
    pub updated_at: DateTime<Utc>,
    /// The SHA-256 of all of it, as it could be heard.
    pub whole: Option<String>,
}

/// Everything about what plays in a slot.
pub struct Desk {
    /// The slot.
    pub slot: slot::Model,
    /// Whose it is.
    pub area: area::Model,
    /// What was released into it, in the order of release.
    pub stories: Vec<(delivery::Model, Approved)>,
    /// The newest bulletin, in work or approved.
    pub newest: Option<Bulletin>,
    /// What loudspeakers get now.
    pub on_air: Playlist,
    /// The approved bulletin behind it, by its number.
    pub number: Option<i64>,
    /// What stands for the names in the texts.
    pub(super) filling: Filling,
    /// Whether it is too late to change what plays.
    pub over: bool,
    pub(super) lexicon: std::sync::Arc<InForce>,
}

/// What plays in a slot, for a person who may see its area; 404 for others.
pub async fn desk(app: &App, person: &Person, id: SlotId) -> Result<Desk, Failure> {
    let slot = get_slot(&app.db, id).await?;
    let area = get_area(&app.db, person, slot.area_id).await?;
    let stories = in_slot(&app.db, id).await?;
    let approved = on_air(&app.db, id).await?;
    let newest = match newest(&app.db, id).await? {
        Some(row) => Some(Bulletin::of(&app.db, row).await?),
        None => None,
    };
    let tree = UnitTree::load(&app.db).await?;
    let unit = tree.name(area.unit_id, local_day(slot.starts_at));
    let edition = editions(&app.db, [&slot]).await?.remove(&slot.id);
    Ok(Desk {
        on_air: playlist(&slot, &stories, approved.as_ref()),
        number: approved.map(|approved| approved.number),
        filling: Filling::of(slot.starts_at, &unit, edition),
        over: is_over(app, &slot),
        lexicon: in_force(app).await?,
        slot,
        area,
        stories,
        newest,
    })
}

/// What loudspeakers get for a slot now.
pub(super) async fn on_the_air(
    connection: &impl ConnectionTrait,
    slot: &slot::Model,
) -> Result<Playlist, Failure> {
    let stories = in_slot(connection, slot.id).await?;
    let approved = on_air(connection, slot.id).await?;
    Ok(playlist(slot, &stories, approved.as_ref()))
}

/// Whether an approved bulletin is around the stories of a slot.
pub async fn has_bulletin(
    connection: &impl ConnectionTrait,
    slot: SlotId,
) -> Result<bool, Failure> {
    Ok(on_air(connection, slot).await?.is_some())
}

fn playlist(
    slot: &slot::Model,
    stories: &[(delivery::Model, Approved)],
    approved: Option<&Frozen>,
) -> Playlist {
    let (order, parts) = approved.map_or((Vec::new(), &[][..]), |approved| {
        (approved.order(), approved.parts.as_slice())
    });
    compose(slot.length_ms(), stories, &order, parts)
}

/// The bulletin of a slot that is on the air: the last that was approved, unless it was taken back.
/// One that was tampered with is not said: then the stories play bare, and the log tells of it.
async fn on_air(
    connection: &impl ConnectionTrait,
    slot: SlotId,
) -> Result<Option<Frozen>, Failure> {
    let last = bulletin::Entity::find()
        .filter(bulletin::Column::SlotId.eq(slot))
        .filter(bulletin::Column::State.eq("approved"))
        .order_by_desc(bulletin::Column::Number)
        .one(connection)
        .await?;
    let Some(row) = last.filter(|row| row.withdrawn_at.is_none()) else {
        return Ok(None);
    };
    match thaw(&row) {
        Ok(frozen) => Ok(Some(frozen)),
        Err(fault) => {
            tracing::error!(
                bulletin.id = row.id.0,
                error.cause = fault,
                "a bulletin is not said"
            );
            Ok(None)
        }
    }
}

/// The newest bulletin of a slot.
pub(super) async fn newest(
    connection: &impl ConnectionTrait,
    slot: SlotId,
) -> Result<Option<bulletin::Model>, Failure> {
    Ok(bulletin::Entity::find()
        .filter(bulletin::Column::SlotId.eq(slot))
        .order_by_desc(bulletin::Column::Number)
        .one(connection)
        .await?)
}

/// Whether it is too late to change what plays in a slot.
pub(super) fn is_over(app: &App, slot: &slot::Model) -> bool {
    slot.starts_at - LEAD <= app.clock.now()
}

impl Bulletin {
    pub(super) async fn of(
        connection: &impl ConnectionTrait,
        row: bulletin::Model,
    ) -> Result<Self, Failure> {
        let parts = part::Entity::find()
            .filter(part::Column::BulletinId.eq(row.id))
            .order_by_asc(part::Column::Id)
            .all(connection)
            .await?;
        Ok(Self { row, parts })
    }

    /// What somebody who looks at it now has seen.
    pub fn seen(&self) -> Seen {
        Seen {
            bulletin: self.row.id,
            updated_at: self.row.updated_at,
            whole: self.row.whole_sha256.clone(),
        }
    }

    /// Whether two people stand behind it.
    pub fn is_approved(&self) -> bool {
        self.row.state == "approved"
    }

    pub(super) fn parts(&self) -> Vec<Part> {
        self.parts.iter().filter_map(part_of).collect()
    }

    /// Whether what can be heard says what the lexicon makes of its words now.
    fn is_said(&self, lexicon: &InForce) -> bool {
        self.parts.iter().all(|part| {
            let said = part.said.as_deref().map(Reading::from_json);
            said.is_none_or(|said| said.is_ok_and(|said| said.words == lexicon.words(&part.text)))
        })
    }
}

impl bulletin::Model {
    /// The deliveries in the order of the air.
    pub fn order(&self) -> Vec<DeliveryId> {
        serde_json::from_str(&self.stories).unwrap_or_default()
    }
}

impl Desk {
    /// Whether the newest bulletin still waits for its author or for approval.
    pub fn in_work(&self) -> bool {
        let newest = self.newest.as_ref();
        newest.is_some_and(|newest| !newest.is_approved())
    }

    /// Whether a person made the newest bulletin.
    pub fn is_by(&self, person: &Person) -> bool {
        let newest = self.newest.as_ref();
        newest.is_some_and(|newest| newest.row.author_id == person.id)
    }

    /// What would be heard with the newest bulletin as it is.
    pub fn playlist(&self) -> Playlist {
        match &self.newest {
            Some(newest) if newest.row.withdrawn_at.is_none() => compose(
                self.slot.length_ms(),
                &self.stories,
                &newest.row.order(),
                &newest.parts(),
            ),
            _ => compose(self.slot.length_ms(), &self.stories, &[], &[]),
        }
    }

    /// The stories that have a sound, in the order of a bulletin; those that came later stand last.
    pub(super) fn order(&self, wanted: &[DeliveryId]) -> Vec<DeliveryId> {
        compose(self.slot.length_ms(), &self.stories, wanted, &[]).stories()
    }

    /// Why what can be heard of the newest bulletin is no longer what would be said: the name of a
    /// text. Of an approved one nothing is asked: it is what was heard.
    pub fn stale(&self) -> Option<&'static str> {
        let newest = self
            .newest
            .as_ref()
            .filter(|newest| !newest.is_approved())?;
        let order = newest.row.order();
        if self.order(&order) != order {
            return Some("bulletins-stale-stories");
        }
        let ready = newest.row.state == "ready";
        (ready && !newest.is_said(&self.lexicon)).then_some("bulletins-stale-words")
    }
}

/// A row as the rule over a slot takes it.
pub(super) fn part_of(row: &part::Model) -> Option<Part> {
    Some(Part {
        id: row.id,
        kind: match row.kind.as_str() {
            "opening" => Kind::Opening,
            "jingle" => Kind::Jingle,
            "closing" => Kind::Closing,
            _ => return None,
        },
        position: row.position,
        text: row.text.clone(),
        said: row.said.as_ref().map(|said| sha256(said.as_bytes())),
        note: row.note.clone(),
        sound: Sound {
            sha256: row.sound_sha256.clone(),
            bytes: row.bytes,
            duration_ms: row.sound_ms,
            lufs: row.sound_lufs,
        },
    })
}
