//! One desk of the model.

use std::collections::HashSet;
use std::sync::Arc;

use demo_hotel::DemoHotel;
use desk_tests::clock::FastClock;
use desk_tests::test_desk::settings;
use hotelmate_core::desk::{Desk, Mode};
use hotelmate_core::environment::Environment;
use hotelmate_core::error::ErrorCode;
use hotelmate_core::model::IntentState;
use hotelmate_core::settings::Settings;
use hotelmate_core::views::{OfferQuery, OutboxItem, Pill, RecordView};

use crate::model::steps::Which;

pub struct TestDesk {
    pub desk: Desk,
    pub settings: Settings,
    pub username: String,
    password: String,
    mode: Mode,
    environment: Environment,
    _folder: tempfile::TempDir,
}

impl TestDesk {
    pub async fn take(hotel: &DemoHotel, user: Which, mode: Mode, clock: &FastClock, seed: u64) -> Self {
        let folder = quick_folder();
        let settings = settings(hotel, user, folder.path().to_owned()).await;
        let environment = Environment::with_seed(Arc::new(clock.clone()), seed);
        // Without a stored sign-in the desk asks the hotel for the person. On a busy machine the answer can be too late
        // for the fast clock.
        let desk = loop {
            let desk = Desk::open_in(settings.clone(), mode, environment.clone()).await.unwrap();
            if desk.session().await.is_some() {
                break desk;
            }
        };
        let person = hotel.users().swap_remove(user);
        let (username, password) = (person.username, person.password);
        Self { desk, settings, username, password, mode, environment, _folder: folder }
    }

    /// Opens a new program on the same data without closing the old one, as after a crash.
    pub async fn reopen(&mut self) {
        self.desk = Desk::open_in(self.settings.clone(), self.mode, self.environment.clone()).await.unwrap();
    }

    /// Enters the password where it is needed. It may be needed several times.
    pub async fn sign_in_if_asked(&self) {
        if self.desk.status().await.pill == Pill::SignInNeeded
            && let Err(error) = self.desk.sign_in_again(&self.password).await
        {
            assert_eq!(error.code, ErrorCode::Offline, "{error:?}");
        }
    }

    pub async fn screen(&self) -> Vec<RecordView> {
        self.desk.offers(OfferQuery::default()).await.unwrap().offers
    }

    /// Returns the intents that wait although nothing in their lane needs a person.
    pub async fn waiting_freely(&self) -> Vec<OutboxItem> {
        let items = self.desk.outbox().await.unwrap().items;
        let stuck: HashSet<_> = items
            .iter()
            .filter(|item| item.state == IntentState::Attention)
            .map(|item| item.entity)
            .collect();
        let settled = |item: &OutboxItem| {
            matches!(item.state, IntentState::Attention | IntentState::Conflict)
                || stuck.contains(&item.entity)
        };
        items.into_iter().filter(|item| !settled(item)).collect()
    }

    /// Returns the oldest intent that needs a person.
    pub async fn in_need(&self) -> Option<OutboxItem> {
        let items = self.desk.outbox().await.unwrap().items;
        items.into_iter().find(|item| item.state == IntentState::Attention)
    }
}

/// Returns a folder in memory, if the system has one: the model tests the order of steps, and thousands of real
/// `fsync`s would only slow it down. The kill tests check the data after a crash, on a real disk.
fn quick_folder() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}
