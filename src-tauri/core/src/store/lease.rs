//! The right to send, which one process at a time holds.
//!
//! A lease is a row with a holder and an end. The holder renews it well before its end. A process that has ended does
//! not renew it, and after [`LIFETIME`] another process takes it over. In the same transaction, the intents that the
//! ended process had in flight become *unclear*, so the hotel is read before a request is repeated.

use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};

use super::columns::{number, text};
use super::{StoreError, Tx, intents};

/// The time for which a lease lasts without a renewal. After a crash another process takes it over within this time.
pub const LIFETIME: Duration = Duration::from_secs(8);
/// The interval of renewals.
pub const RENEWAL: Duration = Duration::from_secs(2);

/// The right that a lease gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lease {
    /// The right to send the outbox.
    Sender,
    /// The right to press the clock.
    Clock,
}

impl Lease {
    fn name(self) -> &'static str {
        match self {
            Self::Sender => "sender",
            Self::Clock => "clock",
        }
    }
}

/// Takes or renews the lease. Returns false if another process holds it.
pub fn hold(tx: &mut Tx<'_>, lease: Lease, holder: &str, now: Timestamp) -> Result<bool, StoreError> {
    let current: Option<(String, i64)> = tx
        .query_row("SELECT holder, until FROM lease WHERE name = ?1", [lease.name()], |row| {
            Ok((text(row, 0)?, number(row, 1)?))
        })
        .optional()?;
    let now_ms = now.as_millisecond();
    let lifetime = i64::try_from(LIFETIME.as_millis()).unwrap_or(i64::MAX);
    let mine = current.as_ref().is_some_and(|(current, _)| current == holder);
    // An end further away than a lifetime was written before the clock was set back.
    let valid = current.as_ref().is_some_and(|(_, until)| now_ms < *until && *until <= now_ms + lifetime);
    if valid && !mine {
        return Ok(false);
    }
    tx.execute(
        "INSERT INTO lease VALUES (?1, ?2, ?3)
         ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until",
        (lease.name(), holder, now_ms + lifetime),
    )?;
    if !mine && lease == Lease::Sender {
        intents::in_flight_becomes_unclear(tx)?;
    }
    Ok(true)
}

/// Returns true if `holder` is in the row, at any time. The transactions of a sender check this.
pub fn is_held_by(connection: &Connection, lease: Lease, holder: &str) -> Result<bool, StoreError> {
    Ok(connection
        .query_row("SELECT holder FROM lease WHERE name = ?1", [lease.name()], |row| text(row, 0))
        .optional()?
        .is_some_and(|current| current == holder))
}

/// Releases the lease, so that another process need not wait for its end. The intents in flight become unclear.
pub fn release(tx: &mut Tx<'_>, lease: Lease, holder: &str) -> Result<(), StoreError> {
    let held = tx.any_rows("DELETE FROM lease WHERE name = ?1 AND holder = ?2", [lease.name(), holder])?;
    if held > 0 && lease == Lease::Sender {
        intents::in_flight_becomes_unclear(tx)?;
    }
    Ok(())
}
