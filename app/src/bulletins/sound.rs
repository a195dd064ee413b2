//! The sounds of a bulletin: its opening and closing read aloud, its jingle, and all of it in one
//! file. The stories in it are their approved sounds, frame by frame; nothing is encoded twice.

use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use loa_audio::{
    AudioError, Jingle, JoinError, JoinPart, Loudness, Master, Sound, Tags, Take, jingle, join,
    master,
};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Set};

use super::bulletin::part_of;
use super::entity::{bulletin, part};
use super::playlist::{Kind, Playlist, compose};
use super::words::Filling;
use crate::airtime::editions;
use crate::airtime::entity::slot;
use crate::app::App;
use crate::clock::local_day;
use crate::deliveries::in_slot;
use crate::error::Failure;
use crate::ids::{BulletinId, PartId};
use crate::jobs::Outcome;
use crate::lexicon::{self, InForce, Reading, in_force};
use crate::outlets::entity::area;
use crate::stories::{SoundNote, Wish, advice, read_takes};
use crate::units::UnitTree;
use crate::web::Lang;

/// How often progress is noted while the sounds are made.
const STEP: Duration = Duration::from_secs(2);

/// What a bulletin is made from.
struct Task {
    row: bulletin::Model,
    slot: slot::Model,
    /// The opening and the closing, as they are read.
    texts: [(Kind, String); 2],
    tags: Tags,
    lexicon: std::sync::Arc<InForce>,
}

/// A part with its sound, before it has an id.
struct Made {
    kind: Kind,
    position: usize,
    text: String,
    said: Option<String>,
    sound: Sound,
    /// Which voice did not answer.
    note: Option<SoundNote>,
}

/// Makes the sounds of a bulletin and keeps them, unless it changed meanwhile: then another job is
/// on its way.
pub async fn render_bulletin(app: &App, id: BulletinId) -> Outcome {
    match make(app, id).await {
        Ok(None) => Outcome::Done,
        Ok(Some(fault)) => Outcome::Fail(fault),
        Err(error) => {
            let trouble = bulletin::Entity::update_many()
                .col_expr(bulletin::Column::Detail, Expr::value("stories-sound-later"))
                .filter(bulletin::Column::Id.eq(id))
                .filter(bulletin::Column::State.eq("rendering"))
                .exec(&app.db)
                .await;
            let more = trouble.err().map(|error| format!("; {error}"));
            Outcome::Retry(format!("{error:#}{}", more.unwrap_or_default()))
        }
    }
}

/// All that plays, in one file with a chapter for each story.
pub(super) async fn whole(
    app: &App,
    list: &Playlist,
    tags: &Tags,
) -> Result<loa_audio::Joined, Failure> {
    let mut sounds = Vec::with_capacity(list.entries.len());
    for entry in &list.entries {
        sounds.push(app.files.get(&entry.sound.sha256).await?);
    }
    let (entries, tags) = (list.entries.clone(), tags.clone());
    let joined = tokio::task::spawn_blocking(move || {
        let parts: Vec<JoinPart<'_>> = entries
            .iter()
            .zip(&sounds)
            .map(|(entry, mp3)| JoinPart {
                mp3,
                title: (entry.kind != Kind::Jingle).then_some(entry.title.as_str()),
            })
            .collect();
        join(&parts, &tags)
    });
    match joined.await.map_err(anyhow::Error::from)? {
        Ok(joined) => Ok(joined),
        Err(JoinError::Nothing) => Err(Failure::Conflict("bulletins-no-stories")),
        Err(error) => Err(Failure::Internal(error.into())),
    }
}

/// What players show of a bulletin.
pub(super) fn tags_of(slot: &slot::Model, filling: &Filling) -> Tags {
    let (lang, place) = (Lang::Vi, filling.place());
    let time = lang.time(slot.starts_at);
    Tags {
        title: lang.tv("bulletins-file-title", time),
        artist: lang.tv("bulletins-station", place),
        date: Some(local_day(slot.starts_at)),
        ..Tags::default()
    }
}

async fn make(app: &App, id: BulletinId) -> Result<Option<String>, Failure> {
    loop {
        let Some(task) = Task::of(app, id).await? else {
            return Ok(None);
        };
        match task.sounds(app).await? {
            // Unless the lexicon changed meanwhile: then its words are looked up once more.
            Ok(made) if task.finish(app, &made).await? => return Ok(None),
            Ok(_) => {}
            Err(error) => return task.fail(app, &error).await.map(Some),
        }
    }
}

impl Task {
    async fn of(app: &App, id: BulletinId) -> Result<Option<Self>, Failure> {
        let row = bulletin::Entity::find_by_id(id).one(&app.db).await?;
        let Some(row) = row.filter(|row| row.state == "rendering") else {
            return Ok(None);
        };
        let slot = slot::Entity::find_by_id(row.slot_id).one(&app.db).await?;
        let slot = slot.ok_or(Failure::NotFound)?;
        let area = area::Entity::find_by_id(slot.area_id).one(&app.db).await?;
        let area = area.ok_or(Failure::NotFound)?;
        let tree = UnitTree::load(&app.db).await?;
        let unit = tree.name(area.unit_id, local_day(slot.starts_at));
        let edition = editions(&app.db, [&slot]).await?.remove(&slot.id);
        let filling = Filling::of(slot.starts_at, &unit, edition);
        Ok(Some(Self {
            texts: [
                (Kind::Opening, filling.fill(&row.opening)),
                (Kind::Closing, filling.fill(&row.closing)),
            ],
            tags: tags_of(&slot, &filling),
            lexicon: in_force(app).await?,
            row,
            slot,
        }))
    }

    /// Every part with its sound; progress is noted on the way.
    async fn sounds(&self, app: &App) -> Result<Result<Vec<Made>, AudioError>, Failure> {
        let percent = AtomicUsize::new(0);
        let mut making = pin!(self.all(app, &percent));
        loop {
            if let Ok(answer) = tokio::time::timeout(STEP, &mut making).await {
                return answer;
            }
            let percent = percent.load(Ordering::Relaxed).to_string();
            bulletin::Entity::update_many()
                .col_expr(bulletin::Column::Detail, Expr::value(percent))
                .filter(self.unchanged())
                .exec(&app.db)
                .await?;
        }
    }

    async fn all(
        &self,
        app: &App,
        percent: &AtomicUsize,
    ) -> Result<Result<Vec<Made>, AudioError>, Failure> {
        let mut made = Vec::new();
        for (place, (kind, text)) in self.texts.iter().enumerate() {
            if text.is_empty() {
                continue;
            }
            let spoken = self.lexicon.speak(text);
            let said = Reading::of(text, &spoken, &self.lexicon).to_json()?;
            let told = |done: usize, all: usize| {
                let here = done * 45 / Ord::max(all, 1);
                percent.store(place * 45 + here, Ordering::Relaxed);
            };
            let wish = Wish {
                voice: &self.row.voice,
                speed: self.row.speed,
                tags: part_tags(*kind),
            };
            match read_takes(app, &Take::all(&spoken), wish, told).await? {
                Ok(read) => made.push(Made {
                    kind: *kind,
                    position: 0,
                    text: text.clone(),
                    said: Some(said),
                    sound: read.sound,
                    note: Some(read.note),
                }),
                Err(error) => return Ok(Err(error)),
            }
        }
        if let Some(jingle) = self.row.jingle.as_deref().and_then(Jingle::from_name) {
            let sound = match jingle_sound(app, jingle).await? {
                Ok(sound) => sound,
                Err(error) => return Ok(Err(error)),
            };
            made.extend((0..self.row.order().len()).map(|position| Made {
                kind: Kind::Jingle,
                position,
                text: jingle.name().to_owned(),
                said: None,
                sound: sound.clone(),
                note: None,
            }));
        }
        Ok(Ok(made))
    }

    /// Keeps the parts and all of it in one file; not when the lexicon has changed since the words
    /// were looked up.
    async fn finish(&self, app: &App, made: &[Made]) -> Result<bool, Failure> {
        let now = app.clock.now();
        for part in made {
            let sound = &part.sound.mp3;
            app.files.keep(&app.db, sound, "audio/mpeg", now).await?;
        }
        let rows: Vec<part::Model> = made
            .iter()
            .map(|made| made.row(self.row.id))
            .collect::<Result<_, _>>()?;
        let parts: Vec<_> = rows.iter().filter_map(part_of).collect();
        let stories = in_slot(&app.db, self.slot.id).await?;
        // All of it, whether it fits or not: what is over is seen on the page and not approved.
        let list = compose(i64::MAX, &stories, &self.row.order(), &parts);
        let whole = whole(app, &list, &self.tags).await?;
        let hash = app
            .files
            .keep(&app.db, &whole.mp3, "audio/mpeg", now)
            .await?;
        let length = i64::try_from(whole.duration_ms).map_err(anyhow::Error::from)?;

        let transaction = app.begin().await?;
        // Held, so that nobody approves between reading the bulletin and its sounds.
        slot::Entity::find_by_id(self.slot.id)
            .lock_exclusive()
            .one(&transaction)
            .await?;
        if !lexicon::hold(&transaction, self.lexicon.version).await? {
            return Ok(false);
        }
        let changed = bulletin::Entity::update_many()
            .col_expr(bulletin::Column::State, Expr::value("ready"))
            .col_expr(
                bulletin::Column::Detail,
                Expr::value(Option::<String>::None),
            )
            .col_expr(bulletin::Column::WholeSha256, Expr::value(hash))
            .col_expr(bulletin::Column::WholeMs, Expr::value(length))
            .filter(self.unchanged())
            .exec(&transaction)
            .await?;
        if changed.rows_affected == 1 {
            part::Entity::delete_many()
                .filter(part::Column::BulletinId.eq(self.row.id))
                .exec(&transaction)
                .await?;
            for row in rows {
                row.insert_new(&transaction).await?;
            }
        }
        transaction.commit().await?;
        Ok(true)
    }

    async fn fail(&self, app: &App, error: &AudioError) -> Result<String, Failure> {
        bulletin::Entity::update_many()
            .col_expr(bulletin::Column::State, Expr::value("failed"))
            .col_expr(bulletin::Column::Detail, Expr::value(advice(error)))
            .filter(self.unchanged())
            .exec(&app.db)
            .await?;
        Ok(error.to_string())
    }

    /// The bulletin as it was when its sounds were begun.
    fn unchanged(&self) -> sea_orm::Condition {
        sea_orm::Condition::all()
            .add(bulletin::Column::Id.eq(self.row.id))
            .add(bulletin::Column::UpdatedAt.eq(self.row.updated_at))
            .add(bulletin::Column::State.eq("rendering"))
    }
}

/// A jingle, brought to the loudness of the stories around it.
pub(super) async fn jingle_sound(
    app: &App,
    wanted: Jingle,
) -> Result<Result<Sound, AudioError>, Failure> {
    let wish = Master {
        target: Loudness {
            lufs: app.config.voice.lufs,
            ..Loudness::default()
        },
        tags: part_tags(Kind::Jingle),
        ..Master::default()
    };
    let made = tokio::task::spawn_blocking(move || master(&jingle(wanted), &wish)).await;
    Ok(made.map_err(anyhow::Error::from)?)
}

/// What a part says of itself: nothing of its slot, so that a jingle is the same file every day and
/// fetched once.
fn part_tags(kind: Kind) -> Tags {
    Tags {
        title: Lang::Vi.t(kind.text()),
        ..Tags::default()
    }
}

impl Made {
    fn row(&self, bulletin: BulletinId) -> Result<part::Model, Failure> {
        let number = |number: usize| i64::try_from(number).map_err(anyhow::Error::from);
        let milliseconds = i64::try_from(self.sound.duration_ms).map_err(anyhow::Error::from)?;
        Ok(part::Model {
            id: PartId(0),
            bulletin_id: bulletin,
            kind: self.kind.name().to_owned(),
            position: number(self.position)?,
            text: self.text.clone(),
            said: self.said.clone(),
            note: match &self.note {
                Some(note) => note.to_json()?,
                None => None,
            },
            sound_sha256: self.sound.sha256.clone(),
            bytes: number(self.sound.mp3.len())?,
            sound_ms: milliseconds,
            // A tenth of a LU is what anybody can hear, and what both databases give back alike.
            sound_lufs: (self.sound.lufs * 10.0).round() / 10.0,
        })
    }
}

impl part::Model {
    /// Keeps it under an id of its own.
    async fn insert_new(self, connection: &impl sea_orm::ConnectionTrait) -> Result<(), Failure> {
        let row = part::ActiveModel {
            bulletin_id: Set(self.bulletin_id),
            kind: Set(self.kind),
            position: Set(self.position),
            text: Set(self.text),
            said: Set(self.said),
            note: Set(self.note),
            sound_sha256: Set(self.sound_sha256),
            bytes: Set(self.bytes),
            sound_ms: Set(self.sound_ms),
            sound_lufs: Set(self.sound_lufs),
            ..Default::default()
        };
        row.insert(connection).await?;
        Ok(())
    }
}
