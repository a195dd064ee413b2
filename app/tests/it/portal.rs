//! What the public reads and hears: what two people approved and somebody released, and no more.

mod alerts;
mod feed;
mod shown;

use crate::world::{Page, World};

/// Opens a page as anybody does.
async fn read(world: &World, path: &str) -> Page {
    let page = world.browser().get(path).await;
    assert!(
        page.headers.get("set-cookie").is_none(),
        "a reader gets a cookie from {path}"
    );
    page
}

/// The titles on the front page.
async fn titles(world: &World) -> Vec<String> {
    let page = read(world, "/").await;
    assert_eq!(page.status, 200, "{}", page.text());
    page.all(".teaser h2")
}
