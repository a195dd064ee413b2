//! Who may change the lexicon: it speaks in every story, so whoever writes for the province does.

use crate::accounts::{Person, Right};
use crate::app::App;
use crate::clock::local_day;
use crate::error::Failure;
use crate::ids::UnitId;
use crate::units::UnitTree;

/// Whether a person may change it: an editor or a programme officer of the province or of one of
/// its agencies. Everybody who is signed in may look.
pub async fn may_change(app: &App, person: &Person) -> Result<bool, Failure> {
    let posts = person.posts(Right::Lexicon);
    if posts.is_empty() {
        return Ok(false);
    }
    let tree = UnitTree::load(&app.db).await?;
    let today = local_day(app.clock.now());
    let level = |unit: UnitId| tree.near(unit, today).map(|unit| unit.level.as_str());
    let of_province = |unit: UnitId| match level(unit) {
        Some("province") => true,
        Some("agency") => {
            let parent = tree.near(unit, today).and_then(|unit| unit.parent);
            parent.is_none_or(|parent| level(parent) == Some("province"))
        }
        _ => false,
    };
    Ok(posts.into_iter().any(of_province))
}

/// Refuses who may only look.
pub(super) async fn require(app: &App, person: &Person) -> Result<(), Failure> {
    if may_change(app, person).await? {
        Ok(())
    } else {
        Err(Failure::Forbidden("lexicon-right"))
    }
}
