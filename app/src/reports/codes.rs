//! Figures: what a report counts, each with a code, a meaning and a place.
//!
//! A figure counts proven deliveries: one version at one outlet at one time, of which the ledger
//! holds a counting proof. Each counts once, by its first such proof, however many loudspeakers
//! said it and however many units had a part in it: an agency that wrote and a commune that
//! broadcast each have it in their own report, the province has it once.

use std::fmt;
use std::str::FromStr;

use loa_plan::ChannelKind;

use crate::ids::{ThemeId, UnitId};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// Everything proven.
    Total,
    /// Themes of the plan of which something was proven.
    Themes,
    /// Units on whose outlets something was proven.
    Units,
    /// Proven on a channel kind.
    Channel(ChannelKind),
    /// How long loudspeakers spoke, in seconds: one proof a delivery.
    Seconds,
    /// Every counting receipt of a loudspeaker: eight loudspeakers that say the same are eight.
    Receipts,
    /// Proven of a theme.
    Theme(ThemeId),
    /// Proven on the outlets of a unit.
    Unit(UnitId),
}

impl Code {
    /// Names the text that says what it counts; the text may hold a name as `value`.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Total => "reports-figure-total",
            Self::Themes => "reports-figure-themes",
            Self::Units => "reports-figure-units",
            Self::Channel(_) => "reports-figure-channel",
            Self::Seconds => "reports-figure-seconds",
            Self::Receipts => "reports-figure-receipts",
            Self::Theme(_) => "reports-figure-theme",
            Self::Unit(_) => "reports-figure-unit",
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Total => f.write_str("total"),
            Self::Themes => f.write_str("themes"),
            Self::Units => f.write_str("units"),
            Self::Channel(kind) => write!(f, "channel-{}", kind.name()),
            Self::Seconds => f.write_str("seconds"),
            Self::Receipts => f.write_str("receipts"),
            Self::Theme(theme) => write!(f, "theme-{theme}"),
            Self::Unit(unit) => write!(f, "unit-{unit}"),
        }
    }
}

impl FromStr for Code {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "total" => return Ok(Self::Total),
            "themes" => return Ok(Self::Themes),
            "units" => return Ok(Self::Units),
            "seconds" => return Ok(Self::Seconds),
            "receipts" => return Ok(Self::Receipts),
            _ => {}
        }
        let (group, of) = text.split_once('-').ok_or(())?;
        // One number is written in one way only.
        let number = || of.parse::<i64>().ok().filter(|id| id.to_string() == of);
        match group {
            "channel" => ChannelKind::ALL
                .iter()
                .find(|kind| kind.name() == of)
                .map(|kind| Self::Channel(*kind)),
            "theme" => number().map(|id| Self::Theme(ThemeId(id))),
            "unit" => number().map(|id| Self::Unit(UnitId(id))),
            _ => None,
        }
        .ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn codes_are_read_as_they_are_written() {
        let mut codes = vec![
            Code::Total,
            Code::Themes,
            Code::Units,
            Code::Seconds,
            Code::Receipts,
            Code::Theme(ThemeId(12)),
            Code::Unit(UnitId(3)),
        ];
        codes.extend(ChannelKind::ALL.iter().map(|kind| Code::Channel(*kind)));
        for code in codes {
            assert_eq!(code.to_string().parse(), Ok(code));
        }
    }

    proptest! {
        #[test]
        fn no_figure_has_two_codes(text in "(total|themes|units|(channel|theme|unit)-[a-z0-9+_-]{0,9}|[a-z-]{0,9})") {
            if let Ok(code) = text.parse::<Code>() {
                prop_assert_eq!(code.to_string(), text);
            }
        }
    }
}
