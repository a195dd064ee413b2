//! Work to be done: enqueued in the caller's transaction, leased, tried again with growing
//! distance, and shown to operators when it is given up.
//!
//! A job carries ids only. It runs outside any transaction, may run twice, and must come to the
//! same result then.

pub mod entity;
mod queue;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{BulletinId, DeliveryId, OutletId, RenditionId, SourceId, WarningId};

pub use queue::{enqueue, given_up, run_due, wake, work};

/// Every kind of work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Job {
    /// Make the sound of a radio script.
    RenderSound {
        /// Which script.
        rendition: RenditionId,
    },
    /// Make the sounds of a bulletin, and all of it in one file.
    RenderBulletin {
        /// Which bulletin.
        bulletin: BulletinId,
    },
    /// Find the scripts that a changed lexicon reads otherwise, and have their sound made anew.
    Reread,
    /// Fetch what a delivery left at its outlet, as proof.
    Prove {
        /// Which delivery.
        delivery: DeliveryId,
    },
    /// Hand over what is due at an outlet that another program holds, and take back what is to go.
    Serve {
        /// Which outlet.
        outlet: OutletId,
    },
    /// Ask a source of warnings for what is new.
    AskFeed {
        /// Which source.
        source: SourceId,
    },
    /// Have a warning said that a rule is about, and end what it ends.
    Warn {
        /// Which warning.
        warning: WarningId,
    },
}

/// Who waits for whom: work of this machine is done one after the other; what waits for others is not
/// in its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Work of this machine.
    Here,
    /// What waits for other programs' answers.
    Outside,
}

/// The kinds of work that wait for other programs.
const OUTSIDE: [&str; 3] = ["prove", "serve", "ask_feed"];

/// How an attempt ended.
#[derive(Debug)]
pub enum Outcome {
    /// Nothing is left to do.
    Done,
    /// All went well, and there is more to do then.
    Again(DateTime<Utc>),
    /// Not yet; try again after the usual distance.
    Retry(String),
    /// It will never work.
    Fail(String),
}

impl Job {
    /// At most one open job has this key.
    fn key(&self) -> String {
        match self {
            Self::RenderSound { rendition } => format!("render-sound:{rendition}"),
            Self::RenderBulletin { bulletin } => format!("render-bulletin:{bulletin}"),
            Self::Reread => "reread".to_owned(),
            Self::Prove { delivery } => format!("prove:{delivery}"),
            Self::Serve { outlet } => format!("serve:{outlet}"),
            Self::AskFeed { source } => format!("ask-feed:{source}"),
            Self::Warn { warning } => format!("warn:{warning}"),
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::RenderSound { .. } => "render_sound",
            Self::RenderBulletin { .. } => "render_bulletin",
            Self::Reread => "reread",
            Self::Prove { .. } => "prove",
            Self::Serve { .. } => "serve",
            Self::AskFeed { .. } => "ask_feed",
            Self::Warn { .. } => "warn",
        }
    }
}
