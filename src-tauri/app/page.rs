//! The page in the window, for the shell. The shell asks the page whether it still works, loads it again if it does
//! not, and notifies it before the end, so that it can hand over the last input.
//!
//! [`pulse`](crate::pulse) decides about the steps. The page itself saves input within a second, and offers it after a
//! reload.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use hotelmate_core::environment::Environment;
use hotelmate_core::views::ReloadCause;
use serde::Serialize;
use tauri::{AppHandle, Emitter, Manager, WebviewWindow};
use tokio::sync::oneshot;

use crate::pulse::{Cause, LOOK, Pulse, Step};
use crate::shell::Shell;

/// The event that asks the page. The page answers with the command `answer_shell`.
const ASKS: &str = "shell-asks";
/// Time limit for a closing page to hand over the last input. Most input is already saved by then.
const LAST_MOMENT: Duration = Duration::from_secs(1);

/// A question to the page.
#[derive(Debug, Clone, Copy, Serialize)]
struct Question {
    number: u32,
    /// True if the page is about to close or to be locked: it hands over its input before it answers.
    leaving: bool,
}

/// The number of loads in a row, without an answer in between, after which the window is made anew where that is
/// possible.
const LOADS: u32 = 2;

/// The known state of the page.
pub(crate) struct Page {
    /// The label of its window.
    label: &'static str,
    /// Makes the window anew, if loading the page again does not help.
    renew: Option<fn(&AppHandle)>,
    /// The number of loads since the last answer.
    loads: AtomicU32,
    pulse: Mutex<Pulse>,
    /// The tasks that wait for the answer to a question.
    waiting: Mutex<HashMap<u32, oneshot::Sender<()>>>,
    /// True after the program began to end, so that it ends only once.
    leaving: AtomicBool,
}

impl Page {
    /// Makes the state of the page in the window with this label.
    pub(crate) fn of(label: &'static str) -> Self {
        Self {
            label,
            renew: None,
            loads: AtomicU32::new(0),
            pulse: Mutex::new(Pulse::new()),
            waiting: Mutex::default(),
            leaving: AtomicBool::new(false),
        }
    }

    /// Does the same as [`of`](Self::of) for a window that `renew` makes anew if its page stays silent.
    pub(crate) fn renewed_by(label: &'static str, renew: fn(&AppHandle)) -> Self {
        Self { renew: Some(renew), ..Self::of(label) }
    }

    /// Notes an answer of the page.
    pub(crate) fn answered(&self, number: u32) {
        self.pulse().answered(number);
        self.loads.store(0, Ordering::Relaxed);
        if let Some(waits) = lock(&self.waiting).remove(&number) {
            // The waiting task may have given up.
            let _ = waits.send(());
        }
    }

    fn pulse(&self) -> MutexGuard<'_, Pulse> {
        lock(&self.pulse)
    }
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    // Each change is complete, so a panic elsewhere cannot leave it half done.
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Watches the page as long as the program runs. It uses a thread of its own: a query of the window waits for the main
/// thread, and while that does not answer the page cannot be judged.
pub(crate) fn watch(app: &AppHandle) {
    watch_its_end(app);
    let app = app.clone();
    let environment = Environment::system();
    let begun = environment.monotonic();
    let watcher = std::thread::Builder::new().name("page-watch".to_owned()).spawn(move || {
        loop {
            tauri::async_runtime::block_on(environment.sleep(LOOK));
            let Some(main) = window_of(&app) else { continue };
            let shown = is_shown(&main);
            let step = app.state::<Page>().pulse().look(environment.monotonic().saturating_sub(begun), shown);
            carry_out(&main, step);
        }
    });
    if let Err(error) = watcher {
        tracing::warn!(%error, "nobody watches whether the page still works");
    }
}

/// Watches for the end of the process of the page in the present window.
pub(crate) fn watch_its_end(app: &AppHandle) {
    if let Some(window) = window_of(app) {
        platform::notify_of_its_end(&window);
    }
}

fn window_of(app: &AppHandle) -> Option<WebviewWindow> {
    app.get_webview_window(app.state::<Page>().label)
}

/// Returns true if a person can see it. A page in a debugger stands still on purpose and counts as hidden.
fn is_shown(main: &WebviewWindow) -> bool {
    #[cfg(debug_assertions)]
    if main.is_devtools_open() {
        return false;
    }
    main.is_visible().unwrap_or(false) && !main.is_minimized().unwrap_or(false)
}

fn carry_out(main: &WebviewWindow, step: Step) {
    match step {
        Step::Nothing => {}
        Step::Ask(number) => ask(main, Question { number, leaving: false }),
        Step::Load(cause) => load_again(main, cause),
    }
}

fn ask(main: &WebviewWindow, question: Question) {
    if let Err(error) = main.emit_to(main.label(), ASKS, question) {
        tracing::warn!(%error, "the page cannot be asked");
    }
}

fn load_again(main: &WebviewWindow, cause: Cause) {
    match cause {
        Cause::Silent => tracing::warn!("the page does not answer, and is loaded again"),
        Cause::Died => tracing::warn!("the page's process has ended, and the page is loaded again"),
    }
    if let Some(desk) = main.try_state::<Shell>().and_then(|shell| shell.opened()) {
        desk.note_reload(match cause {
            Cause::Silent => ReloadCause::Silent,
            Cause::Died => ReloadCause::Died,
        });
    }
    let page = main.state::<Page>();
    let loads = page.loads.fetch_add(1, Ordering::Relaxed) + 1;
    match page.renew.filter(|_| loads > LOADS) {
        Some(renew) => {
            tracing::warn!("the window is made anew");
            renew(main.app_handle());
        }
        None => platform::load_again(main, cause),
    }
}

/// Ends the program in order: the page hands over the last input, if it can.
pub(crate) fn leave(app: &AppHandle) {
    if app.state::<Page>().leaving.swap(true, Ordering::Relaxed) {
        return;
    }
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        hand_over(&app).await;
        app.exit(0);
    });
}

/// Lets the page hand over its input. Returns false if there is no page, or if it does not answer in time.
pub(crate) async fn hand_over(app: &AppHandle) -> bool {
    let Some(main) = window_of(app) else { return false };
    let page = app.state::<Page>();
    let number = page.pulse().next_number();
    let (answered, answer) = oneshot::channel();
    lock(&page.waiting).insert(number, answered);
    ask(&main, Question { number, leaving: true });
    let in_time = tokio::time::timeout(LAST_MOMENT, answer).await.is_ok();
    if !in_time {
        tracing::warn!("the page did not hand over in time what was typed in the last moment");
    }
    in_time
}

#[cfg(target_os = "linux")]
mod platform {
    use tauri::{Manager, WebviewWindow};
    use webkit2gtk::{WebProcessTerminationReason, WebViewExt};

    use super::{Page, carry_out};
    use crate::pulse::Cause;

    /// Notices at once when the page's process ends.
    pub(super) fn notify_of_its_end(main: &WebviewWindow) {
        let window = main.clone();
        let asked = main.with_webview(move |view| {
            view.inner().connect_web_process_terminated(move |_, reason| {
                // That is `load_again`.
                if reason != WebProcessTerminationReason::TerminatedByApi {
                    let step = window.state::<Page>().pulse().died();
                    carry_out(&window, step);
                }
            });
        });
        if let Err(error) = asked {
            tracing::warn!(%error, "the end of the page's process is noticed by its silence only");
        }
    }

    /// Loads the page again. A process that hangs cannot load anything, so it is ended first.
    pub(super) fn load_again(main: &WebviewWindow, cause: Cause) {
        let asked = main.with_webview(move |view| {
            let view = view.inner();
            if cause == Cause::Silent {
                view.terminate_web_process();
            }
            view.reload();
        });
        if let Err(error) = asked {
            tracing::warn!(%error, "the page cannot be loaded again");
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod platform {
    use tauri::WebviewWindow;

    use crate::pulse::Cause;

    /// The system's report is not used here: such a page is silent, and is noticed by that. (On macOS Tauri loads it
    /// again itself.)
    pub(super) fn notify_of_its_end(_main: &WebviewWindow) {}

    pub(super) fn load_again(main: &WebviewWindow, _cause: Cause) {
        if let Err(error) = main.reload() {
            tracing::warn!(%error, "the page cannot be loaded again");
        }
    }
}
