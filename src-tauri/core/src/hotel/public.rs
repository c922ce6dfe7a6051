//! The hotel's page for guests and the list of a server's hotels, which need no sign-in (contract.md 4.7).

use std::sync::atomic::Ordering;
use std::time::Duration;

use reqwest::Method;
use serde_json::Value;
use url::Url;

use super::client::{Answer, Api, Effect, READ, endpoint, finish};
use super::error::ApiError;
use super::page::Page;
use crate::resources::{PublicPage, read_public_page};
use crate::views::KnownHotel;

/// The longest name or short name of a hotel that is passed on, in characters.
const LONGEST_NAME: usize = 100;
/// Time limit of the list of hotels: a person waits for the check of the address that they type.
const LIST: Duration = Duration::from_secs(5);

impl Api {
    /// Reads the page.
    ///
    /// # Errors
    /// [`ApiError::NotHere`] if the server has no such page, and every transport error.
    pub async fn public_page(&self) -> Result<PublicPage, ApiError> {
        let answer = self.ask_either(READ, |newer| self.page_at(newer)).await?;
        read_public_page(&answer.json()?).ok_or_else(|| answer.odd("it is not the hotel's page"))
    }

    /// Reads the hotels of the server, at most one page of them.
    ///
    /// # Errors
    /// [`ApiError::NotHere`] if the server has no such list, and every transport error.
    pub async fn hotels(&self) -> Result<Vec<KnownHotel>, ApiError> {
        let at = |newer| {
            let (old, new) = (["api", "hotel", "public"], ["api", "public", "hotels"]);
            endpoint(self.server(), if newer { &new } else { &old })
        };
        let answer = self.ask_either(LIST, at).await?;
        let page = Page::read(answer.json()?).ok_or_else(|| answer.odd("it is not a list"))?;
        Ok(page.items.iter().filter_map(known_hotel).collect())
    }

    /// Reads from an address without the token. The servers of 2025 and those of 2026 have different ones, and the one
    /// that answered is asked first from then on.
    async fn ask_either(
        &self,
        limit: Duration,
        address: impl Fn(bool) -> Result<Url, ApiError>,
    ) -> Result<Answer, ApiError> {
        let newer_first = self.newer_page.load(Ordering::Relaxed);
        for newer in [newer_first, !newer_first] {
            match self.ask_openly(address(newer)?, limit).await {
                Err(ApiError::NotFound | ApiError::NotHere) => {}
                Err(error) => return Err(error),
                Ok(answer) => {
                    self.newer_page.store(newer, Ordering::Relaxed);
                    return Ok(answer);
                }
            }
        }
        Err(ApiError::NotHere)
    }

    fn page_at(&self, newer: bool) -> Result<Url, ApiError> {
        let old = ["api", "hotel", "public", "page", self.slug()];
        let new = ["api", "public", "hotel", self.slug(), "page"];
        endpoint(self.server(), if newer { &new } else { &old })
    }

    /// Sends a read without the token.
    async fn ask_openly(&self, url: Url, limit: Duration) -> Result<Answer, ApiError> {
        let watch = self.http.stopwatch();
        let read = |response: reqwest::Response| async move {
            watch.note(self.server_clock(), response.headers());
            finish(response, Effect::Reads).await
        };
        self.http.exchange(self.http.request(Method::GET, url, limit), read).await
    }
}

/// Reads the card of a hotel. Returns `None` if it lacks a name, or has one that no hotel has.
fn known_hotel(card: &Value) -> Option<KnownHotel> {
    let text = |name: &str| {
        let text = card[name].as_str()?.trim();
        let is_odd =
            text.is_empty() || text.chars().count() > LONGEST_NAME || text.chars().any(char::is_control);
        (!is_odd).then(|| text.to_owned())
    };
    let is_usual = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    let slug = text("slug").filter(|slug| slug.chars().all(is_usual))?;
    Some(KnownHotel { name: text("name")?, slug })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_card_without_a_usable_name_is_no_hotel() {
        let card = |name: Value, slug: Value| known_hotel(&json!({"id": 1, "name": name, "slug": slug}));
        let killarney = KnownHotel { name: "Hotel Killarney".to_owned(), slug: "killarney".to_owned() };
        assert_eq!(card(json!(" Hotel Killarney "), json!("killarney")), Some(killarney));
        for odd in [json!(""), json!(" "), json!(null), json!(7), json!("x".repeat(LONGEST_NAME + 1))] {
            assert_eq!(card(odd.clone(), json!("killarney")), None, "{odd}");
            assert_eq!(card(json!("Hotel Killarney"), odd.clone()), None, "{odd}");
        }
        assert_eq!(card(json!("Hotel\u{1b}[2J"), json!("killarney")), None, "a terminal would obey it");
        assert_eq!(card(json!("Hotel Killarney"), json!("../killarney")), None);
    }
}
