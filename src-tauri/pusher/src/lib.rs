//! A client for the Pusher Channels protocol, version 7, that is meant to stay connected for months.
//!
//! The protocol itself is small: a WebSocket, a greeting, subscribe frames, events, an application
//! level ping. What is hard is everything around it, and that is what this crate is about: waits that
//! grow and are spread, a single deadline over the whole opening, dead links noticed even when writes
//! still succeed, machines that were asleep, servers that misbehave. Pusher has **no replay**, so the
//! client's other duty is honesty: whenever events may have been missed, each channel is told so by one
//! [`Gap`], after the server has acknowledged the subscription and before the first new event. A fetch
//! started at that moment leaves no hole.
//!
//! ```no_run
//! # async fn listen() -> Result<(), Box<dyn std::error::Error>> {
//! use pusher::{Client, Config, Endpoint, Notice, SystemClock};
//!
//! let config = Config::new("app-key", Endpoint::cluster("eu")?);
//! let (client, mut events) = Client::start(config, SystemClock::shared());
//! client.subscribe("news")?;
//! client.connect();
//! while let Some(notice) = events.next().await {
//!     match notice {
//!         Notice::Event(event) => println!("{}: {:?}", event.name, event.json()),
//!         Notice::Subscribed { channel } => println!("fetch {channel}"),
//!         Notice::Gap(gap) => println!("fetch {} again", gap.channel),
//!         _ => {}
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! The parts, from the inside out: [`wire`] reads and writes frames; [`machine`] decides, as a pure
//! state machine without sockets, tasks or clocks; [`client`] owns the one socket and obeys; [`time`] is
//! the only place that reads a clock or sleeps. Numbers such as `check 47` in the documentation name the
//! entries of `CONFORMANCE.md`.

pub mod channel;
pub mod client;
pub mod config;
pub mod machine;
pub mod notice;
pub mod status;
pub mod time;
pub mod wire;

pub use channel::{ChannelError, ChannelName};
pub use client::{Client, Events};
pub use config::{Config, Endpoint, EndpointError, Timing};
pub use notice::{ChannelFailed, ChannelFailure, Gap, GapCause, Notice, ServerError};
pub use status::{Cause, CauseKind, Counters, Phase, State, Status};
pub use time::{Clock, ManualClock, SharedClock, SystemClock};
pub use wire::{Data, Event};
