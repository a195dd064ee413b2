//! Duties: who owes what, by when. A plan names the units of its day; their heirs hold their
//! duties today.

mod api;
pub mod entity;
mod owed;
mod pages;
mod regimes;

pub use api::api;
pub use owed::{Owed, Shown, all, get, owed};
pub use pages::routes;
pub use regimes::{Gathering, gatherings};
