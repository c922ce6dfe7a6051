//! Defending what was just put into a gallery, or taken out of it.
//!
//! Whoever writes a flat gallery replaces the whole list (CONTRACT.md 12, trap 15), and nobody can write it only if
//! it is still as it was read. So a colleague who read the list a moment before our picture came into it writes it
//! without ours, and does not know. Each desk therefore looks after its own: for [`WATCH_MS`] after a picture was put
//! in, a list without it means that it was overwritten, and it is put in again where it was; likewise for one that was
//! taken out and is back. The watch ends with the first *read* after that time that shows all as it should be, so that
//! a desk that was offline for a moment still finds out; a desk that was away for longer than [`STALE_MS`] leaves the
//! gallery as it finds it.
//!
//! Each wish is defended once: two desks that want opposite things must not fight for ever. The price: a colleague who
//! takes our picture out within that time sees it come back once.

use jiff::Timestamp;

use super::is_about_image;
use crate::environment::Environment;
use crate::model::{ImageStep, Intent, LocalId, ServerGallery};
use crate::store::galleries::{self, Watch};
use crate::store::intents::{self, NewIntent};
use crate::store::{StoreError, Tx};

/// How long, in milliseconds: longer than any time between another desk's read and the end of its write.
pub const WATCH_MS: i64 = 90_000;
/// A watch that ended so long ago says nothing any more, in milliseconds.
const STALE_MS: i64 = 3_600_000;

/// Holds a copy of a gallery against what is watched in it. `read`: it is an answer to a question, not an event.
pub fn look(
    tx: &mut Tx<'_>,
    environment: &Environment,
    now: Timestamp,
    id: LocalId,
    lane: &[Intent],
    gallery: &ServerGallery,
    read: bool,
) -> Result<(), StoreError> {
    let watches = galleries::watches(tx, id)?;
    if watches.is_empty() {
        return Ok(());
    }
    let there = galleries::keys(tx, id)?.list(gallery);
    for Watch { image, wish, until } in watches {
        let over_for = now.as_millisecond() - until;
        // One that ends further ahead than any was written by a clock that has since been set back.
        let stale = !(-WATCH_MS..STALE_MS).contains(&over_for);
        // A newer wish about the picture says what shall be.
        let replaced = lane.iter().any(|intent| is_about_image(intent, image));
        let Some(step) = wish.image_step().filter(|_| !stale) else {
            galleries::unwatch(tx, image)?;
            continue;
        };
        if !replaced && !is_so(&step, &there) {
            galleries::unwatch(tx, image)?;
            let mut again = NewIntent::waiting(environment.intent_id(), id, wish, now);
            again.note.defends = true;
            intents::add(tx, &again)?;
        } else if read && over_for > 0 {
            galleries::unwatch(tx, image)?;
        }
    }
    Ok(())
}

/// The picture is there, or not there, as the step wished. An order is not defended: the last one stands.
pub fn is_so(step: &ImageStep<LocalId>, there: &[LocalId]) -> bool {
    match step {
        ImageStep::Add { image, .. } => there.contains(image),
        ImageStep::Remove { image } => !there.contains(image),
        ImageStep::Move { .. } => true,
    }
}
