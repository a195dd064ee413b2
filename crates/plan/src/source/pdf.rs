//! PDF with a text layer.

use crate::error::ReadError;

/// Whether some bytes are a PDF.
pub fn is(bytes: &[u8]) -> bool {
    bytes.starts_with(b"%PDF")
}

/// The plain text of a PDF, laid out as it is printed.
pub fn text(_bytes: &[u8]) -> Result<String, ReadError> {
    Err(ReadError::Form { form: "PDF" })
}
