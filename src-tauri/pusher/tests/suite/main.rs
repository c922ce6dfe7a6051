//! The client through its public interface: the checks of the protocol, other clients, and real servers.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod checks;
mod peers;
mod servers;
