//! Pictures on their way up, with progress. How they come down is in [`picture_host`](super::picture_host).

use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream;
use reqwest::Body;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::multipart::{Form, Part};

use super::client::{Api, Effect, UPLOAD};
use super::error::ApiError;
use crate::ids::ServerId;
use crate::records::Slot;
use crate::resources::{Kind, ONLY_ONE};

/// What is handed to the network at once: small enough for a smooth bar, large enough to cost nothing.
const CHUNK: usize = 64 << 10;
/// Gets the bytes handed to the network so far, and all of them.
pub type Progress = Arc<dyn Fn(u32, u32) + Send + Sync>;

/// How a server takes the picture of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadWay {
    /// By a request that is made for it, where the server has one for this kind (contract.md 4.2).
    Action,
    /// As a field of the entity, in a form that holds nothing else: what is left out of it stays as it is, `is_active`
    /// too (contract.md 4.3). So does a server of the time when the documents were written.
    Field,
}

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
    /// Puts a picture into a place of an entity.
    ///
    /// While an upload runs the entity must not be edited, and afterwards it must be read again (contract.md 12, traps
    /// 13 and 14).
    ///
    /// # Errors
    /// [`ApiError::NotFound`] and [`ApiError::NotHere`] for an entity that is gone, or a server that does not know this
    /// `way`; [`ApiError::TooLarge`]; [`ApiError::ServerTrouble`] also where the image host refuses the picture for good
    /// (trap 4); and everything of the transport.
    pub async fn upload_picture(
        &self,
        kind: Kind,
        id: ServerId,
        (slot, way): (Slot, UploadWay),
        picture: Upload,
        progress: Progress,
    ) -> Result<(), ApiError> {
        let (method, url) = self.upload_to(kind, id, way)?;
        let make = || {
            let form = picture.form(slot.name(), &progress);
            self.http.request(method.clone(), url.clone(), UPLOAD).multipart(form)
        };
        let answer = self.send(Effect::Writes, make).await.map_err(ApiError::of_upload)?;
        let object = answer.json()?;
        match object["id"].as_i64() {
            // As a field, the picture is answered with the whole entity.
            Some(answered) if way == UploadWay::Field && answered != id.0 && id != ONLY_ONE => {
                Err(ApiError::OtherRow { asked: Some(id.0), answered })
            }
            _ => Ok(()),
        }
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
