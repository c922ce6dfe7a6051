//! Keeps the screen on and the system awake while the reception display is in its hours.
//!
//! One thread holds the locks, because Windows ties them to the thread that asked. Outside of the hours they are given
//! back, so that the system's own settings turn the screen off and let the computer sleep. The same settings decide where
//! the system has no such lock, for example on Linux without a desktop.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;

use hotelmate_core::catalogue::say;
use keepawake::{Builder, KeepAwake};

/// The locks of this program. They end with it.
pub(crate) struct Awake(mpsc::Sender<bool>);

impl Awake {
    /// Starts the thread, without a lock.
    pub(crate) fn start() -> Self {
        let (sender, wanted) = mpsc::channel();
        std::thread::spawn(move || hold(&wanted));
        Self(sender)
    }

    /// Asks for the locks, or gives them back. A repeated call asks again for a lock that the system refused.
    pub(crate) fn keep(&self, wanted: bool) {
        if self.0.send(wanted).is_err() {
            tracing::warn!("the thread that keeps the system awake has ended");
        }
    }
}

fn hold(wanted: &mpsc::Receiver<bool>) {
    let (mut screen, mut system) = (Lock::of("screen"), Lock::of("system"));
    while let Ok(wanted) = wanted.recv() {
        if wanted {
            screen.ask(Builder::default().display(true));
            system.ask(Builder::default().idle(true));
        } else {
            give_back(screen.held.take());
            give_back(system.held.take());
        }
    }
}

/// One of the two locks. They are asked for one by one, since a system may have only one of them.
struct Lock {
    name: &'static str,
    held: Option<KeepAwake>,
    /// True if the system refused it the last time. A display asks for months, and the log needs one line of it.
    is_refused: bool,
}

impl Lock {
    fn of(name: &'static str) -> Self {
        Self { name, held: None, is_refused: false }
    }

    /// Asks for the lock, unless it is held.
    fn ask(&mut self, builder: &mut Builder) {
        if self.held.is_some() {
            return;
        }
        let named = builder.app_name(say!("shell-name")).app_reverse_domain("com.hotelmate.desk");
        match named.reason(say!("shell-display-is-on")).create() {
            Ok(given) => (self.held, self.is_refused) = (Some(given), false),
            Err(_) if self.is_refused => {}
            Err(error) => {
                tracing::info!(%error, lock = self.name, "the system gives no lock against sleep");
                self.is_refused = true;
            }
        }
    }
}

/// Gives a lock back. The library panics if the desktop's bus has ended, and the lock with it.
fn give_back(lock: Option<KeepAwake>) {
    if catch_unwind(AssertUnwindSafe(|| drop(lock))).is_err() {
        tracing::info!("a lock against sleep had ended before it was given back");
    }
}
