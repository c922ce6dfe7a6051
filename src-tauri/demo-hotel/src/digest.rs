//! Digests in hexadecimal.

use sha2::{Digest, Sha256};

/// Returns the bytes in lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]])
        .map(char::from)
        .collect()
}

/// Returns the SHA-256 of the bytes in hexadecimal.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Returns an invented but repeatable identifier: the first `length` digits of a digest of the seed and the purpose.
pub(crate) fn derived(seed: u64, purpose: &str, length: usize) -> String {
    let mut text = sha256_hex(format!("{seed}:{purpose}").as_bytes());
    text.truncate(length);
    text
}

/// Returns an invented but repeatable UUID of version 4.
pub(crate) fn derived_uuid(seed: u64, purpose: &str) -> String {
    let id = derived(seed, purpose, 32);
    format!("{}-{}-4{}-8{}-{}", &id[..8], &id[8..12], &id[13..16], &id[17..20], &id[20..])
}
