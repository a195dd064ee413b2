//! How a loudspeaker is, and which of them need somebody to look after them.

use chrono::{DateTime, TimeDelta, Utc};
use loa_air::{Manifest, Signed, State, Status};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::entity::{manifest, speaker};
use super::last_status;
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::error::Failure;
use crate::ids::AreaId;
use crate::outlets::areas;

/// A speaker that was silent for so many of its rounds, and for at least five minutes, is away.
const ROUNDS: i32 = 4;
const AWAY: TimeDelta = TimeDelta::minutes(5);
/// A clock further off than this starts slots audibly late when the network is gone.
const CLOCK_OFF_MS: i64 = 2_000;
/// Less room than this holds no bulletin.
const FULL_BYTES: u64 = 64 * 1024 * 1024;
/// So long after the start of a slot a speaker has told that it plays, or does not.
const TO_BEGIN: TimeDelta = TimeDelta::seconds(20);

/// How a loudspeaker is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    /// Its key counts no more.
    Revoked,
    /// It enrolled and never came back.
    Never,
    /// It has not asked for too long.
    Away,
    /// It is there, something is on the air, and it does not play.
    Silent,
    /// Its clock is wrong.
    ClockOff,
    /// Its disk is full.
    Full,
    /// Its volume is none: nobody hears it, and what it plays does not count.
    Muted,
    /// It is on the air.
    Playing,
    /// It is there.
    Online,
}

/// A loudspeaker that somebody must look after.
pub struct Alarm {
    /// Which.
    pub speaker: speaker::Model,
    /// What is wrong.
    pub health: Health,
    /// The name of its area.
    pub area: String,
}

/// What is wrong in the areas that a person looks after, the silent ones first.
pub async fn alarms(app: &App, person: &Person) -> Result<Vec<Alarm>, Failure> {
    let areas = areas(&app.db, person, Right::Air).await?;
    let now = app.clock.now();
    let mut alarms = Vec::new();
    for area in areas {
        let due = on_air_since(&app.db, area.id, now).await?;
        let rows = speaker::Entity::find()
            .filter(speaker::Column::AreaId.eq(area.id))
            .filter(speaker::Column::RevokedAt.is_null())
            .order_by_asc(speaker::Column::Id)
            .all(&app.db)
            .await?;
        for speaker in rows {
            let health = Health::of(app, &speaker, due);
            if health.is_alarm() {
                alarms.push(Alarm {
                    speaker,
                    health,
                    area: area.name.clone(),
                });
            }
        }
    }
    alarms.sort_by_key(|alarm| alarm.health != Health::Silent);
    Ok(alarms)
}

/// Since when something has been on the air in an area, by its newest manifest.
pub(super) async fn on_air_since(
    connection: &impl ConnectionTrait,
    area: AreaId,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, Failure> {
    let newest = manifest::Entity::find()
        .filter(manifest::Column::AreaId.eq(area))
        .order_by_desc(manifest::Column::Version)
        .one(connection)
        .await?;
    let Some(newest) = newest else {
        return Ok(None);
    };
    let signed: Signed = serde_json::from_str(&newest.envelope)?;
    let asked: Manifest = signed.unverified().map_err(anyhow::Error::from)?;
    Ok(playing_since(&asked, now))
}

/// The start of the slot whose sounds are being said.
fn playing_since(asked: &Manifest, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let running = asked.slots.iter().filter(|slot| {
        let length: u64 = slot.items.iter().map(|item| item.duration_ms).sum();
        let length = TimeDelta::milliseconds(i64::try_from(length).unwrap_or(i64::MAX / 2));
        slot.starts_at <= now && now < Ord::min(slot.starts_at + length, slot.ends_at)
    });
    running.map(|slot| slot.starts_at).max()
}

impl Health {
    /// How a speaker is now; `due` says since when something is on the air in its area.
    pub(super) fn of(app: &App, speaker: &speaker::Model, due: Option<DateTime<Utc>>) -> Self {
        let poll = TimeDelta::seconds(i64::from(app.config.air.poll_seconds));
        let patience = Ord::max(poll * ROUNDS, AWAY);
        Self::at(
            app.clock.now(),
            patience,
            speaker,
            last_status(speaker),
            due,
        )
    }

    fn at(
        now: DateTime<Utc>,
        patience: TimeDelta,
        speaker: &speaker::Model,
        status: Option<Status>,
        due: Option<DateTime<Utc>>,
    ) -> Self {
        if speaker.revoked_at.is_some() {
            return Self::Revoked;
        }
        match speaker.seen_at {
            None => return Self::Never,
            Some(seen) if seen < now - patience => return Self::Away,
            Some(_) => {}
        }
        let Some(status) = status else {
            return Self::Online;
        };
        let told = due.is_some_and(|due| status.at >= due + TO_BEGIN);
        match status.state {
            _ if status.volume == 0 => Self::Muted,
            State::Playing => Self::Playing,
            State::Idle if told => Self::Silent,
            State::Idle if status.clock_offset_ms.abs() > CLOCK_OFF_MS => Self::ClockOff,
            State::Idle if status.free_bytes < FULL_BYTES => Self::Full,
            State::Idle => Self::Online,
        }
    }

    /// Whether somebody must look after it.
    pub fn is_alarm(self) -> bool {
        matches!(
            self,
            Self::Away | Self::Silent | Self::ClockOff | Self::Full | Self::Muted
        )
    }

    /// Its name in the API.
    pub fn name(self) -> &'static str {
        self.look().2
    }

    /// Names its text.
    pub fn text(self) -> &'static str {
        self.look().1
    }

    /// The look of its tag.
    pub fn tag(self) -> &'static str {
        self.look().0
    }

    fn look(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Revoked => ("tag-withdrawn", "speakers-is-revoked", "revoked"),
            Self::Never => ("tag-planned", "speakers-never", "never"),
            Self::Away => ("tag-failed", "speakers-away", "away"),
            Self::Silent => ("tag-failed", "speakers-silent", "silent"),
            Self::ClockOff => ("tag-returned", "speakers-clock-off", "clock_off"),
            Self::Full => ("tag-returned", "speakers-full", "full"),
            Self::Muted => ("tag-returned", "speakers-muted", "muted"),
            Self::Playing => ("tag-delivered", "speakers-playing", "playing"),
            Self::Online => ("tag-proven", "speakers-online", "online"),
        }
    }
}

#[cfg(test)]
mod tests {
    use loa_air::{Item, Priority, Slot};

    use super::*;
    use crate::ids::SpeakerId;

    fn at(time: &str) -> DateTime<Utc> {
        format!("2026-11-24T{time}Z").parse().unwrap()
    }

    fn health(seen: &str, change: impl FnOnce(&mut Status), due: Option<&str>) -> Health {
        let speaker = speaker::Model {
            id: SpeakerId(1),
            area_id: AreaId(1),
            name: String::new(),
            public_key: String::new(),
            enrolled_at: at("00:00:00"),
            revoked_at: None,
            seen_at: Some(at(seen)),
            status: None,
            latitude: None,
            longitude: None,
        };
        let mut status = Status {
            at: at(seen),
            clock_offset_ms: 40,
            free_bytes: 1 << 30,
            manifest_version: 3,
            orders_version: 0,
            sounds_held: Vec::new(),
            speaker: 1,
            state: State::Idle,
            tone: None,
            volume: 80,
        };
        change(&mut status);
        let patience = TimeDelta::minutes(5);
        Health::at(
            at("10:00:30"),
            patience,
            &speaker,
            Some(status),
            due.map(at),
        )
    }

    #[test]
    fn a_speaker_is_as_it_tells_and_as_it_is_heard_of() {
        let none = |_: &mut Status| {};
        assert_eq!(health("10:00:25", none, None), Health::Online);
        assert_eq!(health("09:55:00", none, None), Health::Away);
        assert_eq!(
            health(
                "10:00:25",
                |told| told.state = State::Playing,
                Some("10:00:00")
            ),
            Health::Playing
        );
        assert_eq!(health("10:00:25", none, Some("10:00:00")), Health::Silent);
        // It told so before it had to begin.
        assert_eq!(health("10:00:15", none, Some("10:00:00")), Health::Online);
        assert_eq!(
            health("10:00:25", |told| told.clock_offset_ms = -3_000, None),
            Health::ClockOff
        );
        assert_eq!(
            health("10:00:25", |told| told.free_bytes = 1 << 20, None),
            Health::Full
        );
        let muted = |told: &mut Status| (told.volume, told.state) = (0, State::Playing);
        assert_eq!(health("10:00:25", muted, Some("10:00:00")), Health::Muted);
    }

    #[test]
    fn what_is_on_the_air_ends_with_its_sounds() {
        let item = Item {
            bytes: 1,
            delivery: 1,
            duration_ms: 30_000,
            lufs: -16.0,
            sha256: String::new(),
            title: String::new(),
        };
        let asked = Manifest {
            area: 1,
            issued_at: at("09:00:00"),
            slots: vec![Slot {
                ends_at: at("10:15:00"),
                id: 1,
                items: vec![item.clone(), item],
                priority: Priority::Ordinary,
                starts_at: at("10:00:00"),
            }],
            valid_until: at("23:00:00"),
            version: 1,
        };
        for (time, on_air) in [
            ("09:59:59", false),
            ("10:00:00", true),
            ("10:00:59", true),
            ("10:01:00", false),
        ] {
            assert_eq!(playing_since(&asked, at(time)).is_some(), on_air, "{time}");
        }
    }
}
