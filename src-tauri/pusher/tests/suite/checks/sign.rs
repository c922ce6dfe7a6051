//! The signatures of the program's own server, which knows the application secret.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

pub const KEY: &str = "278d425bdf160c739803";
const SECRET: &str = "7ad3773142a6692b25b8";

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Returns `key:signature` of a text.
fn sign(text: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    format!("{KEY}:{}", hex(&mac.finalize().into_bytes()))
}

pub fn channel(socket_id: &str, channel: &str) -> String {
    sign(&format!("{socket_id}:{channel}"))
}

pub fn presence(socket_id: &str, channel: &str, channel_data: &str) -> String {
    sign(&format!("{socket_id}:{channel}:{channel_data}"))
}

pub fn user(socket_id: &str, user_data: &str) -> String {
    sign(&format!("{socket_id}::user::{user_data}"))
}

/// The worked examples of the documentation. The digest printed for presence belongs to another name than the one in
/// its text.
#[test]
fn check_69_the_documented_signatures_are_met() {
    assert_eq!(
        channel("1234.1234", "private-foobar"),
        format!("{KEY}:58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4")
    );
    let data = r#"{"user_id":10,"user_info":{"name":"Mr. Pusher"}}"#;
    assert_eq!(
        presence("1234.1234", "presence-foobar", data),
        format!("{KEY}:afaed3695da2ffd16931f457e338e6c9f2921fa133ce7dac49f529792be6304c")
    );
    assert_eq!(
        user("1234.1234", r#"{"id":"12345"}"#),
        format!("{KEY}:4708d583dada6a56435fb8bc611c77c359a31eebde13337c16ab43aa6de336ba")
    );
}
