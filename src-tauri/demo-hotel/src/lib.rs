//! The demo hotel: a small HotelMate server, for one PC and for tests.
//!
//! It implements a [`Dialect`] of `contract.md` over HTTP, with the traps of its section 12, and Pusher protocol 7 over
//! WebSocket, for the application, `pusher-js` and the server libraries of Pusher. Its data is a realistic hotel in
//! Killarney. A [`FaultPlan`] makes it fail on purpose, and a library handle, [`DemoHotel`], lets a test read its
//! state.
//!
//! | | [`Dialect::Documents`], the default | [`Dialect::Galleries`] |
//! |---|---|---|
//! | pictures of the house | a flat list: `gallery/upload/`, `reorder/`, `remove/`, also under `settings/` | `galleries/` with nested images, `gallery-images/` |
//! | settings | `gallery`; an event is small when it was set, large otherwise | `galleries`; the event is always large |
//! | clock | `POST /api/staff/{slug}/clock/` toggles | 404; only `me` reports it |
//! | all else | the same | the same |
//!
//! [`Dialect::Current`] has the settings, the clock, the team and the guest chat of the newest server, and no offers.
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
//! The modules: `web` answers HTTP, one file per resource; `channels` delivers events; `store` keeps the rows; `view`
//! shows them to tests; `guests` lets tests write as guests; `faults` causes faults; `seed` makes the data; `link` cuts
//! connections.

mod about;
mod app;
mod channels;
mod clock;
mod digest;
pub mod faults;
mod guests;
mod hotel;
mod hub;
mod link;
mod options;
mod query;
mod requests;
mod seed;
mod store;
mod view;
mod web;

pub use about::{Account, GuestRoom, PusherInfo};
pub use clock::{Now, system_now};
pub use faults::{Action, FaultError, FaultPlan, LateCommit, Match, Rule, StatusFault};
pub use guests::{Sender, StoredMessage};
pub use hotel::{DemoHotel, StartError};
pub use options::{Dialect, Options};
pub use requests::LoggedRequest;
pub use store::StoreError;
