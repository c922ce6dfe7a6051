//! The conditions that must hold once the faults have stopped.

use std::collections::HashSet;
use std::time::Duration;

use hotelmate_core::model::IntentState;
use hotelmate_core::settings::Settings;
use hotelmate_core::views::{IntentKind, Question, RecordDetail, RecordView, SyncMark};
use pusher::time::Clock;
use serde_json::Value;

use crate::model::account::{FIELDS, marker, value_of};
use crate::model::machine::TwoDesks;
use crate::model::test_desk::TestDesk;

/// The number of syncs of both desks after which nothing may wait any more.
const ROUNDS: usize = 20;
/// The time between two syncs.
const ROUND: Duration = Duration::from_secs(10);
/// A little longer than the time that a desk allows for a late request.
const LATE: Duration = Duration::from_secs(125);
/// The number of looks at desks that work by themselves, and the time between two looks.
const LOOKS: usize = 2_000;
const LOOK: Duration = Duration::from_secs(2);

impl<const LIVE: bool> TwoDesks<LIVE> {
    /// Waits until nothing changes. Fails after a bounded time.
    pub async fn finish(&mut self) {
        for test_desk in &self.desks {
            test_desk.sign_in_if_asked().await;
        }
        self.until_quiet().await;
        if self.account.late {
            self.clock.sleep(LATE).await;
            self.until_quiet().await;
        }
    }

    async fn until_quiet(&mut self) {
        if LIVE { self.wait_until_quiet().await } else { self.sync_until_quiet().await }
    }

    async fn sync_until_quiet(&mut self) {
        for _ in 0..ROUNDS {
            let mut free = 0;
            for test_desk in &self.desks {
                test_desk.desk.try_now().await;
                test_desk.desk.sync_until_quiet().await.unwrap();
                // The desk now notices a revoked sign-in.
                test_desk.sign_in_if_asked().await;
                // Between the two desks, because one may remove what the other has just sent.
                self.account.look_at(&self.hotel);
                free += test_desk.waiting_freely().await.len();
            }
            if free == 0 {
                break;
            }
            // A create whose answer was lost needs time.
            self.clock.sleep(ROUND).await;
        }
        for test_desk in &self.desks {
            test_desk.desk.sync_until_quiet().await.unwrap();
            self.account.look_at(&self.hotel);
            let free = test_desk.waiting_freely().await;
            assert!(free.is_empty(), "still waiting, and nothing before it needs a person: {free:#?}");
        }
        // The first desk has not yet read the last changes of the second.
        self.desks[0].desk.sync_until_quiet().await.unwrap();
    }

    /// Waits without pressing anything; only the password is entered.
    async fn wait_until_quiet(&mut self) {
        let mut open = String::new();
        for _ in 0..LOOKS {
            open.clear();
            let rows = self.hotel.offers();
            self.account.look_at(&self.hotel);
            for test_desk in &self.desks {
                test_desk.sign_in_if_asked().await;
                let free = test_desk.waiting_freely().await;
                if !free.is_empty() {
                    open = format!("still waiting: {free:#?}");
                } else if let Err(difference) = shows(&test_desk.screen().await, &rows) {
                    open = difference;
                }
            }
            if open.is_empty() {
                return;
            }
            self.clock.sleep(LOOK).await;
        }
        panic!("not quiet by itself: {open}");
    }

    /// Checks a run in which nothing changes any more.
    pub async fn judge(&mut self) {
        self.everything_has_its_place().await;
        self.creates_are_there_once().await;
        for test_desk in &self.desks {
            self.every_need_has_its_reason(test_desk).await;
        }
        for test_desk in &self.desks {
            shows(&test_desk.screen().await, &self.hotel.offers()).unwrap();
        }
        for test_desk in &self.desks {
            test_desk.desk.close().await;
            database_is_sound(&test_desk.settings);
        }
    }

    async fn everything_has_its_place(&mut self) {
        let rows = self.hotel.offers();
        for desk in 0..2 {
            let lost = self.lost(desk).await;
            let screen = self.desks[desk].screen().await;
            let outbox = self.desks[desk].desk.outbox().await.unwrap();
            assert!(lost.is_empty(), "lost on desk {desk}: {lost:?}\n{outbox:#?}\n{screen:#?}\n{rows:#?}");
        }
        let numbers = numbers(&rows);
        let mut undeleted: HashSet<i64> = self.account.deleted.intersection(&numbers).copied().collect();
        for test_desk in &self.desks {
            for number in refused_deletions(test_desk).await {
                undeleted.remove(&number);
            }
        }
        assert!(undeleted.is_empty(), "deleted and still there: {undeleted:?}");
        let stale = self.account.stale(&rows);
        assert!(stale.is_empty(), "late requests stand over newer ones: {stale:#?}");
    }

    /// Fails if a person is asked without a reason.
    async fn every_need_has_its_reason(&self, test_desk: &TestDesk) {
        for item in test_desk.desk.outbox().await.unwrap().items {
            if item.state != IntentState::Attention {
                continue;
            }
            let shown = test_desk.desk.record(item.entity).await.unwrap().record;
            let marker = &shown.fields.text("short_description");
            let happened = match item.code.as_deref().unwrap_or_default() {
                // Both desks change the same offers and their pictures all the time.
                _ if matches!(
                    item.question,
                    Some(Question::MakeAgain | Question::RemoveChanged | Question::RemoveAgain)
                ) =>
                {
                    true
                }
                "deleted_there" => self.account.deleted_markers.contains(marker),
                "rejected" => self.account.refused,
                "server_trouble" => self.account.failed,
                "removed_late" => self.account.late && self.account.deleted_markers.contains(marker),
                // A colleague changed the offer before the desk that made it had read it.
                "looks_like" => !item.like.is_empty(),
                "like_removed" => item.like.is_empty() && !self.account.deleted.is_empty(),
                _ => false,
            };
            assert!(happened, "a person is asked for no reason: {item:#?}");
        }
    }

    async fn creates_are_there_once(&self) {
        let rows = self.hotel.offers();
        let numbers = numbers(&rows);
        let mut taken = HashSet::new();
        for (desk, id, marker) in &self.account.creates {
            let Ok(RecordDetail { record: detail, .. }) = self.desks[*desk].desk.record(*id).await else {
                assert!(self.account.deleted_markers.contains(marker), "the create {marker} is gone");
                continue;
            };
            let needs_person = matches!(detail.sync, SyncMark::Attention | SyncMark::Conflict);
            let there = detail.id.is_some_and(|id| numbers.contains(&id.0));
            assert!(there || needs_person, "the create {marker} is not at the hotel: {detail:#?}");
            if there {
                assert!(taken.insert(detail.id), "two creates of {marker} share one row");
            }
        }
        for (marker_made, made) in &self.account.made {
            let there = rows.iter().filter(|row| marker(row) == *marker_made).count();
            // A twin of an offer of the seed has one row more.
            let seeded = usize::from(!marker_made.starts_with("marker"));
            let most = made + seeded + self.account.restored.get(marker_made).copied().unwrap_or_default();
            assert!(there <= most, "{marker_made} was wished {most} times and is there {there} times");
        }
    }
}

fn numbers(rows: &[Value]) -> HashSet<i64> {
    rows.iter().filter_map(|row| row["id"].as_i64()).collect()
}

/// Returns the numbers of offers whose deletion the hotel refused, or failed to carry out: a person decides.
async fn refused_deletions(test_desk: &TestDesk) -> Vec<i64> {
    let mut numbers = Vec::new();
    for item in test_desk.desk.outbox().await.unwrap().items {
        let refused = item.kind == IntentKind::Delete && item.state == IntentState::Attention;
        if let (true, Ok(shown)) = (refused, test_desk.desk.record(item.entity).await) {
            numbers.extend(shown.record.id.map(|number| number.0));
        }
    }
    numbers
}

/// Fails unless every saved offer equals the hotel's row, and the screen shows every row of the hotel.
fn shows(screen: &[RecordView], rows: &[Value]) -> Result<(), String> {
    for offer in screen.iter().filter(|offer| offer.sync == SyncMark::Saved) {
        let row = rows.iter().find(|row| row["id"].as_i64() == offer.id.map(|id| id.0));
        let row = row.ok_or_else(|| format!("shown and not at the hotel: {offer:#?}"))?;
        for (field, name) in FIELDS {
            if row[name] != value_of(offer, field) {
                return Err(format!("{name} is shown otherwise than {row:#}: {offer:#?}"));
            }
        }
    }
    let shown: HashSet<i64> = screen.iter().filter_map(|offer| offer.id).map(|id| id.0).collect();
    match rows.iter().find(|row| !shown.contains(&row["id"].as_i64().unwrap())) {
        Some(hidden) => Err(format!("at the hotel and not shown: {hidden:#}")),
        None => Ok(()),
    }
}

fn database_is_sound(settings: &Settings) {
    let accounts = settings.data_dir.join("accounts");
    for account in std::fs::read_dir(accounts).unwrap() {
        let file = account.unwrap().path().join("desk.sqlite");
        let database = rusqlite::Connection::open(file).unwrap();
        let check: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(check, "ok");
    }
}
