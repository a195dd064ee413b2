//! What loudspeakers fetch: signed manifests of their own area, and the sounds in them.

use axum::http::Method;
use chrono::TimeDelta;
use loa::deliveries::{self, State};
use loa::files::sha256;

use super::{at, states};
use crate::world::on_both;

#[tokio::test]
async fn the_manifest_holds_what_was_released_and_its_sounds() {
    on_both("wire_manifest", async |world| {
        let (plan, outlets) = (world.small_plan().await, world.outlets().await);
        let id = world.approved_story(&plan, "Trả kết quả tại nhà").await;
        let slot = world.slot(outlets.area_one, 60, 300).await;
        world.slot(outlets.area_one, 120, 300).await;
        let receiver = world.receiver(outlets.area_one, 1).await;
        let empty = receiver.manifest().await;
        assert_eq!((empty.version, empty.slots.len()), (1, 0));

        let binh = world.person_of("binh").await;
        deliveries::release(&world.app, &binh, id, &[at(outlets.one, slot)])
            .await
            .expect("released");
        let manifest = receiver.manifest().await;
        assert_eq!(manifest.version, 2);
        assert_eq!(
            manifest.slots.len(),
            1,
            "a slot with nothing in it is not named"
        );
        let item = &manifest.slots[0].items[0];
        assert_eq!(item.title, "Trả kết quả tại nhà");
        assert_eq!(states(&world, id).await, [State::Sent]);

        let path = format!("/sounds/{}", item.sha256);
        let whole = receiver
            .send(Method::GET, &path, b"", &[("accept-encoding", "gzip, br")])
            .await;
        assert_eq!(whole.status, 200);
        assert!(whole.headers.get("content-encoding").is_none());
        assert_eq!(sha256(&whole.bytes), item.sha256);
        assert_eq!(whole.bytes.len() as u64, item.bytes);
        let rest = receiver
            .send(Method::GET, &path, b"", &[("range", "bytes=1000-")])
            .await;
        assert_eq!(rest.status, 206);
        assert_eq!(rest.bytes, whole.bytes[1000..]);

        // Holding it is told by the speaker, and believed of the version it names.
        let held = vec![item.sha256.clone()];
        assert_eq!(receiver.tell_status(1, held.clone()).await.status, 204);
        assert_eq!(states(&world, id).await, [State::Sent]);
        assert_eq!(receiver.tell_status(2, held).await.status, 204);
        assert_eq!(states(&world, id).await, [State::Delivered]);
        let mut chi = world.sign_in("chi").await;
        let delivery = item.delivery;
        let page = chi.get(&format!("/deliveries/{delivery}")).await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert_eq!(
            page.all(".timeline-title"),
            ["Đã gửi", "Bên nhận xác nhận đã nhận"]
        );
        assert!(page.all(".timeline-meta")[0].contains("Loa nhà văn hóa"));
    })
    .await;
}

#[tokio::test]
async fn a_new_version_comes_only_with_a_change_or_when_validity_runs_out() {
    on_both("wire_versions", async |world| {
        let outlets = world.outlets().await;
        let receiver = world.receiver(outlets.area_one, 1).await;
        let path = format!("/areas/{}/manifest", receiver.area);
        let first = receiver.manifest().await;
        assert_eq!(receiver.manifest().await, first, "the very same");
        let tag = [("if-none-match", "\"v1\"")];
        let page = receiver.send(Method::GET, &path, b"", &tag).await;
        assert_eq!(page.status, 304);
        assert_eq!(page.headers["etag"], "\"v1\"");
        world.wait(TimeDelta::hours(23));
        assert_eq!(receiver.manifest().await.version, 1);
        world.wait(TimeDelta::hours(2));
        let renewed = receiver.manifest().await;
        assert_eq!(renewed.version, 2);
        assert!(renewed.valid_until > first.valid_until);
    })
    .await;
}

#[tokio::test]
async fn another_area_is_not_found() {
    on_both("wire_areas", async |world| {
        let (plan, outlets) = (world.small_plan().await, world.outlets().await);
        let id = world.approved_story(&plan, "Tin").await;
        let slot = world.slot(outlets.area_one, 60, 300).await;
        let binh = world.person_of("binh").await;
        deliveries::release(&world.app, &binh, id, &[at(outlets.one, slot)])
            .await
            .expect("released");
        let one = world.receiver(outlets.area_one, 1).await;
        let two = world.receiver(outlets.area_two, 2).await;
        let page = two.get(&format!("/areas/{}/manifest", one.area)).await;
        assert_eq!(page.status, 404);
        assert_eq!(states(&world, id).await, [State::Planned]);
        let sound = one.manifest().await.slots[0].items[0].sha256.clone();
        assert_eq!(one.get(&format!("/sounds/{sound}")).await.status, 200);
        assert_eq!(two.get(&format!("/sounds/{sound}")).await.status, 404);
        assert!(two.manifest().await.slots.is_empty());
        // Nor what is kept here but not on the air.
        let other = sha256_of_kept(&world).await;
        assert_eq!(one.get(&format!("/sounds/{other}")).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn what_was_withdrawn_leaves_the_manifest() {
    on_both("wire_withdrawn", async |world| {
        let (plan, outlets) = (world.small_plan().await, world.outlets().await);
        let slot = world.slot(outlets.area_one, 60, 300).await;
        let binh = world.person_of("binh").await;
        let mut releases = Vec::new();
        for title in ["Tin ở lại", "Tin rút"] {
            let id = world.approved_story(&plan, title).await;
            let choice = [at(outlets.one, slot)];
            let release = deliveries::release(&world.app, &binh, id, &choice).await;
            releases.push((id, release.expect("released")));
        }
        let receiver = world.receiver(outlets.area_one, 1).await;
        let before = receiver.manifest().await;
        assert_eq!(before.slots[0].items.len(), 2);
        let (id, release) = releases[1];
        let mut browser = world.sign_in("binh").await;
        let gone = before.slots[0].items[1].delivery;
        let page = browser.get(&format!("/deliveries/{gone}")).await;
        let form = format!("/releases/{release}/withdrawal");
        assert!(
            page.attribute(&format!("form[action='{form}']"), "method")
                .is_some()
        );
        assert_eq!(browser.post(&form, &[]).await.status, 303);
        assert_eq!(states(&world, id).await, [State::Withdrawn]);
        let after = receiver.manifest().await;
        assert!(after.version > before.version);
        let titles: Vec<_> = after.slots[0]
            .items
            .iter()
            .map(|item| &item.title)
            .collect();
        assert_eq!(titles, ["Tin ở lại"]);
        let story = browser.get(&format!("/stories/{id}")).await;
        assert_eq!(story.all(".page-head .tag"), ["Đã thu hồi"]);
        assert_eq!(browser.post(&form, &[]).await.status, 409);

        // It may be released again, as a decision of its own.
        let again = deliveries::release(&world.app, &binh, id, &[at(outlets.one, slot)]).await;
        assert_ne!(again.expect("released"), release);
        assert_eq!(receiver.manifest().await.slots[0].items.len(), 2);
    })
    .await;
}

async fn sha256_of_kept(world: &crate::world::World) -> String {
    let now = world.app.clock.now();
    let kept = world
        .app
        .files
        .keep(&world.app.db, b"other", "audio/mpeg", now);
    kept.await.expect("a file")
}
