//! What is shown to whoever sets up a speaker: as a QR code, or typed.

use std::fmt;
use std::str::FromStr;

use crate::keys::PublicKey;

const KIND: &str = "loa1";

/// Where to enrol, with which code, and whose key to expect there.
#[derive(Debug, Clone, PartialEq)]
pub struct Invitation {
    /// The server's address.
    pub server: String,
    /// The one-time code.
    pub code: String,
    /// The server's key, as seen by whoever is signed in there. With it, nobody on the way can take
    /// the server's place.
    pub server_key: Option<PublicKey>,
}

/// A text that is no invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "not an invitation: expected 'loa1 ADDRESS CODE KEY', as the QR code on the speakers' page has it"
)]
pub struct NoInvitation;

/// `loa1 https://loa.example.vn ABCD-EFGH-JKLM 6kpsY+Kc…=`
impl fmt::Display for Invitation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{KIND} {} {}", self.server, self.code)?;
        match &self.server_key {
            Some(key) => write!(f, " {}", key.text()),
            None => Ok(()),
        }
    }
}

/// Reads one that names a key: one without it is not worth more than a typed code.
impl FromStr for Invitation {
    type Err = NoInvitation;

    fn from_str(text: &str) -> Result<Self, NoInvitation> {
        let mut words = text.split_whitespace();
        let mut next = || words.next().ok_or(NoInvitation);
        if next()? != KIND {
            return Err(NoInvitation);
        }
        let (server, code, key) = (next()?, next()?, next()?);
        if words.next().is_some() || !server.starts_with("http") {
            return Err(NoInvitation);
        }
        Ok(Self {
            server: server.to_owned(),
            code: code.to_owned(),
            server_key: Some(PublicKey::parse(key).map_err(|_| NoInvitation)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::SecretKey;

    #[test]
    fn what_is_shown_is_read() {
        let invitation = Invitation {
            server: "https://loa.example.vn".into(),
            code: "ABCD-EFGH-JKLM".into(),
            server_key: Some(SecretKey::from_seed(&[7; 32]).public()),
        };
        let shown = invitation.to_string();
        assert_eq!(shown.parse(), Ok(invitation));
        for odd in [
            "",
            "loa1",
            "loa1 https://loa.example.vn ABCD",
            "loa2 https://loa.example.vn ABCD x",
            "loa1 https://loa.example.vn ABCD x",
            &format!("{shown} more"),
            &shown.replace("https", "ftp"),
        ] {
            assert_eq!(odd.parse::<Invitation>(), Err(NoInvitation), "{odd}");
        }
    }
}
