//! The rows of this slice. Their meaning stands beside the columns in `crates/db/migrations`.
#![allow(missing_docs)]

/// One piece of information.
pub mod story {
    use sea_orm::entity::prelude::*;

    use crate::ids::{ClauseId, PersonId, SlotId, StoryId, UnitId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "stories")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: StoryId,
        pub unit_id: UnitId,
        pub clause_id: ClauseId,
        pub slug: String,
        pub state: String,
        pub created_by: PersonId,
        pub created_at: DateTimeUtc,
        pub updated_at: DateTimeUtc,
        pub wanted_slot_id: Option<SlotId>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A version of a story.
pub mod version {
    use sea_orm::entity::prelude::*;

    use crate::ids::{PersonId, StoryId, VersionId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "story_versions")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: VersionId,
        pub story_id: StoryId,
        pub number: i64,
        pub title: String,
        pub summary: String,
        pub body: String,
        pub author_id: PersonId,
        pub created_at: DateTimeUtc,
        pub updated_at: DateTimeUtc,
        pub submitted_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A theme of a version.
pub mod story_theme {
    use sea_orm::entity::prelude::*;

    use crate::ids::{ThemeId, VersionId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "story_themes")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub version_id: VersionId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub theme_id: ThemeId,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A version as one channel needs it.
pub mod rendition {
    use sea_orm::entity::prelude::*;

    use crate::ids::{RenditionId, VersionId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "renditions")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: RenditionId,
        pub version_id: VersionId,
        pub kind: String,
        pub text: String,
        pub sound_state: String,
        pub sound_detail: Option<String>,
        pub sound_sha256: Option<String>,
        pub sound_ms: Option<i64>,
        pub sound_lufs: Option<f64>,
        pub voice: Option<String>,
        pub voice_wanted: Option<String>,
        pub speed: Option<i64>,
        pub said: Option<String>,
        pub sound_note: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A person who reads a script, or a sentence of it.
pub mod recording {
    use sea_orm::entity::prelude::*;

    use crate::ids::{PersonId, RecordingId, StoryId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "recordings")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: RecordingId,
        pub story_id: StoryId,
        pub text: String,
        pub name: String,
        pub media_type: String,
        pub original_sha256: String,
        pub length_ms: i64,
        pub from_ms: i64,
        pub to_ms: i64,
        pub peaks: String,
        pub made_by: PersonId,
        pub made_at: DateTimeUtc,
        pub removed_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A recording that is heard in a sound.
pub mod rendition_recording {
    use sea_orm::entity::prelude::*;

    use crate::ids::{RecordingId, RenditionId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "rendition_recordings")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub rendition_id: RenditionId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub recording_id: RecordingId,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Why a version went back.
pub mod review {
    use sea_orm::entity::prelude::*;

    use crate::ids::{PersonId, VersionId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "reviews")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub version_id: VersionId,
        pub person_id: PersonId,
        pub reason: String,
        pub at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The frozen consent of a second person.
pub mod approval {
    use sea_orm::entity::prelude::*;

    use crate::ids::{PersonId, VersionId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "approvals")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub version_id: VersionId,
        pub author_id: PersonId,
        pub approver_id: PersonId,
        pub sha256: String,
        pub frozen: String,
        pub at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
