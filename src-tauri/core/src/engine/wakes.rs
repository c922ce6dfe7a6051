//! What wakes the tasks of an engine. None of them carries a message: a task that wakes looks at the database.

use tokio::sync::Notify;

/// A wake-up for each task. One that comes while the task is busy waits for it.
#[derive(Debug, Default)]
pub struct Wakes {
    /// Something to send.
    pub push: Notify,
    /// Something to read.
    pub pull: Notify,
    /// A single read is planned.
    pub planned: Notify,
    /// Nothing tells of changes any more: the next read comes sooner.
    pub poll: Notify,
    /// A loss is held back from the screens, or no longer.
    pub debounce: Notify,
    /// Something about the clock.
    pub duty: Notify,
    /// A picture to fetch.
    pub pictures: Notify,
    /// The live connection may be tried at once.
    pub live: Notify,
    /// The system is on another network.
    pub network: Notify,
    /// It is known who one is, or how old the server is: there may be other channels to listen to.
    pub channels: Notify,
}

impl Wakes {
    /// Whatever waits for the hotel goes on.
    pub fn all(&self) {
        for task in [&self.push, &self.pull, &self.duty, &self.pictures] {
            task.notify_one();
        }
    }
}
