//! Pictures over HTTP: accepts uploads as the image host does, and serves the stored bytes.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use image::ImageFormat;

use super::call::Call;
use super::refusal::Refusal;
use super::validate::PhotoChange;
use crate::app::Shared;

/// The largest picture that the image host accepts, in bytes.
const MAX_BYTES: usize = 10 * 1024 * 1024;

/// A file that the image host has checked and accepts.
pub(crate) struct Accepted {
    bytes: Bytes,
    format: ImageFormat,
}

/// Checks a file as the image host does: it must decode, and be neither empty nor larger than 10 MiB.
///
/// # Errors
/// The image host's sentence.
pub(crate) async fn inspect(bytes: Bytes) -> Result<Accepted, String> {
    if bytes.is_empty() {
        return Err("Empty file".to_owned());
    }
    if bytes.len() > MAX_BYTES {
        let size = bytes.len();
        return Err(format!("File size too large. Got {size}. Maximum is {MAX_BYTES}."));
    }
    let invalid = || "Invalid image file".to_owned();
    tokio::task::spawn_blocking(move || {
        let format = image::guess_format(&bytes).map_err(|_| invalid())?;
        image::load_from_memory_with_format(&bytes, format).map_err(|_| invalid())?;
        Ok(Accepted { bytes, format })
    })
    .await
    .map_err(|_| invalid())?
}

/// Stores an accepted file and returns its path.
pub(crate) fn keep(call: &Call, picture: &Accepted) -> Result<String, Refusal> {
    let now_s = call.now().as_second();
    Ok(call.app.store.add_picture(call.app.seed, now_s, picture.format, &picture.bytes)?)
}

/// Applies a request to a row's picture. The image host's time passes between checking a file and storing it.
pub(crate) async fn change(
    call: &Call,
    change: PhotoChange,
    photo: &mut Option<String>,
) -> Result<(), Refusal> {
    let mut file = None;
    match change {
        PhotoChange::Keep => {}
        PhotoChange::Clear => *photo = None,
        PhotoChange::Path(path) => *photo = Some(path),
        PhotoChange::File(bytes) => {
            let crash = |reason| Refusal::Crash(format!("Error: {reason}"));
            file = Some(inspect(bytes).await.map_err(crash)?);
        }
    }
    call.pass_gate().await;
    if let Some(file) = file {
        *photo = Some(keep(call, &file)?);
    }
    Ok(())
}

pub(crate) async fn serve(State(app): State<Shared>, Path(path): Path<String>) -> Response {
    let picture = match app.store.picture(&path) {
        Ok(Some(picture)) => picture,
        Ok(None) => return Refusal::NoSuchUrl(format!("/media/{path}")).into_response(),
        Err(error) => return Refusal::from(error).into_response(),
    };
    // The bytes of a picture's address never change, so every cache may keep them.
    let headers = [
        (header::CONTENT_TYPE, picture.content_type.as_str()),
        (header::CACHE_CONTROL, "public, max-age=2592000"),
    ];
    (headers, picture.bytes).into_response()
}
