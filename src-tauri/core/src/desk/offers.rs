//! The list of offers for a screen: a section of it, searched, filtered and sorted.

use jiff::civil::Date;
use rusqlite::Connection;

use super::{Desk, notes, records};
use crate::activity::entries;
use crate::error::DeskError;
#[cfg(doc)]
use crate::error::ErrorCode;
use crate::html;
use crate::records::SORT_ORDER;
use crate::resources::{Kind, OfferState};
use crate::store::StoreError;
use crate::store::meta::{self, Key};
use crate::views::{OfferList, OfferOrder, OfferQuery, RecordView, StateCounts};

impl Desk {
    /// Returns the matching offers in the requested order.
    ///
    /// # Errors
    /// [`ErrorCode::SignedOut`], or the local database.
    pub async fn offers(&self, query: OfferQuery) -> Result<OfferList, DeskError> {
        let engine = self.engine()?;
        let today = engine.today();
        Ok(engine.store.read(move |db| list(db, &query, today)).await?)
    }

    /// Sanitises HTML for a preview.
    pub fn sanitise_html(&self, html: &str) -> String {
        html::sanitise(html)
    }
}

pub(super) fn list(db: &Connection, query: &OfferQuery, today: Date) -> Result<OfferList, StoreError> {
    let table = Kind::Offer.table();
    let words: Vec<String> = query.search.split_whitespace().map(str::to_lowercase).collect();
    let mut found = records::all(db, Kind::Offer, today)?;
    found.retain(|offer| table.contains(&offer.fields, &words));
    let changed = entries::unseen_entities(db)?;
    for offer in &mut found {
        offer.notes = notes::of_offer(offer, today, &changed);
    }
    let note_counts = notes::count(&found);
    let mut counts = StateCounts::default();
    for state in found.iter().filter_map(|offer| offer.state) {
        *match state {
            OfferState::Live => &mut counts.live,
            OfferState::Scheduled => &mut counts.scheduled,
            OfferState::Expired => &mut counts.expired,
            OfferState::Hidden => &mut counts.hidden,
        } += 1;
    }
    found.retain(|offer| {
        let has_state = offer.state.is_some_and(|state| query.states.contains(&state));
        let has_note = offer.notes.iter().any(|note| query.notes.contains(&note.kind));
        (query.states.is_empty() || has_state) && (query.notes.is_empty() || has_note)
    });
    sort(&mut found, query.order);
    let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let take = query.limit.map_or(usize::MAX, |limit| limit as usize);
    let offers = found.into_iter().skip(query.offset as usize).take(take).collect();
    Ok(OfferList { offers, total, counts, note_counts, as_of: meta::get(db, Key::AsOf(Kind::Offer))? })
}

fn sort(offers: &mut [RecordView], order: OfferOrder) {
    let table = Kind::Offer.table();
    records::newest_first(offers);
    match order {
        OfferOrder::Hotel => offers.sort_by_key(|offer| offer.fields.number(SORT_ORDER)),
        OfferOrder::Title => offers.sort_by_cached_key(|offer| table.title(&offer.fields).to_lowercase()),
        OfferOrder::EndsFirst => {
            offers.sort_by_key(|offer| table.days(&offer.fields).to.unwrap_or(Date::MAX));
        }
        OfferOrder::Newest => {}
    }
}
