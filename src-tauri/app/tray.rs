//! The tray icon: the status in words, the way back to the window, and the way out.

use hotelmate_core::desk::Desk;
use hotelmate_core::desk::views::{DeskStatus, Pill};
use tauri::menu::{Menu, MenuItem, PredefinedMenuItem};
use tauri::tray::{MouseButton, TrayIcon, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Manager, Wry};

use crate::shell::Shell;
use crate::window;

const SHOW: &str = "show";
const STATUS: &str = "status";
const QUIT: &str = "quit";

/// The icon and the line of its menu that tells the status.
pub(crate) struct Tray {
    icon: TrayIcon,
    status: MenuItem<Wry>,
}

impl Tray {
    fn build(app: &AppHandle) -> tauri::Result<Self> {
        let status = MenuItem::with_id(app, STATUS, "Starting…", false, None::<&str>)?;
        let menu = Menu::with_items(
            app,
            &[
                &status,
                &PredefinedMenuItem::separator(app)?,
                &MenuItem::with_id(app, SHOW, "Show HotelMate Desk", true, None::<&str>)?,
                &MenuItem::with_id(app, QUIT, "Quit", true, None::<&str>)?,
            ],
        )?;
        let mut icon = TrayIconBuilder::with_id("desk")
            .menu(&menu)
            .show_menu_on_left_click(cfg!(target_os = "macos"))
            .tooltip("HotelMate Desk")
            .on_menu_event(|app, event| match event.id().as_ref() {
                SHOW => window::bring_to_front(app),
                QUIT => app.exit(0),
                _ => {}
            })
            .on_tray_icon_event(|icon, event| {
                if let TrayIconEvent::Click { button: MouseButton::Left, .. } = event {
                    window::bring_to_front(icon.app_handle());
                }
            });
        if let Some(picture) = app.default_window_icon() {
            icon = icon.icon(picture.clone());
        }
        Ok(Self { icon: icon.build(app)?, status })
    }

    fn tell(&self, line: &str) -> tauri::Result<()> {
        self.status.set_text(line)?;
        self.icon.set_tooltip(Some(format!("HotelMate Desk: {line}")))
    }
}

/// Puts the icon into the tray, where there is one. It is not worth a moment of the window's start.
pub(crate) fn start(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn_blocking(move || {
        if let Err(reason) = host::look() {
            tracing::info!("no tray icon: {reason}; closing the window ends the program");
            return;
        }
        let main = app.clone();
        let placed = app.run_on_main_thread(move || match Tray::build(&main) {
            Ok(tray) => {
                let shell = main.state::<Shell>();
                // It is built once; a second one could only come from a second call of this function.
                let _ = shell.tray.set(tray);
                shell.status_changed.notify_one();
            }
            Err(error) => tracing::warn!(%error, "no tray icon"),
        });
        if let Err(error) = placed {
            tracing::warn!(%error, "no tray icon");
        }
    });
}

/// Keeps the icon's words true until the program ends.
pub(crate) async fn show_status(app: AppHandle, desk: Desk) {
    let shell = app.state::<Shell>();
    let mut told = String::new();
    loop {
        if let Some(tray) = shell.tray.get() {
            let line = line(&desk.status().await);
            if line != told {
                if let Err(error) = tray.tell(&line) {
                    tracing::warn!(%error, "the tray icon does not change");
                }
                told = line;
            }
        }
        shell.status_changed.notified().await;
    }
}

/// The status in one line: the worst first, then every count that is not zero.
fn line(status: &DeskStatus) -> String {
    let state = match status.pill {
        Pill::Offline => Some("Offline"),
        Pill::SignInNeeded => Some("Sign-in needed"),
        Pill::Saved => Some("All saved"),
        Pill::Attention | Pill::Saving | Pill::Waiting => None,
    };
    let attention = match status.attention {
        1 => Some("1 needs attention".to_owned()),
        count => told(count, |count| format!("{count} need attention")),
    };
    let saving = told(status.saving, |count| format!("Saving {count}"));
    let waiting = told(status.waiting, |count| format!("{count} waiting"));
    let parts: Vec<String> =
        state.map(str::to_owned).into_iter().chain(attention).chain(saving).chain(waiting).collect();
    parts.join(" · ")
}

fn told(count: u32, words: impl FnOnce(u32) -> String) -> Option<String> {
    (count > 0).then(|| words(count))
}

/// Whether somebody shows tray icons here.
#[cfg(target_os = "linux")]
mod host {
    use std::path::{Path, PathBuf};
    use std::time::Duration;

    /// The name on the session bus of what shows tray icons (freedesktop.org, StatusNotifierItem).
    const WATCHER: &str = "org.kde.StatusNotifierWatcher";

    /// One of these must be installed: without them the tray library panics.
    const LIBRARIES: [&str; 2] = ["libayatana-appindicator3.so.1", "libappindicator3.so.1"];

    /// A frozen session bus is as good as none.
    const PATIENCE: Duration = Duration::from_secs(2);

    /// Says why an icon would not be seen. An icon that nobody shows would be the place where a closed window is lost.
    pub(super) fn look() -> Result<(), String> {
        if !is_installed() {
            return Err(format!("{} is not installed", LIBRARIES[0]));
        }
        match is_shown() {
            Ok(true) => Ok(()),
            Ok(false) => Err("this desktop shows no tray icons".to_owned()),
            Err(error) => Err(format!("the session bus does not answer ({error})")),
        }
    }

    fn is_shown() -> zbus::Result<bool> {
        let bus = zbus::blocking::connection::Builder::session()?.method_timeout(PATIENCE).build()?;
        let names = zbus::blocking::fdo::DBusProxy::new(&bus)?;
        Ok(names.name_has_owner(WATCHER.try_into()?)?)
    }

    fn is_installed() -> bool {
        folders().iter().any(|folder| LIBRARIES.iter().any(|library| folder.join(library).exists()))
    }

    /// Where the dynamic linker looks: what the user added, the multi-arch folders (Debian), `lib64` (Fedora), `lib`.
    fn folders() -> Vec<PathBuf> {
        let added = std::env::var_os("LD_LIBRARY_PATH").unwrap_or_default();
        let mut folders: Vec<PathBuf> = std::env::split_paths(&added).collect();
        for base in ["/usr/lib", "/lib", "/usr/lib64", "/usr/local/lib"].map(Path::new) {
            folders.push(base.to_owned());
            folders.push(base.join(format!("{}-linux-gnu", std::env::consts::ARCH)));
        }
        folders
    }
}

#[cfg(not(target_os = "linux"))]
mod host {
    /// The task bar and the menu bar are always there.
    pub(super) fn look() -> Result<(), String> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use hotelmate_core::desk::views::LiveState;

    use super::*;

    fn status(pill: Pill, saving: u32, waiting: u32, attention: u32) -> DeskStatus {
        DeskStatus {
            pill,
            online: pill != Pill::Offline,
            live: LiveState::Live,
            live_cause: None,
            saving,
            waiting,
            attention,
            last_sync: None,
            next_try: None,
            notices: Vec::new(),
        }
    }

    #[test]
    fn the_line_tells_every_count_and_the_worst_first() {
        assert_eq!(line(&status(Pill::Saved, 0, 0, 0)), "All saved");
        assert_eq!(line(&status(Pill::Offline, 0, 2, 0)), "Offline · 2 waiting");
        assert_eq!(line(&status(Pill::Attention, 1, 2, 1)), "1 needs attention · Saving 1 · 2 waiting");
        assert_eq!(line(&status(Pill::SignInNeeded, 0, 0, 3)), "Sign-in needed · 3 need attention");
    }
}
