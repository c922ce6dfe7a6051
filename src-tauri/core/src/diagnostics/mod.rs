//! What can keep a desk from being up to date: checked, and put into words with a way out.
//!
//! There is one [`Diagnostics`] in a program. Checks over the network and of files run when somebody asks for them,
//! side by side, and their findings are kept; what can be seen without asking (the live connection, its channels, the
//! outbox, how long events took) is put into words each time. What follows from something that failed is not called
//! failed as well: it is unknown, and says what it waits for. So the first failed line is the one to see to.
//!
//! * [`network`]: names, TLS, the server, its clock, the sign-in;
//! * [`lists`]: what of the hotel was read, and what could not be;
//! * [`local`]: outbox, database, picture cache;
//! * [`live`]: the live connection and its channels, from what the [`monitor`](crate::monitor) has seen;
//! * [`support`]: all of it in one file for whoever helps.
//!
//! No finding holds a password, a token or a key, and paths are told without the person's home folder.

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
use crate::hotel::Http;
use crate::logging;
use crate::monitor::Monitor;
use crate::monitor::link::Link;
use crate::views::{Change, Check, Diagnosis, Finding, FindingState};

/// Changes are announced at most this often.
const PAUSE: Duration = Duration::from_millis(500);

/// What the checks are about: where the desk stands when they begin.
pub struct Subject {
    /// The signed-in person; `None` when there is none.
    pub engine: Option<Arc<Engine>>,
    /// Why there is none, where there was somebody to sign in.
    pub why_not: Option<DeskError>,
    /// The server, as far as it is known.
    pub server: Option<url::Url>,
    /// The process's HTTP client.
    pub http: Http,
    /// Where live events come from, as the settings say.
    pub live: Result<Option<Config>, DeskError>,
    /// The desk reads, sends and listens by itself (the window). Otherwise (a command line) it does so only when asked.
    pub by_itself: bool,
}

impl Subject {
    /// Why the local database could not be opened, if that is why there is no session.
    pub fn unopened(&self) -> Option<&DeskError> {
        self.why_not.as_ref().filter(|why| why.code.is_about_database())
    }

    /// How far the hotel's clock is ahead of this one, in milliseconds, where that is known.
    pub fn difference_ms(&self) -> Option<i64> {
        self.engine.as_ref()?.connectivity.api().server_clock().difference_ms()
    }
}

/// All that was found.
pub struct Diagnostics {
    environment: Environment,
    monitor: Arc<Monitor>,
    board: Mutex<Board>,
    changed: Arc<Notify>,
    /// Held while checks run: two runs at once would tell nothing more.
    turn: tokio::sync::Mutex<()>,
    /// Announces changes for as long as this lives.
    _announcer: JoinSet<()>,
}

/// What is known.
#[derive(Default)]
struct Board {
    /// Grows with each sign-in and sign-out: findings about another person come too late.
    generation: u64,
    checked: BTreeMap<Check, Finding>,
    running: bool,
    checked_at: Option<Timestamp>,
}

impl Diagnostics {
    /// Begins, and announces changes to `feed` from now on.
    ///
    /// # Panics
    /// Outside a tokio runtime.
    pub fn start(environment: Environment, feed: broadcast::Sender<Change>) -> Arc<Self> {
        let changed = Arc::new(Notify::new());
        let mut announcer = JoinSet::new();
        announcer.spawn(announce(Arc::clone(&changed), feed.clone(), environment.clone()));
        let monitor = Monitor::new(environment.clone(), feed, Arc::clone(&changed));
        Arc::new(Self {
            environment,
            monitor,
            board: Mutex::default(),
            changed,
            turn: tokio::sync::Mutex::default(),
            _announcer: announcer,
        })
    }

    /// What the live connection shows, on which the findings about it rest.
    pub fn monitor(&self) -> &Arc<Monitor> {
        &self.monitor
    }

    /// Somebody else sits here now, or nobody: what was found and seen is not theirs.
    pub fn begin(&self) {
        let mut board = self.board();
        let (generation, running) = (board.generation + 1, board.running);
        *board = Board { generation, running, ..Board::default() };
        drop(board);
        self.monitor.begin();
    }

    /// Runs every check and returns when they have ended; if they are running already, when those have.
    pub async fn run_checks(&self, subject: &Subject) {
        let generation = self.board().generation;
        let _turn = match self.turn.try_lock() {
            Ok(turn) => turn,
            Err(_) => {
                let turn = self.turn.lock().await;
                let board = self.board();
                // Those were about the same person, unless none of them counts.
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
                live::probe(&self.monitor, engine, config.clone()).await;
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

    /// Returns what is known now. Sends nothing over the network.
    pub async fn diagnosis(&self, subject: &Subject) -> Diagnosis {
        let difference = subject.difference_ms();
        let (link, latency) = (self.monitor.link(), self.monitor.latency(difference));
        let server = now_known(&self.board().checked, Check::Server, subject, &link);
        let server_works = server.state == FindingState::Ok;
        let (outbox, lists) = (local::outbox(subject).await, lists::finding(subject, server_works).await);
        let board = self.board();
        let view = |check| match check {
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
            reloads: self.monitor.reloads(),
        }
    }

    fn board(&self) -> MutexGuard<'_, Board> {
        // Each change in here is a whole one, so a panic elsewhere leaves nothing half done.
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

    /// Keeps a finding, unless it is about somebody who has left.
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
    /// Also when whoever asked does not wait any more.
    fn drop(&mut self) {
        self.diagnostics.board().running = false;
        self.diagnostics.changed.notify_one();
    }
}

/// A finding of the last checks, or what has shown itself since.
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

/// Announces what changed in here, and what of the rest of the desk findings speak of, with pauses.
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

/// Completes when a change elsewhere can have changed a finding.
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
