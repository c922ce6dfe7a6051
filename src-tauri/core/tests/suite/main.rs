//! The core through its parts: the hotel's requests, pictures, the database, and the content of logs.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod api;
mod hotel_api;
mod logging;
mod offers;
mod pictures;
mod private;
mod script;
mod store;
mod unconfirmed;
