//! Vietnamese before Unicode: TCVN3 (TCVN 5712) and VNI.

/// The text in Unicode, if it plainly is in one of the old encodings.
pub fn text(_bytes: &[u8]) -> Option<String> {
    None
}
