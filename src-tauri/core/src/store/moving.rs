//! Moves an account's database to another computer.
//!
//! The old computer: [`Departure`] holds both leases, takes a snapshot under a transaction that prevents writes, and
//! ends the transaction with a mark in the database once the snapshot is safe elsewhere. A marked database does not
//! open, and the writer refuses writes to it, so nothing is sent from there any more.
//!
//! The new computer: [`Arrival`] prepares the snapshot beside the database and takes the place of it by one rename. The
//! database remembers each move that it has arrived by.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags};

use super::lease::{self, Lease};
use super::moved::{ARRIVING, MOVED, MOVING, Moved, SNAPSHOT, TAKEN, moved, set, taken};
use super::removal::Unopened;
use super::schema::migrations;
use super::{StoreError, Tx, open, with, witness};
use crate::ids::MoveId;
use crate::replace;
use crate::vault::{Vault, VaultKey};

/// The holder of the leases. A move that was killed and is started again holds them still.
const HOLDER: &str = "move";

/// Removes the mark. Returns it, or `None` if the account was not moved.
///
/// # Errors
/// If the database cannot be opened or written.
pub fn cancel(held: &Unopened) -> Result<Option<Moved>, StoreError> {
    let connection = open::sound(held.database())?;
    let Some(mark) = moved(&connection)? else { return Ok(None) };
    Tx::of(&connection).one_row("DELETE FROM meta WHERE key = ?1", [MOVED])?;
    connection.close().map_err(|(_, error)| error)?;
    Ok(Some(mark))
}

/// A database that is about to leave. Nothing is changed in it if this is dropped, apart from the leases.
pub struct Departure {
    connection: Connection,
    vault: Vault,
    held: Unopened,
}

impl Departure {
    /// Opens the database.
    ///
    /// # Errors
    /// [`StoreError::Moved`], or if it cannot be opened. A damaged one is not rebuilt here.
    pub fn begin(held: Unopened) -> Result<Self, StoreError> {
        let vault = Vault::default();
        let connection = open::writer(held.database(), &vault)?;
        replace::remove(&with(held.database(), SNAPSHOT))?;
        Ok(Self { connection, vault, held })
    }

    /// Returns true if guests' messages, files or drafts that wait are sealed.
    pub fn is_sealed(&self) -> Result<bool, StoreError> {
        let sealed =
            "SELECT EXISTS (SELECT 1 FROM message WHERE intent IS NOT NULL AND content LIKE 'sealed:%')
                          OR EXISTS (SELECT 1 FROM message_file)
                          OR EXISTS (SELECT 1 FROM draft WHERE content LIKE 'sealed:%')";
        Ok(self.connection.query_row(sealed, [], |row| row.get(0))?)
    }

    /// Returns true if this key opens all of them.
    pub fn is_opened_by(&self, key: &VaultKey) -> Result<bool, StoreError> {
        self.vault.use_key(key);
        let closed =
            "SELECT EXISTS (SELECT 1 FROM message WHERE intent IS NOT NULL AND unseal(content) IS NULL)
                          OR EXISTS (SELECT 1 FROM message_file WHERE unseal_file(bytes) IS NULL)
                          OR EXISTS (SELECT 1 FROM draft WHERE unseal(content) IS NULL)";
        Ok(!self.connection.query_row(closed, [], |row| row.get::<_, bool>(0))?)
    }

    /// Notes this move, and takes the right to send and the right to press the clock. Returns false while a process
    /// holds one, or ended without giving it back some seconds ago. Requests of such a process become unclear.
    pub fn hold_leases(&self, mark: &Moved, now: Timestamp) -> Result<bool, StoreError> {
        let transaction = self.connection.unchecked_transaction()?;
        let mut tx = Tx::of(&transaction);
        for lease in [Lease::Sender, Lease::Clock] {
            if !lease::hold(&mut tx, lease, HOLDER, now)? {
                return Ok(false);
            }
        }
        set(&transaction, MOVING, mark)?;
        transaction.commit()?;
        Ok(true)
    }

    /// Prevents all writes, and makes a snapshot in a file of its own.
    pub fn snapshot(&self) -> Result<PathBuf, StoreError> {
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        let file = with(self.held.database(), SNAPSHOT);
        let name =
            file.to_str().ok_or_else(|| std::io::Error::other("the name of the folder is not Unicode"))?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Connection::open_with_flags(self.held.database(), flags)?.execute("VACUUM INTO ?1", [name])?;
        Ok(file)
    }

    /// Returns a connection for queries.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Sets the mark. The database has not changed since the snapshot. From here on nothing is stored or sent.
    ///
    /// # Errors
    /// If the mark cannot be stored. The account is as it was then, unless the disk fails after the commit.
    pub fn depart(self, mark: &Moved) -> Result<Unopened, StoreError> {
        set(&self.connection, MOVED, mark)?;
        self.end()?;
        self.connection.execute_batch("COMMIT")?;
        let Self { connection, held, .. } = self;
        connection.close().map_err(|(_, error)| error)?;
        replace::remove(&with(held.database(), SNAPSHOT))?;
        Ok(held)
    }

    /// Gives the leases back and leaves the account as it was.
    pub fn stay(self) -> Result<(), StoreError> {
        // There may be no transaction.
        let _ = self.connection.execute_batch("ROLLBACK");
        self.end()?;
        Ok(replace::remove(&with(self.held.database(), SNAPSHOT))?)
    }

    /// Gives the leases back and forgets that the move has begun.
    fn end(&self) -> Result<(), StoreError> {
        let mut tx = Tx::of(&self.connection);
        for lease in [Lease::Sender, Lease::Clock] {
            lease::release(&mut tx, lease, HOLDER)?;
        }
        tx.any_rows("DELETE FROM meta WHERE key = ?1", [MOVING])?;
        Ok(())
    }
}

/// A snapshot that is about to become the database.
pub struct Arrival {
    held: Unopened,
    file: PathBuf,
}

impl Arrival {
    /// Begins an arrival. The snapshot belongs into [`file`](Self::file).
    ///
    /// # Errors
    /// If the rest of an earlier arrival cannot be removed.
    pub fn begin(held: Unopened) -> Result<Self, StoreError> {
        let file = with(held.database(), ARRIVING);
        for rest in ["", "-journal"] {
            replace::remove(&with(&file, rest))?;
        }
        Ok(Self { held, file })
    }

    /// The place of the snapshot until it is the database.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Checks the snapshot and makes it a database of this computer.
    ///
    /// # Errors
    /// If it is damaged or was made by a newer version.
    pub fn prepare(&self, id: MoveId, now: Timestamp) -> Result<(), StoreError> {
        let mut connection = Connection::open(&self.file)?;
        open::check(&connection)?;
        migrations().to_latest(&mut connection)?;
        let transaction = connection.transaction()?;
        let mut moves = taken(&transaction)?;
        moves.push(id);
        set(&transaction, TAKEN, &moves)?;
        // The witness of the old computer would report that this database was restored from a backup.
        witness::forget_place(&transaction)?;
        let tx = Tx::of(&transaction);
        tx.any_rows("DELETE FROM meta WHERE key = ?1", [MOVING])?;
        tx.any_rows("DELETE FROM lease", [])?;
        // The clock of the old computer may be wrong. By this one, each open request gets its whole time again.
        tx.any_rows(
            "UPDATE own_request SET left_at = ?1 WHERE confirmed_at IS NULL",
            [now.as_millisecond()],
        )?;
        transaction.commit()?;
        connection.close().map_err(|(_, error)| error)?;
        Ok(std::fs::File::options().write(true).open(&self.file)?.sync_all()?)
    }

    /// Replaces the database of this computer, in which nothing waits.
    ///
    /// # Errors
    /// If a file cannot be replaced. The old database is in its place then.
    pub fn arrive(self) -> Result<Unopened, StoreError> {
        let database = self.held.database();
        // The journal of the old database must not be applied to the new one.
        if database.exists() {
            let old = Connection::open(database)?;
            old.pragma_update(None, "journal_mode", "DELETE")?;
            old.close().map_err(|(_, error)| error)?;
        }
        let journal = std::fs::metadata(with(database, "-wal"));
        if journal.is_ok_and(|journal| journal.len() > 0) {
            return Err(StoreError::Busy);
        }
        for companion in ["-wal", "-shm"] {
            replace::remove(&with(database, companion))?;
        }
        witness::forget(database)?;
        replace::rename(&self.file, database)?;
        Ok(self.held)
    }
}
