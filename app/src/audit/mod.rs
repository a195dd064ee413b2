//! Who changed what, when: one line for every change, written in its transaction.

pub mod entity;

use sea_orm::{ActiveModelTrait, ConnectionTrait, Set};

use crate::app::App;
use crate::error::Failure;
use crate::ids::PersonId;

/// Notes a change. `action` is a noun of the vocabulary, such as `approval`.
pub async fn note(
    app: &App,
    connection: &impl ConnectionTrait,
    person: Option<PersonId>,
    action: &str,
    (subject, subject_id): (&str, i64),
    detail: &str,
) -> Result<(), Failure> {
    entity::entry::ActiveModel {
        at: Set(app.clock.now()),
        person_id: Set(person),
        action: Set(action.to_owned()),
        subject: Set(subject.to_owned()),
        subject_id: Set(subject_id),
        detail: Set(detail.to_owned()),
        ..Default::default()
    }
    .insert(connection)
    .await?;
    Ok(())
}
