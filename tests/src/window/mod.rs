//! The real window, driven without a screen.
//!
//! A [`Fixture`] is everything around one test: a virtual display, a session bus with an unlocked key store, a
//! WebDriver, a data folder, and a demo hotel with a data file, so that it can close and open again on the same
//! port. On it the program itself is started, as a person would start it, and a [`Window`] is what that person
//! sees and does: it presses, types and reads, and each of these waits until it is possible.
//!
//! Nothing here sleeps: what is waited for is looked at again and again until it is there or the deadline is over,
//! and then the test fails with a picture of the screen.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "test support: a fixture that cannot be set up is a failed test"
)]

mod axe;
mod desktop;
mod driver;
mod failure;
mod fixture;
mod screen;
pub mod session;
mod trap;
mod view;

use std::path::PathBuf;
use std::time::Duration;

pub use desktop::{Desktop, Notification};
pub use fixture::Fixture;
pub use screen::Screen;
pub use trap::Trap;
pub use view::Window;

/// How long a test waits for what it waits for, before it fails.
const DEADLINE: Duration = Duration::from_secs(30);

/// How often it looks.
const PULSE: Duration = Duration::from_millis(25);

/// The project's root folder.
fn root() -> PathBuf {
    let own = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_owned()
}

/// Looks until there is something, or gives up.
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

/// Waits for something outside of the window, at the hotel for example.
///
/// # Panics
/// When it does not happen in time.
pub async fn until<T>(what: &str, once: impl AsyncFnMut() -> Option<T>) -> T {
    look(once).await.unwrap_or_else(|| panic!("waited in vain for {what}"))
}
