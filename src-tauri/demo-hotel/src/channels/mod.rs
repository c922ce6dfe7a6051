//! Pusher Channels, the server's side: who is connected, who listens to what, and getting events to them.
//!
//! [`socket`] speaks protocol 7 with clients, [`signed`] takes events from server libraries, and the hotel itself
//! publishes through [`publish`]. All three meet in the [`Hub`].

pub(crate) mod hub;
pub(crate) mod publish;
pub(crate) mod signed;
pub(crate) mod socket;

pub(crate) use hub::Hub;

/// The longest event data the hosted service takes, in bytes (`contract.md 2`).
pub(crate) const MAX_EVENT_BYTES: usize = 10_240;

/// The longest payload the hotel's publishing library sends, counted as it lies in memory (`contract.md 2`).
pub(crate) const MAX_PAYLOAD_MEMORY: usize = 30_720;

/// Whether a channel may have this name: 1 to 164 letters, digits and `_-=@,.;`.
pub(crate) fn is_channel_name(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_-=@,.;".contains(&byte);
    (1..=164).contains(&name.len()) && name.bytes().all(allowed)
}
