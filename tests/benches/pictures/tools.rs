//! The tools, and the cost of their processes.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use desk_tests::figures::is_trial;
use hotelmate_core::media::{Limits, prepare as prepare_picture};
use pusher::{Clock, SystemClock};
use wait4::Wait4;

use crate::SIDE;

/// Prepares a picture as the desk does with a dropped file, but as a program.
pub(crate) fn prepare(file: &str, result: &str) {
    let photo = fs::read(file).expect("the photo is there");
    let prepared = prepare_picture(&photo, &Limits::default()).expect("it can be prepared");
    fs::write(result, prepared.bytes).expect("the result is written");
}

/// Makes a command from a photo and the file for the result.
type Call = Box<dyn Fn(&str, &str) -> Command>;

/// A tool that prepares pictures.
pub(crate) struct Tool {
    name: &'static str,
    call: Call,
}

/// Returns the desk first, then the other tools that are installed. A trial has the desk alone.
pub(crate) fn all() -> Vec<Tool> {
    let mut tools =
        vec![Tool { name: "desk", call: Box::new(|file, result| myself(&["prepare", file, result])) }];
    if is_trial() {
        return tools;
    }
    match Command::new("vipsthumbnail").arg("--version").stdout(Stdio::null()).status() {
        Ok(_) => tools.push(Tool { name: "vipsthumbnail", call: Box::new(vips) }),
        Err(_) => println!("vipsthumbnail is not installed (Debian: libvips-tools): left out"),
    }
    match sharp_modules() {
        Some(modules) => {
            tools.push(Tool {
                name: "sharp",
                call: Box::new(move |file, result| sharp(&modules, file, result)),
            });
        }
        None => println!("sharp is not installed; `cargo xtask bench pictures` does it: left out"),
    }
    tools
}

fn vips(file: &str, result: &str) -> Command {
    let mut command = Command::new("vipsthumbnail");
    command.args([file, "--size", &format!("{SIDE}x{SIDE}>"), "-o", &format!("{result}[Q=85,strip]")]);
    command
}

fn sharp(modules: &Path, file: &str, result: &str) -> Command {
    const SCRIPT: &str = "const [file, result, side] = process.argv.slice(1);
        require('sharp')(file).rotate()
            .resize({ width: +side, height: +side, fit: 'inside', withoutEnlargement: true })
            .jpeg({ quality: 85 }).toFile(result)
            .catch((error) => { console.error(error); process.exit(1); });";
    let mut command = Command::new("node");
    command.env("NODE_PATH", modules).args(["-e", SCRIPT, file, result, &SIDE.to_string()]);
    command
}

/// The folder in which `cargo xtask bench` installs it: beside cargo's own output.
fn sharp_modules() -> Option<PathBuf> {
    let own = std::env::current_exe().expect("the benchmark knows its own file");
    let modules = own.ancestors().nth(3)?.join("bench-peers/node_modules");
    modules.join("sharp").is_dir().then_some(modules)
}

fn myself(words: &[&str]) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("the benchmark knows its own file"));
    command.args(words);
    command
}

/// Runs this program with these arguments, and returns its output.
pub(crate) fn own(words: &[&str]) -> String {
    let output = myself(words).stderr(Stdio::inherit()).output().expect("it starts");
    assert!(output.status.success(), "{words:?} failed");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// The cost of a tool for a photo.
pub(crate) struct Result {
    name: &'static str,
    wall: Duration,
    processor: Duration,
    /// The peak memory in bytes.
    peak: u64,
    likeness: f64,
}

/// Lets the tools take turns.
pub(crate) fn race(tools: &[Tool], file: &str, folder: &Path, rounds: usize) -> Vec<Result> {
    let target = |tool: &Tool| folder.join(tool.name).with_extension("jpg").to_string_lossy().into_owned();
    let mut results: Vec<Result> = tools
        .iter()
        .map(|tool| Result {
            name: tool.name,
            wall: Duration::MAX,
            processor: Duration::MAX,
            peak: 0,
            likeness: 0.0,
        })
        .collect();
    // The first round fills the caches of the operating system.
    for round in 0..=rounds {
        for (tool, best) in tools.iter().zip(&mut results) {
            let (wall, processor, peak) = run((tool.call)(file, &target(tool)));
            if round > 0 {
                best.wall = best.wall.min(wall);
                best.processor = best.processor.min(processor);
                best.peak = best.peak.max(peak);
            }
        }
    }
    for (tool, result) in tools.iter().zip(&mut results) {
        result.likeness = own(&["compare", file, &target(tool)]).parse().expect("a number");
    }
    results
}

/// Returns the wall time, processor time and peak memory of a whole process.
fn run(mut command: Command) -> (Duration, Duration, u64) {
    let clock = SystemClock::new();
    let start = clock.monotonic();
    let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().expect("the tool starts");
    let took = child.wait4().expect("the tool ends");
    let wall = clock.monotonic() - start;
    assert!(took.status.success(), "{command:?} failed");
    (wall, took.rusage.utime + took.rusage.stime, took.rusage.maxrss)
}

impl Result {
    /// For another tool: its figures, and the desk's share of them.
    pub(crate) fn beside(&self, desk: &Self) -> String {
        let share = |of: f64, whole: f64| format!("{:.2}", of / whole);
        self.line(&[
            share(desk.wall.as_secs_f64(), self.wall.as_secs_f64()),
            share(desk.processor.as_secs_f64(), self.processor.as_secs_f64()),
            share(desk.peak as f64, self.peak as f64),
        ])
    }

    fn line(&self, [wall, processor, memory]: &[String; 3]) -> String {
        format!(
            "{:16}{:>10.0}{wall:>8}{:>10.0}{processor:>8}{:>10.0}{memory:>8}{:>10.4}",
            self.name,
            self.wall.as_secs_f64() * 1e3,
            self.processor.as_secs_f64() * 1e3,
            self.peak as f64 / 1e6,
            self.likeness
        )
    }
}

impl fmt::Display for Result {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line(&[String::new(), String::new(), String::new()]))
    }
}
