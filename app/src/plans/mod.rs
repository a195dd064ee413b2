//! Plans: what is asked. A document is read into a draft, a person compares and confirms it, and
//! its clauses, themes, channels, duties and regimes are in force.

mod api;
mod confirm;
pub mod entity;
mod import;
mod matching;
mod names;
mod pages;
mod parties;
mod plan;
mod rows;
pub mod words;

pub use api::api;
pub use confirm::confirm;
pub use import::{NotImported, fault, import, withdraw};
pub use matching::{How, Match, Matcher};
pub use pages::routes;
pub use parties::{Asked, Holder, Party, asked};
pub use plan::{Line, Live, State, day, get, list, live, reading};
