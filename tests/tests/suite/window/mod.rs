//! The real window, driven through WebDriver on a virtual display: the actions of a person at the desk, and the screen.
//!
//! Each test leaves screenshots in `artifacts/screenshots`.

mod accessibility;
mod attention;
mod chat;
mod crashes;
mod diagnostics;
mod drafts;
mod gallery;
mod help;
mod hostile;
mod keyboard;
mod leaving;
mod main_job;
mod morning;
mod offline;
mod order;
mod outside;
mod people;
mod picture_editor;
mod pictures;
mod reading;
mod reception;
mod records;
mod settings;
mod sign_in_again;
mod team;
mod toasts;
mod transfer;
mod versions;
mod whole;
