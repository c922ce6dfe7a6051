//! Entities with fields: offers (contract.md 4), room types (7) and the settings (6).
//!
//! Requests are always JSON: in form data a missing `is_active` means false (4.3). Texts and files go in separate
//! requests: if a request has a file, one wrong text makes the server drop all texts without an error (trap 5). A
//! picture is never sent back as text. Only `null` is sent, to remove it (4.4, trap 32).

use reqwest::Method;
use serde_json::{Value, json};
use url::Url;

use super::client::{Answer, Api, Effect, READ, WRITE};
use super::dialect::Generation;
use super::error::ApiError;
use super::page::Page;
use super::pictures::UploadWay;
use crate::ids::ServerId;
use crate::private::json_fault;
use crate::records::{FieldValue, Fields};
use crate::resources::{Kind, Location, ServerCopy};

/// One page of a list of entities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityPage {
    /// The server's count of all entities of the list.
    pub count: u64,
    /// True if another page follows.
    pub more: bool,
    /// The entities of this page.
    pub entities: Vec<ServerCopy>,
    /// The number of items of this page that could not be read. They exist at the server, so they do not count as
    /// absent.
    pub unreadable: u32,
}

impl EntityPage {
    pub(super) fn read(kind: Kind, page: Page) -> Self {
        let total = page.items.len();
        let read = |item| {
            (kind.resource().read)(&item)
                .inspect_err(|why| tracing::warn!(why = json_fault(why), ?kind, "an item cannot be read"))
                .ok()
        };
        let entities: Vec<ServerCopy> = page.items.into_iter().filter_map(read).collect();
        let unreadable = u32::try_from(total - entities.len()).unwrap_or(u32::MAX);
        Self { count: page.count, more: page.more, entities, unreadable }
    }
}

/// The result of a create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    /// The whole copy of the new entity.
    Copy(Box<ServerCopy>),
    /// The number of the new entity; the rest of the answer cannot be read.
    Number(ServerId),
}

impl Made {
    /// Refuses a number that was known before the request left. Numbers grow, so this request did not make such a row.
    ///
    /// # Errors
    /// [`ApiError::OtherRow`].
    pub fn newer_than(self, known: i64) -> Result<Self, ApiError> {
        let number = match &self {
            Self::Copy(copy) => copy.id(),
            Self::Number(number) => *number,
        };
        if number.0 > known { Ok(self) } else { Err(ApiError::OtherRow { asked: None, answered: number.0 }) }
    }
}

impl Api {
    /// Returns the address of a list, or of the only entity of its kind.
    fn list_of(&self, kind: Kind) -> Result<Url, ApiError> {
        match kind.resource().location {
            Location::List { path, .. } | Location::One { path, .. } | Location::Own { path, .. } => {
                self.hotel(&[path])
            }
            // They cannot be written; `page` reads them.
            Location::Staff { .. } | Location::Chat { .. } => Err(ApiError::NotHere),
        }
    }

    /// Returns the address of one entity.
    fn address_of(&self, kind: Kind, id: ServerId) -> Result<Url, ApiError> {
        match kind.resource().location {
            Location::List { path, .. } | Location::Own { path, .. } => self.hotel(&[path, &id.to_string()]),
            Location::One { path, .. } => self.hotel(&[path]),
            Location::Staff { .. } | Location::Chat { .. } => Err(ApiError::NotHere),
        }
    }

    /// Returns the address of an action on one entity of a list.
    pub(super) fn action_of(&self, kind: Kind, id: ServerId, action: &str) -> Result<Url, ApiError> {
        let mut url = self.address_of(kind, id)?;
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend([action, ""]);
        }
        Ok(url)
    }

    /// Returns the method and the address for the upload of an entity's picture.
    pub(super) fn upload_to(
        &self,
        kind: Kind,
        id: ServerId,
        way: UploadWay,
    ) -> Result<(Method, Url), ApiError> {
        match (kind.resource().location, way) {
            (Location::List { upload, .. }, UploadWay::Action) => {
                Ok((Method::POST, self.action_of(kind, id, upload)?))
            }
            _ => Ok((Method::PATCH, self.address_of(kind, id)?)),
        }
    }

    /// Reads one page of a list, in the hotel's order. Pages count from 1.
    ///
    /// # Errors
    /// [`ApiError::NotHere`] if the server has no such list; [`ApiError::NotFound`] past the last page, which can
    /// happen after a deletion; and every transport error.
    pub async fn page(&self, kind: Kind, generation: Generation, page: u32) -> Result<EntityPage, ApiError> {
        let answer = match kind.resource().location {
            Location::Staff { path } => self.people(path, page).await?,
            Location::Chat { path } => self.ask_for_page(self.chat(generation, &[path])?, page).await?,
            _ => self.ask_for_page(self.list_of(kind)?, page).await?,
        };
        let list = Page::read(answer.json()?).ok_or_else(|| answer.odd("it is not a list"))?;
        Ok(EntityPage::read(kind, list))
    }

    pub(super) async fn ask_for_page(&self, mut url: Url, page: u32) -> Result<Answer, ApiError> {
        url.query_pairs_mut().append_pair("page", &page.to_string());
        self.get(url).await.map_err(|error| match error {
            // A list that exists always has a first page.
            ApiError::NotFound if page <= 1 => ApiError::NotHere,
            other => other,
        })
    }

    /// Reads one entity.
    ///
    /// # Errors
    /// [`ApiError::NotFound`], and every transport error.
    pub async fn entity(&self, kind: Kind, id: ServerId) -> Result<ServerCopy, ApiError> {
        about(id, read(kind, &self.get(self.address_of(kind, id)?).await?)?)
    }

    pub(super) async fn get(&self, url: Url) -> Result<Answer, ApiError> {
        self.send(Effect::Reads, || self.http.request(Method::GET, url.clone(), READ)).await
    }

    /// Reads the only entity of its kind, and the other entities in the same answer.
    ///
    /// # Errors
    /// [`ApiError::NotHere`] if the server has none, and every transport error.
    pub async fn the_one(&self, kind: Kind) -> Result<Vec<ServerCopy>, ApiError> {
        let Location::One { path, brings } = kind.resource().location else { return Err(ApiError::NotHere) };
        let answer = self.get(self.hotel(&[path])?).await.map_err(|error| match error {
            ApiError::NotFound => ApiError::NotHere,
            other => other,
        })?;
        let beside = brings(&answer.json()?);
        Ok([read(kind, &answer)?].into_iter().chain(beside).collect())
    }

    /// Creates an entity like [`make`](Self::make), and returns its whole copy.
    ///
    /// # Errors
    /// The errors of [`make`](Self::make), and those of the read that follows an unreadable answer.
    pub async fn create(&self, kind: Kind, content: &Fields) -> Result<ServerCopy, ApiError> {
        match self.make(kind, content).await? {
            Made::Copy(copy) => Ok(*copy),
            Made::Number(id) => self.entity(kind, id).await,
        }
    }

    /// Creates an entity. No server supports idempotency keys: after [`ApiError::Unclear`] or
    /// [`ApiError::ServerTrouble`] the list must be read before the request is repeated (trap 1).
    ///
    /// # Errors
    /// [`ApiError::Rejected`] with the wrong fields, and every transport error.
    pub async fn make(&self, kind: Kind, content: &Fields) -> Result<Made, ApiError> {
        let url = self.list_of(kind)?;
        let body = kind.table().create_of(content);
        let make = || self.http.request(Method::POST, url.clone(), WRITE).json(&body);
        made(kind, &self.send(Effect::Writes, make).await?)
    }

    /// Changes the given fields only.
    ///
    /// # Errors
    /// [`ApiError::Rejected`] with the wrong fields, [`ApiError::NotFound`], and every transport error.
    pub async fn edit(
        &self,
        kind: Kind,
        id: ServerId,
        changes: &[FieldValue],
    ) -> Result<ServerCopy, ApiError> {
        self.patch(kind, id, &kind.table().patch_of(changes.iter().cloned())).await
    }

    /// Removes the entity's picture.
    ///
    /// # Errors
    /// [`ApiError::NotFound`], and every transport error.
    pub async fn remove_picture(&self, kind: Kind, id: ServerId) -> Result<ServerCopy, ApiError> {
        self.patch(kind, id, &json!({ "photo": null })).await
    }

    async fn patch(&self, kind: Kind, id: ServerId, patch: &Value) -> Result<ServerCopy, ApiError> {
        let url = self.address_of(kind, id)?;
        let make = || self.http.request(Method::PATCH, url.clone(), WRITE).json(patch);
        about(id, read(kind, &self.send(Effect::Writes, make).await?)?)
    }

    /// Deletes an entity.
    ///
    /// # Errors
    /// [`ApiError::NotFound`], which means that the entity is already deleted; and every transport error.
    pub async fn delete(&self, kind: Kind, id: ServerId) -> Result<(), ApiError> {
        let url = self.address_of(kind, id)?;
        let sent = self.send(Effect::Writes, || self.http.request(Method::DELETE, url.clone(), WRITE)).await;
        sent.map(drop)
    }
}

/// Reads the answer to a create. A 2xx with an object that has a number means that the entity is stored, whatever else
/// cannot be read. Any other 2xx comes from another program, for example a proxy, and leaves the outcome unknown.
fn made(kind: Kind, answer: &Answer) -> Result<Made, ApiError> {
    let object = answer.json()?;
    let number = match &object["id"] {
        Value::String(text) => text.parse().ok(),
        number => number.as_i64(),
    };
    (kind.resource().read)(&object).map(|copy| Made::Copy(Box::new(copy))).or_else(|error| {
        tracing::warn!(why = json_fault(&error), ?kind, "the answer to a create cannot be read");
        number.map(|id| Made::Number(ServerId(id))).ok_or_else(|| answer.odd(json_fault(&error)))
    })
}

/// Refuses a copy of another row than the requested one.
fn about(asked: ServerId, copy: ServerCopy) -> Result<ServerCopy, ApiError> {
    let answered = copy.id();
    if answered == asked {
        return Ok(copy);
    }
    tracing::warn!(asked = asked.0, answered = answered.0, "the server answers about another row");
    Err(ApiError::OtherRow { asked: Some(asked.0), answered: answered.0 })
}

pub(super) fn read(kind: Kind, answer: &Answer) -> Result<ServerCopy, ApiError> {
    (kind.resource().read)(&answer.json()?).map_err(|error| answer.odd(json_fault(&error)))
}

#[cfg(test)]
#[path = "entities_tests.rs"]
mod tests;
