//! The running client: one task that owns the socket, the [`Machine`] and nothing else.
//!
//! The task waits for whichever comes first of a command, a frame and the machine's deadline, steps the
//! machine, and carries out what it says. It never waits for the consumer and never waits for a write:
//! notices go into a bounded mailbox, frames into the WebSocket's bounded write buffer. So pings are
//! answered whatever the program does (checks 37, 96).
//!
//! [`Machine`]: crate::machine::Machine

mod jobs;
mod link;
mod mailbox;
mod open;
mod proxy;
mod task;

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;
use tokio::sync::{mpsc, oneshot, watch};

use crate::channel::{ChannelError, ChannelName};
use crate::config::Config;
use crate::machine::{ClientEvent, Input, Priority, TriggerError};
use crate::notice::Notice;
use crate::presence::Members;
use crate::secret::Secret;
use crate::status::Status;
use crate::time::SharedClock;

use mailbox::Mailbox;
pub use open::platform_tls;
use task::{Command, Task};

/// A handle to a running client. Clones steer the same connection; when the last one is dropped the
/// connection is closed and the [`Events`] end.
#[derive(Clone)]
pub struct Client {
    commands: mpsc::UnboundedSender<Command>,
    status: watch::Receiver<Status>,
    mailbox: Arc<Mailbox>,
    /// Who is to be signed in. Held while commands about it are given, so that they keep their order.
    user: Arc<Mutex<Option<Secret>>>,
    channel_name_limit: usize,
    has_authorizer: bool,
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
        let mailbox = Arc::new(Mailbox::new(config.queue, config.queue_bytes));
        let client = Self {
            commands,
            status,
            mailbox: Arc::clone(&mailbox),
            user: Arc::default(),
            channel_name_limit: config.channel_name_limit,
            has_authorizer: config.authorizer.is_some(),
        };
        tokio::spawn(Task::new(config, clock, publish, Arc::clone(&mailbox)).run(inbox));
        (client, Events { mailbox })
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
    /// undone by one [`Client::unsubscribe`], whatever becomes of the channel (check 56). If it has failed, this asks
    /// again, as [`Client::ask_again`] does.
    ///
    /// # Errors
    /// If the name breaks the rules (check 64), the channel needs authorization and the settings name no
    /// [`Authorizer`](crate::Authorizer), or the client has been shut down.
    pub fn subscribe(&self, channel: &str) -> Result<(), ChannelError> {
        self.subscribe_with(channel, Priority::Normal)
    }

    /// The same with a place before others, which matters when there are many (check 68).
    ///
    /// # Errors
    /// As [`Client::subscribe`].
    pub fn subscribe_with(&self, channel: &str, priority: Priority) -> Result<(), ChannelError> {
        let name = ChannelName::parse(channel, self.channel_name_limit)?;
        let kind = name.kind();
        if kind.needs_authorization() && !self.has_authorizer {
            return Err(ChannelError::NeedsAuthorizer { kind });
        }
        let command = Command::Input(Input::SubscribeWith(name, priority));
        self.commands.send(command).map_err(|_| ChannelError::Closed)
    }

    /// Wants no more events of a channel. One that was never subscribed is left alone.
    pub fn unsubscribe(&self, channel: &str) {
        if let Ok(name) = ChannelName::parse(channel, self.channel_name_limit) {
            self.command(Input::Unsubscribe(name));
        }
    }

    /// Asks again for a channel that has failed (checks 59, 72): at once, or as soon as there is a connection. Does
    /// nothing for any other, and does not count as an intent of its own.
    pub fn ask_again(&self, channel: &str) {
        if let Ok(name) = ChannelName::parse(channel, self.channel_name_limit) {
            self.command(Input::AskAgain(name));
        }
    }

    /// Signs a user in, now and on every connection to come (check 79). `user_id` is who it must be: an
    /// authorization for anybody else is not used. If somebody else was to be signed in, this is a
    /// [`Client::sign_out`] first.
    pub fn sign_in(&self, user_id: &str) {
        let id = Secret::new(user_id);
        let mut user = self.user.lock().unwrap_or_else(PoisonError::into_inner);
        if user.as_ref().is_some_and(|other| *other != id) {
            self.change_user();
        }
        *user = Some(id.clone());
        self.command(Input::SignIn(id));
    }

    /// Nobody is to be signed in, and nothing of the user before is to remain (check 81): the connection is
    /// replaced by another, private, presence and encrypted channels are no longer wanted, and from this
    /// call on [`Events`] gives out nothing personal that came before. Public channels stay, with a gap.
    /// Needed before another person uses the program, also where nobody was signed in by
    /// [`Client::sign_in`].
    pub fn sign_out(&self) {
        let mut user = self.user.lock().unwrap_or_else(PoisonError::into_inner);
        *user = None;
        self.change_user();
    }

    fn change_user(&self) {
        self.mailbox.change_user();
        self.command(Input::SignOut);
    }

    /// To be called when a person has renewed the session with the program's own server: everything that was
    /// refused by it is asked for again (checks 72, 73).
    pub fn authorize_again(&self) {
        self.command(Input::AuthorizeAgain);
    }

    /// Sends an event to the other members of a private or presence channel. Its name begins with
    /// `client-`. More than ten a second wait for their turn (check 107).
    ///
    /// Success means that it was handed to the connection. Whether it arrives nobody can know, and it is
    /// never repeated (check 108).
    ///
    /// # Errors
    /// The reason why it was not sent.
    pub async fn trigger(&self, channel: &str, name: &str, data: Value) -> Result<(), TriggerError> {
        let channel = ChannelName::parse(channel, self.channel_name_limit)?;
        let event = ClientEvent { channel, name: name.to_owned(), data };
        let (answer, answered) = oneshot::channel();
        let closed = || TriggerError::Channel(ChannelError::Closed);
        self.commands.send(Command::Trigger(event, answer)).map_err(|_| closed())?;
        answered.await.map_err(|_| closed())?
    }

    /// Who is on a presence channel (check 100); `None` before its first confirmation, and on other channels.
    /// After a loss of the link it is the last known table, marked as stale, until the new one has come.
    pub async fn members(&self, channel: &str) -> Option<Members> {
        let channel = ChannelName::parse(channel, self.channel_name_limit).ok()?;
        let (answer, answered) = oneshot::channel();
        self.commands.send(Command::Members(channel, answer)).ok()?;
        answered.await.ok()?
    }

    /// Tells that what `key` stands for is known from elsewhere, such as a fetch: an event of the channel with
    /// this key is dropped as a duplicate (check 93). Keys are those of
    /// [`Config::duplicate_key`](crate::Config::duplicate_key).
    pub fn seen(&self, channel: &str, key: &str) {
        if let Ok(name) = ChannelName::parse(channel, self.channel_name_limit) {
            self.command(Input::Seen(name, key.to_owned()));
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

    /// The picture as it changes, channels wanted and confirmed included (check 54). Counters and the time of the
    /// last traffic are always current in it, but do not by themselves count as a change.
    #[must_use]
    pub fn status_watch(&self) -> watch::Receiver<Status> {
        self.status.clone()
    }

    fn command(&self, input: Input) {
        // The task outlives every handle unless the runtime is shutting down, when nothing matters.
        let _ = self.commands.send(Command::Input(input));
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
