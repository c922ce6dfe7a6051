//! The engine: from sign-in to sign-out, everything that moves between the hotel and the local database.
//!
//! It is a handful of small tasks over one [`Session`], which meet only in the database:
//!
//! * [`live`](self::live): Pusher events become rows, at once;
//! * [`guests`](self::guests): what guests write to the person becomes a fact;
//! * [`pull`](self::pull) and [`walk`](self::walk): lists are read at the start, after every gap, and now and then;
//! * [`push`](self::push) and [`sender`](self::sender): the outbox is emptied, offers side by side;
//! * [`gallery`](self::gallery): what is wished of a gallery, which is a list and not a row;
//! * [`spread`](self::spread): when to ask, so that many desks never ask together;
//! * [`connectivity`](self::connectivity): the way to the hotel; [`calm`](self::calm): what a screen is told of an outage;
//! * [`parts`](self::parts) and [`abilities`](self::abilities): what this server does not have, and that in words;
//! * [`channels`](self::channels): which channels are listened to, and what has to be read because no event tells of it;
//! * [`uploads`](self::uploads): pictures on their way up, which a person can stop;
//! * [`duty`](self::duty): a wish about the clock is carried out;
//! * [`pictures`](self::pictures): the hotel's pictures are fetched;
//! * [`engine`](self::engine): starts them, and looks for what another process committed.
//!
//! A task that fails tells why and tries again; none of them ends by itself.

pub mod abilities;
pub mod apply;
pub mod calm;
mod channels;
pub mod connectivity;
mod departures;
pub mod duty;
pub mod engine;
mod gallery;
mod guests;
mod leases;
pub mod live;
mod parts;
mod picture_waits;
pub mod pictures;
pub mod pull;
mod push;
mod sender;
pub mod session;
pub mod spread;
#[cfg(test)]
pub(crate) mod test_session;
mod uploads;
mod wakes;
mod walk;

pub use engine::Engine;
pub use session::{Kept, Session, Terms};
