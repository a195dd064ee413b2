//! A source that is asked: a real server with a list of documents.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use chrono::TimeDelta;
use loa::app::App;
use loa::clock::SystemChance;
use loa::ids::SourceId;
use loa::warnings::entity::{source, warning};
use sea_orm::EntityTrait;

use super::center::{Center, flood};
use crate::world::{World, on_both};

/// What it shows, by name.
#[derive(Clone, Default)]
struct Shown(Arc<Mutex<BTreeMap<String, Body>>>);

/// What is shown under a name, and how often it was fetched.
type Body = (Vec<u8>, u32);

impl Shown {
    async fn open() -> (Self, String) {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let shown = Self::default();
        let service = Router::new()
            .route("/{name}", get(serve))
            .with_state(shown.clone());
        tokio::spawn(async move { axum::serve(listener, service).await });
        (shown, url)
    }

    fn show(&self, name: &str, body: Vec<u8>) {
        let mut all = self.0.lock().expect("a lock");
        all.entry(name.to_owned()).or_default().0 = body;
    }

    fn list(&self, url: &str, names: &[&str]) {
        let entry = |name: &&str| {
            format!(
                "<entry><id>{name}</id><title>{name}</title><updated>2026-11-24T02:00:00Z</updated><link href=\"{url}/{name}\"/></entry>"
            )
        };
        let entries = names.iter().map(entry).collect::<Vec<_>>().concat();
        let feed = format!(
            "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><id>urn:x</id><title>Cảnh báo</title><updated>2026-11-24T02:00:00Z</updated>{entries}</feed>"
        );
        self.show("list.atom", feed.into_bytes());
    }

    fn fetched(&self, name: &str) -> u32 {
        self.0
            .lock()
            .expect("a lock")
            .get(name)
            .map_or(0, |one| one.1)
    }
}

async fn serve(
    State(shown): State<Shown>,
    Path(name): Path<String>,
) -> Result<Vec<u8>, StatusCode> {
    let mut all = shown.0.lock().expect("a lock");
    let one = all.get_mut(&name).ok_or(StatusCode::NOT_FOUND)?;
    one.1 += 1;
    Ok(one.0.clone())
}

/// The settings allow this machine's own address.
fn allow(world: &mut World) {
    let mut config = world.app.config.clone();
    config.outside.private = vec!["127.0.0.1".parse().expect("an address")];
    let (db, clock) = (world.app.db.clone(), world.clock.clone());
    world.app = App::with(config, db, clock, Arc::new(SystemChance)).expect("an installation");
}

async fn fault(world: &World, id: SourceId) -> Option<String> {
    let row = source::Entity::find_by_id(id).one(&world.app.db).await;
    row.expect("a store").expect("a source").fault
}

async fn believed(world: &World) -> usize {
    let rows = warning::Entity::find()
        .all(&world.app.db)
        .await
        .expect("a store");
    rows.iter().filter(|row| row.refused.is_none()).count()
}

#[tokio::test]
async fn a_list_is_asked_every_minute_and_each_document_fetched_once() {
    on_both("warnings_feed", async |mut world| {
        allow(&mut world);
        let center = Center::new();
        let (shown, url) = Shown::open().await;
        let now = world.app.clock.now();
        shown.show("1.xml", center.sign(&flood("KTTV-1", now)));
        shown.show("2.xml", b"nonsense".to_vec());
        shown.list(&url, &["1.xml", "gone.xml", "2.xml"]);
        let id = world.source(&center, &format!("{url}/list.atom")).await;
        world.work().await;
        assert_eq!(believed(&world).await, 1);
        let told = fault(&world, id).await.expect("one is not there");
        assert!(told.contains("gone.xml: 404"), "{told}");
        shown.show("3.xml", center.sign(&flood("KTTV-3", now)));
        shown.list(&url, &["3.xml", "1.xml", "2.xml"]);
        world.wait(TimeDelta::seconds(61));
        world.work().await;
        assert_eq!(believed(&world).await, 2);
        assert_eq!(fault(&world, id).await, None);
        let fetched = ["1.xml", "2.xml", "3.xml", "list.atom"].map(|name| shown.fetched(name));
        assert_eq!(fetched, [1, 1, 1, 2]);
        // A list that is a document itself.
        shown.show(
            "list.atom",
            center.sign(&flood("KTTV-4", world.app.clock.now())),
        );
        world.wait(TimeDelta::seconds(61));
        world.work().await;
        assert_eq!(believed(&world).await, 3);
    })
    .await;
}

#[tokio::test]
async fn a_list_never_leads_into_the_own_network() {
    on_both("warnings_private", async |mut world| {
        let center = Center::new();
        let (shown, url) = Shown::open().await;
        shown.show(
            "1.xml",
            center.sign(&flood("KTTV-1", world.app.clock.now())),
        );
        // Allowed when it was made, and no longer.
        let strict = world.app.clone();
        allow(&mut world);
        let id = world.source(&center, &format!("{url}/1.xml")).await;
        world.app = strict;
        world.work().await;
        assert_eq!(shown.fetched("1.xml"), 0);
        assert!(fault(&world, id).await.is_some());
        assert_eq!(believed(&world).await, 0);
    })
    .await;
}
