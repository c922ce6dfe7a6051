//! The core of HotelMate Desk. It does not depend on a window: the application and the command line are thin shells
//! around [`desk::Desk`].
//!
//! Data flows in one direction: a command, an answer or an event becomes one transaction in [`store`]; after its commit
//! the changed parts are announced; screens ask again. A person's change is a row in the [`outbox`]. The [`engine`]
//! sends it to the hotel through [`hotel`], and stores the results of live events and reads. [`media`] prepares and
//! keeps pictures; [`diagnostics`] finds the causes of faults. [`display`] is the facade of the reception display, which
//! has no account, and [`playlist`] computes what it shows.

#![cfg_attr(
    not(feature = "inside"),
    allow(dead_code, reason = "tests and benchmarks use more than the shells")
)]

// The door: the facade, and the types and tools that its callers need.
pub mod catalogue;
pub mod desk;
pub mod display;
pub mod environment;
pub mod error;
pub mod ids;
pub mod logging;
pub mod private;
pub mod records;
pub mod replace;
pub mod resources;
pub mod settings;
pub mod signals;
pub mod views;

// The house. Only tests and benchmarks see it, by the feature `inside`.
#[cfg(not(feature = "inside"))]
mod account;
#[cfg(feature = "inside")]
pub mod account;
#[cfg(not(feature = "inside"))]
mod activity;
#[cfg(feature = "inside")]
pub mod activity;
#[cfg(not(feature = "inside"))]
mod diagnostics;
#[cfg(feature = "inside")]
pub mod diagnostics;
#[cfg(not(feature = "inside"))]
mod engine;
#[cfg(feature = "inside")]
pub mod engine;
#[cfg(not(feature = "inside"))]
mod feed;
#[cfg(feature = "inside")]
pub mod feed;
#[cfg(not(feature = "inside"))]
mod hotel;
#[cfg(feature = "inside")]
pub mod hotel;
mod html;
#[cfg(not(feature = "inside"))]
mod media;
#[cfg(feature = "inside")]
pub mod media;
#[cfg(not(feature = "inside"))]
mod model;
#[cfg(feature = "inside")]
pub mod model;
#[cfg(not(feature = "inside"))]
mod monitor;
#[cfg(feature = "inside")]
pub mod monitor;
#[cfg(not(feature = "inside"))]
mod outbox;
#[cfg(feature = "inside")]
pub mod outbox;
mod playlist;
#[cfg(not(feature = "inside"))]
mod store;
#[cfg(feature = "inside")]
pub mod store;
mod transfer;
#[cfg(not(feature = "inside"))]
mod vault;
#[cfg(feature = "inside")]
pub mod vault;
mod words;
