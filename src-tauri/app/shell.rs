//! What the parts of the shell share: the desk, which opens while the window does, and the tray icon.

use std::sync::OnceLock;

use hotelmate_core::desk::{Desk, Mode};
use hotelmate_core::error::DeskError;
use hotelmate_core::settings::Settings;
use tauri::{AppHandle, Manager};
use tokio::sync::{Notify, OnceCell};

use crate::feed;
use crate::tray::Tray;

/// The state of the shell.
pub(crate) struct Shell {
    app: AppHandle,
    settings: Result<Settings, DeskError>,
    desk: OnceCell<Result<Desk, DeskError>>,
    /// The tray icon, once somebody shows it.
    pub(crate) tray: OnceLock<Tray>,
    /// The desk's status changed, or there is a new place that shows it.
    pub(crate) status_changed: Notify,
}

impl Shell {
    /// A shell whose desk is not open yet. Settings that could not be read are told by the first command.
    pub(crate) fn new(app: AppHandle, settings: Result<Settings, DeskError>) -> Self {
        Self { app, settings, desk: OnceCell::new(), tray: OnceLock::new(), status_changed: Notify::new() }
    }

    /// The desk, waiting for it while it opens. If it cannot be opened, everybody who asks is told why.
    pub(crate) async fn desk(&self) -> Result<Desk, DeskError> {
        self.desk.get_or_init(|| self.open()).await.clone()
    }

    /// The desk, where it is open already.
    pub(crate) fn opened(&self) -> Option<Desk> {
        self.desk.get()?.as_ref().ok().cloned()
    }

    async fn open(&self) -> Result<Desk, DeskError> {
        let opened = match self.settings.clone() {
            Ok(settings) => Desk::open(settings, Mode::Full).await,
            Err(error) => Err(error),
        };
        match &opened {
            // Listening begins before the first command is answered, so that no change falls between the two.
            Ok(desk) => feed::start(&self.app, desk),
            Err(error) => tracing::error!(code = ?error.code, "the desk cannot be opened: {error}"),
        }
        opened
    }
}

/// Opens the desk beside the window.
pub(crate) fn open_in_background(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        // A failure is told by every command, to the window that asks.
        let _ = app.state::<Shell>().desk().await;
    });
}
