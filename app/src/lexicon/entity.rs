//! The rows of this slice. Their meaning stands beside the columns in `crates/db/migrations`.
#![allow(missing_docs)]

/// How something is read.
pub mod entry {
    use sea_orm::entity::prelude::*;

    use crate::ids::{EntryId, PersonId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "lexicon_entries")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: EntryId,
        pub written: String,
        pub spoken: String,
        pub after_words: String,
        pub before_words: String,
        pub before_name: bool,
        pub before_number: bool,
        pub note: String,
        pub version: i64,
        pub created_by: PersonId,
        pub created_at: DateTimeUtc,
        pub changed_by: PersonId,
        pub changed_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The number that goes up with every change.
pub mod state {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "lexicon_state")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i64,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
