//! Reception displays, for the desk: the hotel of a display on this computer, and the editor of `display.toml` for one on
//! another computer. The hotel's IT puts that file beside `desk.toml` there.

use std::fs::File;
use std::io::Write as _;
use std::path::PathBuf;

use url::Url;

use super::{Desk, new_file};
use crate::error::DeskError;
use crate::playlist::{self, Content, Locality};
use crate::views::{DisplayEditing, DisplayFile, DisplayPreview, ExportedFile};

impl Desk {
    /// Returns the server and the hotel of a display on this computer: those of the shown person, or the set ones, since
    /// a display needs no sign-in.
    ///
    /// # Errors
    /// Code `configuration` if no person is shown, and the settings name no server or no hotel.
    pub fn display_hotel(&self) -> Result<(Url, String), DeskError> {
        match self.engine() {
            Ok(engine) => Ok((engine.account.server.clone(), engine.account.hotel_slug.clone())),
            Err(_) => self.current_settings().public_hotel(),
        }
    }

    /// Returns the start of an edit. `text` is the content of an existing file, empty for a new one.
    ///
    /// # Errors
    /// Code `configuration` if the text is no file of a display,
    /// [`SignedOut`](crate::error::ErrorCode::SignedOut), or the local database.
    pub async fn display_editing(&self, text: &str) -> Result<DisplayEditing, DeskError> {
        let content = self.engine()?.store.read(Content::read).await?;
        playlist::editing(text, &content, None)
    }

    /// Returns the effect of an edited file.
    ///
    /// # Errors
    /// [`SignedOut`](crate::error::ErrorCode::SignedOut), or the local database.
    pub async fn display_preview(&self, file: &DisplayFile) -> Result<DisplayPreview, DeskError> {
        let engine = self.engine()?;
        let content = engine.store.read(Content::read).await?;
        let settings = self.current_settings();
        let at = Locality {
            zone: &settings.time_zone,
            language: settings.language.tag(),
            locale: &settings.locale,
        };
        Ok(playlist::preview(content, file, engine.now(), &at))
    }

    /// Writes the file into `folder`, under a name that is free there. `before` is the content of the existing file.
    ///
    /// # Errors
    /// Code `invalid` with the wrong values, and those of a folder that refuses. No partial file remains.
    pub async fn write_display_file(
        &self,
        folder: PathBuf,
        file: &DisplayFile,
        before: &str,
    ) -> Result<ExportedFile, DeskError> {
        let text = playlist::written(file, before)?;
        let write = move |file: &mut File| file.write_all(text.as_bytes());
        let (file, ()) = new_file::save(folder, ("display", "toml"), write).await?;
        Ok(ExportedFile { file, entries: 1 })
    }
}
