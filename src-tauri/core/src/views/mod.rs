//! The data for screens and scripts. Each view is computed from rows; no view is stored.

mod accounts;
mod activities;
mod bulk;
mod capabilities;
mod chat;
mod diagnostics;
mod display;
mod display_file;
mod drafts;
mod duty;
mod gallery;
mod leaving;
mod notes;
mod offers;
mod people;
mod records;
mod session;
mod settings;
mod team;
mod transfer;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::{DeskError, failure};
use crate::ids::{IntentId, LocalId, MediaHash, ServerId};
use crate::media::PrepareOptions;
use crate::records::{Field, FieldErrors, FieldValue, Slot};
use crate::resources::Kind;

pub use crate::media::MAX_PICTURE_BYTES;
pub use crate::model::IntentState;
pub use crate::resources::{ActivityKind, Deed, DutyStatus};
pub use accounts::{CancelledMove, MovedAccount, RemovedAccount, StoredAccount, TakenAccount, Waits};
pub use activities::{Activity, ActivityList, ActivityQuery, LONGEST_QUIET, NotificationView};
pub use bulk::{BulkChange, BulkDone, BulkEffect};
pub use capabilities::{Capabilities, Capability};
pub use chat::{
    AttachmentView, ConversationList, ConversationView, FileMessage, FoundMessage, HandlerView, MessageList,
    MessageState, MessageView, QuickReply, QuotedMessage,
};
pub use diagnostics::{
    ChannelState, ChannelView, Check, Detail, Diagnosis, EventEntry, EventLog, EventOutcome, Finding,
    FindingState, LatencyView, LogLevel, Reload, ReloadCause, SocketView,
};
pub use display::{
    DisplayPart, DisplayState, DisplayStatus, DisplayTheme, DisplayView, QrView, ShownSlide, Slide,
};
pub use display_file::{
    DisplayEditing, DisplayFile, DisplayFileOffer, DisplayFilePart, DisplayFileParts, DisplayPreview,
};
pub use drafts::{Draft, DraftView};
pub use duty::{DutyIntent, DutyView};
pub use gallery::{GalleriesView, GalleryView, ImageView, NewImage, RemovedImage};
pub use leaving::{ExportedFile, SendReport, SignOutChoice};
pub use notes::{NoteCounts, NoteKind, OfferNote};
pub use offers::{OfferList, OfferOrder, OfferQuery, StateCounts};
pub use people::{HandoverView, OthersWork, PeopleView, PersonView, PinState};
pub use records::{
    EarlierPicture, EarlierVersion, EntityCopy, PictureView, RecordDetail, RecordList, RecordView,
};
pub use session::{SessionView, SignInHints};
pub use settings::{
    KnownHotel, LiveAddress, ServerTrial, SettingArea, SettingSource, SettingView, SettingsView, StorageView,
    Training,
};
pub use team::{Colleague, TeamView};
pub use transfer::{FileForm, ImportFile, ImportPlan, PlannedAction, PlannedRow};

/// The state of an entity's changes on their way to the hotel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum SyncMark {
    /// The hotel has all changes.
    Saved,
    /// Some changes still have to be sent.
    Waiting,
    /// A colleague changed the same field; a person has to choose.
    Conflict,
    /// The hotel refused something; a person has to decide.
    Attention,
}

/// The new position of an entity among its kind, in the hotel's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(tag = "at", rename_all = "snake_case")]
pub enum Place {
    /// Before all others.
    First,
    /// After all others.
    Last,
    /// Directly before another one.
    Before {
        /// The other one.
        other: LocalId,
    },
    /// Directly after another one.
    After {
        /// The other one.
        other: LocalId,
    },
}

/// One conflict: both sides, for a person to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ConflictView {
    /// The intent with this person's side.
    pub intent: IntentId,
    /// The resource of the entity.
    pub about: Kind,
    /// The field; null for a picture.
    pub field: Option<Field>,
    /// The picture's place, if a picture conflicts.
    pub slot: Option<Slot>,
    /// This person's value; null for a picture.
    pub mine: Option<FieldValue>,
    /// The hotel's value; null for a picture.
    pub theirs: Option<FieldValue>,
    /// This person's picture, if the picture conflicts; null means "no picture".
    pub my_picture: Option<MediaHash>,
    /// The address of the hotel's picture, if the picture conflicts; null means "no picture".
    pub their_picture_url: Option<String>,
    /// The hotel's picture in the local cache, if the picture conflicts; null while the cache does not have it.
    pub their_picture: Option<MediaHash>,
    /// The time of this person's change.
    #[ts(type = "string")]
    pub mine_at: Timestamp,
    /// The time at which the hotel's value was read.
    #[ts(type = "string")]
    pub theirs_at: Timestamp,
}

/// A person's decision about a conflict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(tag = "choice", rename_all = "snake_case")]
pub enum Resolution {
    /// Keep this person's value.
    Mine,
    /// Keep the hotel's value.
    Theirs,
    /// Use a third value.
    Edit {
        /// The new value.
        value: FieldValue,
    },
}

/// The operation of an intent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum IntentKind {
    /// Creates an entity.
    Create,
    /// Changes fields.
    Edit,
    /// Sets or removes a picture.
    SetPicture,
    /// Deletes an entity.
    Delete,
    /// Adds a picture to a gallery.
    AddImage,
    /// Moves a picture inside a gallery.
    MoveImage,
    /// Removes a picture from a gallery.
    RemoveImage,
    /// Sends a message to a guest.
    Say,
    /// A row of this outbox that this program cannot read; kept unchanged.
    Unreadable,
}

/// One row of the outbox, for people.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct OutboxItem {
    /// Its key.
    pub id: IntentId,
    /// Its operation.
    pub kind: IntentKind,
    /// The resource of its entity; null if this version does not know it.
    pub about: Option<Kind>,
    /// The entity that it is about.
    pub entity: LocalId,
    /// Its title as the person knows it.
    pub title: String,
    /// Its effect, in words.
    pub summary: String,
    /// Its state.
    pub state: IntentState,
    /// The stable name of the reason, for programs; none if it only waits for its turn, or if its state says it.
    pub code: Option<String>,
    /// The reason why it waits or needs attention, in words, without the wrong fields; empty if it only waits for its turn.
    pub reason: String,
    /// Wrong fields, by the server's names.
    pub fields: FieldErrors,
    /// The number of tries.
    pub attempts: u32,
    /// The next try, if one is planned.
    #[ts(type = "string | null")]
    pub next_try: Option<Timestamp>,
    /// The time at which the person asked for it.
    #[ts(type = "string")]
    pub created_at: Timestamp,
    /// True if it can be repeated without a change.
    pub can_retry: bool,
    /// True if a colleague removed the entity: a retry creates it again, and discarding drops the whole lane.
    pub removed_there: bool,
    /// The loss if it is discarded, in words.
    pub discard_loses: String,
    /// The question for the person, if its answers have names of their own.
    pub question: Option<Question>,
    /// For a create whose answer was lost: the entities of the hotel that it may have made, the likeliest first. A
    /// person can choose one.
    pub like: Vec<Likeness>,
    /// True for a create whose answer was lost, if neither waiting nor the hotel's list can show its outcome. A person
    /// may discard it, or have it sent again; it may already be at the hotel.
    pub is_doubtful: bool,
}

/// An entity of the hotel that a create may have made.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Likeness {
    /// Its number at the hotel.
    pub number: ServerId,
    /// Its key on this desk, to open it.
    pub entity: LocalId,
    /// Its title.
    pub title: String,
}

crate::private::hides!(Likeness { number, entity; title });

/// A question about the present state at the hotel: a retry means yes, and to discard it means no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// An upload undid a change: make it again?
    MakeAgain,
    /// Another person changed the entity that is to be removed: remove it all the same?
    RemoveChanged,
    /// An upload restored a removed entity: remove it again?
    RemoveAgain,
    /// The picture of an entity that was created again is lost: another one has to be chosen, or none. There is no
    /// retry.
    ChoosePicture,
}

crate::private::hides!(OutboxItem { id, kind, about, entity, state, fields, attempts, next_try, created_at, can_retry, removed_there, question, like, is_doubtful, code; title, summary, reason, discard_loses });

/// The outbox.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct OutboxView {
    /// In the order in which the person asked for them.
    pub items: Vec<OutboxItem>,
}

/// The state on the status pill; the worst one that applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum Pill {
    /// The hotel cannot be reached.
    Offline,
    /// People are signed in, and none of them is shown.
    Locked,
    /// The password is needed.
    SignInNeeded,
    /// Some intents need a person.
    Attention,
    /// Some intents are on their way.
    Saving,
    /// Some intents wait.
    Waiting,
    /// No intent waits, and the state at the hotel is open: some of it was never read, or the desk checks whether the
    /// hotel can be reached.
    Unknown,
    /// All changes are saved.
    Saved,
}

/// The live connection, for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum LiveState {
    /// Not configured, or signed out.
    Off,
    /// Being made.
    Connecting,
    /// Events arrive.
    Live,
    /// Refused permanently, until something changes.
    Refused,
}

impl From<pusher::State> for LiveState {
    fn from(state: pusher::State) -> Self {
        match state {
            pusher::State::Off => Self::Off,
            pusher::State::Connected => Self::Live,
            pusher::State::Connecting | pusher::State::Waiting => Self::Connecting,
            pusher::State::Refused => Self::Refused,
        }
    }
}

/// A summary of the whole desk's state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DeskStatus {
    /// The worst state that applies.
    pub pill: Pill,
    /// True if the server can be reached; null before the first request, and for a few seconds after a loss.
    pub online: Option<bool>,
    /// The live connection. A loss is shown after it has lasted for a few seconds.
    pub live: LiveState,
    /// The reason why the live connection is down, in words.
    pub live_cause: Option<String>,
    /// The waiting intents were counted. If false, `saving`, `waiting` and `attention` mean nothing.
    pub counted: bool,
    /// Intents on their way.
    pub saving: u32,
    /// Intents that wait.
    pub waiting: u32,
    /// Intents that need a person: attention and conflicts.
    pub attention: u32,
    /// Activities that have not been seen yet.
    pub unread: u32,
    /// Guests' messages that no staff member has read, without those of muted conversations.
    pub unread_messages: u32,
    /// The work of other people on this computer that has not reached the hotel. Empty while the desk is locked.
    pub others: Vec<OthersWork>,
    /// Entities of the hotel that this program cannot read; a notice names them.
    pub unreadable: u32,
    /// The parts that the hotel's server does not have, one sentence each.
    pub absent: Vec<String>,
    /// The time at which all available lists were last read.
    #[ts(type = "string | null")]
    pub last_sync: Option<Timestamp>,
    /// The reason why the last read of the hotel failed; null if it succeeded.
    pub read_failure: Option<DeskError>,
    /// The time of the next try.
    #[ts(type = "string | null")]
    pub next_try: Option<Timestamp>,
    /// Messages that a person should know and can act on.
    pub notices: Vec<DeskError>,
}

/// A picture that has been prepared and stored; it can be added to an entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PreparedPicture {
    /// Its name in the cache.
    pub hash: MediaHash,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Size of the file for the upload, in bytes.
    pub bytes: u32,
    /// Width in pixels of the picture in the file, upright, before it was turned, cut and scaled.
    pub original_width: u32,
    /// Its height in pixels.
    pub original_height: u32,
    /// A warning in words, for example that it is small for a big display.
    pub warning: Option<String>,
}

/// A screen's request to prepare a picture, without the file's bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PictureJob {
    /// The screen's name of the job. [`Change::Preparing`] carries it, and the job can be stopped by it.
    pub job: String,
    /// The edits to apply to the picture.
    pub options: PrepareOptions,
}

impl PictureJob {
    /// The header of the request, as JSON: the body of that call is the file.
    pub const HEADER: &str = "picture-job";

    /// Parses the header of a screen's request.
    ///
    /// # Errors
    /// [`ErrorCode::BadPicture`] if it cannot be read, or if the part to be cut out is not inside the picture.
    pub fn parse(text: &str) -> Result<Self, DeskError> {
        serde_json::from_str(text)
            .map_err(|cause| failure!(BadPicture, "error-picture-job", cause = cause.to_string()))
    }
}

/// The part of the desk that changed. Screens that show it ask again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(tag = "topic", rename_all = "snake_case")]
pub enum Change {
    /// Entities of a resource, or their intents.
    Entities {
        /// The resource.
        resource: Kind,
        /// Their keys; null means any. An empty list is about the list itself: its age, or whether it can be read.
        ids: Option<Vec<LocalId>>,
    },
    /// The capabilities of the server.
    Capabilities,
    /// The outbox.
    Outbox,
    /// The drafts.
    Drafts,
    /// The person's duty.
    Duty,
    /// The pill and the notices.
    Status,
    /// The shown person, or the lock.
    Session,
    /// The people who are signed in on this computer, or their counts.
    People,
    /// A new activity.
    Activity {
        /// The activity.
        activity: Activity,
    },
    /// The list of activities changed otherwise: some were seen, or are counted anew.
    History,
    /// The person's settings for notifications.
    Notifications,
    /// The settings of this computer.
    Settings,
    /// Data of the diagnostics screen.
    Diagnosis,
    /// The event log has a new entry; announced after the changes of the event.
    Live {
        /// Its number.
        seq: u32,
    },
    /// Progress of an upload.
    Upload {
        /// The offer, the record or the gallery's picture of the upload.
        entity: LocalId,
        /// Bytes sent so far.
        sent: u32,
        /// Bytes in all.
        total: u32,
    },
    /// Progress of a picture's preparation; announced up to ten times a second, and only while it runs.
    Preparing {
        /// The screen's name of the job, from [`PictureJob`].
        job: String,
        /// The progress, in thousandths.
        done: u32,
    },
}

impl Change {
    /// A change of any entity of this resource.
    pub fn any(resource: Kind) -> Self {
        Self::Entities { resource, ids: None }
    }

    /// Returns all changes after which screens read the database again, for when it is not known what changed in it.
    /// Left out are moments that pass, and data that is never asked for again.
    pub fn in_database() -> impl Iterator<Item = Self> {
        let rest = [
            Self::Capabilities,
            Self::Outbox,
            Self::Drafts,
            Self::Duty,
            Self::History,
            Self::Notifications,
            Self::Status,
        ];
        Kind::ALL.into_iter().map(Self::any).chain(rest)
    }
}
