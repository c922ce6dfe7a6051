//! Moves an account to another computer, as one sealed file.
//!
//! The order: both leases; a snapshot, under a transaction that prevents writes; `FILE.partial`, which is read back and
//! opened; the mark in the database, by which that transaction ends; and the name `FILE`. A stop before the mark leaves
//! the account as it was. A stop after it leaves a complete file, which gets its name when the move is called again.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::list::{Content, content, content_of};
use super::parcel::{self, Manifest};
use super::{Found, StoredAccounts};
use crate::account::sealed_file::{self, SealedFileError};
use crate::account::{Account, KeyError};
use crate::desk::blocking;
use crate::engine::pictures::PREPARED_FOR_MS;
use crate::error::{DeskError, failure};
use crate::ids::{MediaHash, MoveId};
use crate::media::MediaCache;
use crate::private::Secret;
use crate::replace;
use crate::store::moved::{self, Moved};
use crate::store::moving::{self, Departure};
use crate::store::{StoreError, health, lease, outside, pictures, removal};
use crate::vault::VaultKey;
use crate::views::{CancelledMove, MovedAccount, Waits};

/// The shortest passphrase in characters. A thief of the file can try as many as he likes.
const SHORTEST: usize = 12;
/// The interval and the number of tries while the lease of a process that was killed lasts.
const PAUSE: Duration = Duration::from_secs(1);
const TRIES: u64 = lease::LIFETIME.as_secs() + 2;

impl StoredAccounts {
    /// Moves an account with all that waits into a file. `passphrase` is called once nothing is known that prevents the
    /// move. From then on the account does not open here, until the move is [cancelled](Self::cancel_move).
    ///
    /// # Errors
    /// [`InUse`](crate::error::ErrorCode::InUse) while a process has the account open,
    /// [`Moved`](crate::error::ErrorCode::Moved) if it was moved to another file,
    /// [`KeyStore`](crate::error::ErrorCode::KeyStore) if messages wait that the file could not be read without, and
    /// those of the file and the database. The account is as it was then.
    pub async fn move_to(
        &self,
        named: &str,
        to: &Path,
        passphrase: impl FnOnce() -> Result<Secret, DeskError>,
    ) -> Result<MovedAccount, DeskError> {
        let found = self.find(named)?;
        let Some(account) = found.account.clone() else {
            return Err(failure!(NotFound, "error-account-only-folder", account = found.id));
        };
        let to = std::path::absolute(to).map_err(SealedFileError::from)?;
        let (at, file, now) = (found.clone(), to.clone(), self.environment.now_ms());
        let before = blocking(move || look(&at, &file, now)).await?;
        if let Some(content) = before {
            return Ok(done(&found, &to, content.waits));
        }
        let passphrase = passphrase()?;
        if passphrase.expose().chars().count() < SHORTEST {
            return Err(failure!(Invalid, "error-move-passphrase-short", count = SHORTEST));
        }
        let keys = self.chat_keys(&account).await;
        let at = found.clone();
        let departure = blocking(move || begin(&at)).await?;
        let (id, at) = (self.environment.move_id(), self.environment.now());
        let mark = Moved { id, to: to.display().to_string(), at };
        let departure = self.with_leases(&found, departure, &mark).await?;
        let plan = Plan { found: found.clone(), account, to: to.clone(), passphrase, keys, mark };
        let waits = blocking(move || plan.carry_out(departure)).await?;
        Ok(done(&found, &to, waits))
    }

    /// Ends a move on the old computer: the account opens there again. The file must not be used any more.
    ///
    /// # Errors
    /// [`Invalid`](crate::error::ErrorCode::Invalid) if it was not moved, and those of the database.
    pub async fn cancel_move(&self, named: &str) -> Result<CancelledMove, DeskError> {
        let found = self.find(named)?;
        let not_moved = failure!(Invalid, "error-account-not-moved", name = found.name());
        let account = found.id.clone();
        let cancelled = blocking(move || {
            let Some(held) = found.unopened()? else { return Ok(None) };
            if !held.database().exists() {
                return Ok(None);
            }
            Ok(moving::cancel(&held)?)
        });
        let mark = cancelled.await?.ok_or(not_moved)?;
        remove_partial(Path::new(&mark.to), mark.id);
        Ok(CancelledMove { account, file: mark.to })
    }

    /// Returns the keys of the guest chat that may have sealed what waits.
    async fn chat_keys(&self, account: &Account) -> Keys {
        let mut keys: Vec<VaultKey> = self.settings.chat_key.iter().cloned().collect();
        let stored = self.keys.known_chat_key(account).await;
        let why_not = stored.as_ref().err().cloned();
        keys.extend(stored.ok().flatten());
        Keys { keys, why_not }
    }

    /// Waits for the leases of a process that was killed just now.
    async fn with_leases(
        &self,
        found: &Found,
        mut departure: Departure,
        mark: &Moved,
    ) -> Result<Departure, DeskError> {
        for _ in 0..TRIES {
            let (now, mark) = (self.environment.now(), mark.clone());
            let held;
            (departure, held) = blocking(move || {
                let held = departure.hold_leases(&mark, now)?;
                Ok((departure, held))
            })
            .await?;
            if held {
                return Ok(departure);
            }
            self.environment.sleep(PAUSE).await;
        }
        Err(failure!(InUse, "error-account-in-use", name = found.name()))
    }
}

fn done(found: &Found, to: &Path, waits: Waits) -> MovedAccount {
    MovedAccount {
        account: found.id.clone(),
        file: to.display().to_string(),
        waits,
        set_aside: health::set_aside(&found.folder).len(),
    }
}

fn begin(found: &Found) -> Result<Departure, DeskError> {
    let held = found.unopened()?.ok_or_else(|| empty(found))?;
    Ok(Departure::begin(held)?)
}

fn empty(found: &Found) -> DeskError {
    failure!(NotFound, "error-account-empty", name = found.name())
}

/// Checks the account and the place of the file. Returns the content of an account that was moved to this file before,
/// with a file that is complete.
fn look(found: &Found, to: &Path, now: i64) -> Result<Option<Content>, DeskError> {
    if !found.database().exists() || removal::is_marked(&found.database()) {
        return Err(empty(found));
    }
    let content = content(found, now, |database, query| outside::read(database, query))?;
    if let Some(mark) = &content.moved {
        let file = Path::new(&mark.to);
        name_file(file, mark.id)?;
        let is_here = file == to && sealed_file::id_of_file(to).is_ok_and(|id| id == mark.id);
        return if is_here { Ok(Some(content)) } else { Err(StoreError::Moved(mark.to.clone()).into()) };
    }
    if let Some(begun) = &content.begun {
        remove_partial(Path::new(&begun.to), begun.id);
    }
    // An unfinished file of another account may be complete, and its account marked.
    let partial = partial(to);
    let is_empty = std::fs::metadata(&partial).is_ok_and(|about| about.len() == 0);
    match [to, &partial].into_iter().find(|file| file.exists()) {
        Some(file) if file == to || !is_empty => {
            Err(failure!(Invalid, "error-move-file-exists", file = file.display().to_string()))
        }
        _ => Ok(None),
    }
}

/// Returns the name of the file until the account is marked.
fn partial(to: &Path) -> PathBuf {
    let mut name = to.as_os_str().to_owned();
    name.push(".partial");
    PathBuf::from(name)
}

/// Gives the file of a marked account its name.
fn name_file(to: &Path, id: MoveId) -> Result<(), DeskError> {
    let partial = partial(to);
    if to.exists() || !sealed_file::id_of_file(&partial).is_ok_and(|found| found == id) {
        return Ok(());
    }
    let name = partial.display().to_string();
    replace::rename(&partial, to)
        .map_err(|error| failure!(Moved, "error-move-not-named", file = name, cause = error.to_string()))
}

fn remove_partial(to: &Path, id: MoveId) {
    let partial = partial(to);
    if sealed_file::id_of_file(&partial).is_ok_and(|found| found == id)
        && let Err(error) = replace::remove(&partial)
    {
        tracing::warn!(%error, "the file of a cancelled move stays");
    }
}

/// The keys that may have sealed what waits, and the reason why the key store gives none.
struct Keys {
    keys: Vec<VaultKey>,
    why_not: Option<KeyError>,
}

impl Keys {
    /// Returns the key that opens what waits. There need not be one if nothing that waits is sealed.
    fn that_opens(&self, departure: &Departure) -> Result<Option<&VaultKey>, DeskError> {
        for key in &self.keys {
            if departure.is_opened_by(key)? {
                return Ok(Some(key));
            }
        }
        if !departure.is_sealed()? {
            return Ok(None);
        }
        Err(match &self.why_not {
            Some(why_not) => failure!(KeyStore, "error-move-key-store", cause = why_not.to_string()),
            None => failure!(KeyStore, "error-move-no-key"),
        })
    }
}

/// A move whose account is held.
struct Plan {
    found: Found,
    account: Account,
    to: PathBuf,
    passphrase: Secret,
    keys: Keys,
    mark: Moved,
}

impl Plan {
    fn carry_out(self, departure: Departure) -> Result<Waits, DeskError> {
        let partial = partial(&self.to);
        let waits = match self.pack(&departure, &partial) {
            Ok(waits) => waits,
            Err(error) => {
                // The first failure is the one to report.
                let _ = departure.stay();
                let _ = replace::remove(&partial);
                return Err(error);
            }
        };
        if let Err(error) = departure.depart(&self.mark) {
            // Only the database says whether the mark is in it. If it cannot be read, the file stays.
            let mark = outside::read(&self.found.database(), moved::moved);
            if !matches!(mark, Ok(Some(_))) {
                if mark.is_ok() {
                    remove_partial(&self.to, self.mark.id);
                }
                return Err(error.into());
            }
        }
        name_file(&self.to, self.mark.id)?;
        Ok(waits)
    }

    /// Writes the file.
    fn pack(&self, departure: &Departure, partial: &Path) -> Result<Waits, DeskError> {
        let key = self.keys.that_opens(departure)?;
        let is_sealed = departure.is_sealed()?;
        let snapshot = departure.snapshot()?;
        let db = departure.connection();
        let now = self.mark.at.as_millisecond();
        let media = MediaCache::look(self.found.folder.join("media"));
        let pictures = self.sized(&media, pictures::kept_here(db, now - PREPARED_FOR_MS)?)?;
        let manifest = Manifest {
            id: self.mark.id,
            account: self.account.clone(),
            schema: health::newest_version(),
            taken: moved::taken(db)?,
            chat_key: key.map(|key| key.text().expose().to_owned()),
            is_sealed,
            database: std::fs::metadata(&snapshot).map_err(StoreError::from)?.len(),
            pictures,
        };
        let picture = |hash: &MediaHash| {
            let read = media.get(hash, self.mark.at).map_err(io::Error::other)?;
            read.map(|(bytes, _)| bytes).ok_or_else(|| io::ErrorKind::NotFound.into())
        };
        sealed_file::write(partial, self.mark.id, &self.passphrase, |file| {
            parcel::write(file, &manifest, &snapshot, picture)
        })?;
        Ok(content_of(db, &self.found.folder, now)?.waits)
    }

    /// Returns the pictures that are on this computer, with their sizes.
    fn sized(
        &self,
        media: &MediaCache,
        named: HashSet<MediaHash>,
    ) -> Result<Vec<(MediaHash, u64)>, DeskError> {
        let mut sized = Vec::new();
        for hash in named {
            if let Some((bytes, _)) = media.get(&hash, self.mark.at)? {
                sized.push((hash, bytes.len() as u64));
            }
        }
        Ok(sized)
    }
}
