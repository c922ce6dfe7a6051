//! The demo hotel from outside: its answers over HTTP and over its sockets.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod booking_chat;
mod chat;
mod chat_control;
mod chat_files;
mod chat_guest;
mod current;
mod dialects;
mod events;
mod faults;
mod flat_gallery;
mod galleries;
#[cfg(target_os = "linux")]
mod guest_page;
mod guest_program;
mod hotel_pages;
mod offers;
mod official_clients;
mod options_requests;
mod program;
mod recorded;
mod room_types;
mod settings;
mod support;
mod transport;
