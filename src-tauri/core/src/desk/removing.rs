//! Removes the data that a sign-out leaves. The last process that has the account open removes it. A failed removal is
//! tried again at each start, and reported as long as data is left.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, Weak};
use std::time::Duration;

use super::{Desk, Inner, Mode};
use crate::account::Account;
use crate::engine::Engine;
use crate::error::{DeskError, failure};
use crate::store::StoreError;
use crate::store::removal::{self, Removal};
use crate::views::Change;

/// The number of attempts to remove a folder. A picture that is being stored, or a check of the database, may delay it
/// for a moment.
const TRIES: usize = 5;
const BETWEEN_TRIES: Duration = Duration::from_millis(200);
/// The interval of checks for a sign-out in another process.
const LOOK: Duration = Duration::from_secs(1);

impl Desk {
    /// Removes every account that is marked for removal. A failure is [reported](Self::left_behind).
    pub(super) async fn remove_marked(&self) {
        let accounts = self.inner.data_dir.join("accounts");
        let Ok(marked) = tokio::task::spawn_blocking(move || removal::marked(&accounts)).await else {
            return;
        };
        let mut left = None;
        for folder in marked {
            left = self.remove(folder).await.err().or(left);
        }
        *self.inner.left_behind.lock().unwrap_or_else(PoisonError::into_inner) = left;
    }

    async fn remove(&self, folder: PathBuf) -> Result<(), DeskError> {
        if let Some(account) = leaver(&folder) {
            self.accounts().remove(&account)?;
            if let Err(error) = self.inner.keys.delete_all(&account).await {
                tracing::warn!(%error, "the entries of a removed account may still be in the key store");
            }
        }
        for _ in 0..TRIES {
            let at = folder.clone();
            let done = tokio::task::spawn_blocking(move || removal::carry_out(&at)).await;
            match done.unwrap_or(Err(StoreError::Closed)) {
                Ok(Removal::Done) => return Ok(()),
                Ok(Removal::InUse) => {
                    return Err(failure!(Database, "error-left-in-use"));
                }
                Err(error) => tracing::warn!(%error, "the account's data could not be removed yet"),
            }
            self.inner.environment.sleep(BETWEEN_TRIES).await;
        }
        Err(file_stays())
    }

    /// Reports that the account could not even be marked for removal.
    pub(super) fn say_left_behind(&self) {
        *self.inner.left_behind.lock().unwrap_or_else(PoisonError::into_inner) = Some(file_stays());
    }

    /// Returns the failure to remove the data of a person who signed out.
    pub(super) fn left_behind(&self) -> Option<DeskError> {
        self.inner.left_behind.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Leaves the account when the person signs out in another process, because its database then refuses writes. A desk
    /// that does nothing by itself does not look.
    pub(super) fn follow_sign_outs(&self, engine: &Arc<Engine>) {
        if self.inner.mode != Mode::Full {
            return;
        }
        let (desk, engine) = (Arc::downgrade(&self.inner), Arc::downgrade(engine));
        let environment = self.inner.environment.clone();
        tokio::spawn(async move {
            loop {
                environment.sleep(LOOK).await;
                let Some(desk) = still(&desk, &engine) else { return };
                let Some(engine) = engine.upgrade() else { return };
                if engine.store.is_marked_for_removal() {
                    desk.signed_out_elsewhere(&engine).await;
                    return;
                }
            }
        });
    }

    async fn signed_out_elsewhere(&self, engine: &Arc<Engine>) {
        let _turn = self.inner.engines_turn.lock().await;
        if !self.engines().iter().any(|here| Arc::ptr_eq(here, engine)) {
            // It was replaced or removed meanwhile.
            return;
        }
        *self.inner.why_not.write().unwrap_or_else(PoisonError::into_inner) =
            Some(StoreError::SignedOutElsewhere.into());
        self.stop_acting(engine).await;
        self.put_away(engine).await;
        self.accounts().forget(&engine.account);
        self.inner.announce(Change::Session);
    }
}

/// Returns the account in the mark of a removal, if the person leaves this computer for good. `accounts remove` writes
/// this mark, and was stopped before its end.
fn leaver(folder: &Path) -> Option<Account> {
    serde_json::from_slice(&removal::note_of(folder)?).ok()
}

/// Returns the desk, if this session has not ended.
fn still(desk: &Weak<Inner>, engine: &Weak<Engine>) -> Option<Desk> {
    let desk = Desk { inner: desk.upgrade()?, from: None };
    let is_here = desk.engines().iter().any(|here| std::ptr::eq(Arc::as_ptr(here), engine.as_ptr()));
    is_here.then_some(desk)
}

fn file_stays() -> DeskError {
    failure!(Database, "error-left-file")
}
