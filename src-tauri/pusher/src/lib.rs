//! A client for the Pusher Channels protocol, version 7, that is meant to stay connected for months.
//!
//! The protocol itself is small: a WebSocket, a greeting, subscribe frames, events, an application level ping. The
//! difficult part is a connection that lasts: waits that grow and are spread, a single deadline for all steps of
//! opening, dead links that are noticed even when writes still succeed, machines that were asleep, servers that
//! misbehave. Pusher has **no replay**. So whenever events may have been missed, each channel gets one [`Gap`], after
//! the server has acknowledged the subscription and before the first new event. A fetch that starts at that moment
//! leaves no hole.
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
//! # Private, presence and encrypted channels
//!
//! They need an [`Authorizer`], which asks the program's own server. With one in the settings such channels are
//! subscribed like any other, users are signed in with [`Client::sign_in`], and client events are sent with
//! [`Client::trigger`]. This crate decides the time and number of requests, how many run at a time, and the meaning of
//! the answers; see [`auth`].
//!
//! ```no_run
//! # use futures_util::future::BoxFuture;
//! # struct OurServer;
//! # impl pusher::Authorizer for OurServer {
//! #     fn authorize(
//! #         &self,
//! #         _: pusher::AuthRequest,
//! #     ) -> BoxFuture<'static, Result<pusher::AuthAnswer, pusher::AuthError>> {
//! #         unimplemented!()
//! #     }
//! # }
//! # async fn lobby() -> Result<(), Box<dyn std::error::Error>> {
//! use pusher::{Client, Config, Endpoint, Notice, SystemClock};
//!
//! let config = Config::new("app-key", Endpoint::cluster("eu")?).with_authorizer(OurServer);
//! let (client, mut events) = Client::start(config, SystemClock::shared());
//! client.subscribe("presence-lobby")?;
//! client.connect();
//! while let Some(notice) = events.next().await {
//!     match notice {
//!         Notice::Presence(change) => println!("{} came, {} left", change.joined.len(), change.left.len()),
//!         Notice::ChannelFailed(failed) => println!("{}: {}", failed.channel, failed.reason),
//!         Notice::SessionExpired => println!("sign in again, then call `authorize_again`"),
//!         Notice::Subscribed { channel } => {
//!             client.trigger(&channel, "client-hello", serde_json::json!({"from": "the desk"})).await?;
//!         }
//!         _ => {}
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Before another person uses the program, call [`Client::sign_out`]: the connection is replaced, and nothing personal
//! from before is returned any more.
//!
//! # The parts
//!
//! From the inside out: [`wire`] reads and writes frames; [`machine`] decides, as a pure state machine without sockets,
//! tasks or clocks; [`client`] owns the only socket and carries out the decisions; [`time`] is the only place that
//! reads a clock or sleeps. Numbers such as `check 47` in the documentation name the entries of `CONFORMANCE.md`.

pub mod auth;
pub mod channel;
pub mod client;
pub mod config;
pub mod machine;
pub mod notice;
pub mod presence;
mod secret;
pub mod status;
pub mod time;
mod weight;
pub mod wire;

/// The examples of the README are compiled with the others.
#[cfg(all(doctest, feature = "http"))]
#[doc = include_str!("../README.md")]
struct Readme;

pub use auth::{AuthAnswer, AuthError, AuthRequest, AuthSubject, Authorizer, User};
#[cfg(feature = "http")]
pub use auth::{Headers, HttpAuthorizer, HttpSession};
pub use channel::{ChannelError, ChannelKind, ChannelName};
pub use client::{Client, Events, platform_tls};
pub use config::{Config, DuplicateKey, Endpoint, EndpointError, Proxy, ProxyServer, Timing};
pub use machine::{ClientEvent, Priority, TriggerError};
pub use notice::{ChannelFailed, ChannelFailure, Gap, GapCause, Notice, SignInFailure, Trouble, TroubleKind};
pub use presence::{Member, Members, PresenceChange};
pub use secret::Secret;
pub use status::{Cause, CauseKind, Counters, Phase, SignIn, State, Status};
pub use time::{Clock, ManualClock, SharedClock, SystemClock};
pub use wire::{Data, Event, ServerError};
