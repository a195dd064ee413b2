//! The rows of this slice. Their meaning stands beside the columns in `crates/db/migrations`.
#![allow(missing_docs)]

/// Work to be done, kept until it is.
pub mod job {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "jobs")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub kind: String,
        pub payload: String,
        pub key: Option<String>,
        pub run_at: DateTimeUtc,
        pub attempts: i64,
        pub leased_until: Option<DateTimeUtc>,
        pub last_error: Option<String>,
        pub failed_at: Option<DateTimeUtc>,
        pub created_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
