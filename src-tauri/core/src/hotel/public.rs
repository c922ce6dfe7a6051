//! The hotel's page for guests, which needs no sign-in (contract.md 4.7).

use std::sync::atomic::Ordering;

use reqwest::Method;
use url::Url;

use super::client::{Answer, Api, Effect, READ, endpoint, finish};
use super::error::ApiError;
use crate::resources::{PublicPage, read_public_page};

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
