//! Any history of a client.
#![no_main]

#[path = "../promises/history.rs"]
mod history;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    history::history(bytes);
});
