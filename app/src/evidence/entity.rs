//! The rows of this slice. Their meaning stands beside the columns in `crates/db/migrations`.
#![allow(missing_docs)]

/// The last entry of the ledger.
pub mod head {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "ledger_head")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i64,
        pub seq: i64,
        pub hash: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// An entry of the ledger.
pub mod entry {
    use sea_orm::entity::prelude::*;

    use crate::ids::{DeliveryId, OutletId, PlanId, UnitId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "evidence")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub seq: i64,
        pub source: String,
        pub kind: String,
        pub at: DateTimeUtc,
        pub occurred_at: DateTimeUtc,
        pub plan_id: PlanId,
        pub unit_id: UnitId,
        pub outlet_id: OutletId,
        pub delivery_id: DeliveryId,
        pub channel: String,
        pub counts: bool,
        pub first: bool,
        pub seconds: i64,
        pub body: String,
        pub previous: String,
        pub hash: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A theme of an entry.
pub mod entry_theme {
    use sea_orm::entity::prelude::*;

    use crate::ids::ThemeId;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "evidence_themes")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub seq: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub theme_id: ThemeId,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A cell of the coverage table.
pub mod cell {
    use sea_orm::entity::prelude::*;

    use crate::ids::{PlanId, ThemeId, UnitId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "coverage")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub plan_id: PlanId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub theme_id: ThemeId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub channel: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit_id: UnitId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub month: String,
        pub items: i64,
        pub proofs: i64,
        pub seconds: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
