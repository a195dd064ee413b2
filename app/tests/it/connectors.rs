//! Outlets that other programs hold: each answers for itself, nothing is posted twice, what fails is
//! tried again alone.

mod everywhere;
mod folder;
mod networks;
mod site;
mod webhook;

use loa::accounts::{self, Role};
use loa::app::App;
use loa::clock::SystemChance;
use loa::config::Config;
use loa::connectors::{self, Draft};
use loa::deliveries::{self, Filter, Line};
use loa::ids::{OutletId, StoryId};
use loa_plan::ChannelKind;

use crate::world::{PASSWORD, World};

/// Khanh administers the province.
const KHANH: &str = "khanh";

impl World {
    /// The settings allow this machine's own address and a folder, and Khanh is there.
    async fn open_outside(&mut self) {
        let mut config: Config = self.app.config.clone();
        config.outside.private = vec!["127.0.0.1".parse().expect("an address")];
        config.outside.folders = vec![config.data.join("stations")];
        let (db, clock) = (self.app.db.clone(), self.clock.clone());
        self.app = App::with(config, db, clock, Arc::new(SystemChance)).expect("an installation");
        let db = &self.app.db;
        let khanh = accounts::create(&self.app, db, KHANH, "Ngô Văn Khanh", PASSWORD).await;
        let tinh = self.unit("tinh").await;
        accounts::grant(db, khanh.expect(KHANH), Role::Administrator, tinh)
            .await
            .expect(KHANH);
    }

    /// Khanh opens an outlet.
    async fn connect(&self, connector: &'static str, settings: &[(&str, &str)]) -> OutletId {
        let draft = Draft {
            connector: Some(connector),
            name: format!("Nơi nhận {connector}"),
            kind: Some(ChannelKind::LocalRadio),
            unit: Some(self.unit("tinh").await),
            values: values(settings),
            ..Draft::default()
        };
        let khanh = self.person_of(KHANH).await;
        connectors::create(&self.app, &khanh, &draft)
            .await
            .expect("an outlet")
    }

    /// The deliveries of a story, the oldest first.
    async fn lines(&self, story: StoryId) -> Vec<Line> {
        let filter = Filter {
            story: Some(story),
            ..Filter::default()
        };
        let chi = self.person_of("chi").await;
        let lines = deliveries::list(&self.app, &chi, filter, 0, 100).await;
        let mut lines = lines.expect("deliveries").0;
        lines.sort_by_key(|line| line.delivery.id);
        lines
    }
}

use std::sync::Arc;

fn values(settings: &[(&str, &str)]) -> std::collections::BTreeMap<String, String> {
    let owned = settings
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    owned.collect()
}
