//! Runs the real program to its end, or to a chosen moment.

use std::env::consts::EXE_SUFFIX;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use demo_hotel::{DemoHotel, LoggedRequest};
use desk_tests::test_desk::CHAT_KEY;
use serde_json::Value;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::{Child, Command};
use tokio::time::{Instant, interval, timeout, timeout_at};

use crate::kills::LATE;

/// The time limit of one command: it may wait for a dead sender's lease and for times that the hotel asks for.
const DEADLINE: Duration = Duration::from_secs(90);
/// The time limit of an orderly end.
const FAREWELL: Duration = Duration::from_secs(20);

/// The moment at which a program is stopped.
#[derive(Debug, Clone, Copy)]
pub enum Moment {
    /// Never: it ends by itself.
    Never,
    /// This long after its start.
    After(Duration),
    /// This long (`then`) after the hotel has received this number of requests; `writes` counts only those that change
    /// data.
    Heard { requests: usize, writes: bool, then: Duration },
}

/// The way in which a program is stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blow {
    /// Killed at once.
    Kill,
    /// Asked to end, as by a service manager or a closing window: it ends in order.
    Farewell,
}

/// The result of a command.
pub struct Run {
    /// The complete answer, if any.
    pub answer: Option<Value>,
    /// The exit code of a program that was not killed.
    pub code: Option<i32>,
    /// The output on standard error.
    pub reported: String,
    /// True if the program was stopped before it had ended by itself.
    pub struck: bool,
    /// True if it had begun to change data at the hotel.
    pub had_sent: bool,
}

/// The program with its own data folder.
pub struct Program<'a> {
    hotel: &'a DemoHotel,
    token: String,
    file: PathBuf,
    folder: PathBuf,
}

impl<'a> Program<'a> {
    /// Returns the program that was built beside this test.
    pub fn at(hotel: &'a DemoHotel, token: String, folder: impl Into<PathBuf>) -> Self {
        let test = std::env::current_exe().unwrap();
        let target = test.parent().and_then(Path::parent).expect("a test stands two folders deep in target");
        let file = target.join(format!("deskctl{EXE_SUFFIX}"));
        assert!(file.is_file(), "{} is missing: run `cargo build --workspace` first", file.display());
        Self { hotel, token, file, folder: folder.into() }
    }

    /// Runs the program to its end, or to the given moment.
    pub async fn run(&self, args: &[&str], moment: Moment, blow: Blow) -> Run {
        let heard = self.hotel.requests().len();
        let mut child = self.command(args).spawn().unwrap();
        // Both pipes are read while the program runs: a program with a full pipe never ends.
        let out = tokio::spawn(all_of(child.stdout.take().unwrap()));
        let reported = tokio::spawn(all_of(child.stderr.take().unwrap()));
        let ended = self.ends_before(&mut child, moment, heard).await;
        let status = match (ended, blow) {
            (Some(status), _) => status,
            (None, Blow::Kill) => {
                child.kill().await.unwrap();
                child.wait().await.unwrap()
            }
            (None, Blow::Farewell) => farewell(&mut child).await,
        };
        let (out, reported) = (out.await.unwrap(), reported.await.unwrap());
        // It may have ended by itself just before the blow.
        let killed = ended.is_none() && is_killed(status);
        let had_sent = self.hotel.requests()[heard..].iter().any(is_write_of_the_desk);
        Run {
            // Only a complete answer counts.
            answer: out.strip_suffix('\n').and_then(|line| serde_json::from_str(line).ok()),
            code: status.code().filter(|_| !killed),
            reported,
            struck: killed || (ended.is_none() && blow == Blow::Farewell),
            had_sent,
        }
    }

    /// Waits for the end of the program, but at most until the moment.
    async fn ends_before(&self, child: &mut Child, moment: Moment, heard: usize) -> Option<ExitStatus> {
        let patience = Instant::now() + DEADLINE;
        let end = match moment {
            Moment::Never => patience,
            Moment::After(time) => Instant::now() + time,
            Moment::Heard { requests, writes, then } => {
                let mut look = interval(Duration::from_millis(2));
                let counts = |request: &&LoggedRequest| !writes || is_write_of_the_desk(request);
                let enough = async {
                    loop {
                        look.tick().await;
                        if self.hotel.requests()[heard..].iter().filter(counts).count() >= requests {
                            return;
                        }
                    }
                };
                tokio::select! {
                    status = child.wait() => return Some(status.unwrap()),
                    () = enough => Instant::now() + then,
                    _ = timeout_at(patience, std::future::pending::<()>()) => patience,
                }
            }
        };
        let status = timeout_at(end, child.wait()).await.ok().map(Result::unwrap);
        assert!(status.is_some() || end < patience, "a command did not end in {DEADLINE:?}");
        status
    }

    /// Returns the program, ready to run.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(&self.file);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("DESK_") {
                command.env_remove(name);
            }
        }
        let pusher = self.hotel.pusher();
        command
            .env("DESK_SERVER", self.hotel.url())
            .env("DESK_HOTEL", self.hotel.slug())
            .env("DESK_TOKEN", &self.token)
            .env("DESK_CHAT_KEY", CHAT_KEY)
            .env("DESK_PASSPHRASE", "correct horse battery")
            .env("DESK_PUSHER_KEY", pusher.key)
            .env("DESK_PUSHER_HOST", pusher.host)
            .env("DESK_LATE_COMMIT_SECONDS", (2 * LATE.as_secs()).to_string())
            // A test must not write to the key store of the person who runs it.
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
            .arg("--json")
            .arg("--data-dir")
            .arg(&self.folder)
            .args(args)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command
    }
}

/// Returns true for writes of the desk: the colleague's requests carry a query, and the desk's writes never do.
pub fn is_write_of_the_desk(request: &LoggedRequest) -> bool {
    request.method != "GET" && !request.path.contains('?')
}

/// Asks the program to end, and waits for its end.
async fn farewell(child: &mut Child) -> ExitStatus {
    let asked = match child.id() {
        Some(id) if cfg!(unix) => Command::new("kill")
            .args(["-TERM", &id.to_string()])
            .status()
            .await
            .is_ok_and(|done| done.success()),
        _ => false,
    };
    if !asked {
        // The program has just ended, or this system has no such signal.
        let _ended_already = child.start_kill();
    }
    timeout(FAREWELL, child.wait()).await.expect("an orderly end in time").unwrap()
}

/// Returns true if the program was ended by force: by a signal, or on Windows with the exit code of a kill.
fn is_killed(status: ExitStatus) -> bool {
    if cfg!(windows) { status.code() == Some(1) } else { status.code().is_none() }
}

/// Reads a pipe until the program ends.
async fn all_of(mut pipe: impl AsyncRead + Unpin) -> String {
    let mut text = String::new();
    pipe.read_to_string(&mut text).await.unwrap();
    text
}
