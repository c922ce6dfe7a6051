//! The last press of each person's clock: since when people are on duty, and by which old events are recognised.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};

use super::columns::{number, optional_text, text};
use super::entities::next_revision;
use super::{StoreError, Tx};
use crate::ids::ServerId;
use crate::resources::{DutyStatus, Kind};
use crate::views::Change;

/// The number of stored presses, one per person. It is larger than the staff of any hotel.
const REMEMBERED: i64 = 2000;

/// The person whose clock was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Presser {
    /// The signed-in person.
    Me,
    /// A colleague, by the number of the staff record.
    Staff(ServerId),
    /// A colleague, by the number of the user account. Some events contain no other number.
    User(ServerId),
}

impl Presser {
    fn key(self) -> String {
        match self {
            Self::Me => "me".to_owned(),
            Self::Staff(id) => format!("{STAFF}{id}"),
            Self::User(id) => format!("user {id}"),
        }
    }
}

const STAFF: &str = "staff ";

/// A press of a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Press {
    /// The state after the press.
    pub status: DutyStatus,
    /// The hotel's time of the press, if it is known.
    pub at: Option<Timestamp>,
}

/// The last press of a colleague.
#[derive(Clone, PartialEq, Eq)]
pub struct LastPress {
    /// The press.
    pub press: Press,
    /// The revision at which it was stored.
    pub revision: i64,
    /// The colleague's name, or empty if the event had none.
    pub name: String,
    /// The department, or empty if the event had none.
    pub department: String,
}

crate::private::hides!(LastPress { press, revision; name, department });

/// Returns the last press of a person.
pub fn last(connection: &Connection, who: Presser) -> Result<Option<Press>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT status, at FROM duty_press WHERE who = ?1")?;
    Ok(statement.query_row([who.key()], press).optional()?.flatten())
}

/// Returns the last press of each colleague whose staff number is known.
pub fn of_staff(connection: &Connection) -> Result<HashMap<ServerId, LastPress>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT status, at, who, revision, name, department FROM duty_press")?;
    let rows = statement.query_map([], |row| {
        Ok((text(row, 2)?, press(row)?, number(row, 3)?, text(row, 4)?, text(row, 5)?))
    })?;
    let mut presses = HashMap::new();
    for row in rows {
        let (who, press, revision, name, department) = row?;
        let id = who.strip_prefix(STAFF).and_then(|id| id.parse().ok());
        if let (Some(id), Some(press)) = (id, press) {
            presses.insert(ServerId(id), LastPress { press, revision, name, department });
        }
    }
    Ok(presses)
}

/// Stores the last press of a person. `name` and `department` may be empty: then those of an earlier event stay.
pub fn note(
    tx: &mut Tx<'_>,
    who: Presser,
    press: Press,
    (name, department): (&str, &str),
) -> Result<(), StoreError> {
    let revision = next_revision(tx)?;
    // The row is replaced and so moves to the end: the first rows have the oldest presses.
    tx.execute(
        "INSERT OR REPLACE INTO duty_press
         SELECT ?1, ?2, ?3, ?4, coalesce(nullif(?5, ''), max(name), ''), coalesce(nullif(?6, ''), max(department), '')
           FROM duty_press WHERE who = ?1",
        (
            who.key(),
            press.status.name(),
            press.at.map(|at| at.to_string()),
            revision,
            name,
            department,
        ),
    )?;
    tx.any_rows(
        "DELETE FROM duty_press WHERE rowid <= (SELECT max(rowid) FROM duty_press) - ?1",
        [REMEMBERED],
    )?;
    tx.changed(Change::any(Kind::Staff));
    Ok(())
}

/// Reads the first two columns. Returns `None` for a status that this version does not know.
fn press(row: &Row<'_>) -> rusqlite::Result<Option<Press>> {
    let at = optional_text(row, 1)?.and_then(|at| at.parse().ok());
    Ok(DutyStatus::named(&text(row, 0)?).map(|status| Press { status, at }))
}
