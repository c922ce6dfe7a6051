//! The status file of a display. The display writes it, and `deskctl display status` reads it.

use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};

use super::FOLDER;
use crate::error::{DeskError, failure};
use crate::replace;
use crate::views::{DisplayState, DisplayStatus};

const FILE: &str = "status.json";
/// The longest time between two signs of life of a display that runs.
const ALIVE: SignedDuration = SignedDuration::from_mins(3);

fn path(data_dir: &Path) -> PathBuf {
    data_dir.join(FOLDER).join(FILE)
}

/// Writes the status. A failure is logged only: the display goes on.
pub(super) fn write(data_dir: &Path, status: &DisplayStatus) {
    let written = serde_json::to_vec(status).map_err(std::io::Error::from).and_then(|bytes| {
        let path = path(data_dir);
        replace::write(&path, &bytes)
    });
    if let Err(error) = written {
        tracing::warn!(%error, "the status of the display cannot be written");
    }
}

/// Reads the status of the display of a data folder. `running` is false without a recent sign of life.
///
/// # Errors
/// Code `not_found` if no display ever ran there.
pub fn read_status(data_dir: &Path, now: Timestamp) -> Result<DisplayStatus, DeskError> {
    let bytes = std::fs::read(path(data_dir)).map_err(|_| failure!(NotFound, "error-no-display"))?;
    let mut status: DisplayStatus = serde_json::from_slice(&bytes)
        .map_err(|error| failure!(Unexpected, "error-display-status", cause = error.to_string()))?;
    let is_alive = now.duration_since(status.alive_at).abs() <= ALIVE;
    status.running = is_alive && status.state != DisplayState::Ended;
    Ok(status)
}
