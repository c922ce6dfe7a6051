//! Checks whether a request exists at the server, if no read shows it.
//!
//! A read is simply tried: its answer shows whether it exists. Two requests cannot be tried without an effect: those
//! that change the flat gallery, and the clock. The *right* to write is not checked here: `Allow` names the methods of
//! an address, not the rights of a person, so only the write itself shows it.

use reqwest::Method;
use url::Url;

use super::client::{Api, Effect, READ};
use super::dialect::{ClockWay, GalleryDialect};
use super::error::ApiError;
use crate::resources::Refusal;

impl Api {
    /// Returns the form in which the flat gallery is changed, or the refusal if no form exists.
    ///
    /// # Errors
    /// Every error that says nothing about the server's capabilities: the transport, a lost sign-in, a server's own
    /// trouble.
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

    /// Returns the refusal of a list of the hotel. It is [`Refusal::OtherForm`] if the list answers, since this program
    /// cannot read it.
    ///
    /// # Errors
    /// The errors of [`flat_gallery`](Self::flat_gallery).
    pub async fn other_form(&self, path: &str) -> Result<Refusal, ApiError> {
        match self.get(self.hotel(&[path])?).await {
            Ok(_) => Ok(Refusal::OtherForm),
            Err(ApiError::NotFound | ApiError::NotHere) => Ok(Refusal::Absent),
            Err(ApiError::Forbidden { .. }) => Ok(Refusal::Forbidden),
            Err(error) => Err(error),
        }
    }

    /// Checks whether the server has a clock that is pressed in this way, without pressing it.
    ///
    /// # Errors
    /// The errors of [`flat_gallery`](Self::flat_gallery).
    pub async fn has_clock(&self, way: ClockWay) -> Result<Result<(), Refusal>, ApiError> {
        let (url, of_other_route) = match way {
            // Without a clock the path falls into another route, which may answer 403.
            ClockWay::Toggle => (self.own(&["clock"])?, Refusal::Absent),
            // A person without a right to look may still press.
            ClockWay::Logs => {
                (self.hotel(&["attendance", "clock-logs", "unrostered-confirm"])?, Refusal::Failed)
            }
        };
        let read = |refusal| if refusal == Refusal::Forbidden { of_other_route } else { refusal };
        Ok(self.takes_post(url).await?.map_err(read))
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
            // The answer comes from a program that does not know hotels, or not this request.
            Err(ApiError::Unexpected { .. } | ApiError::Rejected { .. }) => Err(Refusal::Failed),
            Err(error) => return Err(error),
        })
    }
}
