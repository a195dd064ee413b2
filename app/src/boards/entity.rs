//! The rows of this slice. Their meaning stands beside the columns in `crates/db/migrations`.
#![allow(missing_docs)]

/// A public screen.
pub mod board {
    use sea_orm::entity::prelude::*;

    use crate::ids::{BoardId, OutletId, PersonId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "boards")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: BoardId,
        pub outlet_id: OutletId,
        pub name: String,
        pub created_by: PersonId,
        pub created_at: DateTimeUtc,
        pub code_hash: Option<String>,
        pub code_until: Option<DateTimeUtc>,
        pub public_key: Option<String>,
        pub enrolled_at: Option<DateTimeUtc>,
        pub revoked_at: Option<DateTimeUtc>,
        pub seen_at: Option<DateTimeUtc>,
        pub version: i64,
        pub digest: String,
        pub refused_at: Option<DateTimeUtc>,
        pub refused: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What a board signed that it showed.
pub mod board_receipt {
    use sea_orm::entity::prelude::*;

    use crate::ids::{BoardId, DeliveryId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "board_receipts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub board_id: BoardId,
        pub delivery_id: DeliveryId,
        pub started_at: DateTimeUtc,
        pub ended_at: DateTimeUtc,
        pub seconds: i64,
        pub times: i64,
        pub why_not: Option<String>,
        pub envelope: String,
        pub received_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
