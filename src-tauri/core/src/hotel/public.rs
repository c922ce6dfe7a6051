//! The hotel's page for guests and the list of a server's hotels, which need no sign-in (contract.md 4.7).

use std::sync::atomic::Ordering;

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

impl Api {
    /// Reads the page. The servers of 2025 and those of 2026 have it at different paths, and the one that answered is
    /// asked first from then on.
    ///
    /// # Errors
    /// [`ApiError::NotHere`] if the server has no such page, and every transport error.
    pub async fn public_page(&self) -> Result<PublicPage, ApiError> {
        let newer_first = self.newer_page.load(Ordering::Relaxed);
        for newer in [newer_first, !newer_first] {
            match self.ask_openly(self.page_at(newer)?).await {
                Err(ApiError::NotFound | ApiError::NotHere) => {}
                Err(error) => return Err(error),
                Ok(answer) => {
                    let page = read_public_page(&answer.json()?);
                    self.newer_page.store(newer, Ordering::Relaxed);
                    return page.ok_or_else(|| answer.odd("it is not the hotel's page"));
                }
            }
        }
        Err(ApiError::NotHere)
    }

    /// Reads the hotels of the server, at most one page of them. The servers of 2025 and those of 2026 have the list at
    /// different paths.
    ///
    /// # Errors
    /// [`ApiError::NotHere`] if the server has no such list, and every transport error.
    pub async fn hotels(&self) -> Result<Vec<KnownHotel>, ApiError> {
        for path in [["api", "public", "hotels"], ["api", "hotel", "public"]] {
            match self.ask_openly(endpoint(self.server(), &path)?).await {
                Err(ApiError::NotFound | ApiError::NotHere) => {}
                Err(error) => return Err(error),
                Ok(answer) => {
                    let page = Page::read(answer.json()?).ok_or_else(|| answer.odd("it is not a list"))?;
                    return Ok(page.items.iter().filter_map(known_hotel).collect());
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
    async fn ask_openly(&self, url: Url) -> Result<Answer, ApiError> {
        let watch = self.http.stopwatch();
        let read = |response: reqwest::Response| async move {
            watch.note(self.server_clock(), response.headers());
            finish(response, Effect::Reads).await
        };
        self.http.exchange(self.http.request(Method::GET, url, READ), read).await
    }
}

/// Reads the card of a hotel. Returns `None` if it lacks a name, or has one that no hotel has.
fn known_hotel(card: &Value) -> Option<KnownHotel> {
    let text = |name: &str| {
        let text = card[name].as_str()?.trim();
        (!text.is_empty() && text.chars().count() <= LONGEST_NAME).then(|| text.to_owned())
    };
    Some(KnownHotel { name: text("name")?, slug: text("slug")? })
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
    }
}
