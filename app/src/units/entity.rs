//! The rows of this slice. Their meaning stands beside the columns in `crates/db/migrations`.
#![allow(missing_docs)]

/// A body, whatever it is called at a time.
pub mod unit {
    use sea_orm::entity::prelude::*;

    use crate::ids::UnitId;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "units")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: UnitId,
        pub key: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What a unit is called and whom it belongs to, from a day to a day.
pub mod unit_version {
    use sea_orm::entity::prelude::*;

    use crate::ids::UnitId;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "unit_versions")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub unit_id: UnitId,
        pub name: String,
        pub short_name: String,
        pub kind: String,
        pub level: String,
        pub parent_id: Option<UnitId>,
        pub code: Option<String>,
        pub valid_from: Date,
        pub valid_to: Option<Date>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// An old and a new unit.
pub mod unit_change {
    use sea_orm::entity::prelude::*;

    use crate::ids::UnitId;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "unit_changes")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub on_date: Date,
        pub kind: String,
        pub act: String,
        pub from_id: UnitId,
        pub to_id: Option<UnitId>,
        pub share: String,
        pub doubt: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
