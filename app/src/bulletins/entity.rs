//! The rows of this slice. Their meaning stands beside the columns in `crates/db/migrations`.
#![allow(missing_docs)]

/// What is said around the stories of a slot.
pub mod bulletin {
    use sea_orm::entity::prelude::*;

    use crate::ids::{BulletinId, PersonId, SlotId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "bulletins")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: BulletinId,
        pub slot_id: SlotId,
        pub number: i64,
        pub author_id: PersonId,
        pub opening: String,
        pub closing: String,
        pub jingle: Option<String>,
        pub voice: String,
        pub speed: i64,
        pub stories: String,
        pub state: String,
        pub detail: Option<String>,
        pub whole_sha256: Option<String>,
        pub whole_ms: Option<i64>,
        pub frozen: Option<String>,
        pub sha256: Option<String>,
        pub approver_id: Option<PersonId>,
        pub approved_at: Option<DateTimeUtc>,
        pub withdrawn_by: Option<PersonId>,
        pub withdrawn_at: Option<DateTimeUtc>,
        pub created_at: DateTimeUtc,
        pub updated_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// An opening, a jingle or a closing.
pub mod part {
    use sea_orm::entity::prelude::*;

    use crate::ids::{BulletinId, PartId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "bulletin_parts")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: PartId,
        pub bulletin_id: BulletinId,
        pub kind: String,
        pub position: i64,
        pub text: String,
        pub said: Option<String>,
        pub note: Option<String>,
        pub sound_sha256: String,
        pub bytes: i64,
        pub sound_ms: i64,
        pub sound_lufs: f64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What a loudspeaker signed that it played of a bulletin.
pub mod airing {
    use sea_orm::entity::prelude::*;

    use crate::ids::{PartId, SpeakerId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "bulletin_airings")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub speaker_id: SpeakerId,
        pub part_id: PartId,
        pub started_at: DateTimeUtc,
        pub ended_at: DateTimeUtc,
        pub outcome: String,
        pub lateness_ms: i64,
        pub envelope: String,
        pub received_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
