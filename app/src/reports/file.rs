//! The report as a file: DOCX to be worked on, PDF to be printed.

use std::str::FromStr;

use super::paper;
use super::report::Report;
use crate::app::App;
use crate::error::Failure;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// To be worked on.
    Docx,
    /// To be printed.
    Pdf,
}

impl FileKind {
    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Pdf => "application/pdf",
        }
    }
}

impl FromStr for FileKind {
    type Err = Failure;

    fn from_str(ending: &str) -> Result<Self, Failure> {
        match ending {
            "docx" => Ok(Self::Docx),
            "pdf" => Ok(Self::Pdf),
            _ => Err(Failure::NotFound),
        }
    }
}

/// Makes the file. Setting pages is work for the processor: it does not hold up who waits for
/// other pages.
pub async fn file(app: &App, report: &Report, kind: FileKind) -> Result<Vec<u8>, Failure> {
    let content = report.content(&app.db).await?;
    let at = report.row.submitted_at.unwrap_or_else(|| app.clock.now());
    let document = paper::document(&content, report.state, &app.config.url(), at);
    let made = tokio::task::spawn_blocking(move || match kind {
        FileKind::Docx => loa_paper::docx(&document),
        FileKind::Pdf => loa_paper::pdf(&document),
    });
    let made = made.await.map_err(anyhow::Error::from)?;
    Ok(made.map_err(anyhow::Error::from)?)
}
