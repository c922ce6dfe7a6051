//! The content of the file of an account: a description as JSON, the database, and the pictures that may be nowhere
//! else.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::account::Account;
use crate::ids::{MediaHash, MoveId};

/// The longest description, in bytes.
const LONGEST: u64 = 64 << 20;

/// The description of an account that travels. It contains a key, so it exists in a sealed file and in memory only.
#[derive(Serialize, Deserialize)]
pub(super) struct Manifest {
    pub(super) id: MoveId,
    pub(super) account: Account,
    /// The step of the schema.
    pub(super) schema: i64,
    /// The earlier moves of this account.
    pub(super) taken: Vec<MoveId>,
    /// The key of the guest chat, if it is known.
    pub(super) chat_key: Option<String>,
    /// True if work that waits can only be read with this key.
    pub(super) is_sealed: bool,
    /// The size of the database in bytes.
    pub(super) database: u64,
    /// The pictures with their sizes in bytes.
    pub(super) pictures: Vec<(MediaHash, u64)>,
}

/// Writes an account. `picture` returns the bytes of a picture.
pub(super) fn write(
    to: &mut dyn Write,
    manifest: &Manifest,
    database: &Path,
    picture: impl Fn(&MediaHash) -> io::Result<Vec<u8>>,
) -> io::Result<()> {
    let described = serde_json::to_vec(manifest)?;
    to.write_all(&(described.len() as u64).to_be_bytes())?;
    to.write_all(&described)?;
    exactly(io::copy(&mut File::open(database)?, to)?, manifest.database)?;
    for (hash, size) in &manifest.pictures {
        let bytes = picture(hash)?;
        exactly(bytes.len() as u64, *size)?;
        to.write_all(&bytes)?;
    }
    Ok(())
}

/// Reads the description.
pub(super) fn read(from: &mut impl Read) -> io::Result<Manifest> {
    let mut length = [0; 8];
    from.read_exact(&mut length)?;
    let length = u64::from_be_bytes(length);
    if length > LONGEST {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut described = Vec::new();
    from.take(length).read_to_end(&mut described)?;
    serde_json::from_slice(&described).map_err(|_| io::ErrorKind::InvalidData.into())
}

/// Reads the rest: writes the database to a file, and passes each picture on.
pub(super) fn unpack(
    from: &mut impl Read,
    manifest: &Manifest,
    database: &Path,
    mut picture: impl FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<()> {
    let mut file = File::create(database)?;
    exactly(io::copy(&mut from.take(manifest.database), &mut file)?, manifest.database)?;
    file.sync_all()?;
    for (hash, size) in &manifest.pictures {
        let mut bytes = Vec::new();
        from.take(*size).read_to_end(&mut bytes)?;
        if MediaHash::of(&bytes) != *hash {
            return Err(io::ErrorKind::InvalidData.into());
        }
        picture(&bytes)?;
    }
    Ok(())
}

fn exactly(bytes: u64, expected: u64) -> io::Result<()> {
    if bytes == expected { Ok(()) } else { Err(io::ErrorKind::InvalidData.into()) }
}
