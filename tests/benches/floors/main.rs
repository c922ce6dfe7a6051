//! The real window beside its floors, all measured in the same run.
//!
//! Computers differ, and so do the other programs that run on them; so none of these numbers is to be kept. The desk is
//! measured in turn with a bare window of Tauri's that shows a static page, and its live updates beside a listener that
//! does nothing but receive. The ratio is what counts.
//!
//! - **Start**: from the start of the process to the second frame after the offers are in the page, with [`offers`]
//!   offers stored from an earlier run. The bare window's page marks its paint in the same way.
//! - **A long list**: the same with [`many`] offers, [`waiting`] changes that wait to be sent, and no network.
//! - **Memory**: the proportional set size of all processes of the program, once it has settled.
//! - **Event to visible**: from a colleague's request to the changed title in the page.
//! - **Rooms**: from the press on the rail to the second frame with [`people`] people, beside the same for the offers.
//!
//! It runs on a virtual display of its own, and never touches a person's data or keys.

#![cfg_attr(
    target_os = "linux",
    expect(clippy::expect_used, reason = "what cannot be measured is not reported")
)]

#[cfg(target_os = "linux")]
mod hotel;
#[cfg(target_os = "linux")]
mod live;
#[cfg(target_os = "linux")]
mod rooms;

#[cfg(target_os = "linux")]
use std::path::Path;

#[cfg(target_os = "linux")]
use desk_tests::figures::{Figures, Line, limit_trial, profile, sized};
#[cfg(target_os = "linux")]
use desk_tests::window::cost;
#[cfg(target_os = "linux")]
use desk_tests::window::launcher::{Launcher, Program};
#[cfg(target_os = "linux")]
use desk_tests::window::until;

/// The number of stored offers.
#[cfg(target_os = "linux")]
fn offers() -> usize {
    sized(1000, 20)
}

/// The number of stored offers for the long list.
#[cfg(target_os = "linux")]
fn many() -> usize {
    sized(10_000, 30)
}

/// The number of changes that wait there.
#[cfg(target_os = "linux")]
fn waiting() -> usize {
    sized(500, 3)
}

/// The number of starts of each program; the median counts. An odd number has one.
#[cfg(target_os = "linux")]
fn starts() -> usize {
    sized(9, 1)
}

/// The number of changes that are watched on their way to the window.
#[cfg(target_os = "linux")]
fn changes() -> usize {
    sized(50, 2)
}

/// The number of people of the team.
#[cfg(target_os = "linux")]
fn people() -> usize {
    sized(200, 20)
}

#[cfg(target_os = "linux")]
#[tokio::main]
async fn main() {
    limit_trial();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let hotel = hotel::Hotel::open(&folder.path().join("usual"), offers(), 0).await;
    let launcher = Launcher::start(folder.path(), &hotel.settings).await;
    let usual = Beside::measure(&launcher, &hotel.desk_folder, "usual").await;
    let running = launcher.launch(&Program::desk(&hotel.desk_folder)).await;
    let live = live::watch(&hotel, &running, changes()).await;
    let rooms = rooms::open(&running, starts()).await;
    launcher.end(running).await;
    drop(launcher);

    let long_list = hotel::Hotel::open(&folder.path().join("many"), many(), waiting()).await;
    let launcher = Launcher::start(folder.path(), &long_list.settings).await;
    long_list.server.stop().await;
    let long = Beside::measure(&launcher, &long_list.desk_folder, "long list").await;

    let profile = profile();
    println!(
        "\nBeside its floors in the same run ({profile}; {} offers, {} starts, {} changes; \
         long list: {} offers, {} changes waiting, no network)",
        offers(),
        starts(),
        changes(),
        many(),
        waiting()
    );
    println!("{}", Line::titles());
    for line in [
        usual.start("start to painted, median"),
        usual.memory("memory (PSS), median"),
        long.start("long list: start to painted"),
        long.memory("long list: memory (PSS)"),
        Line::of("event to visible, median", "ms", live.visible.median(), live.received.median()),
        Line::of("event to visible, 99th percentile", "ms", live.visible.p99(), live.received.p99()),
        Line::of("the team opens, beside the offers", "ms", rooms.team.median(), rooms.offers.median()),
    ] {
        println!("{line}");
    }
    println!("The floor is a bare Tauri window, and for events a bare listener of the hotel's channel.");
}

/// The desk's starts beside those of the bare window.
#[cfg(target_os = "linux")]
#[derive(Default)]
struct Beside {
    starts: [Figures; 2],
    memory: [Figures; 2],
}

#[cfg(target_os = "linux")]
impl Beside {
    async fn measure(launcher: &Launcher, desk_folder: &Path, what: &str) -> Self {
        let programs = [Program::desk(desk_folder), Program::bare()];
        let mut beside = Self::default();
        for round in 0..=starts() {
            for (place, program) in programs.iter().enumerate() {
                let running = launcher.launch(program).await;
                let settled = cost::settled(running.id).await;
                // The first round only fills the caches of the operating system and of the web view.
                if round > 0 {
                    beside.starts[place].add(running.painted_after);
                    beside.memory[place].add(settled);
                }
                launcher.end(running).await;
            }
            println!("{what}: start {round} of {}", starts());
        }
        beside
    }

    fn start(&self, what: &'static str) -> Line {
        let [desk, bare] = &self.starts;
        Line::of(what, "ms", desk.median(), bare.median())
    }

    fn memory(&self, what: &'static str) -> Line {
        let [desk, bare] = &self.memory;
        Line::of(what, "MB", desk.median(), bare.median())
    }
}

#[cfg(not(target_os = "linux"))]
fn main() {
    desk_tests::figures::say_skipped();
}
