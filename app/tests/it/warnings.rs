//! Warnings of others: signed by the key of a known source or not believed; said by two people, or by a rule
//! that two people made; taken back when the source takes them back.

mod center;
mod feed;
mod forgery;
mod people;
mod rule;

use loa::accounts::{self, Role};
use loa::ids::{SourceId, WarningId};
use loa::warnings::{self, Received, SourceDraft};
use sea_orm::EntityTrait;

use crate::world::{PASSWORD, World};
use center::{Center, LIST, SENDER};

/// Khanh administers the province.
const KHANH: &str = "khanh";

impl World {
    /// Khanh is there and knows a source by its key.
    async fn source(&self, center: &Center, feed: &str) -> SourceId {
        self.administrator().await;
        let khanh = self.person_of(KHANH).await;
        let draft = SourceDraft {
            name: "Đài khí tượng".into(),
            sender: SENDER.into(),
            certificate: center.certificate.clone(),
            code_list: LIST.into(),
            feed: feed.into(),
            unit: Some(self.unit("tinh").await),
        };
        warnings::create_source(&self.app, &khanh, &draft)
            .await
            .expect("a source")
    }

    async fn administrator(&self) {
        let db = &self.app.db;
        let khanh = accounts::create(&self.app, db, KHANH, "Ngô Văn Khanh", PASSWORD).await;
        let tinh = self.unit("tinh").await;
        accounts::grant(db, khanh.expect(KHANH), Role::Administrator, tinh)
            .await
            .expect(KHANH);
    }

    /// A document comes, and what follows from it is done.
    async fn comes(&self, document: &[u8]) -> Received {
        let received = warnings::receive(&self.app, None, document)
            .await
            .expect("received");
        self.work().await;
        received
    }

    async fn warning(&self, id: WarningId) -> warnings::entity::warning::Model {
        warnings::entity::warning::Entity::find_by_id(id)
            .one(&self.app.db)
            .await
            .expect("a store")
            .expect("a warning")
    }
}
