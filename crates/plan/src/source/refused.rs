//! Forms that are told apart only to say what to do with them.

use crate::error::ReadError;

/// Why some bytes are not read, if their form is one that is known and not read.
pub fn form(bytes: &[u8]) -> Option<ReadError> {
    let begins = |with: &[u8]| {
        bytes
            .get(..with.len())
            .is_some_and(|begin| begin.eq_ignore_ascii_case(with))
    };
    let form = if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Some(compound(bytes));
    } else if begins(br"{\rtf") {
        "RTF"
    } else if begins(b"MIME-Version:") || begins(b"From: <Saved by") {
        "MHTML"
    } else if begins(b"<?xml") || begins(b"\xEF\xBB\xBF<?xml") {
        let head = &bytes[..bytes.len().min(4096)];
        if holds(head, b"office:document") {
            "FODT"
        } else if holds(head, b"wordDocument") || holds(head, b"/office/2006/xmlPackage") {
            "Word XML"
        } else {
            return None;
        }
    } else {
        return None;
    };
    Some(ReadError::Form { form })
}

/// What an OLE container holds: the names of its streams stand in it in UTF-16.
fn compound(bytes: &[u8]) -> ReadError {
    let has = |stream: &str| {
        let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        holds(bytes, &name)
    };
    let form = if has("WordDocument") {
        "DOC"
    } else if has("EncryptedPackage") {
        return ReadError::Protected;
    } else if has("PowerPoint Document") {
        "PPT"
    } else if has("Workbook") {
        "XLS"
    } else {
        "DOC"
    };
    ReadError::Form { form }
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|part| part == wanted)
}
