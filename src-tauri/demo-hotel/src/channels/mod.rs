//! The server's side of Pusher Channels: connections, subscriptions, and the delivery of events.
//!
//! [`socket`] implements protocol 7 for clients, [`signed`] takes events from server libraries, and the hotel itself
//! publishes through [`publish`]. All three use the [`Hub`](crate::hub::Hub).

pub(crate) mod publish;
pub(crate) mod signed;
pub(crate) mod socket;

/// The longest event data that the hosted service takes, in bytes (`contract.md 2`).
pub(crate) const MAX_EVENT_BYTES: usize = 10_240;

/// The longest payload that the hotel's publishing library sends, in bytes of memory (`contract.md 2`).
pub(crate) const MAX_PAYLOAD_MEMORY: usize = 30_720;

/// Returns true if a channel may have this name: 1 to 164 letters, digits and `_-=@,.;`.
pub(crate) fn is_channel_name(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_-=@,.;".contains(&byte);
    (1..=164).contains(&name.len()) && name.bytes().all(allowed)
}
