//! The end of the program that a person asks for. If it would lose texts to guests, the page asks first.

use std::sync::atomic::{AtomicBool, Ordering};

use tauri::{AppHandle, Emitter, Manager};

use crate::page;
use crate::shell::Shell;
use crate::window::{self, MAIN};

/// The event with the number of texts that the end of the program would lose. The page answers with the command
/// `answer_quit`.
const ASKS: &str = "desk-quit";

/// True while the page asks the person.
#[derive(Default)]
pub(crate) struct Quitting(AtomicBool);

/// Ends the program, or lets the page ask before texts are lost. A second call during the question ends it, so that a
/// page that does not work cannot prevent the end.
pub(crate) fn quit(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let lost = match app.state::<Shell>().opened() {
            Some(desk) => desk.lost_at_exit().await,
            None => 0,
        };
        if lost == 0 || app.state::<Quitting>().0.swap(true, Ordering::Relaxed) {
            return page::leave(&app);
        }
        window::bring_to_front(&app);
        if let Err(error) = app.emit_to(MAIN, ASKS, lost) {
            tracing::warn!(%error, "the page cannot ask about the texts that are lost");
            page::leave(&app);
        }
    });
}

/// Takes the person's answer.
pub(crate) fn answer(app: &AppHandle, leave: bool) {
    app.state::<Quitting>().0.store(false, Ordering::Relaxed);
    if leave {
        page::leave(app);
    }
}
