//! Intents: the changes that a person wants at the hotel, as rows.
//!
//! An [`Intent`] is a serialised enum, never a closure and never a stored request: it can be shown, folded, merged, and
//! read by a later version of this program.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Trouble;
use crate::ids::{IntentId, LocalId, MediaHash, ServerId};
use crate::private::Private;
use crate::records::{FieldEdit, FieldValue, Fields, Slot};
use crate::resources::{self, ImageStep, Kind, ServerCopy, ServerImage};

/// The work of an intent.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "operation", rename_all = "snake_case")]
pub enum Operation {
    /// Create an entity.
    Create {
        /// All its fields. Edits fold into them until the intent is sent.
        content: Fields,
    },
    /// Change fields.
    Edit {
        /// One edit per field.
        edits: Vec<FieldEdit>,
    },
    /// Set or remove a picture.
    SetPicture {
        /// Its place.
        slot: Slot,
        /// The prepared picture in the cache; none removes the picture.
        picture: Option<MediaHash>,
        /// The server's [mark](crate::resources::ServerPicture::mark) when the person asked for it. It shows another
        /// person's change.
        was: Option<String>,
    },
    /// Delete the entity.
    Delete {
        /// Its title, for people.
        title: String,
    },
    /// Add a picture to a gallery. It is uploaded first, and then put into the list.
    AddImage {
        /// The local key of the picture.
        image: LocalId,
        /// The prepared picture in the cache.
        picture: MediaHash,
        /// Its caption; empty if there is none.
        caption: String,
        /// The picture before it; none means that it comes first.
        after: Option<LocalId>,
        /// The server's copy of it, after the upload.
        uploaded: Option<ServerImage>,
    },
    /// Move a picture inside a gallery.
    MoveImage {
        /// The local key of the picture.
        image: LocalId,
        /// The picture before it; none means that it comes first.
        after: Option<LocalId>,
    },
    /// Remove a picture from a gallery.
    RemoveImage {
        /// The local key of the picture.
        image: LocalId,
    },
    /// Send a message to the guest of a conversation. The message's row has the text, sealed.
    Say {
        /// The message that it answers.
        reply_to: Option<ServerId>,
        /// True if it has a file.
        #[serde(default)]
        with_file: bool,
    },
    /// A row that this version cannot read, or whose entity is of a kind that it does not know. It is kept byte for
    /// byte.
    #[serde(skip)]
    Unreadable,
}

impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Create { content } => f.debug_struct("Create").field("content", content).finish(),
            Self::Edit { edits } => f.debug_struct("Edit").field("edits", edits).finish(),
            Self::SetPicture { slot, picture, was } => f
                .debug_struct("SetPicture")
                .field("slot", slot)
                .field("picture", picture)
                .field("was", &Private(was))
                .finish(),
            Self::Delete { title } => f.debug_struct("Delete").field("title", &Private(title)).finish(),
            Self::AddImage { image, picture, caption, after, uploaded } => f
                .debug_struct("AddImage")
                .field("image", image)
                .field("picture", picture)
                .field("caption", &Private(caption))
                .field("after", after)
                .field("uploaded", uploaded)
                .finish(),
            Self::MoveImage { image, after } => {
                f.debug_struct("MoveImage").field("image", image).field("after", after).finish()
            }
            Self::RemoveImage { image } => f.debug_struct("RemoveImage").field("image", image).finish(),
            Self::Say { reply_to, with_file } => {
                f.debug_struct("Say").field("reply_to", reply_to).field("with_file", with_file).finish()
            }
            Self::Unreadable => f.write_str("Unreadable"),
        }
    }
}

impl Operation {
    /// Returns the name of the operation, for support files and for keys of the catalogue.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Create { .. } => "create",
            Self::Edit { .. } => "edit",
            Self::SetPicture { picture: Some(_), .. } => "set_picture",
            Self::SetPicture { picture: None, .. } => "remove_picture",
            Self::Delete { .. } => "delete",
            Self::AddImage { .. } => "add_image",
            Self::MoveImage { .. } => "move_image",
            Self::RemoveImage { .. } => "remove_image",
            Self::Say { .. } => "say",
            Self::Unreadable => "unreadable",
        }
    }

    /// Returns true if the operation uploads a picture or a file.
    pub fn uploads(&self) -> bool {
        matches!(
            self,
            Self::SetPicture { picture: Some(_), .. }
                | Self::AddImage { uploaded: None, .. }
                | Self::Say { with_file: true, .. }
        )
    }

    /// Returns true if a failed attempt can leave a message without its file at the hotel (contract.md 8.5). The number in
    /// [`Note::known_up_to`] finds it, and so stays for the next attempt.
    pub fn may_leave_empty_row(&self) -> bool {
        matches!(self, Self::Say { with_file: true, .. })
    }

    /// Returns true if resources that are sent in this manner have this operation.
    pub fn is_sent_by(&self, send: resources::Send) -> bool {
        match send {
            resources::Send::Merge => matches!(
                self,
                Self::Create { .. } | Self::Edit { .. } | Self::SetPicture { .. } | Self::Delete { .. }
            ),
            resources::Send::Steps => self.image_step().is_some(),
            resources::Send::Once => matches!(self, Self::Say { .. }),
            resources::Send::Never => false,
        }
    }

    /// Returns true if the operation is about this place for a picture.
    pub fn is_about_picture(&self, place: Slot) -> bool {
        matches!(self, Self::SetPicture { slot, .. } if *slot == place)
    }

    /// Returns true if the operation is a step on this picture of a gallery.
    pub fn is_about_image(&self, image: LocalId) -> bool {
        self.image_step().is_some_and(|step| *step.image() == image)
    }

    /// Returns the step on a gallery, or `None` for another operation.
    pub fn image_step(&self) -> Option<ImageStep<LocalId>> {
        match self {
            Self::AddImage { image, after, .. } => Some(ImageStep::Add { image: *image, after: *after }),
            Self::MoveImage { image, after } => Some(ImageStep::Move { image: *image, after: *after }),
            Self::RemoveImage { image } => Some(ImageStep::Remove { image: *image }),
            _ => None,
        }
    }
}

/// The state of an intent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum IntentState {
    /// It will be sent when its turn comes.
    Waiting,
    /// Its request is on its way.
    InFlight,
    /// It was sent, and its outcome is unknown: the hotel is read before the request is repeated.
    Unclear,
    /// A colleague changed the same entity.
    Conflict,
    /// A person has to decide.
    Attention,
}

/// The other side of a conflict.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// The hotel's values of the fields that this intent wants to change; empty for a picture.
    pub theirs: Vec<FieldValue>,
    /// The mark of the hotel's picture, for a picture.
    pub photo: Option<String>,
    /// The address of the hotel's picture, for a picture.
    pub photo_url: Option<String>,
    /// The time at which it was read.
    pub at: Timestamp,
}

crate::private::hides!(Conflict { theirs, at; photo, photo_url });

/// The known history of an intent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Note {
    /// The number of times that it was sent or tried.
    pub attempts: u32,
    /// The number of times that the server failed to carry out the write itself, as far as is known without effect.
    /// Reads do not count.
    pub failures: u32,
    /// The number of failed checks of a picture's host for this desk's picture.
    pub looks: u32,
    /// True if it has left this machine at least once. Then it cannot be cancelled silently.
    pub sent: bool,
    /// The reason why it does not continue.
    pub trouble: Option<Trouble>,
    /// The other side, in [`IntentState::Conflict`].
    pub conflict: Option<Conflict>,
    /// For a picture: the mark that was read just before sending. It shows later whether the picture arrived.
    pub photo_before: Option<String>,
    /// The address of that picture: an event names a picture by its address only.
    pub photo_before_url: Option<String>,
    /// For a deletion: the copy that the person saw, with the later requests of this desk.
    pub seen: Option<ServerCopy>,
    /// For a create or a message: the highest server number that was known when it first left. The new row has a higher
    /// one.
    pub known_up_to: Option<i64>,
    /// For a create that was carried out, although the answer could not be read: its number at the hotel.
    pub made: Option<ServerId>,
    /// For a create that may have been carried out: the entities that other creates of this desk have made since it
    /// left.
    pub not_mine: Vec<ServerId>,
}

/// One intent in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intent {
    /// Its position in the order of all intents.
    pub seq: i64,
    /// Its key.
    pub id: IntentId,
    /// The lane: the entity that it is about.
    pub lane: LocalId,
    /// Its operation.
    pub operation: Operation,
    /// Its state.
    pub state: IntentState,
    /// Its history.
    pub note: Note,
    /// The earliest time of the next try, in milliseconds since the epoch; 0 means at once.
    pub not_before: i64,
    /// The time at which the person asked for it.
    pub created_at: Timestamp,
    /// Its last request, while the outcome of that request is unknown.
    pub open: Option<SentRequest>,
}

/// The departure of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SentRequest {
    /// The number of the request: the revision at which it left.
    pub request: i64,
    /// The time, in milliseconds since the epoch.
    pub left_at: i64,
}

/// An intent in the queue: all data that decides the order of sending, without the operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued {
    /// Its position in the order of all intents.
    pub seq: i64,
    /// Its key.
    pub id: IntentId,
    /// The lane: the entity that it is about.
    pub lane: LocalId,
    /// The kind of its turn.
    pub kind: QueuedKind,
    /// True if it uploads a picture, which takes time.
    pub uploads: bool,
    /// The resource of its entity; none if this version does not know it.
    pub about: Option<Kind>,
    /// Its state.
    pub state: IntentState,
    /// The earliest time of the next try, in milliseconds since the epoch; 0 means at once.
    pub not_before: i64,
    /// True if it waits and was never tried: a person can still withdraw it.
    pub held: bool,
}

/// The kinds of intents that differ in their turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueuedKind {
    /// Creates the entity: one at a time over all lanes of its kind.
    Create,
    /// Removes the entity: its lane pauses.
    Delete,
    /// Changes the entity: sent in order.
    Change,
    /// A picture, a step on a gallery, or a message: sent in order too, but one that needs a person does not block the
    /// others.
    Step,
    /// A question about the present state at the hotel: no other intent waits for its answer.
    Question,
}

impl Intent {
    /// Returns true if it can still be changed or withdrawn without the hotel noticing.
    pub fn is_unsent(&self) -> bool {
        !self.note.sent && !matches!(self.state, IntentState::InFlight | IntentState::Unclear)
    }

    /// Returns true if it creates an entity that may already be at the hotel: the answer was lost, or is still awaited.
    pub fn may_be_made(&self) -> bool {
        matches!(self.operation, Operation::Create { .. })
            && (self.open.is_some() || self.note.made.is_some())
    }

    /// Returns true if it needs a person.
    pub fn needs_person(&self) -> bool {
        matches!(self.state, IntentState::Conflict | IntentState::Attention)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::Send::{Merge, Never, Once, Steps};

    #[test]
    fn a_resource_takes_only_the_changes_that_its_manner_of_sending_knows() {
        let image = LocalId::from_random([1; 16]);
        let all = [
            (Operation::Create { content: Fields::default() }, vec![Merge]),
            (Operation::Say { reply_to: None, with_file: true }, vec![Once]),
            (Operation::Edit { edits: Vec::new() }, vec![Merge]),
            (Operation::SetPicture { slot: Slot::Photo, picture: None, was: None }, vec![Merge]),
            (Operation::Delete { title: String::new() }, vec![Merge]),
            (Operation::MoveImage { image, after: None }, vec![Steps]),
            (Operation::RemoveImage { image }, vec![Steps]),
            (Operation::Unreadable, vec![]),
        ];
        for (operation, manners) in all {
            let taken: Vec<_> =
                [Merge, Steps, Once, Never].into_iter().filter(|send| operation.is_sent_by(*send)).collect();
            assert_eq!(taken, manners, "{operation:?}");
        }
    }
}
