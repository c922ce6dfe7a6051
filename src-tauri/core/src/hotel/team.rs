//! The people of the hotel, and since when they are on duty (contract.md 9.1, 9.3, 9.4).

use std::ops::ControlFlow;
use std::sync::atomic::Ordering;

use url::Url;

use super::client::{Answer, Api, endpoint};
use super::clock::ClockLog;
use super::dialect::Generation;
use super::error::ApiError;
use crate::ids::ServerId;

/// The number of people on a page. The servers give at most so many, and their order has ties that can move a person
/// from one page to the next: the fewer pages, the better.
const PAGE_SIZE: &str = "100";

impl Api {
    /// Reads one page of the people of the hotel. The first servers have the list under the hotel's slug twice, the
    /// newest server once, and each refuses the other form. A first page finds out which one it is.
    pub(super) async fn people(&self, path: &str, page: u32) -> Result<Answer, ApiError> {
        let short = self.short_staff_path.load(Ordering::Relaxed);
        let answer = self.people_at(path, short, page).await;
        if page > 1 || !matches!(answer, Err(ApiError::NotHere)) {
            return answer;
        }
        let other = self.people_at(path, !short, page).await?;
        self.short_staff_path.store(!short, Ordering::Relaxed);
        Ok(other)
    }

    async fn people_at(&self, path: &str, short: bool, page: u32) -> Result<Answer, ApiError> {
        let mut url = if short { self.own(&[path])? } else { self.own(&[path, self.slug()])? };
        url.query_pairs_mut().append_pair("page_size", PAGE_SIZE);
        self.ask_for_page(url, page).await
    }

    /// Reads the open clock logs of the hotel, until every one of `people` was found. The newer servers list closed logs
    /// too, the newest first.
    ///
    /// # Errors
    /// [`ApiError::NotHere`] if the server has no such list, [`ApiError::Forbidden`] if the person may not read it, and
    /// every transport error.
    pub async fn open_logs(
        &self,
        generation: Generation,
        people: &[ServerId],
    ) -> Result<Vec<ClockLog>, ApiError> {
        let mut open: Vec<ClockLog> = Vec::new();
        self.walk_logs(&self.logs(generation)?, |log| {
            if log.is_open() {
                open.push(log);
            }
            if people.iter().all(|id| open.iter().any(|log| log.staff == *id)) {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        })
        .await?;
        Ok(open)
    }

    fn logs(&self, generation: Generation) -> Result<Url, ApiError> {
        match generation {
            Generation::First => {
                let path = ["api", "attendance", "clock-logs", "currently-clocked-in"];
                let mut url = endpoint(self.server(), &path)?;
                url.query_pairs_mut().append_pair("hotel_slug", self.slug());
                Ok(url)
            }
            Generation::Between | Generation::Current => self.hotel(&["attendance", "clock-logs"]),
        }
    }
}
