//! A create whose answer was lost: which row of the hotel is it?
//!
//! The whole list has just been read. A row that equals the wish has been held back for it. If there is
//! none, the row may have been *changed* meanwhile by a colleague who saw it before we did: then it is among
//! the rows with a number higher than any that was known when the create left, and still has its title or
//! its short description. Taking that one for ours can be wrong, if a colleague made a similar offer of their
//! own; but nothing is lost by it, since what differs from the wish becomes a clash, with our text at hand,
//! while sending again would make two offers out of one for certain.

use rusqlite::Connection;

use crate::model::{Content, Intent, ServerCopy, Wish};
use crate::store::things::Gone;
use crate::store::{StoreError, things};

/// The hotel's copy of what this create has made, if it has made anything.
pub fn made_by(connection: &Connection, create: &Intent) -> Result<Option<ServerCopy>, StoreError> {
    let held = things::held_for(connection, create.id)?;
    // The oldest: a colleague's twin of the same moment was made after ours had left.
    if let Some(theirs) = held.into_iter().find_map(|row| row.base) {
        return Ok(Some(theirs));
    }
    let (Wish::Create { content }, Some(floor)) = (&create.wish, create.note.known_up_to) else {
        return Ok(None);
    };
    let kind = things::kind_of(connection, create.lane)?;
    let similar = things::all(connection, kind)?
        .into_iter()
        .filter(|row| row.held_for.is_none() && row.gone == Gone::No)
        .filter_map(|row| row.base)
        .filter(|base| base.id().0 > floor && is_similar(&base.content(), content))
        .max_by_key(|base| (content.common_with(&base.content()), std::cmp::Reverse(base.id())));
    Ok(similar)
}

fn is_similar(theirs: &Content, mine: &Content) -> bool {
    mine.marks().iter().any(|mark| !mark.is_empty_text() && theirs.holds(mark))
}
