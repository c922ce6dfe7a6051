//! Downloads pictures from the address that the hotel shows. The host belongs to another operator, and has failures of
//! its own.
//!
//! These failures have their own type, so that they cannot be confused with the hotel's: a blocked host does not mean
//! that the hotel is out of reach, and its 401 does not start a sign-in.

use std::ops::ControlFlow;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::LOCATION;
use reqwest::{Method, Response};
use url::Url;

use super::client::{Api, read_body};
use super::error::ApiError;

/// Time limit of a whole download.
const DOWNLOAD: Duration = Duration::from_secs(60);
/// Largest picture that is downloaded, in bytes.
const LARGEST_PICTURE: usize = 60 << 20;
/// Limit of redirects. An image host may redirect from `http` to `https`, and to a mirror.
const MOST_REDIRECTS: usize = 3;

/// The reason why a picture could not be downloaded. It says nothing about the hotel's own server.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureHostError {
    /// The host was not reached, or its answer was incomplete.
    #[error("the server of the pictures does not answer: {cause}")]
    Away {
        /// The innermost cause.
        cause: String,
    },
    /// The host answered with something other than the picture.
    #[error("the server of the pictures did not give the picture ({status})")]
    Refused {
        /// The HTTP status.
        status: u16,
    },
    /// The host has no such picture.
    #[error("the server of the pictures does not have the picture")]
    Tombstone,
    /// The picture cannot be downloaded, whatever the host answers.
    #[error("the picture cannot be fetched: {why}")]
    Unusable {
        /// The fault of the address or of its content.
        why: String,
    },
}

impl Api {
    /// Downloads a picture from the address that the hotel shows.
    ///
    /// The token is never sent, not even to the hotel's own server: pictures are public, and another operator runs
    /// their host.
    ///
    /// # Errors
    /// [`PictureHostError::Unusable`] for an address that is not on the web and for more than 60 MB;
    /// [`PictureHostError::Tombstone`]; and every other failure of the host.
    pub async fn fetch_picture(&self, url: &str) -> Result<Bytes, PictureHostError> {
        let mut url = web_address(self.server(), url)?;
        for _ in 0..=MOST_REDIRECTS {
            let request = self.http.request(Method::GET, url.clone(), DOWNLOAD);
            match self.http.exchange(request, picture_or_place).await.map_err(hosts_own)?? {
                ControlFlow::Break(bytes) => return Ok(bytes),
                ControlFlow::Continue(next) => url = web_address(&url, &next)?,
            }
        }
        Err(unusable("its address points from one address to the next without an end"))
    }
}

/// The picture, the address of the next redirect, or the error of the host.
type Found = Result<ControlFlow<Bytes, String>, PictureHostError>;

async fn picture_or_place(response: Response) -> Result<Found, ApiError> {
    let status = response.status();
    if status.is_success() {
        return read_body(response, LARGEST_PICTURE).await.map(|bytes| Ok(ControlFlow::Break(bytes)));
    }
    let next = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
    Ok(match next.filter(|_| status.is_redirection()) {
        Some(next) => Ok(ControlFlow::Continue(next.to_owned())),
        None if matches!(status.as_u16(), 404 | 410) => Err(PictureHostError::Tombstone),
        None => Err(PictureHostError::Refused { status: status.as_u16() }),
    })
}

/// Converts a transport error into a failure of the picture's host.
fn hosts_own(error: ApiError) -> PictureHostError {
    match error {
        ApiError::Offline { cause, .. } | ApiError::Unclear { cause } => PictureHostError::Away { cause },
        ApiError::Unexpected { message, .. } => unusable(message),
        // The transport has no other errors.
        _ => unusable("the answer makes no sense"),
    }
}

fn unusable(why: impl Into<String>) -> PictureHostError {
    PictureHostError::Unusable { why: why.into() }
}

/// Resolves an address. Accepts `http` and `https` only, so that `file:` and similar schemes never reach the client.
fn web_address(base: &Url, text: &str) -> Result<Url, PictureHostError> {
    let url = base.join(text).map_err(|_| unusable("its address cannot be read"))?;
    match url.scheme() {
        "http" | "https" => Ok(url),
        _ => Err(unusable("its address is not on the web")),
    }
}
