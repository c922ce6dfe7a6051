//! The demo hotel: a HotelMate server in miniature, for one PC and for tests.
//!
//! It speaks a [`Dialect`] of `contract.md` over HTTP, with the traps of its section 12, and Pusher protocol 7 over
//! WebSocket, so that the application, `pusher-js` and the server libraries of Pusher all find what they know. It
//! is seeded with a believable hotel in Killarney. A [`FaultPlan`] makes it fail on purpose, and a library handle,
//! [`DemoHotel`], lets a test look inside.
//!
//! | | [`Dialect::Documents`], the default | [`Dialect::Galleries`] |
//! |---|---|---|
//! | pictures of the house | a flat list: `gallery/upload/`, `reorder/`, `remove/`, also under `settings/` | `galleries/` with nested images, `gallery-images/` |
//! | settings | `gallery`; an event is small when it was set, large otherwise | `galleries`; the event is always large |
//! | clock | `POST /api/staff/{slug}/clock/` toggles | 404; only `me` tells |
//! | all else | the same | the same |
//!
//! ```no_run
//! use demo_hotel::{Action, DemoHotel, FaultPlan, Options, Rule};
//!
//! # async fn shown() -> Result<(), Box<dyn std::error::Error>> {
//! let lost_answer = Rule::new(Action::DropAfterCommit).method("POST").path("*/offers/").times(1);
//! let hotel = DemoHotel::start(Options::default().seed(7).faults(FaultPlan::of([lost_answer]))).await?;
//! println!("{} as {}", hotel.url(), hotel.users()[0].username);
//! hotel.stop().await;
//! # Ok(())
//! # }
//! ```
//!
//! Where to find what: `web` answers HTTP, one file per resource; `channels` carries events; `store` keeps the
//! rows; `view` shows them to tests; `faults` breaks things; `seed` makes the hotel up; `link` cuts connections.

mod app;
mod channels;
mod clock;
mod digest;
pub mod faults;
mod hotel;
mod link;
mod options;
mod requests;
mod seed;
mod store;
mod view;
mod web;

pub use clock::{Now, system_now};
pub use faults::{Action, FaultError, FaultPlan, LateCommit, Match, Rule, StatusFault};
pub use hotel::{Account, DemoHotel, PusherInfo, StartError};
pub use options::{Dialect, Options};
pub use requests::LoggedRequest;
pub use store::StoreError;
