//! People, what they may do, how they sign in.

pub mod entity;
mod password;
mod person;
mod rights;
pub mod session;
mod sign_in;
pub mod token;

pub use password::{PasswordError, hash};
pub use person::{Person, create, find, find_by_login, grant, lock, names};
pub use rights::{Right, Role};
pub use sign_in::routes;
