//! What is needed to prove something: a story on the air, receipts, and a server that the public
//! reaches over HTTP.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use chrono::TimeDelta;
use loa::app::App;
use loa::clock::SystemChance;
use loa::config::Config;
use loa::deliveries::{self, Choice, State};
use loa::evidence::entity::{cell, entry};
use loa::ids::{DeliveryId, OutletId, PlanId, SlotId, StoryId};
use loa::stories::{self, Draft};
use loa::web;
use loa_air::{Outcome, Receipt, sign_receipt};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::receiver::Receiver;
use super::{Outlets, Page, SmallPlan, World};

/// A story in a slot of `xa-mot`, and a loudspeaker there.
pub struct OnAir {
    /// The plan it serves.
    pub plan: SmallPlan,
    /// Where it could go.
    pub outlets: Outlets,
    /// The story.
    pub story: StoryId,
    /// Its delivery.
    pub delivery: DeliveryId,
    /// The loudspeaker.
    pub receiver: Receiver,
}

impl World {
    /// Bình releases a story, to a slot where there are loudspeakers.
    pub async fn release(&self, story: StoryId, to: OutletId, slot: Option<SlotId>) {
        let binh = self.person_of("binh").await;
        let choice = Choice { outlet: to, slot };
        deliveries::release(&self.app, &binh, story, &[choice])
            .await
            .expect("released");
    }

    /// A story goes on the air of `xa-mot` in an hour.
    pub async fn on_air(&self) -> OnAir {
        self.on_air_for(self.small_plan().await).await
    }

    /// The same for a plan that is live already.
    pub async fn on_air_for(&self, plan: SmallPlan) -> OnAir {
        let outlets = self.outlets().await;
        let story = self.approved_story(&plan, "Trả kết quả tại nhà").await;
        let slot = self.slot(outlets.area_one, 60, 300).await;
        self.release(story, outlets.one, Some(slot)).await;
        let receiver = self.receiver(outlets.area_one, 1).await;
        let asked = receiver.manifest().await;
        OnAir {
            delivery: DeliveryId(asked.slots[0].items[0].delivery),
            plan,
            outlets,
            story,
            receiver,
        }
    }

    /// An approved story that is read and not heard.
    pub async fn silent_story(&self, plan: &SmallPlan, title: &str) -> StoryId {
        let an = self.person_of("an").await;
        let draft = Draft {
            title: title.into(),
            body: "Xã trả kết quả tại nhà.".into(),
            unit: Some(self.unit("so").await),
            clause: Some(plan.clause),
            themes: vec![plan.themes[0]],
            ..Draft::default()
        };
        let id = stories::create(&self.app, &an, &draft)
            .await
            .expect("a story");
        self.submit_and_approve(id).await;
        id
    }

    /// An approved story with sound, about the first theme, both, or the second.
    pub async fn story_about(&self, plan: &SmallPlan, number: i64) -> StoryId {
        let an = self.person_of("an").await;
        let [one, two] = plan.themes;
        let draft = Draft {
            title: format!("Tin số {number}"),
            body: "Xã trả kết quả tại nhà.".into(),
            script: Some("Xã trả kết quả tại nhà.".into()),
            unit: Some(self.unit("so").await),
            clause: Some(plan.clause),
            themes: match number {
                0 => vec![one],
                1 => vec![one, two],
                _ => vec![two],
            },
            ..Draft::default()
        };
        let id = stories::create(&self.app, &an, &draft)
            .await
            .expect("a story");
        self.work().await;
        self.submit_and_approve(id).await;
        id
    }

    /// An writes a new version of a story, and Bình approves it.
    pub async fn correct(&self, id: StoryId, body: &str) {
        let an = self.person_of("an").await;
        let seen = stories::get(&self.app, &an, id).await.expect("seen");
        let draft = Draft {
            body: body.into(),
            script: Some(body.into()),
            ..seen.draft()
        };
        stories::save(&self.app, &an, id, &seen.seen(), &draft)
            .await
            .expect("saved");
        self.work().await;
        self.submit_and_approve(id).await;
    }

    async fn submit_and_approve(&self, id: StoryId) {
        let an = self.person_of("an").await;
        let seen = stories::get(&self.app, &an, id).await.expect("seen").seen();
        stories::submit(&self.app, &an, id, &seen)
            .await
            .expect("submitted");
        self.approve(id).await;
    }

    /// From now on a real server answers at the address of the settings.
    pub async fn go_online(&mut self) {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("a port");
        let address = listener.local_addr().expect("an address");
        self.at(&format!("http://{address}"));
        let service = web::router(self.app.clone());
        serve(listener, service);
    }

    /// From now on somebody else answers there.
    pub async fn hand_over_to(&mut self, service: Router) {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("a port");
        let address = listener.local_addr().expect("an address");
        self.at(&format!("http://{address}"));
        serve(listener, service);
    }

    /// Changes the address of the settings.
    pub fn at(&mut self, url: &str) {
        let mut config: Config = self.app.config.clone();
        config.web.url = Some(url.to_owned());
        let (db, clock) = (self.app.db.clone(), self.clock.clone());
        self.app = App::with(config, db, clock, Arc::new(SystemChance)).expect("an installation");
    }

    /// The ledger, the oldest first.
    pub async fn ledger(&self) -> Vec<entry::Model> {
        let all = entry::Entity::find().order_by_asc(entry::Column::Seq);
        all.all(&self.app.db).await.expect("the ledger")
    }

    /// The cells of coverage of a plan: channel, month, items, proofs, seconds.
    pub async fn cells(&self, plan: PlanId) -> Vec<(String, String, i64, i64, i64)> {
        cell::Entity::find()
            .filter(cell::Column::PlanId.eq(plan))
            .order_by_asc(cell::Column::ThemeId)
            .order_by_asc(cell::Column::Channel)
            .order_by_asc(cell::Column::UnitId)
            .order_by_asc(cell::Column::Month)
            .all(&self.app.db)
            .await
            .expect("coverage")
            .into_iter()
            .map(|row| (row.channel, row.month, row.items, row.proofs, row.seconds))
            .collect()
    }

    /// Where a delivery is.
    pub async fn state(&self, delivery: DeliveryId) -> State {
        let facts = deliveries::facts(&self.app.db, delivery).await;
        facts.expect("a delivery").delivery.state()
    }

    /// Why it failed.
    pub async fn failure(&self, delivery: DeliveryId) -> Option<String> {
        let facts = deliveries::facts(&self.app.db, delivery).await;
        facts.expect("a delivery").delivery.failure
    }
}

impl Receiver {
    /// What it would sign after it played the first item of its manifest whole.
    pub async fn played(&self, id: &str) -> Receipt {
        let asked = self.manifest().await;
        let (slot, item) = (&asked.slots[0], &asked.slots[0].items[0]);
        let length = i64::try_from(item.duration_ms).expect("a length");
        let started_at = slot.starts_at + TimeDelta::milliseconds(5);
        Receipt {
            area: self.area,
            clock_offset_ms: -12,
            delivery: item.delivery,
            detail: None,
            ended_at: started_at + TimeDelta::milliseconds(length),
            id: id.to_owned(),
            lateness_ms: 5,
            manifest_version: asked.version,
            outcome: Outcome::Whole,
            sha256: item.sha256.clone(),
            slot: slot.id,
            speaker: self.id,
            started_at,
            volume: 80,
        }
    }

    /// Hands in what it signs; answers the ids that are acknowledged.
    pub async fn tell_receipts(&self, receipts: &[Receipt]) -> Vec<String> {
        let signed: Vec<_> = receipts
            .iter()
            .map(|receipt| sign_receipt(&self.key, receipt))
            .collect();
        acknowledged(&self.post("/receipts", &signed).await)
    }
}

/// The ids in an answer.
pub fn acknowledged(page: &Page) -> Vec<String> {
    assert_eq!(page.status, 200, "{}", page.text());
    serde_json::from_value(page.json()["acknowledged"].clone()).expect("ids")
}

fn serve(listener: tokio::net::TcpListener, service: Router) {
    let service = service.into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
}
