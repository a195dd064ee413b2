//! DOCX (ECMA-376): the same facts and measures, written as `WordprocessingML`.
//!
//! Written here and not through a library: the form needs table headings that
//! repeat, rows that stay whole and a section per annex with its own page
//! numbers, all byte for byte the same each time.

mod letterhead;
mod package;
mod sections;
mod text;

use crate::clean::cleaned;
use crate::{OfficialDocument, PaperError};

/// The document as DOCX in 'Times New Roman', the subject as its title. The
/// same facts give the same bytes: the archive's times are fixed and its
/// property `created` is the document's date, absent while it has none.
pub fn docx(document: &OfficialDocument) -> Result<Vec<u8>, PaperError> {
    let document = cleaned(document)?;
    let mut links = text::Links::default();
    let body = sections::document_xml(&document, &mut links);
    package::archive(&document, &body, &links)
}
