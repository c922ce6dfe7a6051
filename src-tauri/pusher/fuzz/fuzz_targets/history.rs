//! Any history of a client.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    pusher::fuzzing::history(bytes);
});
