//! The editor of `display.toml` on the display itself. Each call has to bring the PIN, so a page that was taken over can
//! change nothing without it.

use std::io::ErrorKind;
use std::path::Path;

use super::Display;
use crate::error::{DeskError, failure};
use crate::playlist::{self, Content};
use crate::private::Secret;
use crate::replace;
use crate::views::{DisplayEditing, DisplayFile, DisplayPreview};

impl Display {
    /// Returns the start of an edit, with the monitors of this computer. A file that cannot be read counts as empty.
    ///
    /// # Errors
    /// Code `wrong_pin`, `not_allowed` during the pause after wrong PINs, and the errors of the database.
    pub async fn editing(&self, pin: &Secret, monitors: Vec<String>) -> Result<DisplayEditing, DeskError> {
        self.unlock(pin)?;
        let content = self.inner.engine.store.read(Content::read).await?;
        let text = read(&self.path())?;
        match playlist::editing(&text, &content, Some(monitors.clone())) {
            Ok(editing) => Ok(editing),
            Err(_) => {
                let has_pin = self.pin().is_some();
                Ok(DisplayEditing { has_pin, ..playlist::editing("", &content, Some(monitors))? })
            }
        }
    }

    /// Returns the effect of an edited file, which is not written.
    ///
    /// # Errors
    /// As [`editing`](Self::editing).
    pub async fn preview(&self, pin: &Secret, file: &DisplayFile) -> Result<DisplayPreview, DeskError> {
        self.unlock(pin)?;
        let content = self.inner.engine.store.read(Content::read).await?;
        Ok(playlist::preview(content, file, self.inner.environment.now(), &self.locality()))
    }

    /// Writes an edited file. It is in effect when this returns. A file that could not be read stays beside it, as
    /// `display.damaged.toml`.
    ///
    /// # Errors
    /// As [`editing`](Self::editing), code `invalid` with the wrong values, and code `unexpected` if the file cannot be
    /// written.
    pub async fn save(&self, pin: &Secret, file: &DisplayFile) -> Result<(), DeskError> {
        self.unlock(pin)?;
        let path = self.path();
        let before = read(&path)?;
        let is_damaged = playlist::is_damaged(&before);
        // The PIN cannot be read from a damaged file, and without it anyone could leave the display.
        let pin = file.pin.clone().or_else(|| self.pin().filter(|_| is_damaged));
        let text = playlist::written(&DisplayFile { pin, ..file.clone() }, &before)?;
        let to = path.clone();
        let written = tokio::task::spawn_blocking(move || {
            if is_damaged {
                replace::write(&to.with_extension("damaged.toml"), before.as_bytes())?;
            }
            replace::write(&to, text.as_bytes())
        });
        let written = written.await.unwrap_or_else(|error| Err(std::io::Error::other(error)));
        written.map_err(|error| unwritable(&path, &error))?;
        if self.look_at_file() {
            self.inner.file_changed.notify_one();
        }
        Ok(())
    }

    fn unlock(&self, pin: &Secret) -> Result<(), DeskError> {
        if self.try_pin(pin)? { Ok(()) } else { Err(failure!(WrongPin, "error-display-pin-wrong")) }
    }
}

/// Reads the file; a missing one is empty.
fn read(path: &Path) -> Result<String, DeskError> {
    match replace::read(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(String::new()),
        read => read.map_err(|error| unwritable(path, &error)),
    }
}

fn unwritable(path: &Path, cause: &std::io::Error) -> DeskError {
    let (file, why) = (path.display().to_string(), cause.to_string());
    failure!(Unexpected, "error-display-file", file = file, cause = why)
}
