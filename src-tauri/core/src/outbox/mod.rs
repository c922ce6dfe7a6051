//! The outbox: the changes that a person wants, until the hotel has them.
//!
//! An intent is a row ([`Intent`](crate::model::Intent)), written in the same transaction as its effect on the screen.
//! It ends in exactly one of three ways: *done*, *waiting* with a reason, or *needs attention* with a reason and a way
//! out. Intents never expire, and the number of attempts is not limited.
//!
//! The life of an intent:
//!
//! 1. [`queue`] writes it, or merges it into an intent that the hotel cannot have seen yet.
//! 2. [`lanes`] selects the next intents: in order within an entity, entities in parallel.
//! 3. Before anything is sent, the hotel's copy is read and merged with the intent, field by field ([`merge`]).
//! 4. [`transitions`] writes *in flight* and commits; only then does the request leave.
//! 5. The answer is compared with the sent values and becomes the base, and the row is removed, in one transaction.
//!
//! The servers do not support idempotency keys, so a request is never repeated blindly. When the answer is lost
//! (time-out, dropped connection, 5xx, crash), the intent becomes *unclear*:
//!
//! * For an edit, step 3 resolves this without further work.
//! * For a create, the whole list is read. The row that it made is recognised and adopted ([`adopt`]), or a person is
//!   asked. It is sent again only when the first request can no longer be carried out.
//! * For a picture, the stored path is compared.
//! * A deletion is repeated, since 404 is success.
//! * For a message to a guest, the messages are read ([`chat`]). It is never sent again unless a person asks for it.
//!
//! [`judge`](crate::activity::judge) finds the changes in the hotel's copies that none of these intents explains:
//! a colleague made them.
//!
//! Only [`effective`] computes the state that a person sees: the base plus the pending intents. For galleries, whose
//! intents are steps on a list, [`gallery`] computes it.

pub mod adopt;
pub mod chat;
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
