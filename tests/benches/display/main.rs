//! The reception display: the cost of a screen that only shows its slides, and its memory over a week of changes.
//!
//! - **Idle cost**: the processor time in [`watched`] and the most memory (the proportional set size of all processes),
//!   while it shows [`photos`] photos of the size that the desk uploads. Beside it, on the same screen, a bare Tauri
//!   window, and Chromium in kiosk mode with a page of the same photos, if the computer has it.
//! - **A week of changes**: a colleague makes [`changes`] changes to offers, and waits for the display now and then. Its memory is printed along the way; the floor is its memory after the first tenth.
//!
//! It runs on a virtual display of its own, and never touches a person's data or keys.

#![cfg_attr(
    target_os = "linux",
    expect(clippy::expect_used, reason = "what cannot be measured is not reported")
)]

#[cfg(target_os = "linux")]
mod hotel;
#[cfg(target_os = "linux")]
mod idle;
#[cfg(target_os = "linux")]
mod week;

#[cfg(target_os = "linux")]
use std::time::Duration;

#[cfg(target_os = "linux")]
use desk_tests::figures::{Line, limit_trial, profile, sized};
#[cfg(target_os = "linux")]
use desk_tests::window::launcher::Launcher;

/// The number of photos.
#[cfg(target_os = "linux")]
fn photos() -> usize {
    sized(50, 2)
}

/// The time for which each program is watched.
#[cfg(target_os = "linux")]
fn watched() -> Duration {
    Duration::from_secs(sized(60, 2) as u64)
}

/// The number of changes of the week.
#[cfg(target_os = "linux")]
fn changes() -> usize {
    sized(100_000, 50)
}

#[cfg(target_os = "linux")]
#[tokio::main]
async fn main() {
    limit_trial();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let hotel = hotel::Hotel::open(folder.path()).await;
    let launcher = Launcher::start(folder.path(), &hotel.settings).await;
    let idle = idle::measure(&hotel, &launcher).await;
    let week = week::measure(&hotel, &launcher).await;

    let profile = profile();
    println!(
        "\nThe reception display beside its floors in the same run ({profile}; {} photos, {} s; {} changes)",
        photos(),
        watched().as_secs(),
        changes()
    );
    println!("{}", Line::titles());
    println!(
        "{}",
        Line::of("memory (PSS), beside a bare window", "MB", idle.display.memory, idle.bare.memory)
    );
    println!(
        "{}",
        Line::of("processor, beside a bare window", "ms", idle.display.processor, idle.bare.processor)
    );
    match idle.browser {
        Some(browser) => {
            println!(
                "{}",
                Line::of("memory (PSS), beside Chromium", "MB", idle.display.memory, browser.memory)
            );
            println!(
                "{}",
                Line::of("processor, beside Chromium", "ms", idle.display.processor, browser.processor)
            );
        }
        None => println!("Chromium is not installed, so there is no line beside it."),
    }
    println!("{}", Line::of("memory after a week, most", "MB", week.most, week.early));
    println!("{}", Line::of("memory after a week, end", "MB", week.end, week.early));
    println!("The limit: 1.3 times the memory of the bare window. The memory of the week is to stay flat.");
}

#[cfg(not(target_os = "linux"))]
fn main() {
    desk_tests::figures::say_skipped();
}
