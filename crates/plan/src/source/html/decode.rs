//! Pages that name an encoding other than UTF-8.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1258};

/// How much of a page is looked through for its encoding. Browsers stop at 1,024 bytes.
const HEAD: usize = 4096;

/// The text of a page that names the encoding made for Vietnamese, windows-1258; else none.
pub fn vietnamese(bytes: &[u8]) -> Option<String> {
    read(bytes, named(bytes).filter(|named| *named == WINDOWS_1258)?)
}

/// The text of a page in the encoding that it names itself; none if it names none other than
/// UTF-8, or one in which it cannot be read.
///
/// Pages in TCVN3 and VNI name a western encoding, since theirs have no name: these first.
pub fn decode(bytes: &[u8]) -> Option<String> {
    read(bytes, named(bytes).filter(|named| *named != UTF_8)?)
}

fn read(bytes: &[u8], encoding: &'static Encoding) -> Option<String> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(text.into_owned())
}

/// `<meta charset="…">` and `<meta … content="text/html; charset=…">`
fn named(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let (_, rest) = head.split_once("<meta")?;
    let (_, name) = rest.split_once("charset=")?;
    let name = name.trim_start_matches(['"', '\'', ' ']);
    let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')));
    Encoding::for_label(&name.as_bytes()[..end.unwrap_or(name.len())])
}
