//! One slot with all that plays in it.

use std::collections::BTreeMap;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State as Of};

use super::order::OrderPart;
use super::words::WordsPart;
use crate::accounts::{Person, Right, names};
use crate::app::App;
use crate::bulletins::entity::bulletin;
use crate::bulletins::{Desk, desk};
use crate::clock::local_day;
use crate::error::Failure;
use crate::ids::{PersonId, SlotId};
use crate::web::{Errors, Shell, Visitor};

#[derive(Template, WebTemplate)]
#[template(path = "bulletins/pages/show.html")]
pub(super) struct BulletinPage {
    shell: Shell,
    desk: Desk,
    pub(super) order: OrderPart,
    /// What is said around the stories, when the person may change it.
    pub(super) words: Option<WordsPart>,
    pub(super) errors: Errors,
    names: BTreeMap<PersonId, String>,
    may: May,
    /// They made what waits for approval, and are told why it waits for somebody else.
    own_waits: bool,
}

/// What the person may do now.
struct May {
    begin: bool,
    /// Take the empty slot off the air.
    cancel: bool,
    withdraw: bool,
}

/// `GET /airtime/slots/{slot}/bulletin`
pub(super) async fn show(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(slot): Path<SlotId>,
) -> Result<BulletinPage, Failure> {
    BulletinPage::of(&app, &visitor, &person, slot).await
}

impl BulletinPage {
    pub(super) async fn of(
        app: &App,
        visitor: &Visitor,
        person: &Person,
        slot: SlotId,
    ) -> Result<Self, Failure> {
        let desk = desk(app, person, slot).await?;
        let words = match desk.newest.as_ref() {
            Some(newest) if May::change(person, &desk) && !newest.is_approved() => {
                Some(WordsPart::of(app, visitor, person, &desk, &newest.row).await?)
            }
            _ => None,
        };
        let row = desk.newest.as_ref().map(|newest| &newest.row);
        let people = row.iter().flat_map(|row| {
            let others = [row.approver_id, row.withdrawn_by];
            std::iter::once(row.author_id).chain(others.into_iter().flatten())
        });
        Ok(Self {
            shell: Shell::of(visitor),
            order: OrderPart::of(visitor, person, &desk)?,
            names: names(&app.db, people.collect()).await?,
            may: May::of(person, &desk),
            own_waits: desk.in_work() && desk.is_by(person) && !desk.over,
            errors: Errors::default(),
            words,
            desk,
        })
    }

    fn row(&self) -> Option<&bulletin::Model> {
        self.desk.newest.as_ref().map(|newest| &newest.row)
    }

    /// `Bản tin 05:30–05:45, 27/11/2026`
    fn title(&self) -> String {
        let (lang, slot) = (self.shell.lang, &self.desk.slot);
        let values = [
            ("from", lang.clock(slot.starts_at)),
            ("to", lang.clock(slot.ends_at)),
            ("value", lang.day(local_day(slot.starts_at))),
        ];
        lang.with("bulletins-heading", &values)
    }

    /// Which bulletin is on the air while another is in work.
    fn other_on_air(&self) -> Option<i64> {
        let number = self.desk.number?;
        let newest = self.row().map(|row| row.number);
        (newest != Some(number)).then_some(number)
    }

    fn name(&self, person: &PersonId) -> &str {
        self.names.get(person).map_or("–", String::as_str)
    }
}

impl May {
    fn of(person: &Person, desk: &Desk) -> Self {
        let unit = desk.area.unit_id;
        let either = person.may(Right::Air, unit) || person.may(Right::Approve, unit);
        Self {
            begin: Self::change(person, desk)
                && !desk.in_work()
                && !desk.on_air.stories().is_empty(),
            cancel: Self::change(person, desk) && desk.stories.is_empty(),
            withdraw: desk.number.is_some() && either && !desk.over,
        }
    }

    fn change(person: &Person, desk: &Desk) -> bool {
        person.may(Right::Air, desk.area.unit_id) && !desk.over
    }
}
