//! A form with a file: the token first, then what was typed and chosen. A file that is too large is
//! read to its end, so that the browser gets its answer, but never kept.

use std::collections::BTreeMap;

use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use axum::http::{HeaderMap, StatusCode, header};

use super::forms::check_token;
use super::visitor::Visitor;
use crate::error::Failure;

const MEGABYTE: usize = 1024 * 1024;

/// What a form may bring.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Of the file, in bytes.
    pub file: usize,
    /// Of all that is no file, in bytes.
    pub typed: usize,
}

/// What came with the form.
#[derive(Debug)]
pub struct Upload {
    fields: BTreeMap<String, String>,
    /// The file's name; empty when none was chosen.
    pub name: String,
    /// Its bytes, or why they were not kept.
    pub file: Result<Vec<u8>, NoFile>,
}

/// Why there is no file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoFile {
    /// None came.
    Missing,
    /// It is larger than is taken.
    TooLarge {
        /// Its size in megabytes, rounded up.
        megabytes: usize,
    },
}

impl Upload {
    /// Receives the form; refuses it when its first field is not the visitor's token.
    pub async fn receive(
        mut multipart: Multipart,
        visitor: &Visitor,
        headers: &HeaderMap,
        limits: Limits,
    ) -> Result<Self, Failure> {
        let mut upload = Self {
            fields: BTreeMap::new(),
            name: String::new(),
            file: Err(NoFile::Missing),
        };
        let mut room = limits.typed;
        let mut trusted = false;
        loop {
            let field = match multipart.next_field().await {
                Ok(Some(field)) => field,
                Ok(None) => break,
                Err(error) => {
                    upload.file = Err(cut(&error, headers, limits)?);
                    break;
                }
            };
            let name = field.name().unwrap_or_default().to_owned();
            if !trusted {
                let token = if name == "csrf" {
                    typed(field, &mut room).await?
                } else {
                    String::new()
                };
                check_token(Some(visitor), &token)?;
                trusted = true;
            } else if name == "file" {
                field
                    .file_name()
                    .unwrap_or_default()
                    .clone_into(&mut upload.name);
                upload.file = match whole(field, limits.file).await {
                    Ok(file) => file,
                    Err(error) => Err(cut(&error, headers, limits)?),
                };
                if upload.file.is_err() {
                    break;
                }
            } else {
                let text = typed(field, &mut room).await?;
                upload.fields.insert(name, text);
            }
        }
        check_token(Some(visitor), if trusted { &visitor.csrf } else { "" })?;
        Ok(upload)
    }

    /// What was typed into a field; nothing when there was no such field.
    pub fn typed(&self, field: &str) -> &str {
        self.fields.get(field).map_or("", String::as_str)
    }
}

/// The whole file, or how large it is.
async fn whole(
    mut field: Field<'_>,
    limit: usize,
) -> Result<Result<Vec<u8>, NoFile>, MultipartError> {
    let (mut bytes, mut count) = (Vec::new(), 0_usize);
    while let Some(chunk) = field.chunk().await? {
        count += chunk.len();
        if count > limit {
            bytes = Vec::new();
        } else {
            bytes.extend_from_slice(&chunk);
        }
    }
    if count > limit {
        let megabytes = count.div_ceil(MEGABYTE);
        return Ok(Err(NoFile::TooLarge { megabytes }));
    }
    Ok(Ok(bytes))
}

async fn typed(mut field: Field<'_>, room: &mut usize) -> Result<String, Failure> {
    let unread = Failure::Invalid("error-form");
    let mut bytes = Vec::new();
    while let Ok(Some(chunk)) = field.chunk().await {
        if chunk.len() > *room {
            return Err(unread);
        }
        *room -= chunk.len();
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_| unread)
}

/// Larger than the server takes at all: its size is what the browser announced.
fn cut(error: &MultipartError, headers: &HeaderMap, limits: Limits) -> Result<NoFile, Failure> {
    if error.status() != StatusCode::PAYLOAD_TOO_LARGE {
        return Err(Failure::Invalid("error-form"));
    }
    let announced = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    let megabytes = announced.unwrap_or(limits.file + 1).div_ceil(MEGABYTE);
    Ok(NoFile::TooLarge { megabytes })
}
