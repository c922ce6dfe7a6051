//! Small values about the account, by name.

use std::borrow::Cow;

use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::columns::json;
use super::{StoreError, Tx};
use crate::resources::{Kind, Part};

/// The key of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// The time of the last complete read of a kind (timestamp).
    AsOf(Kind),
    /// The revision at which the last complete read of a kind began.
    ReadFrom(Kind),
    /// The server's generation, from its last answer.
    Generation,
    /// The state of a part of the hotel ([`PartState`](crate::resources::PartState)).
    Part(Part),
    /// The form of this server's galleries, once known.
    Galleries,
    /// The person's profile from `me`.
    Profile,
    /// The kinds for which this server accepts pictures as fields of the entity, with the time of that observation.
    PicturesAsFields,
    /// A notice about the clock ([`DutyNotice`](crate::resources::DutyNotice)), or absent.
    DutyNotice,
    /// The newest activity that the person has seen (its number).
    ActivitiesSeen,
    /// The start and end of do-not-disturb, or absent.
    Quiet,
    /// Whether messages make a sound, or absent.
    Sounds,
    /// Whether the sound of a guest's message is repeated, or absent.
    Repeats,
    /// The last time at which screens showed this person's data (timestamp), or absent.
    LastHere,
}

impl Key {
    fn name(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::ReadFrom(kind) => return Cow::Owned(format!("{}_from", kind.resource().name)),
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
            Self::Repeats => "repeats",
            Self::LastHere => "last_here",
        })
    }
}

/// Returns a value. An unreadable one counts as absent, because every value is read or chosen again.
pub fn get<T: DeserializeOwned>(connection: &Connection, key: Key) -> Result<Option<T>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT value FROM meta WHERE key = ?1")?;
    Ok(statement.query_row([key.name().as_ref()], |row| json(row, 0)).optional()?.flatten())
}

/// Stores a value.
pub fn set<T: Serialize>(tx: &mut Tx<'_>, key: Key, value: &T) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO meta VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key.name().as_ref(), serde_json::to_string(value)?),
    )?;
    Ok(())
}

/// Deletes a value.
pub fn clear(tx: &mut Tx<'_>, key: Key) -> Result<(), StoreError> {
    tx.any_rows("DELETE FROM meta WHERE key = ?1", [key.name().as_ref()])?;
    Ok(())
}
