//! What can keep a desk from being up to date: checked, and put into words with a way out.
//!
//! There is one [`Diagnostics`] in a program. Checks over the network and of files run when somebody asks for them, side
//! by side, and their findings are kept; what can be seen without asking (the live connection, its channels, the
//! outbox, how long events took) is put into words each time. What follows from something that failed is not called
//! failed as well: it is unknown, and says what it waits for. So the first failed line is the one to see to.
//!
//! * [`network`]: names, TLS, the server, its clock, the sign-in;
//! * [`lists`]: what of the hotel was read, and what could not be;
//! * [`local`]: outbox, database, picture cache;
//! * [`live`]: the live connection and its channels, from what the Pusher client tells;
//! * [`event_log`]: the newest events, masked ([`masking`]), with what they took;
//! * [`shape`]: what of an event's data may be handed on;
//! * [`support`]: all of it in one file for whoever helps.
//!
//! No finding holds a password, a token or a key, and paths are told without the person's home folder.

mod event_log;
mod findings;
mod lists;
mod live;
mod local;
mod masking;
mod network;
pub mod shape;
pub mod support;
mod tls;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use pusher::Config;
use pusher::wire::Event;
use tokio::sync::{Notify, broadcast};
use tokio::task::JoinSet;

use crate::api::Http;
use crate::desk::views::{
    Change, Check, Diagnosis, EventEntry, EventLog, EventOutcome, Finding, FindingState, Reload, ReloadCause,
};
use crate::environment::Environment;
use crate::error::DeskError;
use crate::logging;
use crate::sync::Session;
use event_log::{Now, Ring};
use live::Link;
use shape::Shape;

/// Changes are announced at most this often.
const PAUSE: Duration = Duration::from_millis(500);

/// What the checks are about: where the desk stands when they begin.
pub struct Subject {
    /// The signed-in person; `None` when there is none.
    pub session: Option<Arc<Session>>,
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

/// All that is known, and the event log.
pub struct Diagnostics {
    environment: Environment,
    feed: broadcast::Sender<Change>,
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
    sitting: u64,
    checked: BTreeMap<Check, Finding>,
    running: bool,
    checked_at: Option<Timestamp>,
    link: Link,
    log: Ring,
    /// It is the program's, whoever sits here.
    reloads: Vec<Reload>,
}

/// So many reloads of the page are told.
const RELOADS: usize = 20;

impl Diagnostics {
    /// Begins, and announces changes to `feed` from now on.
    ///
    /// # Panics
    /// Outside a tokio runtime.
    pub fn start(environment: Environment, feed: broadcast::Sender<Change>) -> Arc<Self> {
        let changed = Arc::new(Notify::new());
        let mut announcer = JoinSet::new();
        announcer.spawn(announce(Arc::clone(&changed), feed.clone(), environment.clone()));
        Arc::new(Self {
            environment,
            feed,
            board: Mutex::default(),
            changed,
            turn: tokio::sync::Mutex::default(),
            _announcer: announcer,
        })
    }

    /// Somebody else sits here now, or nobody: what was found and logged is not theirs.
    pub fn begin(&self) {
        let mut board = self.board();
        board.sitting += 1;
        board.checked.clear();
        board.checked_at = None;
        board.link = Link::default();
        board.log.clear();
        drop(board);
        self.changed.notify_one();
    }

    /// Runs every check and returns when they have ended; if they are running already, when those have.
    pub async fn run_checks(&self, subject: &Subject) {
        let sitting = self.board().sitting;
        let _turn = match self.turn.try_lock() {
            Ok(turn) => turn,
            Err(_) => {
                let turn = self.turn.lock().await;
                let board = self.board();
                // Those were about the same person, unless none of them counts.
                if board.sitting == sitting && board.checked_at.is_some() {
                    return;
                }
                drop(board);
                turn
            }
        };
        let run = Run::begin(self);
        let live = async {
            if let (Some(session), Ok(Some(config)), false) =
                (&subject.session, &subject.live, subject.by_itself)
            {
                live::probe(self, session, config.clone()).await;
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

    /// What is known now. Asks nobody over the network.
    pub async fn diagnosis(&self, subject: &Subject) -> Diagnosis {
        let (outbox, lists) = (local::outbox(subject).await, lists::finding(subject).await);
        let difference = difference_ms(subject);
        let board = self.board();
        let latency = board.log.latency(difference);
        let view = |check| match check {
            Check::Socket => board.link.socket_finding(subject, &board.checked),
            Check::Channels => board.link.channels_finding(subject),
            Check::Latency => live::latency_finding(latency.as_ref()),
            Check::Outbox => outbox.clone(),
            Check::Lists => lists.clone(),
            _ => now_known(board.checked.get(&check), check, subject, &board.link),
        };
        Diagnosis {
            findings: Check::ALL.map(view).into(),
            running: board.running,
            checked_at: board.checked_at,
            socket: board.link.socket_view(),
            channels: board.link.channels(),
            latency,
            log_level: logging::level(),
            reloads: board.reloads.clone(),
        }
    }

    /// The entries of the event log after this number, oldest first.
    pub fn event_log(&self, subject: &Subject, after: u32) -> EventLog {
        self.board().log.after(after, difference_ms(subject))
    }

    /// All entries, each with the shape of its data.
    pub fn event_shapes(&self, subject: &Subject) -> Vec<(EventEntry, Shape)> {
        self.board().log.shapes(difference_ms(subject))
    }

    /// The data of an entry unmasked; `None` when it is not kept any more.
    pub fn reveal_event(&self, seq: u32) -> Option<String> {
        self.board().log.reveal(seq)
    }

    /// The screen has drawn what this entry changed.
    pub fn note_shown(&self, seq: u32) {
        if self.board().log.note_shown(seq, self.now()) {
            self.changed.notify_one();
        }
    }

    /// The window's page did not work any more and was loaded again.
    pub fn note_reload(&self, cause: ReloadCause) {
        let at = self.environment.now();
        let mut board = self.board();
        board.reloads.push(Reload { at, cause });
        let spare = board.reloads.len().saturating_sub(RELOADS);
        board.reloads.drain(..spare);
        drop(board);
        self.changed.notify_one();
    }

    /// An event came and was dealt with. To be called after what it changed is committed and told.
    pub fn took(&self, event: &Event, outcome: EventOutcome) {
        let mut board = self.board();
        board.link.note_event(event);
        let seq = board.log.add_event(event, outcome, self.now());
        drop(board);
        self.tell(Change::Live { seq });
    }

    fn tell(&self, change: Change) {
        // No receiver is no error: nobody looks.
        let _ = self.feed.send(change);
        self.changed.notify_one();
    }

    fn now(&self) -> Now {
        let clock = self.environment.clock();
        Now { monotonic: clock.monotonic(), wall: clock.wall() }
    }

    fn board(&self) -> MutexGuard<'_, Board> {
        // Each change in here is a whole one, so a panic elsewhere leaves nothing half done.
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One run of the checks.
struct Run<'a> {
    diagnostics: &'a Diagnostics,
    sitting: u64,
}

impl<'a> Run<'a> {
    fn begin(diagnostics: &'a Diagnostics) -> Self {
        let mut board = diagnostics.board();
        board.running = true;
        let sitting = board.sitting;
        drop(board);
        diagnostics.changed.notify_one();
        Self { diagnostics, sitting }
    }

    fn environment(&self) -> &Environment {
        &self.diagnostics.environment
    }

    /// Keeps a finding, unless it is about somebody who has left.
    fn put(&self, finding: Finding) {
        let mut board = self.diagnostics.board();
        if board.sitting == self.sitting {
            board.checked.insert(finding.check, finding);
            drop(board);
            self.diagnostics.changed.notify_one();
        }
    }

    fn end(self) {
        let mut board = self.diagnostics.board();
        if board.sitting == self.sitting {
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
fn now_known(checked: Option<&Finding>, check: Check, subject: &Subject, link: &Link) -> Finding {
    if let Some(finding) = network::since(checked, check, subject, link.is_connected()) {
        return finding;
    }
    match (checked, check) {
        (Some(finding), _) => finding.clone(),
        (None, Check::Database | Check::Cache) if subject.session.is_none() => local::nobody(check, subject),
        (None, _) => Finding::unknown(check, "Not checked yet."),
    }
}

fn difference_ms(subject: &Subject) -> Option<i64> {
    subject.session.as_ref()?.api().server_clock().difference_ms()
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

/// Whether nothing failed.
pub fn is_sound(diagnosis: &Diagnosis) -> bool {
    diagnosis.findings.iter().all(|finding| finding.state != FindingState::Failed)
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
