//! The rows of this slice. Their meaning stands beside the columns in `crates/db/migrations`.
#![allow(missing_docs)]

/// A report of a unit for a year, in one version.
pub mod report {
    use sea_orm::entity::prelude::*;

    use crate::ids::{PersonId, RegimeId, ReportId, UnitId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "reports")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: ReportId,
        pub regime_id: RegimeId,
        pub unit_id: UnitId,
        pub year: i64,
        pub version: i64,
        pub state: String,
        pub period_from: Date,
        pub period_to: Date,
        pub narrative: String,
        pub remarks: Option<String>,
        pub snapshot: Option<String>,
        pub sha256: Option<String>,
        pub created_by: PersonId,
        pub created_at: DateTimeUtc,
        pub submitted_by: Option<PersonId>,
        pub submitted_at: Option<DateTimeUtc>,
        pub accepted_by: Option<PersonId>,
        pub accepted_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A figure of a report.
pub mod figure {
    use sea_orm::entity::prelude::*;

    use crate::ids::ReportId;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "report_figures")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub report_id: ReportId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub code: String,
        pub position: i64,
        pub value: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// An entry a figure was counted from.
pub mod figure_evidence {
    use sea_orm::entity::prelude::*;

    use crate::ids::ReportId;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "report_evidence")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub report_id: ReportId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub code: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub seq: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
