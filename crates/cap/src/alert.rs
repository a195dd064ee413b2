//! A warning, element by element (section 3.2 of the standard).

use chrono::{DateTime, FixedOffset};

/// A public warning, or its end.
#[derive(Debug, Clone, PartialEq)]
pub struct Alert {
    /// Unique for its sender. Blanks, commas, `<` and `&` are not allowed and become hyphens.
    pub identifier: String,
    /// Who says it: unique world-wide, such as a domain's name. The same characters are not allowed.
    pub sender: String,
    /// When this message was made.
    pub sent: DateTime<FixedOffset>,
    /// Whether anybody should act on it.
    pub status: Status,
    /// What it does.
    pub message: MessageType,
    /// What it says; a message that only ends another one may say nothing.
    pub infos: Vec<Info>,
}

/// Whether anybody should act on a warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Everybody it is for.
    Actual,
    /// Those who take part in the exercise.
    Exercise,
    /// Programs only.
    System,
    /// Nobody.
    Test,
    /// Nobody: it is not ready.
    Draft,
}

/// What a message does.
#[derive(Debug, Clone, PartialEq)]
pub enum MessageType {
    /// It warns.
    Alert,
    /// It takes the place of others.
    Update(Vec<Reference>),
    /// It ends others.
    Cancel(Vec<Reference>),
    /// It says that others were received.
    Ack(Vec<Reference>),
    /// It says that others were refused.
    Error(Vec<Reference>),
}

/// Another message.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// Its sender.
    pub sender: String,
    /// Its identifier.
    pub identifier: String,
    /// When it was made.
    pub sent: DateTime<FixedOffset>,
}

/// What a warning says in one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Info {
    /// RFC 3066, such as `vi-VN`.
    pub language: String,
    /// What kind of thing happens; at least one.
    pub categories: Vec<Category>,
    /// What happens, in a few words.
    pub event: String,
    /// How soon people should act.
    pub urgency: Urgency,
    /// How bad it is.
    pub severity: Severity,
    /// How sure it is.
    pub certainty: Certainty,
    /// From when on people should act.
    pub effective: Option<DateTime<FixedOffset>>,
    /// When the thing itself is expected to begin.
    pub onset: Option<DateTime<FixedOffset>>,
    /// Until when it holds.
    pub expires: Option<DateTime<FixedOffset>>,
    /// Who says it, for people to read.
    pub sender_name: Option<String>,
    /// One sentence.
    pub headline: Option<String>,
    /// All of it.
    pub description: Option<String>,
    /// What people should do.
    pub instruction: Option<String>,
    /// Where to read more.
    pub web: Option<String>,
    /// What belongs to it.
    pub resources: Vec<Resource>,
    /// Where it holds.
    pub areas: Vec<Area>,
}

/// What kind of thing happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // the standard's own words
pub enum Category {
    Geo,
    Met,
    Safety,
    Security,
    Rescue,
    Fire,
    Health,
    Env,
    Transport,
    Infra,
    Cbrne,
    Other,
}

/// How soon people should act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // the standard's own words
pub enum Urgency {
    Immediate,
    Expected,
    Future,
    Past,
    Unknown,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // the standard's own words
pub enum Severity {
    Extreme,
    Severe,
    Moderate,
    Minor,
    Unknown,
}

/// How sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // the standard's own words
pub enum Certainty {
    Observed,
    Likely,
    Possible,
    Unlikely,
    Unknown,
}

/// A file that belongs to a warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// What it is, for people to read.
    pub description: String,
    /// Such as `audio/mpeg`.
    pub media_type: String,
    /// In bytes.
    pub size: Option<u64>,
    /// Where it is.
    pub uri: Option<String>,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// What people call it.
    pub description: String,
    /// Rings of `lat,lon` in degrees (WGS 84), as they were written: at least four points, the last as the first.
    pub polygons: Vec<String>,
    /// `lat,lon radius`, in degrees and kilometres.
    pub circles: Vec<String>,
    /// Codes of it: which list, and the code there.
    pub codes: Vec<(String, String)>,
}

/// The standard's word for it.
pub(crate) trait Word: Sized {
    fn word(self) -> &'static str;
    fn of(word: &str) -> Option<Self>;
}

macro_rules! words {
    ($($kind:ident { $($name:ident => $word:literal),* $(,)? })*) => {$(
        impl $kind {
            /// The standard's word for it.
            #[must_use]
            pub fn name(self) -> &'static str {
                self.word()
            }
        }

        impl Word for $kind {
            fn word(self) -> &'static str {
                match self { $(Self::$name => $word),* }
            }

            fn of(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$name),)* _ => None }
            }
        }
    )*};
}

words! {
    Status {
        Actual => "Actual", Exercise => "Exercise", System => "System", Test => "Test", Draft => "Draft",
    }
    Category {
        Geo => "Geo", Met => "Met", Safety => "Safety", Security => "Security", Rescue => "Rescue",
        Fire => "Fire", Health => "Health", Env => "Env", Transport => "Transport", Infra => "Infra",
        Cbrne => "CBRNE", Other => "Other",
    }
    Urgency {
        Immediate => "Immediate", Expected => "Expected", Future => "Future", Past => "Past",
        Unknown => "Unknown",
    }
    Severity {
        Extreme => "Extreme", Severe => "Severe", Moderate => "Moderate", Minor => "Minor",
        Unknown => "Unknown",
    }
    Certainty {
        Observed => "Observed", Likely => "Likely", Possible => "Possible", Unlikely => "Unlikely",
        Unknown => "Unknown",
    }
}
