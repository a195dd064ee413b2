//! The newest messages.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State as Of;

use super::show::stage_tag;
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::error::Failure;
use crate::urgent::{self, Message};
use crate::web::{Shell, Visitor};

#[derive(Template, WebTemplate)]
#[template(path = "urgent/pages/list.html")]
pub(super) struct ListPage {
    shell: Shell,
    messages: Vec<Message>,
    may_ask: bool,
}

/// `GET /urgent`
pub(super) async fn list(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
) -> Result<ListPage, Failure> {
    Ok(ListPage {
        shell: Shell::of(&visitor),
        messages: urgent::list(&app, &person).await?,
        may_ask: person.may_somewhere(Right::Air) && person.may_somewhere(Right::Write),
    })
}

fn places(message: &Message) -> String {
    let names: Vec<&str> = message
        .areas
        .iter()
        .map(|area| area.name.as_str())
        .collect();
    names.join(", ")
}
