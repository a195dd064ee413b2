//! What came last, and from whom warnings are taken.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State as Of;

use crate::accounts::{Person, Right};
use crate::app::App;
use crate::error::Failure;
use crate::warnings::entity::{rule, source};
use crate::warnings::rule::rules;
use crate::warnings::source::sources;
use crate::warnings::{self, Stage, Warning};
use crate::web::{Shell, Visitor};

#[derive(Template, WebTemplate)]
#[template(path = "warnings/pages/list.html")]
pub(super) struct ListPage {
    shell: Shell,
    warnings: Vec<Warning>,
    sources: Vec<(source::Model, Option<rule::Model>)>,
    may_add: bool,
}

/// `GET /warnings`
pub(super) async fn list(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
) -> Result<ListPage, Failure> {
    let mut rules = rules(&app.db).await?;
    let known = sources(&app).await?.into_iter();
    let known = known.map(|source| {
        let rule = rules.remove(&source.id);
        (source, rule)
    });
    Ok(ListPage {
        shell: Shell::of(&visitor),
        warnings: warnings::list(&app).await?,
        sources: known.collect(),
        may_add: person.may_somewhere(Right::Administer),
    })
}

/// The look of a stage.
pub(super) fn tag(stage: &Stage) -> &'static str {
    match stage {
        Stage::Refused => "tag-failed",
        Stage::Waits => "tag-submitted",
        Stage::Asked => "tag-proven",
        Stage::Ended | Stage::Over => "tag-withdrawn",
        Stage::Exercise | Stage::Cancel | Stage::Settled => "tag-plain",
    }
}

/// Whether and what is said of a source without asking again.
fn trusted(rule: Option<&rule::Model>) -> &'static str {
    match rule {
        None => "warnings-rule-none",
        Some(rule) if rule.approved_at.is_none() => "warnings-rule-waits",
        Some(_) => "warnings-rule-holds",
    }
}
