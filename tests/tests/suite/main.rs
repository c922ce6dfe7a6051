//! The whole product: desks, the command line and the window at a demo hotel, over real sockets.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

#[cfg(target_os = "linux")]
mod accounts;
mod activities;
mod bulk;
mod cached_pictures;
mod chat;
mod clock;
mod crash;
mod creates;
mod diagnostics;
mod dialects;
mod display;
mod drafts;
mod engines;
mod fleet;
mod gallery;
mod gaps;
mod guest_messages;
mod kills;
mod late;
mod late_gallery;
mod leaving;
mod model;
mod newest_server;
mod offers;
mod one_socket;
mod order;
mod other_rows;
mod outcomes;
mod people;
mod picture_host;
mod pictures;
#[cfg(target_os = "linux")]
mod pin;
mod put_back;
mod reading;
mod records;
mod restored;
mod retries;
mod settings;
mod support_file;
mod team;
mod two_desks;
mod undone;
mod versions;
#[cfg(target_os = "linux")]
mod window;
