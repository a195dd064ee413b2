//! What a review leaves behind: decided elements, relations, former documents.

/// Something that was read from a document, or added to it, and what a person decided about it.
pub mod element {
    use sea_orm::entity::prelude::*;

    use crate::ids::{ElementId, PersonId, PlanId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "plan_elements")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: ElementId,
        pub plan_id: PlanId,
        pub kind: String,
        pub clause: String,
        pub proposed: Option<String>,
        pub data: String,
        pub state: String,
        pub confidence: i64,
        pub position: i64,
        pub version: i64,
        pub row_id: Option<i64>,
        pub follows: Option<ElementId>,
        pub decided_by: Option<PersonId>,
        pub decided_at: Option<DateTimeUtc>,
        pub ended_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// How a plan stands to another document.
pub mod relation {
    use sea_orm::entity::prelude::*;

    use crate::ids::{ClauseId, PlanId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "plan_relations")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub plan_id: PlanId,
        pub clause_id: ClauseId,
        pub kind: String,
        pub act: String,
        pub other_plan_id: Option<PlanId>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The document that a plan had before it was corrected.
pub mod version {
    use sea_orm::entity::prelude::*;

    use crate::ids::{PersonId, PlanId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "plan_versions")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub plan_id: PlanId,
        pub version: i64,
        pub title: String,
        pub reading: String,
        pub source_text: String,
        pub file_name: String,
        pub file_sha256: String,
        pub confirmed_by: Option<PersonId>,
        pub confirmed_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// An address that a clause had before its plan was corrected.
pub mod clause_address {
    use sea_orm::entity::prelude::*;

    use crate::ids::ClauseId;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "clause_addresses")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub clause_id: ClauseId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub version: i64,
        pub address: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
