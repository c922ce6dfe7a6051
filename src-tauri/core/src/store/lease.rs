//! Who may send: one process at a time.
//!
//! A lease is a row with a holder and an end. It is renewed well before its end; a process that dies does
//! not renew it, and [`LIFETIME`] later another one takes over. Taking over turns what the dead one had in
//! flight into *unclear*, in the same transaction, so that the hotel is read before anything is repeated.

use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};

use super::columns::{number, text};
use super::{StoreError, Tx, intents};

/// How long a lease lasts unless renewed. A crash is taken over within this time.
pub const LIFETIME: Duration = Duration::from_secs(8);
/// How often it is renewed.
pub const RENEWAL: Duration = Duration::from_secs(2);

/// What the holder of a lease may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lease {
    /// Send what is in the outbox.
    Sender,
    /// Press the clock.
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

/// Takes or renews the lease. False when somebody else holds it.
pub fn hold(tx: &mut Tx<'_>, lease: Lease, holder: &str, now: Timestamp) -> Result<bool, StoreError> {
    let current: Option<(String, i64)> = tx
        .query_row("SELECT holder, until FROM lease WHERE name = ?1", [lease.name()], |row| {
            Ok((text(row, 0)?, number(row, 1)?))
        })
        .optional()?;
    let now_ms = now.as_millisecond();
    let lifetime = i64::try_from(LIFETIME.as_millis()).unwrap_or(i64::MAX);
    let mine = current.as_ref().is_some_and(|(current, _)| current == holder);
    // An end further away than a lifetime was written by a clock that has since been set back.
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

/// True while `holder` holds the lease, whatever the time: the check inside the transactions of a sender.
pub fn is_held_by(connection: &Connection, lease: Lease, holder: &str) -> Result<bool, StoreError> {
    Ok(connection
        .query_row("SELECT holder FROM lease WHERE name = ?1", [lease.name()], |row| text(row, 0))
        .optional()?
        .is_some_and(|current| current == holder))
}

/// Gives the lease back, so that another process need not wait for its end. What is still on its way then is unclear.
pub fn release(tx: &mut Tx<'_>, lease: Lease, holder: &str) -> Result<(), StoreError> {
    let held = tx.any_rows("DELETE FROM lease WHERE name = ?1 AND holder = ?2", [lease.name(), holder])?;
    if held > 0 && lease == Lease::Sender {
        intents::in_flight_becomes_unclear(tx)?;
    }
    Ok(())
}
