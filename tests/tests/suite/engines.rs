//! Engines without a desk: several in one process, and one on a full disk.

use std::sync::Arc;
use std::time::Duration;

use demo_hotel::{Action, DemoHotel, FaultPlan, Options, Rule, StatusFault};
use desk_tests::clock::FastClock;
use hotelmate_core::account::Account;
use hotelmate_core::engine::{Engine, LocalData};
use hotelmate_core::environment::Environment;
use hotelmate_core::error::ErrorCode;
use hotelmate_core::hotel::{Api, Http, login};
use hotelmate_core::ids::ServerId;
use hotelmate_core::media::MediaCache;
use hotelmate_core::monitor::Monitor;
use hotelmate_core::outbox::fresh::Fresh;
use hotelmate_core::outbox::queue;
use hotelmate_core::records::{FieldEdit, FieldValue};
use hotelmate_core::resources::Kind;
use hotelmate_core::store::{Store, Tx, entities, intents};
use jiff::tz::TimeZone;
use pusher::time::Clock;
use tokio::sync::broadcast;
use url::Url;

/// A running engine of one account, and its folder.
struct Running {
    engine: Arc<Engine>,
    /// The hotel's API, with this account's sign-in.
    api: Api,
    _folder: tempfile::TempDir,
}

impl Running {
    async fn start(hotel: &DemoHotel, user: usize, clock: &FastClock) -> Self {
        let environment = Environment::with_seed(Arc::new(clock.clone()), user as u64 + 7);
        let server = Url::parse(&hotel.url()).unwrap();
        let user = hotel.users().swap_remove(user);
        let http = Http::with_clock(Arc::new(clock.clone())).unwrap();
        let login = login(&http, &server, &user.username, &user.password).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let (feed, _) = broadcast::channel(64);
        let store = Store::open(&folder.path().join("desk.sqlite"), feed.clone()).unwrap().store;
        let media = MediaCache::open(folder.path().join("media")).unwrap();
        let account = Account {
            server: server.clone(),
            hotel_slug: login.hotel_slug.clone(),
            hotel_name: login.hotel_name,
            staff_id: login.staff_id,
            username: login.username,
        };
        let api = Api::new(http, server, login.hotel_slug, login.token);
        let monitor = Monitor::new(environment.clone(), feed, Arc::default());
        let kept = LocalData { store, media };
        let engine = Engine::new(account, kept, environment, TimeZone::UTC, api.clone(), monitor);
        engine.start(None);
        Self { engine, api, _folder: folder }
    }

    fn fresh(&self) -> Fresh {
        let environment = &self.engine.environment;
        Fresh {
            local: environment.local_id(),
            first: environment.intent_id(),
            second: environment.intent_id(),
            now: environment.now(),
        }
    }

    async fn offer(&self, title: &str) {
        let fresh = self.fresh();
        let content =
            Kind::Offer.table().blank().with("title", title).with("short_description", "For this test.");
        let create = move |tx: &mut Tx<'_>| queue::create(tx, fresh, Kind::Offer, content, None);
        self.engine.queue(create).await.unwrap();
    }
}

/// An engine on a database whose size the test limits.
struct Bench {
    hotel: DemoHotel,
    clock: FastClock,
    running: Running,
}

impl Bench {
    async fn set_up() -> Self {
        let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
        // The clock is slow enough that a desk that asks without a pause makes many requests in a minute of its own
        // time.
        let clock = FastClock::of_speed(20);
        let running = Running::start(&hotel, 0, &clock).await;
        Self { hotel, clock, running }
    }

    /// Calls `look` again and again while the desk's time passes.
    async fn until<T>(&self, what: &str, look: impl AsyncFn() -> Option<T>) -> T {
        for _ in 0..4_000 {
            if let Some(found) = look().await {
                return found;
            }
            self.clock.sleep(Duration::from_secs(1)).await;
        }
        panic!("waited in vain for {what}: {:#?}", self.running.engine.connectivity.state());
    }

    /// Limits the database to this number of pages. A number below its present one leaves no free space.
    async fn limit(&self, pages: u32) {
        let pragma = format!("PRAGMA max_page_count = {pages}");
        let set = self.running.engine.store.write(move |tx| {
            let _: i64 = tx.query_row(&pragma, [], |row| row.get(0))?;
            Ok(())
        });
        set.await.unwrap();
    }

    fn is_reported(&self) -> bool {
        self.running
            .engine
            .connectivity
            .state()
            .notices
            .iter()
            .any(|notice| notice.code == ErrorCode::DiskFull)
    }

    fn reads_of(&self, id: ServerId) -> usize {
        let one = format!("/offers/{id}/");
        self.hotel.requests().iter().filter(|r| r.method == "GET" && r.path.ends_with(&one)).count()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_intent_that_cannot_be_noted_on_a_full_disk_goes_out_by_itself_once_there_is_room() {
    let bench = Bench::set_up().await;
    let store = &bench.running.engine.store;
    let first = async || {
        store.read(|db| entities::all(db, Kind::Offer)).await.unwrap().into_iter().find_map(|row| row.base)
    };
    let known = bench.until("the list", first).await;
    // The intent waits while its offer cannot be read; meanwhile a colleague makes the offer a large one.
    let busy = Action::Status(StatusFault { code: 503, body: None });
    bench.hotel.set_faults(FaultPlan::of([Rule::new(busy).method("GET").path("*/offers/*")])).unwrap();
    let fresh = bench.running.fresh();
    let id = known.id();
    let now = FieldValue::of("tag", "LocalData");
    let edit = FieldEdit { was: known.fields().in_place_of(&now), now };
    store
        .write(move |tx| {
            let row = entities::by_server_id(tx, Kind::Offer, id)?.expect("a known offer");
            queue::edit(tx, fresh, row.local_id, vec![edit])
        })
        .await
        .unwrap();
    let api = &bench.running.api;
    api.edit(Kind::Offer, id, &[FieldValue::of("details_text", "x".repeat(400_000))]).await.unwrap();
    bench.limit(1).await;
    bench.hotel.clear_faults();

    bench.until("the word about the disk", async || bench.is_reported().then_some(())).await;

    let before = bench.reads_of(id);
    bench.clock.sleep(Duration::from_secs(60)).await;
    let reads = bench.reads_of(id) - before;
    assert!(reads <= 20, "the offer was read {reads} times in a minute");
    assert_eq!(store.read(intents::all).await.unwrap().len(), 1, "the wish is kept");

    bench.limit(1_000_000).await;
    let arrived = async || {
        let rows = bench.hotel.offers();
        rows.iter().any(|row| row["id"] == id.0 && row["tag"] == "LocalData").then_some(())
    };
    bench.until("the wish at the hotel", arrived).await;
    bench
        .until("an empty outbox", async || store.read(intents::all).await.unwrap().is_empty().then_some(()))
        .await;
    bench.until("silence about the disk", async || (!bench.is_reported()).then_some(())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn engines_of_two_accounts_send_side_by_side_and_one_goes_on_when_the_other_stops() {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    let clock = FastClock::default();
    let (first, second) = (Running::start(&hotel, 0, &clock).await, Running::start(&hotel, 1, &clock).await);
    let count = |title: &str| hotel.offers().iter().filter(|offer| offer["title"] == title).count();
    let arrives = async |title: &str| {
        for _ in 0..4_000 {
            if count(title) > 0 {
                return;
            }
            clock.sleep(Duration::from_secs(1)).await;
        }
        panic!("waited in vain for {title}");
    };
    first.offer("Of the first").await;
    second.offer("Of the second").await;
    arrives("Of the first").await;
    arrives("Of the second").await;

    first.engine.stop().await;
    first.offer("Of the first, stopped").await;
    second.offer("Of the second, alone").await;
    arrives("Of the second, alone").await;
    assert_eq!(count("Of the first, stopped"), 0, "its engine has stopped");
    first.engine.start(None);
    arrives("Of the first, stopped").await;
    assert_eq!((count("Of the first"), count("Of the second")), (1, 1));
}
