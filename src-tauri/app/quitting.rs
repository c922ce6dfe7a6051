//! The end of the program that a person asks for. If it would lose texts to guests, the page asks first.

use tauri::{AppHandle, Emitter, Manager};

use crate::page;
use crate::shell::Shell;
use crate::window::{self, MAIN};

/// The event with the number of texts that the end of the program would lose. The page asks the person, and ends the
/// program with the command `end_program`.
const ASKS: &str = "desk-quit";

/// The number of times that the page is waited for, a second each, before texts are lost without a question.
const TRIES: usize = 5;

/// Ends the program in order, or lets the page ask before texts are lost. A page that does not answer cannot ask, so it
/// does not prevent the end. A page that is only busy gets more time if texts would be lost.
pub(crate) fn quit(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let mut page_works = page::hand_over(&app).await;
        let lost = match app.state::<Shell>().opened() {
            Some(desk) => desk.lost_at_exit().await,
            None => 0,
        };
        for _ in 1..TRIES {
            if lost == 0 || page_works {
                break;
            }
            page_works = page::hand_over(&app).await;
        }
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
