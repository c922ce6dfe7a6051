//! The checks of `CONFORMANCE.md`. Each test has its number in its name. Those on the pure machine run on injected
//! times; those in `live` run against a scripted server on real loopback sockets.

mod alive;
mod authorization;
mod channels;
mod client_events;
mod closing;
mod conformance;
mod duplicates;
mod encryption;
mod events;
mod fuzzed;
mod live;
mod opening;
mod presence;
mod random;
mod reconnect;
mod rig;
mod secrets;
mod sign;
mod user;
