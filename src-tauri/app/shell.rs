//! The shared state of the shell: the desk, which opens at the same time as the window.

use std::path::PathBuf;

use hotelmate_core::desk::{Desk, Mode};
use hotelmate_core::error::DeskError;
use hotelmate_core::settings::Settings;
use tauri::{AppHandle, Manager};
use tokio::sync::{Notify, OnceCell};

/// The state of the shell.
pub(crate) struct Shell {
    settings: Result<Settings, DeskError>,
    desk: OnceCell<Result<Desk, DeskError>>,
    on_open: Box<dyn Fn(&Desk) + Send + Sync>,
    /// Notified when the desk's status or the person's duty changed, or when there is a new place that shows it.
    pub(crate) status_changed: Notify,
}

impl Shell {
    /// Makes a shell whose desk is not open yet. The first command reports settings that could not be read. `on_open`
    /// is called with the desk before any other part gets it.
    pub(crate) fn new(
        settings: Result<Settings, DeskError>,
        on_open: impl Fn(&Desk) + Send + Sync + 'static,
    ) -> Self {
        let on_open = Box::new(on_open);
        Self { settings, desk: OnceCell::new(), on_open, status_changed: Notify::new() }
    }

    /// Returns the desk, and waits while it opens. If it cannot be opened, every caller gets the reason.
    pub(crate) async fn desk(&self) -> Result<Desk, DeskError> {
        self.desk.get_or_init(|| self.open()).await.clone()
    }

    /// Returns the desk, if it is already open.
    pub(crate) fn opened(&self) -> Option<Desk> {
        self.desk.get()?.as_ref().ok().cloned()
    }

    /// Returns the data folder, if the settings could be read.
    pub(crate) fn data_dir(&self) -> Option<PathBuf> {
        self.settings.as_ref().ok().map(|settings| settings.data_dir.clone())
    }

    async fn open(&self) -> Result<Desk, DeskError> {
        let opened = match self.settings.clone() {
            Ok(settings) => Desk::open(settings, Mode::Full).await,
            Err(error) => Err(error),
        };
        match &opened {
            Ok(desk) => (self.on_open)(desk),
            Err(error) => tracing::error!(code = ?error.code, "the desk cannot be opened: {error}"),
        }
        opened
    }
}

/// Opens the desk while the window opens.
pub(crate) fn open_in_background(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        // Every command reports a failure to the window that asks.
        let _ = app.state::<Shell>().desk().await;
    });
}
