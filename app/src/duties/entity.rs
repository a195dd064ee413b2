//! The rows of this slice. Their meaning stands beside the columns in `crates/db/migrations`.
#![allow(missing_docs)]

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
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
