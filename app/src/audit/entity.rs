//! The rows of this slice. Their meaning stands beside the columns in `crates/db/migrations`.
#![allow(missing_docs)]

/// Who changed what.
pub mod entry {
    use sea_orm::entity::prelude::*;

    use crate::ids::PersonId;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub at: DateTimeUtc,
        pub person_id: Option<PersonId>,
        pub action: String,
        pub subject: String,
        pub subject_id: i64,
        pub detail: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
