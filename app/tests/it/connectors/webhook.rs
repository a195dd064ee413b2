//! A site that is told by signed messages.

use chrono::TimeDelta;
use loa::connectors::{self, NotConnected};
use loa::deliveries::{self, Choice, State};

use super::site::{Manner, SECRET, Site};
use super::{Draft, KHANH, values};
use crate::world::on_both;

fn hook(site: &Site) -> [(&'static str, String); 2] {
    [
        ("url", format!("{}/hook", site.url)),
        ("secret", SECRET.to_owned()),
    ]
}

fn borrowed<'a>(settings: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    settings
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect()
}

#[tokio::test]
async fn a_story_is_handed_over_shown_and_proven_corrected_and_withdrawn() {
    on_both("webhook_life", async |mut world| {
        world.open_outside().await;
        let site = Site::open().await;
        let plan = world.small_plan().await;
        let outlet = world.connect("webhook", &borrowed(&hook(&site))).await;
        let story = world.approved_story(&plan, "Trả kết quả “tại nhà”").await;
        world.release(story, outlet, None).await;
        world.release(story, outlet, None).await;
        assert_eq!(world.lines(story).await[0].delivery.state(), State::Planned);
        world.work().await;
        let line = &world.lines(story).await[0];
        assert_eq!(line.delivery.state(), State::Proven, "{:?}", line.delivery);
        assert_eq!(site.kinds(), ["story.released"]);
        assert_eq!(world.ledger().await.len(), 1);
        assert!(
            world.ledger().await[0]
                .body
                .contains(&format!("{}/p/", site.url))
        );

        world.correct(story, "Thân bài đã sửa.").await;
        world.release(story, outlet, None).await;
        world.work().await;
        let lines = world.lines(story).await;
        let states: Vec<State> = lines.iter().map(|line| line.delivery.state()).collect();
        assert_eq!(states, [State::Proven, State::Proven], "both were seen");
        assert_eq!(site.kinds(), ["story.released", "story.corrected"]);
        assert!(
            site.pages()[0].contains("Thân bài đã sửa."),
            "{:?}",
            site.pages()
        );

        let binh = world.person_of("binh").await;
        let release = lines[1].release.id;
        deliveries::withdraw(&world.app, &binh, release)
            .await
            .expect("withdrawn");
        world.work().await;
        assert_eq!(site.kinds()[2..], ["story.withdrawn"]);
        assert!(site.pages().is_empty());
        let line = &world.lines(story).await[1];
        assert_eq!(line.delivery.taking_back.as_deref(), Some("done"));
        assert_eq!(
            line.delivery.state(),
            State::Proven,
            "what was seen was seen"
        );
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_is_lost_posts_nothing_twice() {
    on_both("webhook_lost", async |mut world| {
        world.open_outside().await;
        let site = Site::open().await;
        let plan = world.small_plan().await;
        let outlet = world.connect("webhook", &borrowed(&hook(&site))).await;
        let story = world.approved_story(&plan, "Một lần").await;
        site.behave(Manner::HangsUp);
        world.release(story, outlet, None).await;
        world.work().await;
        let line = &world.lines(story).await[0];
        assert_eq!(line.delivery.state(), State::Planned);
        assert!(line.delivery.next_at > Some(world.app.clock.now()));
        site.behave(Manner::Good);
        world.wait(TimeDelta::seconds(10));
        world.work().await;
        assert_eq!(world.lines(story).await[0].delivery.state(), State::Proven);
        assert_eq!(
            (site.kinds().len(), site.different(), site.pages().len()),
            (2, 1, 1)
        );
    })
    .await;
}

#[tokio::test]
async fn one_that_is_in_trouble_holds_up_no_other_and_is_tried_again_alone() {
    on_both("webhook_trouble", async |mut world| {
        world.open_outside().await;
        let (good, bad) = (Site::open().await, Site::open().await);
        let plan = world.small_plan().await;
        let well = world.connect("webhook", &borrowed(&hook(&good))).await;
        let ill = world.connect("webhook", &borrowed(&hook(&bad))).await;
        let story = world.approved_story(&plan, "Hai nơi").await;
        bad.behave(Manner::Busy);
        let binh = world.person_of("binh").await;
        let both = [ill, well].map(|outlet| Choice { outlet, slot: None });
        deliveries::release(&world.app, &binh, story, &both)
            .await
            .expect("released");
        world.work().await;
        let states = async || {
            let lines = world.lines(story).await;
            lines
                .iter()
                .map(|line| line.delivery.state())
                .collect::<Vec<_>>()
        };
        assert_eq!(states().await, [State::Planned, State::Proven]);
        let mut chi = world.sign_in("chi").await;
        let shown = chi.get("/outlets").await;
        assert!(
            shown.all(".table-note").join(" ").contains("Tạm nghỉ đến"),
            "{}",
            shown.text()
        );
        // It is left alone for as long as it asks.
        bad.behave(Manner::Good);
        world.wait(TimeDelta::seconds(119));
        world.work().await;
        assert_eq!(states().await[0], State::Planned);
        world.wait(TimeDelta::seconds(1));
        world.work().await;
        assert_eq!(states().await, [State::Proven, State::Proven]);
        assert_eq!((good.kinds().len(), bad.kinds().len()), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn what_is_refused_is_shown_with_the_reason_and_sent_when_a_person_says_so() {
    on_both("webhook_refused", async |mut world| {
        world.open_outside().await;
        let site = Site::open().await;
        let plan = world.small_plan().await;
        let outlet = world.connect("webhook", &borrowed(&hook(&site))).await;
        let story = world.approved_story(&plan, "Không nhận").await;
        site.behave(Manner::Refuses);
        world.release(story, outlet, None).await;
        world.work().await;
        let line = world.lines(story).await.remove(0);
        assert_eq!(line.delivery.state(), State::Failed);
        let mut binh = world.sign_in("binh").await;
        let path = format!("/deliveries/{}", line.delivery.id);
        let page = binh.get(&path).await;
        assert!(page.text().contains("tiêu đề quá dài"), "{}", page.text());
        site.behave(Manner::Good);
        world.wait(TimeDelta::hours(2));
        world.work().await;
        assert!(site.kinds().is_empty(), "nobody said so");
        let page = binh.post(&format!("{path}/retry"), &[]).await;
        assert_eq!(page.status, 303, "{}", page.text());
        world.work().await;
        assert_eq!(world.lines(story).await[0].delivery.state(), State::Proven);
        let page = binh.post(&format!("{path}/retry"), &[]).await;
        assert_eq!(page.status, 409);
        let mut an = world.sign_in("an").await;
        an.get("/deliveries").await;
        assert_eq!(an.post(&format!("{path}/retry"), &[]).await.status, 403);
    })
    .await;
}

#[tokio::test]
async fn a_page_that_shows_something_else_proves_nothing() {
    on_both("webhook_other", async |mut world| {
        world.open_outside().await;
        let site = Site::open().await;
        let plan = world.small_plan().await;
        let outlet = world.connect("webhook", &borrowed(&hook(&site))).await;
        let story = world.approved_story(&plan, "Có thật").await;
        site.behave(Manner::ShowsOther);
        world.release(story, outlet, None).await;
        for _ in 0..12 {
            world.work().await;
            world.wait(TimeDelta::minutes(11));
        }
        let line = world.lines(story).await.remove(0);
        assert_eq!(line.delivery.state(), State::Failed);
        assert_eq!(
            line.delivery.failure.as_deref(),
            Some("deliveries-page-other")
        );
        assert!(world.ledger().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn addresses_of_the_own_network_are_refused_and_secrets_never_shown() {
    on_both("webhook_private", async |mut world| {
        world.open_outside().await;
        let khanh = world.person_of(KHANH).await;
        let draft = async |url: &str| Draft {
            connector: Some("webhook"),
            name: "Trang xã".into(),
            kind: Some(loa_plan::ChannelKind::UnitSite),
            unit: Some(world.unit("xa-mot").await),
            values: values(&[("url", url), ("secret", SECRET)]),
            ..Draft::default()
        };
        for url in [
            "http://127.0.0.2/hook",
            "http://10.0.0.8/",
            "http://169.254.169.254/latest",
        ] {
            let refused = connectors::create(&world.app, &khanh, &draft(url).await).await;
            let Err(NotConnected::Wrong(wrong)) = refused else {
                panic!("{url}: {refused:?}");
            };
            assert_eq!(wrong, ("url", "deliveries-address-private"), "{url}");
        }
        // A name that leads home is found out when it is asked.
        let id = connectors::create(&world.app, &khanh, &draft("http://localhost:1/").await).await;
        let id = id.expect("an outlet");
        let mut browser = world.sign_in(KHANH).await;
        let page = browser.get(&format!("/outlets/{id}/edit")).await;
        assert_eq!(page.status, 200);
        assert_eq!(
            page.attribute("#url", "value").as_deref(),
            Some("http://localhost:1/")
        );
        assert_eq!(page.attribute("#secret", "value").as_deref(), Some(""));
        assert!(!page.text().contains(SECRET));
        // Whoever leaves the secret empty keeps it; what was typed is still there when something is wrong.
        let unit = world.unit("xa-mot").await.to_string();
        let typed = |url| {
            let kind = ("kind", "unit_site");
            [
                ("name", "Trang mới"),
                kind,
                ("unit", unit.as_str()),
                ("url", url),
                ("secret", ""),
            ]
        };
        let page = browser
            .post(&format!("/outlets/{id}/edit"), &typed("ftp://x/"))
            .await;
        assert_eq!(page.status, 422);
        assert_eq!(
            page.attribute("#name", "value").as_deref(),
            Some("Trang mới")
        );
        let page = browser
            .post(
                &format!("/outlets/{id}/edit"),
                &typed("https://xa-mot.vn/hook"),
            )
            .await;
        assert_eq!(page.status, 303, "{}", page.text());
        let mut chi = world.sign_in("chi").await;
        assert_eq!(chi.get(&format!("/outlets/{id}/edit")).await.status, 404);
        assert_eq!(chi.get("/outlets/new").await.status, 404);
        for path in [
            "/outlets/new",
            "/outlets/new/webhook",
            "/outlets/new/by-hand",
        ] {
            assert_eq!(browser.get(path).await.status, 200, "{path}");
        }
        assert_eq!(browser.get("/outlets/new/odd").await.status, 404);
    })
    .await;
}
