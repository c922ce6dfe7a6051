//! Failures that a person can meet: a stable code, a sentence, and a way out.
//!
//! Inside the core each module has an error enum of its own. At the facade they become a [`DeskError`],
//! and screens switch on its code, never on its text.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::catalogue::{Value, text, way_out};
use crate::records::FieldErrors;

/// What went wrong, for programs. The names are stable: screens, scripts and the documentation use them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The hotel's server cannot be reached.
    Offline,
    /// The server is there, but cannot answer now.
    ServerTrouble,
    /// The server does not know this name and password.
    WrongPassword,
    /// Nobody is signed in.
    SignedOut,
    /// The sign-in has ended; the password is needed again.
    SignInNeeded,
    /// The person may not do this.
    NotAllowed,
    /// Fields are wrong; `fields` tells which and why.
    Invalid,
    /// The entity is not (or no longer) there.
    NotFound,
    /// The picture cannot be used.
    BadPicture,
    /// The person stopped it themselves: nothing to tell them.
    Cancelled,
    /// It is too late: it has been sent already.
    TooLate,
    /// Something is not at the hotel yet, and a choice about it is needed.
    StillWaiting,
    /// There is no room on the disk.
    DiskFull,
    /// The local database cannot be used.
    Database,
    /// A setting is missing or wrong.
    Configuration,
    /// The operating system's key store is missing or locked.
    KeyStore,
    /// Many things disappeared at the hotel at once; it is not believed until a person says so.
    MassAbsence,
    /// A part of the hotel could not be read, although the server answers.
    ListOutage,
    /// The hotel has things that this program cannot read.
    UnreadableRows,
    /// The server answered something that this program does not understand.
    Unexpected,
}

/// A failure in words.
///
/// `message` is for the person in front of the screen, and may quote what they or the server wrote. `Display` and
/// `Debug` are for logs and tell `logged` instead.
#[derive(Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize, TS)]
#[ts(export)]
#[error("{logged}")]
pub struct DeskError {
    /// Stable name of the failure.
    pub code: ErrorCode,
    /// What happened, in one plain sentence.
    pub message: String,
    /// What the person can do now.
    pub way_out: String,
    /// Wrong fields, by the server's field names; empty unless `code` is [`ErrorCode::Invalid`].
    pub fields: FieldErrors,
    /// What a log may say: a fixed sentence or a typed cause, never a text that was put together.
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
    /// A failure in words of the catalogue, and its attribute `way-out`. Logs tell the key: what is filled in may be
    /// private. [`failure!`](crate::error::failure) names it.
    pub fn said(code: ErrorCode, key: &'static str, arguments: &[(&'static str, Value<'_>)]) -> Self {
        Self {
            code,
            message: text(key, arguments),
            way_out: way_out(key, arguments),
            fields: FieldErrors::default(),
            logged: Cow::Borrowed(key),
        }
    }

    /// The same with the cause as logs may tell it: the `Display` of an error that hides what is private.
    #[must_use]
    pub fn logged_as(self, cause: impl Into<Cow<'static, str>>) -> Self {
        Self { logged: cause.into(), ..self }
    }

    /// Fields are wrong.
    pub fn invalid(fields: FieldErrors) -> Self {
        Self { fields, ..failure!(Invalid, "error-fields-wrong") }
    }

    /// Nobody is signed in.
    pub fn signed_out() -> Self {
        failure!(SignedOut, "error-signed-out")
    }

    /// It is not here any more; `what` names its kind, as the catalogue does.
    pub fn not_found(what: &str) -> Self {
        failure!(NotFound, "error-not-here", what = what)
    }
}

/// A failure in words of the catalogue: `failure!(NotFound, "error-not-found", what = what)`. The text's attribute
/// `way-out` says what the person can do.
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
