//! One story to ten outlets of nine kinds, two of them in trouble of different sorts; then every kind
//! through its whole life.

use chrono::TimeDelta;
use loa::connectors::{self, Draft};
use loa::deliveries::entity::attempt;
use loa::deliveries::{self, Choice, State};
use loa::ids::{DeliveryId, OutletId};
use loa_plan::ChannelKind;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Set};

use super::networks::{Networks, TOKEN};
use super::site::{Manner, SECRET, Site};
use super::{KHANH, values};
use crate::world::{SmallPlan, World, on_both};

type Told = (&'static str, ChannelKind, Vec<(&'static str, String)>);

/// Every kind of connector, and what it is told.
fn ways(networks: &Networks) -> Vec<Told> {
    let at = |path: &str| format!("{}{path}", networks.url);
    let token = || ("token", TOKEN.to_owned());
    let social = ChannelKind::SocialNetwork;
    vec![
        (
            "wordpress",
            ChannelKind::UnitSite,
            vec![
                ("url", at("/site")),
                ("user", "loa".into()),
                ("password", TOKEN.into()),
            ],
        ),
        (
            "facebook",
            social,
            vec![("page", "tinhhanam".into()), token(), ("url", at("/graph"))],
        ),
        (
            "telegram",
            social,
            vec![
                ("channel", "@tin_ha_nam".into()),
                token(),
                ("url", at("")),
                ("public", at("/t")),
            ],
        ),
        ("mastodon", social, vec![("url", at("")), token()]),
        (
            "webdav",
            ChannelKind::LocalRadio,
            vec![
                ("url", at("/dav/dai")),
                ("user", "loa".into()),
                ("password", TOKEN.into()),
            ],
        ),
    ]
}

impl World {
    async fn open_way(&self, (connector, kind, told): &Told) -> OutletId {
        let told: Vec<(&str, &str)> = told
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let draft = Draft {
            connector: Some(connector),
            name: format!("Nơi nhận {connector}"),
            kind: Some(*kind),
            unit: Some(self.unit("tinh").await),
            values: values(&told),
            ..Draft::default()
        };
        let khanh = self.person_of(KHANH).await;
        connectors::create(&self.app, &khanh, &draft)
            .await
            .expect(connector)
    }
}

#[tokio::test]
async fn each_kind_posts_shows_corrects_and_takes_back() {
    on_both("each_kind", async |mut world| {
        world.open_outside().await;
        let plan = world.small_plan().await;
        for way in ways(&Networks::open().await) {
            let networks = Networks::open().await;
            let way = ways(&networks)
                .into_iter()
                .find(|one| one.0 == way.0)
                .expect("the way");
            let name = way.0;
            let outlet = world.open_way(&way).await;
            let story = world
                .approved_story(&plan, &format!("Trả “tận nhà” qua {name}"))
                .await;
            world.release(story, outlet, None).await;
            world.work().await;
            let line = world.lines(story).await.remove(0);
            assert_eq!(
                line.delivery.state(),
                State::Proven,
                "{name}: {:?}",
                line.delivery
            );
            let stands = || networks.posts().len() + networks.files().len();
            let stood = stands();
            assert!(stood > 0, "{name}");

            world.correct(story, "Đã sửa.").await;
            world.release(story, outlet, None).await;
            world.work().await;
            let lines = world.lines(story).await;
            assert_eq!(
                lines[1].delivery.state(),
                State::Proven,
                "{name}: {:?}",
                lines[1].delivery
            );
            assert_eq!(stands(), stood, "{name}: in the place of the first");

            let binh = world.person_of("binh").await;
            deliveries::withdraw(&world.app, &binh, lines[1].release.id)
                .await
                .expect("withdrawn");
            world.work().await;
            assert_eq!(stands(), 0, "{name}");
            let line = world.lines(story).await.remove(1);
            assert_eq!(line.delivery.taking_back.as_deref(), Some("done"), "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_is_lost_never_posts_twice() {
    on_both("lost_answers", async |mut world| {
        world.open_outside().await;
        let plan = world.small_plan().await;
        for at in 0..5 {
            let networks = Networks::open().await;
            let way = &ways(&networks)[at];
            let name = way.0;
            let outlet = world.open_way(way).await;
            let story = world
                .approved_story(&plan, &format!("Một lần qua {name}"))
                .await;
            networks.lose_answers(true);
            world.release(story, outlet, None).await;
            world.work().await;
            networks.lose_answers(false);
            // Longer than any server remembers a key.
            world.wait(TimeDelta::hours(2));
            world.work().await;
            let line = world.lines(story).await.remove(0);
            if name == "telegram" {
                // Nobody can ask Telegram what it has: a person looks.
                assert_eq!(line.delivery.state(), State::Failed);
                assert_eq!(networks.made(), 1);
            } else {
                assert_eq!(
                    line.delivery.state(),
                    State::Proven,
                    "{name}: {:?}",
                    line.delivery
                );
                assert!(networks.made() <= 1, "{name}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn one_story_to_ten_outlets_of_nine_kinds_two_of_them_in_trouble() {
    on_both("ten_outlets", async |mut world| {
        world.go_online().await;
        world.open_outside().await;
        let plan = world.small_plan().await;
        let outlets = world.outlets().await;
        let story = world.approved_story(&plan, "Mười nơi cùng nhận").await;
        let (mut networks, mut choices) = (Vec::new(), Vec::new());
        let to = |outlet| Choice { outlet, slot: None };
        for at in 0..5 {
            let one = Networks::open().await;
            choices.push(to(world.open_way(&ways(&one)[at]).await));
            networks.push(one);
        }
        let (site, ill) = (Site::open().await, Site::open().await);
        for site in [&site, &ill] {
            let told = vec![
                ("url", format!("{}/hook", site.url)),
                ("secret", SECRET.to_owned()),
            ];
            choices.push(to(world
                .open_way(&("webhook", ChannelKind::PressOnline, told))
                .await));
        }
        let folder = world.app.config.outside.folders[0].clone();
        std::fs::create_dir_all(&folder).expect("a folder");
        let told = vec![("path", folder.display().to_string())];
        choices.push(to(world
            .open_way(&("folder", ChannelKind::PressRadio, told))
            .await));
        choices.push(to(outlets.portal));
        let slot = world.slot(outlets.area_one, 60, 300).await;
        choices.push(Choice {
            outlet: outlets.one,
            slot: Some(slot),
        });
        assert_eq!(choices.len(), 10);
        // Telegram asks to slow down, one site will not have it.
        networks[2].hurry(true);
        ill.behave(Manner::Refuses);

        let binh = world.person_of("binh").await;
        deliveries::release(&world.app, &binh, story, &choices)
            .await
            .expect("released");
        world.work().await;
        let receiver = world.receiver(outlets.area_one, 1).await;
        let played = receiver.played("r1").await;
        world.wait(TimeDelta::minutes(65));
        assert_eq!(receiver.tell_receipts(&[played]).await, ["r1"]);
        let states = async || {
            let lines = world.lines(story).await;
            lines
                .iter()
                .map(|line| line.delivery.state())
                .collect::<Vec<_>>()
        };
        let count =
            |states: &[State], wanted| states.iter().filter(|state| **state == wanted).count();
        let all = states().await;
        assert_eq!(count(&all, State::Proven), 8, "{all:?}");
        assert_eq!(
            count(&all, State::Planned),
            1,
            "Telegram is asked again later"
        );
        let waits = world.lines(story).await;
        let waits = waits
            .iter()
            .find(|line| line.delivery.state() == State::Planned)
            .expect("one");
        let at = waits.delivery.next_at.expect("a time");
        assert!(
            at - waits.delivery.updated_at >= TimeDelta::seconds(90),
            "it is left alone for as long as it asks: {at}"
        );
        assert_eq!(count(&all, State::Failed), 1, "the site said no");
        let made: u64 = networks.iter().map(Networks::made).sum();

        networks[2].hurry(false);
        ill.behave(Manner::Good);
        world.wait(TimeDelta::seconds(90));
        world.work().await;
        assert_eq!(
            count(&states().await, State::Proven),
            9,
            "{:?}",
            states().await
        );
        let failed = world.lines(story).await;
        let failed = failed
            .iter()
            .find(|line| line.delivery.state() == State::Failed)
            .expect("one");
        connectors::retry(&world.app, &binh, failed.delivery.id)
            .await
            .expect("tried again");
        world.work().await;
        assert_eq!(count(&states().await, State::Proven), 10);
        let made_now: u64 = networks.iter().map(Networks::made).sum();
        assert_eq!(made_now, made + 1, "nobody else was told twice");
        assert_eq!((site.kinds().len(), ill.kinds().len()), (1, 1));
    })
    .await;
}

/// As when the process is gone between handing over and keeping the answer.
async fn forget_attempts(world: &World, delivery: DeliveryId) {
    attempt::Entity::delete_many()
        .filter(attempt::Column::DeliveryId.eq(delivery))
        .exec(&world.app.db)
        .await
        .expect("forgotten");
}

#[tokio::test]
async fn neither_a_killed_process_nor_a_person_who_tries_again_posts_twice() {
    on_both("tried_again", async |mut world| {
        world.open_outside().await;
        let plan = world.small_plan().await;
        posted_once(&mut world, &plan, true).await;
        posted_once(&mut world, &plan, false).await;
    })
    .await;
}

/// A post that Facebook took, whose answer was lost, is looked for and not made again: when the
/// process was killed before it kept anything, and when a person tries again after the last fault.
async fn posted_once(world: &mut World, plan: &SmallPlan, killed: bool) {
    let networks = Networks::open().await;
    let way = &ways(&networks)[1];
    assert_eq!(way.0, "facebook");
    let outlet = world.open_way(way).await;
    let story = world.approved_story(plan, "Chỉ một lần").await;
    networks.lose_answers(true);
    world.release(story, outlet, None).await;
    world.work().await;
    networks.lose_answers(false);
    assert_eq!(networks.made(), 1);
    let row = world.lines(story).await.remove(0).delivery;
    let id = row.id;
    let mut changed = row.into_active_model();
    changed.tries = Set(0);
    if killed {
        changed.next_at = Set(Some(world.app.clock.now()));
        changed.trying_since = Set(Some(world.app.clock.now()));
        forget_attempts(world, id).await;
    } else {
        changed.next_at = Set(None);
        changed.state = Set("failed".to_owned());
    }
    changed.update(&world.app.db).await.expect("changed");
    if !killed {
        let binh = world.person_of("binh").await;
        connectors::retry(&world.app, &binh, id)
            .await
            .expect("tried again");
    }
    world.wait(TimeDelta::minutes(1));
    world.work().await;
    let line = world.lines(story).await.remove(0);
    assert_eq!(line.delivery.state(), State::Proven, "{:?}", line.delivery);
    assert_eq!(networks.made(), 1);
}
