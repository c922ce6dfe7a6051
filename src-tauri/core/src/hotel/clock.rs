//! The clock: a toggle by token (contract.md 9.5).
//!
//! The toggle is never repeated automatically, and never queued: a replay of an old clock-in can clock the person out
//! (contract.md 12, trap 7).

use jiff::Timestamp;
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use super::client::{Answer, Api, Effect, WRITE};
use super::error::ApiError;
use crate::private::json_fault;

/// The result of the toggle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Toggled {
    /// The state after the toggle.
    pub is_on_duty: bool,
    /// The server's time of the toggle; a little later than the time that it stored.
    pub clock_time: Option<Timestamp>,
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
