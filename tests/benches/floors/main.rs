//! The real window beside its floors, all measured in the same run.
//!
//! What a computer can do differs, and what else runs on it does too; so nothing here is a number to be kept. The
//! desk is measured in turn with a bare window of Tauri's that shows a static page, and its live updates beside a
//! listener that does nothing but receive. The ratio is what counts.
//!
//! - **Start**: from the start of the process to the second frame after the offers are in the page, with
//!   [`OFFERS`] offers stored from an earlier run. The bare window's page tells its paint in the same way.
//! - **Memory**: the proportional set size of all processes of the program, once it has settled.
//! - **Event to visible**: from a colleague's request to the changed title in the page.
//!
//! It runs on a virtual display of its own, and never touches a person's data or keys.

#![cfg_attr(
    target_os = "linux",
    expect(clippy::expect_used, reason = "what cannot be measured is not reported")
)]

#[cfg(target_os = "linux")]
mod hotel;
#[cfg(target_os = "linux")]
mod launcher;
#[cfg(target_os = "linux")]
mod live;
#[cfg(target_os = "linux")]
mod memory;
/// The same session as that of the window tests.
#[cfg(target_os = "linux")]
#[path = "../../src/window/session.rs"]
mod session;

#[cfg(target_os = "linux")]
use desk_tests::window::until;

/// How many offers are stored.
#[cfg(target_os = "linux")]
const OFFERS: usize = 1000;

/// How often each program is started; the median counts. An odd number has one.
#[cfg(target_os = "linux")]
const STARTS: usize = 9;

/// How many changes are watched on their way to the window.
#[cfg(target_os = "linux")]
const CHANGES: usize = 50;

#[cfg(target_os = "linux")]
#[tokio::main]
async fn main() {
    use desk_tests::figures::{Figures, Line};
    use launcher::{Launcher, Program};

    let folder = tempfile::tempdir().expect("a temporary folder");
    let hotel = hotel::Hotel::open(folder.path(), OFFERS).await;
    let launcher = Launcher::start(folder.path(), &hotel.settings).await;
    let programs = [Program::desk(&hotel.desk_folder), Program::bare()];
    let mut starts = [Figures::default(), Figures::default()];
    let mut memory = [Figures::default(), Figures::default()];
    for round in 0..=STARTS {
        for (place, program) in programs.iter().enumerate() {
            let running = launcher.launch(program).await;
            let settled = memory::settled(running.id).await;
            // The first round only fills the caches of the operating system and of the web view.
            if round > 0 {
                starts[place].add(running.painted_after);
                memory[place].add(settled);
            }
            launcher.end(running).await;
        }
        println!("start {round} of {STARTS}");
    }
    let running = launcher.launch(&programs[0]).await;
    let live = live::watch(&hotel, &running, CHANGES).await;
    launcher.end(running).await;

    let [desk_starts, bare_starts] = starts;
    let [desk_memory, bare_memory] = memory;
    let profile = if cfg!(debug_assertions) {
        "development build: only good for trying it out"
    } else {
        "release build"
    };
    println!(
        "\nBeside its floors in the same run ({profile}; {OFFERS} offers, {STARTS} starts, {CHANGES} changes)"
    );
    println!("{}", Line::titles());
    for line in [
        Line::of("start to painted, median", "ms", desk_starts.median(), bare_starts.median()),
        Line::of("memory (PSS), median", "MB", desk_memory.median(), bare_memory.median()),
        Line::of("event to visible, median", "ms", live.visible.median(), live.received.median()),
        Line::of("event to visible, 99th percentile", "ms", live.visible.p99(), live.received.p99()),
    ] {
        println!("{line}");
    }
    println!("The floor is a bare Tauri window, and for events a bare listener of the hotel's channel.");
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!(
        "The window is measured by WebKitWebDriver on a virtual display, which this system lacks: skipped."
    );
}
