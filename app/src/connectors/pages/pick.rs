//! A new outlet: first of all, how it is reached.

use askama::Template;
use askama_web::WebTemplate;

use crate::accounts::{Person, Right};
use crate::connectors::KINDS;
use crate::error::Failure;
use crate::web::{Shell, Visitor};

#[derive(Template, WebTemplate)]
#[template(path = "connectors/pages/pick.html")]
pub(super) struct PickPage {
    shell: Shell,
}

/// `GET /outlets/new`
pub(super) async fn show(visitor: Visitor, person: Person) -> Result<PickPage, Failure> {
    if !person.may_somewhere(Right::Administer) {
        return Err(Failure::NotFound);
    }
    Ok(PickPage {
        shell: Shell::of(&visitor),
    })
}

impl PickPage {
    /// Its name, what it is called, and what it is for.
    fn ways(&self) -> Vec<(&'static str, String, String)> {
        let names = KINDS
            .iter()
            .map(|kind| kind.name)
            .chain([super::form::BY_HAND]);
        names
            .map(|name| {
                let text = format!("connector-{name}");
                (
                    name,
                    self.shell.t(&text),
                    self.shell.t(&format!("{text}-about")),
                )
            })
            .collect()
    }
}
