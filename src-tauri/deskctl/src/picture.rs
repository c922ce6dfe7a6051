//! From a file to a prepared picture.

use std::io::ErrorKind;
use std::path::Path;

use hotelmate_core::desk::Desk;
use hotelmate_core::error::{DeskError, ErrorCode};
use hotelmate_core::model::MediaHash;

use crate::output::Output;

/// Reads and prepares the picture. Nothing is queued yet, so a bad file changes nothing.
pub async fn prepare(desk: &Desk, out: &Output, file: &Path) -> Result<MediaHash, DeskError> {
    let bytes = tokio::fs::read(file).await.map_err(|cause| unreadable(file, &cause))?;
    let picture = desk.prepare_picture(bytes).await?;
    if let Some(warning) = &picture.warning {
        out.remark(warning);
    }
    Ok(picture.hash)
}

fn unreadable(file: &Path, cause: &std::io::Error) -> DeskError {
    let (code, why) = match cause.kind() {
        ErrorKind::NotFound => (ErrorCode::NotFound, "is not there".to_owned()),
        _ => (ErrorCode::BadPicture, format!("cannot be read ({cause})")),
    };
    DeskError::new(code, format!("The file {} {why}.", file.display()), "Check the file's name and rights.")
}
