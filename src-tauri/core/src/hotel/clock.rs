//! The clock: a toggle by token (contract.md 9.5), or two requests about a clock log (9.2, 9.3).
//!
//! No press is repeated automatically, and none is queued: a replay of an old clock-in can clock the person out
//! (contract.md 12, trap 7).

use std::ops::ControlFlow;

use jiff::Timestamp;
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::client::{Answer, Api, Effect, WRITE};
use super::error::ApiError;
use super::page::Page;
use crate::ids::ServerId;
use crate::private::json_fault;

/// The largest number of pages of clock logs that are read in a row. The newest logs come first.
const PAGES: u32 = 30;

/// The result of the toggle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Toggled {
    /// The state after the toggle.
    pub is_on_duty: bool,
    /// The server's time of the toggle; a little later than the time that it stored.
    pub clock_time: Option<Timestamp>,
}

/// A time on duty, as the server recorded it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockLog {
    /// The log's number.
    pub id: ServerId,
    /// The person's staff number.
    pub staff: ServerId,
    /// The clock-in.
    pub time_in: Option<Timestamp>,
    /// The clock-out; `None` while the log is open.
    pub time_out: Option<Timestamp>,
}

impl ClockLog {
    /// Reads a log. A log with an unreadable clock-out is neither open nor closed: it counts as unreadable.
    pub(super) fn read(log: &Value) -> Option<Self> {
        let number = |key: &str| log[key].as_i64().map(ServerId);
        let moment = |key: &str| log[key].as_str().and_then(|text| text.parse().ok());
        let time_out = moment("time_out");
        if time_out.is_none() && !log["time_out"].is_null() {
            return None;
        }
        Some(Self { id: number("id")?, staff: number("staff")?, time_in: moment("time_in"), time_out })
    }

    /// Returns true until the clock-out.
    pub fn is_open(&self) -> bool {
        self.time_out.is_none()
    }
}

#[derive(Debug, Deserialize)]
struct WireToggled {
    success: Option<bool>,
    is_on_duty: bool,
    clock_time: Option<Value>,
}

impl Api {
    /// Toggles the person's duty: on when off, off when on. The caller reads `me` before and after it.
    ///
    /// # Errors
    /// [`ApiError::NotHere`] if the server has no such clock (contract.md 9: the path then falls into another route,
    /// which answers 403 or 405); and every transport error.
    pub async fn toggle_clock(&self) -> Result<Toggled, ApiError> {
        let url = self.own(&["clock"])?;
        let make = || self.http.request(Method::POST, url.clone(), WRITE).json(&json!({}));
        let sent = self.send(Effect::Writes, make).await;
        read_toggled(&sent.map_err(without_clock)?)
    }

    /// Opens a clock log: clocks the person in without a face and without a shift. `staff` is the signed-in person. A
    /// repetition is refused, and changes nothing.
    ///
    /// # Errors
    /// [`ApiError::Rejected`] if the person is clocked in already; [`ApiError::NotHere`] or [`ApiError::NotFound`] if the
    /// server has no such request; and every transport error.
    pub async fn clock_in(&self, staff: ServerId) -> Result<ClockLog, ApiError> {
        let url = self.hotel(&["attendance", "clock-logs", "unrostered-confirm"])?;
        self.press(url, &json!({ "staff_id": staff.0 })).await
    }

    /// Closes a clock log of the signed-in person. A repetition is refused, and changes nothing.
    ///
    /// # Errors
    /// [`ApiError::Rejected`] if the log is closed already; [`ApiError::NotFound`] if there is no such log; and every
    /// transport error.
    pub async fn clock_out(&self, log: ServerId) -> Result<ClockLog, ApiError> {
        let url = self.hotel(&["attendance", "clock-logs", &log.to_string(), "force-clock-out"])?;
        self.press(url, &json!({})).await
    }

    async fn press(&self, url: Url, body: &Value) -> Result<ClockLog, ApiError> {
        let make = || self.http.request(Method::POST, url.clone(), WRITE).json(body);
        let answer = self.send(Effect::Writes, make).await?;
        ClockLog::read(&answer.json()?["log"]).ok_or_else(|| answer.odd("it has no log"))
    }

    /// Returns the newest log of a person that is open, or the newest one that is closed. Without the right to read all
    /// logs the server lists only those of the signed-in person (contract.md 9.3).
    ///
    /// # Errors
    /// [`ApiError::NotHere`] if the server has no logs at this address, and every transport error.
    pub async fn own_log(&self, staff: ServerId, open: bool) -> Result<Option<ClockLog>, ApiError> {
        let url = self.hotel(&["attendance", "clock-logs"])?;
        self.walk_logs(&url, |log| {
            if log.staff == staff && log.is_open() == open {
                ControlFlow::Break(log)
            } else {
                ControlFlow::Continue(())
            }
        })
        .await
    }

    /// Reads the clock logs of this list page by page, until `look` breaks off. Returns its result, or `None` at the end
    /// of the list.
    pub(super) async fn walk_logs<T>(
        &self,
        list: &Url,
        mut look: impl FnMut(ClockLog) -> ControlFlow<T>,
    ) -> Result<Option<T>, ApiError> {
        for number in 1..=PAGES {
            let answer = match self.ask_for_page(list.clone(), number).await {
                // The list became shorter than this page while it was read.
                Err(ApiError::NotFound) if number > 1 => return Ok(None),
                other => other?,
            };
            let page = Page::read(answer.json()?).ok_or_else(|| answer.odd("it is not a list"))?;
            for log in page.items.iter().filter_map(ClockLog::read) {
                if let ControlFlow::Break(found) = look(log) {
                    return Ok(Some(found));
                }
            }
            if !page.more {
                return Ok(None);
            }
        }
        Ok(None)
    }
}

fn read_toggled(answer: &Answer) -> Result<Toggled, ApiError> {
    let wire: WireToggled =
        serde_json::from_value(answer.json()?).map_err(|error| answer.odd(json_fault(&error)))?;
    if wire.success == Some(false) {
        return Err(answer.odd("the clock says that it did not work"));
    }
    let clock_time = wire.clock_time.as_ref().and_then(Value::as_str).and_then(|text| text.parse().ok());
    Ok(Toggled { is_on_duty: wire.is_on_duty, clock_time })
}

/// Translates the refusal of another route, which means that there is no clock. A refusal that names the hotel is a
/// real one (contract.md 1.2).
fn without_clock(error: ApiError) -> ApiError {
    match error {
        ApiError::NotFound => ApiError::NotHere,
        ApiError::Forbidden { message } if !message.to_lowercase().contains("your hotel") => {
            ApiError::NotHere
        }
        other => other,
    }
}

#[cfg(test)]
#[path = "clock_tests.rs"]
mod tests;
