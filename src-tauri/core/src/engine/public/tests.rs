use pusher::time::ManualClock;
use pusher::{ChannelName, Data, Event};
use serde_json::json;
use tokio::sync::broadcast;

use super::*;
use crate::account::Token;
use crate::hotel::Http;
use crate::views::Change;

const CHANNEL: &str = "hotel-killarney";

/// Returns an engine for a server that cannot be reached, and the changes that its database announces.
fn engine(folder: &tempfile::TempDir) -> (Arc<PublicEngine>, broadcast::Receiver<Change>) {
    let (announce, changes) = broadcast::channel(1024);
    let environment = Environment::with_seed(ManualClock::new(Duration::ZERO).shared(), 1);
    let store = Store::open(&folder.path().join("desk.sqlite"), announce).unwrap().store;
    let media = MediaCache::open(folder.path().join("media")).unwrap();
    let server = "http://127.0.0.1:9".parse().unwrap();
    let api = Api::new(Http::new().unwrap(), server, "killarney".to_owned(), Token::new(""));
    (PublicEngine::new("killarney".into(), LocalData { store, media }, environment, api), changes)
}

fn retitled(title: &str) -> Notice {
    let fields = json!({"action": "updated", "offer": {
        "id": 7, "title": title, "short_description": "Two nights", "details_text": "", "details_html": "",
        "valid_from": null, "valid_to": null, "tag": "", "book_now_url": "", "photo": null, "photo_url": null,
        "sort_order": 0, "is_active": true, "created_at": "2026-11-20T22:57:00Z",
    }});
    Notice::Event(Event {
        channel: ChannelName::parse(CHANNEL, 164).unwrap(),
        name: "offer-updated".into(),
        data: Data::Plain(fields),
        user_id: None,
        received_at: Duration::ZERO,
    })
}

#[tokio::test]
async fn a_burst_of_events_is_stored_at_once_and_the_last_one_stands() {
    let folder = tempfile::tempdir().unwrap();
    let (engine, mut changes) = engine(&folder);
    engine.known().numbers.are_the_hotels = false;
    engine.take_together([retitled("Golf break")], CHANNEL).await;
    while changes.try_recv().is_ok() {}

    let burst = (1..=200).map(|number| retitled(&format!("Golf break {number}")));
    engine.take_together(burst, CHANNEL).await;
    let offers = engine.store.read(|db| entities::all(db, Kind::Offer)).await.unwrap();
    let titles: Vec<_> = offers.iter().filter_map(|row| row.latest()).map(ServerCopy::title).collect();
    assert_eq!(titles, ["Golf break 200"], "the offer is known by the number of its first event");
    let announced: Vec<Change> = std::iter::from_fn(|| changes.try_recv().ok()).collect();
    let of_offers = announced.iter().filter(|change| matches!(change, Change::Entities { .. })).count();
    assert_eq!(of_offers, 1, "the list is announced once: {announced:?}");
}
