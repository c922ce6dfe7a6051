//! Offers: what screens ask, and what people do.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::Connection;

use super::Desk;
use super::views::{
    ConflictView, OfferDetail, OfferList, OfferOrder, OfferQuery, OfferView, Resolution, StateCounts,
};
use crate::error::{DeskError, ErrorCode};
use crate::html;
use crate::model::{
    FieldEdit, FieldErrors, FieldValue, Intent, IntentId, IntentState, LocalId, MediaHash, OfferContent,
    OfferField, OfferState, ServerId, Wish, offer_state, validate_field, validate_offer,
};
use crate::outbox::effective::{Effective, EffectivePicture, effective};
use crate::outbox::queue::{self, Choice};
use crate::outbox::words;
use crate::store::meta::{self, Key};
use crate::store::offers::OfferRow;
use crate::store::{StoreError, intents, offers, pictures};

impl Desk {
    /// The offers that match, in the asked-for order.
    ///
    /// # Errors
    /// [`ErrorCode::SignedOut`], or the local database.
    pub async fn offers(&self, query: OfferQuery) -> Result<OfferList, DeskError> {
        let session = self.session_or_error()?;
        let today = session.now().to_zoned(session.time_zone.clone()).date();
        Ok(session.store.read(move |db| list(db, &query, today)).await?)
    }

    /// One offer with what an editor needs.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] when it is not here any more.
    pub async fn offer(&self, id: LocalId) -> Result<OfferDetail, DeskError> {
        let session = self.session_or_error()?;
        let today = session.now().to_zoned(session.time_zone.clone()).date();
        Ok(session.store.read(move |db| detail(db, id, today)).await?)
    }

    /// Finds an offer by the server's number or our own key, as typed.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] when there is none.
    pub async fn find_offer(&self, text: &str) -> Result<LocalId, DeskError> {
        let session = self.session_or_error()?;
        let text = text.trim().to_owned();
        let found = session
            .store
            .read(move |db| match (text.parse::<i64>(), text.parse::<LocalId>()) {
                (Ok(number), _) => Ok(offers::by_server_id(db, ServerId(number))?.map(|row| row.local_id)),
                (_, Ok(id)) => Ok(offers::get(db, id).ok().map(|row| row.local_id)),
                _ => Ok(None),
            })
            .await?;
        found.ok_or_else(|| DeskError::not_found("This offer"))
    }

    /// What is wrong with an offer, by field.
    pub fn validate_offer(&self, content: &OfferContent) -> FieldErrors {
        validate_offer(content)
    }

    /// Makes HTML harmless, for a preview.
    pub fn sanitise_html(&self, html: &str) -> String {
        html::sanitise(html)
    }

    /// Queues a new offer. It is on the screen at once and at the hotel when the network allows.
    ///
    /// # Errors
    /// [`ErrorCode::Invalid`] with the wrong fields; nothing is queued then.
    pub async fn create_offer(
        &self,
        content: OfferContent,
        picture: Option<MediaHash>,
    ) -> Result<LocalId, DeskError> {
        let session = self.session_or_error()?;
        let errors = validate_offer(&content);
        if !errors.is_empty() {
            return Err(DeskError::invalid(errors));
        }
        let fresh = self.fresh();
        let id = session.store.write(move |tx| queue::create_offer(tx, fresh, content, picture)).await?;
        session.wake_push.notify_one();
        Ok(id)
    }

    /// Queues changed fields.
    ///
    /// # Errors
    /// [`ErrorCode::Invalid`] with the wrong fields; nothing is queued then.
    pub async fn edit_offer(&self, id: LocalId, edits: Vec<FieldEdit>) -> Result<(), DeskError> {
        let session = self.session_or_error()?;
        let mut errors = FieldErrors::default();
        for edit in &edits {
            if edit.was.field() != edit.now.field() {
                return Err(DeskError::new(
                    ErrorCode::Invalid,
                    "An edit must be about one field.",
                    "This is a fault of the program; please report it.",
                ));
            }
            errors.0.extend(validate_field(&edit.now).0);
        }
        if !errors.is_empty() {
            return Err(DeskError::invalid(errors));
        }
        let fresh = self.fresh();
        session.store.write(move |tx| queue::edit_offer(tx, fresh, id, edits)).await?;
        session.wake_push.notify_one();
        Ok(())
    }

    /// Queues a deletion. In the application it can be undone for a few seconds.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] when the offer is not here any more.
    pub async fn delete_offer(&self, id: LocalId) -> Result<(), DeskError> {
        let session = self.session_or_error()?;
        let (fresh, until) = (self.fresh(), session.now() + self.undo_time());
        session
            .store
            .write(move |tx| {
                let row = offers::get(tx, id)?;
                let lane = intents::of_lane(tx, id)?;
                let title = effective(&row, &lane).map(|shown| shown.content.title).unwrap_or_default();
                queue::delete_offer(tx, fresh, id, title, until)
            })
            .await?;
        session.wake_push.notify_one();
        Ok(())
    }

    /// Takes a deletion back.
    ///
    /// # Errors
    /// [`ErrorCode::TooLate`] when it has left already.
    pub async fn undo_delete(&self, id: LocalId) -> Result<(), DeskError> {
        let session = self.session_or_error()?;
        session.store.write(move |tx| queue::undo_delete(tx, id)).await?;
        session.wake_push.notify_one();
        Ok(())
    }

    /// Queues a prepared picture, or none.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] when the offer is not here any more.
    pub async fn set_picture(&self, id: LocalId, picture: Option<MediaHash>) -> Result<(), DeskError> {
        let session = self.session_or_error()?;
        let fresh = self.fresh();
        session.store.write(move |tx| queue::set_picture(tx, fresh, id, picture)).await?;
        session.wake_push.notify_one();
        Ok(())
    }

    /// Settles a clash about one field, or (with no field) about the picture.
    ///
    /// # Errors
    /// [`ErrorCode::TooLate`] when there is no clash any more.
    pub async fn resolve_conflict(
        &self,
        id: IntentId,
        field: Option<OfferField>,
        resolution: Resolution,
    ) -> Result<(), DeskError> {
        let session = self.session_or_error()?;
        let choice = match resolution {
            Resolution::Mine => Choice::Mine,
            Resolution::Theirs => Choice::Theirs,
            Resolution::Edit { value } => {
                let errors = validate_field(&value);
                if !errors.is_empty() {
                    return Err(DeskError::invalid(errors));
                }
                Choice::Value(value)
            }
        };
        let fresh = self.fresh();
        session.store.write(move |tx| queue::resolve(tx, fresh, id, field, choice)).await?;
        session.wake_push.notify_one();
        Ok(())
    }
}

fn view(row: &OfferRow, shown: &Effective, today: Date, cached: Option<MediaHash>) -> OfferView {
    let base = row.base.as_ref();
    let photo_url = base.and_then(|base| base.photo_url.clone());
    let picture = match &shown.picture {
        EffectivePicture::Pending(picture) => picture.clone(),
        EffectivePicture::Base => cached,
    };
    OfferView {
        local_id: row.local_id,
        id: row.server_id,
        state: offer_state(&shown.content, today),
        content: shown.content.clone(),
        photo: base.and_then(|base| base.photo.clone()),
        photo_url,
        picture,
        created_at: base.map(|base| base.created_at),
        sync: shown.mark,
    }
}

fn photo_url(row: &OfferRow) -> Option<&str> {
    row.base.as_ref()?.photo_url.as_deref()
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
    for row in offers::all(db)? {
        let lane = lanes.get(&row.local_id).map(Vec::as_slice).unwrap_or_default();
        let Some(shown) = effective(&row, lane).filter(Effective::is_listed) else { continue };
        if !matches(&shown.content, &words) {
            continue;
        }
        let picture = photo_url(&row).and_then(|url| cached.get(url).cloned());
        let offer = view(&row, &shown, today, picture);
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
    Ok(OfferList { offers, total, counts, as_of: meta::get(db, Key::OffersAsOf)? })
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

fn detail(db: &Connection, id: LocalId, today: Date) -> Result<OfferDetail, StoreError> {
    let row = offers::get(db, id)?;
    let lane = intents::of_lane(db, id)?;
    let shown = effective(&row, &lane).ok_or(StoreError::NotFound("This offer"))?;
    let picture = match photo_url(&row) {
        Some(url) => pictures::of_source(db, url)?,
        None => None,
    };
    let offer = view(&row, &shown, today, picture);
    let title = offer.content.title.clone();
    let mut conflicts: Vec<ConflictView> = lane.iter().flat_map(conflicts).collect();
    for clash in &mut conflicts {
        if let Some(url) = &clash.their_picture_url {
            clash.their_picture = pictures::of_source(db, url)?;
        }
    }
    Ok(OfferDetail {
        safe_details_html: html::sanitise(&offer.content.details_html),
        offer,
        conflicts,
        pending: lane.iter().map(|intent| words::item(intent, &lane, title.clone())).collect(),
        undo_until: shown.deleting,
    })
}

fn conflicts(intent: &Intent) -> Vec<ConflictView> {
    let (IntentState::Conflict, Some(clash)) = (intent.state, &intent.note.clash) else { return Vec::new() };
    let plain = ConflictView {
        intent: intent.id,
        field: None,
        mine: None,
        theirs: None,
        my_picture: None,
        their_picture_url: None,
        their_picture: None,
        mine_at: intent.created_at,
        theirs_at: clash.at,
    };
    match &intent.wish {
        Wish::EditOffer { edits } => edits
            .iter()
            .map(|edit| ConflictView {
                field: Some(edit.field()),
                mine: Some(edit.now.clone()),
                theirs: clash
                    .theirs
                    .iter()
                    .find(|value: &&FieldValue| value.field() == edit.field())
                    .cloned(),
                ..plain.clone()
            })
            .collect(),
        Wish::SetOfferPicture { picture, .. } => vec![ConflictView {
            my_picture: picture.clone(),
            their_picture_url: clash.photo_url.clone(),
            ..plain
        }],
        _ => Vec::new(),
    }
}
