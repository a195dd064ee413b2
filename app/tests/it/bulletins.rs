//! What loudspeakers say in a slot: an opening, the stories, a closing; made by one person, heard and
//! approved by another.

mod air;
mod api;
mod life;
mod server;

use loa::app::App;
use loa::bulletins::{self, Draft, Seen};
use loa::deliveries;
use loa::ids::{DeliveryId, ReleaseId, SlotId, StoryId};

use crate::world::{Browser, Outlets, Page, SmallPlan, World};

/// Stories of a few seconds each in a slot of `xa-mot` in an hour.
struct Stage {
    plan: SmallPlan,
    outlets: Outlets,
    slot: SlotId,
    stories: Vec<StoryId>,
}

impl Stage {
    async fn set(world: &World, titles: &[&str], seconds: i64) -> Self {
        let (plan, outlets) = (world.small_plan().await, world.outlets().await);
        let slot = world.slot(outlets.area_one, 60, seconds).await;
        let mut stage = Self {
            plan,
            outlets,
            slot,
            stories: Vec::new(),
        };
        for title in titles {
            stage.add(world, title).await;
        }
        stage
    }

    /// Another story is released into the slot.
    async fn add(&mut self, world: &World, title: &str) -> DeliveryId {
        let id = world.approved_story(&self.plan, title).await;
        world.release(id, self.outlets.one, Some(self.slot)).await;
        self.stories.push(id);
        self.line(world, id).await.delivery.id
    }

    async fn line(&self, world: &World, story: StoryId) -> deliveries::Line {
        let chi = world.person_of("chi").await;
        let filter = deliveries::Filter {
            story: Some(story),
            ..deliveries::Filter::default()
        };
        let lines = deliveries::list(&world.app, &chi, filter, 0, 1).await;
        lines.expect("deliveries").0.remove(0)
    }

    /// The decision that sent a story there.
    async fn release_of(&self, world: &World, story: StoryId) -> ReleaseId {
        self.line(world, story).await.release.id
    }

    fn path(&self, rest: &str) -> String {
        format!("/airtime/slots/{}/bulletin{rest}", self.slot)
    }

    /// Dung begins a bulletin, and its sounds are made.
    async fn begin(&self, world: &World) {
        let dung = world.person_of("dung").await;
        bulletins::begin(&world.app, &dung, self.slot)
            .await
            .expect("begun");
        world.work().await;
    }

    /// Dung changes it, and its sounds are made.
    async fn change(&self, world: &World, change: impl FnOnce(&mut Draft)) {
        let dung = world.person_of("dung").await;
        let newest = self.newest(&world.app).await;
        let mut draft = Draft::of(&newest.row);
        change(&mut draft);
        bulletins::save(&world.app, &dung, self.slot, &newest.seen(), &draft)
            .await
            .expect("saved");
        world.work().await;
    }

    async fn newest(&self, app: &App) -> bulletins::Bulletin {
        let chi = loa::accounts::find_by_login(app, "chi")
            .await
            .expect("a store")
            .expect("chi");
        let chi = loa::accounts::find(app, chi.id)
            .await
            .expect("a store")
            .expect("chi");
        let desk = bulletins::desk(app, &chi, self.slot).await.expect("a desk");
        desk.newest.expect("a bulletin")
    }

    async fn seen(&self, world: &World) -> Seen {
        self.newest(&world.app).await.seen()
    }

    /// Hà, who leads the province, hears and approves it.
    async fn approve(&self, world: &World) {
        let ha = world.person_of("ha").await;
        let seen = self.seen(world).await;
        bulletins::approve(&world.app, &ha, self.slot, &seen, true)
            .await
            .expect("approved");
    }
}

/// The hidden fields of the forms on a page of a bulletin.
fn hidden(page: &Page) -> Vec<(String, String)> {
    let field = |name: &str| {
        let value = page.attribute(
            &format!("#order input[name={name}], form input[name={name}]"),
            "value",
        );
        value.map(|value| (name.to_owned(), value))
    };
    ["bulletin", "updated_at", "whole"]
        .into_iter()
        .filter_map(field)
        .collect()
}

/// Sends a form of the page with its hidden fields and more.
async fn send(browser: &mut Browser, path: &str, page: &Page, more: &[(&str, &str)]) -> Page {
    let hidden = hidden(page);
    let mut fields: Vec<(&str, &str)> = hidden
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    fields.extend(more);
    browser.post(path, &fields).await
}
