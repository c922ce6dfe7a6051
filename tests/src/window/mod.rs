//! The real window, driven without a screen.
//!
//! A [`Fixture`] is the environment of one test: a virtual display, a session bus with an unlocked key store, a
//! WebDriver, a data folder, and a demo hotel with a data file, which can close and open again on the same port. The
//! test starts the program there as a person would. A [`Window`] acts as this person: it presses, types and reads, and
//! waits until each action is possible.
//!
//! No test sleeps for a fixed time: a condition is checked again and again until it holds. At the time limit the test
//! fails with a picture of the screen.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "test support: a fixture that cannot be set up is a failed test"
)]

mod axe;
mod clock;
pub mod cost;
mod desktop;
mod driver;
mod failure;
mod fixture;
mod guest_page;
mod inhibitors;
pub mod launcher;
mod logind;
mod monitors;
mod screen;
pub mod session;
mod trap;
mod view;

use std::path::PathBuf;
use std::time::Duration;

pub use desktop::{Desktop, Notification};
pub use fixture::Fixture;
pub use guest_page::GuestPage;
pub use inhibitors::Inhibitors;
pub use logind::Logind;
pub use monitors::Monitors;
pub use screen::Screen;
pub use trap::Trap;
pub use view::{SIZES, Window};

/// The time limit of a wait; then the test fails.
const DEADLINE: Duration = Duration::from_secs(30);

/// The time between two checks of a condition.
const PULSE: Duration = Duration::from_millis(25);

/// The project's root folder.
fn root() -> PathBuf {
    let own = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_owned()
}

/// Calls `once` until it returns a value, or until the time limit.
async fn look<T>(mut once: impl AsyncFnMut() -> Option<T>) -> Option<T> {
    let mut pulse = tokio::time::interval(PULSE);
    let search = async {
        loop {
            pulse.tick().await;
            if let Some(found) = once().await {
                return found;
            }
        }
    };
    tokio::time::timeout(DEADLINE, search).await.ok()
}

/// Waits for an event outside of the window, such as at the hotel.
///
/// # Panics
/// If it does not happen within the time limit.
pub async fn until<T>(what: &str, once: impl AsyncFnMut() -> Option<T>) -> T {
    look(once).await.unwrap_or_else(|| panic!("waited in vain for {what}"))
}
