//! Any text as a frame.
#![no_main]

#[path = "../promises/frame.rs"]
mod frame;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| frame::frame(bytes));
