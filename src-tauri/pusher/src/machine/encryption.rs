//! The keys of encrypted channels, and decryption (checks 103 to 105).
//!
//! An event that the key does not open may mean that the key was changed. The authorizer is asked for the new key once,
//! events that come meanwhile wait, and afterwards all are handed over in order. A key that did not help is followed by
//! a growing quiet time, in which such events are reported at once: a sender of unreadable events cannot cause endless
//! requests.

use std::time::Duration;

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use crypto_secretbox::aead::{Aead, KeyInit};
use crypto_secretbox::{Nonce, XSalsa20Poly1305};
use zeroize::Zeroizing;

use super::backlog::Backlog;
use super::job::{Job, What};
use super::{Machine, Now, Priority};
use crate::channel::ChannelName;
use crate::notice::{GapCause, TroubleKind};
use crate::secret::Secret;
use crate::weight;
use crate::wire::{Data, Event};

const KEY_LENGTH: usize = 32;
const NONCE_LENGTH: usize = 24;
/// Limit of the doublings of the quiet time: 5 s becomes 5 min.
const QUIET_DOUBLINGS: u32 = 6;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The key of a channel. It is wiped when dropped.
#[derive(Clone)]
pub(super) struct Key(Zeroizing<[u8; KEY_LENGTH]>);

impl Key {
    /// Reads the `shared_secret` of an authorization.
    pub fn parse(shared_secret: &Secret) -> Option<Self> {
        let bytes = Zeroizing::new(BASE64.decode(shared_secret.expose()).ok()?);
        Some(Self(Zeroizing::new(bytes.as_slice().try_into().ok()?)))
    }

    /// Decrypts an event. Fails with the reason why it cannot be read.
    fn open(&self, data: &Data) -> Result<Data, TroubleKind> {
        let sealed = data.json().ok_or(TroubleKind::NotEncrypted)?;
        let (nonce, ciphertext) = match (sealed.get("nonce"), sealed.get("ciphertext")) {
            (None, None) => return Err(TroubleKind::NotEncrypted),
            (Some(nonce), Some(ciphertext)) => (nonce, ciphertext),
            _ => return Err(TroubleKind::BadCiphertext),
        };
        let bytes = |value: &serde_json::Value| BASE64.decode(value.as_str()?).ok();
        let nonce = bytes(nonce).filter(|nonce| nonce.len() == NONCE_LENGTH);
        let (Some(nonce), Some(ciphertext)) = (nonce, bytes(ciphertext)) else {
            return Err(TroubleKind::BadCiphertext);
        };
        let secretbox = XSalsa20Poly1305::new((&*self.0).into());
        let plain = secretbox.decrypt(Nonce::from_slice(&nonce), ciphertext.as_slice());
        let plain = plain.map_err(|_| TroubleKind::Undecryptable)?;
        String::from_utf8(plain).map(Data::from_text).map_err(|_| TroubleKind::BadCiphertext)
    }
}

/// The additional data of an encrypted channel.
pub(super) struct Crypt {
    key: Key,
    waiting: Option<Waiting>,
    /// Monotonic time before which no other key is fetched.
    quiet_until: Duration,
    /// Keys in a row that did not help.
    in_vain: u32,
}

/// Events that wait for a key.
struct Waiting {
    backlog: Backlog<Event>,
    until: Duration,
}

impl Crypt {
    pub fn new(key: Key) -> Self {
        Self { key, waiting: None, quiet_until: Duration::ZERO, in_vain: 0 }
    }

    /// Returns the wall time since which events wait.
    pub fn waiting_since(&self) -> Option<Duration> {
        self.waiting.as_ref()?.backlog.held.first().map(|event| event.received_at)
    }

    /// Returns the monotonic time until which events wait.
    pub fn waiting_until(&self) -> Option<Duration> {
        self.waiting.as_ref().map(|waiting| waiting.until)
    }
}

/// Returns true for an event of the server itself. Such events cannot be encrypted.
fn is_of_server(name: &str) -> bool {
    matches!(name, "pusher:cache_miss" | "pusher:subscription_count")
}

impl Machine {
    /// Handles an event of an encrypted channel.
    pub(super) fn decrypt(&mut self, mut event: Event, now: Now) {
        let patience = now.mono + self.config.timing.authorize;
        let crypt = self.channels.get_mut(&event.channel).and_then(|channel| channel.crypt.as_mut());
        let Some(crypt) = crypt else {
            return self.unreadable(&event.channel, TroubleKind::Undecryptable, 1);
        };
        if let Some(waiting) = &mut crypt.waiting {
            let bytes = weight::of_event(&event);
            return waiting.backlog.hold(event, bytes);
        }
        if is_of_server(&event.name) {
            return self.pass_on(event, now);
        }
        match crypt.key.open(&event.data) {
            Ok(data) => {
                event.data = data;
                self.pass_on(event, now);
            }
            Err(TroubleKind::Undecryptable) if now.mono >= crypt.quiet_until => {
                let name = event.channel.clone();
                let bytes = weight::of_event(&event);
                let waiting = crypt.waiting.insert(Waiting { backlog: Backlog::default(), until: patience });
                waiting.backlog.hold(event, bytes);
                self.authorization.enqueue(Job::new(What::Rekey(name), Priority::Important, 0));
                self.channels.recount();
            }
            Err(kind) => self.unreadable(&event.channel, kind, 1),
        }
    }

    /// Notes the channel's present key from the authorizer; `None` if it could not give one.
    pub(super) fn rekeyed(&mut self, name: &ChannelName, key: Option<Key>, now: Now) {
        let quiet = self.config.timing.rekey_quiet;
        let Some(channel) = self.channels.get_mut(name) else { return };
        let Some(crypt) = &mut channel.crypt else { return };
        if let Some(key) = key {
            crypt.key = key;
        }
        let Some(Waiting { backlog, .. }) = crypt.waiting.take() else { return };
        let helped = backlog.held.first().is_some_and(|event| crypt.key.open(&event.data).is_ok());
        if helped {
            crypt.in_vain = 0;
        } else {
            crypt.quiet_until = now.mono + quiet.saturating_mul(1 << crypt.in_vain.min(QUIET_DOUBLINGS));
            crypt.in_vain = crypt.in_vain.saturating_add(1);
        }
        let key = crypt.key.clone();
        let mut unreadable: Vec<(TroubleKind, u64)> = Vec::new();
        let last = backlog.held.last().map_or(now.wall, |event| event.received_at);
        for mut event in backlog.held {
            if !is_of_server(&event.name) {
                match key.open(&event.data) {
                    Ok(data) => event.data = data,
                    Err(kind) => {
                        match unreadable.iter_mut().find(|(known, _)| *known == kind) {
                            Some((_, count)) => *count += 1,
                            None => unreadable.push((kind, 1)),
                        }
                        continue;
                    }
                }
            }
            self.pass_on(event, now);
        }
        for (kind, count) in unreadable {
            self.unreadable(name, kind, count);
        }
        if backlog.spilt > 0 {
            self.status.counters.overflowed += backlog.spilt;
            self.gap(name.clone(), last, Some(backlog.spilt), GapCause::Overflow, now);
        }
        self.channels.recount();
    }

    /// Ends the wait of events for a key after its limit.
    pub(super) fn run_rekey_deadlines(&mut self, now: Now) {
        if self.channels.next_rekey.is_none_or(|until| now.mono < until) {
            return;
        }
        let overdue = self.channels.names(|_, channel| {
            channel.crypt.as_ref().and_then(Crypt::waiting_until).is_some_and(|until| now.mono >= until)
        });
        for name in overdue {
            self.cancel_authorization(&name);
            self.rekeyed(&name, None, now);
        }
    }

    fn unreadable(&mut self, channel: &ChannelName, kind: TroubleKind, count: u64) {
        self.status.counters.unreadable += count;
        self.trouble(Some(channel.clone()), kind, count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
    }

    fn sealed(nonce: &[u8], ciphertext: &[u8]) -> Data {
        Data::Plain(json!({"nonce": BASE64.encode(nonce), "ciphertext": BASE64.encode(ciphertext)}))
    }

    /// From the tests of NaCl itself (`tests/secretbox.c`).
    #[test]
    fn check_103_the_secretbox_is_that_of_nacl() {
        let key = Zeroizing::new(
            <[u8; 32]>::try_from(bytes("1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389"))
                .unwrap(),
        );
        let nonce = bytes("69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37");
        let ciphertext = bytes(concat!(
            "f3ffc7703f9400e52a7dfb4b3d3305d98e993b9f48681273c29650ba32fc76ce48332ea7164d96a4476fb8c531a1186a",
            "c0dfc17c98dce87b4da7f011ec48c97271d2c20f9b928fe2270d6fb863d51738b48eeee314a7cc8ab932164548e526ae",
            "90224368517acfeabd6bb3732bc0e9da99832b61ca01b6de56244a9e88d5f9b37973f622a43d14a6599b1f654cb45a74",
            "e355a5",
        ));
        let plain = bytes(concat!(
            "be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffce5ecbaaf33bd751a1ac728d45e6c6129",
            "6cdc3c01233561f41db66cce314adb310e3be8250c46f06dceea3a7fa1348057e2f6556ad6b1318a024a838f21af1fde",
            "048977eb48f59ffd4924ca1c60902e52f0a089bc76897040e082f937763848645e0705",
        ));
        let secretbox = XSalsa20Poly1305::new((&*key).into());
        assert_eq!(secretbox.decrypt(Nonce::from_slice(&nonce), ciphertext.as_slice()).unwrap(), plain);
        // It is not text, so it is not an event.
        assert_eq!(Key(key).open(&sealed(&nonce, &ciphertext)), Err(TroubleKind::BadCiphertext));
    }

    #[test]
    fn check_105_what_is_no_sealed_event_is_told_apart() {
        let key = Key(Zeroizing::new([7; 32]));
        for plain in [json!({}), json!({"room": 7}), json!([]), json!(null), json!("text")] {
            assert_eq!(key.open(&Data::Plain(plain)), Err(TroubleKind::NotEncrypted));
        }
        assert_eq!(key.open(&Data::Missing), Err(TroubleKind::NotEncrypted));
        assert_eq!(key.open(&Data::Text("hello".into())), Err(TroubleKind::NotEncrypted));
        let good = BASE64.encode([0; 24]);
        for damaged in [
            json!({"nonce": good}),
            json!({"ciphertext": good}),
            json!({"nonce": 7, "ciphertext": good}),
            json!({"nonce": good, "ciphertext": null}),
            json!({"nonce": good, "ciphertext": "%%%"}),
            json!({"nonce": BASE64.encode([0; 23]), "ciphertext": good}),
            json!({"nonce": BASE64.encode([0; 25]), "ciphertext": good}),
        ] {
            assert_eq!(key.open(&Data::Plain(damaged.clone())), Err(TroubleKind::BadCiphertext), "{damaged}");
        }
        assert_eq!(key.open(&sealed(&[0; 24], &[0; 40])), Err(TroubleKind::Undecryptable));
        assert_eq!(key.open(&sealed(&[0; 24], &[])), Err(TroubleKind::Undecryptable));
    }

    #[test]
    fn a_shared_secret_of_another_length_is_none() {
        for (length, good) in [(31, false), (32, true), (33, false), (0, false)] {
            assert_eq!(Key::parse(&Secret::new(BASE64.encode(vec![1; length]))).is_some(), good, "{length}");
        }
        assert!(Key::parse(&Secret::new("no base64!")).is_none());
    }
}
