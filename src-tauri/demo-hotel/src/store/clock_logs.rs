//! The times on duty (`CONTRACT.md 9.3`).

use rusqlite::{OptionalExtension, Row, params};

use super::Store;

/// One time on duty.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ClockLog {
    pub(crate) id: i64,
    pub(crate) staff_id: i64,
    pub(crate) time_in: i64,
    pub(crate) time_out: Option<i64>,
}

const LOG: &str = "SELECT clock_logs.id, staff_id, time_in, time_out FROM clock_logs \
                   JOIN staff ON staff.id = clock_logs.staff_id";

fn log_from(row: &Row<'_>) -> rusqlite::Result<ClockLog> {
    Ok(ClockLog { id: row.get(0)?, staff_id: row.get(1)?, time_in: row.get(2)?, time_out: row.get(3)? })
}

impl Store {
    /// All logs of a hotel, newest first.
    pub(crate) fn clock_logs(&self, hotel_id: i64) -> rusqlite::Result<Vec<ClockLog>> {
        let connection = self.lock();
        let mut statement =
            connection.prepare(&format!("{LOG} WHERE staff.hotel_id = ?1 ORDER BY clock_logs.id DESC"))?;
        statement.query_map([hotel_id], log_from)?.collect()
    }

    /// A log of this hotel.
    pub(crate) fn clock_log(&self, hotel_id: i64, id: i64) -> rusqlite::Result<Option<ClockLog>> {
        self.lock()
            .query_row(
                &format!("{LOG} WHERE staff.hotel_id = ?1 AND clock_logs.id = ?2"),
                [hotel_id, id],
                log_from,
            )
            .optional()
    }

    /// Begins a log.
    pub(crate) fn open_clock_log(&self, staff_id: i64, time_in: i64) -> rusqlite::Result<ClockLog> {
        let connection = self.lock();
        connection.execute(
            "INSERT INTO clock_logs (staff_id, time_in) VALUES (?1, ?2)",
            params![staff_id, time_in],
        )?;
        Ok(ClockLog { id: connection.last_insert_rowid(), staff_id, time_in, time_out: None })
    }

    /// Ends a log.
    pub(crate) fn close_clock_log(&self, log: &ClockLog) -> rusqlite::Result<()> {
        self.lock()
            .execute("UPDATE clock_logs SET time_out = ?2 WHERE id = ?1", params![log.id, log.time_out])
            .map(drop)
    }
}
