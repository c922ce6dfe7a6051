//! Section I: with `sockudo`, a real server of the protocol, the official Python library as publisher, and pusher-js
//! beside this client. `cargo xtask interop` installs all three and runs these tests; they need minutes.

#[cfg(unix)]
mod faults;
#[cfg(unix)]
mod rig;
#[cfg(unix)]
mod through_faults;
#[cfg(unix)]
mod upright;
