//! The rows of this slice. Their meaning stands beside the columns in `crates/db/migrations`.
#![allow(missing_docs)]

/// Who may warn, and by which key.
pub mod source {
    use sea_orm::entity::prelude::*;

    use crate::ids::{PersonId, SourceId, UnitId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "warning_sources")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: SourceId,
        pub unit_id: UnitId,
        pub name: String,
        pub sender: String,
        pub certificate: String,
        pub code_list: String,
        pub feed: Option<String>,
        pub made_by: PersonId,
        pub made_at: DateTimeUtc,
        pub asked_at: Option<DateTimeUtc>,
        pub fault: Option<String>,
        pub closed_by: Option<PersonId>,
        pub closed_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What two people let be said without asking them again.
pub mod rule {
    use sea_orm::entity::prelude::*;

    use crate::ids::{PersonId, RuleId, SourceId, UnitId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "warning_rules")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: RuleId,
        pub source_id: SourceId,
        pub unit_id: UnitId,
        pub severity: String,
        pub certainty: String,
        pub minutes: i64,
        pub times: i64,
        pub portal: bool,
        pub source_sha256: String,
        pub asked_by: PersonId,
        pub asked_at: DateTimeUtc,
        pub approved_by: Option<PersonId>,
        pub approved_at: Option<DateTimeUtc>,
        pub ended_by: Option<PersonId>,
        pub ended_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What came from a source, or said so.
pub mod warning {
    use sea_orm::entity::prelude::*;

    use crate::ids::{PersonId, RuleId, SourceId, UrgentId, VersionId, WarningId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "warnings")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: WarningId,
        pub source_id: Option<SourceId>,
        pub sha256: String,
        pub sender: Option<String>,
        pub identifier: Option<String>,
        pub sent_at: Option<DateTimeUtc>,
        pub kind: Option<String>,
        pub refers: Option<String>,
        pub title: Option<String>,
        pub until_at: Option<DateTimeUtc>,
        pub received_at: DateTimeUtc,
        pub refused: Option<String>,
        pub detail: Option<String>,
        pub ended_by: Option<WarningId>,
        pub rule_id: Option<RuleId>,
        pub held: Option<String>,
        pub urgent_id: Option<UrgentId>,
        pub version_id: Option<VersionId>,
        pub written_at: Option<DateTimeUtc>,
        pub settled_by: Option<PersonId>,
        pub settled_at: Option<DateTimeUtc>,
        pub remark: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A message that was asked for with a warning.
pub mod said {
    use sea_orm::entity::prelude::*;

    use crate::ids::{UrgentId, WarningId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "warning_urgents")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub urgent_id: UrgentId,
        pub warning_id: WarningId,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// An address that a feed named and that was fetched.
pub mod link {
    use sea_orm::entity::prelude::*;

    use crate::ids::SourceId;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "warning_links")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub source_id: SourceId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub sha256: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
