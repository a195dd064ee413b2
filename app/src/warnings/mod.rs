//! Warnings of others, as the Common Alerting Protocol 1.2 has them: of a weather service, of the civil defence.
//! What is signed by the key of a known source is shown to people, who ask for an urgent message with it; what
//! two people let be said beforehand by a rule is said at once.

mod api;
mod by_rule;
pub mod entity;
mod feed;
mod judge;
mod pages;
mod places;
mod receive;
mod rule;
mod said;
mod source;
mod verify;
mod warning;
mod words;

pub use api::api;
pub use by_rule::say;
pub use feed::{ask_feed, ask_feeds};
pub use pages::routes;
pub use places::{Ground, Places};
pub use receive::{Received, receive};
pub use rule::{Draft as RuleDraft, approve_rule, ask_rule, end_rule, rules_to_approve};
pub use said::{ask, settle};
pub use source::{Draft as SourceDraft, close_source, create_source};
pub use verify::{Verdict, verify};
pub use warning::{Stage, Task, Waiting, Warning, get, list, waiting};
