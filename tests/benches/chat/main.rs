//! The guest chat in the real window: a burst of messages, and a long conversation.
//!
//! - **Burst**: the events of [`burst`] messages of a guest come at once into the shown conversation. The time runs from
//!   the first event at a bare listener to the second frame after the last message is in the page. The floor is the time
//!   in which the bare listener has the last event.
//! - **Longest task**: the longest time in which the page did nothing else, during the burst. The floor is the same of an
//!   idle page: timers are never exact.
//! - **Elements**: those of the messages, and of the whole page.
//! - **Opening**: from the press on a conversation with [`long`] messages on this computer to the second frame with its
//!   newest message, beside one with [`SHORT`] messages.
//!
//! The limits are those of the issue of the guest chat. It runs on a virtual display of its own, and never touches a
//! person's data or keys.

#![cfg_attr(
    target_os = "linux",
    expect(clippy::expect_used, reason = "what cannot be measured is not reported")
)]

#[cfg(target_os = "linux")]
mod burst;
#[cfg(target_os = "linux")]
mod hotel;
#[cfg(target_os = "linux")]
mod opening;

#[cfg(target_os = "linux")]
use desk_tests::figures::{Line, limit_trial, profile, sized};
#[cfg(target_os = "linux")]
use desk_tests::window::launcher::{Launcher, Program};

/// The number of messages of a burst.
#[cfg(target_os = "linux")]
fn burst() -> usize {
    sized(1000, 30)
}

/// The number of bursts. An odd number has a median.
#[cfg(target_os = "linux")]
fn bursts() -> usize {
    sized(5, 1)
}

/// The number of messages of the long conversation.
#[cfg(target_os = "linux")]
fn long() -> usize {
    sized(10_000, 120)
}

/// The number of messages of the short conversation.
#[cfg(target_os = "linux")]
const SHORT: usize = 20;

/// The number of openings of each conversation.
#[cfg(target_os = "linux")]
fn openings() -> usize {
    sized(15, 1)
}

#[cfg(target_os = "linux")]
#[tokio::main]
async fn main() {
    limit_trial();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let hotel = hotel::Hotel::open(folder.path()).await;
    let launcher = Launcher::start(folder.path(), &hotel.settings).await;
    let running = launcher.launch(&Program::desk(&hotel.desk_folder)).await;
    let opened = opening::measure(&hotel, &running, openings()).await;
    let burst = burst::measure(&hotel, &running, bursts()).await;
    launcher.end(running).await;

    let profile = profile();
    println!(
        "\nThe guest chat beside its floors in the same run ({profile}; {} bursts of {} messages, {} openings of {} \
         messages)",
        bursts(),
        crate::burst(),
        openings(),
        long()
    );
    println!("{}", Line::titles());
    for line in [
        Line::of("burst to the last one visible", "ms", burst.visible.median(), burst.received.median()),
        Line::of("longest task of a burst, median", "ms", burst.longest.median(), burst.idle.median()),
        Line::of("a long conversation opens", "ms", opened.long.median(), opened.short.median()),
        Line::of("a long conversation opens, 99th", "ms", opened.long.p99(), opened.short.p99()),
    ] {
        println!("{line}");
    }
    println!("{:36}{:>12.0}", "elements of the messages, most", burst.elements.p99());
    println!("{:36}{:>12.0}", "elements of the page, most", burst.all_elements.p99());
    println!(
        "The limits: a burst of 1,000 in 300 ms, tasks of 50 ms, 300 elements of messages, 10,000 messages in 100 ms."
    );
}

#[cfg(not(target_os = "linux"))]
fn main() {
    desk_tests::figures::say_skipped();
}
