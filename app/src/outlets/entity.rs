//! The rows of this slice. Their meaning stands beside the columns in `crates/db/migrations`.
#![allow(missing_docs)]

/// One real place on a channel.
pub mod outlet {
    use loa_plan::ChannelKind;
    use sea_orm::Set;
    use sea_orm::entity::prelude::*;

    use crate::ids::{AreaId, OutletId, UnitId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "outlets")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: OutletId,
        pub key: String,
        pub unit_id: UnitId,
        pub kind: String,
        pub name: String,
        pub address: Option<String>,
        pub area_id: Option<AreaId>,
        pub closed_at: Option<DateTimeUtc>,
        pub connector: Option<String>,
        pub settings: Option<String>,
        pub secrets: Option<String>,
        pub faults: i64,
        pub rests_until: Option<DateTimeUtc>,
        pub rests_because: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        /// It is read on screens of ours.
        pub fn is_board(&self) -> bool {
            self.kind == ChannelKind::NoticeBoard.name() && self.connector.is_none()
        }

        /// What is released to it goes there without anybody's hands, at no time of its own.
        pub fn is_served(&self) -> bool {
            self.kind == ChannelKind::Portal.name() || self.is_board() || self.connector.is_some()
        }
    }

    impl ActiveModel {
        /// It is well until an attempt shows otherwise.
        pub fn recover(&mut self) {
            self.faults = Set(0);
            self.rests_until = Set(None);
            self.rests_because = Set(None);
        }
    }
}

/// Where loudspeakers share a manifest.
pub mod area {
    use sea_orm::entity::prelude::*;

    use crate::ids::{AreaId, UnitId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "areas")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: AreaId,
        pub unit_id: UnitId,
        pub name: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
