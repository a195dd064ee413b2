//! The rows of this slice. Their meaning stands beside the columns in `crates/db/migrations`.
#![allow(missing_docs)]

/// A time on the air.
pub mod slot {
    use sea_orm::entity::prelude::*;

    use crate::ids::{AreaId, PatternId, PersonId, SlotId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "slots")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: SlotId,
        pub area_id: AreaId,
        pub starts_at: DateTimeUtc,
        pub ends_at: DateTimeUtc,
        pub priority: String,
        pub created_by: PersonId,
        pub created_at: DateTimeUtc,
        pub cancelled_at: Option<DateTimeUtc>,
        pub pattern_id: Option<PatternId>,
        pub revision: i64,
        pub revised_at: Option<DateTimeUtc>,
        pub left_by: Option<SlotId>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What repeats every week.
pub mod pattern {
    use sea_orm::entity::prelude::*;

    use crate::ids::{AreaId, PatternId, PersonId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "airtime_patterns")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: PatternId,
        pub area_id: AreaId,
        pub weekdays: i64,
        pub start_minute: i64,
        pub minutes: i64,
        pub priority: String,
        pub first_day: String,
        pub last_day: Option<String>,
        pub created_by: PersonId,
        pub created_at: DateTimeUtc,
        pub ended_by: Option<PersonId>,
        pub ended_at: Option<DateTimeUtc>,
        pub holidays: String,
        pub series: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A day on which patterns rest because somebody says so.
pub mod day_off {
    use sea_orm::entity::prelude::*;

    use crate::ids::{AreaId, PersonId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "airtime_days_off")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub area_id: AreaId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub day: String,
        pub reason: String,
        pub created_by: PersonId,
        pub created_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
