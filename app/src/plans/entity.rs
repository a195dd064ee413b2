//! The rows of this slice. Their meaning stands beside the columns in `crates/db/migrations`.
//! Duties and regimes are among them: a confirmation writes them with the clauses they stand in.
#![allow(missing_docs)]

mod review;

pub use review::{clause_address, element, relation, version};

/// An official document and what was read from it.
pub mod plan {
    use sea_orm::entity::prelude::*;

    use crate::ids::{PersonId, PlanId, UnitId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "plans")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: PlanId,
        pub state: String,
        pub unit_id: UnitId,
        pub title: String,
        pub period_from: i64,
        pub period_to: i64,
        pub reading: String,
        pub source_text: String,
        pub file_name: String,
        pub file_sha256: String,
        pub imported_by: PersonId,
        pub imported_at: DateTimeUtc,
        pub confirmed_by: Option<PersonId>,
        pub confirmed_at: Option<DateTimeUtc>,
        pub number: Option<String>,
        pub notation: Option<String>,
        pub version: i64,
        pub corrected_by: Option<PersonId>,
        pub corrected_at: Option<DateTimeUtc>,
        pub corrects: Option<PlanId>,
        pub corrects_version: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// An addressed part of a document.
pub mod clause {
    use sea_orm::entity::prelude::*;

    use crate::ids::{ClauseId, PlanId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "clauses")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: ClauseId,
        pub plan_id: PlanId,
        pub parent_id: Option<ClauseId>,
        pub position: i64,
        pub address: String,
        pub eid: String,
        pub marker: Option<String>,
        pub heading: Option<String>,
        pub text: String,
        pub line: i64,
        pub ended_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What must be talked about.
pub mod theme {
    use sea_orm::entity::prelude::*;

    use crate::ids::{ClauseId, PlanId, ThemeId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "themes")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: ThemeId,
        pub plan_id: PlanId,
        pub clause_id: ClauseId,
        pub position: i64,
        pub label: String,
        pub ended_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A channel kind the plan names.
pub mod plan_channel {
    use sea_orm::entity::prelude::*;

    use crate::ids::{ClauseId, PlanId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "plan_channels")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub plan_id: PlanId,
        pub clause_id: ClauseId,
        pub kind: String,
        pub label: String,
        pub ended_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What a clause asks of units.
pub mod duty {
    use sea_orm::entity::prelude::*;

    use crate::ids::{ClauseId, DutyId, PlanId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "duties")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: DutyId,
        pub plan_id: PlanId,
        pub clause_id: ClauseId,
        pub position: i64,
        pub text: String,
        pub cadence: String,
        pub due: Option<String>,
        pub product: Option<String>,
        pub budget: Option<String>,
        pub row: Option<String>,
        pub ended_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A unit as the plan names it.
pub mod duty_unit {
    use sea_orm::entity::prelude::*;

    use crate::ids::{DutyId, UnitId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "duty_units")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub duty_id: DutyId,
        pub name: String,
        pub role: String,
        pub unit_id: Option<UnitId>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Who reports to whom, by when.
pub mod regime {
    use sea_orm::entity::prelude::*;

    use crate::ids::{ClauseId, PlanId, RegimeId, UnitId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "regimes")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: RegimeId,
        pub plan_id: PlanId,
        pub clause_id: ClauseId,
        pub recipient: String,
        pub unit_id: UnitId,
        pub due_month: i64,
        pub due_day: i64,
        pub inclusive: bool,
        pub cadence: String,
        pub ended_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
