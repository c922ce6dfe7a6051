//! What people want of the hotel.
//!
//! Nothing in here knows a database, a network or a screen. A *thing* (an offer, a room type, the branding, a gallery)
//! has a [`ServerCopy`](crate::resources::ServerCopy) (what the hotel's server last said, the *base*), and a list of
//! intents on top of it; what a person sees is both together. The unit in which intents are merged is the
//! [`FieldValue`](crate::records::FieldValue).

mod intent;
mod past;

pub use intent::{Clash, Departure, Intent, IntentState, Note, Operation, Queued, QueuedKind, Trouble};
pub use past::Past;
