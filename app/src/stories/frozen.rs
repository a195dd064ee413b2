//! What an approval freezes: the exact bytes whose SHA-256 stands for the approved version.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};

use super::entity::{approval, rendition, story, version};
use super::note::SoundNote;
use super::story::themes;
use crate::error::Failure;
use crate::files::entity::file;
use crate::files::{Files, sha256};
use crate::ids::{ClauseId, PersonId, PlanId, StoryId, ThemeId, UnitId, VersionId};
use crate::plans::entity::{clause, clause_address, theme};

/// An approved version with all that was approved with it. The order of the fields is the order of
/// the bytes: it never changes; what is added later gets a new `form`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Frozen {
    form: u8,
    story: StoryId,
    version: VersionId,
    number: i64,
    slug: String,
    title: String,
    summary: String,
    body: String,
    author: PersonId,
    unit: UnitId,
    plan: PlanId,
    clause: FrozenClause,
    themes: Vec<FrozenTheme>,
    renditions: Vec<FrozenRendition>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct FrozenClause {
    id: ClauseId,
    address: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct FrozenTheme {
    id: ThemeId,
    clause: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct FrozenRendition {
    kind: String,
    text: String,
    voice: Option<String>,
    sound: Option<Sound>,
    /// Percent of a newsreader's pace. From form 2 on, as what follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    speed: Option<i64>,
    /// SHA-256 of the words of the sound, as they are kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    said: Option<String>,
    /// What is to be known of the sound, as it is kept. From form 3 on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// A sound that may be broadcast.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sound {
    /// Its file.
    pub sha256: String,
    /// Its size.
    pub bytes: i64,
    /// Its length in milliseconds.
    pub duration_ms: i64,
    /// Its integrated loudness (EBU R128).
    pub lufs: f64,
}

/// An approved version, read from the bytes that were approved.
#[derive(Debug, Clone, PartialEq)]
pub struct Approved {
    /// The story.
    pub story: StoryId,
    /// The version.
    pub version: VersionId,
    /// Its number within the story.
    pub number: i64,
    /// SHA-256 of the frozen bytes: what loudspeakers and outlets are told.
    pub sha256: String,
    /// Its title.
    pub title: String,
    /// Its summary; may be empty.
    pub summary: String,
    /// Its body as HTML, safe to show.
    pub body_html: String,
    /// Its body as Markdown.
    pub body: String,
    /// Whose story it is.
    pub unit: UnitId,
    /// The clause it serves.
    pub clause: ClauseId,
    /// The plan of that clause.
    pub plan: PlanId,
    /// What it talks about.
    pub themes: Vec<ThemeId>,
    /// Its name in addresses.
    pub slug: String,
    /// Its sound; a version without one never goes to loudspeakers.
    pub sound: Option<Sound>,
    /// The voice that reads in it.
    pub voice: Option<String>,
    /// What is to be known of the sound.
    pub note: SoundNote,
    /// When it was approved.
    pub approved_at: chrono::DateTime<chrono::Utc>,
}

/// Who approved a version; 404 when nobody did.
pub async fn approver(
    connection: &impl ConnectionTrait,
    version: VersionId,
) -> Result<PersonId, Failure> {
    let row = approval::Entity::find_by_id(version)
        .one(connection)
        .await?;
    Ok(row.ok_or(Failure::NotFound)?.approver_id)
}

/// An approved version; 404 when it was not approved. The frozen bytes are checked against their
/// hash, so that a row changed behind the program's back is an error, never a broadcast.
pub async fn approved(
    connection: &impl ConnectionTrait,
    version: VersionId,
) -> Result<Approved, Failure> {
    let row = approval::Entity::find_by_id(version)
        .one(connection)
        .await?
        .ok_or(Failure::NotFound)?;
    thaw(row)
}

/// The newest approved version of a story.
pub async fn latest_approved(
    connection: &impl ConnectionTrait,
    story: StoryId,
) -> Result<Option<Approved>, Failure> {
    let versions = version::Entity::find()
        .filter(version::Column::StoryId.eq(story))
        .order_by_desc(version::Column::Number)
        .all(connection)
        .await?;
    for version in versions {
        if let Some(row) = approval::Entity::find_by_id(version.id)
            .one(connection)
            .await?
        {
            return thaw(row).map(Some);
        }
    }
    Ok(None)
}

/// Checks every approval: its hash, that two people stand behind it, that its rows still say what
/// was frozen, and that the sound has the bytes that were heard. Answers what does not hold.
pub async fn verify(
    connection: &impl ConnectionTrait,
    files: &Files,
) -> Result<Vec<String>, Failure> {
    let mut broken = Vec::new();
    let rows = approval::Entity::find()
        .order_by_asc(approval::Column::VersionId)
        .all(connection)
        .await?;
    for row in rows {
        let version = row.version_id;
        let mut fault =
            |what: String| broken.push(format!("approval of version {version}: {what}"));
        if sha256(row.frozen.as_bytes()) != row.sha256 {
            fault("the frozen text does not have its hash".into());
        }
        if row.author_id == row.approver_id {
            fault("author and approver are the same person".into());
        }
        match Frozen::of(connection, version).await {
            Ok(mut now) => {
                now.readdress(connection, &row.frozen).await?;
                if now.author == row.approver_id {
                    fault("the version's author approved it".into());
                }
                if serde_json::to_string(&now)? != row.frozen {
                    fault("the rows no longer say what was frozen".into());
                }
            }
            Err(Failure::NotFound) => fault("its version is gone".into()),
            Err(error) => return Err(error),
        }
        let Ok(frozen) = serde_json::from_str::<Frozen>(&row.frozen) else {
            fault("the frozen text cannot be read".into());
            continue;
        };
        for part in frozen
            .renditions
            .iter()
            .filter_map(|part| part.note.as_deref())
        {
            for heard in SoundNote::from_json(Some(part))?.recorded {
                if heard.by == row.approver_id {
                    fault("the approver is heard in its sound".into());
                }
                if let Err(Failure::NotFound) = files.get(&heard.original).await {
                    fault(format!("the recording {} is gone", heard.original));
                }
            }
        }
        for sound in frozen
            .renditions
            .iter()
            .filter_map(|part| part.sound.as_ref())
        {
            match files.get(&sound.sha256).await {
                Ok(_) => {}
                Err(Failure::NotFound) => fault(format!("the sound {} is gone", sound.sha256)),
                Err(error) => fault(error.to_string()),
            }
        }
    }
    Ok(broken)
}

impl FrozenRendition {
    /// The first form that has room for all it says.
    fn form(&self) -> u8 {
        match (&self.note, self.speed.is_some() || self.said.is_some()) {
            (Some(_), _) => 3,
            (None, true) => 2,
            (None, false) => 1,
        }
    }
}

impl Frozen {
    /// What an approval of a version would freeze now.
    pub(super) async fn of(
        connection: &impl ConnectionTrait,
        version: VersionId,
    ) -> Result<Self, Failure> {
        let version = version::Entity::find_by_id(version)
            .one(connection)
            .await?
            .ok_or(Failure::NotFound)?;
        let story = story::Entity::find_by_id(version.story_id)
            .one(connection)
            .await?
            .ok_or(Failure::NotFound)?;
        let clause = clause::Entity::find_by_id(story.clause_id)
            .one(connection)
            .await?
            .ok_or(Failure::NotFound)?;
        let rows = rendition::Entity::find()
            .filter(rendition::Column::VersionId.eq(version.id))
            .order_by_asc(rendition::Column::Kind)
            .all(connection)
            .await?;
        let mut renditions = Vec::with_capacity(rows.len());
        for row in rows {
            renditions.push(FrozenRendition {
                sound: sound(connection, &row).await?,
                kind: row.kind,
                text: row.text,
                voice: row.voice,
                speed: row.speed,
                said: row.said.map(|said| sha256(said.as_bytes())),
                note: row.sound_note,
            });
        }
        let form = renditions.iter().map(FrozenRendition::form).max();
        Ok(Self {
            form: form.unwrap_or(1),
            themes: frozen_themes(connection, version.id).await?,
            story: story.id,
            version: version.id,
            number: version.number,
            slug: story.slug,
            title: version.title,
            summary: version.summary,
            body: version.body,
            author: version.author_id,
            unit: story.unit_id,
            plan: clause.plan_id,
            clause: FrozenClause {
                id: clause.id,
                address: clause.address,
            },
            renditions,
        })
    }
}

impl Frozen {
    /// Gives clauses the addresses that were frozen, where they are addresses that the clauses had:
    /// a corrected plan numbers its clauses anew.
    async fn readdress(
        &mut self,
        connection: &impl ConnectionTrait,
        frozen: &str,
    ) -> Result<(), Failure> {
        let Ok(then) = serde_json::from_str::<Self>(frozen) else {
            return Ok(());
        };
        let had = async |clause: ClauseId, address: &str| -> Result<bool, Failure> {
            let known = clause_address::Entity::find()
                .filter(clause_address::Column::ClauseId.eq(clause))
                .filter(clause_address::Column::Address.eq(address))
                .count(connection)
                .await?;
            Ok(known > 0)
        };
        if self.clause != then.clause
            && self.clause.id == then.clause.id
            && had(then.clause.id, &then.clause.address).await?
        {
            self.clause = then.clause;
        }
        for now in &mut self.themes {
            let Some(before) = then.themes.iter().find(|theme| theme.id == now.id) else {
                continue;
            };
            if now.clause != before.clause {
                let theme = theme::Entity::find_by_id(now.id).one(connection).await?;
                let clause = theme.ok_or(Failure::NotFound)?.clause_id;
                if had(clause, &before.clause).await? {
                    now.clause.clone_from(&before.clause);
                }
            }
        }
        Ok(())
    }
}

fn thaw(row: approval::Model) -> Result<Approved, Failure> {
    if sha256(row.frozen.as_bytes()) != row.sha256 {
        let version = row.version_id;
        return Err(anyhow::anyhow!("the approval of version {version} was tampered with").into());
    }
    let frozen: Frozen = serde_json::from_str(&row.frozen)?;
    let part = |kind: &str| frozen.renditions.iter().find(|part| part.kind == kind);
    Ok(Approved {
        body_html: part("web")
            .map(|page| page.text.clone())
            .unwrap_or_default(),
        sound: part("radio").and_then(|script| script.sound.clone()),
        voice: part("radio").and_then(|script| script.voice.clone()),
        note: SoundNote::from_json(part("radio").and_then(|script| script.note.as_deref()))?,
        story: frozen.story,
        version: frozen.version,
        number: frozen.number,
        sha256: row.sha256,
        title: frozen.title,
        summary: frozen.summary,
        body: frozen.body,
        unit: frozen.unit,
        clause: frozen.clause.id,
        plan: frozen.plan,
        themes: frozen.themes.iter().map(|theme| theme.id).collect(),
        slug: frozen.slug,
        approved_at: row.at,
    })
}

async fn frozen_themes(
    connection: &impl ConnectionTrait,
    version: VersionId,
) -> Result<Vec<FrozenTheme>, Failure> {
    let mut frozen = Vec::new();
    for id in themes(connection, version).await? {
        let theme = theme::Entity::find_by_id(id).one(connection).await?;
        let theme = theme.ok_or(Failure::NotFound)?;
        let clause = clause::Entity::find_by_id(theme.clause_id)
            .one(connection)
            .await?;
        frozen.push(FrozenTheme {
            id,
            clause: clause.ok_or(Failure::NotFound)?.address,
        });
    }
    Ok(frozen)
}

async fn sound(
    connection: &impl ConnectionTrait,
    row: &rendition::Model,
) -> Result<Option<Sound>, Failure> {
    let Some(sha256) = row.sound_sha256.clone() else {
        return Ok(None);
    };
    let file = file::Entity::find_by_id(sha256.clone())
        .one(connection)
        .await?;
    Ok(Some(Sound {
        sha256,
        bytes: file.ok_or(Failure::NotFound)?.bytes,
        duration_ms: row.sound_ms.unwrap_or_default(),
        lufs: row.sound_lufs.unwrap_or_default(),
    }))
}
