//! Pictures: upload with progress, and download without the token.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION};
use reqwest::multipart::{Form, Part};
use reqwest::{Body, Method, Response};
use url::Url;

use super::client::{Api, Effect, UPLOAD, read_body};
use super::error::ApiError;
use crate::model::{Kind, ServerId, Slot};

/// What is handed to the network at once: small enough for a smooth bar, large enough to cost nothing.
const CHUNK: usize = 64 << 10;
/// A whole download.
const DOWNLOAD: Duration = Duration::from_secs(60);
/// Largest picture that is fetched, in bytes.
const LARGEST_PICTURE: usize = 60 << 20;
/// An image host may point from `http` to `https`, and to a mirror.
const MOST_REDIRECTS: usize = 3;

/// Gets the bytes handed to the network so far, and all of them.
pub type Progress = Arc<dyn Fn(u32, u32) + Send + Sync>;

/// A prepared picture on its way up.
#[derive(Clone)]
pub struct Upload {
    /// Exactly what was previewed.
    pub bytes: Bytes,
    /// Its content type, for example `image/jpeg`.
    pub mime: &'static str,
}

crate::private::hides!(Upload { mime; bytes });

impl Api {
    /// Puts a picture into a place of a thing.
    ///
    /// While an upload runs the thing must not be edited, and afterwards it must be read again (CONTRACT.md 12, traps
    /// 13 and 14).
    ///
    /// # Errors
    /// [`ApiError::NotFound`] for a thing that is gone; [`ApiError::ServerTrouble`] also where the image
    /// host refuses the picture for good (trap 4); and everything of the transport.
    pub async fn upload_picture(
        &self,
        kind: Kind,
        id: ServerId,
        slot: Slot,
        picture: Upload,
        progress: Progress,
    ) -> Result<(), ApiError> {
        let (method, url) = self.upload_to(kind, id)?;
        let make = || {
            let form = picture.form(slot.name(), &progress);
            self.http.request(method.clone(), url.clone(), UPLOAD).multipart(form)
        };
        let answer = self.send(Effect::Writes, make).await?;
        answer.json().map(drop)
    }

    /// Reads a picture from where the hotel shows it.
    ///
    /// The token is never sent, not even to the hotel's own server: pictures are public, and they live on
    /// somebody else's host.
    ///
    /// # Errors
    /// [`ApiError::Unexpected`] for an address that is not on the web and for more than 60 MB;
    /// [`ApiError::NotFound`]; and everything of the transport.
    pub async fn fetch_picture(&self, url: &str) -> Result<Bytes, ApiError> {
        let mut url = web_address(self.server(), url)?;
        for _ in 0..=MOST_REDIRECTS {
            let request = self.http.request(Method::GET, url.clone(), DOWNLOAD);
            match self.http.exchange(request, picture_or_place).await? {
                ControlFlow::Break(bytes) => return Ok(bytes),
                ControlFlow::Continue(next) => url = web_address(&url, &next)?,
            }
        }
        Err(ApiError::local("the picture's address points from one address to the next without an end"))
    }
}

/// The picture, or the address to which its host points.
async fn picture_or_place(response: Response) -> Result<ControlFlow<Bytes, String>, ApiError> {
    let status = response.status();
    if status.is_success() {
        return read_body(response, LARGEST_PICTURE).await.map(ControlFlow::Break);
    }
    let next = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
    match next.filter(|_| status.is_redirection()) {
        Some(next) => Ok(ControlFlow::Continue(next.to_owned())),
        // An image host answers with pages where the server answers with objects.
        None if status.as_u16() == 404 => Err(ApiError::NotFound),
        None => Err(ApiError::from_answer(status, response.headers(), b"")),
    }
}

impl Upload {
    /// A form with the picture in this field, whose bytes are counted as they leave.
    pub(super) fn form(&self, field: &'static str, progress: &Progress) -> Form {
        let size = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
        let (bytes, progress, total) = (self.bytes.clone(), Arc::clone(progress), self.bytes.len());
        let chunks = (0..total).step_by(CHUNK).map(move |start| {
            let end = (start + CHUNK).min(total);
            progress(size(end), size(total));
            Ok::<_, std::io::Error>(bytes.slice(start..end))
        });
        let extension = self.mime.rsplit('/').next().unwrap_or("jpeg").replace("jpeg", "jpg");
        let content_type = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(self.mime))]);
        let part = Part::stream_with_length(Body::wrap_stream(stream::iter(chunks)), total as u64)
            .file_name(format!("photo.{extension}"))
            .headers(content_type);
        Form::new().part(field, part)
    }
}

/// Resolves an address and lets only the web pass: `file:` and its like never reach the client.
fn web_address(base: &Url, text: &str) -> Result<Url, ApiError> {
    let url = base.join(text).map_err(|_| ApiError::local("the picture's address cannot be read"))?;
    match url.scheme() {
        "http" | "https" => Ok(url),
        _ => Err(ApiError::local("the picture's address is not on the web")),
    }
}
