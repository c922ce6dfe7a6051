//! The clock logs: times on duty (`contract.md 9.3`).

use serde::{Deserialize, Serialize};

use super::Store;
use super::rows::Row;

/// One time on duty.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(crate) struct ClockLog {
    pub(crate) id: i64,
    #[serde(skip)]
    pub(crate) staff_id: i64,
    pub(crate) time_in: i64,
    pub(crate) time_out: Option<i64>,
    #[serde(default)]
    pub(crate) is_approved: bool,
}

impl Row for ClockLog {
    const TABLE: &'static str = "clock_logs";

    fn ids(&mut self) -> (&mut i64, Option<&mut i64>) {
        (&mut self.id, Some(&mut self.staff_id))
    }

    fn created(&mut self, now: i64) {
        self.time_in = now;
    }
}

impl Store {
    /// Returns all logs of a hotel, newest first.
    pub(crate) fn clock_logs(&self, hotel_id: i64) -> rusqlite::Result<Vec<ClockLog>> {
        self.rows("owner IN (SELECT id FROM staff WHERE owner = ?1) ORDER BY id DESC", [hotel_id])
    }
}
