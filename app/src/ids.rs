//! Ids are newtypes, so that a story is never looked up by the id of a unit.

use sea_orm::DeriveValueType;
use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, DeriveValueType,
        )]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// Of something done at a commune's phone.
    ActId,
    /// Of an area.
    AreaId,
    /// Of a notice board.
    BoardId,
    /// Of a bulletin.
    BulletinId,
    /// Of a clause.
    ClauseId,
    /// Of a delivery.
    DeliveryId,
    /// Of a duty.
    DutyId,
    /// Of an element of a plan.
    ElementId,
    /// Of an entry of the lexicon.
    EntryId,
    /// Of an outlet.
    OutletId,
    /// Of a part of a bulletin.
    PartId,
    /// Of a weekly pattern.
    PatternId,
    /// Of a person.
    PersonId,
    /// Of a plan.
    PlanId,
    /// Of a recording.
    RecordingId,
    /// Of a regime.
    RegimeId,
    /// Of a release.
    ReleaseId,
    /// Of a rendition.
    RenditionId,
    /// Of a report.
    ReportId,
    /// Of a rule of warnings.
    RuleId,
    /// Of a slot.
    SlotId,
    /// Of a source of warnings.
    SourceId,
    /// Of a speaker.
    SpeakerId,
    /// Of a story.
    StoryId,
    /// Of a theme.
    ThemeId,
    /// Of a unit.
    UnitId,
    /// Of an urgent message.
    UrgentId,
    /// Of a version.
    VersionId,
    /// Of a warning.
    WarningId,
}
