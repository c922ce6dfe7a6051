use std::time::Duration;

use pusher::time::ManualClock;
use pusher::{ChannelFailed, ChannelFailure, ChannelName, Data, Event};
use serde_json::{Value, json};

use super::*;
use crate::activity::entries;
use crate::engine::Engine;
use crate::engine::test_engine;
use crate::environment::Environment;
use crate::hotel::ApiError;
use crate::store::entities;
use crate::views::{ActivityKind, ActivityQuery};

fn engine(folder: &tempfile::TempDir, hotel: &str) -> Arc<Engine> {
    let environment = Environment::with_seed(ManualClock::new(Duration::ZERO).shared(), 1);
    test_engine::engine(folder, hotel, environment)
}

/// Returns the result of an event on a channel: the number of known offers and the number of dropped events.
async fn after(hotel: &str, channel: &str, data: Value) -> (usize, u32) {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(&folder, hotel);
    let event = Event {
        channel: ChannelName::parse(channel, 164).unwrap(),
        name: "offer-created".into(),
        data: Data::Plain(data),
        user_id: None,
        received_at: Duration::ZERO,
    };
    let mut heard = Heard::default();
    engine.follower.take_together([Notice::Event(event)], &mut heard).await;
    let known = engine.store.read(|db| entities::all(db, Kind::Offer)).await.unwrap().len();
    assert_eq!(engine.reader.due().is_some(), known > 0, "what is dropped is not read either");
    (known, engine.connectivity.state().foreign_events)
}

#[tokio::test]
async fn the_persons_own_channel_is_none_until_it_is_known_who_one_is() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(&folder, "killarney");
    let channels = ["hotel-killarney", "killarney-new-conversation", "killarney-staff-1-chat"];
    assert_eq!(Vec::from_iter(engine.follower.channels()), channels);
    engine.connectivity.change(|state| state.identity_open = true);
    assert_eq!(Vec::from_iter(engine.follower.channels()), ["hotel-killarney"]);
    let event = Event {
        channel: ChannelName::parse("killarney-staff-1-chat", 164).unwrap(),
        name: "new-guest-message".into(),
        data: Data::Plain(json!({"id": 1, "sender_type": "guest", "message": "Towels, please"})),
        user_id: None,
        received_at: Duration::ZERO,
    };
    let mut heard = Heard::default();
    engine.follower.take_together([Notice::Event(event.clone())], &mut heard).await;
    assert_eq!((engine.connectivity.state().foreign_events, guest_activities(&engine).await), (1, 0));
    engine.connectivity.change(|state| state.identity_open = false);
    engine.follower.take_together([Notice::Event(event)], &mut heard).await;
    assert_eq!((engine.connectivity.state().foreign_events, guest_activities(&engine).await), (1, 1));
    assert_eq!(engine.reader.due(), None, "there is nothing to read");
}

#[tokio::test]
async fn events_about_guests_that_cannot_be_stored_are_read_instead() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(&folder, "killarney");
    engine.store.write(|tx| Ok(tx.execute_batch("DROP TABLE guest_message")?)).await.unwrap();
    let message = |id: i64, conversation: i64| {
        Notice::Event(Event {
            channel: ChannelName::parse("killarney-staff-1-chat", 164).unwrap(),
            name: "new-guest-message".into(),
            data: Data::Plain(json!({
                "id": id, "conversation": conversation, "sender_type": "guest", "message": "Towels, please",
            })),
            user_id: None,
            received_at: Duration::ZERO,
        })
    };
    engine.follower.take_together([message(1, 7), message(2, 9)], &mut Heard::default()).await;
    assert_eq!(engine.follower.chat.planned(), (true, vec![ServerId(7), ServerId(9)]));
}

async fn guest_activities(engine: &Engine) -> usize {
    let query = ActivityQuery { kinds: vec![ActivityKind::GuestMessage], ..ActivityQuery::default() };
    engine.store.read(move |db| entries::list(db, &query)).await.unwrap().activities.len()
}

#[tokio::test]
async fn a_person_whose_own_channel_is_refused_still_hears_the_hotel() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(&folder, "killarney");
    let mut heard = Heard::default();
    engine.connectivity.change(|state| state.live = Some(LiveState::Live));
    let channel = ChannelName::parse("killarney-staff-1-chat", 164).unwrap();
    let failed = ChannelFailed { channel, reason: ChannelFailure::NotConfirmed, retrying: false };
    engine.follower.take_notice(Notice::ChannelFailed(failed), &mut heard).await;
    assert_eq!((engine.connectivity.state().live, heard.failed.len()), (Some(LiveState::Live), 1));
}

fn offer() -> Value {
    json!({"action": "created", "offer": {
        "id": 1, "title": "Boat trip", "short_description": "An hour on the lake", "details_text": "",
        "details_html": "", "valid_from": null, "valid_to": null, "tag": "", "book_now_url": "", "photo": null,
        "photo_url": null, "sort_order": 0, "is_active": true, "created_at": "2026-11-20T22:57:00Z",
    }})
}

#[tokio::test]
async fn an_event_of_the_hotels_own_channel_is_taken_in() {
    assert_eq!(after("killarney", "hotel-killarney", offer()).await, (1, 0));
    assert_eq!(after("hotel-killarney", "hotel-killarney", offer()).await, (1, 0));
}

#[tokio::test]
async fn an_event_of_another_channel_is_dropped_and_counted() {
    for channel in ["hotel-dingle", "killarney", "hotel-killarney2", "hotel-killarney.attendance"] {
        assert_eq!(after("killarney", channel, offer()).await, (0, 1), "{channel}");
    }
}

#[tokio::test]
async fn an_event_whose_data_name_another_hotel_is_dropped_and_counted() {
    for place in
        ["hotel_slug", "offer.hotel_slug", "meta.hotel_slug", "hotel.slug", "offer.list.0.hotel_slug"]
    {
        for (named, fate) in [("dingle", (0, 1)), ("killarney", (1, 0)), ("hotel-killarney", (1, 0))] {
            let mut data = offer();
            let mut at = &mut data;
            for step in place.split('.') {
                at = if step == "0" {
                    *at = json!([{}]);
                    &mut at[0]
                } else {
                    &mut at[step]
                };
            }
            *at = named.into();
            assert_eq!(after("killarney", "hotel-killarney", data).await, fate, "{named} at {place}");
        }
    }
}

#[tokio::test]
async fn a_number_in_place_of_a_hotel_says_nothing() {
    let mut data = offer();
    data["offer"]["hotel"] = 2.into();
    data["hotel_slug"] = Value::Null;
    assert_eq!(after("killarney", "hotel-killarney", data).await, (1, 0));
}

#[tokio::test]
async fn a_channel_whose_answer_is_late_is_no_refusal_and_one_that_comes_back_is_live() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(&folder, "killarney");
    let mut heard = Heard::default();
    let channel = ChannelName::parse("hotel-killarney", 164).unwrap();
    let failed = |retrying| {
        let reason = ChannelFailure::NotConfirmed;
        Notice::ChannelFailed(ChannelFailed { channel: channel.clone(), reason, retrying })
    };
    engine.connectivity.change(|state| state.live = Some(LiveState::Live));
    engine.follower.take_notice(failed(true), &mut heard).await;
    assert_eq!(engine.connectivity.state().live, Some(LiveState::Live));
    engine.follower.take_notice(failed(false), &mut heard).await;
    assert_eq!((engine.connectivity.state().live, heard.failed.len()), (Some(LiveState::Refused), 1));
    engine.follower.take_notice(Notice::Subscribed { channel: channel.clone() }, &mut heard).await;
    assert_eq!(
        (engine.connectivity.state().live, engine.connectivity.state().live_cause),
        (Some(LiveState::Live), None)
    );
    assert!(heard.failed.is_empty());
}

#[tokio::test]
async fn a_hotel_that_asks_to_be_left_alone_is_until_a_person_hurries() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(&folder, "killarney");
    engine.connectivity.failed(&ApiError::Busy { status: 429, retry_after: Some(Duration::from_secs(20)) });
    assert_eq!(engine.connectivity.must_not_read(), Some(Duration::from_secs(20)));
    engine.connectivity.reached();
    assert_eq!(engine.connectivity.must_not_read(), Some(Duration::from_secs(20)));
    engine.network_changed().await;
    assert_eq!(engine.connectivity.must_not_read(), Some(Duration::from_secs(20)));
    engine.hurry().await;
    assert_eq!(engine.connectivity.must_not_read(), None);
}
