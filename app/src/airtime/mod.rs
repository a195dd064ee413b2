//! Times on the air of an area. A slot that cannot be is refused when it is made, with the
//! nearest one that can.

pub mod entity;
mod page;
mod rules;
mod slots;

pub use page::{api, routes};
pub use rules::Wanted;
pub use slots::{Refused, create_slot, get_slot, next, upcoming};
