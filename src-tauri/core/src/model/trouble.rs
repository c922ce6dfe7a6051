//! The reasons why an intent waits, or needs a person.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::ids::ServerId;
use crate::private::Private;
use crate::records::{Field, FieldErrors};
use crate::resources::{Part, Refusal};

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
    /// A message is sent once only: its answer was lost, and the hotel does not show it.
    NotAgain,
    /// The text of a message cannot be read any more, because its key is lost.
    TextLost,
    /// A person stopped the upload of a message's file.
    Stopped,
    /// The server has stored this message as the guest's own, because it did not recognise the sign-in.
    AsGuest,
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
            Self::TextLost => "text_lost",
            Self::Stopped => "stopped",
            Self::AsGuest => "as_guest",
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
