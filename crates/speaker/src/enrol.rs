//! Enrolment: once, with a code.

use std::path::Path;

use loa_air::{Enrolment, Invitation, PublicKey};
use rand::RngCore;

use crate::client::{CallError, Client};
use crate::folder::{self, FolderError};
use crate::identity::{self, Identity, IdentityError};

/// An enrolment that did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum EnrolError {
    /// The folder belongs to an enrolled speaker.
    #[error("{0}: holds an enrolled speaker; choose another folder (--data)")]
    Already(String),
    /// The server's key cannot be pinned.
    #[error("the server sent no usable key; nothing was written, the code may be used up")]
    Key,
    /// Somebody else answered.
    #[error(
        "the server answered with another key than the invitation names: somebody may stand between; \
         nothing was written, and the code may be used up"
    )]
    OtherKey,
    /// The server says no, or nothing.
    #[error(transparent)]
    Call(#[from] CallError),
    /// The folder.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// The disk.
    #[error(transparent)]
    Folder(#[from] FolderError),
}

/// Makes the speaker's key, shows the code, pins the server's key: the one that the invitation names, if
/// it names one.
pub fn enrol(
    invitation: &Invitation,
    name: &str,
    data: &Path,
    dice: &mut dyn RngCore,
) -> Result<Identity, EnrolError> {
    if Identity::exists(data) {
        return Err(EnrolError::Already(data.display().to_string()));
    }
    folder::make(data)?;
    let key = identity::own_key(data, dice)?;
    let public_key = key.public().text();
    let enrolment = Enrolment {
        code: invitation.code.trim().to_owned(),
        name: name.to_owned(),
        public_key,
    };
    let enrolled = Client::new(&invitation.server).enrol(&enrolment)?;
    let pinned = PublicKey::parse(&enrolled.server_key).map_err(|_| EnrolError::Key)?;
    if invitation
        .server_key
        .as_ref()
        .is_some_and(|key| *key != pinned)
    {
        return Err(EnrolError::OtherKey);
    }
    let identity = Identity {
        area: enrolled.area,
        enrolled_at: enrolled.server_time,
        name: name.to_owned(),
        poll_seconds: enrolled.poll_seconds.max(1),
        server: invitation.server.trim_end_matches('/').to_owned(),
        server_key: enrolled.server_key,
        speaker: enrolled.speaker,
    };
    identity.write(data)?;
    Ok(identity)
}
