//! A desk with a data folder of its own, at a demo hotel.

#![expect(clippy::expect_used, reason = "test support: a desk that cannot be made is a failed test")]

use std::future::Future;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use demo_hotel::DemoHotel;
use hotelmate_core::account::Token;
use hotelmate_core::desk::{Desk, Mode};
use hotelmate_core::environment::Environment;
use hotelmate_core::error::ErrorCode;
use hotelmate_core::hotel::{Api, Http, login};
use hotelmate_core::ids::LocalId;
use hotelmate_core::private::Secret;
use hotelmate_core::records::{FieldEdit, FieldValue};
use hotelmate_core::settings::Settings;
use hotelmate_core::vault::VaultKey;
use hotelmate_core::views::{Activity, ActivityQuery, LiveState, OfferQuery, RecordView};
use url::Url;

use crate::clock::{FastClock, Hands};

/// The longest time that a test waits before it fails.
const DEADLINE: Duration = Duration::from_secs(20);

/// The key of the guest chat: a restarted desk reads its messages again.
pub const CHAT_KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// An open desk.
pub struct TestDesk {
    /// The desk.
    pub desk: Desk,
    settings: Settings,
    mode: Mode,
    environment: Environment,
    folder: tempfile::TempDir,
}

impl TestDesk {
    /// Opens a desk of the application's kind, signed in as the hotel's n-th user.
    pub async fn at(hotel: &DemoHotel, user: usize) -> Self {
        Self::of_mode(hotel, user, Mode::Full, Environment::system()).await
    }

    /// Does the same with a clock that runs fast.
    pub async fn fast(hotel: &DemoHotel, user: usize, clock: &FastClock) -> Self {
        let environment = Environment::with_seed(Arc::new(clock.clone()), 7);
        Self::of_mode(hotel, user, Mode::Full, environment).await
    }

    /// Opens a desk that does nothing by itself, with a clock that runs fast.
    pub async fn fast_manual(hotel: &DemoHotel, user: usize, clock: &FastClock) -> Self {
        let environment = Environment::with_seed(Arc::new(clock.clone()), 7);
        Self::of_mode(hotel, user, Mode::Manual, environment).await
    }

    /// Opens a desk that does nothing by itself.
    pub async fn manual(hotel: &DemoHotel, user: usize) -> Self {
        Self::of_mode(hotel, user, Mode::Manual, Environment::system()).await
    }

    /// Opens such a desk and reads everything of the hotel.
    pub async fn synced(hotel: &DemoHotel) -> Self {
        let test_desk = Self::manual(hotel, 0).await;
        test_desk.desk.sync_until_quiet().await.expect("the hotel is read");
        test_desk
    }

    /// Opens a desk with changed settings.
    pub async fn with(
        hotel: &DemoHotel,
        user: usize,
        mode: Mode,
        change: impl FnOnce(&mut Settings),
    ) -> Self {
        Self::changed(hotel, user, change, mode, Environment::system()).await
    }

    /// Opens a desk of the application's kind that reaches the hotel at this address, with a clock that is moved by
    /// hand.
    pub async fn reaching(address: SocketAddr, hotel: &DemoHotel, user: usize, hands: &Hands) -> Self {
        Self::over(address, hotel, user, hands, Mode::Full).await
    }

    /// Does the same with a desk that does nothing by itself.
    pub async fn reaching_manual(address: SocketAddr, hotel: &DemoHotel, user: usize, hands: &Hands) -> Self {
        Self::over(address, hotel, user, hands, Mode::Manual).await
    }

    async fn over(address: SocketAddr, hotel: &DemoHotel, user: usize, hands: &Hands, mode: Mode) -> Self {
        let over_the_line = |settings: &mut Settings| {
            settings.server = Some(Url::parse(&format!("http://{address}")).expect("the hotel's address"));
            settings.pusher_host = Some(format!("ws://{address}"));
        };
        let environment = Environment::with_seed(hands.clock.shared(), 7);
        Self::changed(hotel, user, over_the_line, mode, environment).await
    }

    async fn of_mode(hotel: &DemoHotel, user: usize, mode: Mode, environment: Environment) -> Self {
        Self::changed(hotel, user, |_| {}, mode, environment).await
    }

    async fn changed(
        hotel: &DemoHotel,
        user: usize,
        change: impl FnOnce(&mut Settings),
        mode: Mode,
        environment: Environment,
    ) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut settings = settings(hotel, user, folder.path().to_owned()).await;
        change(&mut settings);
        Self::of_settings(folder, settings, mode, environment).await
    }

    async fn of_settings(
        folder: tempfile::TempDir,
        settings: Settings,
        mode: Mode,
        environment: Environment,
    ) -> Self {
        let desk = Desk::open_in(settings.clone(), mode, environment.clone()).await.expect("the desk opens");
        Self { desk, settings, mode, environment, folder }
    }

    /// Ends the program and starts it again on the same data.
    pub async fn restart(self) -> Self {
        let Self { desk, settings, mode, environment, folder } = self;
        desk.close().await;
        Self::of_settings(folder, settings, mode, environment).await
    }

    /// Ends the program, changes its data folder, and starts it again.
    pub async fn restart_after(self, change: impl FnOnce(&std::path::Path)) -> Self {
        let Self { desk, settings, mode, environment, folder } = self;
        desk.close().await;
        change(folder.path());
        Self::of_settings(folder, settings, mode, environment).await
    }

    /// Kills the program and starts it again on the same data.
    pub async fn die(self) -> Self {
        let Self { desk, settings, mode, environment, folder } = self;
        drop(desk);
        Self::of_settings(folder, settings, mode, environment).await
    }

    /// Opens a second program on the same data, as `deskctl` beside the window.
    pub async fn beside(&self, mode: Mode) -> Desk {
        Desk::open(self.settings.clone(), mode).await.expect("a second desk opens")
    }

    /// Returns the settings with which a program is started here.
    pub fn settings(&self) -> Settings {
        self.settings.clone()
    }

    /// Returns the folder of the data.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// Returns all offers on the list.
    pub async fn offers(&self) -> Vec<RecordView> {
        self.desk.offers(OfferQuery::default()).await.expect("the list").offers
    }

    /// Returns the offer with this title, if it is on the list.
    pub async fn titled(&self, title: &str) -> Option<RecordView> {
        self.offers().await.into_iter().find(|offer| offer.fields.text("title") == title)
    }

    /// Returns a record as a person sees it.
    pub async fn record(&self, id: LocalId) -> RecordView {
        self.desk.record(id).await.expect("the record").record
    }

    /// Returns the activities, newest first.
    pub async fn activities(&self) -> Vec<Activity> {
        self.desk.activities(ActivityQuery::default()).await.expect("the activities").activities
    }

    /// Returns the activities of other people in words, oldest first.
    pub async fn reported(&self) -> Vec<String> {
        let others = self.activities().await.into_iter().filter(|activity| !activity.own);
        others.rev().map(|activity| activity.text).collect()
    }

    /// Calls [`until`] with this desk.
    pub async fn until<T, L, F>(&self, what: &str, look: L) -> T
    where
        L: FnMut() -> F,
        F: Future<Output = Option<T>>,
    {
        until(&self.desk, what, look).await
    }

    /// Waits until every list that the server gives is here and the live channel is open. What a server lacks is
    /// believed only after a minute, so its lists count as out until then.
    pub async fn until_live(&self) -> &Self {
        self.until("the first lists and the live channel", || async {
            let status = self.desk.status().await;
            let is_out = status.read_failure.is_some_and(|why| why.code == ErrorCode::ListOutage);
            let is_read = status.last_sync.is_some() || is_out;
            (status.live == LiveState::Live && is_read).then_some(())
        })
        .await;
        self
    }

    /// Waits until the hotel gets no requests: a first read that is still under way would bring everything.
    pub async fn until_quiet(&self, hotel: &DemoHotel) {
        let (mut asked, mut looks) = (0, 0);
        self.until("a quiet hotel", || {
            let now = hotel.requests().len();
            looks = if now == asked { looks + 1 } else { 0 };
            asked = now;
            let quiet = looks >= 8;
            async move { quiet.then_some(()) }
        })
        .await;
    }

    /// Waits until nothing is left to send.
    pub async fn until_saved(&self) {
        self.until("all saved", || async {
            let status = self.desk.status().await;
            (status.waiting + status.saving == 0).then_some(())
        })
        .await;
    }

    /// Waits for an offer with this title.
    pub async fn until_titled(&self, title: &str) -> RecordView {
        self.until(title, || self.titled(title)).await
    }

    /// Changes one field from the value that is shown now.
    pub async fn edit(&self, id: LocalId, now: FieldValue) {
        let was = self.record(id).await.fields.in_place_of(&now);
        self.desk.edit(id, vec![FieldEdit { was, now }]).await.expect("the edit is queued");
    }

    /// Returns the present value of one field.
    pub async fn field(&self, id: LocalId, field: &str) -> FieldValue {
        FieldValue::of(field, self.record(id).await.fields.get(field).expect("a field of an offer").clone())
    }
}

/// Waits until `look` returns a value; looks again at every change.
///
/// # Panics
/// If it returns none in good time.
pub async fn until<T, L, F>(desk: &Desk, what: &str, mut look: L) -> T
where
    L: FnMut() -> F,
    F: Future<Output = Option<T>>,
{
    let mut feed = desk.changes();
    let search = async {
        loop {
            if let Some(found) = look().await {
                return found;
            }
            // A change elsewhere, such as at the hotel, is in no feed of this desk, so look now and then.
            let _ = tokio::time::timeout(Duration::from_millis(100), feed.recv()).await;
        }
    };
    let Ok(found) = tokio::time::timeout(DEADLINE, search).await else {
        let (status, outbox) = (desk.status().await, desk.outbox().await);
        panic!("waited in vain for {what}\nstatus: {status:#?}\noutbox: {outbox:#?}");
    };
    found
}

/// Returns settings for the hotel's n-th user, with a sign-in and a chat key from the environment, and no key store.
pub async fn settings(hotel: &DemoHotel, user: usize, folder: PathBuf) -> Settings {
    let pusher = hotel.pusher();
    let no_environment = |_: &str| None;
    let mut settings = Settings::load_with(Some(folder), no_environment).expect("settings");
    settings.server = Some(Url::parse(&hotel.url()).expect("the hotel's address"));
    settings.hotel = Some(hotel.slug().to_owned());
    settings.token = Some(token(hotel, user).await);
    settings.chat_key = VaultKey::read(&Secret::from(CHAT_KEY));
    settings.pusher_key = Some(pusher.key);
    settings.pusher_host = Some(pusher.host);
    settings
}

/// Returns settings as the environment of a program.
pub fn environment(hotel: &DemoHotel, settings: &Settings) -> Vec<(&'static str, String)> {
    let pusher = hotel.pusher();
    let token = settings.token.as_ref().expect("a sign-in");
    vec![
        ("DESK_SERVER", hotel.url()),
        ("DESK_HOTEL", hotel.slug().to_owned()),
        ("DESK_TOKEN", token.expose().to_owned()),
        ("DESK_CHAT_KEY", CHAT_KEY.to_owned()),
        ("DESK_PUSHER_KEY", pusher.key),
        ("DESK_PUSHER_HOST", pusher.host),
    ]
}

/// Returns the n-th user's token.
pub async fn token(hotel: &DemoHotel, user: usize) -> Token {
    let account = hotel.users().swap_remove(user);
    let server = Url::parse(&hotel.url()).expect("the hotel's address");
    let http = Http::new().expect("a client");
    login(&http, &server, &account.username, &account.password).await.expect("the sign-in").token
}

/// Returns the hotel's n-th user without a desk, who writes as the web front end would.
pub async fn colleague(hotel: &DemoHotel, user: usize) -> Api {
    let server = Url::parse(&hotel.url()).expect("the hotel's address");
    let http = Http::new().expect("a client");
    Api::new(http, server, hotel.slug().to_owned(), token(hotel, user).await)
}
