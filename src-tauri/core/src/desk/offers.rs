//! Offers: what screens ask, and what people do.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::Connection;

use super::Desk;
use crate::error::DeskError;
#[cfg(doc)]
use crate::error::ErrorCode;
use crate::html;
use crate::ids::{LocalId, MediaHash};
use crate::model::Intent;
use crate::outbox::effective::{Effective, EffectivePicture, effective};
use crate::records::Slot;
use crate::resources::{Kind, OfferContent, OfferState, ServerCopy, offer_state};
use crate::store::entities::EntityRow;
use crate::store::meta::{self, Key};
use crate::store::{StoreError, entities, intents, pictures};
use crate::views::{OfferList, OfferOrder, OfferQuery, OfferView, StateCounts};

impl Desk {
    /// The offers that match, in the asked-for order.
    ///
    /// # Errors
    /// [`ErrorCode::SignedOut`], or the local database.
    pub async fn offers(&self, query: OfferQuery) -> Result<OfferList, DeskError> {
        let engine = self.engine()?;
        let today = engine.today();
        Ok(engine.store.read(move |db| list(db, &query, today)).await?)
    }

    /// One offer. What clashes in it and what waits, `Desk::record` tells.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] when it is not here any more.
    pub async fn offer(&self, id: LocalId) -> Result<OfferView, DeskError> {
        let engine = self.engine()?;
        let today = engine.today();
        Ok(engine.store.read(move |db| one(db, id, today)).await?)
    }

    /// Makes HTML harmless, for a preview.
    pub fn sanitise_html(&self, html: &str) -> String {
        html::sanitise(html)
    }
}

/// The offer as a person sees it.
fn view(row: &EntityRow, shown: &Effective, today: Date, cached: Option<MediaHash>) -> OfferView {
    let base = row.latest().and_then(ServerCopy::record);
    let picture = match shown.picture(Slot::Photo) {
        EffectivePicture::Pending(picture) => picture,
        EffectivePicture::Base => cached,
    };
    let photo = base.and_then(|base| base.pictures.get(&Slot::Photo)).cloned().unwrap_or_default();
    let content = OfferContent::from(&shown.fields);
    OfferView {
        local_id: row.local_id,
        id: row.server_id,
        state: offer_state(&content, today),
        content,
        photo: photo.path,
        photo_url: photo.url,
        picture,
        created_at: base.and_then(|base| base.created_at),
        sync: shown.mark,
    }
}

fn photo_url(row: &EntityRow) -> Option<String> {
    row.latest()?.picture(Slot::Photo).url
}

pub(super) fn list(db: &Connection, query: &OfferQuery, today: Date) -> Result<OfferList, StoreError> {
    let mut lanes: HashMap<LocalId, Vec<Intent>> = HashMap::new();
    for intent in intents::all(db)? {
        lanes.entry(intent.lane).or_default().push(intent);
    }
    let cached = pictures::all(db)?;
    let words: Vec<String> = query.search.split_whitespace().map(str::to_lowercase).collect();
    let mut counts = StateCounts::default();
    let mut found = Vec::new();
    for row in entities::all(db, Kind::Offer)? {
        let lane = lanes.get(&row.local_id).map(Vec::as_slice).unwrap_or_default();
        let Some(shown) = effective(&row, lane).filter(Effective::is_listed) else { continue };
        let picture = photo_url(&row).and_then(|url| cached.get(&url).cloned());
        let offer = view(&row, &shown, today, picture);
        if !matches(&offer.content, &words) {
            continue;
        }
        let count = match offer.state {
            OfferState::Live => &mut counts.live,
            OfferState::Scheduled => &mut counts.scheduled,
            OfferState::Expired => &mut counts.expired,
            OfferState::Hidden => &mut counts.hidden,
        };
        *count += 1;
        if query.states.is_empty() || query.states.contains(&offer.state) {
            found.push(offer);
        }
    }
    sort(&mut found, query.order);
    let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let take = query.limit.map_or(usize::MAX, |limit| limit as usize);
    let offers = found.into_iter().skip(query.offset as usize).take(take).collect();
    Ok(OfferList { offers, total, counts, as_of: meta::get(db, Key::AsOf(Kind::Offer))? })
}

fn matches(content: &OfferContent, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let text = [&content.title, &content.short_description, &content.details_text, &content.tag]
        .map(|text| text.to_lowercase())
        .join("\n");
    words.iter().all(|word| text.contains(word))
}

fn sort(offers: &mut [OfferView], order: OfferOrder) {
    use std::cmp::Reverse;
    // What the hotel does not have yet is the newest of all; it will be made in the order in which it was wished.
    offers.sort_by_key(|offer| offer.created_at.is_some());
    let unmade = offers.partition_point(|offer| offer.created_at.is_none());
    offers[..unmade].reverse();
    let newest = |offer: &OfferView| Reverse(offer.created_at.unwrap_or(Timestamp::MAX));
    match order {
        OfferOrder::Hotel => offers.sort_by_key(|offer| (offer.content.sort_order, newest(offer))),
        OfferOrder::Title => offers.sort_by_cached_key(|offer| offer.content.title.to_lowercase()),
        OfferOrder::EndsFirst => {
            offers.sort_by_key(|offer| (offer.content.valid_to.unwrap_or(Date::MAX), newest(offer)));
        }
        OfferOrder::Newest => offers.sort_by_key(newest),
    }
}

fn one(db: &Connection, id: LocalId, today: Date) -> Result<OfferView, StoreError> {
    let row = entities::get(db, id)?;
    let lane = intents::of_lane(db, id)?;
    let shown =
        effective(&row, &lane).filter(|_| row.kind == Kind::Offer).ok_or(StoreError::NotFound("offer"))?;
    let picture = match photo_url(&row) {
        Some(url) => pictures::of_source(db, &url)?,
        None => None,
    };
    Ok(view(&row, &shown, today, picture))
}
