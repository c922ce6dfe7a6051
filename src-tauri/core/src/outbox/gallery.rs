//! A gallery as a person sees it, and the changes that a person makes to it.

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
    /// The desk's key of the picture.
    pub key: LocalId,
    /// The server's picture, or its name as announced to the desk; `None` before the upload.
    pub server: Option<ServerImage>,
    /// The prepared picture, if this desk added it.
    pub prepared: Option<MediaHash>,
    /// The caption.
    pub caption: String,
}

crate::private::hides!(ShownImage { key, server, prepared; caption });

/// Applies the lane's steps to the list that the hotel had last.
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
        // A refused step is not applied. Only a refused new picture is still shown, with its reason.
        if !intent.needs_person() || matches!(step, ImageStep::Add { .. }) {
            step.apply(&mut list);
        }
    }
    list.into_iter().filter_map(|key| known.remove(&key)).collect()
}

/// Adds new pictures after another one, in the given order and with the given keys.
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

/// Moves a picture to another position. `after` is the picture before it; `None` means that it becomes the first.
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
    // Only the newest move of a picture matters, if no other step follows it.
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

/// Changes the caption of a new picture that has not left yet.
///
/// # Errors
/// [`StoreError::TooLate`] if the picture may have left already.
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

/// Removes a picture at the time `until`; before that the removal can be undone. A picture that has not left yet is
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
    // The hotel does not show a picture that certainly did not arrive, or that was uploaded but is in no list yet.
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
        // A refused removal is replaced by the new intent. Any other removal already serves the purpose.
        if !earlier.needs_person() {
            return Ok(());
        }
        intents::remove(tx, earlier)?;
    }
    let mut intent = NewIntent::waiting(fresh.first, gallery, Operation::RemoveImage { image }, fresh.now);
    intent.not_before = until.as_millisecond();
    intents::add(tx, &intent)
}

/// Restores a picture that a colleague removed to its old position. The picture is uploaded again, because it is not
/// known whether the hotel has kept its file. A picture that is in the gallery again stays unchanged.
pub fn put_back(tx: &mut Tx<'_>, fresh: Fresh, held: RemovedImage) -> Result<(), StoreError> {
    let gallery = gallery_row(tx, held.gallery)?.local_id;
    let RemovedImage { image, picture, caption, after, .. } = held;
    if is_listed(tx, gallery, image)? {
        return galleries::note_added(tx, image, &picture, fresh.now);
    }
    let operation = Operation::AddImage { image, picture, caption, after, uploaded: None };
    intents::add(tx, &NewIntent::waiting(fresh.first, gallery, operation, fresh.now))
}

/// Returns the row of a gallery. Intents about pictures in a list are not allowed in any other lane.
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

/// Withdraws a removal.
///
/// # Errors
/// [`StoreError::TooLate`] if it may have left already.
pub fn undo_remove(tx: &mut Tx<'_>, gallery: LocalId, image: LocalId) -> Result<(), StoreError> {
    let lane = intents::of_lane(tx, gallery)?;
    let removal = lane
        .iter()
        .find(|intent| matches!(&intent.operation, Operation::RemoveImage { image: removed } if *removed == image))
        .filter(|intent| intent.state == IntentState::Waiting && !intent.note.sent)
        .ok_or(StoreError::TooLate)?;
    intents::remove(tx, removal)
}
