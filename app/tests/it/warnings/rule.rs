//! By a rule that two people made: at once, word for word, in the name of both. Whatever is not just so is left
//! to people.

use chrono::TimeDelta;
use loa::accounts;
use loa::error::Failure;
use loa::ids::{RuleId, SourceId, UrgentId};
use loa::jobs::{self, Job, Outcome};
use loa::stories::{self, State};
use loa::urgent::entity::urgent as urgents;
use loa::warnings::{self, RuleDraft, Task, entity};
use loa_cap::{Certainty, MessageType, Severity, Urgency};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, Set,
};

use super::center::{Center, cancel, flood, place, reference};
use crate::world::{Outlets, SmallPlan, World, on_both};

struct Trusted {
    plan: SmallPlan,
    center: Center,
    outlets: Outlets,
    source: SourceId,
    rule: RuleId,
}

/// Chi asks for a rule, and Hà approves it.
async fn trusted(world: &World) -> Trusted {
    let plan = world.small_plan().await;
    let outlets = world.outlets().await;
    let center = Center::new();
    let source = world.source(&center, "").await;
    let chi = world.person_of("chi").await;
    let draft = RuleDraft {
        severity: "severe".into(),
        times: 2,
        ..RuleDraft::default()
    };
    let rule = warnings::ask_rule(&world.app, &chi, source, &draft)
        .await
        .expect("asked");
    let own = warnings::approve_rule(&world.app, &chi, rule).await;
    assert!(
        matches!(own, Err(Failure::Forbidden("warnings-rule-own"))),
        "{own:?}"
    );
    let binh = world.person_of("binh").await;
    let foreign = warnings::approve_rule(&world.app, &binh, rule).await;
    assert!(foreign.is_err(), "she approves for her agency only");
    let ha = world.person_of("ha").await;
    warnings::approve_rule(&world.app, &ha, rule)
        .await
        .expect("approved");
    Trusted {
        plan,
        center,
        outlets,
        source,
        rule,
    }
}

/// All that is due is done, and done again when it asks for that.
async fn settles(world: &World) {
    for _ in 0..4 {
        world.wait(TimeDelta::seconds(1));
        world.work().await;
    }
}

async fn message(world: &World, id: UrgentId) -> urgents::Model {
    let row = urgents::Entity::find_by_id(id).one(&world.app.db).await;
    row.expect("a store").expect("a message")
}

#[tokio::test]
async fn what_two_people_trust_is_said_at_once_in_their_names() {
    on_both("warnings_rule", async |world| {
        let Trusted {
            center,
            outlets,
            rule,
            ..
        } = trusted(&world).await;
        let receiver = world.receiver(outlets.area_one, 1).await;
        let elsewhere = world.receiver(outlets.area_two, 2).await;
        let alert = flood("KTTV-1", world.app.clock.now());
        let came = world.comes(&center.sign(&alert)).await;
        settles(&world).await;
        let row = world.warning(came.id).await;
        assert_eq!((row.rule_id, row.held.as_deref()), (Some(rule), None));
        let said = message(&world, row.urgent_id.expect("a message")).await;
        let (chi, ha) = (world.person("chi").await, world.person("ha").await);
        assert_eq!((said.asked_by, said.sent_by), (chi, Some(ha)));
        assert_eq!((said.minutes, said.times), (30, 2));
        assert_eq!(receiver.manifest().await.slots.len(), 2);
        assert!(
            elsewhere.manifest().await.slots.is_empty(),
            "only where it holds"
        );
        let reader = world.person_of("ha").await;
        let story = stories::get(&world.app, &reader, said.story_id)
            .await
            .expect("read");
        assert_eq!(story.state, State::Released);
        assert_eq!(story.version.title, "Lũ trên sông Đáy lên nhanh");
        assert_eq!(
            story.version.body,
            "Mực nước vượt báo động ba.\n\nBà con ngoài đê di dời ngay."
        );

        // It comes again, and is said once.
        world.comes(&center.sign(&alert)).await;
        settles(&world).await;
        assert_eq!(receiver.manifest().await.slots.len(), 2);

        // An update takes its place, and a take-back ends that.
        let mut update = flood("KTTV-2", world.app.clock.now());
        update.message = MessageType::Update(vec![reference(&alert)]);
        update.infos[0].headline = Some("Lũ lên báo động ba".into());
        let newer = world.comes(&center.sign(&update)).await;
        settles(&world).await;
        let newer = message(
            &world,
            world.warning(newer.id).await.urgent_id.expect("said"),
        )
        .await;
        assert!(newer.sent_at.is_some());
        assert!(
            message(&world, said.id).await.cancelled_at.is_some(),
            "it is out of date"
        );
        assert_eq!(receiver.manifest().await.slots.len(), 2);
        world.comes(&center.sign(&cancel("KTTV-3", &update))).await;
        assert!(receiver.manifest().await.slots.is_empty());
        assert_eq!(message(&world, newer.id).await.cancelled_by, Some(ha));
    })
    .await;
}

#[tokio::test]
async fn what_the_rule_is_not_about_waits_for_people() {
    on_both("warnings_rule_not", async |world| {
        let Trusted { center, .. } = trusted(&world).await;
        let now = world.app.clock.now();
        let mut weaker = Vec::new();
        for number in 1..=3 {
            let mut alert = flood(&format!("KTTV-{number}"), now);
            match number {
                1 => alert.infos[0].severity = Severity::Moderate,
                2 => alert.infos[0].certainty = Certainty::Likely,
                _ => alert.infos[0].urgency = Urgency::Future,
            }
            weaker.push((alert, None));
        }
        let mut nowhere = flood("KTTV-4", now);
        nowhere.infos[0].areas = vec![place("Nơi nào đó", "999")];
        weaker.push((nowhere, Some("warnings-held-areas")));
        let mut several = flood("KTTV-5", now);
        several.infos.push(several.infos[0].clone());
        weaker.push((several, Some("warnings-held-several")));
        let mut long = flood("KTTV-6", now);
        long.infos[0].headline = Some("Lũ ".repeat(200));
        weaker.push((long, Some("stories-title-long")));
        let dung = world.person_of("dung").await;
        for (number, (alert, held)) in weaker.into_iter().enumerate() {
            let came = world.comes(&center.sign(&alert)).await;
            settles(&world).await;
            let row = world.warning(came.id).await;
            assert_eq!(
                (row.urgent_id, row.held.as_deref()),
                (None, held),
                "{number}"
            );
            let waiting = warnings::waiting(&world.app, &dung).await.expect("read");
            assert_eq!(waiting.len(), number + 1);
            assert!(waiting.iter().all(|waiting| waiting.task == Task::Decide));
        }
    })
    .await;
}

#[tokio::test]
async fn nothing_is_said_by_a_rule_that_does_not_hold() {
    on_both("warnings_rule_gone", async |world| {
        let Trusted {
            center,
            source,
            rule,
            ..
        } = trusted(&world).await;
        let said = async |number: i64| {
            let now = world.app.clock.now();
            let came = world
                .comes(&center.sign(&flood(&format!("KTTV-{number}"), now)))
                .await;
            settles(&world).await;
            world.warning(came.id).await.urgent_id
        };
        // Somebody who holds the store gives the source another key: the two people saw this one.
        let row = entity::source::Entity::find_by_id(source)
            .one(&world.app.db)
            .await;
        let row = row.expect("a store").expect("a source");
        let (key, list) = (row.certificate.clone(), row.code_list.clone());
        let mut changed = row.into_active_model();
        changed.code_list = Set("OTHER".into());
        let mut changed = changed
            .update(&world.app.db)
            .await
            .expect("changed")
            .into_active_model();
        assert_eq!(said(1).await, None);
        changed.code_list = Set(list);
        changed.certificate = Set(format!("{key}\n"));
        let mut changed = changed
            .update(&world.app.db)
            .await
            .expect("changed")
            .into_active_model();
        assert_eq!(said(2).await, None);
        changed.certificate = Set(key);
        changed.update(&world.app.db).await.expect("changed");
        // One person alone is refused by the store itself.
        let chi = world.person("chi").await;
        let forged = format!("UPDATE warning_rules SET approved_by = {chi} WHERE id = {rule}");
        assert!(world.app.db.execute_unprepared(&forged).await.is_err());
        // Either of them ends it, alone.
        let chi = world.person_of("chi").await;
        warnings::end_rule(&world.app, &chi, rule)
            .await
            .expect("ended");
        assert_eq!(said(3).await, None);
        // A new one that waits for its second person says nothing.
        warnings::ask_rule(&world.app, &chi, source, &RuleDraft::default())
            .await
            .expect("asked");
        assert_eq!(said(4).await, None);
        let ha = world.person_of("ha").await;
        let waiting = warnings::rules_to_approve(&world.app, &ha)
            .await
            .expect("read");
        assert_eq!(waiting.len(), 1);
    })
    .await;
}

/// A warning came, and the rule wrote its message; the sound is not there yet.
async fn written(world: &World, center: &Center) -> (entity::warning::Model, urgents::Model) {
    let document = center.sign(&flood("KTTV-1", world.app.clock.now()));
    let came = warnings::receive(&world.app, None, &document)
        .await
        .expect("received");
    let outcome = warnings::say(&world.app, came.id).await;
    assert!(matches!(outcome, Outcome::Again(_)), "{outcome:?}");
    let row = world.warning(came.id).await;
    let said = message(world, row.urgent_id.expect("written")).await;
    (row, said)
}

#[tokio::test]
async fn what_somebody_changed_since_is_not_said_by_the_rule() {
    on_both("warnings_rule_changed", async |world| {
        let Trusted {
            plan,
            center,
            outlets,
            ..
        } = trusted(&world).await;
        let receiver = world.receiver(outlets.area_one, 1).await;
        let (row, said) = written(&world, &center).await;
        // Chi, in whose name it stands, puts other words in it and submits them.
        let chi = world.person_of("chi").await;
        let story = stories::get(&world.app, &chi, said.story_id)
            .await
            .expect("read");
        let mut draft = story.draft();
        draft.body = "Ở yên trong nhà.".into();
        draft.themes = vec![plan.themes[0]];
        stories::save(&world.app, &chi, said.story_id, &story.seen(), &draft)
            .await
            .expect("saved");
        let story = stories::get(&world.app, &chi, said.story_id)
            .await
            .expect("read");
        stories::submit(&world.app, &chi, said.story_id, &story.seen())
            .await
            .expect("submitted");
        settles(&world).await;
        assert!(receiver.manifest().await.slots.is_empty());
        let row = world.warning(row.id).await;
        assert_eq!(row.held.as_deref(), Some("stories-changed"));
        assert_eq!(message(&world, said.id).await.sent_at, None);
    })
    .await;
}

#[tokio::test]
async fn a_rule_of_people_who_left_says_nothing() {
    on_both("warnings_rule_left", async |world| {
        let Trusted { center, .. } = trusted(&world).await;
        let ha = world.person("ha").await;
        let row = accounts::entity::person::Entity::find_by_id(ha)
            .one(&world.app.db)
            .await;
        let mut row = row.expect("a store").expect("a person").into_active_model();
        row.disabled_at = Set(Some(world.app.clock.now()));
        row.update(&world.app.db).await.expect("left");
        let came = world
            .comes(&center.sign(&flood("KTTV-1", world.app.clock.now())))
            .await;
        settles(&world).await;
        let row = world.warning(came.id).await;
        assert_eq!(row.held.as_deref(), Some("warnings-held-people"));
        let said = message(&world, row.urgent_id.expect("written")).await;
        assert_eq!(said.sent_at, None, "it waits for another second person");
    })
    .await;
}

#[tokio::test]
async fn a_fault_between_approval_and_sending_loses_nothing() {
    on_both("warnings_rule_fault", async |world| {
        let Trusted {
            center, outlets, ..
        } = trusted(&world).await;
        let receiver = world.receiver(outlets.area_one, 1).await;
        let (row, said) = written(&world, &center).await;
        // The sound is made, it is approved, and the process ends there.
        let queue = jobs::entity::job::Entity::delete_many();
        let warn = jobs::entity::job::Column::Kind.eq("warn");
        queue.filter(warn).exec(&world.app.db).await.expect("gone");
        world.work().await;
        let ha = world.person_of("ha").await;
        let seen = stories::Seen {
            version: row.version_id.expect("written"),
            updated_at: row.written_at.expect("written"),
            sound: None,
        };
        stories::approve_by_rule(&world.app, &ha, said.story_id, &seen)
            .await
            .expect("approved");
        assert!(receiver.manifest().await.slots.is_empty());
        let again = Job::Warn { warning: row.id };
        jobs::wake(&world.app.db, &again, world.app.clock.now())
            .await
            .expect("woken");
        settles(&world).await;
        assert!(message(&world, said.id).await.sent_at.is_some());
        assert_eq!(receiver.manifest().await.slots.len(), 2);
        assert_eq!(world.warning(row.id).await.held, None);
    })
    .await;
}
