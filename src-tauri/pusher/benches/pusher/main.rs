//! Measures the cost of the client, of `pusher-js`, and of a bare loop that only reads and parses, each in a process of
//! its own and all in the same run: `cargo xtask bench pusher`.
//!
//! Processor time is the kernel's figure for the process between the first and the last event. Bounds are those of the
//! checks 45, 98 and 99.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark that cannot go on ends")]

#[cfg(unix)]
mod client;
#[cfg(unix)]
mod report;
#[cfg(unix)]
mod source;

/// The size of every event on the wire, in bytes, without the WebSocket's header.
#[cfg(unix)]
const EVENT_BYTES: usize = 174;
#[cfg(unix)]
const CHANNEL: &str = "bench";

#[cfg(unix)]
fn main() {
    let is_trial = !std::env::args().any(|word| word == "--bench");
    let arguments: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        [] => report::run(is_trial),
        ["serve"] => source::serve(),
        ["ours", port, key, events] => client::ours(port, key, events.parse().expect("a number")),
        ["bare", port, key, events] => client::bare(port, key, events.parse().expect("a number")),
        ["idle", port, seconds] => client::idle(port, seconds.parse().expect("a number")),
        _ => panic!("usage: pusher, without arguments"),
    }
}

#[cfg(not(unix))]
fn main() {
    println!("Skipped: processor time of a process is read as Linux and macOS tell it.");
}
