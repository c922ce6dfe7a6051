//! The folder for a person's files: their downloads, because people look there first.

use std::path::PathBuf;

use hotelmate_core::error::{DeskError, failure};
use tauri::{AppHandle, Manager};

/// Returns the person's folder for downloads; if the system names none, their documents, else their home.
pub(crate) fn folder(app: &AppHandle) -> Result<PathBuf, DeskError> {
    let path = app.path();
    let folder = path.download_dir().or_else(|_| path.document_dir()).or_else(|_| path.home_dir());
    folder.map_err(|cause| failure!(Configuration, "shell-no-folder", cause = cause.to_string()))
}
