//! The end of the program that a person asks for. If it would lose texts to guests, the page asks first.

use tauri::{AppHandle, Emitter, Manager};

use crate::page;
use crate::shell::Shell;
use crate::window::{self, MAIN};

/// The event with the number of texts that the end of the program would lose. The page asks the person, and ends the
/// program with the command `end_program`.
const ASKS: &str = "desk-quit";

/// Ends the program in order, or lets the page ask before texts are lost. A page that did not answer just now cannot
/// ask, so it does not prevent the end.
pub(crate) fn quit(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let page_works = page::hand_over(&app).await;
        let lost = match app.state::<Shell>().opened() {
            Some(desk) => desk.lost_at_exit().await,
            None => 0,
        };
        if lost == 0 || !page_works {
            return app.exit(0);
        }
        window::bring_to_front(&app);
        if let Err(error) = app.emit_to(MAIN, ASKS, lost) {
            tracing::warn!(%error, "the page cannot ask about the texts that are lost");
            app.exit(0);
        }
    });
}
