//! Fetching pictures from where the hotel shows them: somebody else's host, whose failures are its own.
//!
//! They have a type of their own, so that none of them can be taken for the hotel's: a host that is blocked does not
//! mean that the hotel is out of reach, and its 401 asks nobody for a password.

use std::ops::ControlFlow;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::LOCATION;
use reqwest::{Method, Response};
use url::Url;

use super::client::{Api, read_body};
use super::error::ApiError;

/// A whole download.
const DOWNLOAD: Duration = Duration::from_secs(60);
/// Largest picture that is fetched, in bytes.
const LARGEST_PICTURE: usize = 60 << 20;
/// An image host may point from `http` to `https`, and to a mirror.
const MOST_REDIRECTS: usize = 3;

/// Why a picture could not be had from its address. It says nothing about the hotel's own server.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureHostError {
    /// Its host was not reached, or gave no whole answer.
    #[error("the server of the pictures does not answer: {cause}")]
    Away {
        /// The innermost cause.
        cause: String,
    },
    /// Its host answered with something else than the picture.
    #[error("the server of the pictures did not give the picture ({status})")]
    Refused {
        /// The HTTP status.
        status: u16,
    },
    /// Its host has no such picture.
    #[error("the server of the pictures does not have the picture")]
    Tombstone,
    /// It cannot be fetched, whatever its host says.
    #[error("the picture cannot be fetched: {why}")]
    Unusable {
        /// What is wrong with the address, or with what lies there.
        why: String,
    },
}

impl Api {
    /// Reads a picture from where the hotel shows it.
    ///
    /// The token is never sent, not even to the hotel's own server: pictures are public, and they live on
    /// somebody else's host.
    ///
    /// # Errors
    /// [`PictureHostError::Unusable`] for an address that is not on the web and for more than 60 MB;
    /// [`PictureHostError::Tombstone`]; and whatever else its host does.
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

/// The picture, the address to which its host points, or what the host has instead.
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

/// What the transport says, as it concerns the host of a picture.
fn hosts_own(error: ApiError) -> PictureHostError {
    match error {
        ApiError::Offline { cause, .. } | ApiError::Unclear { cause } => PictureHostError::Away { cause },
        ApiError::Unexpected { message, .. } => unusable(message),
        // Nothing else comes of the transport.
        _ => unusable("the answer makes no sense"),
    }
}

fn unusable(why: impl Into<String>) -> PictureHostError {
    PictureHostError::Unusable { why: why.into() }
}

/// Resolves an address and lets only the web pass: `file:` and its like never reach the client.
fn web_address(base: &Url, text: &str) -> Result<Url, PictureHostError> {
    let url = base.join(text).map_err(|_| unusable("its address cannot be read"))?;
    match url.scheme() {
        "http" | "https" => Ok(url),
        _ => Err(unusable("its address is not on the web")),
    }
}
