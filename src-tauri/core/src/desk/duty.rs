//! The clock button.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::Desk;
use crate::catalogue::{day_text, say};
use crate::engine::duty::Course;
use crate::error::DeskError;
use crate::resources::{Duty, DutyNotice, Part};
use crate::store::meta::{self, Key};
use crate::store::{StoreError, duty, parts};
use crate::views::{DutyIntent, DutyView};
use crate::words::{absent, duty_notice};

/// A longer time on duty suggests a forgotten clock-out.
pub(super) const LONG: SignedDuration = SignedDuration::from_hours(14);

impl Desk {
    /// Returns the state of the button.
    ///
    /// # Errors
    /// [`SignedOut`](crate::error::ErrorCode::SignedOut), or the local database.
    pub async fn duty(&self) -> Result<DutyView, DeskError> {
        let engine = self.engine()?;
        // The start of a shift is a time of the server's clock.
        let (now, zone) = (engine.connectivity.server_now(), engine.time_zone.clone());
        let is_online = engine.connectivity.state().online != Some(false);
        let view = engine.store.read(move |db| {
            let reported: Option<Duty> = duty::get(db)?;
            let on_duty_since = reported.as_ref().filter(|duty| duty.status.is_on_duty());
            let on_duty_since = on_duty_since.and_then(|duty| duty.since);
            let forgotten = on_duty_since.and_then(|since| forgotten(since, now, &zone));
            let is_off_duty = reported.as_ref().is_some_and(|duty| !duty.status.is_on_duty());
            let notice = meta::get(db, Key::DutyNotice)?
                .filter(|notice| !(is_off_duty && *notice == DutyNotice::NeedsApproval));
            Ok::<_, StoreError>(DutyView {
                status: reported.as_ref().map(|duty| duty.status),
                since: reported.as_ref().and_then(|duty| duty.since),
                confirmed_at: reported.map(|duty| duty.confirmed_at),
                intent: duty::intent(db)?.map(|intent| DutyIntent {
                    on_duty: intent.on_duty,
                    until: intent.until,
                    running: intent.sent || is_online,
                }),
                notice: notice.map(duty_notice).or(forgotten),
                unavailable: parts::get(db, Part::Clock)?.absent().map(|why| absent(Part::Clock, why)),
            })
        });
        Ok(view.await?)
    }

    /// Returns the time zone of the hotel.
    pub fn hotel_zone(&self) -> TimeZone {
        self.current_settings().time_zone.clone()
    }

    /// Stores an intent to be on or off duty. It is carried out at once, or waits visibly for the network.
    ///
    /// # Errors
    /// [`TooLate`](crate::error::ErrorCode::TooLate) while an earlier one is in flight.
    pub async fn intend_duty(&self, on_duty: bool) -> Result<(), DeskError> {
        Ok(self.engine()?.duty.set_intent(on_duty).await?)
    }

    /// Cancels a waiting intent.
    ///
    /// # Errors
    /// [`TooLate`](crate::error::ErrorCode::TooLate) if it may have left already.
    pub async fn cancel_duty_intent(&self) -> Result<(), DeskError> {
        Ok(self.engine()?.duty.cancel().await?)
    }

    /// Removes the notice that the person has read.
    ///
    /// # Errors
    /// The local database.
    pub async fn dismiss_duty_notice(&self) -> Result<(), DeskError> {
        let engine = self.engine()?;
        Ok(engine
            .store
            .write(|tx| {
                meta::clear(tx, Key::DutyNotice)?;
                tx.changed(crate::views::Change::Duty);
                Ok(())
            })
            .await?)
    }

    /// Asks the hotel now, and returns the duty status.
    ///
    /// # Errors
    /// Those of the hotel, but only if no earlier status is stored.
    pub async fn refresh_duty(&self) -> Result<DutyView, DeskError> {
        let engine = self.engine()?;
        let asked = match engine.duty.end_sent().await {
            Ok(()) => engine.reader.read_me().await.map(drop),
            failed => failed,
        };
        let view = self.duty().await?;
        match asked {
            Err(error) if view.status.is_none() => Err(error),
            _ => Ok(view),
        }
    }

    /// Carries out an intent before it returns. An intent that cannot be carried out now is cancelled, because no
    /// screen would show it.
    ///
    /// # Errors
    /// The reason why it was not carried out.
    pub async fn carry_out_duty(&self, on_duty: bool) -> Result<DutyView, DeskError> {
        let engine = self.engine()?;
        // A command that was cut off may have left an intent behind, which only a read can end.
        engine.duty.end_sent().await?;
        engine.duty.set_intent(on_duty).await?;
        match engine.duty.carry_out().await? {
            Course::Over => self.duty().await,
            Course::Waits(error) => {
                // The press may have left, so it cannot be cancelled. The next read shows the state.
                let _ = engine.duty.cancel().await;
                Err(DeskError { way_out: say!("duty-not-pressed-later"), ..error })
            }
        }
    }
}

/// Returns the warning of a forgotten clock-out, with times in the hotel's zone.
fn forgotten(since: Timestamp, now: Timestamp, zone: &TimeZone) -> Option<String> {
    if now.duration_since(since) <= LONG {
        return None;
    }
    let (since, now) = (since.to_zoned(zone.clone()), now.to_zoned(zone.clone()));
    let time = since.strftime("%H:%M").to_string();
    Some(if now.date().yesterday().ok() == Some(since.date()) {
        say!("duty-forgotten-yesterday", time = time)
    } else if now.date() == since.date() {
        say!("duty-forgotten-today", time = time)
    } else {
        say!("duty-forgotten", day = day_text(since.date()), time = time)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the warning for a shift between two times of the hotel in Dublin.
    fn warning(since: &str, now: &str) -> Option<String> {
        let zone = TimeZone::get("Europe/Dublin").unwrap();
        let at = |text: &str| {
            let local: jiff::civil::DateTime = text.parse().unwrap();
            local.to_zoned(zone.clone()).unwrap().timestamp()
        };
        forgotten(at(since), at(now), &zone)
    }

    #[test]
    fn a_long_time_on_duty_warns_of_a_forgotten_clock_out_with_its_day() {
        assert_eq!(warning("2026-11-23T09:05", "2026-11-23T23:05"), None);
        let said = warning("2026-11-23T09:05", "2026-11-23T23:06").unwrap();
        assert!(said.starts_with("On duty since 09:05 today"), "{said}");
        let said = warning("2026-11-23T09:05", "2026-11-24T08:00").unwrap();
        assert!(said.starts_with("On duty since 09:05 yesterday"), "{said}");
        let said = warning("2026-11-03T09:05", "2026-11-24T08:00").unwrap();
        assert!(said.starts_with("On duty since 09:05 on 3 November"), "{said}");
    }

    #[test]
    fn a_night_shift_over_a_change_of_the_clocks_counts_the_hours_that_passed() {
        // The clocks go back: 13 hours on the wall clock are 14 hours.
        assert_eq!(warning("2026-10-24T20:00", "2026-10-25T08:59"), None);
        let said = warning("2026-10-24T20:00", "2026-10-25T09:01").unwrap();
        assert!(said.starts_with("On duty since 20:00 yesterday"), "{said}");
        // The clocks go forward: 14.5 hours on the wall clock are 13.5 hours.
        assert_eq!(warning("2026-03-28T20:00", "2026-03-29T10:30"), None);
        assert!(warning("2026-03-28T20:00", "2026-03-29T11:01").is_some());
    }
}
