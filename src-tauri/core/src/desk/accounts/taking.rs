//! Takes an account from a sealed file.
//!
//! The whole file is checked before anything is changed. Then the pictures are stored, which nothing here uses yet, and
//! the key of the guest chat. The database is prepared beside the old one and takes its place by one rename. So a stop
//! at any step leaves the old database or the new one, and the same call again goes on.

use std::io;
use std::path::Path;

use jiff::Timestamp;

use super::list::{Content, content};
use super::parcel::{self, Manifest};
use super::{Found, StoredAccounts};
use crate::account::id_of;
use crate::account::sealed_file::{Opened, SealedFileError};
use crate::desk::blocking;
use crate::error::{DeskError, failure};
use crate::ids::MoveId;
use crate::media::MediaCache;
use crate::private::Secret;
use crate::store::moving::Arrival;
use crate::store::removal::{self, Unopened};
use crate::store::{StoreError, health, outside};
use crate::vault::VaultKey;
use crate::views::{TakenAccount, Waits};

impl StoredAccounts {
    /// Takes an account from the file that [`move_to`](Self::move_to) made on another computer. The person signs in
    /// here afterwards.
    ///
    /// # Errors
    /// [`WrongPassword`](crate::error::ErrorCode::WrongPassword) for another passphrase,
    /// [`Invalid`](crate::error::ErrorCode::Invalid) for a damaged file,
    /// [`NotAllowed`](crate::error::ErrorCode::NotAllowed) for a file of another hotel or one that was taken here,
    /// [`StillWaiting`](crate::error::ErrorCode::StillWaiting) if work of this person waits here,
    /// [`InUse`](crate::error::ErrorCode::InUse) while a process has the account open, and those of the key store and
    /// the database. Nothing is changed then.
    pub async fn take(&self, file: &Path, passphrase: Secret) -> Result<TakenAccount, DeskError> {
        if file.extension().is_some_and(|end| end == "partial") {
            return Err(failure!(NotAllowed, "error-take-unfinished"));
        }
        let path = file.to_owned();
        let (opened, manifest) = blocking(move || Ok(checked(&path, &passphrase)?)).await?;
        self.refuse_other_hotel(&manifest)?;
        if manifest.schema > health::newest_version() {
            return Err(failure!(NotAllowed, "error-take-newer"));
        }
        let known = self.known();
        if known.has_taken(manifest.id) {
            return Err(taken_already());
        }
        let (account, now) = (manifest.account.clone(), self.environment.now());
        let found = Found {
            id: id_of(&account),
            folder: known.folder_of(&account),
            is_signed_in: known.is_signed_in(&account),
            account: Some(account.clone()),
        };
        let (at, moves) = (found.clone(), (manifest.id, manifest.taken.clone()));
        let held = blocking(move || hold(&at, &moves, now)).await?;
        let Some(held) = held else {
            // The arrival was stopped just before its end.
            self.known().note_taken(manifest.id)?;
            return Err(taken_already());
        };
        self.keep_chat_key(&manifest).await?;
        let (at, id) = (found.clone(), manifest.id);
        let arrival = blocking(move || unpack(&opened, &manifest, &at, held, now)).await?;
        self.known().note(&account)?;
        let waits = blocking(move || arrive(arrival, &found, now)).await?;
        self.known().note_taken(id)?;
        Ok(TakenAccount {
            account: id_of(&account),
            username: account.username,
            hotel_name: account.hotel_name,
            waits,
        })
    }

    /// Refuses an account of another server or hotel than the one that is set for this computer.
    fn refuse_other_hotel(&self, manifest: &Manifest) -> Result<(), DeskError> {
        let account = &manifest.account;
        let is_other = self.settings.server.as_ref().is_some_and(|server| *server != account.server)
            || self.settings.hotel.as_ref().is_some_and(|hotel| *hotel != account.hotel_slug);
        if !is_other {
            return Ok(());
        }
        let server = account.server.as_str().trim_end_matches('/');
        Err(failure!(
            NotAllowed,
            "error-take-other-hotel",
            hotel = account.hotel_slug.as_str(),
            server = server
        ))
    }

    /// Stores the key of the guest chat before the database arrives that needs it. Of the old database, it concerns only
    /// messages that are read again.
    async fn keep_chat_key(&self, manifest: &Manifest) -> Result<(), DeskError> {
        let key = manifest.chat_key.as_ref().and_then(|text| VaultKey::read(&Secret::from(text.as_str())));
        let Some(key) = key else { return Ok(()) };
        if let Some(own) = &self.settings.chat_key {
            let fits = own.is(&key) || !manifest.is_sealed;
            return if fits { Ok(()) } else { Err(failure!(KeyStore, "error-take-other-key")) };
        }
        match self.keys.save_chat_key(&manifest.account, &key).await {
            Err(error) if manifest.is_sealed => {
                Err(failure!(KeyStore, "error-take-no-key-store", cause = error.to_string()))
            }
            Err(error) => {
                tracing::info!(%error, "the key of the guest chat is not kept; nothing that waits needs it");
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }
}

fn taken_already() -> DeskError {
    failure!(NotAllowed, "error-take-twice")
}

/// Opens a file, and reads it to its end. Returns its description.
fn checked(path: &Path, passphrase: &Secret) -> Result<(Opened, Manifest), SealedFileError> {
    let opened = Opened::open(path, passphrase)?;
    let mut content = opened.content()?;
    let manifest = parcel::read(&mut content)?;
    let pictures: u64 = manifest.pictures.iter().map(|(_, size)| size).sum();
    let size = io::copy(&mut content, &mut io::sink())?;
    let is_whole = manifest.id == opened.id && size == manifest.database + pictures;
    if is_whole { Ok((opened, manifest)) } else { Err(SealedFileError::Damaged) }
}

/// Returns the account's place on this computer, if no work is lost there, or `None` if this move has arrived there
/// already. `moves` is this move and those before it.
fn hold(
    found: &Found,
    (id, before): &(MoveId, Vec<MoveId>),
    now: Timestamp,
) -> Result<Option<Unopened>, DeskError> {
    std::fs::create_dir_all(&found.folder).map_err(StoreError::from)?;
    let held = found.unopened()?.ok_or(StoreError::Closed)?;
    if removal::is_marked(held.database()) {
        held.empty()?;
    }
    let now = now.as_millisecond();
    let here =
        content(found, now, |database, query| outside::read_held(database, query)).map_err(|error| {
            let why = DeskError::from(error);
            failure!(StillWaiting, "error-take-not-counted", name = found.name(), why = why.message)
        })?;
    let Content { moved, taken, waits, .. } = here;
    if taken.contains(id) {
        return Ok(None);
    }
    match moved {
        // The account comes back: all that waited here is in the file, or at the hotel.
        Some(moved) if before.contains(&moved.id) => Ok(Some(held)),
        Some(moved) => {
            Err(failure!(StillWaiting, "error-take-moved-from-here", name = found.name(), file = moved.to))
        }
        None if !waits.is_nothing() => Err(failure!(
            StillWaiting,
            "error-take-own-work",
            name = found.name(),
            changes = waits.changes,
            drafts = waits.drafts,
        )),
        None => Ok(Some(held)),
    }
}

/// Stores the pictures, and prepares the database.
fn unpack(
    opened: &Opened,
    manifest: &Manifest,
    found: &Found,
    held: Unopened,
    now: Timestamp,
) -> Result<Arrival, DeskError> {
    let arrival = Arrival::begin(held)?;
    let media = MediaCache::open(found.folder.join("media"))?;
    let mut content = opened.content()?;
    parcel::read(&mut content).map_err(SealedFileError::from)?;
    let picture = |bytes: &[u8]| media.put(bytes, now).map(drop).map_err(io::Error::other);
    parcel::unpack(&mut content, manifest, arrival.file(), picture).map_err(SealedFileError::from)?;
    arrival.prepare(manifest.id, now)?;
    Ok(arrival)
}

/// Puts the database in its place. Returns what waits in it.
fn arrive(arrival: Arrival, found: &Found, now: Timestamp) -> Result<Waits, DeskError> {
    let held = arrival.arrive()?;
    let here = content(found, now.as_millisecond(), |database, query| outside::read_held(database, query))?;
    drop(held);
    Ok(here.waits)
}
