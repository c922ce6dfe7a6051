//! The checks of the data on this computer: outbox, database, picture cache.

use jiff::Timestamp;

use super::findings::{in_words, size};
use super::{Run, Subject};
use crate::catalogue::say;
use crate::engine::Engine;
use crate::engine::pictures::CAP;
use crate::error::DeskError;
use crate::media::{CacheError, Usage};
use crate::store::health::{Health, newest_version};
use crate::store::intents::Counts;
use crate::store::{StoreError, intents, pictures};
use crate::views::{Check, Finding};

/// The age from which an intent counts as stuck although the server answers, in milliseconds.
const STUCK_MS: i64 = 10 * 60 * 1000;
/// The free space on the disk below which there is a warning, in bytes.
const LITTLE_ROOM: u64 = 500 << 20;
/// The free space below which the next picture may not fit, in bytes.
const NO_ROOM: u64 = 50 << 20;
/// The size from which the journal is not merged into the file as it should be, in bytes.
const LONG_JOURNAL: u64 = 64 << 20;

/// Checks the database and the picture cache.
pub(super) async fn check(run: &Run<'_>, subject: &Subject) {
    let Some(engine) = &subject.engine else {
        run.put(nobody(Check::Database, subject));
        run.put(nobody(Check::Cache, subject));
        return;
    };
    let (health, usage) = tokio::join!(engine.store.health(), usage(engine));
    let check = Check::Database;
    run.put(health.map_or_else(|error| Finding::error(check, error), |health| database(&health)));
    run.put(cache(usage));
}

/// Returns the finding for a desk without a signed-in person. Each person has a separate database.
pub(super) fn nobody(check: Check, subject: &Subject) -> Finding {
    match subject.unopened() {
        Some(why) if check == Check::Database => Finding::failed(check, &why.message, &why.way_out),
        Some(_) => not_opened(check),
        None => Finding::unknown(check, say!("doctor-own-data")),
    }
}

/// Returns the finding for a local database that could not be opened. Without it the person and the outbox are not
/// known.
pub(super) fn not_opened(check: Check) -> Finding {
    Finding::unknown(check, say!("doctor-not-checked-unopened"))
}

/// Returns the finding for a check that was not made because there is no session.
pub(super) fn not_checked(check: Check, subject: &Subject) -> Finding {
    match subject.unopened() {
        Some(_) => not_opened(check),
        None => Finding::unknown(check, say!("doctor-not-checked-signed-out")),
    }
}

fn database(health: &Health) -> Finding {
    let check = Check::Database;
    let finding = if let Some(problem) = health.problems.first() {
        let damaged = Finding::failed(check, say!("doctor-damaged"), say!("doctor-damaged-way-out"));
        damaged.with(say!("doctor-figure-cause"), problem)
    } else if health.free_bytes.is_some_and(|free| free < NO_ROOM) {
        Finding::failed(check, say!("doctor-disk-full"), say!("doctor-disk-full-way-out"))
    } else if health.version > newest_version() {
        Finding::warning(check, say!("doctor-newer"), say!("doctor-newer-way-out"))
    } else if health.free_bytes.is_some_and(|free| free < LITTLE_ROOM) {
        Finding::warning(check, say!("doctor-disk-small"), say!("doctor-disk-small-way-out"))
    } else if !health.set_aside.is_empty() {
        Finding::warning(check, say!("doctor-set-aside"), say!("doctor-set-aside-way-out"))
    } else if health.journal_bytes > LONG_JOURNAL {
        Finding::warning(check, say!("doctor-journal"), say!("doctor-journal-way-out"))
    } else {
        Finding::ok(check, say!("doctor-database-sound"))
    };
    let aside = (!health.set_aside.is_empty()).then(|| health.set_aside.join(", "));
    finding
        .with(say!("doctor-figure-size"), size(health.bytes))
        .with(say!("doctor-figure-journal"), size(health.journal_bytes))
        .with(say!("doctor-figure-schema"), health.version)
        .with_some(say!("doctor-figure-free"), health.free_bytes.map(size))
        .with_some(say!("doctor-figure-set-aside"), aside)
}

/// Returns the use of the cache, and the number of pictures that are missing from it.
async fn usage(engine: &Engine) -> Result<(Usage, u64), DeskError> {
    let known = engine.store.read(pictures::all).await?;
    let (media, now) = (engine.media.clone(), engine.now());
    let look = move || {
        let missing = known.into_values().filter(|hash| !media.has(hash)).count();
        Ok::<_, CacheError>((media.usage(now)?, u64::try_from(missing).unwrap_or(u64::MAX)))
    };
    Ok(tokio::task::spawn_blocking(look).await.map_err(|_| StoreError::Closed)??)
}

fn cache(usage: Result<(Usage, u64), DeskError>) -> Finding {
    let check = Check::Cache;
    let (usage, missing) = match usage {
        Ok(found) => found,
        Err(error) => return Finding::error(check, error),
    };
    let finding = if missing > 0 {
        Finding::warning(check, say!("doctor-missing", count = missing), say!("doctor-missing-way-out"))
    } else if usage.bytes > CAP + CAP / 10 {
        Finding::warning(check, say!("doctor-cache-large"), say!("doctor-cache-large-way-out"))
    } else {
        Finding::ok(check, say!("doctor-cache-sound"))
    };
    finding
        .with(say!("doctor-figure-pictures"), usage.files)
        .with(say!("doctor-figure-size"), size(usage.bytes))
        .with(say!("doctor-figure-at-most"), size(CAP))
        .with(say!("doctor-figure-missing"), missing)
}

/// Returns the finding about the intents that wait or need a person. Cheap enough to be evaluated each time.
pub(super) async fn outbox(subject: &Subject) -> Finding {
    let Some(engine) = &subject.engine else {
        return not_checked(Check::Outbox, subject);
    };
    let read = engine.store.read(|db| Ok((intents::counts(db)?, intents::oldest_waiting(db)?)));
    match read.await {
        Ok((counts, oldest)) => {
            let link = engine.connectivity.state();
            let waiting = Waiting {
                age_ms: oldest.map_or(0, |oldest| age_ms(oldest, engine.now())),
                may_be_sent: link.online == Some(true) && !link.sign_in_needed,
                by_itself: subject.by_itself,
            };
            outbox_finding(counts, waiting)
        }
        Err(error) => Finding::error(Check::Outbox, error),
    }
}

fn age_ms(of: Timestamp, now: Timestamp) -> i64 {
    // The age is not negative if the clock was set back.
    now.as_millisecond().saturating_sub(of.as_millisecond()).max(0)
}

/// The state of the waiting intents.
struct Waiting {
    /// The age of the oldest intent that waits only for the hotel, in milliseconds.
    age_ms: i64,
    may_be_sent: bool,
    by_itself: bool,
}

fn outbox_finding(counts: Counts, waiting: Waiting) -> Finding {
    let check = Check::Outbox;
    let number = counts.waiting + counts.in_flight;
    let age = in_words(waiting.age_ms.unsigned_abs());
    let waits = say!("doctor-waits", count = number);
    let finding = if waiting.age_ms >= STUCK_MS && waiting.may_be_sent && waiting.by_itself {
        Finding::failed(check, say!("doctor-stuck", age = age.as_str()), say!("doctor-stuck-way-out"))
    } else if counts.attention > 0 {
        let text = say!("doctor-attention", count = counts.attention);
        Finding::warning(check, text, say!("doctor-attention-way-out"))
    } else if number > 0 && !waiting.by_itself {
        Finding::warning(check, waits, say!("doctor-waits-sync-way-out"))
    } else if number > 0 && !waiting.may_be_sent {
        Finding::warning(check, waits, say!("doctor-waits-way-out"))
    } else if number > 0 {
        Finding::ok(check, say!("doctor-on-the-way", count = number))
    } else {
        Finding::ok(check, say!("doctor-all-there"))
    };
    finding
        .with(say!("doctor-figure-waiting"), number)
        .with(say!("doctor-figure-attention"), counts.attention)
        .with_some(say!("doctor-figure-oldest"), (number > 0 && waiting.age_ms > 0).then_some(age))
}
