//! Intents: what a person wants of the hotel, as rows.
//!
//! An [`Intent`] is a serialised enum, never a closure and never a stored request: it can be shown,
//! folded, merged, and read by a later version of this program.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ids::{IntentId, LocalId, MediaHash, ServerId};
use crate::private::Private;
use crate::records::{Field, FieldEdit, FieldErrors, FieldValue, Fields, Slot};
use crate::resources::{ImageStep, Kind, Part, Refusal, ServerCopy, ServerImage};

/// The work of an intent.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "operation", rename_all = "snake_case")]
pub enum Operation {
    /// A new entity.
    Create {
        /// All of it. Edits fold into this until it is sent.
        content: Fields,
    },
    /// Other values in some fields.
    Edit {
        /// One edit per field.
        edits: Vec<FieldEdit>,
    },
    /// A picture on, or off.
    SetPicture {
        /// Its place.
        slot: Slot,
        /// The prepared picture in the cache; none takes the picture off.
        picture: Option<MediaHash>,
        /// The server's [mark](crate::resources::ServerPicture::mark) when the person wished it: a third party's change
        /// must be noticed.
        was: Option<String>,
    },
    /// The entity is gone.
    Delete {
        /// Its title, for people.
        title: String,
    },
    /// A new picture in a gallery. It is uploaded first, and then put into the list.
    AddImage {
        /// Our key of it.
        image: LocalId,
        /// The prepared picture in the cache.
        picture: MediaHash,
        /// Its caption; empty where there is none.
        caption: String,
        /// Behind which one; none means first.
        after: Option<LocalId>,
        /// What the server calls it, once it is uploaded.
        uploaded: Option<ServerImage>,
    },
    /// A picture of a gallery in another place.
    MoveImage {
        /// Our key of it.
        image: LocalId,
        /// Behind which one; none means first.
        after: Option<LocalId>,
    },
    /// A picture out of a gallery.
    RemoveImage {
        /// Our key of it.
        image: LocalId,
    },
    /// A row that this version cannot read. It is kept byte for byte.
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
    /// What kind of intent it is, in support files and in keys of the catalogue.
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

    /// It carries a picture up.
    pub fn uploads(&self) -> bool {
        matches!(self, Self::SetPicture { picture: Some(_), .. } | Self::AddImage { uploaded: None, .. })
    }

    /// It is about this place for a picture.
    pub fn is_about_picture(&self, place: Slot) -> bool {
        matches!(self, Self::SetPicture { slot, .. } if *slot == place)
    }

    /// It is a step on this picture of a gallery.
    pub fn is_about_image(&self, image: LocalId) -> bool {
        self.image_step().is_some_and(|step| *step.image() == image)
    }

    /// The step on a gallery that it is, if it is one.
    pub fn image_step(&self) -> Option<ImageStep<LocalId>> {
        match self {
            Self::AddImage { image, after, .. } => Some(ImageStep::Add { image: *image, after: *after }),
            Self::MoveImage { image, after } => Some(ImageStep::Move { image: *image, after: *after }),
            Self::RemoveImage { image } => Some(ImageStep::Remove { image: *image }),
            _ => None,
        }
    }
}

/// Where an intent stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum IntentState {
    /// To be sent when its turn comes.
    Waiting,
    /// On its way.
    InFlight,
    /// Sent, and nobody knows whether it arrived: the hotel is read before anything is repeated.
    Unclear,
    /// A colleague changed the same entity.
    Conflict,
    /// A person must look.
    Attention,
}

/// Why an intent waits or needs a person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "trouble", rename_all = "snake_case")]
pub enum Trouble {
    /// The hotel could not be reached.
    Offline,
    /// The hotel asked to wait, or had a passing trouble.
    Busy {
        /// The hotel's words, or empty.
        message: String,
    },
    /// No answer came back.
    Unclear,
    /// The answer was about another row than the one that was asked about.
    OtherRow,
    /// The hotel refused the values.
    Rejected {
        /// Which, and why.
        fields: FieldErrors,
        /// The hotel's words, or empty.
        message: String,
    },
    /// The person may not do this.
    Forbidden {
        /// The hotel's words.
        message: String,
    },
    /// The entity was removed at the hotel while it was changed here.
    DeletedThere,
    /// The hotel failed again and again in the same way.
    ServerTrouble {
        /// The hotel's words, or empty.
        message: String,
    },
    /// The answer makes no sense to this program.
    Unexpected {
        /// What came.
        message: String,
    },
    /// The prepared picture is not in the cache any more.
    PictureLost,
    /// The hotel's server takes no picture of this size.
    PictureTooLarge,
    /// It was to stay, and a removal that was sent before has taken it late.
    RemovedLate,
    /// An upload's answer was lost, and the host of the pictures cannot be asked what it has.
    PictureHost {
        /// What it did instead, in this program's words.
        message: String,
    },
    /// Somebody else's upload has put an old value back over this one, which the hotel had confirmed.
    UndoneByUpload,
    /// Somebody else changed what is to be removed.
    ChangedSince {
        /// Which fields.
        fields: Vec<Field>,
        /// And its picture.
        picture: bool,
    },
    /// It was removed, and an upload has brought it back.
    CameBack,
    /// What was removed at the hotel was made anew, without its picture: it could not be had any more.
    PictureNotKept,
    /// The hotel's server has nothing of this kind. It goes on by itself when the server has it again.
    NoSuchPart {
        /// The part, and why it cannot be had; none while that is not certain yet.
        missing: Option<(Part, Refusal)>,
    },
    /// A create whose answer was lost: the hotel's list shows no such thing, but it cannot be read whole.
    Unsettled,
    /// A create whose answer was lost: the hotel has no such thing, but things that are like it, the closest first.
    LooksLike {
        /// Their numbers at the hotel.
        like: Vec<ServerId>,
    },
}

impl Trouble {
    /// What kind of trouble it is, in support files and in keys of the catalogue.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::Busy { .. } => "busy",
            Self::Unclear => "unclear",
            Self::OtherRow => "other_row",
            Self::Rejected { .. } => "rejected",
            Self::Forbidden { .. } => "forbidden",
            Self::DeletedThere => "deleted_there",
            Self::ServerTrouble { .. } => "server_trouble",
            Self::Unexpected { .. } => "unexpected",
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
            Self::Busy { message }
            | Self::Forbidden { message }
            | Self::ServerTrouble { message }
            | Self::Unexpected { message }
            | Self::PictureHost { message } => drop(shown.field("message", &Private(message))),
            _ => {}
        }
        shown.finish()
    }
}

/// Their side of a clash.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clash {
    /// Their values of the fields that this intent wants to change; empty for a picture.
    pub theirs: Vec<FieldValue>,
    /// Their picture's mark, for a picture.
    pub photo: Option<String>,
    /// Their picture's address, for a picture.
    pub photo_url: Option<String>,
    /// When it was read.
    pub at: Timestamp,
}

crate::private::hides!(Clash { theirs, at; photo, photo_url });

/// What is known about the course of an intent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Note {
    /// How often it has been sent or tried.
    pub attempts: u32,
    /// How often the server has failed over the write itself, as far as is known without effect. Reads do not count.
    pub failures: u32,
    /// How often the host of a picture could not be asked whether the picture there is ours.
    pub looks: u32,
    /// It has left this machine at least once: cancelling it silently is not possible any more.
    pub sent: bool,
    /// Why it does not go on.
    pub trouble: Option<Trouble>,
    /// Their side, in [`IntentState::Conflict`].
    pub clash: Option<Clash>,
    /// For a picture: the mark read just before sending, to tell afterwards whether it arrived.
    pub photo_before: Option<String>,
    /// The address of that picture: an event names a picture by its address only.
    pub photo_before_url: Option<String>,
    /// For a deletion: the copy that the person saw, with what this desk has sent since.
    pub seen: Option<ServerCopy>,
    /// For a create: the highest server number known when it first left. What it made has a higher one.
    pub known_up_to: Option<i64>,
    /// For a create that was carried out, although the answer could not be read: its number at the hotel.
    pub made: Option<ServerId>,
    /// For a create that may have been carried out: what other creates of this desk have made since it left.
    pub not_mine: Vec<ServerId>,
}

/// One intent in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intent {
    /// Its place in the order of all intents.
    pub seq: i64,
    /// Its key.
    pub id: IntentId,
    /// The lane: the entity that it is about.
    pub lane: LocalId,
    /// What is wished.
    pub operation: Operation,
    /// Where it stands.
    pub state: IntentState,
    /// Its course so far.
    pub note: Note,
    /// Not to be tried before, in milliseconds since the epoch; 0 means at once.
    pub not_before: i64,
    /// When the person wished it.
    pub created_at: Timestamp,
    /// Its request that left last, while the outcome of that is not known.
    pub open: Option<Departure>,
}

/// When a request left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Departure {
    /// Its number: the revision at which it left.
    pub request: i64,
    /// When, in milliseconds since the epoch.
    pub left_at: i64,
}

/// An intent's place in the queue: all that tells whose turn it is, without what is wished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued {
    /// Its place in the order of all intents.
    pub seq: i64,
    /// Its key.
    pub id: IntentId,
    /// The lane: the entity that it is about.
    pub lane: LocalId,
    /// What kind of intent it is.
    pub kind: QueuedKind,
    /// It carries a picture up, which takes its time.
    pub uploads: bool,
    /// What kind of thing it is about.
    pub about: Kind,
    /// Where it stands.
    pub state: IntentState,
    /// Not to be tried before, in milliseconds since the epoch; 0 means at once.
    pub not_before: i64,
    /// It waits although it was never tried: a person can still take it back.
    pub held: bool,
}

/// The kinds of intents that have turns of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueuedKind {
    /// Makes the entity: one at a time over all lanes of its kind.
    Create,
    /// Removes it: rests its lane.
    Delete,
    /// Changes it: goes in order.
    Change,
    /// A picture, or a step on a gallery: goes in order too, but one that needs a person holds up no other.
    Step,
    /// A question about what is at the hotel as it is: nothing waits for its answer.
    Question,
}

impl Intent {
    /// Can still be changed or withdrawn without the hotel noticing.
    pub fn is_unsent(&self) -> bool {
        !self.note.sent && !matches!(self.state, IntentState::InFlight | IntentState::Unclear)
    }

    /// It makes something that may be at the hotel already: its answer was lost, or is still awaited.
    pub fn may_be_made(&self) -> bool {
        matches!(self.operation, Operation::Create { .. })
            && (self.open.is_some() || self.note.made.is_some())
    }

    /// Counts as needing a person.
    pub fn needs_person(&self) -> bool {
        matches!(self.state, IntentState::Conflict | IntentState::Attention)
    }
}
