//! What every connector does, and how it may end.

use async_trait::async_trait;
use chrono::TimeDelta;
use reqwest::StatusCode;

use super::item::Item;
use crate::app::App;

/// A way to an outlet that another program holds.
#[async_trait]
pub trait Connector: Send + Sync {
    /// Whether what is handed over twice under one key is there once. Where it is not, an attempt
    /// whose answer was lost is never repeated unless a person says so.
    fn knows_twins(&self) -> bool;

    /// Hands an item over. `item.before` is what stands there of an older version or of the same one:
    /// it is brought up to date where the other side can, and the same name comes back.
    async fn hand_over(&self, app: &App, item: &Item) -> Result<Taken, Fault>;

    /// Takes back what was handed over; what is gone already is taken back.
    async fn take_back(&self, app: &App, item: &Item, there: &Remote) -> Result<(), Fault>;

    /// Looks at what stands there, as the public sees it; nothing where there is nothing to look at.
    async fn look(&self, app: &App, there: &Remote) -> Result<Option<Seen>, Fault>;
}

/// What stands at an outlet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remote {
    /// What the other side calls it.
    pub name: String,
    /// Where the public finds it.
    pub address: Option<String>,
}

/// The other side has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// What stands there now.
    pub there: Remote,
    /// What the other side answered, for people.
    pub answer: String,
}

/// What somebody saw at an outlet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Where.
    pub address: String,
    /// What kind of document.
    pub media_type: String,
    /// The HTTP status it came with; 200 where there is none.
    pub status: u16,
    /// The bytes as they came.
    pub bytes: Vec<u8>,
}

/// Why it did not work. The reason is the name of a text that begins with `deliveries-`, or the other
/// side's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The outlet is in trouble, and would be with anything else: later, not before the time it asks
    /// for.
    Later {
        /// The reason.
        why: String,
        /// How long it wants to be left alone.
        after: Option<TimeDelta>,
    },
    /// It will not have this, or not from us; trying again changes nothing.
    Never(String),
    /// It was handed over and no answer came: nobody here knows whether it is there.
    Unknown(String),
}

impl Fault {
    /// Later, whenever.
    pub fn later(why: impl Into<String>) -> Self {
        let why = why.into();
        Self::Later { why, after: None }
    }

    /// Whether the other side said no with a status.
    pub fn says(&self, status: StatusCode) -> bool {
        matches!(self, Self::Never(why) if why.starts_with(status.as_str()))
    }

    /// The same without a secret that the other side, or an address, may have repeated.
    #[must_use]
    pub fn without(self, secret: &str) -> Self {
        let clean = |why: String| why.replace(secret, "…");
        match self {
            Self::Later { why, after } => Self::Later {
                why: clean(why),
                after,
            },
            Self::Never(why) => Self::Never(clean(why)),
            Self::Unknown(why) => Self::Unknown(clean(why)),
        }
    }

    /// The reason.
    pub fn why(&self) -> &str {
        match self {
            Self::Later { why, .. } | Self::Never(why) | Self::Unknown(why) => why,
        }
    }
}
