//! The HotelMate REST interface: requests, answers, pages and errors; one file for each resource.
//!
//! [`Http`] is the process's client. [`login`] exchanges a name and a password for a [`Token`], and [`Api`] has all
//! requests that need it, and the read of the public page, which needs none. No function here repeats a request automatically, with one exception: after a 401 whose
//! `WWW-Authenticate` names `Bearer`, the request is sent again in that form, since a refused request was not carried
//! out (contract.md, "three dialects").
//!
//! Redirects are never followed for the server's own interface: a POST that loses its final slash on the way would
//! silently become a GET (contract.md 12, trap 9).

mod chat;
mod client;
mod clock;
pub mod dialect;
mod entities;
mod error;
pub mod events;
mod galleries;
pub mod guests;
mod page;
mod picture_host;
mod pictures;
mod probe;
mod public;
mod reach;
mod server_clock;
mod session;
mod team;

pub use chat::{MessagePage, PAGE as MESSAGES_ON_PAGE};
pub use client::{Api, Http};
pub use clock::{ClockLog, Toggled};
pub use entities::{EntityPage, Made};
pub use error::ApiError;
pub use picture_host::PictureHostError;
pub use pictures::{Progress, Upload, UploadWay};
pub use reach::{Answers, Reached, reach};
pub use server_clock::ServerClock;
pub use session::{Login, Me, OwnDuty, hotel_of, login, not_on_staff};
