//! The person's duty status, and the intent about it.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};

use super::columns::{number, optional_text, text};
use super::{StoreError, Tx};
use crate::resources::{Duty, DutyStatus};
use crate::views::Change;

/// A stored intent to be on or off duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredDutyIntent {
    /// The wanted state.
    pub on_duty: bool,
    /// The time when it lapses.
    pub until: Timestamp,
    /// True if the press may have left this machine. It is never sent a second time.
    pub sent: bool,
}

/// Returns the duty status from the hotel's last answer or event.
pub fn get(connection: &Connection) -> Result<Option<Duty>, StoreError> {
    Ok(connection
        .query_row("SELECT status, since, confirmed_at FROM duty", [], |row| {
            Ok(Duty {
                // The next read of the hotel replaces a damaged status.
                status: DutyStatus::named(&text(row, 0)?).unwrap_or(DutyStatus::OffDuty),
                since: optional_text(row, 1)?.and_then(|text| text.parse().ok()),
                confirmed_at: moment(number(row, 2)?),
            })
        })
        .optional()?)
}

/// Stores the duty status from the hotel. Announces a change only if it differs.
pub fn set(tx: &mut Tx<'_>, duty: &Duty) -> Result<(), StoreError> {
    let known = get(tx)?;
    tx.execute(
        "INSERT OR REPLACE INTO duty VALUES (1, ?1, ?2, ?3)",
        (duty.status.name(), duty.since.map(|since| since.to_string()), duty.confirmed_at.as_millisecond()),
    )?;
    if known.is_none_or(|known| (known.status, known.since) != (duty.status, duty.since)) {
        tx.changed(Change::Duty);
    }
    Ok(())
}

/// Returns the intent, if there is one.
pub fn intent(connection: &Connection) -> Result<Option<StoredDutyIntent>, StoreError> {
    Ok(connection
        .query_row("SELECT on_duty, until, sent FROM duty_intent", [], |row| {
            Ok(StoredDutyIntent { on_duty: row.get(0)?, until: moment(row.get(1)?), sent: row.get(2)? })
        })
        .optional()?)
}

/// Stores an intent and replaces the previous one.
pub fn set_intent(tx: &mut Tx<'_>, intent: StoredDutyIntent) -> Result<(), StoreError> {
    tx.execute(
        "INSERT OR REPLACE INTO duty_intent VALUES (1, ?1, ?2, ?3)",
        (intent.on_duty, intent.until.as_millisecond(), intent.sent),
    )?;
    tx.changed(Change::Duty);
    Ok(())
}

/// Removes the intent: done, lapsed or cancelled.
pub fn clear_intent(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    tx.any_rows("DELETE FROM duty_intent", [])?;
    tx.changed(Change::Duty);
    Ok(())
}

fn moment(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH)
}
