//! The shell around the core: a window, a tray icon, a badge, native notifications and the `media:` scheme; or, as a
//! program of its own, the [reception display](reception).
//!
//! It makes no decisions. A command is one call of [`hotelmate_core::desk::Desk`]. The core's changes come back through
//! its change feed as the event `desk-change`, and the screen asks again. The web view has no network and no secrets:
//! it gets the program's own files, the commands that its capability names, and pictures by hash.
//!
//! The window does not wait for the desk: the database, the key store and the web view start side by side, and an early
//! command waits for the desk (see [`shell`]). If the desk cannot be opened, the window shows the reason.
//!
//! Panics unwind. A panic is a bug of one command or one task; with `panic = "abort"` it would end the whole desk while
//! a person is typing. The panic is logged, and the rest continues: every write to the database is one transaction, so
//! no partial change remains.

mod alert;
mod awake;
mod badge;
mod commands;
mod display;
mod export;
mod feed;
mod media;
mod network;
mod notify;
mod open;
mod options;
mod outside;
mod page;
mod pulse;
mod quitting;
mod reception;
mod shell;
mod system_lock;
mod training;
mod tray;
mod window;

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use hotelmate_core::catalogue;
use hotelmate_core::desk::Desk;
use hotelmate_core::logging::{self, Setup, Stderr};
use hotelmate_core::settings::Settings;
use hotelmate_core::signals::asked_to_end;
use tauri::{AppHandle, Manager, RunEvent, Window, WindowEvent};
use tauri_plugin_window_state::StateFlags;

use options::Options;
use reception::Reception;
use shell::Shell;
use tray::Tray;

/// Time limit for closing the desk in order. Nothing accepted is lost after it: accepted edits are in the database
/// before their command answers.
const CLOSING_TIME: Duration = Duration::from_secs(5);

/// The exit code if there is no screen for a window.
const NO_DISPLAY: u8 = 2;

/// Runs the program until its window is closed for good.
pub fn run() -> ExitCode {
    let options = Options::parse();
    if options.display {
        window::paint_by_processor();
    }
    let mut settings = Settings::load(options.data_dir.clone());
    if let Ok(settings) = &settings {
        catalogue::speak(settings.language);
    }
    // Kept until the end.
    let mut demo_hotel = None;
    if options.training {
        settings = settings.and_then(|own| training::open(&own)).map(|(settings, hotel)| {
            demo_hotel = Some(hotel);
            settings
        });
    }
    let data_dir = settings.as_ref().ok().map(|settings| settings.data_dir.clone());
    // Kept until the end: dropping it writes the waiting lines.
    let name = if options.display { "display" } else { "desk" };
    let _log = logging::start(Setup::of(name, data_dir, Stderr::Same));
    if let Err(reason) = display::look() {
        eprintln!("{reason}");
        return ExitCode::from(NO_DISPLAY);
    }

    let builder = if options.display { display_builder(settings) } else { builder(&options, settings) };
    let app = builder.build(tauri::generate_context!());
    match app {
        Ok(app) => {
            let code = app.run_return(on_event);
            // Without this line in its log the program was killed or crashed.
            tracing::info!(code, "the program has ended");
            drop(demo_hotel);
            ExitCode::from(u8::try_from(code).unwrap_or(1))
        }
        Err(error) => {
            alert::cannot_start(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

fn builder(
    options: &Options,
    settings: Result<Settings, hotelmate_core::error::DeskError>,
) -> tauri::Builder<tauri::Wry> {
    let mut builder = tauri::Builder::default();
    if options.is_the_only_one() {
        // The first plugin, so that a second start ends before it has changed anything.
        builder = builder.plugin(tauri_plugin_single_instance::init(|app, _, _| window::bring_to_front(app)));
    }

    let is_training = options.training;
    let data_dir = settings.as_ref().ok().map(|settings| settings.data_dir.clone());
    // Not `VISIBLE`: after quitting from the tray, the next start would have no visible window.
    let mut window_state = tauri_plugin_window_state::Builder::new().with_state_flags(
        StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED | StateFlags::FULLSCREEN,
    );
    if let Some(file) = data_dir.as_ref().map(|dir| dir.join("window.json")) {
        window_state = window_state.with_filename(file.to_string_lossy());
    }

    builder
        .plugin(window_state.build())
        .register_asynchronous_uri_scheme_protocol("media", media::serve)
        .invoke_handler(commands::handler())
        .on_window_event(on_window_event)
        .setup(move |app| {
            let app = app.handle();
            window::note_system_theme(app);
            let listener = app.clone();
            // The feed listens before the first command is answered, so that no change is missed between the two.
            app.manage(Shell::new(settings, move |desk| feed::start(&listener, desk)));
            shell::open_in_background(app);
            app.manage(page::Page::of(window::MAIN));
            // If this error were returned, it would become a panic without a visible message.
            if let Err(error) = window::open_main(app, data_dir) {
                alert::cannot_start(&error.to_string());
                app.exit(1);
                return Ok(());
            }
            page::watch(app);
            if is_training {
                app.manage(training::Running);
            } else {
                tray::start(app);
            }
            network::watch(app);
            system_lock::follow(app);
            leave_on_signal(app);
            Ok(())
        })
}

/// Returns the program of a reception display.
fn display_builder(
    settings: Result<Settings, hotelmate_core::error::DeskError>,
) -> tauri::Builder<tauri::Wry> {
    tauri::Builder::default()
        .register_asynchronous_uri_scheme_protocol("media", media::serve)
        .invoke_handler(commands::handler())
        .on_window_event(reception::on_window_event)
        .setup(move |app| {
            let app = app.handle();
            // If this error were returned, it would become a panic without a visible message.
            if let Err(error) = reception::start(app, settings) {
                alert::cannot_start(&error.to_string());
                app.exit(1);
                return Ok(());
            }
            network::watch(app);
            leave_on_signal(app);
            Ok(())
        })
}

/// Closing hides the window if a tray icon can bring it back, and ends the program otherwise.
fn on_window_event(window: &Window, event: &WindowEvent) {
    match event {
        WindowEvent::Focused(focused) => {
            window::note_focus(window.app_handle(), *focused);
            if *focused {
                // A window that comes back has a new button on the task bar, without a badge.
                window.state::<Shell>().status_changed.notify_one();
            }
        }
        WindowEvent::CloseRequested { api, .. } => {
            api.prevent_close();
            if window.try_state::<Tray>().is_none() {
                quitting::quit(window.app_handle());
            } else if let Err(error) = window.hide() {
                tracing::warn!(%error, "the window cannot be hidden");
            }
        }
        _ => {}
    }
}

fn on_event(app: &AppHandle, event: RunEvent) {
    match event {
        // The window of a display is made anew while no other one is open.
        RunEvent::ExitRequested { code: None, api, .. } if app.try_state::<Reception>().is_some() => {
            api.prevent_exit();
        }
        RunEvent::Exit => {
            reception::close(app, CLOSING_TIME);
            if let Some(desk) = app.try_state::<Shell>().and_then(|shell| shell.opened()) {
                let closing = async { tokio::time::timeout(CLOSING_TIME, close(app, &desk)).await };
                let closing = tauri::async_runtime::block_on(closing);
                if closing.is_err() {
                    tracing::warn!("the desk did not close in time");
                }
            }
        }
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { .. } => window::bring_to_front(app),
        _ => {}
    }
}

/// Closes the desk in order. A training leaves no sign-in behind.
async fn close(app: &AppHandle, desk: &Desk) {
    if app.try_state::<training::Running>().is_some() {
        desk.end_training().await;
    }
    desk.close().await;
}

/// Ctrl-C in a terminal, and the end of a session, close the desk in order too.
fn leave_on_signal(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        match asked_to_end().await {
            Ok(()) => page::leave(&app),
            Err(error) => tracing::warn!(%error, "signals cannot be watched"),
        }
    });
}
