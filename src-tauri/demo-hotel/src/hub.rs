//! The open sockets, and the channels to which they are subscribed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use serde_json::json;
use tokio::sync::mpsc::UnboundedSender;

/// A command to the task that owns a socket.
#[derive(Clone, Debug)]
pub(crate) enum Outgoing {
    /// A text frame.
    Text(String),
    /// A close frame, then the end.
    Close { code: u16, reason: &'static str },
    /// Send and read nothing more, but stay connected.
    Silence,
}

/// An event on its way to the listeners of a channel.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) channel: String,
    pub(crate) name: String,
    /// The data as a text, as it is sent.
    pub(crate) data: String,
    /// The socket that does not get it.
    pub(crate) except: Option<String>,
}

/// All open sockets. One event is sent to all its listeners before the next one.
#[derive(Debug, Default)]
pub(crate) struct Hub(Mutex<Table>);

#[derive(Debug, Default)]
struct Table {
    sockets: BTreeMap<String, Socket>,
    opened: u64,
    /// Events that wait until the next one has overtaken them.
    held: Vec<Event>,
    /// Events that wait for the end of a pause, if there is one.
    paused: Option<Vec<Event>>,
}

#[derive(Debug)]
struct Socket {
    outbox: UnboundedSender<Outgoing>,
    channels: BTreeSet<String>,
}

impl Hub {
    /// Adds a socket and returns its id, `<digits>.<digits>`, which depends only on the seed and its number.
    pub(crate) fn open(&self, seed: u64, outbox: UnboundedSender<Outgoing>) -> String {
        let mut table = self.lock();
        table.opened += 1;
        let turn = table.opened;
        let id = format!("{}.{turn}", seed % 1_000_000 + 100_000);
        table.sockets.insert(id.clone(), Socket { outbox, channels: BTreeSet::new() });
        id
    }

    pub(crate) fn close(&self, id: &str) {
        self.lock().sockets.remove(id);
    }

    /// Subscribes and acknowledges in one step, so that no event can come between. Returns `false` if the socket was
    /// already subscribed.
    pub(crate) fn subscribe(&self, id: &str, channel: &str) -> bool {
        let mut table = self.lock();
        let Some(socket) = table.sockets.get_mut(id) else { return false };
        if !socket.channels.insert(channel.to_owned()) {
            return false;
        }
        let acknowledgement =
            json!({"event": "pusher_internal:subscription_succeeded", "channel": channel, "data": "{}"});
        socket.send(Outgoing::Text(acknowledgement.to_string()));
        true
    }

    pub(crate) fn unsubscribe(&self, id: &str, channel: &str) {
        if let Some(socket) = self.lock().sockets.get_mut(id) {
            socket.channels.remove(channel);
        }
    }

    /// Sends the event to its listeners, then those that were held back for it.
    pub(crate) fn deliver(&self, event: &Event) {
        let mut table = self.lock();
        if let Some(paused) = &mut table.paused {
            paused.push(event.clone());
            return;
        }
        table.deliver(event);
        for held in std::mem::take(&mut table.held) {
            table.deliver(&held);
        }
    }

    /// Holds the event until another one has gone out.
    pub(crate) fn hold(&self, event: Event) {
        self.lock().held.push(event);
    }

    /// Holds every event until [`resume`](Self::resume).
    pub(crate) fn pause(&self) {
        self.lock().paused.get_or_insert_default();
    }

    /// Sends the events of the pause at once, in their order.
    pub(crate) fn resume(&self) {
        let paused = self.lock().paused.take();
        for event in paused.into_iter().flatten() {
            self.deliver(&event);
        }
    }

    /// Sends the same command to every socket.
    pub(crate) fn notify_all(&self, outgoing: &Outgoing) {
        for socket in self.lock().sockets.values() {
            socket.send(outgoing.clone());
        }
    }

    /// Returns the channels with listeners, and their numbers.
    pub(crate) fn occupied(&self) -> BTreeMap<String, usize> {
        let mut occupied = BTreeMap::new();
        for channel in self.lock().sockets.values().flat_map(|socket| &socket.channels) {
            *occupied.entry(channel.clone()).or_insert(0) += 1;
        }
        occupied
    }

    /// Returns the number of open sockets.
    pub(crate) fn open_sockets(&self) -> usize {
        self.lock().sockets.len()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Table> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    fn deliver(&self, event: &Event) {
        let frame = json!({"event": event.name, "channel": event.channel, "data": event.data}).to_string();
        for (id, socket) in &self.sockets {
            if socket.channels.contains(&event.channel) && event.except.as_deref() != Some(id) {
                socket.send(Outgoing::Text(frame.clone()));
            }
        }
    }
}

impl Socket {
    /// Sends to a socket. If its task has ended, the message is lost, as on any network.
    fn send(&self, outgoing: Outgoing) {
        if self.outbox.send(outgoing).is_err() {
            tracing::debug!("a socket went away while something was on its way to it");
        }
    }
}
