//! The activities, and the person's settings for messages about them.
//!
//! All of it is stored with the account: on a shared computer each person has their own history, their own mark of seen
//! activities, and their own do-not-disturb.

use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::Desk;
use crate::activity::entries;
use crate::error::DeskError;
use crate::store::meta::{self, Key};
use crate::store::{StoreError, Tx};
use crate::views::{ActivityList, ActivityQuery, Change, LONGEST_QUIET, NotificationView};

/// A stored do-not-disturb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Quiet {
    from: Timestamp,
    until: Timestamp,
}

impl Quiet {
    fn of(minutes: u32, now: Timestamp) -> Option<Self> {
        let length = SignedDuration::from_mins(i64::from(minutes.min(LONGEST_QUIET)));
        let until = now.checked_add(length).ok()?;
        (until > now).then_some(Self { from: now, until })
    }

    /// Returns its end, while it lasts. If the remaining time is longer than its whole duration, the clock was set
    /// back, and it is over.
    fn end(self, now: Timestamp) -> Option<Timestamp> {
        let rest = self.until.duration_since(now);
        let planned = self.until.duration_since(self.from);
        (rest > SignedDuration::ZERO && rest <= planned).then_some(self.until)
    }
}

impl Desk {
    /// Returns activities, newest first.
    ///
    /// # Errors
    /// [`SignedOut`](crate::error::ErrorCode::SignedOut), or the local database.
    pub async fn activities(&self, query: ActivityQuery) -> Result<ActivityList, DeskError> {
        let engine = self.engine()?;
        Ok(engine.store.read(move |db| entries::list(db, &query)).await?)
    }

    /// Marks every activity up to this one as seen. The mark never moves back.
    ///
    /// # Errors
    /// As [`activities`](Self::activities).
    pub async fn mark_activities_seen(&self, upto: i64) -> Result<(), DeskError> {
        let engine = self.engine()?;
        Ok(engine.store.write(move |tx| entries::mark_seen(tx, upto)).await?)
    }

    /// Returns the settings for messages. Call it again when [`quiet_until`](NotificationView::quiet_until) has passed,
    /// because that end is not announced.
    ///
    /// # Errors
    /// As [`activities`](Self::activities).
    pub async fn notifications(&self) -> Result<NotificationView, DeskError> {
        let engine = self.engine()?;
        let now = engine.now();
        let view = engine.store.read(move |db| {
            let quiet: Option<Quiet> = meta::get(db, Key::Quiet)?;
            Ok::<_, StoreError>(NotificationView {
                quiet_until: quiet.and_then(|quiet| quiet.end(now)),
                sounds: switch(db, Key::Sounds)?,
                repeats: switch(db, Key::Repeats)?,
            })
        });
        Ok(view.await?)
    }

    /// Sets do-not-disturb for this number of minutes from now, a week at most; `None` and zero end it.
    ///
    /// # Errors
    /// As [`activities`](Self::activities).
    pub async fn set_quiet(&self, minutes: Option<u32>) -> Result<(), DeskError> {
        let engine = self.engine()?;
        let quiet = minutes.and_then(|minutes| Quiet::of(minutes, engine.now()));
        Ok(engine
            .store
            .write(move |tx| {
                match &quiet {
                    Some(quiet) => meta::set(tx, Key::Quiet, quiet)?,
                    None => meta::clear(tx, Key::Quiet)?,
                }
                tx.changed(Change::Notifications);
                Ok(())
            })
            .await?)
    }

    /// Turns the sounds of messages on or off.
    ///
    /// # Errors
    /// As [`activities`](Self::activities).
    pub async fn set_sounds(&self, on: bool) -> Result<(), DeskError> {
        self.set_switch(Key::Sounds, on).await
    }

    /// Turns the repeated sound for unread messages of guests on or off.
    ///
    /// # Errors
    /// As [`activities`](Self::activities).
    pub async fn set_repeats(&self, on: bool) -> Result<(), DeskError> {
        self.set_switch(Key::Repeats, on).await
    }

    async fn set_switch(&self, key: Key, on: bool) -> Result<(), DeskError> {
        let write = move |tx: &mut Tx<'_>| {
            meta::set(tx, key, &on)?;
            tx.changed(Change::Notifications);
            Ok(())
        };
        Ok(self.engine()?.store.write(write).await?)
    }
}

fn switch(db: &Connection, key: Key) -> Result<bool, StoreError> {
    Ok(meta::get(db, key)?.unwrap_or(false))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        format!("2026-11-01T{text}:00Z").parse().unwrap()
    }

    #[test]
    fn quiet_lasts_as_long_as_was_wanted_and_not_a_moment_longer() {
        let quiet = Quiet::of(60, at("09:00")).unwrap();
        assert_eq!(quiet.end(at("09:00")), Some(at("10:00")));
        assert_eq!(quiet.end(at("09:59")), Some(at("10:00")));
        assert_eq!(quiet.end(at("10:00")), None);
    }

    #[test]
    fn a_clock_that_is_set_back_ends_a_quiet_that_would_outlast_its_planned_length() {
        let quiet = Quiet::of(60, at("09:00")).unwrap();
        assert_eq!(quiet.end(at("08:59")), None);
    }

    #[test]
    fn no_minutes_are_no_quiet_and_too_many_are_a_week() {
        assert_eq!(Quiet::of(0, at("09:00")), None);
        let longest = Quiet::of(u32::MAX, at("09:00")).unwrap();
        assert_eq!(longest.until.duration_since(longest.from), SignedDuration::from_hours(7 * 24));
    }
}
