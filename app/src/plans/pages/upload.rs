//! A form with a file: the token first, then what was chosen. A file that is too large is read to
//! its end, so that the browser gets its answer, but never kept.

use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use axum::http::{HeaderMap, StatusCode, header};
use loa_plan::{MAX_BYTES, ReadError};

use crate::error::Failure;
use crate::ids::UnitId;
use crate::web::Visitor;
use crate::web::forms::check_token;

/// Fields that are not the file.
const SHORT: usize = 1024;
const MEGABYTE: usize = 1024 * 1024;

/// What came with the form.
pub(super) struct Upload {
    /// The unit that was chosen.
    pub(super) unit: Option<UnitId>,
    /// The plan that the document is said to correct.
    pub(super) corrects: String,
    /// The file's name; empty when none was chosen.
    pub(super) name: String,
    /// Its bytes, or why they were not kept.
    pub(super) file: Result<Vec<u8>, ReadError>,
}

/// Receives the form; refuses it when its first field is not the visitor's token.
pub(super) async fn receive(
    mut multipart: Multipart,
    visitor: &Visitor,
    headers: &HeaderMap,
) -> Result<Upload, Failure> {
    let mut upload = Upload {
        unit: None,
        corrects: String::new(),
        name: String::new(),
        file: Err(ReadError::Empty),
    };
    let mut trusted = false;
    loop {
        let field = match multipart.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => break,
            Err(error) => {
                upload.file = Err(cut(&error, headers)?);
                break;
            }
        };
        let name = field.name().unwrap_or_default().to_owned();
        if !trusted {
            let token = if name == "csrf" {
                short(field).await?
            } else {
                String::new()
            };
            check_token(Some(visitor), &token)?;
            trusted = true;
            continue;
        }
        match name.as_str() {
            "unit" => upload.unit = short(field).await?.parse().ok(),
            "corrects" => upload.corrects = short(field).await?,
            "file" => {
                upload.name = field.file_name().unwrap_or_default().to_owned();
                upload.file = match whole(field).await {
                    Ok(file) => file,
                    Err(error) => Err(cut(&error, headers)?),
                };
                if upload.file.is_err() {
                    break;
                }
            }
            _ => {}
        }
    }
    check_token(Some(visitor), if trusted { &visitor.csrf } else { "" })?;
    Ok(upload)
}

/// The whole file, or how large it is.
async fn whole(mut field: Field<'_>) -> Result<Result<Vec<u8>, ReadError>, MultipartError> {
    let (mut bytes, mut count) = (Vec::new(), 0_usize);
    while let Some(chunk) = field.chunk().await? {
        count += chunk.len();
        if count > MAX_BYTES {
            bytes = Vec::new();
        } else {
            bytes.extend_from_slice(&chunk);
        }
    }
    if count > MAX_BYTES {
        let megabytes = count.div_ceil(MEGABYTE);
        return Ok(Err(ReadError::TooLarge { megabytes }));
    }
    Ok(Ok(bytes))
}

async fn short(mut field: Field<'_>) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field
        .chunk()
        .await
        .map_err(|_| Failure::Invalid("error-form"))?
    {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > SHORT {
            return Err(Failure::Invalid("error-form"));
        }
    }
    String::from_utf8(bytes).map_err(|_| Failure::Invalid("error-form"))
}

/// Larger than the server takes at all: its size is what the browser announced.
fn cut(error: &MultipartError, headers: &HeaderMap) -> Result<ReadError, Failure> {
    if error.status() != StatusCode::PAYLOAD_TOO_LARGE {
        return Err(Failure::Invalid("error-form"));
    }
    let announced = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    let megabytes = announced.unwrap_or(MAX_BYTES + 1).div_ceil(MEGABYTE);
    Ok(ReadError::TooLarge { megabytes })
}
