//! The contents of the events of the hotel's public channel.
//!
//! Some pages give offers no numbers (contract.md 4.7), while events name them by number. There an offer is known by its
//! title, and the number of an event leads to it once an event has named both.

use std::collections::HashMap;

use super::SHOWN;
use crate::engine::apply::{self, Applying};
use crate::environment::Environment;
use crate::ids::ServerId;
use crate::resources::{Kind, Said, ServerCopy, number_of_title};
use crate::store::{StoreError, Tx, entities};

/// The numbers by which offers are known here.
pub(super) struct Numbers {
    /// Whether they are the hotel's: the page gives offers their numbers.
    pub(super) are_the_hotels: bool,
    /// The hotel's numbers in events, with the numbers here.
    of_events: HashMap<ServerId, ServerId>,
}

impl Default for Numbers {
    fn default() -> Self {
        Self { are_the_hotels: true, of_events: HashMap::new() }
    }
}

impl Numbers {
    /// Returns the number by which the entity of an event is known here.
    fn find(
        &mut self,
        tx: &Tx<'_>,
        (kind, id): (Kind, ServerId),
        title: Option<&str>,
    ) -> Result<ServerId, StoreError> {
        if kind != Kind::Offer || self.are_the_hotels {
            return Ok(id);
        }
        if let Some(known) = self.of_events.get(&id)
            && entities::by_server_id(tx, kind, *known)?.is_some()
        {
            return Ok(*known);
        }
        let Some(title) = title else { return Ok(id) };
        let by_title = number_of_title(title, 0);
        self.of_events.insert(id, by_title);
        Ok(by_title)
    }
}

/// A part of an event.
pub(super) struct Content {
    /// The content itself.
    pub(super) said: Said,
    /// The title of the offer that the event names beside its number.
    pub(super) title: Option<String>,
}

impl Content {
    /// Shows the content at once. The read that follows decides.
    pub(super) fn apply(
        self,
        tx: &mut Tx<'_>,
        environment: &Environment,
        how: Applying,
        numbers: &mut Numbers,
    ) -> Result<(), StoreError> {
        let title = self.title.as_deref();
        match self.said {
            Said::Copy(theirs) if SHOWN.contains(&theirs.kind()) => {
                let id = numbers.find(tx, (theirs.kind(), theirs.id()), Some(&theirs.title()))?;
                apply_copy(tx, environment, how, id, theirs)
            }
            Said::Partly(theirs) => apply::partial(tx, environment, how, &theirs).map(drop),
            Said::Picture { kind, id, title, photo_url } if SHOWN.contains(&kind) => {
                let id = numbers.find(tx, (kind, id), title.as_deref())?;
                apply::unconfirmed_picture(tx, how, kind, id, photo_url).map(drop)
            }
            Said::Tombstone { kind, id } if SHOWN.contains(&kind) => {
                let id = numbers.find(tx, (kind, id), title)?;
                apply::unconfirmed_removal(tx, kind, id)
            }
            // The read that follows brings the rest.
            _ => Ok(()),
        }
    }
}

/// Applies a whole copy to the entity with this number. One that is switched off is hidden at once, however old the event
/// may be.
fn apply_copy(
    tx: &mut Tx<'_>,
    environment: &Environment,
    how: Applying,
    id: ServerId,
    mut theirs: ServerCopy,
) -> Result<(), StoreError> {
    let kind = theirs.kind();
    if theirs.record().is_some_and(|record| !record.fields.flag("is_active")) {
        return apply::unconfirmed_removal(tx, kind, id);
    }
    let row = entities::by_server_id(tx, kind, id)?;
    if let ServerCopy::Record(record) = &mut theirs {
        record.id = id;
        let before = row.as_ref().and_then(|row| row.latest()).and_then(ServerCopy::record);
        // The page gives the order, which its numbers replace.
        if let Some(place) = before.and_then(|before| before.fields.get("sort_order")) {
            record.fields.set("sort_order", place.clone());
        }
    }
    apply::copy(tx, environment, how, &theirs).map(drop)
}
