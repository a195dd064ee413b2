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
mod note;
mod pages;
mod parts;
mod passages;
mod reader;
mod recorded;
mod recordings;
mod reread;
mod sound;
mod story;
mod text;
mod voices;
mod waiting;
mod write;

pub use api::api;
pub(crate) use draft::mark_fault;
pub use draft::{Choices, Draft, NotSaved, PlanChoice};
pub use frozen::{Approved, Sound, approved, approver, latest_approved, verify};
pub use life::{approve, approve_by_rule, mark_released, mark_withdrawn, return_, submit};
pub use lines::{Line, list};
pub use listen::sound_response;
pub use note::{Instead, Recorded, SoundNote};
pub use pages::routes;
pub(crate) use reader::voices;
pub(crate) use reader::{Wish, read_takes};
pub use recorded::RecordedStory;
pub(crate) use recordings::LARGEST as LARGEST_RECORDING;
pub use recordings::Sent as RecordingFile;
pub use reread::reread;
pub(crate) use sound::advice;
pub use sound::render_sound;
pub use story::{Seen, State, Story, get, get_version};
pub(crate) use text::tidy;
pub use text::{plain, tidy_line};
pub(crate) use voices::{SPEEDS, is_speed, offered, speed_name, voice_name};
pub use waiting::{Task, Waiting, waiting};
pub use write::{create, render_again, save, submit_urgent};
