//! What stands at an outlet, for whoever enters it as proof.

use super::connector::{Fault, Remote, Seen};
use super::letters::shows;
use super::settings::open;
use crate::app::App;
use crate::deliveries::Facts;

/// Looks at what a delivery left at an outlet that another program holds: what was seen when it shows
/// the title that was approved, nothing where there is nothing to look at.
pub async fn look(app: &App, facts: &Facts) -> Result<Option<Seen>, Fault> {
    let connector = open(app, &facts.outlet)?;
    let Some(name) = facts.delivery.remote.clone() else {
        return Ok(None);
    };
    let there = Remote {
        name,
        address: facts.delivery.address.clone(),
    };
    match connector.look(app, &there).await? {
        Some(seen) if !shows(&seen.bytes, &seen.media_type, &facts.approved.title) => {
            Err(Fault::Never("deliveries-page-other".to_owned()))
        }
        seen => Ok(seen),
    }
}
