//! Small values about the account, by name.

use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::columns::json;
use super::{StoreError, Tx};
use crate::resources::{Kind, Part};

/// The name under which a value is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// When all of a kind was last read (timestamp).
    AsOf(Kind),
    /// How old the server is, as it told last.
    Generation,
    /// What is known of a part of the hotel ([`PartState`](crate::resources::PartState)).
    Part(Part),
    /// How this server keeps its galleries, once it has shown it.
    Galleries,
    /// The person's profile as `me` told it.
    Profile,
    /// Of which kinds this server takes pictures as fields of the entity, and when that was found out.
    PicturesAsFields,
    /// Something to tell about the clock ([`DutyNotice`](crate::resources::DutyNotice)), or absent.
    DutyNotice,
    /// The newest activity that somebody has looked at (its number).
    ActivitiesSeen,
    /// From when until when nobody is to be disturbed, or absent.
    Quiet,
    /// A sound comes with a message (true or absent).
    Sounds,
}

impl Key {
    fn name(self) -> &'static str {
        match self {
            Self::AsOf(kind) => kind.resource().as_of,
            Self::Generation => "generation",
            Self::Part(part) => part.name(),
            Self::Galleries => "gallery_dialect",
            Self::Profile => "profile",
            Self::PicturesAsFields => "pictures_as_fields",
            Self::DutyNotice => "duty_notice",
            Self::ActivitiesSeen => "activities_seen",
            Self::Quiet => "quiet",
            Self::Sounds => "sounds",
        }
    }
}

/// Reads a value. One that cannot be read is none: all of them are learned or chosen again.
pub fn get<T: DeserializeOwned>(connection: &Connection, key: Key) -> Result<Option<T>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT value FROM meta WHERE key = ?1")?;
    Ok(statement.query_row([key.name()], |row| json(row, 0)).optional()?.flatten())
}

/// Stores a value.
pub fn set<T: Serialize>(tx: &mut Tx<'_>, key: Key, value: &T) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO meta VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key.name(), serde_json::to_string(value)?),
    )?;
    Ok(())
}

/// Forgets a value.
pub fn clear(tx: &mut Tx<'_>, key: Key) -> Result<(), StoreError> {
    tx.any_rows("DELETE FROM meta WHERE key = ?1", [key.name()])?;
    Ok(())
}
