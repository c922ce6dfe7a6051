//! The people of the hotel, and since when they are on duty (contract.md 9.1, 9.3, 9.4).

use std::sync::atomic::Ordering;

use jiff::Timestamp;
use serde_json::Value;
use url::Url;

use super::client::{Answer, Api, endpoint};
use super::dialect::Generation;
use super::error::ApiError;
use super::page::Page;
use crate::ids::ServerId;

/// The number of people on a page. The servers give at most so many, and their order has ties that can move a person
/// from one page to the next: the fewer pages, the better.
const PAGE_SIZE: &str = "100";
/// The largest number of pages of clock logs that are read in a row. Newer servers list closed logs too.
const LOG_PAGES: u32 = 20;

/// An open clock log: a person who is on duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenLog {
    /// The person's number.
    pub staff: ServerId,
    /// The server's time of the clock-in.
    pub since: Timestamp,
}

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
    ) -> Result<Vec<OpenLog>, ApiError> {
        let mut open: Vec<OpenLog> = Vec::new();
        for page in 1..=LOG_PAGES {
            let answer = match self.ask_for_page(self.logs(generation)?, page).await {
                // The list became shorter than this page while it was read.
                Err(ApiError::NotFound) if page > 1 => break,
                other => other?,
            };
            let list = Page::read(answer.json()?).ok_or_else(|| answer.odd("it is not a list"))?;
            open.extend(list.items.iter().filter_map(read_open));
            if !list.more || people.iter().all(|id| open.iter().any(|log| log.staff == *id)) {
                break;
            }
        }
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

fn read_open(log: &Value) -> Option<OpenLog> {
    if !log["time_out"].is_null() {
        return None;
    }
    Some(OpenLog { staff: ServerId(log["staff"].as_i64()?), since: log["time_in"].as_str()?.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(recorded: &str) -> Vec<OpenLog> {
        let recorded: Value = serde_json::from_str(recorded).unwrap();
        recorded["answer"]["results"].as_array().unwrap().iter().filter_map(read_open).collect()
    }

    #[test]
    fn only_open_logs_say_since_when_a_person_is_on_duty() {
        let first = open(include_str!("../../tests/fixtures/A-team-currently-clocked-in.json"));
        let since = "2026-11-24T20:35:18.581892Z".parse().unwrap();
        assert_eq!(first, [OpenLog { staff: ServerId(4), since }]);
        let newest = open(include_str!("../../tests/fixtures/B-team-clock-logs-all.json"));
        assert_eq!(newest.iter().map(|log| log.staff).collect::<Vec<_>>(), [ServerId(3)]);
        assert_eq!(
            read_open(
                &serde_json::json!({"staff": 3, "time_in": "2026-11-24T20:35:18Z", "time_out": "2026-11-24T21:00:00Z"})
            ),
            None
        );
    }
}
