//! Checks whether a HotelMate server answers at all, with or without a sign-in.

use std::time::Duration;

use reqwest::header::{ALLOW, CONTENT_TYPE, HeaderMap};
use reqwest::{Method, Response};
use url::Url;

use super::client::{Http, endpoint};
use super::error::ApiError;
use super::server_clock::ServerClock;

/// The kind of server that answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answers {
    /// A server that has HotelMate's sign-in.
    HotelMate,
    /// A server with a problem of its own (5xx).
    Trouble,
    /// Another web site, or a sign-in page of the network.
    SomethingElse,
}

/// An answer of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reached {
    /// The kind of server that answered.
    pub what: Answers,
    /// The HTTP status.
    pub status: u16,
    /// The time from the request to the head of the answer.
    pub round_trip: Duration,
}

/// Sends a `GET` to the server's sign-in, which refuses it (405). It is the cheapest answer that every dialect gives
/// (contract.md 3.1) and that no other web site gives. Notes the server's time in `clock`.
///
/// # Errors
/// Every transport error. An answer of any kind is a success.
pub async fn reach(
    http: &Http,
    server: &Url,
    clock: &ServerClock,
    limit: Duration,
) -> Result<Reached, ApiError> {
    let url = endpoint(server, &["api", "staff", "login"])?;
    let watch = http.stopwatch();
    let read = |response: Response| async move {
        let round_trip = watch.note(clock, response.headers());
        let status = response.status().as_u16();
        Ok(Reached { what: what(status, response.headers()), status, round_trip })
    };
    http.exchange(http.request(Method::GET, url, limit), read).await
}

fn what(status: u16, headers: &HeaderMap) -> Answers {
    let is = |name, wanted: &str| {
        let text = headers.get(name).and_then(|value| value.to_str().ok());
        text.is_some_and(|text| text.to_ascii_lowercase().contains(wanted))
    };
    match status {
        500..=599 => Answers::Trouble,
        // The server limits the number of requests, or refuses this one.
        429 => Answers::HotelMate,
        200..=299 | 400..=499 if is(CONTENT_TYPE, "json") || is(ALLOW, "post") => Answers::HotelMate,
        _ => Answers::SomethingElse,
    }
}
