//! The lock of the desk, the PINs of its people, and the way from one person to another.
//!
//! A locked desk shows no person ([`people`](super::people)). Whoever types the PIN of a signed-in person, or that
//! person's password, sees that person's data. The PIN needs no network.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use super::people::Person;
use super::{Desk, Inner, Mode, blocking};
use crate::account::Pin;
use crate::environment::Environment;
use crate::error::{DeskError, failure};
use crate::private::Secret;
use crate::views::{Change, PinState};

/// The interval of checks for a desk without input.
const LOOK: Duration = Duration::from_secs(5);

impl Desk {
    /// Hides the data of all people, now and at the next start. The engines go on.
    ///
    /// # Errors
    /// If the data folder cannot be written. The desk is locked all the same.
    pub async fn lock(&self) -> Result<(), DeskError> {
        self.note_leaving().await;
        self.show(None);
        self.accounts().show(None)
    }

    /// Locks the desk because of the computer: the session was locked, or there was no input for a while. A person
    /// without a PIN could not come back without a network, so their desk stays open.
    pub async fn lock_by_itself(&self) {
        let has_pin = self.shown().is_some_and(|person| person.visit().pin == PinState::Set);
        if has_pin && let Err(error) = self.lock().await {
            tracing::warn!(%error, "the lock is not kept over a restart");
        }
    }

    /// Notes input of the person at the window.
    pub fn note_input(&self) {
        *self.inner.input_at.lock().unwrap_or_else(PoisonError::into_inner) = moment(&self.inner.environment);
    }

    /// Sets the PIN of the shown person, who has none yet.
    ///
    /// # Errors
    /// [`Invalid`](crate::error::ErrorCode::Invalid) unless it has four to eight digits,
    /// [`NotAllowed`](crate::error::ErrorCode::NotAllowed) if there is a PIN already,
    /// [`KeyStore`](crate::error::ErrorCode::KeyStore) if it cannot be kept.
    pub async fn set_pin(&self, digits: Secret) -> Result<(), DeskError> {
        let person = self.shown().ok_or_else(DeskError::signed_out)?;
        let _turn = self.inner.pin_turn.lock().await;
        if matches!(person.visit().pin, PinState::Set | PinState::Spent) {
            return Err(failure!(NotAllowed, "error-pin-exists"));
        }
        let salt = self.inner.environment.salt();
        let pin = blocking(move || Pin::new(&digits, salt)).await?;
        self.inner.keys.save_pin(&person.engine.account, &pin).await?;
        person.visit().pin = PinState::Set;
        self.inner.announce(Change::People);
        self.inner.announce(Change::Session);
        Ok(())
    }

    /// Shows the data of a signed-in person whose PIN this is. Needs no network.
    ///
    /// # Errors
    /// [`WrongPin`](crate::error::ErrorCode::WrongPin); [`PasswordNeeded`](crate::error::ErrorCode::PasswordNeeded) after
    /// too many wrong tries, and if there is no PIN or no key store.
    pub async fn switch_by_pin(&self, person: &str, digits: Secret) -> Result<(), DeskError> {
        let person = self.known_person(person)?;
        self.check_pin(&person, digits).await?;
        self.come(&person).await
    }

    /// Shows the person with this user name, or with this key, for as long as this program runs. `pin` is called if
    /// the person has a PIN and is not the one whom this desk shows anyway. Only a command line chooses a person in this
    /// way.
    ///
    /// # Errors
    /// [`NotFound`](crate::error::ErrorCode::NotFound) if this person is not signed in here, those of `pin`, and those of
    /// a wrong PIN.
    pub async fn act_as(
        &self,
        named: &str,
        pin: impl FnOnce() -> Result<Secret, DeskError>,
    ) -> Result<(), DeskError> {
        let person = self.person_named(named);
        let person = person.ok_or_else(|| failure!(NotFound, "error-person-not-here", name = named))?;
        let is_here = self.shown().is_some_and(|shown| shown.id() == person.id());
        let state = person.visit().pin;
        match state {
            _ if is_here => {}
            PinState::Set => self.check_pin(&person, pin()?).await?,
            PinState::Spent => return Err(failure!(PasswordNeeded, "error-pin-spent-here")),
            PinState::Unset | PinState::Unavailable => {}
        }
        self.show(Some(person.id()));
        Ok(())
    }

    /// Succeeds if this is the PIN of the person. Every try counts.
    async fn check_pin(&self, person: &Person, digits: Secret) -> Result<(), DeskError> {
        let account = &person.engine.account;
        let _turn = self.inner.pin_turn.lock().await;
        let pin =
            self.inner.keys.load_pin(account).await.map_err(|error| {
                failure!(PasswordNeeded, "error-pin-no-key-store", cause = error.to_string())
            })?;
        let Some(mut pin) = pin else { return Err(failure!(PasswordNeeded, "error-pin-none")) };
        let spent = || failure!(PasswordNeeded, "error-pin-spent");
        if pin.tries_left() == 0 {
            return Err(spent());
        }
        pin.count_try();
        self.inner.keys.save_pin(account, &pin).await?;
        let (mut pin, fits) = blocking(move || pin.fits(&digits).map(|fits| (pin, fits))).await?;
        if !fits {
            let left = pin.tries_left();
            if left > 0 {
                return Err(failure!(WrongPin, "error-pin-wrong", left = left));
            }
            person.visit().pin = PinState::Spent;
            self.inner.announce(Change::People);
            return Err(spent());
        }
        pin.reset_tries();
        Ok(self.inner.keys.save_pin(account, &pin).await?)
    }

    /// Shows the data of a signed-in person whose password this is. A PIN that was tried too often is removed, so that
    /// the person can set another one.
    ///
    /// # Errors
    /// [`WrongPassword`](crate::error::ErrorCode::WrongPassword), [`Offline`](crate::error::ErrorCode::Offline) and
    /// similar ones.
    pub async fn switch_by_password(&self, person: &str, password: Secret) -> Result<(), DeskError> {
        let person = self.known_person(person)?;
        self.renew_sign_in(&person.engine, password).await?;
        self.forget_pin(&person).await;
        self.come(&person).await
    }

    /// Removes the PIN of a person.
    pub(super) async fn forget_pin(&self, person: &Person) {
        let state = match self.inner.keys.delete_pin(&person.engine.account).await {
            Ok(()) => PinState::Unset,
            Err(error) => {
                tracing::info!(%error, "there is no key store for a PIN");
                PinState::Unavailable
            }
        };
        person.visit().pin = state;
    }

    /// Shows a person who has proved to be that person.
    async fn come(&self, person: &Person) -> Result<(), DeskError> {
        self.note_leaving().await;
        self.note_input();
        self.note_coming(person).await;
        self.show(Some(person.id()));
        self.accounts().show(Some(&person.engine.account))
    }

    fn known_person(&self, id: &str) -> Result<Person, DeskError> {
        self.person(id).ok_or_else(|| failure!(NotFound, "error-person-gone"))
    }

    /// Locks the desk after some time without input, for as long as the desk is open.
    pub(super) fn lock_when_idle(&self) {
        if self.inner.mode != Mode::Full {
            return;
        }
        let (inner, environment) = (Arc::downgrade(&self.inner), self.inner.environment.clone());
        tokio::spawn(async move {
            loop {
                environment.sleep(LOOK).await;
                let Some(inner) = inner.upgrade() else { return };
                let desk = Self { inner, from: None };
                let limit = desk.current_settings().lock_after;
                if limit.is_some_and(|limit| desk.inner.idle() >= limit) {
                    desk.lock_by_itself().await;
                }
            }
        });
    }
}

impl Inner {
    /// Returns the time without input.
    fn idle(&self) -> Duration {
        let (monotonic, wall) = *self.input_at.lock().unwrap_or_else(PoisonError::into_inner);
        let now = moment(&self.environment);
        now.0.saturating_sub(monotonic).max(now.1.saturating_sub(wall))
    }
}

/// Returns the present moment by two clocks: the one that never goes back may stop while the computer sleeps.
pub(super) fn moment(environment: &Environment) -> (Duration, Duration) {
    (environment.clock().monotonic(), environment.clock().wall())
}
