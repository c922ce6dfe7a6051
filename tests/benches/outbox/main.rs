//! Drains a full outbox: the number of requests for an edit, and the whole time beside a floor.
//!
//! - **Desk**: [`edits`] edits, each of another offer, were accepted without a network. Then the desk starts as in the
//!   application, with the live channel open, and sends them all, every step written to a real disk.
//! - **Floor**: a loop without a database that reads and changes as many offers of an equal hotel, as many at a
//!   time as the desk does.
//!
//! Every request that names one offer counts for the edits, also those that confirm events afterwards. Reads of the
//! whole list are counted apart, since they do not grow with the edits.

#![expect(clippy::expect_used, reason = "what cannot be measured is not reported")]

use std::time::Duration;

use demo_hotel::{DemoHotel, Options};
use desk_tests::figures::{Line, limit_trial, sized};
use desk_tests::test_desk;
use futures_util::{StreamExt, stream};
use hotelmate_core::desk::{Desk, Mode};
use hotelmate_core::ids::ServerId;
use hotelmate_core::records::{FieldEdit, FieldValue};
use hotelmate_core::resources::Kind;
use hotelmate_core::views::{LiveState, OfferQuery};
use pusher::{Clock, SystemClock};

/// The number of queued edits.
fn edits() -> usize {
    sized(1000, 3)
}

/// The number of offers on which the desk works at the same time.
const LANES: usize = 4;

/// Requests after the outbox is empty belong to the edits too: events are confirmed within three seconds.
const AFTERWARDS: Duration = Duration::from_secs(5);

/// The result of a run.
struct Drained {
    milliseconds: f64,
    /// Requests that name one offer.
    single: usize,
    /// Requests for a page of the list.
    pages: usize,
}

#[tokio::main]
async fn main() {
    limit_trial();
    let clock = SystemClock::new();
    let desk = drain(&clock).await;
    let floor = loop_only(&clock).await;
    let profile = if cfg!(debug_assertions) { "development" } else { "release" };
    let edits = edits();
    println!("\nDraining {edits} edits beside a bare loop in the same run ({profile} build)");
    println!("{}", Line::titles());
    println!("{}", Line::of("queue to empty", "ms", desk.milliseconds, floor.milliseconds));
    let each = |requests: usize| requests as f64 / edits as f64;
    println!("{:36}{:>12.3}{:>12.3}", "requests for an edit", each(desk.single), each(floor.single));
    println!("{:36}{:>12}{:>12}", "pages of the list, in all", desk.pages, floor.pages);
}

async fn hotel() -> DemoHotel {
    DemoHotel::start(Options::default().seed(7).offers(edits())).await.expect("the hotel opens")
}

async fn drain(clock: &SystemClock) -> Drained {
    let hotel = hotel().await;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let settings = test_desk::settings(&hotel, 0, folder.path().to_owned()).await;
    let desk = Desk::open(settings.clone(), Mode::Manual).await.expect("the desk opens");
    desk.sync_until_quiet().await.expect("the desk reads the hotel");
    let offers = desk.offers(OfferQuery::default()).await.expect("the list").offers;
    for (number, offer) in offers.into_iter().take(edits()).enumerate() {
        let was = FieldValue::of("title", offer.fields.text("title"));
        let now = FieldValue::of("title", format!("Drained {number}"));
        desk.edit(offer.local_id, vec![FieldEdit { was, now }]).await.expect("the edit is queued");
    }
    desk.close().await;

    hotel.reset_requests();
    let began = clock.monotonic();
    let desk = Desk::open(settings, Mode::Full).await.expect("the desk opens again");
    let mut changes = desk.changes();
    loop {
        let status = desk.status().await;
        if status.waiting + status.saving == 0 && status.live == LiveState::Live {
            break;
        }
        // A feed that was too slow to be read fails, and there is a change in any case.
        let _ = changes.recv().await;
    }
    let took = clock.monotonic() - began;
    clock.sleep(AFTERWARDS).await;
    let drained = counted(&hotel, took);
    desk.close().await;
    let rows = hotel.offers();
    let drained_title =
        |row: &&serde_json::Value| row["title"].as_str().is_some_and(|title| title.starts_with("Drained"));
    assert_eq!(rows.iter().filter(drained_title).count(), edits(), "every edit is at the hotel");
    hotel.stop().await;
    drained
}

async fn loop_only(clock: &SystemClock) -> Drained {
    let hotel = hotel().await;
    let api = test_desk::colleague(&hotel, 0).await;
    let ids: Vec<i64> = hotel.offers().iter().filter_map(|row| row["id"].as_i64()).take(edits()).collect();
    hotel.reset_requests();
    let began = clock.monotonic();
    stream::iter(ids)
        .for_each_concurrent(LANES, |id| {
            let api = api.clone();
            async move {
                api.entity(Kind::Offer, ServerId(id)).await.expect("the offer is read");
                let title = FieldValue::of("title", format!("Drained {id}"));
                api.edit(Kind::Offer, ServerId(id), &[title]).await.expect("the change is taken");
            }
        })
        .await;
    let drained = counted(&hotel, clock.monotonic() - began);
    hotel.stop().await;
    drained
}

fn counted(hotel: &DemoHotel, took: Duration) -> Drained {
    let requests = hotel.requests();
    let offers = || requests.iter().filter(|request| request.path.contains("/offers/"));
    let is_page = |path: &str| path.split('?').next().is_some_and(|path| path.ends_with("/offers/"));
    let pages = offers().filter(|request| is_page(&request.path)).count();
    Drained { milliseconds: took.as_secs_f64() * 1e3, single: offers().count() - pages, pages }
}
