//! The lexicon: changed by those who write for the province, used wherever words are read.

mod files;
mod pages;
mod programs;
mod sound;

use loa::lexicon::{self, Entry};

use crate::world::{Browser, Page, World};

/// Adds an entry on the page.
async fn add(browser: &mut Browser, written: &str, spoken: &str) -> Page {
    browser.get("/lexicon/new").await;
    browser
        .post("/lexicon", &[("written", written), ("spoken", spoken)])
        .await
}

/// Adds an entry as An, without a page.
async fn added(world: &World, written: &str, spoken: &str) -> loa::ids::EntryId {
    let entry = Entry {
        written: written.into(),
        spoken: spoken.into(),
        ..Entry::default()
    };
    let an = world.person_of("an").await;
    lexicon::create(&world.app, &an, &entry)
        .await
        .expect("an entry")
}
