//! Stories: what is said. A story is written by one person and approved by another; the approval
//! freezes its version, its page, its script and its sound under one hash.

mod answers;
mod api;
mod draft;
pub mod entity;
mod frozen;
mod life;
mod lines;
mod listen;
mod pages;
mod parts;
mod reread;
mod sound;
mod story;
mod text;
mod voices;
mod waiting;
mod write;

pub use api::api;
pub use draft::{Choices, Draft, NotSaved, PlanChoice};
pub use frozen::{Approved, Sound, approved, latest_approved, verify};
pub use life::{approve, mark_released, mark_withdrawn, return_, submit};
pub use lines::{Line, list};
pub use listen::sound_response;
pub use pages::routes;
pub use reread::reread;
pub use sound::render_sound;
pub use story::{Seen, State, Story, get, get_version};
pub use waiting::{Task, Waiting, waiting};
pub use write::{create, render_again, save};
