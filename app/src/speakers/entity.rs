//! The rows of this slice. Their meaning stands beside the columns in `crates/db/migrations`.
#![allow(missing_docs)]

/// A key of the server; its secret half is encrypted.
pub mod server_key {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "server_keys")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub purpose: String,
        pub public_key: String,
        pub secret: String,
        pub created_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A receiver behind a loudspeaker.
pub mod speaker {
    use sea_orm::entity::prelude::*;

    use crate::ids::{AreaId, SpeakerId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "speakers")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: SpeakerId,
        pub area_id: AreaId,
        pub name: String,
        pub public_key: String,
        pub enrolled_at: DateTimeUtc,
        pub revoked_at: Option<DateTimeUtc>,
        pub seen_at: Option<DateTimeUtc>,
        pub status: Option<String>,
        pub latitude: Option<f64>,
        pub longitude: Option<f64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A one-time code with which a loudspeaker enrols.
pub mod enrolment_code {
    use sea_orm::entity::prelude::*;

    use crate::ids::{AreaId, PersonId, SpeakerId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "enrolment_codes")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub area_id: AreaId,
        pub code_hash: String,
        pub name: String,
        pub created_by: PersonId,
        pub created_at: DateTimeUtc,
        pub expires_at: DateTimeUtc,
        pub speaker_id: Option<SpeakerId>,
        pub replaces_id: Option<SpeakerId>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A signed manifest of an area.
pub mod manifest {
    use sea_orm::entity::prelude::*;

    use crate::ids::AreaId;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "manifests")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub area_id: AreaId,
        pub version: i64,
        pub digest: String,
        pub envelope: String,
        pub created_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A request number that was used.
pub mod nonce {
    use sea_orm::entity::prelude::*;

    use crate::ids::SpeakerId;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "speaker_nonces")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub speaker_id: SpeakerId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub nonce: String,
        pub at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What a loudspeaker refused.
pub mod refusal {
    use sea_orm::entity::prelude::*;

    use crate::ids::SpeakerId;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "refusals")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub speaker_id: SpeakerId,
        pub at: DateTimeUtc,
        pub what: String,
        pub reason: String,
        pub detail: String,
        pub received_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// How long a loudspeaker was there on a day.
pub mod speaker_day {
    use sea_orm::entity::prelude::*;

    use crate::ids::SpeakerId;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "speaker_days")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub speaker_id: SpeakerId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub day: String,
        pub quarters: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What a loudspeaker is told beyond what it plays.
pub mod order {
    use sea_orm::entity::prelude::*;

    use crate::ids::{PersonId, SpeakerId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "speaker_orders")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub speaker_id: SpeakerId,
        pub version: i64,
        pub volume: Option<i64>,
        pub tone: Option<String>,
        pub tone_until: Option<DateTimeUtc>,
        pub changed_by: PersonId,
        pub changed_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
