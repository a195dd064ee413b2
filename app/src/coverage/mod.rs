//! Coverage: where the programme was seen and heard, and where it is silent. Themes × channel
//! kinds × the months of a year, counted from what the ledger holds.

mod api;
mod heat;
mod overview;
mod page;
mod results;
mod silence;
mod table;

pub use api::api;
pub use heat::{Heat, When};
pub use overview::Overview;
pub use page::routes;
pub use silence::{Silence, silences};
pub use table::{Asked, Cell, Channel, LivePlan, Row, Table, live_plans, table};
