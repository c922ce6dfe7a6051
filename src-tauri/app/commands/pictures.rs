//! Pictures on their way to the hotel.

use hotelmate_core::error::{DeskError, failure};
use hotelmate_core::ids::LocalId;
use hotelmate_core::views::{PictureJob, PreparedPicture};
use tauri::ipc::{InvokeBody, Request};

use super::{Answer, TheShell};

/// The picture's bytes come as the body of the call: as JSON they would be four times as big. What is wished beside
/// them comes as a header.
#[tauri::command]
pub(super) async fn prepare_picture(shell: TheShell<'_>, request: Request<'_>) -> Answer<PreparedPicture> {
    let InvokeBody::Raw(bytes) = request.body() else { return Err(not_bytes()) };
    let wanted = request.headers().get(PictureJob::HEADER).and_then(|text| text.to_str().ok());
    let wanted = PictureJob::parse(wanted.ok_or_else(not_bytes)?)?;
    shell.desk().await?.prepare_picture_job(bytes.clone(), wanted).await
}

#[tauri::command]
pub(super) async fn cancel_picture(shell: TheShell<'_>, job: String) -> Answer<()> {
    shell.desk().await?.cancel_picture(&job);
    Ok(())
}

fn not_bytes() -> DeskError {
    failure!(Unexpected, "shell-picture-incomplete")
}

#[tauri::command]
pub(super) async fn cancel_upload(shell: TheShell<'_>, entity: LocalId) -> Answer<()> {
    shell.desk().await?.cancel_upload(entity)
}
