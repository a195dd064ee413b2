//! What is needed to go on the air: areas with an outlet each, a portal, slots, a story with sound.

use chrono::TimeDelta;
use loa::airtime::{self, Wanted};
use loa::app::App;
use loa::ids::{AreaId, OutletId, SlotId, StoryId, UrgentId};
use loa::outlets::{self, NewOutlet};
use loa::stories::{self, Draft};
use loa::urgent::{self, Asked};
use loa_air::Priority;
use loa_plan::ChannelKind;

use super::{SmallPlan, World};

/// Read aloud in a few seconds.
const SCRIPT: &str = "Xã trả kết quả tại nhà.";

/// The outlets of this world.
pub struct Outlets {
    /// The province's portal.
    pub portal: OutletId,
    /// A newspaper.
    pub paper: OutletId,
    /// The loudspeakers of `xa-mot`, where Dung is the broadcaster.
    pub one: OutletId,
    /// Their area.
    pub area_one: AreaId,
    /// The loudspeakers of `xa-hai`.
    pub two: OutletId,
    /// Their area.
    pub area_two: AreaId,
}

impl World {
    /// Opens the outlets.
    pub async fn outlets(&self) -> Outlets {
        let db = &self.app.db;
        let (tinh, one, two) = (
            self.unit("tinh").await,
            self.unit("xa-mot").await,
            self.unit("xa-hai").await,
        );
        let area_one = outlets::create_area(db, one, "Cụm loa Phường Một")
            .await
            .expect("an area");
        let area_two = outlets::create_area(db, two, "Cụm loa Xã Hai")
            .await
            .expect("an area");
        let open = async |key, unit, kind, name, area| {
            let wanted = NewOutlet {
                key,
                unit,
                kind,
                name,
                address: None,
                area,
            };
            outlets::create(db, &wanted).await.expect("an outlet")
        };
        let speakers = ChannelKind::Loudspeaker;
        Outlets {
            portal: open("portal", tinh, ChannelKind::Portal, "Cổng Hà Nam", None).await,
            paper: open("bao", tinh, ChannelKind::PressPrint, "Báo Hà Nam", None).await,
            one: open("loa-mot", one, speakers, "Loa Phường Một", Some(area_one)).await,
            area_one,
            two: open("loa-hai", two, speakers, "Loa Xã Hai", Some(area_two)).await,
            area_two,
        }
    }

    /// A slot of an area, so many minutes from now and so many seconds long.
    pub async fn slot(&self, area: AreaId, minutes: i64, seconds: i64) -> SlotId {
        let chi = self.person_of("chi").await;
        let wanted = Wanted {
            area,
            starts_at: self.app.clock.now() + TimeDelta::minutes(minutes),
            seconds,
            priority: Priority::Ordinary,
        };
        airtime::create_slot(&self.app, &chi, &wanted)
            .await
            .expect("a slot")
    }

    /// A story that An wrote, with a sound of the real voice; Bình has not approved it yet.
    pub async fn submitted_story(&self, plan: &SmallPlan, title: &str, script: &str) -> StoryId {
        let an = self.person_of("an").await;
        let draft = Draft {
            title: title.into(),
            body: "Xã trả kết quả tại nhà.".into(),
            script: Some(script.into()),
            unit: Some(self.unit("so").await),
            clause: Some(plan.clause),
            themes: vec![plan.themes[0]],
            ..Draft::default()
        };
        let id = stories::create(&self.app, &an, &draft)
            .await
            .expect("a story");
        self.work().await;
        let seen = stories::get(&self.app, &an, id).await.expect("seen").seen();
        stories::submit(&self.app, &an, id, &seen)
            .await
            .expect("submitted");
        id
    }

    /// Bình hears and approves what was submitted.
    pub async fn approve(&self, id: StoryId) {
        let binh = self.person_of("binh").await;
        let seen = stories::get(&self.app, &binh, id)
            .await
            .expect("seen")
            .seen();
        stories::approve(&self.app, &binh, id, &seen, true)
            .await
            .expect("approved");
    }

    /// A story with sound that two people stand behind.
    pub async fn approved_story(&self, plan: &SmallPlan, title: &str) -> StoryId {
        let id = self.submitted_story(plan, title, SCRIPT).await;
        self.approve(id).await;
        id
    }

    /// Somebody asks for an urgent message in an area, and its sound is made.
    pub async fn ask_urgent(&self, login: &str, area: AreaId) -> UrgentId {
        let asker = self.person_of(login).await;
        let wanted = Asked {
            title: "Cảnh báo lũ".into(),
            text: "Bà con di dời ngay.".into(),
            // Named twice it is meant once.
            areas: vec![area, area],
            ..Asked::default()
        };
        let id = urgent::ask(&self.app, &asker, &wanted)
            .await
            .expect("asked");
        self.work().await;
        id
    }

    /// Hà, who leads the province, hears it and sends it from a server of this installation.
    pub async fn send_urgent(&self, server: &App, id: UrgentId) {
        let ha = self.person_of("ha").await;
        let message = urgent::get(server, &ha, id).await.expect("seen");
        let seen = message.story.seen();
        urgent::send(server, &ha, id, &seen, true)
            .await
            .expect("sent");
    }
}
