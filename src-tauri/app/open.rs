//! Opens a file with the program that the system has for it. This happens only when a person asks for it.

use std::path::{Path, PathBuf};

use hotelmate_core::desk::Desk;
use hotelmate_core::error::{DeskError, failure};
use hotelmate_core::ids::ServerId;
use hotelmate_core::resources::file_type;
use hotelmate_core::views::ExportedFile;
use tokio::process::Command;

/// Saves a file of a message in `folder`, and opens it. Only files of the kinds that the hotel's server takes are opened:
/// none of them is a program.
pub(crate) async fn chat_file(
    desk: &Desk,
    message: ServerId,
    place: u32,
    folder: PathBuf,
) -> Result<ExportedFile, DeskError> {
    let saved = desk.save_chat_file(message, place, folder).await?;
    if file_type(&saved.file).is_none() {
        return Err(failure!(NotAllowed, "shell-not-opened", file = saved.file));
    }
    let opened = opener(Path::new(&saved.file)).spawn();
    opened.map_err(|cause| {
        failure!(Unexpected, "shell-no-opener", file = saved.file.as_str(), cause = cause.to_string())
    })?;
    Ok(saved)
}

/// Returns the command that opens a file. No shell reads the path.
fn opener(file: &Path) -> Command {
    let program = if cfg!(windows) {
        "explorer"
    } else if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    };
    let mut command = Command::new(program);
    command.arg(file);
    command
}
