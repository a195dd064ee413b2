//! The archive that a DOCX is. Nothing that its headers claim is believed.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::error::{DocxFault, ReadError};

/// What all parts that are read may unpack to.
const MAX_UNPACKED: usize = 100 * 1024 * 1024;

/// No DOCX has more parts: one a picture.
const MAX_ENTRIES: usize = 2_000;

/// The archive, and what may still be unpacked of it.
pub struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left: usize,
}

impl<'a> Package<'a> {
    /// Opens an archive.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        // Counted before the directory is read: each of its entries begins so.
        let entries = bytes.windows(4).filter(|four| *four == b"PK\x01\x02");
        if entries.take(MAX_ENTRIES + 1).count() > MAX_ENTRIES {
            return Err(broken(DocxFault::TooManyParts));
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken(DocxFault::Archive))?;
        Ok(Self {
            zip,
            left: MAX_UNPACKED,
        })
    }

    /// A part as it is unpacked; none if it is not there.
    pub fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let file = match self.zip.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(ReadError::Protected);
            }
            Err(_) => return Err(broken(DocxFault::Unpacking)),
        };
        let mut bytes = Vec::new();
        file.take(self.left as u64 + 1)
            .read_to_end(&mut bytes)
            .map_err(|_| broken(DocxFault::Unpacking))?;
        self.left = self
            .left
            .checked_sub(bytes.len())
            .ok_or(broken(DocxFault::TooLarge))?;
        Ok(Some(bytes))
    }

    /// What else an archive without a Word document is.
    pub fn form(&mut self) -> ReadError {
        let has = |name: &str| self.zip.index_for_name(name).is_some();
        let form = if has("xl/workbook.xml") || has("xl/workbook.bin") {
            "XLSX"
        } else if has("ppt/presentation.xml") {
            "PPTX"
        } else if has("[Content_Types].xml") {
            return broken(DocxFault::NoDocument);
        } else {
            match self.part("mimetype") {
                Ok(Some(kind)) => open_form(&kind),
                Ok(None) => "ZIP",
                Err(error) => return error,
            }
        };
        ReadError::Form { form }
    }
}

fn open_form(mimetype: &[u8]) -> &'static str {
    let kind = String::from_utf8_lossy(mimetype);
    [
        ("opendocument.text", "ODT"),
        ("opendocument.spreadsheet", "ODS"),
        ("opendocument.presentation", "ODP"),
        ("epub", "EPUB"),
    ]
    .into_iter()
    .find(|(word, _)| kind.contains(word))
    .map_or("ZIP", |(_, form)| form)
}

/// A DOCX that cannot be read.
pub fn broken(what: DocxFault) -> ReadError {
    ReadError::Docx { what }
}
