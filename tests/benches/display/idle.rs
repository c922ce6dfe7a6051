//! The cost of the display while it only shows its slides.

use std::fs;
use std::time::Duration;

use desk_tests::window::launcher::{Launcher, Program};
use desk_tests::window::{cost, until};
use serde_json::json;

use crate::hotel::Hotel;

/// The page for Chromium: the same photos, with the same change.
const PAGE: &str = include_str!("kiosk.html");
/// The size of the virtual display, which each of the windows covers.
const SCREEN: (u32, u32) = (2560, 1440);
/// The time between two samples of the memory.
const BETWEEN: Duration = Duration::from_secs(1);
/// The number of samples before the processor time counts: a page that has just come up is not idle yet.
const FIRST: usize = 5;

/// Returns true once the display has all its pictures.
const ALL_PICTURES: &str = "
    const [count, done] = arguments;
    window.__TAURI_INTERNALS__.invoke('display_view').then(
        ({ slides }) => done(slides.length === count && slides.every(({ picture }) => picture)),
        () => done(false),
    );";

/// The cost of one program.
pub(crate) struct Cost {
    /// The most memory, in megabytes.
    pub(crate) memory: f64,
    /// The processor time, in milliseconds.
    pub(crate) processor: f64,
}

/// The cost of each program.
pub(crate) struct Idle {
    /// The display.
    pub(crate) display: Cost,
    /// A bare window of the same size.
    pub(crate) bare: Cost,
    /// Chromium with an equal page, if it is installed.
    pub(crate) browser: Option<Cost>,
}

/// Measures one program after the other.
pub(crate) async fn measure(hotel: &Hotel, launcher: &Launcher) -> Idle {
    // The first start reads the pictures, and the second one is as a screen is on every other day.
    let first = launcher.launch(&Program::display(&hotel.folder)).await;
    until("all pictures on the display", async || {
        let all = first.window.execute_async(ALL_PICTURES, vec![json!(crate::photos())]).await;
        (all.ok()? == true).then_some(())
    })
    .await;
    launcher.end(first).await;

    let display = window(launcher, &Program::display(&hotel.folder)).await;
    let bare = window(launcher, &Program::bare()).await;
    Idle { display, bare, browser: browser(hotel, launcher).await }
}

async fn window(launcher: &Launcher, program: &Program) -> Cost {
    let running = launcher.launch(program).await;
    running.window.set_window_rect(0, 0, SCREEN.0, SCREEN.1).await.expect("the window covers the screen");
    let cost = watch(running.id).await;
    launcher.end(running).await;
    cost
}

async fn browser(hotel: &Hotel, launcher: &Launcher) -> Option<Cost> {
    let page = hotel.photos.join("kiosk.html");
    fs::write(&page, PAGE.replace("PHOTOS", &crate::photos().to_string())).expect("the page is written");
    let profile = hotel.photos.join("profile");
    let words = [
        "--kiosk".to_owned(),
        "--no-first-run".to_owned(),
        "--password-store=basic".to_owned(),
        // The sandbox of the browser does not start for root, who runs the checks of a fresh computer.
        "--no-sandbox".to_owned(),
        format!("--window-size={},{}", SCREEN.0, SCREEN.1),
        format!("--user-data-dir={}", profile.display()),
        format!("file://{}", page.display()),
    ];
    let browser = launcher.start_other("chromium", &words)?;
    Some(watch(browser.id()).await)
}

/// Watches a program, and returns its cost.
async fn watch(program: u32) -> Cost {
    let samples = usize::try_from(crate::watched().as_secs()).expect("a number of seconds");
    let mut pulse = tokio::time::interval(BETWEEN);
    for _ in 0..FIRST {
        pulse.tick().await;
    }
    let (mut memory, before) = (0.0_f64, cost::processor_time(program));
    for _ in 0..samples {
        pulse.tick().await;
        memory = memory.max(cost::memory(program));
    }
    let processor = (cost::processor_time(program) - before) * 1000.0;
    println!("idle: {memory:.0} MB, {processor:.0} ms of the processor");
    Cost { memory, processor }
}
