//! The wake-ups of an engine's tasks. None of them carries a message: a task that wakes looks at the database.

use tokio::sync::Notify;

/// A wake-up for each task. One that comes while its task is busy is kept until the task waits again.
#[derive(Debug, Default)]
pub struct Wakes {
    /// An intent may be ready to be sent.
    pub push: Notify,
    /// Everything has to be read.
    pub pull: Notify,
    /// A single read is planned.
    pub planned: Notify,
    /// The live connection is lost: the next read comes sooner.
    pub poll: Notify,
    /// A loss is now held back from the screens, or no longer.
    pub debounce: Notify,
    /// The intent about the clock has changed.
    pub duty: Notify,
    /// Messages of the guest chat may have to be read.
    pub chat: Notify,
    /// A picture may have to be fetched.
    pub pictures: Notify,
    /// The live connection may be tried at once.
    pub live: Notify,
    /// The system is on another network.
    pub network: Notify,
    /// The signed-in person or the server's generation is known: there may be other channels to join.
    pub channels: Notify,
}

impl Wakes {
    /// Wakes every task that waits for the hotel.
    pub fn all(&self) {
        for task in [&self.push, &self.pull, &self.duty, &self.chat, &self.pictures] {
            task.notify_one();
        }
    }
}
