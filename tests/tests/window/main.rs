//! The real window, driven through WebDriver on a virtual display: what a person at the desk sees and does.
//!
//! Each test leaves screenshots in `artifacts/screenshots`.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "what fails here is a failed test")]

mod accessibility;
mod attention;
mod diagnostics;
mod drafts;
mod gallery;
mod hostile;
mod keyboard;
mod leaving;
mod main_job;
mod offline;
mod order;
mod outside;
mod picture_editor;
mod pictures;
mod records;
mod sign_in_again;
mod toasts;
