//! The real program, run to its end or to a moment that is chosen for it.

use std::env::consts::EXE_SUFFIX;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use demo_hotel::{DemoHotel, LoggedRequest};
use serde_json::Value;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::{Child, Command};
use tokio::time::{Instant, interval, timeout, timeout_at};

use crate::kills::LATE;

/// The longest that one command may take: a dead sender's lease, and waits that the hotel asks for.
const DEADLINE: Duration = Duration::from_secs(90);
/// The longest that an orderly end may take.
const FAREWELL: Duration = Duration::from_secs(20);

/// When a program is stopped.
#[derive(Debug, Clone, Copy)]
pub enum Moment {
    /// It may end by itself.
    Never,
    /// So long after its start.
    After(Duration),
    /// So long after the hotel has heard so many requests of it; `writes` counts only those that change something.
    Heard { requests: usize, writes: bool, then: Duration },
}

/// How a program is stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blow {
    /// Without a word.
    Kill,
    /// As a service manager or a closing window would: it ends in order.
    Farewell,
}

/// What became of a command.
pub struct Run {
    /// The complete answer, if there was one.
    pub answer: Option<Value>,
    /// The exit code of a program that was not killed.
    pub code: Option<i32>,
    /// What it said beside its answer.
    pub reported: String,
    /// It was stopped before it had ended by itself.
    pub struck: bool,
    /// It had begun to change something at the hotel.
    pub had_sent: bool,
}

/// The program in a data folder of its own.
pub struct Program<'a> {
    hotel: &'a DemoHotel,
    token: String,
    file: PathBuf,
    folder: &'a Path,
}

impl<'a> Program<'a> {
    /// The program that was built beside this test.
    pub fn at(hotel: &'a DemoHotel, token: String, folder: &'a Path) -> Self {
        let test = std::env::current_exe().unwrap();
        let target = test.parent().and_then(Path::parent).expect("a test stands two folders deep in target");
        let file = target.join(format!("deskctl{EXE_SUFFIX}"));
        assert!(file.is_file(), "{} is missing: run `cargo build --workspace` first", file.display());
        Self { hotel, token, file, folder }
    }

    /// Runs it, or as much of it as the moment lets happen.
    pub async fn run(&self, args: &[&str], moment: Moment, blow: Blow) -> Run {
        let heard = self.hotel.requests().len();
        let mut child = self.command(args).spawn().unwrap();
        // Read while it runs: who waits for the end of a program whose pipe is full waits for ever.
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
            // An answer counts when it is complete.
            answer: out.strip_suffix('\n').and_then(|line| serde_json::from_str(line).ok()),
            code: status.code().filter(|_| !killed),
            reported,
            struck: killed || (ended.is_none() && blow == Blow::Farewell),
            had_sent,
        }
    }

    /// Waits for the end of the program, but not past the moment.
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

    fn command(&self, args: &[&str]) -> Command {
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
            .env("DESK_PUSHER_KEY", pusher.key)
            .env("DESK_PUSHER_HOST", pusher.host)
            .env("DESK_LATE_COMMIT_SECONDS", (2 * LATE.as_secs()).to_string())
            // A test must not write to the key store of whoever runs it.
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
            .arg("--json")
            .arg("--data-dir")
            .arg(self.folder)
            .args(args)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command
    }
}

/// The colleague's requests carry a query, and the desk's writes never do.
pub fn is_write_of_the_desk(request: &LoggedRequest) -> bool {
    request.method != "GET" && !request.path.contains('?')
}

/// Asks the program to end, and waits until it has.
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
        // It has just ended, or there is no such signal here.
        let _ended_already = child.start_kill();
    }
    timeout(FAREWELL, child.wait()).await.expect("an orderly end in time").unwrap()
}

/// Ended by force: a signal, or on Windows the code that its way of killing leaves.
fn is_killed(status: ExitStatus) -> bool {
    if cfg!(windows) { status.code() == Some(1) } else { status.code().is_none() }
}

/// What a program writes to a pipe until it ends.
async fn all_of(mut pipe: impl AsyncRead + Unpin) -> String {
    let mut text = String::new();
    pipe.read_to_string(&mut text).await.unwrap();
    text
}
