//! The requests for authorization that wait to be sent.

use std::time::Duration;

use super::Priority;
use crate::channel::ChannelName;

/// The purpose of a request. The order is that of sending.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    SignIn,
    /// Another key for a channel that is already confirmed.
    Rekey(ChannelName),
    Subscribe(ChannelName),
}

impl What {
    pub fn channel(&self) -> Option<&ChannelName> {
        match self {
            Self::SignIn => None,
            Self::Rekey(name) | Self::Subscribe(name) => Some(name),
        }
    }
}

/// A request that waits to be sent.
#[derive(Debug)]
pub(super) struct Job {
    pub what: What,
    pub priority: Priority,
    pub order: u64,
    /// Monotonic time before which it is not sent.
    pub not_before: Duration,
    pub failures: u32,
    /// True if an earlier answer said that the session has expired.
    pub renewed: bool,
}

impl Job {
    pub fn new(what: What, priority: Priority, order: u64) -> Self {
        Self { what, priority, order, not_before: Duration::ZERO, failures: 0, renewed: false }
    }

    pub fn rank(&self) -> (bool, Priority, u32, u64) {
        (matches!(self.what, What::Subscribe(_)), self.priority, self.failures, self.order)
    }
}
