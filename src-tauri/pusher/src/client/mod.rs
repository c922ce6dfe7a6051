//! The running client: one task that owns the socket and the [`Machine`].
//!
//! The task waits for the first of a command, a frame and the machine's deadline, steps the machine, and carries out
//! its outputs. It never waits for the consumer and never waits for a write: notices go into a bounded mailbox, frames
//! into the WebSocket's bounded write buffer. So pings are answered even while the program is busy (checks 37, 96).
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

/// A handle to a running client. Clones control the same connection; when the last one is dropped the connection is
/// closed and the [`Events`] end.
#[derive(Clone)]
pub struct Client {
    commands: mpsc::UnboundedSender<Command>,
    status: watch::Receiver<Status>,
    mailbox: Arc<Mailbox>,
    /// The user to be signed in. Locked while commands about it are sent, so that they keep their order.
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

    /// Connects, and stays connected until [`Client::disconnect`]. Does nothing if the client is already connecting or
    /// connected; tries again if the server has refused.
    pub fn connect(&self) {
        self.command(Input::Connect);
    }

    /// Closes the connection and does not reconnect (check 32). Subscriptions are kept for the next
    /// [`Client::connect`].
    pub fn disconnect(&self) {
        self.command(Input::Disconnect);
    }

    /// Subscribes to a channel, now or as soon as there is a connection (check 65). Each call is undone by one
    /// [`Client::unsubscribe`], also after a failure of the channel (check 56). If the channel has failed, this asks
    /// again, as [`Client::ask_again`] does.
    ///
    /// # Errors
    /// If the name breaks the rules (check 64), the channel needs authorization and the settings have no
    /// [`Authorizer`](crate::Authorizer), or the client has been shut down.
    pub fn subscribe(&self, channel: &str) -> Result<(), ChannelError> {
        self.subscribe_with(channel, Priority::Normal)
    }

    /// Subscribes with a priority, which matters if there are many channels (check 68).
    ///
    /// # Errors
    /// The errors of [`Client::subscribe`].
    pub fn subscribe_with(&self, channel: &str, priority: Priority) -> Result<(), ChannelError> {
        let name = ChannelName::parse(channel, self.channel_name_limit)?;
        let kind = name.kind();
        if kind.needs_authorization() && !self.has_authorizer {
            return Err(ChannelError::NeedsAuthorizer { kind });
        }
        let command = Command::Input(Input::SubscribeWith(name, priority));
        self.commands.send(command).map_err(|_| ChannelError::Closed)
    }

    /// Undoes one subscription of a channel. Does nothing for a channel without a subscription.
    pub fn unsubscribe(&self, channel: &str) {
        if let Ok(name) = ChannelName::parse(channel, self.channel_name_limit) {
            self.command(Input::Unsubscribe(name));
        }
    }

    /// Asks again for a channel that has failed (checks 59, 72): at once, or as soon as there is a connection. Does
    /// nothing for any other, and does not count as a subscription of its own.
    pub fn ask_again(&self, channel: &str) {
        if let Ok(name) = ChannelName::parse(channel, self.channel_name_limit) {
            self.command(Input::AskAgain(name));
        }
    }

    /// Signs a user in, now and on every later connection (check 79). `user_id` is the expected user: an authorization
    /// for another user is not used. If another user was to be signed in, this first does a [`Client::sign_out`].
    pub fn sign_in(&self, user_id: &str) {
        let id = Secret::new(user_id);
        let mut user = self.user.lock().unwrap_or_else(PoisonError::into_inner);
        if user.as_ref().is_some_and(|other| *other != id) {
            self.change_user();
        }
        *user = Some(id.clone());
        self.command(Input::SignIn(id));
    }

    /// Signs the user out and removes all personal data of the user (check 81): the connection is replaced by another
    /// one, private, presence and encrypted channels are no longer wanted, and from this call on [`Events`] returns
    /// nothing personal from before. Public channels stay, with a gap. Call it before another person uses the program,
    /// also if no user was signed in by [`Client::sign_in`].
    pub fn sign_out(&self) {
        let mut user = self.user.lock().unwrap_or_else(PoisonError::into_inner);
        *user = None;
        self.change_user();
    }

    fn change_user(&self) {
        self.mailbox.change_user();
        self.command(Input::SignOut);
    }

    /// Call it when a person has renewed the session with the program's own server: everything that the server refused
    /// is requested again (checks 72, 73).
    pub fn authorize_again(&self) {
        self.command(Input::AuthorizeAgain);
    }

    /// Sends an event to the other members of a private or presence channel. Its name begins with `client-`. More than
    /// ten a second wait for their turn (check 107).
    ///
    /// Success means that it was handed to the connection. Its arrival cannot be known, and it is never repeated (check
    /// 108).
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

    /// Returns the members of a presence channel (check 100); `None` before its first confirmation, and on other
    /// channels. After a loss of the link it is the last known table, marked as stale, until the new one has come.
    pub async fn members(&self, channel: &str) -> Option<Members> {
        let channel = ChannelName::parse(channel, self.channel_name_limit).ok()?;
        let (answer, answered) = oneshot::channel();
        self.commands.send(Command::Members(channel, answer)).ok()?;
        answered.await.ok()?
    }

    /// Notes that the program has the data of `key` from another source, such as a fetch: an event of the channel with
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

    /// Call it when the operating system reports another network (checks 42, 50).
    pub fn network_changed(&self) {
        self.command(Input::NetworkChanged);
    }

    /// Call it when the operating system reports that the machine woke up (check 40). Sleeps are noticed without it;
    /// this only makes it faster.
    pub fn woke_up(&self) {
        self.command(Input::WakeNotice);
    }

    /// Returns the whole status at this moment (check 54).
    #[must_use]
    pub fn status(&self) -> Status {
        self.status.borrow().clone()
    }

    /// Returns a receiver of the changing status, with the wanted and confirmed channels (check 54). Counters and the
    /// time of the last traffic are always current in it, but do not by themselves count as a change.
    #[must_use]
    pub fn status_watch(&self) -> watch::Receiver<Status> {
        self.status.clone()
    }

    fn command(&self, input: Input) {
        // The task lives longer than every handle, unless the runtime is shutting down; then the input is not needed.
        let _ = self.commands.send(Command::Input(input));
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("status", &*self.status.borrow()).finish_non_exhaustive()
    }
}

impl Events {
    /// Returns the next notice; `None` after every [`Client`] is gone and all notices have been taken. Dropping the
    /// future loses nothing.
    pub async fn next(&mut self) -> Option<Notice> {
        self.mailbox.next().await
    }

    /// Returns the next notice and those that wait behind it, so that a program can handle a burst together. At most
    /// `most`, and at least one. `None` as for [`next`](Self::next). Dropping the future loses nothing.
    pub async fn next_together(&mut self, most: usize) -> Option<Vec<Notice>> {
        let mut notices = vec![self.next().await?];
        notices.extend(std::iter::from_fn(|| self.mailbox.next_now()).take(most.saturating_sub(1)));
        Some(notices)
    }
}

impl fmt::Debug for Events {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").finish_non_exhaustive()
    }
}
