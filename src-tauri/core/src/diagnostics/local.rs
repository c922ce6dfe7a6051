//! The checks of what lies on this computer: outbox, database, picture cache.

use jiff::Timestamp;

use super::findings::{count, in_words, size};
use super::{Run, Subject};
use crate::engine::Engine;
use crate::engine::pictures::CAP;
use crate::error::DeskError;
use crate::media::{CacheError, Usage};
use crate::store::health::{Health, newest_version};
use crate::store::intents::Counts;
use crate::store::{StoreError, intents, pictures};
use crate::views::{Check, Finding};

/// What waits longer than this although the server answers is stuck.
const STUCK_MS: i64 = 10 * 60 * 1000;
/// Less room than this on the disk is worth a look.
const LITTLE_ROOM: u64 = 500 << 20;
/// With less, the next picture may not fit.
const NO_ROOM: u64 = 50 << 20;
/// A journal of this size is not taken into the file any more as it should.
const LONG_JOURNAL: u64 = 64 << 20;

/// Database and picture cache.
pub(super) async fn check(run: &Run<'_>, subject: &Subject) {
    let Some(engine) = &subject.engine else {
        run.put(nobody(Check::Database, subject));
        run.put(nobody(Check::Cache, subject));
        return;
    };
    let (health, usage) = tokio::join!(engine.store.health(), usage(engine));
    run.put(health.map_or_else(unusable, |health| database(&health)));
    run.put(cache(usage));
}

/// Each person has a database of their own.
pub(super) fn nobody(check: Check, subject: &Subject) -> Finding {
    let database = |why: &&DeskError| why.code == crate::error::ErrorCode::Database;
    match subject.why_not.as_ref().filter(database) {
        Some(why) if check == Check::Database => Finding::failed(check, &why.message, &why.way_out),
        _ => Finding::unknown(
            check,
            "Not checked: nobody is signed in, and each person has data of their own.",
        ),
    }
}

fn unusable(error: StoreError) -> Finding {
    let error = DeskError::from(error);
    Finding::failed(Check::Database, error.message, error.way_out)
}

fn database(health: &Health) -> Finding {
    let check = Check::Database;
    let finding = if let Some(problem) = health.problems.first() {
        Finding::failed(
            check,
            "The local database is damaged.",
            "Export what waits (under Attention), end the program and start it again: the file is set aside, what was \
             not sent is taken over as far as it can be read, and the rest is read from the hotel again.",
        )
        .with("Cause", problem)
    } else if health.free_bytes.is_some_and(|free| free < NO_ROOM) {
        Finding::failed(
            check,
            "There is almost no room left on the disk; what you type may soon not be stored.",
            "Make room on this disk now.",
        )
    } else if health.version > newest_version() {
        Finding::warning(
            check,
            "A newer version of this program has worked with the local database.",
            "Bring this program up to date.",
        )
    } else if health.free_bytes.is_some_and(|free| free < LITTLE_ROOM) {
        Finding::warning(check, "There is little room left on the disk.", "Make room on this disk.")
    } else if !health.set_aside.is_empty() {
        Finding::warning(
            check,
            "The local database is sound. An earlier one was damaged and has been set aside.",
            "If something that you had typed is missing, give the file to the people who look after this program; \
             otherwise it can be removed.",
        )
    } else if health.journal_bytes > LONG_JOURNAL {
        Finding::warning(
            check,
            "The journal of the local database does not become shorter.",
            "End every copy of the program, deskctl too, and start it again.",
        )
    } else {
        Finding::ok(check, "The local database is sound.")
    };
    let aside = (!health.set_aside.is_empty()).then(|| health.set_aside.join(", "));
    finding
        .with("Size", size(health.bytes))
        .with("Journal", size(health.journal_bytes))
        .with("Schema", health.version)
        .with_some("Free on the disk", health.free_bytes.map(size))
        .with_some("Set aside", aside)
}

/// What the cache holds, and how many pictures it should hold and does not.
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
        Err(error) => return Finding::failed(check, error.message, error.way_out),
    };
    let finding = if missing > 0 {
        Finding::warning(
            check,
            format!(
                "{} {} in the cache.",
                count(missing, "picture"),
                if missing == 1 { "is missing" } else { "are missing" }
            ),
            "Check the network: they are fetched again when they are shown.",
        )
    } else if usage.bytes > CAP + CAP / 10 {
        Finding::warning(
            check,
            "The picture cache is larger than it should be: what waits to be sent, or is shown, is kept in any case.",
            "Send what waits; the cache becomes smaller by itself then.",
        )
    } else {
        Finding::ok(check, "The picture cache is sound.")
    };
    finding
        .with("Pictures", usage.files)
        .with("Size", size(usage.bytes))
        .with("At most", size(CAP))
        .with("Missing", missing)
}

/// What waits and what needs a person. Cheap enough to be looked at each time.
pub(super) async fn outbox(subject: &Subject) -> Finding {
    let Some(engine) = &subject.engine else {
        return Finding::unknown(Check::Outbox, "Not checked: nobody is signed in.");
    };
    let read = engine.store.read(|db| Ok((intents::counts(db)?, intents::oldest_waiting(db)?)));
    match read.await {
        Ok((counts, oldest)) => {
            let link = engine.connectivity.link();
            let waiting = Waiting {
                age_ms: oldest.map_or(0, |oldest| age_ms(oldest, engine.now())),
                may_be_sent: link.online == Some(true) && !link.sign_in_needed,
                by_itself: subject.by_itself,
            };
            outbox_finding(counts, waiting)
        }
        Err(error) => Finding { check: Check::Outbox, ..unusable(error) },
    }
}

fn age_ms(of: Timestamp, now: Timestamp) -> i64 {
    // A clock that was set back makes no age negative.
    now.as_millisecond().saturating_sub(of.as_millisecond()).max(0)
}

/// What is known of what waits.
struct Waiting {
    /// Of the oldest that nothing but the hotel holds up.
    age_ms: i64,
    may_be_sent: bool,
    by_itself: bool,
}

fn outbox_finding(counts: Counts, waiting: Waiting) -> Finding {
    let check = Check::Outbox;
    let number = counts.waiting + counts.in_flight;
    let age = in_words(waiting.age_ms.unsigned_abs());
    let finding = if waiting.age_ms >= STUCK_MS && waiting.may_be_sent && waiting.by_itself {
        Finding::failed(
            check,
            format!("A change has been waiting for {age} although the hotel's server answers."),
            "Press “Try now”. If it stays, export it under Attention, and tell the people who look after this program.",
        )
    } else if counts.attention > 0 {
        let need = if counts.attention == 1 { "needs" } else { "need" };
        Finding::warning(
            check,
            format!("{} {need} a person.", count(counts.attention.into(), "change")),
            "Look at them under Attention (on the command line: deskctl outbox list).",
        )
    } else if number > 0 && !waiting.by_itself {
        Finding::warning(check, waits(number), "Send them with deskctl sync, or open the window.")
    } else if number > 0 && !waiting.may_be_sent {
        Finding::warning(
            check,
            waits(number),
            "They are sent by themselves as soon as the hotel can be reached.",
        )
    } else if number > 0 {
        Finding::ok(check, format!("{} on the way to the hotel.", count(number.into(), "change")))
    } else {
        Finding::ok(check, "Everything is at the hotel.")
    };
    finding
        .with("Waiting", number)
        .with("In need of a person", counts.attention)
        .with_some("Oldest", (number > 0 && waiting.age_ms > 0).then_some(age))
}

fn waits(number: u32) -> String {
    format!("{} {} to be sent.", count(number.into(), "change"), if number == 1 { "waits" } else { "wait" })
}
