//! What screens and scripts see. Each view is computed from rows; none of them is stored.

mod activities;
mod capabilities;
mod diagnostics;
mod drafts;
mod gallery;
mod leaving;
mod offers;
mod records;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::account::Profile;
use crate::error::{DeskError, failure};
use crate::ids::{IntentId, LocalId, MediaHash, ServerId};
use crate::media::PrepareOptions;
use crate::model::IntentState;
use crate::records::{Field, FieldErrors, FieldValue, Slot};
use crate::resources::Kind;

pub use crate::resources::{ActivityKind, Deed};
pub use activities::{Activity, ActivityList, ActivityQuery, NotificationView};
pub use capabilities::{Capabilities, Capability};
pub use diagnostics::{
    ChannelState, ChannelView, Check, Detail, Diagnosis, EventEntry, EventLog, EventOutcome, Finding,
    FindingState, LatencyView, LogLevel, Reload, ReloadCause, SocketView,
};
pub use drafts::{Draft, DraftView};
pub use gallery::{GalleriesView, GalleryView, ImageView, NewImage, RemovedImage};
pub use leaving::{ExportedFile, SendReport, SignOutChoice};
pub use offers::{OfferList, OfferOrder, OfferQuery, OfferView, StateCounts};
pub use records::{PictureView, RecordDetail, RecordList, RecordView};

/// How far an offer has come to the hotel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum SyncMark {
    /// The hotel has all of it.
    Saved,
    /// Something still has to be sent.
    Waiting,
    /// A colleague changed the same field; a person must choose.
    Conflict,
    /// The hotel refused something; a person must look.
    Attention,
}

/// Where an entity shall be moved to among its kind, in the hotel's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(tag = "at", rename_all = "snake_case")]
pub enum Place {
    /// Before all others.
    First,
    /// Behind all others.
    Last,
    /// Directly before another one.
    Before {
        /// The other one.
        other: LocalId,
    },
    /// Directly behind another one.
    After {
        /// The other one.
        other: LocalId,
    },
}

/// One clash: both sides, for a person to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ConflictView {
    /// The intent that holds my side.
    pub intent: IntentId,
    /// What kind of thing it is about.
    pub about: Kind,
    /// The field; null for a picture.
    pub field: Option<Field>,
    /// The picture's place, where a picture clashes.
    pub slot: Option<Slot>,
    /// What I want; null for a picture.
    pub mine: Option<FieldValue>,
    /// What stands at the hotel; null for a picture.
    pub theirs: Option<FieldValue>,
    /// My picture, where the picture clashes; null means "no picture".
    pub my_picture: Option<MediaHash>,
    /// Their picture's address, where the picture clashes; null means "no picture".
    pub their_picture_url: Option<String>,
    /// Their picture in the local cache, where the picture clashes; null while it is not here.
    pub their_picture: Option<MediaHash>,
    /// When I wrote mine.
    #[ts(type = "string")]
    pub mine_at: Timestamp,
    /// When theirs was read.
    #[ts(type = "string")]
    pub theirs_at: Timestamp,
}

/// How a person settles a clash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(tag = "choice", rename_all = "snake_case")]
pub enum Resolution {
    /// Mine shall stand.
    Mine,
    /// Theirs shall stand.
    Theirs,
    /// Something third shall stand.
    Edit {
        /// The text that shall stand.
        value: FieldValue,
    },
}

/// What an intent wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum IntentKind {
    /// A new entity.
    Create,
    /// Changed fields.
    Edit,
    /// A picture put on, or taken off.
    SetPicture,
    /// An entity removed.
    Delete,
    /// A new picture in a gallery.
    AddImage,
    /// A picture of a gallery in another place.
    MoveImage,
    /// A picture taken out of a gallery.
    RemoveImage,
    /// A row of this outbox that this program cannot read; kept as it is.
    Unreadable,
}

/// One row of the outbox, for people.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct OutboxItem {
    /// Its key.
    pub id: IntentId,
    /// What it wants.
    pub kind: IntentKind,
    /// What kind of thing it is about.
    pub about: Kind,
    /// The entity that it is about.
    pub entity: LocalId,
    /// Its title as the person knows it.
    pub title: String,
    /// What it will do, in words.
    pub summary: String,
    /// Where it stands.
    pub state: IntentState,
    /// Why it waits or needs attention, in words; empty when its turn simply has not come.
    pub reason: String,
    /// Wrong fields, by the server's names.
    pub fields: FieldErrors,
    /// How often it has been tried.
    pub attempts: u32,
    /// Next try, when one is planned.
    #[ts(type = "string | null")]
    pub next_try: Option<Timestamp>,
    /// When the person wished it.
    #[ts(type = "string")]
    pub created_at: Timestamp,
    /// It can be repeated as it is.
    pub can_retry: bool,
    /// A colleague removed the entity: a retry makes it anew, and discarding lets all of it go.
    pub removed_there: bool,
    /// What is lost when it is discarded, in words.
    pub discard_loses: String,
    /// What the person is asked, where the answers have names of their own.
    pub question: Option<Question>,
    /// For a create whose answer was lost: what at the hotel may be it, the likeliest first. A person can say which one
    /// is.
    pub like: Vec<Likeness>,
    /// For a create whose answer was lost: nothing more will be known by waiting, and the hotel's list does not tell
    /// either. A person may discard it, or have it sent again; it may be at the hotel already.
    pub is_doubtful: bool,
}

/// An entity of the hotel that may be what a create has made.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Likeness {
    /// Its number at the hotel.
    pub number: ServerId,
    /// It on the list.
    pub entity: LocalId,
    /// Its title.
    pub title: String,
}

crate::private::hides!(Likeness { number, entity; title });

/// A question about what is at the hotel: a retry means yes, and to discard it means no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// An upload undid a change: make it again?
    MakeAgain,
    /// Somebody else changed what is to be removed: remove it all the same?
    RemoveChanged,
    /// An upload brought back what was removed: remove it again?
    RemoveAgain,
    /// The picture of what was made anew could not be kept: another one has to be chosen, or none. There is no retry.
    ChoosePicture,
}

crate::private::hides!(OutboxItem { id, kind, about, entity, state, fields, attempts, next_try, created_at, can_retry, removed_there, question, like, is_doubtful; title, summary, reason, discard_loses });

/// The outbox.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct OutboxView {
    /// In the order in which they were wished.
    pub items: Vec<OutboxItem>,
}

/// The clock button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DutyView {
    /// On duty, as the hotel last told; null when it never did.
    pub is_on_duty: Option<bool>,
    /// Since when, by the server's clock.
    #[ts(type = "string | null")]
    pub since: Option<Timestamp>,
    /// When the hotel said so.
    #[ts(type = "string | null")]
    pub confirmed_at: Option<Timestamp>,
    /// An intent on its way or waiting for the network.
    pub intent: Option<DutyIntent>,
    /// Something to tell: a lapsed intent, an unclear outcome, a forgotten clock-out.
    pub notice: Option<String>,
    /// Why there is no clock here; null where there is one.
    pub unavailable: Option<String>,
}

/// An intent to be on or off duty. It is never a queued toggle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DutyIntent {
    /// The wished state.
    pub on_duty: bool,
    /// When it lapses by itself.
    #[ts(type = "string")]
    pub until: Timestamp,
    /// It is being carried out now (true), or waits for the network (false).
    pub running: bool,
}

/// The one word of the status pill; the worst that is true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum Pill {
    /// The hotel cannot be reached.
    Offline,
    /// The password is needed.
    SignInNeeded,
    /// Some need attention.
    Attention,
    /// On their way.
    Saving,
    /// Some wait.
    Waiting,
    /// All is saved.
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
    /// Refused for good until something changes.
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

/// The state of the whole desk in one look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DeskStatus {
    /// The worst that is true.
    pub pill: Pill,
    /// The last talk with the server worked, or has failed for a few seconds only.
    pub online: bool,
    /// The live connection; a loss shows once it has lasted for a few seconds.
    pub live: LiveState,
    /// Why the live connection is down, in words.
    pub live_cause: Option<String>,
    /// Intents on their way.
    pub saving: u32,
    /// Intents that wait.
    pub waiting: u32,
    /// Intents that need a person: attention and conflicts.
    pub attention: u32,
    /// Activities that nobody has looked at yet.
    pub unread: u32,
    /// Things of the hotel that this program cannot read; a notice tells which.
    pub unreadable: u32,
    /// What the hotel's server does not have at all, one sentence each.
    pub absent: Vec<String>,
    /// When all lists that there are were last read.
    #[ts(type = "string | null")]
    pub last_sync: Option<Timestamp>,
    /// Why the hotel could not be read the last time; null after a reading that succeeded.
    pub read_failure: Option<DeskError>,
    /// When something is tried next.
    #[ts(type = "string | null")]
    pub next_try: Option<Timestamp>,
    /// Things that a person should know and can act on.
    pub notices: Vec<DeskError>,
}

/// Who is signed in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SessionView {
    /// The server's origin.
    pub server: String,
    /// The hotel.
    pub hotel_slug: String,
    /// The hotel's name.
    pub hotel_name: String,
    /// The hotel's time zone (IANA name).
    pub time_zone: String,
    /// What the person typed to sign in.
    pub username: String,
    /// The person, once the hotel told.
    pub profile: Option<Profile>,
    /// The password is needed again; everything else still works.
    pub sign_in_needed: bool,
    /// The sign-in is kept in the key store (false: it ends with the program, and `notices` says why).
    pub remembered: bool,
}

crate::private::hides!(SessionView { server, hotel_slug, hotel_name, time_zone, profile, sign_in_needed, remembered; username });

/// What is known before anybody is signed in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SignInHints {
    /// The server that will be asked; empty when none is configured.
    pub server: String,
    /// The last user name, or empty.
    pub username: String,
}

crate::private::hides!(SignInHints { server; username });

/// A picture that has been prepared and stored; it can be put on an offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PreparedPicture {
    /// Its name in the cache.
    pub hash: MediaHash,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Size of what will be uploaded.
    pub bytes: u32,
    /// Width in pixels of the picture in the file, upright, before it was turned, cut and scaled.
    pub original_width: u32,
    /// Its height in pixels.
    pub original_height: u32,
    /// A warning in words, for example that it is small for a big display.
    pub warning: Option<String>,
}

/// How a screen asks for a picture to be prepared, beside the file's bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PictureJob {
    /// The screen's name for it: [`Change::Preparing`] carries it, and the job is stopped by it.
    pub job: String,
    /// What shall be done to the picture.
    pub options: PrepareOptions,
}

impl PictureJob {
    /// The header in which it comes, as JSON: the body of that call is the file.
    pub const HEADER: &str = "picture-job";

    /// Reads what a screen sent.
    ///
    /// # Errors
    /// [`ErrorCode::BadPicture`] when it cannot be read, or when the part to be cut out is not inside the picture.
    pub fn parse(text: &str) -> Result<Self, DeskError> {
        serde_json::from_str(text)
            .map_err(|cause| failure!(BadPicture, "error-picture-job", cause = cause.to_string()))
    }
}

/// What part of the desk changed. Screens that show it ask again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(tag = "topic", rename_all = "snake_case")]
pub enum Change {
    /// Entities of a resource, or what of them waits.
    Entities {
        /// What they are.
        resource: Kind,
        /// Which; null means any.
        ids: Option<Vec<LocalId>>,
    },
    /// What the server can do.
    Capabilities,
    /// The outbox.
    Outbox,
    /// What is typed and not saved: a draft more or less.
    Drafts,
    /// My duty.
    Duty,
    /// The pill and the notices.
    Status,
    /// Who is signed in.
    Session,
    /// A new fact.
    Activity {
        /// The activity.
        activity: Activity,
    },
    /// Activities were looked at, or how they are told was changed.
    Notifications,
    /// Something that the diagnostics screen shows.
    Diagnosis,
    /// The event log has a new entry; told after what the event changed.
    Live {
        /// Its number.
        seq: u32,
    },
    /// An upload goes on.
    Upload {
        /// The offer, the record or the gallery's picture that it is for.
        entity: LocalId,
        /// Bytes sent so far.
        sent: u32,
        /// Bytes in all.
        total: u32,
    },
    /// A picture is being prepared; told up to ten times a second, and only while it goes on.
    Preparing {
        /// The screen's name for it, from [`PictureJob`].
        job: String,
        /// How much is done, in thousandths.
        done: u32,
    },
}

impl Change {
    /// Any of this resource.
    pub fn any(resource: Kind) -> Self {
        Self::Entities { resource, ids: None }
    }

    /// All that is asked of the database anew when nobody knows what changed in it. What is not in here passes, or is
    /// never asked for again.
    pub fn in_database() -> impl Iterator<Item = Self> {
        let rest =
            [Self::Capabilities, Self::Outbox, Self::Drafts, Self::Duty, Self::Notifications, Self::Status];
        Kind::ALL.into_iter().map(Self::any).chain(rest)
    }
}
