//! The things of the hotel, and the words for them.
//!
//! Nothing in here knows a database, a network or a screen. An *offer* has a [`ServerOffer`] (what the
//! hotel's server last said, the *base*), and a list of wishes on top of it; what a person sees is both
//! together. The unit in which wishes are merged is the [`FieldValue`].

mod duty;
mod ids;
mod intent;
mod offer;
mod session;
mod validate;

pub use duty::{Duty, DutyUpdate};
pub use ids::{IntentId, LocalId, MediaHash, ServerId};
pub use intent::{Clash, Intent, IntentState, Note, Queued, QueuedKind, Trouble, Wish};
pub use offer::{
    FieldEdit, FieldValue, OfferContent, OfferField, OfferState, ServerOffer, Validity, offer_state,
};
pub use session::{Account, Profile};
pub use validate::{FieldErrors, validate_field, validate_offer};
