//! Reads the signed-in person's profile and duty status at this hotel.

use jiff::{SignedDuration, Timestamp};

use super::Reader;
use crate::account::Profile;
use crate::engine::apply;
use crate::error::{DeskError, ErrorCode, failure};
use crate::hotel::dialect::ClockWay;
use crate::hotel::{Me, OwnDuty, not_on_staff};
use crate::resources::Duty;
use crate::store::duty;
use crate::store::meta::{self, Key};
use crate::views::Change;

/// The longest age of a report whose start is kept: after a longer time the person may have been off duty in between.
const FRESH: SignedDuration = SignedDuration::from_mins(15);

/// The start of the person's time on or off duty.
enum Start {
    /// The hotel's answer.
    Read(Option<Timestamp>),
    /// The start that is stored already.
    Known,
}

impl Reader {
    /// Reads `me`, and stores the profile and the duty status.
    pub async fn read_me(&self) -> Result<Me, DeskError> {
        let _turn = self.me_turn.lock().await;
        let asked = self.now();
        let me = match self.connectivity.api().me().await {
            Ok(me) => me,
            Err(error) => {
                self.connectivity.failed(&error);
                let failed = not_on_staff(&self.account.hotel_slug, error);
                if failed.code == ErrorCode::NotAllowed {
                    self.connectivity.notify(failed.clone());
                }
                return Err(failed);
            }
        };
        self.connectivity.reached();
        self.connectivity.withdraw(ErrorCode::NotAllowed);
        self.note_generation(me.generation).await?;
        if me.profile.staff_id != self.account.staff_id {
            self.connectivity.change(|state| state.sign_in_needed = true);
            return Err(failure!(SignInNeeded, "error-other-person"));
        }
        if self.connectivity.state().identity_open {
            self.connectivity.change(|state| state.identity_open = false);
            self.wakes.push.notify_one();
            self.wakes.channels.notify_one();
        }
        let profile = me.profile.clone();
        let reported = match me.duty {
            Some(duty) => Some((duty.status, self.start_of(duty).await?)),
            None => None,
        };
        let environment = self.environment.clone();
        self.store
            .write(move |tx| {
                // Not earlier: an event that is stored before this transaction must not seem to come from the future.
                let now = environment.now();
                if meta::get::<Profile>(tx, Key::Profile)?.as_ref() != Some(&profile) {
                    meta::set(tx, Key::Profile, &profile)?;
                    tx.changed(Change::Session);
                }
                let Some((status, start)) = reported else { return Ok(()) };
                let known = duty::get(tx)?;
                // An event that came during this read may be newer. It has a read of its own.
                if known.as_ref().is_some_and(|known| {
                    known.status != status && asked < known.confirmed_at && known.confirmed_at <= now
                }) {
                    return Ok(());
                }
                let since = match start {
                    Start::Read(since) => since,
                    // The answer to a press may have brought the right time since.
                    Start::Known => known
                        .filter(|known| known.status.is_on_duty() == status.is_on_duty())
                        .and_then(|known| known.since),
                };
                apply::duty::take_own(tx, Duty { status, since, confirmed_at: now })
            })
            .await?;
        Ok(me)
    }

    /// Returns the start of the person's time on or off duty. Newer servers leave it out of `me` and keep it in the
    /// clock logs (contract.md 9.3), which are read only if the known start may be wrong.
    async fn start_of(&self, reported: OwnDuty) -> Result<Start, DeskError> {
        if reported.since.is_some() {
            return Ok(Start::Read(reported.since));
        }
        let on_duty = reported.status.is_on_duty();
        let known = self.store.read(duty::get).await?;
        let is_same = known.as_ref().is_none_or(|known| known.status.is_on_duty() == on_duty);
        let start = known.filter(|_| is_same).and_then(|known| {
            let age = self.now().duration_since(known.confirmed_at);
            let is_fresh = age >= SignedDuration::ZERO && age <= FRESH;
            known.since.filter(|_| is_fresh || !on_duty)
        });
        // Without a known change, the last clock-out is not worth a request.
        if start.is_some()
            || (is_same && !on_duty)
            || self.connectivity.generation().clock_way() != ClockWay::Logs
        {
            return Ok(if start.is_some() { Start::Known } else { Start::Read(None) });
        }
        match self.connectivity.api().own_log(self.account.staff_id, on_duty).await {
            Ok(log) => Ok(Start::Read(log.and_then(|log| if on_duty { log.time_in } else { log.time_out }))),
            Err(error) => {
                tracing::info!(%error, "the start of the time on duty could not be read");
                Ok(Start::Read(None))
            }
        }
    }
}
