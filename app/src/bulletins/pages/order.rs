//! What plays, in its order, with the file of all of it and the approval that waits for it. The page
//! asks for this part again until the sounds are made.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State as Of};
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::TimeDelta;

use crate::accounts::{Person, Right};
use crate::app::App;
use crate::bulletins::{Bulletin, Desk, Entry, Kind, Playlist, desk};
use crate::clock::local;
use crate::error::Failure;
use crate::ids::SlotId;
use crate::stories::{SoundNote, sound_response};
use crate::web::forms::stamp;
use crate::web::{Shell, Visitor};
use loa_air::Said;

#[derive(Template, WebTemplate)]
#[template(path = "bulletins/pages/order.html")]
pub(super) struct OrderPart {
    shell: Shell,
    slot: SlotId,
    starts_at: chrono::DateTime<chrono::Utc>,
    newest: Option<Bulletin>,
    list: Playlist,
    /// The name of a text that says why what can be heard would be said otherwise now.
    stale: Option<&'static str>,
    /// Why another voice reads than was asked for.
    told: Vec<String>,
    write: bool,
    approve: bool,
    /// What is wrong with the approval form.
    pub(super) error: Option<&'static str>,
}

/// `GET /airtime/slots/{slot}/bulletin/order`
pub(super) async fn part(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(slot): Path<SlotId>,
) -> Result<OrderPart, Failure> {
    let desk = desk(&app, &person, slot).await?;
    OrderPart::of(&visitor, &person, &desk)
}

/// `GET /airtime/slots/{slot}/bulletin/sound.mp3`: all of the newest bulletin, in one file.
pub(super) async fn listen(
    Of(app): Of<App>,
    person: Person,
    Path(slot): Path<SlotId>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let newest = desk(&app, &person, slot).await?.newest;
    let whole = newest.and_then(|newest| newest.row.whole_sha256);
    sound_response(&app, &headers, &whole.ok_or(Failure::NotFound)?).await
}

impl OrderPart {
    pub(super) fn of(visitor: &Visitor, person: &Person, desk: &Desk) -> Result<Self, Failure> {
        let (unit, newest) = (desk.area.unit_id, desk.newest.as_ref());
        let open = newest.filter(|newest| !newest.is_approved() && !desk.over);
        let own = newest.is_some_and(|newest| newest.row.author_id == person.id);
        let mut told = Vec::new();
        for part in newest.iter().flat_map(|newest| &newest.parts) {
            let note = SoundNote::from_json(part.note.as_deref())?;
            told.extend(note.told(visitor.lang));
        }
        told.dedup();
        Ok(Self {
            shell: Shell::of(visitor),
            slot: desk.slot.id,
            starts_at: desk.slot.starts_at,
            newest: desk.newest.clone(),
            list: desk.playlist(),
            stale: desk.stale(),
            told,
            write: open.is_some() && person.may(Right::Air, unit),
            approve: open.is_some() && !own && person.may(Right::Approve, unit),
            error: None,
        })
    }

    /// How it stands: `none`, `rendering`, `ready`, `failed`, `approved` or `withdrawn`.
    fn state(&self) -> &str {
        match &self.newest {
            None => "none",
            Some(newest) if newest.row.withdrawn_at.is_some() => "withdrawn",
            Some(newest) => &newest.row.state,
        }
    }

    /// The look of its state, and the name of its text.
    fn tag(&self) -> (&'static str, &'static str) {
        match self.state() {
            "none" => ("draft", "bulletins-state-none"),
            "withdrawn" => ("withdrawn", "bulletins-state-withdrawn"),
            "approved" => ("approved", "bulletins-state-approved"),
            "ready" => ("submitted", "bulletins-state-ready"),
            "failed" => ("failed", "bulletins-state-failed"),
            _ => ("draft", "bulletins-state-rendering"),
        }
    }

    /// The length of the file in which all of it can be heard, in words.
    fn whole(&self) -> Option<String> {
        let newest = self.newest.as_ref()?;
        newest.row.whole_sha256.as_ref()?;
        let length = newest.row.whole_ms.unwrap_or_default();
        Some(self.length(length))
    }

    /// How much longer it is than its slot.
    fn over(&self) -> Option<String> {
        let over = self.list.over_ms();
        (over > 0).then(|| self.length(Ord::max(over, 1000)))
    }

    /// How full the slot is: so much of so much.
    fn filled(&self) -> String {
        let all = self.list.slot_ms + self.list.over_ms();
        let values = [
            ("value", self.length(all)),
            ("total", self.length(self.list.slot_ms)),
        ];
        self.shell.lang.with("bulletins-filled", &values)
    }

    /// For the bar, in seconds.
    fn bar(&self) -> (i64, i64) {
        let all = self.list.slot_ms + self.list.over_ms();
        let (all, slot) = (all / 1000, self.list.slot_ms / 1000);
        (Ord::min(all, slot), slot)
    }

    /// When an entry begins, to the second.
    fn at(&self, entry: &Entry) -> String {
        let at = self.starts_at + TimeDelta::milliseconds(entry.from_ms);
        local(at).format("%H:%M:%S").to_string()
    }

    fn lasts(&self, entry: &Entry) -> String {
        self.length(entry.sound.duration_ms)
    }

    /// Where a story leads.
    fn link(&self, entry: &Entry) -> Option<String> {
        match entry.said {
            Said::Delivery(id) => Some(format!("/deliveries/{id}")),
            Said::Part(_) => None,
        }
    }

    /// What is said in a part, as it was read.
    fn words(&self, entry: &Entry) -> Option<&str> {
        let Said::Part(id) = entry.said else {
            return None;
        };
        let parts = &self.newest.as_ref()?.parts;
        let part = parts.iter().find(|part| part.id.0 == id)?;
        (entry.kind != Kind::Jingle).then_some(&part.text)
    }

    /// Percent done while it is made.
    fn percent(&self) -> i64 {
        self.detail()
            .and_then(|text| text.parse().ok())
            .unwrap_or(0)
    }

    /// What holds up the sounds, or why there are none.
    fn trouble(&self) -> Option<String> {
        let text = self.detail()?;
        text.starts_with("stories-").then(|| self.shell.t(text))
    }

    fn detail(&self) -> Option<&str> {
        self.newest.as_ref()?.row.detail.as_deref()
    }

    fn seen_at(&self) -> String {
        let newest = self.newest.as_ref();
        newest.map_or_else(String::new, |newest| stamp(newest.row.updated_at))
    }

    fn length(&self, milliseconds: i64) -> String {
        self.shell.lang.length((milliseconds + 500) / 1000)
    }
}
