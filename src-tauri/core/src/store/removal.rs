//! Who has an account's database open, and who may remove or rebuild it.
//!
//! Several processes may have one account open. Two empty files beside the database keep them from pulling it away
//! under one another:
//!
//! * `NAME.opening` is held by one at a time, for a moment: whoever opens, rebuilds or removes ([`Turn`]). So first
//!   starts make the database one after another.
//! * `NAME.lock` is held together by all who have the database open ([`InUse`]). Only who has it alone ([`Alone`]) may
//!   rebuild or remove.
//!
//! They are never removed: whoever waits for a lock of a file that is gone would get it, and nobody would know.
//!
//! Signing out is a mark, `NAME.remove`, set inside a transaction of the database. From then on nobody stores anything
//! in it; each process that has it open leaves, and the last one removes it. What cannot be removed keeps its mark and
//! is tried again at each start.

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

/// How often and how long somebody else's turn is waited for: a check of a large database takes its time.
const TURNS: u32 = 3000;
/// How often and how long it is waited for others to leave an account that is to be removed; they look each second.
const LEAVING: u32 = 250;
const PAUSE: Duration = Duration::from_millis(20);

/// The right to open, rebuild or remove, until it is dropped.
pub(super) struct Turn {
    database: PathBuf,
    _opening: Locked,
}

/// Nobody else has the database open, and nobody can open it.
pub(super) struct Alone {
    _lock: Locked,
}

/// The database is open here: it is neither removed nor rebuilt by others.
pub(super) struct InUse {
    _lock: Locked,
}

/// A file with a lock, which is given back in order: Windows takes its time when a file is just closed.
struct Locked(File);

impl Drop for Locked {
    fn drop(&mut self) {
        // It ends with the file in any case.
        let _ = self.0.unlock();
    }
}

impl Turn {
    /// Waits until nobody else opens, rebuilds or removes this database.
    pub(super) fn take(database: &Path) -> Result<Self, StoreError> {
        let opening = within(TURNS, || lock(&with(database, OPENING), File::try_lock))?;
        Ok(Self { database: database.to_owned(), _opening: opening.ok_or(StoreError::Busy)? })
    }

    /// The database for oneself alone; `None` while others have it open.
    pub(super) fn alone(&self) -> Result<Option<Alone>, StoreError> {
        Ok(self.lock_alone()?.map(|lock| Alone { _lock: lock }))
    }

    /// [`alone`](Self::alone), after others have had time to leave.
    pub(super) fn soon_alone(&self) -> Result<Option<Alone>, StoreError> {
        Ok(within(LEAVING, || self.lock_alone())?.map(|lock| Alone { _lock: lock }))
    }

    fn lock_alone(&self) -> io::Result<Option<Locked>> {
        lock(&with(&self.database, LOCK), File::try_lock)
    }

    /// Ends the turn with the database open. Whoever was [`Alone`] before has to have dropped it.
    pub(super) fn join(self) -> Result<InUse, StoreError> {
        // Only who has the turn can be alone, so nobody is in the way.
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

/// `None` while somebody else holds it.
fn lock(path: &Path, how: impl Fn(&File) -> Result<(), TryLockError>) -> io::Result<Option<Locked>> {
    let file = File::options().create(true).truncate(false).read(true).write(true).open(path)?;
    match how(&file) {
        Ok(()) => Ok(Some(Locked(file))),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
            // Some network disks know no locks. One desk is what people have there.
            tracing::warn!("this disk knows no locks");
            Ok(Some(Locked(file)))
        }
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Marks the account for removal. To be called inside a transaction of its database: no other one can be between a look
/// at what waits and the mark.
pub(super) fn mark(database: &Path) -> Result<(), StoreError> {
    File::create(with(database, MARK))?.sync_all()?;
    Ok(replace::sync_folder(folder_of(database))?)
}

/// The account is to be removed: nothing may be stored in it any more.
pub(super) fn is_marked(database: &Path) -> bool {
    with(database, MARK).exists()
}

/// The person is back: what was to be removed goes now, and a new database may be made.
///
/// # Errors
/// When a part of the old database cannot be removed while its main file has gone.
pub(super) fn begin_anew(database: &Path, alone: &Alone) -> Result<(), StoreError> {
    if !is_marked(database) {
        return Ok(());
    }
    match empty(database, alone) {
        Ok(()) => Ok(()),
        // Whole as it was, or gone: both can be gone on with. Pictures that are held fit any database.
        Err(error) if database.exists() || !with(database, "-wal").exists() => {
            tracing::warn!(%error, "not all of the account's data could be removed");
            Ok(replace::remove(&with(database, MARK))?)
        }
        Err(error) => Err(error.into()),
    }
}

/// What became of an account that is marked for removal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removal {
    /// Nothing of it is left.
    Done,
    /// Somebody has it open, and removes it when they leave.
    InUse,
}

/// Removes what lies in a marked account's folder, unless somebody has it open. One that is not marked is left alone.
///
/// # Errors
/// When something in it cannot be removed. The mark stays.
pub fn carry_out(folder: &Path) -> Result<Removal, StoreError> {
    let database = folder.join(DATABASE);
    if !is_marked(&database) {
        return Ok(Removal::Done);
    }
    let turn = Turn::take(&database)?;
    let Some(alone) = turn.alone()? else { return Ok(Removal::InUse) };
    // In the meantime somebody else may have done it, or the person may be back.
    if is_marked(&database) {
        empty(&database, &alone)?;
    }
    Ok(Removal::Done)
}

/// The folders below this one that are marked for removal.
pub fn marked(accounts: &Path) -> Vec<PathBuf> {
    let Ok(folders) = fs::read_dir(accounts) else { return Vec::new() };
    folders.flatten().map(|entry| entry.path()).filter(|folder| is_marked(&folder.join(DATABASE))).collect()
}

/// Removes everything but the locks, and the mark last. The database goes first: it names the person and the guests.
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
