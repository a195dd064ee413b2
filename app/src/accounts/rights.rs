//! Rights come from role × unit, with the units below it.

use std::str::FromStr;

/// What a person is in a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Runs the plan.
    ProgrammeOfficer,
    /// Supplies information.
    SourceOfficer,
    /// Writes stories.
    Editor,
    /// The second pair of eyes; also releases.
    Approver,
    /// Runs a commune's loudspeakers.
    Broadcaster,
    /// Receives stories for a newspaper or a station.
    PressDesk,
    /// Licenses publications.
    LicenceOfficer,
    /// Reads and signs reports.
    Leader,
    /// Reads all, changes nothing.
    Auditor,
    /// Accounts, loudspeakers, settings.
    Administrator,
}

/// What a person may do with the things of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// See it.
    Read,
    /// Import a plan, correct what was read, make it live.
    Plan,
    /// Write and submit stories.
    Write,
    /// Say how words are read, in all stories of the programme.
    Lexicon,
    /// Approve or return what another person wrote.
    Approve,
    /// Send approved stories out, withdraw them.
    Release,
    /// Slots and loudspeakers.
    Air,
    /// Draw up and submit a report.
    Report,
    /// Accept or return a report.
    Accept,
    /// Accounts and settings.
    Administer,
}

const NAMES: [(Role, &str); 10] = [
    (Role::ProgrammeOfficer, "programme_officer"),
    (Role::SourceOfficer, "source_officer"),
    (Role::Editor, "editor"),
    (Role::Approver, "approver"),
    (Role::Broadcaster, "broadcaster"),
    (Role::PressDesk, "press_desk"),
    (Role::LicenceOfficer, "licence_officer"),
    (Role::Leader, "leader"),
    (Role::Auditor, "auditor"),
    (Role::Administrator, "administrator"),
];

impl Role {
    /// Its name in the store and the data files.
    pub fn name(self) -> &'static str {
        NAMES
            .iter()
            .find(|(role, _)| *role == self)
            .map_or("", |(_, name)| name)
    }

    /// Whether the role carries a right.
    pub fn has(self, right: Right) -> bool {
        use Right::{
            Accept, Administer, Air, Approve, Lexicon, Plan, Read, Release, Report, Write,
        };
        let more: &[Right] = match self {
            Self::ProgrammeOfficer => &[Plan, Write, Lexicon, Release, Air, Report, Accept],
            Self::SourceOfficer | Self::PressDesk | Self::LicenceOfficer => &[Write],
            Self::Editor => &[Write, Lexicon, Report],
            Self::Approver => &[Approve, Release],
            Self::Broadcaster => &[Write, Air],
            Self::Leader => &[Approve, Release, Report, Accept],
            Self::Auditor => &[],
            Self::Administrator => &[Air, Administer],
        };
        right == Read || more.contains(&right)
    }
}

impl FromStr for Role {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        NAMES
            .iter()
            .find(|(_, name)| *name == text)
            .map(|(role, _)| *role)
            .ok_or_else(|| {
                let known: Vec<_> = NAMES.iter().map(|(_, name)| *name).collect();
                format!("'{text}' is not a role; the roles are {}", known.join(", "))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_both_writes_and_approves_by_one_role() {
        for (role, name) in NAMES {
            assert!(
                !(role.has(Right::Write) && role.has(Right::Approve)),
                "{name}"
            );
            assert_eq!(name.parse(), Ok(role));
        }
    }

    #[test]
    fn an_auditor_changes_nothing() {
        use Right::{Accept, Administer, Air, Approve, Lexicon, Plan, Release, Report, Write};
        for right in [
            Plan, Write, Lexicon, Approve, Release, Air, Report, Accept, Administer,
        ] {
            assert!(!Role::Auditor.has(right));
        }
    }
}
