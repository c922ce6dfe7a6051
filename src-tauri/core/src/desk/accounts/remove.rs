//! Removes the account of a person who leaves this computer.
//!
//! A mark in the folder comes first; it contains the account. After a stop at any later step, the next start of any
//! program ends the removal (`desk/removing.rs`).

use super::list::{Content, content};
use super::{Found, StoredAccounts};
use crate::desk::blocking;
use crate::error::{DeskError, failure};
use crate::store::removal::{self, Unopened};
use crate::store::{StoreError, health, outside};
use crate::views::{RemovedAccount, Waits};

impl StoredAccounts {
    /// Removes an account: its folder, its line in the list of accounts, and its entries in the key store. `discard`
    /// removes also what has not reached the hotel.
    ///
    /// # Errors
    /// [`NotFound`](crate::error::ErrorCode::NotFound) for an unknown name,
    /// [`InUse`](crate::error::ErrorCode::InUse) while a process has the account open,
    /// [`StillWaiting`](crate::error::ErrorCode::StillWaiting) if work waits or cannot be counted; nothing is changed
    /// then.
    pub async fn remove(&self, named: &str, discard: bool) -> Result<RemovedAccount, DeskError> {
        let found = self.find(named)?;
        let now = self.environment.now_ms();
        let (at, unopened) = (found.clone(), found.clone());
        let held = blocking(move || unopened.unopened()).await?;
        let (lost, held) = blocking(move || mark(&at, held, now, discard)).await?;
        let mut keys_left = None;
        if let Some(account) = &found.account {
            self.known().remove(account)?;
            keys_left = self.keys.delete_all(account).await.err().map(|error| error.to_string());
        }
        if let Some(held) = held {
            blocking(move || Ok(held.empty()?)).await?;
        }
        Ok(RemovedAccount { account: found.id, lost, keys_left })
    }
}

/// Marks the account, if it may go. Returns what is lost with it.
fn mark(
    found: &Found,
    held: Option<Unopened>,
    now: i64,
    discard: bool,
) -> Result<(Option<Waits>, Option<Unopened>), DeskError> {
    let Some(held) = held else { return Ok((Some(Waits::default()), None)) };
    // A removal that was stopped goes on: what was to be lost was decided then.
    let waits = match removal::is_marked(held.database()) {
        true => Some(Waits::default()),
        false => count(found, now, discard)?,
    };
    let note = found.account.as_ref().map(serde_json::to_vec).transpose().map_err(StoreError::from)?;
    held.mark_for_removal(&note.unwrap_or_default())?;
    Ok((waits, Some(held)))
}

/// Returns what waits, if the account may go all the same.
fn count(found: &Found, now: i64, discard: bool) -> Result<Option<Waits>, DeskError> {
    let counted = content(found, now, |database, query| outside::read_held(database, query));
    let set_aside = health::set_aside(&found.folder).len();
    match counted {
        _ if discard => Ok(counted.ok().map(|content| content.waits)),
        Err(error) => {
            let why = DeskError::from(error);
            Err(failure!(StillWaiting, "error-account-not-counted", name = found.name(), why = why.message))
        }
        Ok(Content { moved: Some(moved), .. }) => {
            Err(failure!(StillWaiting, "error-account-moved-here", name = found.name(), file = moved.to))
        }
        Ok(content) if !content.waits.is_nothing() => Err(still_waiting(found, content.waits)),
        Ok(_) if set_aside > 0 => {
            Err(failure!(StillWaiting, "error-account-set-aside", name = found.name(), count = set_aside))
        }
        Ok(content) => Ok(Some(content.waits)),
    }
}

fn still_waiting(found: &Found, waits: Waits) -> DeskError {
    failure!(
        StillWaiting,
        "error-account-still-waiting",
        name = found.name(),
        changes = waits.changes,
        drafts = waits.drafts,
        pictures = waits.pictures,
    )
}
