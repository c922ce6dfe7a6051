//! Upload of pictures, with progress. [`picture_host`](super::picture_host) downloads them.

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

/// Bytes that are handed to the network at once: small enough for a smooth progress bar, large enough to cost nothing.
const CHUNK: usize = 64 << 10;
/// The function that gets the progress: the bytes handed to the network so far, and all bytes.
pub type Progress = Arc<dyn Fn(u32, u32) + Send + Sync>;

/// The way in which a server takes the picture of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadWay {
    /// With a request of its own, if the server has one for this kind (contract.md 4.2).
    Action,
    /// As a field of the entity, in a form that holds nothing else. Fields that are left out keep their values,
    /// `is_active` too (contract.md 4.3). The server of the documents' date takes pictures this way.
    Field,
}

/// A prepared picture for an upload.
#[derive(Clone)]
pub struct Upload {
    /// The bytes that the person saw in the preview.
    pub bytes: Bytes,
    /// The content type, for example `image/jpeg`.
    pub mime: &'static str,
}

crate::private::hides!(Upload { mime; bytes });

impl Api {
    /// Uploads a picture to a place of an entity.
    ///
    /// While an upload runs the entity must not be edited, and afterwards it must be read again (contract.md 12, traps
    /// 13 and 14).
    ///
    /// # Errors
    /// [`ApiError::NotFound`] and [`ApiError::NotHere`] if the entity is gone, or the server does not support this
    /// `way`; [`ApiError::TooLarge`]; [`ApiError::ServerTrouble`], also if the image host refuses the picture for good
    /// (trap 4); and every transport error.
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
            // The answer to a picture as a field is the whole entity.
            Some(answered) if way == UploadWay::Field && answered != id.0 && id != ONLY_ONE => {
                Err(ApiError::OtherRow { asked: Some(id.0), answered })
            }
            _ => Ok(()),
        }
    }
}

impl Upload {
    /// Makes a form with the picture in this field, and reports progress as its bytes leave.
    pub(super) fn form(&self, field: &'static str, progress: &Progress) -> Form {
        let extension = self.mime.rsplit('/').next().unwrap_or("jpeg").replace("jpeg", "jpg");
        Form::new().part(field, self.part(format!("photo.{extension}"), progress))
    }

    /// Makes the part of a form with this file name.
    pub(super) fn part(&self, name: String, progress: &Progress) -> Part {
        let size = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
        let (bytes, progress, total) = (self.bytes.clone(), Arc::clone(progress), self.bytes.len());
        let chunks = (0..total).step_by(CHUNK).map(move |start| {
            let end = (start + CHUNK).min(total);
            progress(size(end), size(total));
            Ok::<_, std::io::Error>(bytes.slice(start..end))
        });
        let content_type = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(self.mime))]);
        Part::stream_with_length(Body::wrap_stream(stream::iter(chunks)), total as u64)
            .file_name(name)
            .headers(content_type)
    }
}
