//! Intents: the changes that a person wants at the hotel, as rows.
//!
//! An [`Intent`] is a serialised enum, never a closure and never a stored request: it can be shown, folded, merged, and
//! read by a later version of this program.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ids::{IntentId, LocalId, MediaHash, ServerId};
use crate::private::Private;
use crate::records::{Field, FieldEdit, FieldErrors, FieldValue, Fields, Slot};
use crate::resources::{self, ImageStep, Kind, Part, Refusal, ServerCopy, ServerImage};

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
            Self::Unreadable => "unreadable",
        }
    }

    /// Returns true if the operation uploads a picture.
    pub fn uploads(&self) -> bool {
        matches!(self, Self::SetPicture { picture: Some(_), .. } | Self::AddImage { uploaded: None, .. })
    }

    /// Returns true if resources that are sent in this manner have this operation.
    pub fn is_sent_by(&self, send: resources::Send) -> bool {
        match send {
            resources::Send::Merge => matches!(
                self,
                Self::Create { .. } | Self::Edit { .. } | Self::SetPicture { .. } | Self::Delete { .. }
            ),
            resources::Send::Steps => self.image_step().is_some(),
            resources::Send::Once => matches!(self, Self::Create { .. }),
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

/// The reason why an intent waits or needs a person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "trouble", rename_all = "snake_case")]
pub enum Trouble {
    /// The hotel could not be reached.
    Offline,
    /// The hotel asked to wait.
    Busy,
    /// A colleague wrote at the same time, and it has to be done again.
    Overwritten,
    /// The sign-in has ended.
    SignInNeeded,
    /// The hotel could not be read: the answer came from something else, or was a refusal. Nothing was sent.
    NotRead {
        /// The answer, in words.
        message: String,
    },
    /// The hotel's list could not be read to its end.
    ListMoves,
    /// No answer came back.
    Unclear,
    /// The answer was about another row than the requested one.
    OtherRow,
    /// The hotel refused the values.
    Rejected {
        /// The wrong fields and the reasons.
        fields: FieldErrors,
        /// The hotel's words, or empty.
        message: String,
    },
    /// The person does not have the right to do this.
    Forbidden {
        /// The hotel's words.
        message: String,
    },
    /// The entity was removed at the hotel while it was changed here.
    DeletedThere,
    /// The hotel's server failed. A person is asked once it has failed several times in the same way.
    ServerTrouble {
        /// The hotel's words, or empty.
        message: String,
    },
    /// This program does not understand the answer.
    Unexpected {
        /// The content of the answer.
        message: String,
    },
    /// The hotel's server has no such field any more.
    FieldGone {
        /// The field.
        field: Field,
    },
    /// The prepared picture is no longer in the cache.
    PictureLost,
    /// The hotel's server accepts no picture of this size.
    PictureTooLarge,
    /// The entity was to stay, and an earlier removal was carried out late.
    RemovedLate,
    /// The answer to an upload was lost, and the host of the pictures does not show the picture.
    PictureHost {
        /// The host's failure, in this program's words.
        message: String,
    },
    /// Another person's upload has overwritten this value with an old one, after the hotel had confirmed it.
    UndoneByUpload,
    /// Another person changed the entity that is to be removed.
    ChangedSince {
        /// The changed fields.
        fields: Vec<Field>,
        /// True if its picture changed.
        picture: bool,
    },
    /// The entity was removed, and an upload has restored it.
    CameBack,
    /// An entity that was removed at the hotel was created again without its picture, which is no longer available.
    PictureNotKept,
    /// The hotel's server has nothing of this kind. The intent continues when the server has it again.
    NoSuchPart {
        /// The part, and why it is missing; none until that is certain.
        missing: Option<(Part, Refusal)>,
    },
    /// A create whose answer was lost: the hotel's list shows no such entity, but it cannot be read completely.
    Unsettled,
    /// A create that is sent once only: its answer was lost, and the hotel's list does not show the new entity.
    NotAgain,
    /// A create whose answer was lost: the hotel has no such entity, but similar ones, the closest first.
    LooksLike {
        /// Their numbers at the hotel.
        like: Vec<ServerId>,
    },
}

impl Trouble {
    /// Returns its stable name, for scripts, support files and keys of the catalogue.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::Busy => "busy",
            Self::Overwritten => "overwritten",
            Self::SignInNeeded => "sign_in_needed",
            Self::NotRead { .. } => "not_read",
            Self::ListMoves => "list_moves",
            Self::Unclear => "unclear",
            Self::OtherRow => "other_row",
            Self::Rejected { .. } => "rejected",
            Self::Forbidden { .. } => "forbidden",
            Self::DeletedThere => "deleted_there",
            Self::ServerTrouble { .. } => "server_trouble",
            Self::Unexpected { .. } => "unexpected",
            Self::FieldGone { .. } => "field_gone",
            Self::RemovedLate => "removed_late",
            Self::PictureLost => "picture_lost",
            Self::PictureTooLarge => "picture_too_large",
            Self::PictureHost { .. } => "picture_host",
            Self::UndoneByUpload => "undone_by_upload",
            Self::ChangedSince { .. } => "changed_since",
            Self::CameBack => "came_back",
            Self::PictureNotKept => "picture_not_kept",
            Self::NoSuchPart { .. } => "no_such_part",
            Self::Unsettled => "unsettled",
            Self::NotAgain => "not_again",
            Self::LooksLike { .. } => "looks_like",
        }
    }
}

impl fmt::Debug for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct(self.name());
        match self {
            Self::Rejected { fields, message } => {
                shown.field("fields", fields).field("message", &Private(message));
            }
            Self::ChangedSince { fields, picture } => {
                shown.field("fields", fields).field("picture", picture);
            }
            Self::NoSuchPart { missing } => drop(shown.field("missing", missing)),
            Self::LooksLike { like } => drop(shown.field("like", like)),
            Self::FieldGone { field } => drop(shown.field("field", field)),
            Self::NotRead { message }
            | Self::Forbidden { message }
            | Self::ServerTrouble { message }
            | Self::Unexpected { message }
            | Self::PictureHost { message } => drop(shown.field("message", &Private(message))),
            _ => {}
        }
        shown.finish()
    }
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
    /// For a create: the highest server number that was known when it first left. The new entity has a higher one.
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
    /// A picture, or a step on a gallery: sent in order too, but one that needs a person does not block the others.
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
            (Operation::Create { content: Fields::default() }, vec![Merge, Once]),
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
