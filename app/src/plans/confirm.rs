//! Making a plan live: what was accepted becomes rows, in one transaction. Nothing is live before.

use loa_plan::Reading;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::decide::{draft, hold};
use super::element::{Decision, Element, elements};
use super::entity::plan;
use super::matching::Matcher;
use super::plan::{State, day, reading};
use super::rows::{Rows, placed};
use super::{amend, clauses, relations};
use crate::accounts::Person;
use crate::app::App;
use crate::audit;
use crate::error::Failure;
use crate::ids::PlanId;
use crate::units::UnitTree;

/// Confirms a draft of which every element is decided: from now on its clauses and what was accepted
/// of it are in force. A corrected document brings its plan to what it says; answers the plan that is
/// live. A second confirmation, or one of a document that is live already, is a conflict.
pub async fn confirm(app: &App, person: &Person, id: PlanId) -> Result<PlanId, Failure> {
    let draft = draft(app, person, id).await?;
    let reading = reading(&draft)?;
    let tree = UnitTree::load(&app.db).await?;
    let known = relations::known(app, person).await?;
    let transaction = app.begin().await?;
    hold(&transaction, id).await?;
    refuse_twice(&transaction, &draft).await?;
    let elements = elements(&transaction, id, &reading).await?;
    if elements.iter().any(Element::open) {
        return Err(Failure::Invalid("plans-undecided"));
    }
    let accepted: Vec<&Element> = elements
        .iter()
        .filter(|one| one.decision == Decision::Accepted)
        .collect();
    let work = Work {
        app,
        person,
        draft: &draft,
        reading: &reading,
        accepted: &accepted,
        matcher: Matcher::of(&tree, draft.unit_id, day(&draft)),
    };
    let (live, places) = match draft.corrects {
        Some(live) => (live, amend::amend(&transaction, &work, live).await?),
        None => (id, work.begin(&transaction).await?),
    };
    let about = (live, reading.number.as_deref());
    relations::write(
        app,
        &transaction,
        person,
        about,
        (&accepted, &places),
        &known,
    )
    .await?;
    transaction.commit().await?;
    Ok(live)
}

/// What a confirmation works with.
pub(super) struct Work<'a> {
    pub(super) app: &'a App,
    pub(super) person: &'a Person,
    pub(super) draft: &'a plan::Model,
    pub(super) reading: &'a Reading,
    /// In the order of the document.
    pub(super) accepted: &'a [&'a Element],
    pub(super) matcher: Matcher,
}

impl Work<'_> {
    /// Makes a plan live that was not there before.
    async fn begin(&self, connection: &impl ConnectionTrait) -> Result<clauses::Places, Failure> {
        plan::Entity::update_many()
            .col_expr(plan::Column::State, Expr::value(State::Live.name()))
            .col_expr(plan::Column::ConfirmedBy, Expr::value(self.person.id.0))
            .col_expr(plan::Column::ConfirmedAt, Expr::value(self.app.clock.now()))
            .filter(plan::Column::Id.eq(self.draft.id))
            .exec(connection)
            .await?;
        let places = clauses::insert(connection, self.draft.id, self.reading).await?;
        let rows = self.rows(self.draft.id, &places);
        for (element, position) in placed(self.accepted) {
            rows.write(connection, element, None, position).await?;
        }
        self.note(connection, self.draft.id, "confirmation", &self.draft.title)
            .await?;
        Ok(places)
    }

    pub(super) fn rows<'a>(&'a self, plan: PlanId, clauses: &'a clauses::Places) -> Rows<'a> {
        Rows {
            plan,
            owner: self.draft.unit_id,
            issuer: self.reading.issuer.as_deref(),
            clauses,
            matcher: &self.matcher,
        }
    }

    pub(super) async fn note(
        &self,
        connection: &impl ConnectionTrait,
        plan: PlanId,
        action: &str,
        detail: &str,
    ) -> Result<(), Failure> {
        let subject = ("plan", plan.0);
        let by = Some(self.person.id);
        audit::note(self.app, connection, by, action, subject, detail).await
    }
}

async fn refuse_twice(
    connection: &impl ConnectionTrait,
    draft: &plan::Model,
) -> Result<(), Failure> {
    let again = plan::Entity::find()
        .filter(plan::Column::FileSha256.eq(&draft.file_sha256))
        .filter(plan::Column::State.eq(State::Live.name()))
        .count(connection)
        .await?;
    if again > 0 {
        return Err(Failure::Conflict("plans-live-already"));
    }
    Ok(())
}
