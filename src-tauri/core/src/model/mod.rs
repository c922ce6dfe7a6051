//! The model of the changes that people want at the hotel.
//!
//! It does not depend on a database, a network or a screen. An entity (an offer, a room type, the branding, a gallery)
//! has a [`ServerCopy`](crate::resources::ServerCopy), the *base*, which the hotel's server sent last, and a list of
//! intents on top of it. A person sees both together. The unit in which intents are merged is the
//! [`FieldValue`](crate::records::FieldValue).

mod intent;
mod past;
mod trouble;

pub use intent::{Conflict, Intent, IntentState, Note, Operation, Queued, QueuedKind, SentRequest};
pub use past::Past;
pub use trouble::Trouble;
