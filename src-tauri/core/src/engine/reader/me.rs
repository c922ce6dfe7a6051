//! Reads the signed-in person's profile and duty status at this hotel.

use super::Reader;
use crate::account::Profile;
use crate::engine::apply;
use crate::error::{DeskError, ErrorCode, failure};
use crate::hotel::{Me, not_on_staff};
use crate::resources::Duty;
use crate::store::duty;
use crate::store::meta::{self, Key};
use crate::views::Change;

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
        let (profile, reported) = (me.profile.clone(), me.duty);
        let now = self.now();
        self.store
            .write(move |tx| {
                if meta::get::<Profile>(tx, Key::Profile)?.as_ref() != Some(&profile) {
                    meta::set(tx, Key::Profile, &profile)?;
                    tx.changed(Change::Session);
                }
                let Some(reported) = reported else { return Ok(()) };
                // An event that came during this read may be the newer one; it has its own read.
                if duty::get(tx)?.is_some_and(|known| {
                    known.is_on_duty != reported.is_on_duty
                        && asked < known.confirmed_at
                        && known.confirmed_at <= now
                }) {
                    return Ok(());
                }
                apply::duty::take_own(
                    tx,
                    Duty { is_on_duty: reported.is_on_duty, since: reported.since, confirmed_at: now },
                )
            })
            .await?;
        Ok(me)
    }
}
