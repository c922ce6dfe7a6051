//! The things of the hotel, and the words for them.
//!
//! Nothing in here knows a database, a network or a screen. A *thing* (an offer, a room
//! type, the branding, a gallery) has a [`ServerCopy`] (what the hotel's server last said, the *base*), and a list of wishes on top of it; what a person sees is both
//! together. The unit in which wishes are merged is the [`FieldValue`].

mod address;
mod duty;
mod gallery;
mod ids;
mod intent;
mod offer;
mod part;
mod past;
mod record;
mod rule;
mod session;
mod tables;
mod text;
mod thing;
mod validate;
mod value;

pub use duty::{Duty, DutyUpdate};
pub use gallery::{ImageStep, ServerGallery, ServerImage};
pub use ids::{DraftId, IntentId, LocalId, MediaHash, ServerId};
pub use intent::{Clash, Intent, IntentState, Note, Queued, QueuedKind, Trouble, Wish};
pub use offer::{OfferContent, OfferState, offer_state};
pub use part::{Outage, Part, PartState, Refusal};
pub use past::Past;
pub use record::{Fields, SORT_ORDER, Slot, Table};
pub use rule::{Odd, Rule, Shape};
pub use session::{Account, Profile};
pub use thing::{Kind, ONLY_ONE, ServerCopy, ServerPicture, ServerRecord};
pub use validate::FieldErrors;
pub use value::{Datum, Field, FieldEdit, FieldValue, Validity};
