//! The checks of `CONFORMANCE.md`, each test named after its number. Those on the pure machine run on
//! injected times; those in `live` run against a scripted server on real loopback sockets.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod alive;
mod channels;
mod closing;
mod conformance;
mod events;
mod live;
mod opening;
mod random;
mod reconnect;
mod rig;
