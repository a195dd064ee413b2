//! The row of this slice. Its meaning stands beside the columns in `crates/db/migrations`.
#![allow(missing_docs)]

/// Something that was done at a phone.
pub mod act {
    use sea_orm::entity::prelude::*;

    use crate::ids::{ActId, PersonId, SlotId, StoryId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "station_acts")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: ActId,
        pub person_id: PersonId,
        pub key: String,
        pub kind: String,
        pub slot_id: Option<SlotId>,
        pub story_id: Option<StoryId>,
        pub remark: String,
        pub done_at: DateTimeUtc,
        pub received_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
