//! Failures that a person can meet: a stable code, a sentence, and a way out.
//!
//! Inside the core each module has an error enum of its own. The facade converts them to a [`DeskError`], and screens
//! switch on its code, never on its text.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::catalogue::{Value, text, way_out};
use crate::records::FieldErrors;

/// The kind of a failure, for programs. The names are stable: screens, scripts and the documentation use them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The hotel's server cannot be reached.
    Offline,
    /// The server was reached, but cannot answer now.
    ServerTrouble,
    /// The server does not know this name and password, or the passphrase of a file is wrong.
    WrongPassword,
    /// No person is signed in.
    SignedOut,
    /// The desk is locked: people are signed in, and none of them is shown.
    Locked,
    /// The PIN is wrong.
    WrongPin,
    /// The PIN cannot be used: the password is needed in its place.
    PasswordNeeded,
    /// The sign-in has ended; the password is needed again.
    SignInNeeded,
    /// The person does not have the right to do this.
    NotAllowed,
    /// Fields are wrong; `fields` names them with the reasons.
    Invalid,
    /// The entity is not (or no longer) there.
    NotFound,
    /// The picture cannot be used.
    BadPicture,
    /// The person stopped it themselves: no message is needed.
    Cancelled,
    /// It is too late: the intent has already been sent.
    TooLate,
    /// Something has not reached the hotel yet, and the person has to decide about it.
    StillWaiting,
    /// Another process has the account open.
    InUse,
    /// The account was moved to another computer.
    Moved,
    /// There is no room on the disk.
    DiskFull,
    /// The local database cannot be used.
    Database,
    /// A setting is missing or wrong.
    Configuration,
    /// The operating system's key store is missing or locked.
    KeyStore,
    /// Many entities disappeared at the hotel at once. The desk keeps them until a person confirms it.
    MassAbsence,
    /// The data was restored from a backup; nothing is sent until a person says so.
    Restored,
    /// A part of the hotel could not be read, although the server answers.
    ListOutage,
    /// The hotel has entities that this program cannot read.
    UnreadableRows,
    /// The server answered something that this program does not understand.
    Unexpected,
}

impl ErrorCode {
    /// The local database cannot be used. One that was moved to another computer does not count any more.
    pub fn is_about_database(self) -> bool {
        matches!(self, Self::Database | Self::DiskFull | Self::Moved)
    }
}

/// A failure in words.
///
/// `message` is for the person at the screen, and may quote their text or the server's. `Display` and `Debug` are for
/// logs, and print `logged` instead.
#[derive(Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize, TS)]
#[ts(export)]
#[error("{logged}")]
pub struct DeskError {
    /// Stable name of the failure.
    pub code: ErrorCode,
    /// The failure in one plain sentence.
    pub message: String,
    /// The person's next step.
    pub way_out: String,
    /// Wrong fields, by the server's field names; empty unless `code` is [`ErrorCode::Invalid`].
    pub fields: FieldErrors,
    /// The text for logs: a fixed sentence or a typed cause, never a composed text.
    #[serde(skip)]
    #[ts(skip)]
    pub logged: Cow<'static, str>,
}

impl fmt::Debug for DeskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} ({}) {:?}", self.code, self.logged, self.fields)
    }
}

impl DeskError {
    /// Makes a failure with a sentence of the catalogue and its attribute `way-out`. Logs get the key, since the
    /// arguments may be private. [`failure!`](crate::error::failure) names the key.
    pub fn said(code: ErrorCode, key: &'static str, arguments: &[(&'static str, Value<'_>)]) -> Self {
        Self {
            code,
            message: text(key, arguments),
            way_out: way_out(key, arguments),
            fields: FieldErrors::default(),
            logged: Cow::Borrowed(key),
        }
    }

    /// Returns the same failure with this cause for logs: the `Display` of an error that hides private values.
    #[must_use]
    pub fn logged_as(self, cause: impl Into<Cow<'static, str>>) -> Self {
        Self { logged: cause.into(), ..self }
    }

    /// Makes the failure for wrong fields.
    pub fn invalid(fields: FieldErrors) -> Self {
        Self { fields, ..failure!(Invalid, "error-fields-wrong") }
    }

    /// Makes the failure for a call without a sign-in.
    pub fn signed_out() -> Self {
        failure!(SignedOut, "error-signed-out")
    }

    /// Makes the failure for something that is no longer here; `what` is its kind in the catalogue.
    pub fn not_found(what: &str) -> Self {
        failure!(NotFound, "error-not-here", what = what)
    }
}

/// Makes a failure with a sentence of the catalogue: `failure!(NotFound, "error-not-found", what = what)`. The
/// sentence's attribute `way-out` is the person's next step.
#[macro_export]
macro_rules! failure {
    ($code:ident, $key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::error::DeskError::said(
            $crate::error::ErrorCode::$code,
            $key,
            &[$((stringify!($name), $crate::catalogue::Value::from($value))),*],
        )
    };
}
pub use failure;
