//! The clock button.

use super::Desk;
use crate::catalogue::say;
use crate::engine::duty::Course;
use crate::error::DeskError;
use crate::resources::{Duty, Part};
use crate::store::meta::{self, Key};
use crate::store::{StoreError, duty, parts};
use crate::views::{DutyIntent, DutyView};
use crate::words::{absent, duty_notice};

/// A longer time on duty suggests a forgotten clock-out.
pub(super) const LONG: jiff::SignedDuration = jiff::SignedDuration::from_hours(14);

impl Desk {
    /// Returns the state of the button.
    ///
    /// # Errors
    /// [`SignedOut`](crate::error::ErrorCode::SignedOut), or the local database.
    pub async fn duty(&self) -> Result<DutyView, DeskError> {
        let engine = self.engine()?;
        let (now, zone) = (engine.now(), engine.time_zone.clone());
        let is_online = engine.connectivity.state().online != Some(false);
        let no_clock = !engine.connectivity.generation().has_clock();
        let view = engine.store.read(move |db| {
            let reported: Option<Duty> = duty::get(db)?;
            let forgotten = reported
                .as_ref()
                .filter(|duty| duty.is_on_duty)
                .and_then(|duty| duty.since)
                .filter(|since| now.duration_since(*since) > LONG)
                .map(|since| {
                    let since = since.to_zoned(zone).strftime("%d %B, %H:%M").to_string();
                    say!("duty-forgotten", since = since)
                });
            Ok::<_, StoreError>(DutyView {
                is_on_duty: reported.as_ref().map(|duty| duty.is_on_duty),
                since: reported.as_ref().and_then(|duty| duty.since),
                confirmed_at: reported.map(|duty| duty.confirmed_at),
                intent: duty::intent(db)?.map(|intent| DutyIntent {
                    on_duty: intent.on_duty,
                    until: intent.until,
                    running: intent.sent || is_online,
                }),
                notice: meta::get(db, Key::DutyNotice)?.map(duty_notice).or(forgotten),
                unavailable: parts::get(db, Part::Clock)?
                    .absent()
                    .map(|why| absent(Part::Clock, why))
                    .or(no_clock.then(|| say!("duty-no-clock"))),
            })
        });
        Ok(view.await?)
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
        let asked = engine.reader.read_me().await;
        let view = self.duty().await?;
        match asked {
            Err(error) if view.is_on_duty.is_none() => Err(error),
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
