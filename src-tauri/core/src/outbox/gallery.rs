//! A gallery as a person sees it, and what a person does to it.

use std::collections::HashMap;

use jiff::Timestamp;

use super::fresh::Fresh;
use crate::activity::way_back::RemovedImage;
use crate::ids::{IntentId, LocalId, MediaHash};
use crate::model::{Intent, IntentState, Operation};
use crate::resources::{ImageStep, Kind, ServerCopy, ServerImage};
use crate::store::entities::{self, EntityRow};
use crate::store::galleries::{self, Keys};
use crate::store::intents::{self, NewIntent};
use crate::store::{StoreError, Tx};

/// One picture as a person sees it.
#[derive(Clone, PartialEq, Eq)]
pub struct ShownImage {
    /// Our key of it.
    pub key: LocalId,
    /// The server's copy, or what it was told to us to be; none before the upload.
    pub server: Option<ServerImage>,
    /// The prepared picture, where it is one's own.
    pub prepared: Option<MediaHash>,
    /// Its caption.
    pub caption: String,
}

crate::private::hides!(ShownImage { key, server, prepared; caption });

/// Lays the lane's steps over the list as the hotel last had it.
pub fn shown(row: &EntityRow, lane: &[Intent], keys: &Keys) -> Vec<ShownImage> {
    let mut known: HashMap<LocalId, ShownImage> = HashMap::new();
    let mut list = Vec::new();
    if let Some(ServerCopy::Gallery(gallery)) = row.latest() {
        for image in &gallery.images {
            let key = keys.of(&image.name);
            let (server, caption) = (Some(image.clone()), image.caption.clone());
            known.insert(key, ShownImage { key, server, prepared: None, caption });
            list.push(key);
        }
    }
    for intent in lane {
        let Some(step) = intent.operation.image_step() else { continue };
        if let Operation::AddImage { image, picture, caption, uploaded, .. } = &intent.operation {
            known.entry(*image).or_insert_with(|| ShownImage {
                key: *image,
                server: uploaded.clone(),
                prepared: Some(picture.clone()),
                caption: caption.clone(),
            });
        }
        // What was refused is not so; only a new picture is shown all the same, with its reason.
        if !intent.needs_person() || matches!(step, ImageStep::Add { .. }) {
            step.apply(&mut list);
        }
    }
    list.into_iter().filter_map(|key| known.remove(&key)).collect()
}

/// New pictures behind another one, in their order; their keys are given.
pub fn add(
    tx: &mut Tx<'_>,
    gallery: LocalId,
    images: Vec<(LocalId, IntentId, MediaHash, String)>,
    after: Option<LocalId>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = gallery_row(tx, gallery)?;
    let lane = intents::of_lane(tx, gallery)?;
    let keys = galleries::keys(tx, gallery)?;
    let mut after = after.or_else(|| shown(&row, &lane, &keys).last().map(|image| image.key));
    for (image, id, picture, caption) in images {
        let operation = Operation::AddImage { image, picture, caption, after, uploaded: None };
        intents::add(tx, &NewIntent::waiting(id, gallery, operation, now))?;
        after = Some(image);
    }
    Ok(())
}

/// A picture in another place; `after` none means first.
pub fn move_image(
    tx: &mut Tx<'_>,
    fresh: Fresh,
    gallery: LocalId,
    image: LocalId,
    after: Option<LocalId>,
) -> Result<(), StoreError> {
    let lane = intents::of_lane(tx, gallery)?;
    let row = gallery_row(tx, gallery)?;
    let keys = galleries::keys(tx, gallery)?;
    let before: Vec<LocalId> = shown(&row, &lane, &keys).iter().map(|image| image.key).collect();
    let mut wanted = before.clone();
    ImageStep::Move { image, after }.apply(&mut wanted);
    if wanted == before {
        return Ok(());
    }
    // The newest move of a picture is the only one that matters, if nothing was wished since.
    if let Some(mut last) = lane.into_iter().last().filter(|last| last.is_unsent() && !last.needs_person())
        && let Operation::MoveImage { image: moved, after: place } = &mut last.operation
        && *moved == image
    {
        *place = after;
        return intents::update(tx, &last);
    }
    let operation = Operation::MoveImage { image, after };
    intents::add(tx, &NewIntent::waiting(fresh.first, gallery, operation, fresh.now))
}

/// Another caption for a new picture that has not left yet.
///
/// # Errors
/// [`StoreError::TooLate`] when it may have left already.
pub fn caption(tx: &mut Tx<'_>, gallery: LocalId, image: LocalId, text: String) -> Result<(), StoreError> {
    let mut add = intents::of_lane(tx, gallery)?
        .into_iter()
        .find(|intent| intent.operation.is_about_image(image) && intent.is_unsent())
        .ok_or(StoreError::TooLate)?;
    let Operation::AddImage { caption, uploaded: None, .. } = &mut add.operation else {
        return Err(StoreError::TooLate);
    };
    *caption = text;
    intents::update(tx, &add)
}

/// A picture that shall not be there, from `until` on; before that it can be undone. One that has not left yet is
/// simply not sent.
pub fn remove(
    tx: &mut Tx<'_>,
    fresh: Fresh,
    gallery: LocalId,
    image: LocalId,
    until: Timestamp,
) -> Result<(), StoreError> {
    let lane = intents::of_lane(tx, gallery)?;
    let about_it = |intent: &&Intent| intent.operation.is_about_image(image);
    let add =
        lane.iter().find(|intent| about_it(intent) && matches!(intent.operation, Operation::AddImage { .. }));
    let here = is_listed(tx, gallery, image)?;
    // What certainly did not arrive, and what was uploaded but is in no list yet, is known to nobody.
    let unseen = add.is_some_and(|add| matches!(add.state, IntentState::Waiting | IntentState::Attention));
    if unseen && !here {
        return lane.iter().filter(about_it).try_for_each(|intent| intents::remove(tx, intent));
    }
    if add.is_none() && !here {
        return Err(StoreError::NotFound("picture"));
    }
    for earlier in lane.iter().filter(
        |intent| matches!(&intent.operation, Operation::RemoveImage { image: removed } if *removed == image),
    ) {
        // A refused one gives way to the new intent; any other is that intent already.
        if !earlier.needs_person() {
            return Ok(());
        }
        intents::remove(tx, earlier)?;
    }
    let mut intent = NewIntent::waiting(fresh.first, gallery, Operation::RemoveImage { image }, fresh.now);
    intent.not_before = until.as_millisecond();
    intents::add(tx, &intent)
}

/// Puts a picture that a colleague took out where it was. It goes up again, since it is not known whether the hotel has
/// kept its file. A picture that is there again stays as it is.
pub fn put_back(tx: &mut Tx<'_>, fresh: Fresh, held: RemovedImage) -> Result<(), StoreError> {
    let gallery = gallery_row(tx, held.gallery)?.local_id;
    let RemovedImage { image, picture, caption, after, .. } = held;
    if is_listed(tx, gallery, image)? {
        return galleries::note_added(tx, image, &picture, fresh.now);
    }
    let operation = Operation::AddImage { image, picture, caption, after, uploaded: None };
    intents::add(tx, &NewIntent::waiting(fresh.first, gallery, operation, fresh.now))
}

/// The row of a gallery; an intent about pictures in a list has no place in any other lane.
fn gallery_row(tx: &Tx<'_>, id: LocalId) -> Result<EntityRow, StoreError> {
    let row = entities::get(tx, id)?;
    if row.kind == Kind::Gallery { Ok(row) } else { Err(StoreError::NotFound("gallery")) }
}

fn is_listed(tx: &Tx<'_>, gallery: LocalId, image: LocalId) -> Result<bool, StoreError> {
    let keys = galleries::keys(tx, gallery)?;
    Ok(match entities::get(tx, gallery)?.latest() {
        Some(ServerCopy::Gallery(shown)) => keys.list(shown).contains(&image),
        _ => false,
    })
}

/// Takes a removal back.
///
/// # Errors
/// [`StoreError::TooLate`] when it may have left already.
pub fn undo_remove(tx: &mut Tx<'_>, gallery: LocalId, image: LocalId) -> Result<(), StoreError> {
    let lane = intents::of_lane(tx, gallery)?;
    let removal = lane
        .iter()
        .find(|intent| matches!(&intent.operation, Operation::RemoveImage { image: removed } if *removed == image))
        .filter(|intent| intent.state == IntentState::Waiting && !intent.note.sent)
        .ok_or(StoreError::TooLate)?;
    intents::remove(tx, removal)
}
