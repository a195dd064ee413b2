//! What is needed to count and to report: stories on themes, their deliveries, proof at any time.

use loa::deliveries::{self, Choice, Filter};
use loa::evidence::{self, Kind, Proof};
use loa::ids::{DeliveryId, OutletId, RegimeId, ReportId, SlotId, StoryId, ThemeId};
use loa::outlets::{self, NewOutlet};
use loa::reports::{self, Code, Content};
use loa::stories::{self, Draft};
use loa_plan::ChannelKind;
use serde_json::json;

use super::{SmallPlan, World};

/// A programme with a few proven deliveries around the turn of the reporting year 2026.
pub struct Programme {
    /// The plan.
    pub plan: SmallPlan,
    /// Its only regime.
    pub regime: RegimeId,
    /// On the portal, 1 March 2026, theme one: An's agency wrote it.
    pub portal: i64,
    /// The two receipts of `xa-mot`, 14 September 2026 at 23:59:30, theme one.
    pub heard: [i64; 2],
    /// In `xa-hai`, 15 September 2026 at 0:00, theme one: of the next year.
    pub next_year: i64,
    /// A playing that failed in `xa-mot`, 1 May 2026, both themes.
    pub failed: i64,
    /// On the portal, 15 September 2025 at 0:00, theme two: `xa-hai` wrote it.
    pub written: i64,
    /// The delivery whose playing failed.
    pub failed_delivery: DeliveryId,
}

impl World {
    /// Plays the programme.
    pub async fn programme(&self) -> Programme {
        let (plan, outlets) = (self.small_plan().await, self.outlets().await);
        let [one, two] = plan.themes;
        let slots = [
            self.slot(outlets.area_one, 60, 300).await,
            self.slot(outlets.area_two, 60, 300).await,
            self.slot(outlets.area_one, 120, 300).await,
        ];
        let first = self
            .story_of(("an", "binh", "so"), &plan, "Một cửa", &[one])
            .await;
        let places = [
            (outlets.portal, None),
            (outlets.one, Some(slots[0])),
            (outlets.two, Some(slots[1])),
        ];
        let first = self.deliver("binh", first, &places).await;
        let second = self
            .story_of(("an", "binh", "so"), &plan, "Cả hai", &[one, two])
            .await;
        let second = self
            .deliver("binh", second, &[(outlets.one, Some(slots[2]))])
            .await;
        let third = self
            .story_of(("giang", "ha", "xa-hai"), &plan, "Xã viết", &[two])
            .await;
        let third = self.deliver("ha", third, &[(outlets.portal, None)]).await;
        Programme {
            portal: self.prove(first[0], "2026-03-01T08:00", Some(0)).await,
            heard: [
                self.prove(first[1], "2026-09-14T23:59:30", Some(95)).await,
                self.prove(first[1], "2026-09-14T23:59:31", Some(95)).await,
            ],
            next_year: self.prove(first[2], "2026-09-15T00:00", Some(95)).await,
            failed: self.prove(second[0], "2026-05-01T17:00", None).await,
            written: self.prove(third[0], "2025-09-15T00:00", Some(0)).await,
            failed_delivery: second[0],
            regime: self.regime().await,
            plan,
        }
    }

    /// The only regime of this world.
    pub async fn regime(&self) -> RegimeId {
        let regimes = reports::regimes(&self.app.db).await.expect("regimes");
        regimes.first().expect("a regime").row.id
    }

    /// A story with sound that somebody wrote for a unit and somebody else approved.
    pub async fn story_of(
        &self,
        (writer, approver, unit): (&str, &str, &str),
        plan: &SmallPlan,
        title: &str,
        themes: &[ThemeId],
    ) -> StoryId {
        let person = self.person_of(writer).await;
        let draft = Draft {
            title: title.into(),
            body: "Xã trả kết quả tại nhà.".into(),
            script: Some("Xã trả kết quả tại nhà.".into()),
            unit: Some(self.unit(unit).await),
            clause: Some(plan.clause),
            themes: themes.to_vec(),
            ..Draft::default()
        };
        let id = stories::create(&self.app, &person, &draft).await;
        let id = id.expect("a story");
        self.work().await;
        let seen = stories::get(&self.app, &person, id).await.expect("seen");
        stories::submit(&self.app, &person, id, &seen.seen())
            .await
            .expect("submitted");
        let other = self.person_of(approver).await;
        let seen = stories::get(&self.app, &other, id).await.expect("seen");
        stories::approve(&self.app, &other, id, &seen.seen(), true)
            .await
            .expect("approved");
        id
    }

    /// Releases a story; answers its deliveries in the order of the places.
    pub async fn deliver(
        &self,
        login: &str,
        story: StoryId,
        places: &[(OutletId, Option<SlotId>)],
    ) -> Vec<DeliveryId> {
        let person = self.person_of(login).await;
        let choices: Vec<Choice> = places
            .iter()
            .map(|(outlet, slot)| Choice {
                outlet: *outlet,
                slot: *slot,
            })
            .collect();
        deliveries::release(&self.app, &person, story, &choices)
            .await
            .expect("released");
        let filter = Filter {
            story: Some(story),
            ..Filter::default()
        };
        let chi = self.person_of("chi").await;
        let (lines, _) = deliveries::list(&self.app, &chi, filter, 0, 100)
            .await
            .expect("deliveries");
        let at = |(outlet, slot): &(OutletId, Option<SlotId>)| {
            let line = lines
                .iter()
                .find(|line| line.outlet.id == *outlet && line.delivery.slot_id == *slot);
            line.expect("a delivery").delivery.id
        };
        places.iter().map(at).collect()
    }

    /// Enters a proof of a delivery, at a time in Vietnam. Without seconds it does not count.
    pub async fn prove(&self, delivery: DeliveryId, at: &str, seconds: Option<i64>) -> i64 {
        let transaction = self.app.begin().await.expect("a transaction");
        let facts = deliveries::facts(&transaction, delivery).await;
        let time = if at.len() == 16 {
            ":00+07:00"
        } else {
            "+07:00"
        };
        let proof = Proof {
            source: format!("test:{delivery}:{at}"),
            kind: if facts.as_ref().is_ok_and(|facts| facts.slot.is_some()) {
                Kind::Receipt
            } else {
                Kind::Page
            },
            occurred_at: format!("{at}{time}").parse().expect("an instant"),
            counts: seconds.is_some(),
            seconds: seconds.unwrap_or_default(),
            detail: json!({ "from": "test" }),
        };
        let seq = evidence::append(&self.app, &transaction, &facts.expect("facts"), &proof).await;
        transaction.commit().await.expect("committed");
        seq.expect("a ledger").expect("a new entry")
    }

    /// An area with loudspeakers in a unit, and a slot there in two hours.
    pub async fn loudspeakers(&self, unit: &str, key: &str) -> (OutletId, SlotId) {
        let (db, id) = (&self.app.db, self.unit(unit).await);
        let area = outlets::create_area(db, id, key).await.expect("an area");
        let wanted = NewOutlet {
            key,
            unit: id,
            kind: ChannelKind::Loudspeaker,
            name: key,
            address: None,
            area: Some(area),
        };
        let outlet = outlets::create(db, &wanted).await.expect("an outlet");
        (outlet, self.slot(area, 120, 300).await)
    }

    /// Begins a report.
    pub async fn report(&self, login: &str, unit: &str, year: i32) -> ReportId {
        let person = self.person_of(login).await;
        let key = (self.regime().await, self.unit(unit).await, year);
        let (id, _) = reports::open(&self.app, &person, key)
            .await
            .expect("a report");
        id
    }

    /// Whether everything that was handed in still stands.
    pub async fn reports_hold(&self) -> bool {
        let (_, broken) = reports::verify(&self.app.db).await.expect("checked");
        println!("{broken:?}");
        broken.is_empty()
    }

    /// What a report says.
    pub async fn said(&self, id: ReportId) -> Content {
        let chi = self.person_of("chi").await;
        let report = reports::get(&self.app, &chi, id).await.expect("a report");
        report.content(&self.app.db).await.expect("its content")
    }
}

/// A figure and the entries behind it.
pub fn figure(content: &Content, code: Code) -> (i64, String) {
    let figure = content.figure(code);
    let figure = figure.unwrap_or_else(|| panic!("no figure {code}"));
    (figure.value, figure.evidence.clone())
}
