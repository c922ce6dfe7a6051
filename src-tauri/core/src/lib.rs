//! The core of HotelMate Desk. It does not depend on a window: the application and the command line are thin shells
//! around [`desk::Desk`].
//!
//! Data flows in one direction: a command, an answer or an event becomes one transaction in [`store`]; after its commit
//! the changed parts are announced; screens ask again. A person's change is a row in the [`outbox`]. The [`engine`]
//! sends it to the hotel through [`hotel`], and stores the results of live events and reads. [`media`] prepares and
//! keeps pictures; [`diagnostics`] finds the causes of faults.

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
