//! The keys and the time of one command.

use jiff::Timestamp;

use crate::ids::{IntentId, LocalId};

/// Fresh keys for what one command may need, made outside the transaction.
#[derive(Debug, Clone, Copy)]
pub struct Fresh {
    /// For a new entity.
    pub local: LocalId,
    /// For a first intent.
    pub first: IntentId,
    /// For a second intent.
    pub second: IntentId,
    /// The time of the command.
    pub now: Timestamp,
}
