//! Offers (CONTRACT.md 4).
//!
//! Always JSON: in form data a missing `is_active` means false (4.3). `photo` is never sent back as text,
//! except `null` to take the picture off (4.4, trap 32).

use reqwest::Method;
use serde_json::{Map, Value, json};

use super::client::{Answer, Api, Effect, READ, WRITE};
use super::error::ApiError;
use super::page::Page;
use crate::model::{FieldValue, OfferContent, ServerId, ServerOffer, Validity};
use crate::wire;

/// One page of the hotel's offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferPage {
    /// How many offers there are in all, as the server counts.
    pub count: u64,
    /// Another page follows.
    pub more: bool,
    /// The offers of this page.
    pub offers: Vec<ServerOffer>,
    /// Items of this page that could not be read. They exist, so they are no absence.
    pub unreadable: u32,
}

impl OfferPage {
    fn read(page: Page) -> Self {
        let total = page.items.len();
        let offers: Vec<ServerOffer> = page
            .items
            .into_iter()
            .filter_map(|item| {
                wire::read_offer(item).inspect_err(|why| tracing::warn!(%why, "an offer cannot be read")).ok()
            })
            .collect();
        let unreadable = u32::try_from(total - offers.len()).unwrap_or(u32::MAX);
        Self { count: page.count, more: page.more, offers, unreadable }
    }
}

impl Api {
    /// One page of the offers, from 1, in the hotel's order.
    ///
    /// # Errors
    /// [`ApiError::NotHere`] where the server knows no offers; [`ApiError::NotFound`] past the last page,
    /// which a deletion meanwhile can bring about; and everything of the transport.
    pub async fn offers_page(&self, page: u32) -> Result<OfferPage, ApiError> {
        let mut url = self.hotel(&["offers"])?;
        url.query_pairs_mut().append_pair("page", &page.to_string());
        let sent = self.send(Effect::Reads, || self.http.request(Method::GET, url.clone(), READ)).await;
        let answer = sent.map_err(|error| match error {
            // The first page of a list always exists where the list does.
            ApiError::NotFound if page <= 1 => ApiError::NotHere,
            other => other,
        })?;
        let list = Page::read(answer.json()?).ok_or_else(|| answer.odd("the offers are not a list"))?;
        Ok(OfferPage::read(list))
    }

    /// One offer.
    ///
    /// # Errors
    /// [`ApiError::NotFound`], and everything of the transport.
    pub async fn offer(&self, id: ServerId) -> Result<ServerOffer, ApiError> {
        let url = self.hotel(&["offers", &id.to_string()])?;
        let sent = self.send(Effect::Reads, || self.http.request(Method::GET, url.clone(), READ)).await;
        read_offer(&sent?)
    }

    /// Makes an offer. No server knows idempotency keys: after [`ApiError::Unclear`] or
    /// [`ApiError::ServerTrouble`] the list must be read before this is repeated (trap 1).
    ///
    /// # Errors
    /// [`ApiError::Rejected`] with the wrong fields, and everything of the transport.
    pub async fn create_offer(&self, content: &OfferContent) -> Result<ServerOffer, ApiError> {
        let url = self.hotel(&["offers"])?;
        let make = || self.http.request(Method::POST, url.clone(), WRITE).json(content);
        read_offer(&self.send(Effect::Writes, make).await?)
    }

    /// Changes only the named fields.
    ///
    /// # Errors
    /// [`ApiError::Rejected`] with the wrong fields, [`ApiError::NotFound`], and everything of the transport.
    pub async fn edit_offer(&self, id: ServerId, changes: &[FieldValue]) -> Result<ServerOffer, ApiError> {
        self.patch_offer(id, &patch_of(changes)).await
    }

    /// Takes the picture off.
    ///
    /// # Errors
    /// [`ApiError::NotFound`], and everything of the transport.
    pub async fn remove_picture(&self, id: ServerId) -> Result<ServerOffer, ApiError> {
        self.patch_offer(id, &json!({ "photo": null })).await
    }

    async fn patch_offer(&self, id: ServerId, patch: &Value) -> Result<ServerOffer, ApiError> {
        let url = self.hotel(&["offers", &id.to_string()])?;
        let make = || self.http.request(Method::PATCH, url.clone(), WRITE).json(patch);
        read_offer(&self.send(Effect::Writes, make).await?)
    }

    /// Removes an offer.
    ///
    /// # Errors
    /// [`ApiError::NotFound`], which for a deletion means done; and everything of the transport.
    pub async fn delete_offer(&self, id: ServerId) -> Result<(), ApiError> {
        let url = self.hotel(&["offers", &id.to_string()])?;
        let sent = self.send(Effect::Writes, || self.http.request(Method::DELETE, url.clone(), WRITE)).await;
        sent.map(drop)
    }
}

fn read_offer(answer: &Answer) -> Result<ServerOffer, ApiError> {
    wire::read_offer(answer.json()?).map_err(|error| answer.odd(error))
}

/// The body of a PATCH: both dates together, and `null` to clear one (4.3).
fn patch_of(changes: &[FieldValue]) -> Value {
    let mut patch = Map::new();
    let mut put = |key: &str, value: Value| drop(patch.insert(key.to_owned(), value));
    for change in changes {
        match change {
            FieldValue::Title(text) => put("title", json!(text)),
            FieldValue::ShortDescription(text) => put("short_description", json!(text)),
            FieldValue::DetailsText(text) => put("details_text", json!(text)),
            FieldValue::DetailsHtml(text) => put("details_html", json!(text)),
            FieldValue::Validity(Validity { from, to }) => {
                put("valid_from", json!(from));
                put("valid_to", json!(to));
            }
            FieldValue::Tag(text) => put("tag", json!(text)),
            FieldValue::BookNowUrl(text) => put("book_now_url", json!(text)),
            FieldValue::SortOrder(number) => put("sort_order", json!(number)),
            FieldValue::IsActive(active) => put("is_active", json!(active)),
        }
    }
    Value::Object(patch)
}

#[cfg(test)]
#[path = "offers_tests.rs"]
mod tests;
