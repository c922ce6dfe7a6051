//! Any text as a frame.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| pusher::fuzzing::frame(bytes));
