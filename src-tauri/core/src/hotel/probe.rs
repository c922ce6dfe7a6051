//! Asking whether a request is there at all, where nothing that is read tells.
//!
//! What can be read is tried: its answer says whether it is there. Two things cannot be tried without an effect: the
//! requests that change the flat gallery, and the clock. Whether one *may* write is not asked: `Allow` names the
//! methods of an address, not the rights of a person, so only the write itself can tell.

use reqwest::Method;
use url::Url;

use super::client::{Api, Effect, READ};
use super::dialect::GalleryDialect;
use super::error::ApiError;
use crate::resources::Refusal;

impl Api {
    /// Where the flat gallery is changed; how it was refused where no place is known.
    ///
    /// # Errors
    /// Everything that says nothing about the server's abilities: the transport, a lost sign-in, trouble.
    pub async fn flat_gallery(&self) -> Result<Result<GalleryDialect, Refusal>, ApiError> {
        let mut refusal = Refusal::Absent;
        for dialect in GalleryDialect::ALL {
            let Some(folder) = dialect.folder() else { continue };
            let url = self.hotel(&[folder, &["reorder"]].concat())?;
            match self.takes_post(url).await? {
                Ok(()) => return Ok(Ok(dialect)),
                Err(Refusal::Absent) => {}
                Err(other) => refusal = other,
            }
        }
        Ok(Err(refusal))
    }

    /// How a list of the hotel is refused; [`Refusal::OtherForm`] where it answers, since this program cannot read it.
    ///
    /// # Errors
    /// As [`flat_gallery`](Self::flat_gallery).
    pub async fn other_form(&self, path: &str) -> Result<Refusal, ApiError> {
        match self.get(self.hotel(&[path])?).await {
            Ok(_) => Ok(Refusal::OtherForm),
            Err(ApiError::NotFound | ApiError::NotHere) => Ok(Refusal::Absent),
            Err(ApiError::Forbidden { .. }) => Ok(Refusal::Forbidden),
            Err(error) => Err(error),
        }
    }

    /// Whether there is a clock to press, as far as can be told without pressing it.
    ///
    /// # Errors
    /// As [`flat_gallery`](Self::flat_gallery).
    pub async fn has_clock(&self) -> Result<Result<(), Refusal>, ApiError> {
        // Where there is none the path falls into another route, which may say 403.
        let absent = |refusal| if refusal == Refusal::Forbidden { Refusal::Absent } else { refusal };
        Ok(self.takes_post(self.own(&["clock"])?).await?.map_err(absent))
    }

    async fn takes_post(&self, url: Url) -> Result<Result<(), Refusal>, ApiError> {
        let make = || self.http.request(Method::OPTIONS, url.clone(), READ);
        Ok(match self.send(Effect::Reads, make).await {
            Ok(answer) => match answer.verbs() {
                Some(verbs) if !verbs.iter().any(|verb| verb == "POST") => Err(Refusal::Absent),
                _ => Ok(()),
            },
            Err(ApiError::NotFound | ApiError::NotHere) => Err(Refusal::Absent),
            Err(ApiError::Forbidden { .. }) => Err(Refusal::Forbidden),
            // Something answered that knows nothing of hotels, or not the question.
            Err(ApiError::Unexpected { .. } | ApiError::Rejected { .. }) => Err(Refusal::Failed),
            Err(error) => return Err(error),
        })
    }
}
