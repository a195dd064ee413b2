//! What server and loudspeaker, or notice board, say to each other: manifests, receipts, refusals,
//! enrolment.
//!
//! Pure: no clock, no chance, no network. Whatever travels is a [`Signed`] envelope that carries
//! the very bytes that were signed, so nobody has to agree on how to write JSON before checking a
//! signature. Each kind of message is signed under a label of its own: a receipt can never pass
//! for a manifest.

mod board;
mod enrolment;
mod invitation;
mod keys;
mod message;
mod orders;
mod reason;
mod request;
mod signed;
mod topic;
mod url;

pub use board::{
    BoardManifest, BoardNotice, Shown, sign_board, sign_shown, verify_board, verify_shown,
};
pub use enrolment::{Access, Enrolled, Enrolment, broker_password};
pub use invitation::{Invitation, NoInvitation};
pub use keys::{KeyError, PublicKey, SecretKey};
pub use message::{
    Acknowledged, Item, Manifest, Outcome, Priority, Receipt, Refusal, Said, Slot, State, Status,
    What,
};
pub use orders::{Orders, Tone, sign_orders, verify_orders};
pub use reason::Reason;
pub use request::{CONNECT, Claim, MAX_SKEW, authorization, read_authorization, verify_request};
pub use signed::{
    Expected, Signed, sign_access, sign_manifest, sign_receipt, sign_refusal, sign_status,
    sign_urgent, verify_access, verify_manifest, verify_receipt, verify_refusal, verify_status,
    verify_urgent,
};
pub use topic::{NoTopic, Notice, Topic};
pub use url::BrokerUrl;
