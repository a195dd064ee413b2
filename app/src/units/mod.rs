//! Units: who, from when to when. A unit keeps its id through renames and moves; a change to
//! other units names its successors, each wholly or in part.

pub mod entity;
mod load;
mod page;
mod tree;

pub use load::load_csv;
pub use page::routes;
pub use tree::{Successor, Unit, UnitTree};
