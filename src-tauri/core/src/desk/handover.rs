//! The card for a person who signs in, or who comes to the desk after another person: the state of the desk since that
//! person was here last.

use std::sync::PoisonError;

use super::Desk;
use super::people::Person;
use crate::activity::entries;
use crate::error::DeskError;
use crate::store::meta::{self, Key};
use crate::store::{StoreError, intents};
use crate::views::{Change, HandoverView};

impl Desk {
    /// Returns the card, or none if there is none for the shown person now.
    ///
    /// # Errors
    /// [`Locked`](crate::error::ErrorCode::Locked), [`SignedOut`](crate::error::ErrorCode::SignedOut), or the local
    /// database.
    pub async fn handover(&self) -> Result<Option<HandoverView>, DeskError> {
        let engine = self.engine()?;
        let Some(person) = self.shown().filter(|person| person.visit().has_card) else { return Ok(None) };
        let (unread, changes, own) = engine
            .store
            .read(|db| Ok((entries::unseen(db)?, entries::unseen_changes(db)?, intents::counts(db)?)))
            .await?;
        let others = self.work_of_others().await;
        let visit = person.visit();
        Ok(Some(HandoverView {
            since: visit.since,
            unread,
            changes,
            waiting: own.waiting + own.in_flight,
            failed: own.attention - own.conflicts,
            conflicts: own.conflicts,
            others,
            pin: visit.pin,
        }))
    }

    /// Closes the card.
    pub fn dismiss_handover(&self) {
        if let Some(person) = self.shown() {
            person.visit().has_card = false;
            self.inner.announce(Change::People);
        }
    }

    /// Notes that the shown person leaves the desk.
    pub(super) async fn note_leaving(&self) {
        let Some(person) = self.shown() else { return };
        *self.inner.last_person.lock().unwrap_or_else(PoisonError::into_inner) = Some(person.id());
        let now = person.engine.now();
        let noted = person.engine.store.write(move |tx| meta::set(tx, Key::LastHere, &now)).await;
        if let Err(error) = noted {
            tracing::info!(%error, "the time at which a person left is not noted");
        }
    }

    /// Prepares the card for a person who comes to the desk. The person who was here last needs none.
    pub(super) async fn note_coming(&self, person: &Person) {
        let since = person.engine.store.read(|db| meta::get(db, Key::LastHere));
        let since = since.await.unwrap_or_else(|error: StoreError| {
            tracing::info!(%error, "the time at which a person was here last is not known");
            None
        });
        let last = self.inner.last_person.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut visit = person.visit();
        visit.since = since;
        visit.has_card |= last != Some(person.id());
    }
}
