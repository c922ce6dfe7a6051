//! Decides what becomes an activity: a difference in a copy from the hotel that no intent of this desk explains.
//! Another person made it.
//!
//! An activity is stored in the transaction that writes the base or the unconfirmed copy, and only about the difference
//! between the last shown copy and the new one. A repeated event, or a read after it, finds no difference. The first
//! source of a colleague's change stores the activity, be it an event, a read after a gap, or the read and the answer
//! around the person's own edit.
//!
//! Events have no order, so one that comes late would look like two changes, there and back. It is recognised by its
//! content ([`Past`](crate::model::Past)): a copy that only brings back earlier values is not shown and makes no
//! activity. It only makes a read due, and the result of that read can make an activity.
//!
//! Requests of this desk make no activities. No server says who made a change, so the same person's work at another
//! desk counts as a colleague's.

use jiff::Timestamp;

use crate::activity::entries;
use crate::activity::versions;
use crate::activity::way_back::{RemovedImage, RemovedRecord, WayBack};
use crate::model::{Intent, IntentState, Operation, Trouble};
use crate::records::{FieldEdit, Slot};
use crate::resources::{About, Happening, Kind, ServerCopy, ServerGallery};
use crate::store::entities::{self, DatedCopy, EntityRow, Learned};
use crate::store::meta::{self, Key};
use crate::store::requests::{self, OwnRequest};
use crate::store::{StoreError, Tx, galleries, intents};

/// The data with which a new copy is compared.
pub struct Judging<'a> {
    /// The row before the copy is written.
    pub row: &'a EntityRow,
    /// The intents about the entity.
    pub lane: &'a [Intent],
    /// The intent that this copy answers. It explains its fields, whatever the server made of them.
    pub answered: Option<&'a Intent>,
    /// The requests of this desk that the hotel may have carried out since.
    pub open: &'a [OwnRequest],
    /// The present time.
    pub now: Timestamp,
}

/// Stores an activity about an entity. Before the first complete read it stores nothing, since every copy is then an
/// old one.
pub fn add(
    tx: &mut Tx<'_>,
    row: &EntityRow,
    happening: &Happening,
    now: Timestamp,
) -> Result<(), StoreError> {
    if !has_activities(tx, row.kind)? {
        return Ok(());
    }
    entries::add(tx, happening, Some(row.local_id), None, now)
}

/// Stores that a colleague removed an entity, with the way back if there is one.
pub fn add_removal(
    tx: &mut Tx<'_>,
    row: &EntityRow,
    about: About,
    content: Option<RemovedRecord>,
    now: Timestamp,
) -> Result<(), StoreError> {
    if !has_activities(tx, row.kind)? {
        return Ok(());
    }
    let way_back = content.map(WayBack::Record);
    entries::add(tx, &Happening::Removed(about), None, way_back.as_ref(), now)
}

/// Returns true if changes of this kind make activities, and its list was read completely at least once.
fn has_activities(tx: &Tx<'_>, kind: Kind) -> Result<bool, StoreError> {
    Ok(kind.resource().activities.is_some() && meta::get::<Timestamp>(tx, Key::AsOf(kind))?.is_some())
}

/// Writes the hotel's answer as the base, and stores activities for the differences that a colleague made. `answered`:
/// the answer belongs to this intent; false for a read before sending.
pub fn take_answer(
    tx: &mut Tx<'_>,
    intent: &Intent,
    answered: bool,
    (seen, open): (&DatedCopy, &[OwnRequest]),
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = entities::get(tx, intent.lane)?;
    let answered = answered.then_some(intent);
    let with_own = |copy: &ServerCopy| {
        answered.map_or_else(|| copy.clone(), |intent| with_own(copy, intent, &seen.copy))
    };
    let lane = intents::of_lane(tx, intent.lane)?;
    let judging = Judging { row: &row, lane: &lane, answered, open, now };
    if entities::weigh(tx, seen)? == Learned::Overtaken {
        // Another copy came in meanwhile, and may be the newer one, except for the sent fields. The next read makes the
        // activities.
        match (row.unconfirmed.as_ref().map(with_own), &row.base) {
            (Some(unconfirmed), _) if unconfirmed != seen.copy => {
                judging.keep_version(tx, &seen.copy)?;
                entities::put_base(tx, intent.lane, &seen.copy, None, Learned::Overtaken)?;
                return entities::put_unconfirmed(tx, intent.lane, &unconfirmed, None);
            }
            (None, Some(base)) => {
                let composed = with_own(base);
                judging.keep_version(tx, &composed)?;
                return entities::put_base(tx, intent.lane, &composed, None, Learned::Overtaken);
            }
            // The event brought nothing that the answer does not have.
            _ => {}
        }
    }
    add_difference(tx, &judging, &seen.copy)?;
    judging.keep_version(tx, &seen.copy)?;
    entities::put_base(tx, intent.lane, &seen.copy, None, Learned::Read)
}

/// Stores activities for a colleague's changes between the last shown copy and this one.
pub fn add_difference(tx: &mut Tx<'_>, judging: &Judging<'_>, theirs: &ServerCopy) -> Result<(), StoreError> {
    let Some(known) = requests::last_judged(judging.row, judging.open) else { return Ok(()) };
    if let (ServerCopy::Gallery(before), ServerCopy::Gallery(after)) = (known, theirs) {
        return add_gallery_difference(tx, judging, before, after);
    }
    let fields_changed =
        known.fields().differences(&theirs.fields()).iter().any(|edit| !judging.explains(edit));
    let picture_changed = theirs.kind().table().slots.iter().any(|slot| {
        known.picture(*slot).url != theirs.picture(*slot).url && !judging.explains_picture(*slot)
    });
    let about = About { kind: theirs.kind(), title: theirs.title() };
    let Some(kinds) = &about.kind.resource().activities else { return Ok(()) };
    if fields_changed {
        add(tx, judging.row, &Happening::Changed(about.clone()), judging.now)?;
    }
    if picture_changed && (!fields_changed || kinds.picture != kinds.changed) {
        add(tx, judging.row, &Happening::PictureChanged(about), judging.now)?;
    }
    Ok(())
}

/// Stores activities for a colleague's changes of a gallery. A picture that this desk added a short time ago, and that
/// is gone, gets an activity of its own, with the way to put it back: a client that writes a flat gallery replaces the
/// whole list, and may not know the picture. The picture is never put back automatically, because the removal may have
/// been intended.
fn add_gallery_difference(
    tx: &mut Tx<'_>,
    judging: &Judging<'_>,
    before: &ServerGallery,
    after: &ServerGallery,
) -> Result<(), StoreError> {
    let is_own = judging.open.iter().any(|own| own.has_written(after));
    if before == after || is_own || !has_activities(tx, judging.row.kind)? {
        return Ok(());
    }
    let gallery = judging.row.local_id;
    let about = About { kind: judging.row.kind, title: after.name.clone() };
    let (keys, own) = (galleries::keys(tx, gallery)?, galleries::added(tx, gallery, judging.now)?);
    let (there, listed) = (keys.list(after), keys.list(before));
    let mut rest = before.clone();
    for (at, image) in listed.iter().enumerate() {
        let Some(picture) = own.get(image).filter(|_| !there.contains(image)) else { continue };
        // A move of the picture finds nothing to move, and does not bring it back.
        let explains = |operation: &Operation| {
            operation.is_about_image(*image) && !matches!(operation, Operation::MoveImage { .. })
        };
        if judging.lane.iter().any(|intent| explains(&intent.operation)) {
            continue;
        }
        let way_back = WayBack::Image(RemovedImage {
            gallery,
            image: *image,
            picture: picture.clone(),
            caption: before.images.get(at).map(|image| image.caption.clone()).unwrap_or_default(),
            after: at.checked_sub(1).and_then(|at| listed.get(at).copied()),
        });
        let happening = Happening::PictureTakenOut(about.clone());
        entries::add(tx, &happening, Some(gallery), Some(&way_back), judging.now)?;
        galleries::forget_added(tx, *image)?;
        rest.images.retain(|other| keys.of(&other.name) != *image);
    }
    if rest != *after && !judging.explains_gallery() {
        add(tx, judging.row, &Happening::Changed(about), judging.now)?;
    }
    Ok(())
}

impl Judging<'_> {
    /// Stores the base as an earlier version, if the copy that replaces it differs from it.
    pub fn keep_version(&self, tx: &Tx<'_>, next: &ServerCopy) -> Result<(), StoreError> {
        let Some(base) = &self.row.base else { return Ok(()) };
        let Some(differences) = versions::differences(base, next) else { return Ok(()) };
        let is_own = differences.edits.iter().all(|edit| self.explains(edit))
            && differences.slots.iter().all(|slot| self.explains_picture(*slot));
        versions::add(tx, self.row.local_id, base, is_own, self.now)
    }

    /// Returns the intents that may have reached the hotel.
    fn on_its_way(&self) -> impl Iterator<Item = &Intent> {
        self.lane.iter().filter(|intent| matches!(intent.state, IntentState::InFlight | IntentState::Unclear))
    }

    fn explains(&self, edit: &FieldEdit) -> bool {
        let of = |intent: &Intent, is: &dyn Fn(&FieldEdit) -> bool| match &intent.operation {
            Operation::Edit { edits } => edits.iter().any(is),
            _ => false,
        };
        // The result of a sent field is compared with the intent elsewhere; a difference is a conflict.
        self.answered.is_some_and(|intent| of(intent, &|mine| mine.field() == edit.field()))
            || self.lane.iter().any(|intent| {
                // The question about it says more.
                intent.note.trouble == Some(Trouble::UndoneByUpload)
                    && of(intent, &|mine| mine.was.as_stored() == edit.now.as_stored())
            })
            || self
                .on_its_way()
                .any(|intent| of(intent, &|mine| mine.now.as_stored() == edit.now.as_stored()))
            || self
                .open
                .iter()
                .filter_map(OwnRequest::edit)
                .any(|mine| mine.field() == edit.field() && mine.now.as_stored() == edit.now.as_stored())
    }

    fn explains_picture(&self, place: Slot) -> bool {
        self.on_its_way()
            .chain(self.answered)
            .any(|intent| matches!(intent.operation, Operation::SetPicture { slot, .. } if slot == place))
            || self.open.iter().any(|own| own.is_about_picture(place))
    }

    /// A sent step that waits for its next part explains a change too.
    fn explains_gallery(&self) -> bool {
        self.open.iter().any(|own| own.operation.image_step().is_some())
            || self.lane.iter().any(|intent| {
                intent.note.sent && !matches!(intent.state, IntentState::Conflict | IntentState::Attention)
            })
    }
}

/// Returns the copy with the sent fields and pictures of this desk, as in the answer.
fn with_own(copy: &ServerCopy, intent: &Intent, answer: &ServerCopy) -> ServerCopy {
    let mut copy = copy.clone();
    match &intent.operation {
        Operation::Edit { edits } => {
            let fields = answer.fields();
            edits.iter().for_each(|edit| copy.set_value(fields.in_place_of(&edit.now)));
        }
        Operation::SetPicture { slot, .. } => copy.set_picture(*slot, answer.picture(*slot)),
        _ => {}
    }
    copy
}
