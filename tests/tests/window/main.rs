//! The real window, driven through WebDriver on a virtual display: what a person at the desk sees and does.
//!
//! Each test leaves screenshots in `artifacts/screenshots`.
#![cfg(target_os = "linux")]

mod accessibility;
mod hostile;
mod keyboard;
mod main_job;
mod offline;
mod sign_in_again;
