//! Asking a server what it knows, before anything is shown that would not work.

use reqwest::Method;
use serde::{Deserialize, Serialize};
use url::Url;

use super::client::{Api, Effect, READ};
use super::dialect::{GalleryDialect, GalleryNames, OFFERS, ROOM_TYPES, SETTINGS};
use super::error::ApiError;

/// What a server lets one do at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Allowed {
    /// It can be read.
    pub read: bool,
    /// It can be written.
    pub write: bool,
    /// It is there, but not for this person.
    pub forbidden: bool,
}

/// What a server knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Known {
    /// Offers.
    pub offers: Allowed,
    /// Room types.
    pub room_types: Allowed,
    /// The settings.
    pub settings: Allowed,
    /// Its galleries, if any.
    pub gallery: Option<GalleryDialect>,
    /// There are galleries, but this person may not have them.
    pub gallery_forbidden: bool,
}

impl Api {
    /// Asks what this server knows: with `OPTIONS`, and where it has no answer to that, with a read.
    ///
    /// # Errors
    /// Everything that says nothing about the server's abilities: the transport, a lost sign-in, trouble. Then it is
    /// to be asked again.
    pub async fn probe(&self) -> Result<Known, ApiError> {
        let mut known = Known {
            offers: self.allowed(self.hotel(&[OFFERS.list])?, "POST").await?,
            room_types: self.allowed(self.hotel(&[ROOM_TYPES.list])?, "POST").await?,
            settings: self.allowed(self.hotel(&[SETTINGS.list])?, "PATCH").await?,
            ..Known::default()
        };
        for dialect in GalleryDialect::ALL {
            let (path, verb) = match dialect.names() {
                GalleryNames::Flat { folder, reorder: (last, _), .. } => {
                    (self.hotel(&[*folder, &[*last]].concat())?, "POST")
                }
                GalleryNames::Objects { list, .. } => (self.hotel(&[list])?, "POST"),
            };
            let allowed = self.allowed(path, verb).await?;
            known.gallery_forbidden |= allowed.forbidden;
            if allowed.write {
                known.gallery = Some(dialect);
                break;
            }
        }
        Ok(known)
    }

    async fn allowed(&self, url: Url, write: &str) -> Result<Allowed, ApiError> {
        let ask = |method: Method| {
            let url = &url;
            async move {
                let make = || self.http.request(method.clone(), url.clone(), READ);
                self.send(Effect::Reads, make).await
            }
        };
        let everything = Allowed { read: true, write: true, forbidden: false };
        match ask(Method::OPTIONS).await {
            Ok(answer) => Ok(answer.verbs().map_or(everything, |verbs| Allowed {
                read: verbs.iter().any(|verb| verb == "GET"),
                write: verbs.iter().any(|verb| verb == write),
                forbidden: false,
            })),
            Err(ApiError::Forbidden { .. }) => Ok(Allowed { forbidden: true, ..Allowed::default() }),
            // It is not there, or it does not know the question: a read tells.
            Err(
                ApiError::NotFound
                | ApiError::NotHere
                | ApiError::Unexpected { .. }
                | ApiError::Rejected { .. },
            ) => match ask(Method::GET).await {
                Ok(_) => Ok(everything),
                Err(ApiError::NotFound | ApiError::NotHere | ApiError::Unexpected { .. }) => {
                    Ok(Allowed::default())
                }
                Err(ApiError::Forbidden { .. }) => Ok(Allowed { forbidden: true, ..Allowed::default() }),
                Err(error) => Err(error),
            },
            Err(error) => Err(error),
        }
    }
}
