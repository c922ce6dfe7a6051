//! The log on disk: days, space, levels, and disks that refuse. Time is moved by hand.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use hotelmate_core::environment::Environment;
use hotelmate_core::logging::files::Room;
use hotelmate_core::logging::{Log, Setup, Stderr, build};
use hotelmate_core::views::LogLevel;
use pusher::time::ManualClock;
use tempfile::TempDir;
use tracing::subscriber::DefaultGuard;

const DAY: Duration = Duration::from_secs(24 * 3600);

/// A data folder, and a clock that begins at 2026-11-21 23:59:50 UTC.
struct Bench {
    folder: TempDir,
    clock: ManualClock,
    room: Room,
    asked: Option<&'static str>,
}

/// A program that logs from this thread until it is dropped.
struct Program {
    log: Log,
    _of_thread: DefaultGuard,
}

impl Bench {
    fn new() -> Self {
        let clock = ManualClock::new(Duration::from_secs(1_795_305_590));
        Self { folder: TempDir::new().unwrap(), clock, room: Room::default(), asked: None }
    }

    fn start(&self) -> Program {
        let (subscriber, log) = build(Setup {
            program: "desk",
            data_dir: Some(self.folder.path().to_owned()),
            asked: self.asked.map(str::to_owned),
            stderr: Stderr::WhenAsked,
            room: self.room,
            environment: Environment::with_seed(self.clock.shared(), 7),
        });
        Program { log, _of_thread: tracing::subscriber::set_default(subscriber) }
    }

    fn logs(&self) -> PathBuf {
        self.folder.path().join("logs")
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.logs())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    fn text(&self, day: &str) -> String {
        fs::read_to_string(self.logs().join(format!("desk-{day}.log"))).unwrap()
    }

    fn put(&self, name: &str, size: usize) {
        fs::create_dir_all(self.logs()).unwrap();
        fs::write(self.logs().join(name), "x".repeat(size)).unwrap();
    }
}

impl Program {
    fn says(&self, what: &str) {
        tracing::info!(target: "hotelmate_core", what);
        self.log.flush();
    }
}

#[test]
fn each_day_has_a_file_with_times_in_utc() {
    let bench = Bench::new();
    let program = bench.start();
    program.says("late");
    bench.clock.advance(Duration::from_secs(20));
    program.says("early");
    assert_eq!(bench.names(), ["desk-2026-11-21.log", "desk-2026-11-22.log"]);
    let (old, new) = (bench.text("2026-11-21"), bench.text("2026-11-22"));
    assert!(old.lines().next().unwrap().ends_with("All times are UTC."), "{old}");
    assert!(
        old.contains("2026-11-21T23:59:50.000Z") && old.contains("late") && !old.contains("early"),
        "{old}"
    );
    assert!(new.contains("2026-11-22T00:00:10.000Z") && new.contains("early"), "{new}");
}

#[test]
fn a_day_takes_so_much_and_then_one_line_says_that_the_rest_is_cut() {
    let mut bench = Bench::new();
    bench.room.day = 2_000;
    let program = bench.start();
    (0..100).for_each(|n| program.says(&format!("line {n}")));
    drop(program);
    let program = bench.start();
    program.says("after a restart");
    let text = bench.text("2026-11-21");
    assert!(text.len() <= 2_000, "{} bytes", text.len());
    assert!(text.contains("line 5") && !text.contains("line 90") && !text.contains("restart"), "{text}");
    assert_eq!(text.matches("the rest of the day is cut").count(), 1);
    bench.clock.advance(DAY);
    program.says("a new day");
    assert!(bench.text("2026-11-22").contains("a new day"));
}

#[test]
fn what_is_older_than_two_weeks_goes_and_what_is_not_ours_stays() {
    let bench = Bench::new();
    for name in
        ["desk-2026-11-07.log", "deskctl-2026-11-07.log", "desk-2026-11-08.log", "notes.log", "my-2026.log"]
    {
        bench.put(name, 10);
    }
    bench.start().says("now");
    assert_eq!(
        bench.names(),
        ["desk-2026-11-08.log", "desk-2026-11-21.log", "my-2026.log", "notes.log"],
        "14 days with today"
    );
}

#[test]
fn when_all_files_take_too_much_room_the_oldest_go() {
    let mut bench = Bench::new();
    bench.room = Room { day: 1_000, all: 3_000, days: 14 };
    for day in 15..21 {
        bench.put(&format!("desk-2026-11-{day}.log"), 700);
    }
    bench.start().says("now");
    let expected = ["desk-2026-11-19.log", "desk-2026-11-20.log", "desk-2026-11-21.log"];
    assert_eq!(bench.names(), expected, "two of 700 bytes, and room for 1,000 today");
}

#[test]
fn a_folder_that_cannot_be_written_costs_lines_and_is_tried_again() {
    let bench = Bench::new();
    fs::write(bench.logs(), "in the way").unwrap();
    let program = bench.start();
    program.says("lost");
    program.says("lost too");
    fs::remove_file(bench.logs()).unwrap();
    program.says("still within the minute");
    bench.clock.advance(Duration::from_secs(61));
    program.says("here again");
    let text = bench.text("2026-11-22");
    assert!(text.contains("3 lines could not be written") && text.contains("here again"), "{text}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_stops_nobody() {
    let bench = Bench::new();
    fs::create_dir_all(bench.logs()).unwrap();
    let file = bench.logs().join("desk-2026-11-21.log");
    std::os::unix::fs::symlink("/dev/full", &file).unwrap();
    let program = bench.start();
    program.says("no room");
    fs::remove_file(&file).unwrap();
    bench.clock.advance(Duration::from_secs(61));
    program.says("room again");
    let text = bench.text("2026-11-22");
    assert!(text.contains("1 lines could not be written") && text.contains("room again"), "{text}");
}

/// Logs at each level and returns the levels that reached the file.
fn came_through(bench: &Bench, program: &Program) -> String {
    let before = bench.text_of_all().len();
    tracing::error!(target: "hotelmate_core", "e!");
    tracing::warn!(target: "hotelmate_core", "w!");
    tracing::info!(target: "hotelmate_core", "i!");
    tracing::debug!(target: "hotelmate_core", "d!");
    tracing::trace!(target: "hotelmate_core", "t!");
    program.log.flush();
    let text = bench.text_of_all()[before..].to_owned();
    ["e!", "w!", "i!", "d!", "t!"]
        .into_iter()
        .filter(|mark| text.contains(mark))
        .map(|mark| &mark[..1])
        .collect()
}

impl Bench {
    fn text_of_all(&self) -> String {
        if !self.logs().exists() {
            return String::new();
        }
        self.names().iter().map(|name| fs::read_to_string(self.logs().join(name)).unwrap()).collect()
    }
}

#[test]
fn the_level_changes_while_running_and_is_remembered() {
    let bench = Bench::new();
    let program = bench.start();
    assert_eq!(came_through(&bench, &program), "ewi");
    program.log.control().choose(LogLevel::Error);
    assert_eq!(came_through(&bench, &program), "e");
    program.log.control().choose(LogLevel::Trace);
    assert_eq!(came_through(&bench, &program), "ewidt");
    drop(program);
    let program = bench.start();
    assert_eq!(program.log.control().level(), LogLevel::Trace);
    assert_eq!(came_through(&bench, &program), "ewidt");
}

#[test]
fn a_noisy_level_ends_after_a_day() {
    let bench = Bench::new();
    let program = bench.start();
    program.log.control().choose(LogLevel::Debug);
    bench.clock.advance(DAY);
    program.says("the line that notices");
    assert_eq!(program.log.control().level(), LogLevel::Info);
    assert_eq!(came_through(&bench, &program), "ewi");
    drop(program);
    assert_eq!(bench.start().log.control().level(), LogLevel::Info, "after a restart too");
}

#[test]
fn a_quiet_level_stays() {
    let bench = Bench::new();
    bench.start().log.control().choose(LogLevel::Warn);
    bench.clock.advance(DAY * 30);
    let program = bench.start();
    assert_eq!(came_through(&bench, &program), "ew");
}

#[test]
fn what_the_environment_asks_for_wins_until_somebody_chooses() {
    let mut bench = Bench::new();
    bench.asked = Some("hotelmate_core=debug");
    bench.start().log.control().choose(LogLevel::Warn);
    let program = bench.start();
    assert_eq!(program.log.control().level(), LogLevel::Debug);
    assert_eq!(came_through(&bench, &program), "ewid");
    program.log.control().choose(LogLevel::Error);
    assert_eq!(came_through(&bench, &program), "e");
}

#[test]
fn libraries_warn_at_most_and_the_html_parser_says_nothing() {
    let mut bench = Bench::new();
    bench.asked = Some("trace");
    let program = bench.start();
    tracing::info!(target: "tungstenite::protocol", "Received message: Aoife");
    tracing::warn!(target: "hyper_util::client", "worth a look");
    tracing::warn!(target: "html5ever::tree_builder", "unexpected <Aoife>");
    program.says("ours");
    let text = bench.text("2026-11-21");
    assert!(text.contains("worth a look") && text.contains("ours") && !text.contains("Aoife"), "{text}");
}
