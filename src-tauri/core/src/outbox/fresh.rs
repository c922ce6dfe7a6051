//! The keys and the time of one command.

use jiff::Timestamp;

use crate::ids::{IntentId, LocalId};

/// Fresh keys for one command, generated outside the transaction.
#[derive(Debug, Clone, Copy)]
pub struct Fresh {
    /// The key for a new entity.
    pub local: LocalId,
    /// The key for a first intent.
    pub first: IntentId,
    /// The key for a second intent.
    pub second: IntentId,
    /// The time of the command.
    pub now: Timestamp,
}
