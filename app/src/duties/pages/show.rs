//! One duty: what is asked, of whom, and who holds their place today.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State as Of};

use super::list::often;
use crate::accounts::Person;
use crate::app::App;
use crate::duties::{Owed, Shown, get};
use crate::error::Failure;
use crate::ids::DutyId;
use crate::plans::words;
use crate::web::{Shell, Visitor};

#[derive(Template, WebTemplate)]
#[template(path = "duties/pages/show.html")]
pub(super) struct DutyPage {
    shell: Shell,
    owed: Owed,
}

pub(super) async fn show(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<DutyId>,
) -> Result<DutyPage, Failure> {
    Ok(DutyPage {
        shell: Shell::of(&visitor),
        owed: get(&app, &person, id).await?,
    })
}

impl DutyPage {
    fn title(&self) -> String {
        words::short(&self.owed.duty.text, 120)
    }

    fn often(&self) -> String {
        often(&self.shell, &self.owed)
    }

    fn role(&self, shown: &Shown) -> String {
        words::role(self.shell.lang, &shown.party.role)
    }
}
