//! Everything that matters in HotelMate Desk. It knows no window: the application and the command line are
//! thin shells around [`desk::Desk`].
//!
//! One direction: a command, an answer or an event becomes one transaction in [`store`]; after its commit
//! the changed parts are announced; screens ask again. What a person wants is a row in the [`outbox`]; the
//! engine in [`engine`] carries it to the hotel through [`hotel`], and brings back what live events and reads
//! tell. [`media`] prepares and keeps pictures; [`diagnostics`] says what keeps any of this from working.

pub mod account;
pub mod activity;
pub mod catalogue;
pub mod desk;
pub mod diagnostics;
pub mod engine;
pub mod environment;
pub mod error;
pub mod hotel;
mod html;
pub mod ids;
pub mod logging;
pub mod media;
pub mod model;
pub mod monitor;
pub mod outbox;
pub mod private;
pub mod records;
pub mod replace;
pub mod resources;
pub mod settings;
pub mod signals;
pub mod store;
pub mod views;
mod words;
