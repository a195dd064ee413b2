//! The rows of this slice. Their meaning stands beside the columns in `crates/db/migrations`.
#![allow(missing_docs)]

/// A story on the short path.
pub mod urgent {
    use sea_orm::entity::prelude::*;

    use crate::ids::{PersonId, ReleaseId, StoryId, UrgentId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "urgents")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: UrgentId,
        pub story_id: StoryId,
        pub minutes: i64,
        pub times: i64,
        pub portal: bool,
        pub asked_by: PersonId,
        pub asked_at: DateTimeUtc,
        pub sent_by: Option<PersonId>,
        pub sent_at: Option<DateTimeUtc>,
        pub until_at: Option<DateTimeUtc>,
        pub release_id: Option<ReleaseId>,
        pub cancelled_by: Option<PersonId>,
        pub cancelled_at: Option<DateTimeUtc>,
        pub reviewed_by: Option<PersonId>,
        pub reviewed_at: Option<DateTimeUtc>,
        pub remark: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Where it is to be heard.
pub mod urgent_area {
    use sea_orm::entity::prelude::*;

    use crate::ids::{AreaId, UrgentId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "urgent_areas")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub urgent_id: UrgentId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub area_id: AreaId,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
