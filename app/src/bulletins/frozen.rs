//! What an approval freezes: the exact bytes whose SHA-256 stands for the approved bulletin.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};

use super::bulletin::Bulletin;
use super::entity::bulletin;
use super::playlist::Part;
use crate::deliveries::facts;
use crate::error::Failure;
use crate::files::{Files, sha256};
use crate::ids::{BulletinId, DeliveryId, PersonId, SlotId, VersionId};

/// An approved bulletin with all that was heard. The order of the fields is the order of the bytes:
/// it never changes; what is added later gets a new `form`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Frozen {
    form: u8,
    bulletin: BulletinId,
    slot: SlotId,
    pub(super) number: i64,
    author: PersonId,
    opening: String,
    closing: String,
    jingle: Option<String>,
    voice: String,
    speed: i64,
    stories: Vec<FrozenStory>,
    pub(super) parts: Vec<Part>,
    /// SHA-256 of all of it in one file.
    whole: String,
}

/// A story by its delivery, with the hash of its own approval and of its sound.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct FrozenStory {
    delivery: DeliveryId,
    version: VersionId,
    approval: String,
    sound: Option<String>,
}

impl Frozen {
    /// What an approval of a bulletin would freeze now.
    pub(super) async fn of(
        connection: &impl ConnectionTrait,
        bulletin: &Bulletin,
    ) -> Result<Self, Failure> {
        let row = &bulletin.row;
        let mut stories = Vec::new();
        for id in row.order() {
            let facts = facts(connection, id).await?;
            stories.push(FrozenStory {
                delivery: id,
                version: facts.approved.version,
                approval: facts.approved.sha256,
                sound: facts.approved.sound.map(|sound| sound.sha256),
            });
        }
        Ok(Self {
            form: 1,
            bulletin: row.id,
            slot: row.slot_id,
            number: row.number,
            author: row.author_id,
            opening: row.opening.clone(),
            closing: row.closing.clone(),
            jingle: row.jingle.clone(),
            voice: row.voice.clone(),
            speed: row.speed,
            stories,
            parts: bulletin.parts(),
            whole: row.whole_sha256.clone().ok_or(Failure::NotFound)?,
        })
    }

    /// The deliveries in the order of the air.
    pub(super) fn order(&self) -> Vec<DeliveryId> {
        self.stories.iter().map(|story| story.delivery).collect()
    }
}

/// An approved bulletin, read from the bytes that were approved; or what is wrong with them.
pub(super) fn thaw(row: &bulletin::Model) -> Result<Frozen, String> {
    let frozen = row.frozen.as_deref().unwrap_or_default();
    if Some(sha256(frozen.as_bytes())) != row.sha256 {
        return Err("the frozen text does not have its hash".to_owned());
    }
    let thawed: Frozen = serde_json::from_str(frozen).map_err(|error| error.to_string())?;
    if thawed.bulletin != row.id || thawed.slot != row.slot_id {
        return Err("what was frozen is another bulletin".to_owned());
    }
    if row
        .approver_id
        .is_none_or(|approver| approver == thawed.author)
    {
        return Err("author and approver are the same person".to_owned());
    }
    Ok(thawed)
}

/// Checks every approved bulletin: its hash, that two people stand behind it, that its rows still
/// say what was frozen, and that its sounds have the bytes that were heard. Answers how many there
/// are and what does not hold.
pub async fn verify(
    connection: &impl ConnectionTrait,
    files: &Files,
) -> Result<(u64, Vec<String>), Failure> {
    let rows = bulletin::Entity::find()
        .filter(bulletin::Column::State.eq("approved"))
        .order_by_asc(bulletin::Column::Id)
        .all(connection)
        .await?;
    let (mut walked, mut broken) = (0, Vec::new());
    for row in rows {
        walked += 1;
        let id = row.id;
        let mut fault = |what: String| broken.push(format!("bulletin {id}: {what}"));
        let frozen = match thaw(&row) {
            Ok(frozen) => frozen,
            Err(what) => {
                fault(what);
                continue;
            }
        };
        match Frozen::of(connection, &Bulletin::of(connection, row.clone()).await?).await {
            Ok(now) if now == frozen => {}
            Ok(_) => fault("the rows no longer say what was frozen".into()),
            Err(Failure::NotFound) => fault("a story of it is gone".into()),
            Err(error) => return Err(error),
        }
        let sounds = frozen.parts.iter().map(|part| part.sound.sha256.as_str());
        for sound in sounds.chain([frozen.whole.as_str()]) {
            match files.get(sound).await {
                Ok(_) => {}
                Err(Failure::NotFound) => fault(format!("the sound {sound} is gone")),
                Err(error) => fault(error.to_string()),
            }
        }
    }
    Ok((walked, broken))
}
