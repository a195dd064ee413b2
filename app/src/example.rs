//! The bundled example programme: Hà Nam's real units, its plan, a few accounts and stories.

use crate::app::App;

/// Puts the example into an empty store; answers what to tell the person, or nothing when the
/// store already holds something.
pub async fn load(_app: &App) -> anyhow::Result<Option<String>> {
    Ok(None)
}
