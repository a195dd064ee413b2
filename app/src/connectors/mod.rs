//! Connectors: outlets that other programs hold, each reached in its own way, each answering for
//! itself. `serve` hands over what is due at one of them; another's trouble is not in its way.

mod answer;
mod connector;
mod facebook;
mod folder;
mod item;
mod kind;
mod letters;
mod look;
mod mastodon;
mod pace;
mod pages;
mod record;
mod retry;
mod serve;
mod settings;
mod sheet;
mod telegram;
mod webdav;
mod webhook;
mod wordpress;

pub use connector::{Connector, Fault, Remote, Seen, Taken};
pub use item::Item;
pub use kind::{Field, FieldForm, KINDS, Kind};
pub use look::look;
pub use pages::{api, routes};
pub use retry::retry;
pub use serve::serve;
pub use settings::{Draft, NotConnected, create, save};
