//! The store: open it, bring its tables up to date, begin a transaction, make one for a test.
//!
//! One set of tables for SQLite and PostgreSQL; the URL's scheme picks which.

mod dialect;
mod migrations;
mod open;
mod test;

pub use dialect::sql_for;
pub use open::{OpenError, Store, begin, connect, one_by_one, open};
pub use test::TestStore;
