//! The outbox: what a person wants of the hotel, until the hotel has it.
//!
//! An intent is a row ([`Intent`](crate::model::Intent)), written in the same transaction as what the screen
//! shows for it, and it ends in exactly one of three ways: *done*, *waiting* with a reason, or *needs
//! attention* with a reason and a way out. Nothing expires and no number of tries is too many.
//!
//! The life of an intent:
//!
//! 1. [`queue`] writes it, or folds it into one that the hotel cannot have seen yet.
//! 2. [`lanes`] says whose turn it is: order within an offer, offers side by side.
//! 3. Before anything is sent, the hotel's copy is read and merged with it, field by field ([`merge`]).
//! 4. [`transitions`] writes *in flight*, commits, and only then does the request leave.
//! 5. The answer is compared with what was sent, becomes the base, and the row goes, in one transaction.
//!
//! No server here knows idempotency keys, so a request is never repeated blindly. When the answer is lost
//! (time-out, dropped connection, 5xx, crash), the intent is *unclear*: for an edit, step 3 finds out by
//! itself; for a create, the whole list is read, and the row that it made is recognised and adopted ([`adopt`]), or a
//! person is asked, and it is sent again only when the first try can not be carried out any more; for a picture, the
//! stored path is compared; a deletion is repeated, since 404 is success.
//!
//! [`is_news`](crate::activity::is_news) says what in the hotel's copies none of these intents explains: that was a
//! colleague.
//!
//! [`effective`] is the one place that computes what a person sees: base plus pending intents; for galleries, whose
//! intents are steps on a list, it is [`gallery`].

pub mod adopt;
mod created;
pub mod effective;
pub mod fresh;
pub mod gallery;
pub mod lanes;
pub mod late;
pub mod merge;
pub mod questions;
pub mod queue;
pub mod removed;
pub mod transitions;
pub mod undone;
pub mod words;
