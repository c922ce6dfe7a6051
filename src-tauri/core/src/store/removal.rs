//! Tracks the processes that have an account's database open, and decides which one may remove or rebuild it.
//!
//! Several processes may have one account open. Two empty files beside the database prevent that one of them removes
//! the database while another uses it:
//!
//! * One process at a time holds `NAME.opening`, for a moment, while it opens, rebuilds or removes ([`Turn`]). So first
//!   starts create the database one after another.
//! * All processes that have the database open hold `NAME.lock` together ([`InUse`]). Only a process that holds it
//!   alone ([`Alone`]) may rebuild or remove.
//!
//! These files are never removed: a process that waits for the lock of a deleted file would get it without effect.
//!
//! A sign-out sets a mark, `NAME.remove`, inside a transaction of the database. After that, all writes are refused.
//! Each process that has the database open closes it, and the last one removes it. A failed removal keeps its mark and
//! is tried again at each start. The mark of a person who leaves this computer contains the account, whose entries
//! elsewhere are removed too.
//!
//! [`Unopened`] is an account's database that no process has open, for commands about whole accounts.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{StoreError, with};
use crate::replace;

/// The database's file in an account's folder.
pub const DATABASE: &str = "desk.sqlite";

const OPENING: &str = ".opening";
const LOCK: &str = ".lock";
const MARK: &str = ".remove";

/// The maximum number of pauses while waiting for another process's turn: a check of a large database takes time.
const TURNS: u32 = 3000;
/// The maximum number of pauses while waiting for other processes to close an account that will be removed. They check
/// each second.
const LEAVING: u32 = 250;
const PAUSE: Duration = Duration::from_millis(20);

/// The right to open, rebuild or remove, until it is dropped.
pub(super) struct Turn {
    database: PathBuf,
    _opening: Locked,
}

/// The exclusive use of the database. No other process has it open or can open it.
pub(super) struct Alone {
    _lock: Locked,
}

/// The shared use of the database. Other processes neither remove nor rebuild it.
pub(super) struct InUse {
    _lock: Locked,
}

/// A file with a lock. It is unlocked explicitly, because Windows releases the lock of a closed file with a delay.
struct Locked(File);

impl Drop for Locked {
    fn drop(&mut self) {
        // The lock ends with the file in any case.
        let _ = self.0.unlock();
    }
}

impl Turn {
    /// Waits until no other process opens, rebuilds or removes this database.
    pub(super) fn take(database: &Path) -> Result<Self, StoreError> {
        let opening = within(TURNS, || lock(&with(database, OPENING), File::try_lock))?;
        Ok(Self { database: database.to_owned(), _opening: opening.ok_or(StoreError::Busy)? })
    }

    /// Returns the exclusive use of the database, or `None` while others have it open.
    pub(super) fn alone(&self) -> Result<Option<Alone>, StoreError> {
        Ok(self.lock_alone()?.map(|lock| Alone { _lock: lock }))
    }

    /// Calls [`alone`](Self::alone) repeatedly, so that others have time to close the database.
    pub(super) fn soon_alone(&self) -> Result<Option<Alone>, StoreError> {
        Ok(within(LEAVING, || self.lock_alone())?.map(|lock| Alone { _lock: lock }))
    }

    fn lock_alone(&self) -> io::Result<Option<Locked>> {
        lock(&with(&self.database, LOCK), File::try_lock)
    }

    /// Ends the turn with the database open. An earlier [`Alone`] must be dropped before.
    pub(super) fn join(self) -> Result<InUse, StoreError> {
        // Only the process with the turn can be alone, so no exclusive lock exists now.
        let lock = lock(&with(&self.database, LOCK), File::try_lock_shared)?;
        Ok(InUse { _lock: lock.ok_or(StoreError::Busy)? })
    }
}

#[expect(clippy::disallowed_methods, reason = "a lock of another process tells nobody when it is given back")]
fn within(times: u32, mut attempt: impl FnMut() -> io::Result<Option<Locked>>) -> io::Result<Option<Locked>> {
    for _ in 1..times {
        if let Some(locked) = attempt()? {
            return Ok(Some(locked));
        }
        std::thread::sleep(PAUSE);
    }
    attempt()
}

/// Returns the lock, or `None` while another process holds it.
fn lock(path: &Path, how: impl Fn(&File) -> Result<(), TryLockError>) -> io::Result<Option<Locked>> {
    let file = File::options().create(true).truncate(false).read(true).write(true).open(path)?;
    match how(&file) {
        Ok(()) => Ok(Some(Locked(file))),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
            // Some network disks have no locks. Usually only one desk runs on such a disk.
            tracing::warn!("this disk knows no locks");
            Ok(Some(Locked(file)))
        }
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// An account's database that no process has open. None can open it until this value is dropped.
pub struct Unopened {
    // Fields are dropped in this order: the turn ends last.
    alone: Alone,
    turn: Turn,
}

impl Unopened {
    /// Returns the database in an account's folder, or `None` while a process has it open. The folder must exist.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub fn take(folder: &Path) -> Result<Option<Self>, StoreError> {
        let turn = Turn::take(&folder.join(DATABASE))?;
        Ok(turn.alone()?.map(|alone| Self { alone, turn }))
    }

    /// Returns the path of the database.
    pub fn database(&self) -> &Path {
        &self.turn.database
    }

    /// Marks the account for removal with this note, which [`note_of`] returns until the end of the removal.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub fn mark_for_removal(&self, note: &[u8]) -> Result<(), StoreError> {
        Ok(replace::write(&with(self.database(), MARK), note)?)
    }

    /// Removes the content of the folder.
    ///
    /// # Errors
    /// If a part cannot be removed. A mark stays.
    pub fn empty(&self) -> Result<(), StoreError> {
        Ok(empty(self.database(), &self.alone)?)
    }
}

/// Returns the note in the mark of an account, if it is marked with one.
pub fn note_of(folder: &Path) -> Option<Vec<u8>> {
    fs::read(with(&folder.join(DATABASE), MARK)).ok().filter(|note| !note.is_empty())
}

/// Marks the account for removal. Call it inside a transaction of its database, so that no other transaction is between
/// the check for waiting intents and the mark.
pub(super) fn mark(database: &Path) -> Result<(), StoreError> {
    File::create(with(database, MARK))?.sync_all()?;
    Ok(replace::sync_folder(folder_of(database))?)
}

/// Returns true if the account will be removed, so no data may be stored in it.
pub fn is_marked(database: &Path) -> bool {
    with(database, MARK).exists()
}

/// Removes the marked data, because the person has signed in again, so that a new database can be created.
///
/// # Errors
/// If a part of the old database cannot be removed after its main file was removed.
pub(super) fn begin_anew(database: &Path, alone: &Alone) -> Result<(), StoreError> {
    if !is_marked(database) {
        return Ok(());
    }
    match empty(database, alone) {
        Ok(()) => Ok(()),
        // The database is complete or removed; both states are usable. Remaining pictures fit any database.
        Err(error) if database.exists() || !with(database, "-wal").exists() => {
            tracing::warn!(%error, "not all of the account's data could be removed");
            Ok(replace::remove(&with(database, MARK))?)
        }
        Err(error) => Err(error.into()),
    }
}

/// The result of a removal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removal {
    /// All data is removed.
    Done,
    /// Another process has it open, and removes it when it closes.
    InUse,
}

/// Removes the content of a marked account's folder, unless a process has it open. An unmarked one is left alone.
///
/// # Errors
/// If a part cannot be removed. The mark stays.
pub fn carry_out(folder: &Path) -> Result<Removal, StoreError> {
    let database = folder.join(DATABASE);
    if !is_marked(&database) {
        return Ok(Removal::Done);
    }
    let turn = Turn::take(&database)?;
    let Some(alone) = turn.alone()? else { return Ok(Removal::InUse) };
    // Meanwhile another process may have removed it, or the person may have signed in again.
    if is_marked(&database) {
        empty(&database, &alone)?;
    }
    Ok(Removal::Done)
}

/// Returns the folders below this one that are marked for removal.
pub fn marked(accounts: &Path) -> Vec<PathBuf> {
    let Ok(folders) = fs::read_dir(accounts) else { return Vec::new() };
    folders.flatten().map(|entry| entry.path()).filter(|folder| is_marked(&folder.join(DATABASE))).collect()
}

/// Removes everything but the locks, and the mark last. The database is first, because it names the person and guests.
fn empty(database: &Path, _alone: &Alone) -> io::Result<()> {
    for part in ["", "-wal", "-shm"] {
        replace::remove(&with(database, part))?;
    }
    let stays: Vec<PathBuf> = [OPENING, LOCK, MARK].iter().map(|end| with(database, end)).collect();
    for entry in fs::read_dir(folder_of(database))? {
        let entry = entry?;
        let path = entry.path();
        if stays.contains(&path) {
            continue;
        }
        match entry.file_type()?.is_dir() {
            true => replace::remove_folder(&path)?,
            false => replace::remove(&path)?,
        }
    }
    replace::remove(&with(database, MARK))
}

fn folder_of(database: &Path) -> &Path {
    database.parent().unwrap_or(Path::new("."))
}
