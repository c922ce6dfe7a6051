//! The real `deskctl` against the real demo hotel, over real sockets: every command, every exit code.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test ends where something unexpected happens"
)]

mod accounts;
mod activity;
mod branding;
mod chat;
mod clock;
mod doctor;
mod drafts;
#[cfg(unix)]
mod ending;
mod forms;
mod gallery;
mod moves;
mod offers;
mod outbox;
mod people;
mod rooms;
mod session;
mod settings;
mod test_desk;
mod transfer;
mod watch;
