//! Plans: what is asked. A document is read into a draft, a person compares and confirms it, and
//! its clauses, themes, channels, duties and regimes are in force.

mod amend;
mod api;
mod clauses;
mod confirm;
mod correction;
pub mod data;
mod decide;
mod due;
mod element;
pub mod entity;
mod import;
mod matching;
mod names;
mod pages;
mod parties;
mod plan;
mod proposal;
mod relations;
mod rows;
mod versions;
pub mod words;

pub use api::api;
pub use confirm::confirm;
pub use data::Data;
pub use decide::{NotDecided, Seen, accept, accept_all, add, change, decide, draft, find};
pub use due::Due;
pub use element::{Decision, Element, Kind, elements};
pub use import::{Corrects, NotImported, fault, import, import_for, withdraw};
pub use matching::{How, Match, Matcher};
pub use pages::routes;
pub use parties::{Asked, Holder, Party, asked};
pub use plan::{Line, Live, State, day, get, list, live, reading};
