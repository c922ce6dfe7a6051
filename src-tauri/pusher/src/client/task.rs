//! The client's task: waits for input, steps the machine, and carries out its outputs.

use std::collections::BTreeMap;
use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::sync::{mpsc, oneshot, watch};
use tracing::{debug, info};
use url::Url;

use super::jobs::Jobs;
use super::link::Link;
use super::mailbox::Mailbox;
use super::open::{Opener, Progress};
use crate::channel::ChannelName;
use crate::config::Config;
use crate::machine::{ClientEvent, Input, LinkEvent, Machine, Now, Output, TriggerError};
use crate::notice::Notice;
use crate::presence::Members;
use crate::status::{Cause, Status};
use crate::time::SharedClock;

/// A command from a handle to the task.
pub(super) enum Command {
    Input(Input),
    Trigger(ClientEvent, Answer),
    Members(ChannelName, oneshot::Sender<Option<Members>>),
}

/// The receiver of a client event's result.
type Answer = oneshot::Sender<Result<(), TriggerError>>;

pub(super) struct Task {
    clock: SharedClock,
    machine: Machine,
    opener: Opener,
    close_within: Duration,
    generation: u64,
    transport: Transport,
    /// A link that is being closed in order. It is dropped for a new one.
    closing: Option<BoxFuture<'static, ()>>,
    alarm: Option<Alarm>,
    publish: watch::Sender<Status>,
    mailbox: Arc<Mailbox>,
    jobs: Jobs,
    /// The callers that wait for the result of a client event.
    triggers: BTreeMap<u64, Answer>,
    next_trigger: u64,
    /// The number of changes of the user.
    user: u64,
}

enum Transport {
    None,
    Opening(Opening),
    Open(Box<Link>),
}

/// Every end of the task, a panic too, ends the consumer's wait.
impl Drop for Task {
    fn drop(&mut self) {
        self.mailbox.close();
    }
}

struct Opening {
    progress: Arc<Progress>,
    attempt: BoxFuture<'static, Result<Box<Link>, Cause>>,
}

struct Alarm {
    at: Duration,
    sleep: BoxFuture<'static, ()>,
}

enum Woken {
    Command(Option<Command>),
    Answered(Input),
    Opened(Result<Box<Link>, Cause>),
    Link(LinkEvent),
    Alarm,
    Closed,
}

impl Task {
    pub fn new(
        config: Config,
        clock: SharedClock,
        publish: watch::Sender<Status>,
        mailbox: Arc<Mailbox>,
    ) -> Self {
        let opener = Opener {
            clock: Arc::clone(&clock),
            stagger: config.timing.address_stagger,
            max_frame: config.max_frame,
            proxy: config.proxy.clone(),
            tls: config.tls.clone(),
        };
        let now = Now { mono: clock.monotonic(), wall: clock.wall() };
        Self {
            jobs: Jobs::new(config.authorizer.clone()),
            triggers: BTreeMap::new(),
            next_trigger: 0,
            user: 0,
            close_within: config.timing.close,
            machine: Machine::new(config, now),
            clock,
            opener,
            generation: 0,
            transport: Transport::None,
            closing: None,
            alarm: None,
            publish,
            mailbox,
        }
    }

    /// Runs until every handle is gone and the link is closed.
    pub async fn run(mut self, mut inbox: mpsc::UnboundedReceiver<Command>) {
        loop {
            self.set_alarm();
            match self.wait(&mut inbox).await {
                Woken::Command(Some(command)) => self.command(command),
                Woken::Command(None) => break,
                Woken::Answered(input) => self.step(input),
                Woken::Opened(Ok(link)) => {
                    self.transport = Transport::Open(link);
                    self.link_event(LinkEvent::Opened);
                }
                Woken::Opened(Err(cause)) => {
                    self.transport = Transport::None;
                    self.link_event(LinkEvent::Failed(cause));
                }
                Woken::Link(event) => self.link_event(event),
                Woken::Alarm => {
                    self.alarm = None;
                    self.note_progress();
                    self.step(Input::TimerFired);
                }
                Woken::Closed => self.closing = None,
            }
        }
        self.step(Input::Disconnect);
        if let Some(closing) = self.closing.take() {
            closing.await;
        }
        self.mailbox.close();
    }

    async fn wait(&mut self, inbox: &mut mpsc::UnboundedReceiver<Command>) -> Woken {
        // Commands and the few answers of the authorizer come first, and frames come before the deadline that they
        // meet. A flood of frames cannot delay a deadline, because the machine checks the time at every step.
        tokio::select! {
            biased;
            command = inbox.recv() => Woken::Command(command),
            answer = self.jobs.next() => Woken::Answered(answer),
            woken = next_of(&mut self.transport) => woken,
            () = or_never(self.closing.as_mut()) => Woken::Closed,
            () = or_never(self.alarm.as_mut().map(|alarm| &mut alarm.sleep)) => Woken::Alarm,
        }
    }

    fn command(&mut self, command: Command) {
        match command {
            Command::Input(input) => self.step(input),
            Command::Trigger(event, answer) => {
                self.next_trigger += 1;
                self.triggers.insert(self.next_trigger, answer);
                self.step(Input::Trigger { ticket: self.next_trigger, event });
            }
            Command::Members(channel, answer) => {
                // A caller that no longer waits does not need the answer.
                let _ = answer.send(self.machine.members(&channel).cloned());
            }
        }
    }

    /// An alarm that fires too early does no harm, so a set alarm is only replaced by an earlier one. Otherwise every
    /// frame would cost a timer.
    fn set_alarm(&mut self) {
        let Some(deadline) = self.machine.deadline() else {
            self.alarm = None;
            return;
        };
        if self.alarm.as_ref().is_some_and(|alarm| alarm.at <= deadline) {
            return;
        }
        let sleep = self.clock.sleep(deadline.saturating_sub(self.clock.monotonic()));
        self.alarm = Some(Alarm { at: deadline, sleep });
    }

    fn note_progress(&mut self) {
        if let Transport::Opening(opening) = &self.transport {
            let phase = opening.progress.phase();
            self.link_event(LinkEvent::Progress(phase));
        }
    }

    fn link_event(&mut self, event: LinkEvent) {
        self.step(Input::Link { generation: self.generation, event });
    }

    fn step(&mut self, input: Input) {
        let mut next = Some(input);
        while let Some(input) = next.take() {
            let now = Now { mono: self.clock.monotonic(), wall: self.clock.wall() };
            let outputs = self.machine.step(input, now);
            next = self.obey(outputs);
        }
        let counted = self.machine.status();
        // Readers see the counters, but are not woken for them.
        self.publish.send_if_modified(|status| {
            let shown = |status: &Status| (status.channels, status.confirmed, status.sign_in);
            let is_news = shown(status) != shown(counted);
            status.counters = counted.counters;
            status.last_traffic = counted.last_traffic;
            status.channels = counted.channels;
            status.confirmed = counted.confirmed;
            status.sign_in = counted.sign_in;
            is_news
        });
    }

    /// Carries out the outputs. Returns their result as the next input, if there is one.
    fn obey(&mut self, outputs: Vec<Output>) -> Option<Input> {
        let mut overflowed = 0;
        let mut failed = None;
        for output in outputs {
            match output {
                Output::Open { generation, url } => self.open(generation, url),
                Output::Send { generation, text } if generation == self.generation => {
                    if let Transport::Open(link) = &mut self.transport
                        && let Err(cause) = link.send(text)
                    {
                        failed.get_or_insert(Input::Link { generation, event: LinkEvent::Failed(cause) });
                    }
                }
                Output::Close { generation, code } if generation == self.generation => self.close(code),
                Output::Drop { generation } if generation == self.generation => {
                    self.transport = Transport::None;
                }
                Output::Send { .. } | Output::Close { .. } | Output::Drop { .. } => {}
                Output::Authorize { ticket, request } => self.jobs.authorize(ticket, request),
                Output::RenewSession { ticket } => self.jobs.renew(ticket),
                Output::Cancel { ticket } => self.jobs.cancel(ticket),
                Output::Triggered { ticket, result } => {
                    let stalled = failed.is_some() && result.is_ok();
                    let result = if stalled { Err(TriggerError::Stalled) } else { result };
                    if let Some(answer) = self.triggers.remove(&ticket) {
                        let _ = answer.send(result);
                    }
                }
                Output::UserChanged => {
                    self.user += 1;
                    self.mailbox.user_has_changed(self.user);
                }
                Output::Notice(notice) => overflowed += self.notify(notice),
                Output::StateChanged => self.publish_state(),
            }
        }
        if overflowed > 0 {
            debug!(overflowed, "the consumer is too slow");
        }
        failed.or_else(|| (overflowed > 0).then_some(Input::Overflowed(overflowed)))
    }

    fn open(&mut self, generation: u64, url: Url) {
        debug!(generation, host = url.host_str(), "opening");
        self.generation = generation;
        // One socket at a time (check 16).
        self.closing = None;
        let progress = Arc::new(Progress::default());
        let attempt = self.opener.clone().open(url, Arc::clone(&progress)).boxed();
        self.transport = Transport::Opening(Opening { progress, attempt });
    }

    fn close(&mut self, code: u16) {
        if let Transport::Open(link) = std::mem::replace(&mut self.transport, Transport::None) {
            let limit = self.clock.sleep(self.close_within);
            self.closing = Some(
                async move {
                    tokio::select! {
                        () = link.close(code) => {}
                        () = limit => {}
                    }
                }
                .boxed(),
            );
        }
    }

    fn publish_state(&mut self) {
        let status = self.machine.status();
        match &status.last_cause {
            // Not the cause's sentence: a server may quote the key in it.
            Some(cause) if !status.is_connected() => info!(
                state = ?status.state,
                phase = ?cause.phase,
                cause = cause.kind.code(),
                code = cause.code,
                "connection"
            ),
            _ => info!(state = ?status.state, "connection"),
        }
        self.publish.send_replace(status.clone());
        let notice = Notice::State(Box::new(status.clone()));
        self.notify(notice);
    }

    /// Returns the number of events that were lost because the consumer was too slow.
    fn notify(&self, notice: Notice) -> u64 {
        self.mailbox.push(notice, self.user, self.clock.wall())
    }
}

async fn next_of(transport: &mut Transport) -> Woken {
    match transport {
        Transport::None => pending().await,
        Transport::Opening(opening) => Woken::Opened((&mut opening.attempt).await),
        Transport::Open(link) => Woken::Link(link.next().await),
    }
}

async fn or_never(future: Option<&mut BoxFuture<'static, ()>>) {
    match future {
        Some(future) => future.await,
        None => pending().await,
    }
}
