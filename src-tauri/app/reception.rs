//! The reception display: a program of its own beside the desk, with one window over the whole screen.
//!
//! It has no desk and no sign-in. Until its hotel is set it tries again, with the settings that are saved by then. The
//! page may only read ([`DISPLAY`]'s capability), and [`page`] watches it: a page that stays silent is loaded again, and
//! then the window is made anew. Leaving needs the PIN of `display.toml`; closing the window only asks for it.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use hotelmate_core::display::Display;
use hotelmate_core::environment::Environment;
use hotelmate_core::error::{DeskError, failure};
use hotelmate_core::private::Secret;
use hotelmate_core::settings::Settings;
use hotelmate_core::views::DisplayEditing;
use tauri::{AppHandle, Emitter, Manager, Monitor, WebviewWindow, Window, WindowEvent};
use tokio::sync::OnceCell;

use crate::awake::Awake;
use crate::page::{self, Page};
use crate::shell::Shell;
use crate::window::{self, DISPLAY};

/// The event after which the page asks for the view again.
const CHANGED: &str = "display-change";
/// The event after which the page asks for the PIN.
const ASK_PIN: &str = "display-leave";
/// The time between two checks of the monitors, and between two tries to open the display.
const LOOK: Duration = Duration::from_secs(5);

/// The state of the program.
pub(crate) struct Reception {
    settings: Result<Settings, DeskError>,
    display: OnceCell<Display>,
}

impl Reception {
    /// Returns the display, and waits while it opens. Each call tries to open it, until one can.
    pub(crate) async fn display(&self) -> Result<Display, DeskError> {
        let open = || async { Display::open(self.settings.as_ref().map_err(Clone::clone)?.reload()?).await };
        self.display.get_or_try_init(open).await.cloned()
    }

    /// Returns the display, if it is already open.
    pub(crate) fn opened(&self) -> Option<Display> {
        self.display.get().cloned()
    }

    fn data_dir(&self) -> Option<PathBuf> {
        // The web view's files are apart from those of the staff window, which may run at the same time.
        self.settings.as_ref().ok().map(|settings| settings.data_dir.join("display"))
    }
}

/// Opens the window and the display, and watches both as long as the program runs.
///
/// # Errors
/// If the window cannot be opened.
pub(crate) fn start(app: &AppHandle, settings: Result<Settings, DeskError>) -> tauri::Result<()> {
    app.manage(Reception { settings, display: OnceCell::new() });
    app.manage(Page::renewed_by(DISPLAY, renew));
    let window = window::open_display(app, app.state::<Reception>().data_dir())?;
    let hidden = window.set_cursor_visible(false);
    if let Err(error) = hidden {
        tracing::info!(%error, "the pointer is hidden by the page alone");
    }
    page::watch(app);
    tauri::async_runtime::spawn(announce(app.clone()));
    tauri::async_runtime::spawn(keep_in_place(app.clone()));
    Ok(())
}

/// Makes the window anew, because its page stays silent.
fn renew(app: &AppHandle) {
    if let Some(old) = app.get_webview_window(DISPLAY)
        && let Err(error) = old.destroy()
    {
        tracing::warn!(%error, "the silent window cannot be closed");
        return;
    }
    match window::open_display(app, app.state::<Reception>().data_dir()) {
        Ok(window) => {
            if let Err(error) = place(&window, &mut None, app) {
                tracing::warn!(%error, "the new window is not over the whole screen yet");
            }
            page::watch_its_end(app);
        }
        // The next silence tries again.
        Err(error) => tracing::warn!(%error, "the window cannot be made anew"),
    }
}

/// Passes the display's changes to the page, and keeps the system awake in the hours of the display.
async fn announce(app: AppHandle) {
    let display = opened(&app).await;
    let (mut changes, awake) = (display.changes(), Awake::start());
    loop {
        match display.view().await {
            Ok(view) => awake.keep(!view.dark),
            Err(error) => tracing::warn!(%error, "the hours of the display are not known"),
        }
        if changes.changed().await.is_err() {
            return;
        }
        if let Err(error) = app.emit_to(DISPLAY, CHANGED, ()) {
            tracing::warn!(%error, "the page did not hear of a change");
        }
    }
}

/// Returns the display as soon as it can be opened. The page shows the reason why it cannot.
async fn opened(app: &AppHandle) -> Display {
    let environment = Environment::system();
    let mut reason = None;
    loop {
        match app.state::<Reception>().display().await {
            Ok(display) => return display,
            Err(error) if reason.as_ref() != Some(&error) => {
                tracing::error!(code = ?error.code, "the display cannot be opened: {error}");
                reason = Some(error);
            }
            Err(_) => {}
        }
        environment.sleep(LOOK).await;
    }
}

/// Puts the window over the wanted monitor, and again whenever that one is plugged in or out.
async fn keep_in_place(app: AppHandle) {
    let environment = Environment::system();
    let mut at = None;
    loop {
        if let Some(window) = app.get_webview_window(DISPLAY)
            && let Err(error) = place(&window, &mut at, &app)
        {
            tracing::info!(%error, "the monitors cannot be listed");
        }
        environment.sleep(LOOK).await;
    }
}

/// Puts the window over its monitor if that is another one than `at`.
fn place(window: &WebviewWindow, at: &mut Option<String>, app: &AppHandle) -> tauri::Result<()> {
    let wanted = app.state::<Reception>().opened().and_then(|display| display.monitor());
    let monitors = window.available_monitors()?;
    let first = window.primary_monitor()?;
    let names: Vec<Option<&str>> = monitors.iter().map(|one| one.name().map(String::as_str)).collect();
    let main = first.and_then(|main| monitors.iter().position(|one| one.position() == main.position()));
    let target = chosen(&names, main, wanted.as_deref()).and_then(|place| monitors.get(place));
    let Some(target) = target else { return Ok(()) };
    let name = place_of(target);
    if at.as_ref() == Some(&name) {
        return Ok(());
    }
    tracing::info!(monitor = name, "the display is put on its monitor");
    window.set_fullscreen(false)?;
    window.set_position(*target.position())?;
    window.set_size(*target.size())?;
    window.set_fullscreen(true)?;
    *at = Some(name);
    Ok(())
}

/// Returns the place of the monitor with the wanted name, else of the main one, else of any. It is asked again and again,
/// so a monitor that is plugged in again gets the display back.
fn chosen(names: &[Option<&str>], main: Option<usize>, wanted: Option<&str>) -> Option<usize> {
    let named = wanted.and_then(|wanted| names.iter().position(|name| *name == Some(wanted)));
    named.or(main).or((!names.is_empty()).then_some(0))
}

/// Returns a text that differs for another monitor, or another size of the same one.
fn place_of(monitor: &Monitor) -> String {
    let (position, size) = (monitor.position(), monitor.size());
    let name = monitor.name().map(String::as_str).unwrap_or_default();
    format!("{name} {}x{} at {},{}", size.width, size.height, position.x, position.y)
}

/// A closed window asks for the PIN instead.
pub(crate) fn on_window_event(window: &Window, event: &WindowEvent) {
    if let WindowEvent::CloseRequested { api, .. } = event {
        api.prevent_close();
        if let Err(error) = window.emit_to(DISPLAY, ASK_PIN, ()) {
            tracing::warn!(%error, "the page cannot be asked for the PIN");
        }
    }
}

/// Ends the program if this is the PIN, and returns whether it is. A display that cannot be opened has no PIN.
///
/// # Errors
/// During the pause after too many wrong PINs.
pub(crate) async fn leave(app: &AppHandle, pin: &Secret) -> Result<bool, DeskError> {
    let may_leave = match app.state::<Reception>().display().await {
        Ok(display) => display.try_pin(pin)?,
        Err(_) => true,
    };
    if may_leave {
        app.exit(0);
    }
    Ok(may_leave)
}

/// Returns the start of an edit of `display.toml`, with the monitors that are there.
///
/// # Errors
/// Those of [`Display::editing`].
pub(crate) async fn editing(app: &AppHandle, pin: &Secret) -> Result<DisplayEditing, DeskError> {
    let monitors = app.available_monitors().unwrap_or_default();
    let names = monitors.iter().filter_map(Monitor::name).cloned().collect();
    app.state::<Reception>().display().await?.editing(pin, names).await
}

/// Notes a sign of life of the page in the status.
pub(crate) async fn note_alive(app: &AppHandle) {
    if let Some(display) = app.try_state::<Reception>().and_then(|reception| reception.opened()) {
        display.note_alive().await;
    }
}

/// Ends the display in order, within this time.
pub(crate) fn close(app: &AppHandle, limit: Duration) {
    let Some(display) = app.try_state::<Reception>().and_then(|reception| reception.opened()) else { return };
    let closing = async { tokio::time::timeout(limit, display.close()).await };
    if tauri::async_runtime::block_on(closing).is_err() {
        tracing::warn!("the display did not close in time");
    }
}

/// Starts a display beside the desk, as a program of its own. It gets no token.
///
/// # Errors
/// Those of [`Desk::display_hotel`](hotelmate_core::desk::Desk::display_hotel), or if the program cannot be started.
pub(crate) async fn open_beside(app: &AppHandle) -> Result<(), DeskError> {
    let shell = app.state::<Shell>();
    let (server, hotel) = shell.desk().await?.display_hotel()?;
    let failed =
        |error: std::io::Error| failure!(Unexpected, "shell-display-failed", cause = error.to_string());
    let mut command = Command::new(std::env::current_exe().map_err(failed)?);
    command.arg("--display").env("DESK_SERVER", server.as_str()).env("DESK_HOTEL", hotel);
    if let Some(folder) = shell.data_dir() {
        command.arg("--data-dir").arg(folder);
    }
    command.env_remove("DESK_TOKEN").env_remove("DESK_CHAT_KEY");
    let mut child = command.spawn().map_err(failed)?;
    // Its end is awaited, so that no dead process remains.
    std::thread::spawn(move || child.wait());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wanted_monitor_is_used_while_it_is_plugged_in_and_the_main_one_otherwise() {
        let (both, one) = ([Some("eDP-1"), Some("HDMI-1")], [Some("eDP-1")]);
        let wanted = Some("HDMI-1");
        assert_eq!(chosen(&both, Some(0), wanted), Some(1));
        assert_eq!(chosen(&one, Some(0), wanted), Some(0), "unplugged");
        assert_eq!(chosen(&both, Some(0), wanted), Some(1), "plugged in again");
        assert_eq!(chosen(&both, Some(1), None), Some(1), "the main one without a name");
    }

    #[test]
    fn without_a_main_monitor_any_is_used_and_without_monitors_none() {
        assert_eq!(chosen(&[None, Some("HDMI-1")], None, Some("DP-2")), Some(0));
        assert_eq!(chosen(&[], None, Some("HDMI-1")), None);
    }
}
