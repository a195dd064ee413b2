use thiserror::Error;

/// Why a document could not be made.
#[derive(Debug, Error)]
pub enum PaperError {
    /// A table whose rows do not fit its columns.
    #[error(
        "{place}, table {table}, row {row}: {cells} cells for {columns} columns; \
         give every row one cell per column"
    )]
    Row {
        /// Where the table stands: the body or the annex's title.
        place: String,
        /// Which table there, from 1.
        table: usize,
        /// Which row, from 1, the heading not counted.
        row: usize,
        /// Cells found.
        cells: usize,
        /// Cells wanted.
        columns: usize,
    },
    /// A table without columns, or with a width that is no positive number.
    #[error("{place}, table {table}: every column needs a width share above 0")]
    Columns {
        /// Where the table stands.
        place: String,
        /// Which table there, from 1.
        table: usize,
    },
    /// A link that is not a web or mail address.
    #[error("link '{0}': only http, https and mailto addresses may stand in a document")]
    Link(String),
    /// A year no document carries.
    #[error("year {0}: the year of a document must be 1 to 9999")]
    Year(i32),
    /// The typesetter refused the page; a fault of the form, not of the facts.
    #[error("the page could not be set: {0}")]
    Typesetting(String),
    /// The typesetter's page did not become PDF/A-2b.
    #[error("the page could not be written as PDF/A-2b: {0}")]
    Pdf(String),
    /// The DOCX archive could not be written.
    #[error("the DOCX archive could not be written: {0}")]
    Archive(#[from] zip::result::ZipError),
    /// The DOCX archive could not be written.
    #[error("the DOCX archive could not be written: {0}")]
    Write(#[from] std::io::Error),
}
