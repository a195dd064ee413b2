//! The report as a file to take away.

use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::accounts::Person;
use crate::app::App;
use crate::error::Failure;
use crate::ids::ReportId;
use crate::reports::{self, FileKind};

pub(super) async fn download(
    app: &App,
    person: &Person,
    id: ReportId,
    ending: &str,
) -> Result<Response, Failure> {
    let kind: FileKind = ending.parse()?;
    let report = reports::get(app, person, id).await?;
    let bytes = reports::file(app, &report, kind).await?;
    let name = format!("bao-cao-{}-{id}.{ending}", report.row.year);
    let headers = [
        (header::CONTENT_TYPE, kind.media_type().to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    Ok((headers, bytes).into_response())
}
