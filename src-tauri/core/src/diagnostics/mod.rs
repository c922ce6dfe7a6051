//! Checks the conditions that a desk needs to be up to date, and describes the result with a way out.
//!
//! A program has one [`Diagnostics`]. Checks of the network and of files run on request, in parallel, and their
//! findings are stored. The live connection, its channels, the outbox and the delays of events need no request: they
//! are evaluated each time. The consequence of a failed check is not reported as a failure too: its finding is unknown
//! and names the failed check. So the first failed line is the one to fix.
//!
//! * [`network`]: names, TLS, the server, its clock, the sign-in;
//! * [`lists`]: the parts of the hotel that were read, and those that could not be read;
//! * [`local`]: outbox, database, picture cache;
//! * [`chat`]: the channels of the conversations with guests, and the events of the newest answers;
//! * [`live`]: the live connection and its channels, from the observations of the [`monitor`](crate::monitor);
//! * [`support`]: all of it in one file for a person who helps.
//!
//! No finding contains a password, a token or a key, and paths are shown without the person's home folder.

mod chat;
mod findings;
mod lists;
mod live;
mod local;
mod network;
pub mod support;
mod tls;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use pusher::Config;
use tokio::sync::{Notify, broadcast};
use tokio::task::JoinSet;

use crate::catalogue::say;
use crate::engine::Engine;
use crate::environment::Environment;
use crate::error::DeskError;
use crate::feed::Feed;
use crate::hotel::Http;
use crate::logging;
use crate::monitor::Monitor;
use crate::monitor::link::Link;
use crate::views::{Change, Check, Diagnosis, Finding, FindingState, Reload, ReloadCause, ServerTrial};

/// The shortest time between two announcements of changes.
const PAUSE: Duration = Duration::from_millis(500);
/// The number of reloads of the page that are kept.
const RELOADS: usize = 20;

/// The subject of the checks: the state of the desk when they begin.
pub struct Subject {
    /// The engine of the signed-in person; `None` if no person is signed in.
    pub engine: Option<Arc<Engine>>,
    /// The reason why the sign-in could not be restored, if there was one.
    pub why_not: Option<DeskError>,
    /// The server, if it is known.
    pub server: Option<url::Url>,
    /// The process's HTTP client.
    pub http: Http,
    /// The source of live events, from the settings.
    pub live: Result<Option<Config>, DeskError>,
    /// Whether the desk reads, sends and receives live events by itself (the window). Otherwise (a command line) it
    /// does so only on request.
    pub by_itself: bool,
}

impl Subject {
    /// Returns the reason why the local database could not be opened, if there is no session because of it.
    pub fn unopened(&self) -> Option<&DeskError> {
        self.why_not.as_ref().filter(|why| why.code.is_about_database())
    }

    /// Returns the hotel's clock minus this computer's, in milliseconds, if it is known.
    pub fn difference_ms(&self) -> Option<i64> {
        self.engine.as_ref()?.connectivity.api().server_clock().difference_ms()
    }
}

/// The findings of one program.
pub struct Diagnostics {
    environment: Environment,
    /// The monitor of the person whose data is shown; an empty one if there is none.
    monitor: Mutex<Arc<Monitor>>,
    board: Mutex<Board>,
    /// The newest reloads of the page, oldest first. They belong to the program, not to a person.
    reloads: Mutex<Vec<Reload>>,
    changed: Arc<Notify>,
    /// Held while checks run: two parallel runs would give the same result.
    turn: tokio::sync::Mutex<()>,
    /// Announces changes until it is dropped.
    _announcer: JoinSet<()>,
}

/// The stored findings.
#[derive(Default)]
struct Board {
    /// Grows whenever another person is shown. Late findings about an earlier person are dropped.
    generation: u64,
    checked: BTreeMap<Check, Finding>,
    running: bool,
    checked_at: Option<Timestamp>,
}

impl Diagnostics {
    /// Creates the diagnostics, and announces changes to `feed` from now on.
    ///
    /// # Panics
    /// Outside a tokio runtime.
    pub fn start(environment: Environment, feed: broadcast::Sender<Change>) -> Arc<Self> {
        let changed = Arc::new(Notify::new());
        let mut announcer = JoinSet::new();
        announcer.spawn(announce(Arc::clone(&changed), feed.clone(), environment.clone()));
        let monitor = Mutex::new(Monitor::new(environment.clone(), feed, Arc::clone(&changed)));
        Arc::new(Self {
            environment,
            monitor,
            board: Mutex::default(),
            reloads: Mutex::default(),
            changed,
            turn: tokio::sync::Mutex::default(),
            _announcer: announcer,
        })
    }

    /// Returns the observations of the live connection, on which its findings are based.
    pub fn monitor(&self) -> Arc<Monitor> {
        Arc::clone(&self.monitor.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Makes the monitor of another engine.
    pub fn monitor_for(&self, feed: impl Into<Feed>) -> Arc<Monitor> {
        self.monitor().beside(feed)
    }

    /// Begins with another person, whose engine has this monitor, or with none. The findings about the person before
    /// are removed.
    pub fn begin(&self, monitor: Option<Arc<Monitor>>) {
        let monitor = monitor.unwrap_or_else(|| self.monitor_for(Feed::hidden(broadcast::channel(1).0)));
        *self.monitor.lock().unwrap_or_else(PoisonError::into_inner) = monitor;
        let mut board = self.board();
        let (generation, running) = (board.generation + 1, board.running);
        *board = Board { generation, running, ..Board::default() };
        drop(board);
        self.changed.notify_one();
    }

    /// Notes that the window's page stopped working and was loaded again.
    pub fn note_reload(&self, cause: ReloadCause) {
        let mut reloads = self.reloads.lock().unwrap_or_else(PoisonError::into_inner);
        reloads.push(Reload { at: self.environment.now(), cause });
        let spare = reloads.len().saturating_sub(RELOADS);
        reloads.drain(..spare);
        drop(reloads);
        self.changed.notify_one();
    }

    /// Runs every check and returns when they have ended. If they are running already, it waits for that run.
    pub async fn run_checks(&self, subject: &Subject) {
        let generation = self.board().generation;
        let _turn = match self.turn.try_lock() {
            Ok(turn) => turn,
            Err(_) => {
                let turn = self.turn.lock().await;
                let board = self.board();
                // The other run was about the same person and was complete.
                if board.generation == generation && board.checked_at.is_some() {
                    return;
                }
                drop(board);
                turn
            }
        };
        let run = Run::begin(self);
        let live = async {
            if let (Some(engine), Ok(Some(config)), false) =
                (&subject.engine, &subject.live, subject.by_itself)
            {
                live::probe(&self.monitor(), engine, config.clone()).await;
            }
        };
        tokio::join!(
            network::check_server(&run, subject),
            network::check_live(&run, subject),
            local::check(&run, subject),
            live,
        );
        run.end();
    }

    /// Checks a server that may become the hotel's. The result is not stored.
    pub async fn try_server(&self, http: &Http, server: &url::Url) -> ServerTrial {
        network::try_server(&self.environment, http, server).await
    }

    /// Returns the findings about live events that may become the hotel's, from a connection of some seconds. They are
    /// not stored.
    pub async fn try_live(&self, config: Config) -> Vec<Finding> {
        let mut findings = network::try_live(&self.environment, &config.endpoint).await;
        if !findings.iter().any(Finding::has_failed) {
            findings.push(live::try_socket(&self.environment, config).await);
        }
        findings
    }

    /// Returns the current findings. Sends nothing over the network.
    pub async fn diagnosis(&self, subject: &Subject) -> Diagnosis {
        let difference = subject.difference_ms();
        let monitor = self.monitor();
        let (link, latency) = (monitor.link(), monitor.latency(difference));
        let server = now_known(&self.board().checked, Check::Server, subject, &link);
        let server_works = server.state == FindingState::Ok;
        let (outbox, lists) = (local::outbox(subject).await, lists::finding(subject, server_works).await);
        let chat = chat::finding(subject, &link, &monitor, self.environment.now()).await;
        let board = self.board();
        let view = |check| match check {
            Check::Chat => chat.clone(),
            Check::Socket => live::socket_finding(&link, subject, &board.checked),
            Check::Channels => live::channels_finding(&link, subject),
            Check::Latency => live::latency_finding(&link, latency.as_ref(), server_works),
            Check::Server => server.clone(),
            Check::Outbox => outbox.clone(),
            Check::Lists => lists.clone(),
            _ => now_known(&board.checked, check, subject, &link),
        };
        Diagnosis {
            findings: Check::ALL.map(view).into(),
            running: board.running,
            checked_at: board.checked_at,
            socket: link.socket_view(),
            channels: link.channels(),
            latency,
            log_level: logging::level(),
            reloads: self.reloads.lock().unwrap_or_else(PoisonError::into_inner).clone(),
        }
    }

    fn board(&self) -> MutexGuard<'_, Board> {
        // Each change of the board is complete in itself, so a panic elsewhere leaves nothing half changed.
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One run of the checks.
struct Run<'a> {
    diagnostics: &'a Diagnostics,
    generation: u64,
}

impl<'a> Run<'a> {
    fn begin(diagnostics: &'a Diagnostics) -> Self {
        let mut board = diagnostics.board();
        board.running = true;
        let generation = board.generation;
        drop(board);
        diagnostics.changed.notify_one();
        Self { diagnostics, generation }
    }

    /// Stores a finding, unless it is about an earlier person.
    fn put(&self, finding: Finding) {
        let mut board = self.diagnostics.board();
        if board.generation == self.generation {
            board.checked.insert(finding.check, finding);
            drop(board);
            self.diagnostics.changed.notify_one();
        }
    }

    fn end(self) {
        let mut board = self.diagnostics.board();
        if board.generation == self.generation {
            board.checked_at = Some(self.diagnostics.environment.now());
        }
    }
}

impl Drop for Run<'_> {
    /// Also runs if the caller no longer waits.
    fn drop(&mut self) {
        self.diagnostics.board().running = false;
        self.diagnostics.changed.notify_one();
    }
}

/// Returns the finding of the last check, or a newer observation.
fn now_known(all: &BTreeMap<Check, Finding>, check: Check, subject: &Subject, link: &Link) -> Finding {
    let checked = all.get(&check);
    if let Some(finding) = network::outdated(all, check, subject) {
        return finding;
    }
    // A server that answers with an error says nothing about the sign-in.
    let server = || now_known(all, Check::Server, subject, link).state;
    let is_settled = check != Check::SignIn || server() == FindingState::Ok;
    if let Some(finding) = network::since(checked, check, subject, link.is_connected())
        .filter(|finding| is_settled || finding.state != FindingState::Ok)
    {
        return finding;
    }
    match (checked, check) {
        (Some(finding), _) => finding.clone(),
        (None, Check::Database | Check::Cache) if subject.engine.is_none() => local::nobody(check, subject),
        (None, _) => Finding::unknown(check, say!("doctor-not-checked-yet")),
    }
}

/// Announces changed findings, and changes of other parts of the desk that findings depend on, with pauses.
async fn announce(changed: Arc<Notify>, feed: broadcast::Sender<Change>, environment: Environment) {
    let mut others = feed.subscribe();
    loop {
        tokio::select! {
            () = changed.notified() => {}
            () = concerns(&mut others) => {}
        }
        let _ = feed.send(Change::Diagnosis);
        environment.sleep(PAUSE).await;
    }
}

/// Completes when a change of another part of the desk may have changed a finding.
async fn concerns(feed: &mut broadcast::Receiver<Change>) {
    use broadcast::error::RecvError;
    loop {
        match feed.recv().await {
            Ok(Change::Outbox | Change::Status | Change::Session) | Err(RecvError::Lagged(_)) => return,
            Ok(_) => {}
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
