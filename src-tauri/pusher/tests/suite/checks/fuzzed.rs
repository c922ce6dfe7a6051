//! Calls the functions of the targets in `fuzz/` on the stable toolchain: with the corpus in `fuzz/corpus` and
//! mutations of it.

#[path = "../../../fuzz/promises/frame.rs"]
mod frame;
#[path = "../../../fuzz/promises/history.rs"]
mod history;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use frame::frame;
use history::{Reached, history};

/// The number of mutations of each piece of the corpus in a test.
const MUTATIONS: usize = 300;

fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() > 10, "the corpus of {target} is gone");
    files.iter().map(|file| fs::read(file).unwrap()).collect()
}

fn mutate(bytes: &mut Vec<u8>, others: &[Vec<u8>], rng: &mut StdRng) {
    for _ in 0..rng.random_range(1..6) {
        let at = rng.random_range(0..=bytes.len());
        let end = rng.random_range(at..=bytes.len());
        match rng.random_range(0..6) {
            0 if at < bytes.len() => bytes[at] ^= 1 << rng.random_range(0..8),
            1 => bytes.insert(at, rng.random()),
            2 => drop(bytes.drain(at..end.min(at + 8))),
            3 => bytes.truncate(at),
            4 => {
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
            }
            _ => {
                let other = &others[rng.random_range(0..others.len())];
                let from = rng.random_range(0..=other.len());
                bytes.splice(at..at, other[from..].iter().copied());
            }
        }
    }
}

/// Calls the target with the corpus and with mutations that are the same in every run.
fn fuzz(name: &str, target: fn(&[u8])) {
    let corpus = corpus(name);
    let mut rng = StdRng::seed_from_u64(1);
    let call = |bytes: &[u8]| {
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| target(bytes))) {
            eprintln!("{name} fails with b\"{}\"", bytes.escape_ascii());
            resume_unwind(panic);
        }
    };
    for piece in &corpus {
        call(piece);
        for _ in 0..MUTATIONS {
            let mut bytes = piece.clone();
            mutate(&mut bytes, &corpus, &mut rng);
            call(&bytes);
        }
    }
}

#[test]
fn check_84_any_text_is_read_as_a_frame_without_harm() {
    fuzz("frame", frame);
}

#[test]
fn check_84_any_history_keeps_the_promises() {
    fuzz("history", |bytes| drop(history(bytes)));
}

#[test]
fn check_84_the_corpus_reaches_authorization_and_what_needs_it() {
    let mut reached = Reached::new();
    for (word, times) in corpus("history").iter().flat_map(|piece| history(piece)) {
        *reached.entry(word).or_default() += times;
    }
    for word in [
        "asked",
        "granted",
        "not granted",
        "answered late",
        "renewal asked",
        "cancelled",
        "session expired",
        "signature sent",
        "signed in",
        "members told",
        "event opened",
        "client event sent",
    ] {
        assert!(reached.contains_key(word), "no piece reaches {word:?}: {reached:?}");
    }
}
