//! The report as a file: DOCX to be worked on, PDF to be printed.

use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::accounts::Person;
use crate::app::App;
use crate::error::Failure;
use crate::ids::ReportId;
use crate::reports::{self, paper};

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Makes the file. Setting pages is work for the processor: it does not hold up who waits for
/// other pages.
pub(super) async fn download(
    app: &App,
    person: &Person,
    id: ReportId,
    ending: &str,
) -> Result<Response, Failure> {
    let (make, kind): (fn(&_) -> Result<Vec<u8>, _>, _) = match ending {
        "docx" => (loa_paper::docx, DOCX),
        "pdf" => (loa_paper::pdf, "application/pdf"),
        _ => return Err(Failure::NotFound),
    };
    let report = reports::get(app, person, id).await?;
    let content = report.content(&app.db).await?;
    let at = report.row.submitted_at.unwrap_or_else(|| app.clock.now());
    let document = paper::document(&content, report.state, &app.config.url(), at);
    let made = tokio::task::spawn_blocking(move || make(&document)).await;
    let bytes = made
        .map_err(anyhow::Error::from)?
        .map_err(anyhow::Error::from)?;
    let name = format!("bao-cao-{}-{id}.{ending}", content.year);
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    Ok((headers, bytes).into_response())
}
