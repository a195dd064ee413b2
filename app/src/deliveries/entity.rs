//! The rows of this slice. Their meaning stands beside the columns in `crates/db/migrations`.
#![allow(missing_docs)]

/// The decision to send an approved version out.
pub mod release {
    use sea_orm::entity::prelude::*;

    use crate::ids::{PersonId, ReleaseId, StoryId, VersionId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "releases")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: ReleaseId,
        pub story_id: StoryId,
        pub version_id: VersionId,
        pub sha256: String,
        pub released_by: PersonId,
        pub released_at: DateTimeUtc,
        pub withdrawn_by: Option<PersonId>,
        pub withdrawn_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// One version to one outlet at one time.
pub mod delivery {
    use sea_orm::entity::prelude::*;

    use crate::ids::{DeliveryId, OutletId, ReleaseId, SlotId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "deliveries")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: DeliveryId,
        pub release_id: ReleaseId,
        pub outlet_id: OutletId,
        pub slot_id: Option<SlotId>,
        pub key: String,
        pub state: String,
        pub planned_at: DateTimeUtc,
        pub sent_at: Option<DateTimeUtc>,
        pub delivered_at: Option<DateTimeUtc>,
        pub proven_at: Option<DateTimeUtc>,
        pub failure: Option<String>,
        pub updated_at: DateTimeUtc,
        pub tries: i64,
        pub next_at: Option<DateTimeUtc>,
        pub trying_since: Option<DateTimeUtc>,
        pub remote: Option<String>,
        pub address: Option<String>,
        pub taking_back: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// One attempt of a delivery.
pub mod attempt {
    use sea_orm::entity::prelude::*;

    use crate::ids::DeliveryId;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "delivery_attempts")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub delivery_id: DeliveryId,
        pub at: DateTimeUtc,
        pub outcome: String,
        pub answer: String,
        pub next_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What a loudspeaker signed that it played.
pub mod receipt {
    use sea_orm::entity::prelude::*;

    use crate::ids::{DeliveryId, SpeakerId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "receipts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub speaker_id: SpeakerId,
        pub delivery_id: DeliveryId,
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
