//! Preparing a picture from a file.

use std::path::Path;

use hotelmate_core::desk::Desk;
use hotelmate_core::error::{DeskError, ErrorCode};
use hotelmate_core::ids::MediaHash;
use hotelmate_core::views::MAX_PICTURE_BYTES;
use tokio::fs::File;
use tokio::io::AsyncReadExt;

use crate::file::unread;
use crate::output::Output;

/// Reads and prepares the picture. Nothing is queued yet, so a bad file changes nothing.
pub async fn prepare(desk: &Desk, out: &Output, file: &Path) -> Result<MediaHash, DeskError> {
    let bytes = read(file).await.map_err(|cause| unread(file, ErrorCode::BadPicture, &cause))?;
    let picture = desk.prepare_picture(bytes).await?;
    if let Some(warning) = &picture.warning {
        out.remark(warning);
    }
    Ok(picture.hash)
}

/// Calls [`prepare`] if there is a file.
pub async fn prepare_any(
    desk: &Desk,
    out: &Output,
    file: Option<&Path>,
) -> Result<Option<MediaHash>, DeskError> {
    match file {
        Some(file) => prepare(desk, out, file).await.map(Some),
        None => Ok(None),
    }
}

/// Reads a file up to one byte past the limit. That is enough for the core to refuse it; a film of 20 GB is not read to
/// its end.
async fn read(file: &Path) -> std::io::Result<Vec<u8>> {
    let limit = MAX_PICTURE_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    File::open(file).await?.take(limit).read_to_end(&mut bytes).await?;
    Ok(bytes)
}
