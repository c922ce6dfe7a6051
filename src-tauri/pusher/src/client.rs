//! The running client: one task that owns the socket, the [`Machine`] and nothing else.
//!
//! The task waits for whichever comes first of a command, a frame and the machine's deadline, steps the
//! machine, and carries out what it says. It never waits for the consumer and never waits for a write:
//! notices go into a bounded mailbox, frames into the WebSocket's bounded write buffer. So pings are
//! answered whatever the program does (checks 37, 96).
//!
//! [`Machine`]: crate::machine::Machine

mod link;
mod mailbox;
mod open;
mod task;

use std::fmt;
use std::sync::Arc;

use tokio::sync::{mpsc, watch};

use crate::channel::{ChannelError, ChannelName};
use crate::config::Config;
use crate::machine::Input;
use crate::notice::Notice;
use crate::status::Status;
use crate::time::SharedClock;

use mailbox::Mailbox;
use task::Task;

/// A handle to a running client. Clones steer the same connection; when the last one is dropped the
/// connection is closed and the [`Events`] end.
#[derive(Clone)]
pub struct Client {
    commands: mpsc::UnboundedSender<Input>,
    status: watch::Receiver<Status>,
    channel_name_limit: usize,
}

/// The receiving end of a client.
pub struct Events {
    mailbox: Arc<Mailbox>,
}

impl Client {
    /// Starts a client on the current tokio runtime. It does nothing until [`Client::connect`].
    ///
    /// # Panics
    /// Outside a tokio runtime.
    #[must_use]
    pub fn start(config: Config, clock: SharedClock) -> (Self, Events) {
        let (commands, inbox) = mpsc::unbounded_channel();
        let (publish, status) = watch::channel(Status::new(clock.wall()));
        let mailbox = Arc::new(Mailbox::new(config.queue));
        let channel_name_limit = config.channel_name_limit;
        tokio::spawn(Task::new(config, clock, publish, Arc::clone(&mailbox)).run(inbox));
        (Self { commands, status, channel_name_limit }, Events { mailbox })
    }

    /// Connects, and stays connected until [`Client::disconnect`]. Does nothing if that is so already;
    /// tries again if the server has refused.
    pub fn connect(&self) {
        self.command(Input::Connect);
    }

    /// Closes the connection and stays away (check 32). Subscriptions are remembered for the next
    /// [`Client::connect`].
    pub fn disconnect(&self) {
        self.command(Input::Disconnect);
    }

    /// Wants events of a channel, now or as soon as there is a connection (check 65). Each call is
    /// undone by one [`Client::unsubscribe`] (check 56); on a channel that has failed it asks again.
    ///
    /// # Errors
    /// If the name breaks the rules (check 64), or the client has been shut down.
    pub fn subscribe(&self, channel: &str) -> Result<(), ChannelError> {
        let name = ChannelName::parse(channel, self.channel_name_limit)?;
        self.commands.send(Input::Subscribe(name)).map_err(|_| ChannelError::Closed)
    }

    /// Wants no more events of a channel. One that was never subscribed is left alone.
    pub fn unsubscribe(&self, channel: &str) {
        if let Ok(name) = ChannelName::parse(channel, self.channel_name_limit) {
            self.command(Input::Unsubscribe(name));
        }
    }

    /// Tries now instead of waiting, also after a refusal; checks the link if there is one.
    pub fn retry_now(&self) {
        self.command(Input::RetryNow);
    }

    /// To be called when the operating system reports another network (checks 42, 50).
    pub fn network_changed(&self) {
        self.command(Input::NetworkChanged);
    }

    /// To be called when the operating system reports that the machine woke up (check 40). Sleeps are
    /// noticed without it; this only makes it faster.
    pub fn woke_up(&self) {
        self.command(Input::WakeNotice);
    }

    /// The whole picture as of now (check 54).
    #[must_use]
    pub fn status(&self) -> Status {
        self.status.borrow().clone()
    }

    /// The picture as it changes. Counters and the time of the last traffic are always current in it,
    /// but do not by themselves count as a change.
    #[must_use]
    pub fn status_watch(&self) -> watch::Receiver<Status> {
        self.status.clone()
    }

    fn command(&self, input: Input) {
        // The task outlives every handle unless the runtime is shutting down, when nothing matters.
        let _ = self.commands.send(input);
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("status", &*self.status.borrow()).finish_non_exhaustive()
    }
}

impl Events {
    /// The next notice; `None` once every [`Client`] is gone and everything before has been taken.
    /// Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<Notice> {
        self.mailbox.next().await
    }
}

impl fmt::Debug for Events {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").finish_non_exhaustive()
    }
}
