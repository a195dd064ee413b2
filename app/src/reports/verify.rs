//! Whether what was handed in still stands, and still follows from the ledger.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::content::Content;
use super::counting;
use super::entity::report;
use super::report::{Report, State};
use crate::error::Failure;

/// Checks every report that was handed in: its hash, and that the ledger, as far as it went then,
/// still gives its figures. Answers how many there are, and what does not hold.
pub async fn verify(connection: &impl ConnectionTrait) -> Result<(u64, Vec<String>), Failure> {
    let mut broken = Vec::new();
    let rows = report::Entity::find()
        .filter(report::Column::State.ne(State::Draft.name()))
        .order_by_asc(report::Column::Id)
        .all(connection)
        .await?;
    let walked = rows.len() as u64;
    for row in rows {
        let id = row.id;
        let mut fault = |what: String| broken.push(format!("report {id}: {what}"));
        let Ok(content) = Content::submitted(&row) else {
            fault("what was handed in does not have its hash".into());
            continue;
        };
        let same = row.submitted_by == row.accepted_by;
        if same && row.accepted_by.is_some() {
            fault("the same person handed it in and accepted it".into());
        }
        let report = Report::of(connection, row).await?;
        let mut basis = report.basis(connection).await?;
        basis.until = Some(content.ledger.seq);
        for tally in counting::tally(connection, &basis).await? {
            let figure = content.figure(tally.code);
            let holds = figure
                .is_some_and(|figure| figure.value == tally.value && figure.evidence == tally.seqs);
            if !holds {
                let (code, value) = (tally.code, tally.value);
                let said = figure.map_or(0, |figure| figure.value);
                fault(format!("{code} says {said}, the ledger gives {value}"));
            }
        }
    }
    Ok((walked, broken))
}
