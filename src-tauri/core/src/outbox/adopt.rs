//! Finds the hotel's row that a create with a lost answer has made.
//!
//! The whole list has just been read. *An exact echo* is a row that contains everything that was sent, as the server
//! stores it, and nothing else. Its number is higher than any number that was known when the create left, and no other
//! create has made it. Such a row may be adopted at any time. It is held back from the screen when it first appears;
//! if a colleague changes it afterwards, the colleague changes this desk's entity.
//!
//! *A similar row* has only the same name or the same short description. Either a colleague changed this desk's entity
//! before it was read, or the whole row is a colleague's. Only a person can decide.

use rusqlite::Connection;

use crate::ids::ServerId;
use crate::model::{Intent, Operation};
use crate::records::{FieldEdit, FieldValue, Fields, Slot};
use crate::resources::{Kind, ServerCopy};
use crate::store::entities::{EntityRow, Tombstone};
use crate::store::{StoreError, entities};

/// The maximum number of similar rows that are shown to a person.
const SHOWN: usize = 5;

/// The result of looking for a create with a lost answer in the hotel's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// The create made this entity.
    Echo(Box<ServerCopy>),
    /// The create may have made one of these, the most similar first.
    Like(Vec<ServerId>),
    /// The list contains nothing similar.
    Nothing,
}

/// Looks for the entity that this create has made among the stored rows.
pub fn look(connection: &Connection, create: &Intent) -> Result<Found, StoreError> {
    // The oldest row is used: a colleague's twin of the same moment was made after this create had left.
    let held = entities::held_for(connection, create.id)?;
    if let Some(theirs) = held.into_iter().find_map(|row| row.latest().cloned()) {
        return Ok(Found::Echo(Box::new(theirs)));
    }
    let (Operation::Create { content }, Some(floor)) = (&create.operation, create.note.known_up_to) else {
        return Ok(Found::Nothing);
    };
    let kind = entities::known_kind(connection, create.lane)?;
    let is_free = |row: &EntityRow| row.held_for.is_none() && row.tombstone == Tombstone::No;
    let mut newer: Vec<ServerCopy> = entities::all(connection, kind)?
        .into_iter()
        .filter(is_free)
        .filter_map(|row| row.latest().cloned())
        .filter(|base| base.id().0 > floor && !create.note.not_mine.contains(&base.id()))
        .collect();
    newer.sort_by_key(ServerCopy::id);
    if let Some(echo) = newer.iter().find(|theirs| is_echo(create, theirs)) {
        return Ok(Found::Echo(Box::new(echo.clone())));
    }
    newer.retain(|theirs| is_similar(kind, &theirs.fields(), content));
    newer.sort_by_key(|theirs| std::cmp::Reverse(content.common_with(&theirs.fields())));
    let like: Vec<ServerId> = newer.iter().take(SHOWN).map(ServerCopy::id).collect();
    Ok(if like.is_empty() { Found::Nothing } else { Found::Like(like) })
}

/// Returns true if the entity contains everything that the create asked for and nothing else.
pub fn is_echo(create: &Intent, theirs: &ServerCopy) -> bool {
    let Operation::Create { content: wanted } = &create.operation else { return false };
    let is_new = create.note.known_up_to.is_none_or(|floor| theirs.id().0 > floor);
    let is_free = !create.note.not_mine.contains(&theirs.id());
    is_new
        && is_free
        && theirs.picture(Slot::Photo).mark().is_none()
        && is_as_stored(theirs.kind(), wanted, &theirs.fields())
}

/// Returns true if `theirs` contains all of `wanted` and otherwise only the server's defaults.
pub fn is_as_stored(kind: Kind, wanted: &Fields, theirs: &Fields) -> bool {
    let differs = wanted.edits_to(theirs);
    let is_default =
        |edit: &FieldEdit| Fields::default().holds(&edit.was) && kind.table().is_default(&edit.now);
    differs.iter().all(|edit| wanted.holds(&edit.now) || is_default(edit))
}

/// Returns true if both have the same name or the same short description.
pub fn is_similar(kind: Kind, theirs: &Fields, mine: &Fields) -> bool {
    let marks = kind.table().marks.map(|name| FieldValue::of(name, mine.text(name)));
    marks.iter().any(|mark| !mark.is_empty_text() && theirs.holds(mark))
}

#[cfg(test)]
#[path = "adopt_tests.rs"]
mod tests;
