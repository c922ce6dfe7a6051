//! The errors of a request, and the seven forms in which the server refuses.
//!
//! The classes decide first whether a request may be repeated. [`ApiError::may_be_done`] returns true for those that
//! leave the outcome open (contract.md 12, traps 2 to 4): then the server is read before anything is repeated.

use std::error::Error as _;
use std::fmt;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap, RETRY_AFTER, WWW_AUTHENTICATE};
use serde_json::{Map, Value};
use url::Url;

use crate::error::{DeskError, failure};
use crate::private::Private;
use crate::records::FieldErrors;

/// The longest sentence of a server that is passed on, in characters.
const LONGEST_MESSAGE: usize = 300;

/// The longest pause that a server may ask for.
const LONGEST_PAUSE: Duration = Duration::from_secs(3600);

/// The keys of messages about the request as a whole.
const ABOUT_ALL: [&str; 3] = ["detail", "error", "non_field_errors"];

/// The reason why a request failed.
///
/// `Display` and `Debug` are for logs: they hide the server's words, which may quote typed text. People read them
/// through [`in_words`](ApiError::in_words) and [`DeskError`].
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApiError {
    /// The server was never reached: nothing was sent.
    #[error("the hotel's server cannot be reached: {cause}")]
    Offline {
        /// The innermost cause, in the words of the operating system.
        cause: String,
        /// Whether the server at the address does not speak TLS.
        speaks_no_tls: bool,
    },
    /// The request was sent, but no usable answer came: a time-out, a dropped connection, a truncated body. It is not
    /// known whether it was carried out.
    #[error("the hotel's server did not answer: {cause}")]
    Unclear {
        /// The innermost cause.
        cause: String,
    },
    /// The server is too busy: 429, 408, or 503 with `Retry-After`. Only after a 429 was the request certainly not
    /// carried out. The other two may come from a proxy whose server continues its work.
    #[error("the hotel's server is busy ({status})")]
    Busy {
        /// The HTTP status.
        status: u16,
        /// The pause that the server asks for.
        retry_after: Option<Duration>,
    },
    /// Any other 5xx. The request may have been carried out (trap 3), and the error may be permanent (trap 4).
    #[error("the hotel's server failed ({status}): {}", Private(message))]
    ServerTrouble {
        /// The HTTP status.
        status: u16,
        /// The server's sentence for people; empty if it sent a page.
        message: String,
    },
    /// The session has ended: a 401 with `WWW-Authenticate` (contract.md 1.2).
    #[error("the sign-in has ended")]
    SignInNeeded,
    /// The server rejects this name and password.
    #[error("the user name or the password is wrong")]
    WrongPassword,
    /// The person has no right to do this, or the object belongs to another hotel.
    #[error("not allowed: {}", Private(message))]
    Forbidden {
        /// The server's sentence; may be empty.
        message: String,
    },
    /// The object does not exist, or no longer exists.
    #[error("the object is not there")]
    NotFound,
    /// The server does not have this operation.
    #[error("this server has no such operation")]
    NotHere,
    /// The server refused the content; nothing of it was stored.
    #[error("refused by the hotel's server: {}, {fields:?}", Private(message))]
    Rejected {
        /// The errors by field.
        fields: FieldErrors,
        /// The server's sentence about the whole request; may be empty if there are errors by field.
        message: String,
    },
    /// The answer is about another row than the requested one. The outcome of a write is not known.
    #[error("asked about number {asked:?}, the hotel's server answered about number {answered}")]
    OtherRow {
        /// The requested number; `None` for a row to be created.
        asked: Option<i64>,
        /// The number in the answer.
        answered: i64,
    },
    /// The sent data is larger than the server or its picture host accepts.
    #[error("larger than the hotel's server takes")]
    TooLarge,
    /// An answer that no HotelMate server sends.
    #[error("an unexpected answer ({status}): {message}")]
    Unexpected {
        /// The HTTP status; 0 if there was none.
        status: u16,
        /// The fault of the answer, in this program's own words.
        message: String,
    },
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ApiError({self})")
    }
}

impl ApiError {
    /// Returns true if a write with this error may have been carried out.
    pub fn may_be_done(&self) -> bool {
        match self {
            Self::Unclear { .. } | Self::ServerTrouble { .. } | Self::OtherRow { .. } => true,
            Self::Busy { status, .. } => *status != 429,
            _ => false,
        }
    }

    /// Returns the failure without the server's words, for output to other people: they may quote typed text.
    pub fn without_words(mut self) -> Self {
        if let Self::ServerTrouble { message, .. }
        | Self::Forbidden { message }
        | Self::Rejected { message, .. } = &mut self
        {
            message.clear();
        }
        self
    }

    /// Returns the failure with the server's words, for people.
    pub fn in_words(&self) -> String {
        match self {
            Self::ServerTrouble { status, message } => {
                format!("the hotel's server failed ({status}): {message}")
            }
            Self::Forbidden { message } => format!("not allowed: {message}"),
            Self::Rejected { message, .. } => format!("refused by the hotel's server: {message}"),
            other => other.to_string(),
        }
    }

    /// Returns the failure at a server to which no person is signed in. Without a sign-in no intent is stored for
    /// later, and the typed address may be wrong.
    pub(crate) fn before_sign_in(self, server: &Url) -> DeskError {
        let logged = self.to_string();
        let address = server.as_str().trim_end_matches('/');
        let failed = match self {
            Self::Offline { speaks_no_tls: true, .. } => {
                failure!(Offline, "error-sign-in-no-tls", server = address)
            }
            Self::Offline { cause, .. } => {
                failure!(Offline, "error-sign-in-offline", server = address, cause = cause)
            }
            Self::Unclear { cause } => {
                failure!(Offline, "error-sign-in-silent", server = address, cause = cause)
            }
            other => return other.into(),
        };
        failed.logged_as(logged)
    }

    /// Translates the error of an upload. A refusal because of the size is recognised only by its text: the server
    /// passes on the picture host's message as its own failure (contract.md 4.4).
    pub(super) fn of_upload(self) -> Self {
        let is_about_size = match &self {
            Self::ServerTrouble { message, .. } => says_too_large(message),
            Self::Rejected { fields, message } => {
                says_too_large(message) || fields.0.values().flatten().any(|text| says_too_large(text))
            }
            _ => false,
        };
        if is_about_size { Self::TooLarge } else { self }
    }

    /// Creates the error of a request that could not be built, or whose address is wrong. Nothing was sent.
    pub(super) fn local(message: impl Into<String>) -> Self {
        Self::Unexpected { status: 0, message: message.into() }
    }

    /// Classifies a failure of the transport.
    ///
    /// Every failure after the connection was made counts as sent. If the server has just closed a kept-alive
    /// connection, the error is the same whether or not the bytes had left. An assumed "not sent" would create an
    /// entity twice.
    pub(super) fn from_transport(error: &reqwest::Error) -> Self {
        let cause = innermost(error);
        if error.is_connect() {
            Self::Offline { cause, speaks_no_tls: speaks_no_tls(error) }
        } else if error.is_builder() || error.is_redirect() {
            Self::local(cause)
        } else if error.is_timeout() {
            Self::Unclear { cause: "no answer in time".to_owned() }
        } else {
            Self::Unclear { cause }
        }
    }

    /// Classifies an answer that is not 2xx. `body` is the readable part of its body.
    pub(super) fn from_answer(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Self {
        let reported = Reported::read(headers, body);
        let number = status.as_u16();
        let busy = Self::Busy { status: number, retry_after: retry_after(headers) };
        match number {
            401 if headers.contains_key(WWW_AUTHENTICATE) => Self::SignInNeeded,
            401 | 403 => Self::Forbidden { message: reported.message },
            // A page means that the address is unknown; an object means that the entity is (contract.md 1.3).
            404 if reported.is_page => Self::NotHere,
            404 | 410 => Self::NotFound,
            405 => Self::NotHere,
            408 | 429 => busy,
            413 => Self::TooLarge,
            503 if headers.contains_key(RETRY_AFTER) => busy,
            400..=499 => Self::Rejected { fields: reported.fields, message: reported.message },
            500..=599 => Self::ServerTrouble { status: number, message: reported.message },
            300..=399 => Self::Unexpected {
                status: number,
                message: "the server points to another address; check the server in the settings".to_owned(),
            },
            _ => Self::Unexpected { status: number, message: "its status makes no sense here".to_owned() },
        }
    }
}

fn says_too_large(text: &str) -> bool {
    text.to_ascii_lowercase().contains("too large")
}

/// Returns the innermost cause: the outer ones only say "error sending request".
fn innermost(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    if error.source().is_none() { "the connection failed".to_owned() } else { cause.to_string() }
}

/// Returns true if the server did not answer the TLS greeting with TLS.
fn speaks_no_tls(error: &(dyn std::error::Error + 'static)) -> bool {
    if let Some(tls) = error.downcast_ref::<rustls::Error>() {
        return matches!(tls, rustls::Error::InvalidMessage(_));
    }
    // The source of such an error is the source of the wrapped error.
    let wrapped = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    wrapped.is_some_and(|wrapped| speaks_no_tls(wrapped)) || error.source().is_some_and(speaks_no_tls)
}

/// Returns the pause that the server asks for: in seconds, or until a date. The date is compared with the server's own
/// `Date`, so that a wrong clock on this machine does not matter.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let pause = match text.parse::<u64>() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => {
            let now = http_date(headers.get(DATE)?.to_str().ok()?)?;
            Duration::try_from(http_date(text)?.duration_since(now)).unwrap_or_default()
        }
    };
    Some(pause.min(LONGEST_PAUSE))
}

/// Parses a date in HTTP format.
pub(super) fn http_date(text: &str) -> Option<jiff::Timestamp> {
    jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok()
}

/// The content of an error body in any of the seven forms (contract.md 1.3).
#[derive(Default)]
struct Reported {
    fields: FieldErrors,
    message: String,
    /// Whether the body is HTML: made for a browser, so it is not shown.
    is_page: bool,
}

impl Reported {
    fn read(headers: &HeaderMap, body: &[u8]) -> Self {
        let reported = match serde_json::from_slice(body) {
            Ok(Value::Object(object)) => Self::from_object(&object),
            Ok(other) => Self { message: sentences(&other).join(" "), ..Self::default() },
            Err(_) if is_page(headers, body) => Self { is_page: true, ..Self::default() },
            Err(_) => Self { message: first_line(body), ..Self::default() },
        };
        Self { message: shorten(&reported.message), ..reported }
    }

    fn from_object(object: &Map<String, Value>) -> Self {
        let mut reported = Self::default();
        let mut about_all: Vec<String> =
            ABOUT_ALL.iter().filter_map(|key| object.get(*key)).flat_map(sentences).collect();
        if object.contains_key("error") || object.contains_key("detail") {
            // The other keys are for programs (`code`, permissions), except the details.
            match object.get("details") {
                Some(Value::Object(inner)) => reported.add_fields(inner),
                Some(list) => about_all.extend(sentences(list)),
                None => {}
            }
        } else {
            reported.add_fields(object);
        }
        reported.message = about_all.join(" ");
        reported
    }

    fn add_fields(&mut self, object: &Map<String, Value>) {
        for (field, value) in object.iter().filter(|(key, _)| !ABOUT_ALL.contains(&key.as_str())) {
            let sentences: Vec<String> = sentences(value).iter().map(|text| shorten(text)).collect();
            if !sentences.is_empty() {
                self.fields.0.insert(field.clone(), sentences);
            }
        }
    }
}

/// Returns all texts in a value, in order.
fn sentences(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => vec![text.trim().to_owned()],
        Value::Array(items) => items.iter().flat_map(sentences).collect(),
        Value::Object(object) => object.values().flat_map(sentences).collect(),
        _ => Vec::new(),
    }
}

fn is_page(headers: &HeaderMap, body: &[u8]) -> bool {
    let html_type = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|text| text.trim_start().to_ascii_lowercase().starts_with("text/html"));
    html_type || body.trim_ascii_start().starts_with(b"<")
}

/// Returns the first line of a debug text. The text is long and not for people; its first line names the error.
fn first_line(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default().to_owned()
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(LONGEST_MESSAGE) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

impl From<ApiError> for DeskError {
    fn from(error: ApiError) -> Self {
        let logged = error.to_string();
        let failed = match error {
            ApiError::Offline { speaks_no_tls: true, .. } => failure!(Offline, "error-no-tls"),
            ApiError::Offline { cause, .. } => failure!(Offline, "error-offline", cause = cause),
            ApiError::Unclear { cause } => failure!(Offline, "error-unclear", cause = cause),
            ApiError::Busy { .. } => failure!(ServerTrouble, "error-busy"),
            ApiError::ServerTrouble { status, message } => {
                failure!(ServerTrouble, "error-server-trouble", status = status, said = said(&message))
            }
            ApiError::SignInNeeded => failure!(SignInNeeded, "error-sign-in-needed"),
            ApiError::WrongPassword => failure!(WrongPassword, "error-wrong-password"),
            ApiError::Forbidden { message } => {
                failure!(NotAllowed, "error-forbidden", said = said(&message))
            }
            ApiError::NotFound => failure!(NotFound, "error-not-at-hotel"),
            ApiError::NotHere => failure!(Unexpected, "error-not-offered"),
            ApiError::TooLarge => failure!(Invalid, "error-too-large"),
            ApiError::Rejected { fields, message } if message.is_empty() && !fields.is_empty() => {
                Self::invalid(fields)
            }
            ApiError::Rejected { fields, message } => {
                Self { fields, ..failure!(Invalid, "error-rejected", said = said(&message)) }
            }
            ApiError::OtherRow { asked: Some(asked), answered } => {
                failure!(ServerTrouble, "error-other-row", asked = asked, answered = answered)
            }
            ApiError::OtherRow { asked: None, answered } => {
                failure!(ServerTrouble, "error-not-new", answered = answered)
            }
            ApiError::Unexpected { message, .. } => {
                failure!(Unexpected, "error-strange-answer", said = said(&message))
            }
        };
        failed.logged_as(logged)
    }
}

/// Returns the end of a sentence with the server's own words, if there are any.
fn said(message: &str) -> String {
    if message.is_empty() { ".".to_owned() } else { format!(": {message}") }
}

#[cfg(test)]
#[path = "error_tests.rs"]
mod tests;
