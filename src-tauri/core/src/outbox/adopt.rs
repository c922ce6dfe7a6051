//! A create whose answer was lost: which row of the hotel is it?
//!
//! The whole list has just been read. A row that equals the wish has been held back for it. If there is
//! none, the row may have been *changed* meanwhile by a colleague who saw it before we did: then it is among
//! the rows with a number higher than any that was known when the create left, and still has its title or
//! its short description. Taking that one for ours can be wrong, if a colleague made a similar offer of their
//! own; but nothing is lost by it, since what differs from the wish becomes a clash, with our text at hand,
//! while sending again would make two offers out of one for certain.

use rusqlite::Connection;

use crate::model::{Intent, OfferContent, OfferField, ServerOffer, Wish};
use crate::store::offers::Gone;
use crate::store::{StoreError, offers};

/// The hotel's copy of what this create has made, if it has made anything.
pub fn made_by(connection: &Connection, create: &Intent) -> Result<Option<ServerOffer>, StoreError> {
    let held = offers::held_for(connection, create.id)?;
    // The oldest: a colleague's twin of the same moment was made after ours had left.
    if let Some(theirs) = held.into_iter().find_map(|row| row.base) {
        return Ok(Some(theirs));
    }
    let (Wish::CreateOffer { content }, Some(floor)) = (&create.wish, create.note.known_up_to) else {
        return Ok(None);
    };
    let similar = offers::all(connection)?
        .into_iter()
        .filter(|row| row.held_for.is_none() && row.gone == Gone::No)
        .filter_map(|row| row.base)
        .filter(|base| base.id.0 > floor && is_similar(&base.content, content))
        .max_by_key(|base| (common_fields(&base.content, content), std::cmp::Reverse(base.id)));
    Ok(similar)
}

fn is_similar(theirs: &OfferContent, mine: &OfferContent) -> bool {
    let same = |field| theirs.get(field).as_stored() == mine.get(field).as_stored();
    same(OfferField::Title) || same(OfferField::ShortDescription)
}

fn common_fields(theirs: &OfferContent, mine: &OfferContent) -> usize {
    OfferField::ALL
        .iter()
        .filter(|field| theirs.get(**field).as_stored() == mine.get(**field).as_stored())
        .count()
}
