//! The portal's proof: the page, fetched over HTTP as the public gets it.

use axum::Router;
use axum::http::StatusCode;
use chrono::TimeDelta;
use loa::deliveries::State;
use loa::ids::{DeliveryId, StoryId};
use scraper::Html;

use crate::world::{World, on_both};

/// The delivery of a story to the portal.
async fn on_portal(world: &World) -> (StoryId, DeliveryId) {
    let (plan, outlets) = (world.small_plan().await, world.outlets().await);
    let title = r#"Giảm "lệ phí" & <phí> 50%"#;
    let story = world.approved_story(&plan, title).await;
    world.release(story, outlets.portal, None).await;
    let chi = world.program("chi").await;
    let listed = chi.get("/deliveries").await.json();
    let id = listed["deliveries"][0]["id"].as_i64().expect("an id");
    (story, DeliveryId(id))
}

/// Lets the jobs run that wait for another try.
async fn later(world: &World, times: usize) {
    for _ in 0..times {
        world.work().await;
        world.wait(TimeDelta::minutes(11));
    }
}

#[tokio::test]
async fn the_public_page_proves_the_portal() {
    on_both("page_proof", async |mut world| {
        world.go_online().await;
        let (story, delivery) = on_portal(&world).await;
        assert_eq!(world.state(delivery).await, State::Sent);
        assert_eq!(world.work().await, 1);
        assert_eq!(
            world.state(delivery).await,
            State::Proven,
            "{:?}",
            world.failure(delivery).await
        );
        let ledger = world.ledger().await;
        assert_eq!(ledger.len(), 1);
        let entry = &ledger[0];
        assert!(entry.source.starts_with(&format!("page:{delivery}:")));
        assert_eq!(
            (entry.kind.as_str(), entry.channel.as_str()),
            ("page", "portal")
        );
        assert_eq!((entry.counts, entry.first, entry.seconds), (true, true, 0));

        let chi = world.program("chi").await;
        let shown = chi.get("/evidence/1").await.json();
        let url = shown["detail"]["url"].as_str().expect("an address");
        assert!(url.starts_with(&world.app.config.url()), "{url}");
        assert!(url.contains("/tin/giam-le-phi-phi-50"), "{url}");
        assert_eq!(shown["detail"]["status"], 200);
        assert_eq!(shown["story"], story.0);

        // What was fetched can be opened, as text and never as a page.
        let mut browser = world.sign_in("chi").await;
        let page = browser.get("/evidence/1").await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert!(page.text().contains(url));
        let kept = browser.get("/evidence/1/page").await;
        assert_eq!(kept.headers["content-type"], "text/plain; charset=utf-8");
        let disposition = kept.headers["content-disposition"].to_str().expect("text");
        assert!(disposition.starts_with("attachment"), "{disposition}");
        let title = Html::parse_document(&kept.text());
        let heading = scraper::Selector::parse("h1").expect("a selector");
        let heading: String = title.select(&heading).flat_map(|one| one.text()).collect();
        assert_eq!(heading, r#"Giảm "lệ phí" & <phí> 50%"#);
        assert_eq!(
            loa::files::sha256(&kept.bytes),
            shown["detail"]["page"].as_str().expect("a hash")
        );

        // The job may run twice.
        let again = loa::evidence::prove(&world.app, delivery).await;
        assert!(matches!(again, loa::jobs::Outcome::Done), "{again:?}");
        assert_eq!(world.ledger().await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_portal_that_does_not_answer_is_asked_again() {
    on_both("page_silent", async |mut world| {
        // Nobody listens on the discard port.
        world.at("http://127.0.0.1:9");
        let (_, delivery) = on_portal(&world).await;
        later(&world, 3).await;
        assert_eq!(world.state(delivery).await, State::Sent);
        let mut chi = world.sign_in("chi").await;
        let page = chi.get(&format!("/deliveries/{delivery}")).await;
        let titles = page.all(".timeline-title");
        assert_eq!(titles.len(), 4, "{titles:?}");
        assert_eq!(titles[3], "Chưa được, sẽ thử lại");
        assert!(page.all(".timeline-meta")[3].contains("không trả lời"));
        assert!(world.ledger().await.is_empty());

        world.go_online().await;
        world.work().await;
        assert_eq!(world.state(delivery).await, State::Proven);

        // It is given up after an hour or so, and shown as failed.
        world.at("http://127.0.0.1:9");
        let plan = world.small_plan().await;
        let story = world.approved_story(&plan, "Tin thứ hai").await;
        let facts = loa::deliveries::facts(&world.app.db, delivery).await;
        let portal = facts.expect("a delivery").outlet.id;
        world.release(story, portal, None).await;
        let second = DeliveryId(delivery.0 + 1);
        later(&world, 11).await;
        assert_eq!(world.state(second).await, State::Sent);
        later(&world, 1).await;
        assert_eq!(world.state(second).await, State::Failed);
        assert_eq!(
            world.failure(second).await.as_deref(),
            Some("deliveries-page-silent")
        );
        assert_eq!(loa::jobs::given_up(&world.app).await.expect("a count"), 1);
    })
    .await;
}

#[tokio::test]
async fn a_page_that_is_not_the_approved_version_proves_nothing() {
    on_both("page_other", async |mut world| {
        let other = "<!doctype html><title>Giảm</title><h1>Trang khác</h1>";
        let service = Router::new().fallback(async move || axum::response::Html(other));
        world.hand_over_to(service).await;
        let (_, delivery) = on_portal(&world).await;
        later(&world, 8).await;
        assert_eq!(world.state(delivery).await, State::Failed);
        assert_eq!(
            world.failure(delivery).await.as_deref(),
            Some("deliveries-page-other")
        );
        assert!(world.ledger().await.is_empty());
        later(&world, 2).await;
        assert_eq!(world.state(delivery).await, State::Failed, "wrong for good");

        let refused = Router::new().fallback(async || StatusCode::FORBIDDEN);
        world.hand_over_to(refused).await;
        let job = loa::evidence::prove(&world.app, delivery).await;
        assert!(matches!(job, loa::jobs::Outcome::Retry(_)), "{job:?}");
        assert!(world.ledger().await.is_empty());
        // A late proof mends the failure.
        world.go_online().await;
        let job = loa::evidence::prove(&world.app, delivery).await;
        assert!(matches!(job, loa::jobs::Outcome::Done), "{job:?}");
        assert_eq!(world.state(delivery).await, State::Proven);
    })
    .await;
}
