//! Web pages.

use crate::error::ReadError;

/// Whether a text is a web page.
pub fn is(_text: &str) -> bool {
    false
}

/// The plain text of a web page.
pub fn text(text: &str) -> Result<String, ReadError> {
    Ok(text.to_owned())
}
