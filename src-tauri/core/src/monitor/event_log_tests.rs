use pusher::ChannelName;
use serde_json::json;

use super::*;

const NOON_MS: u64 = 1_795_262_400_000;

/// Makes an event that arrived so many milliseconds after noon, by this computer's clock.
fn event(name: &str, data: Value, arrived_ms: i64) -> Event {
    Event {
        channel: ChannelName::parse("hotel-killarney", 164).unwrap(),
        name: name.to_owned(),
        data: Data::Plain(data),
        user_id: None,
        received_at: Duration::from_millis(NOON_MS.checked_add_signed(arrived_ms).unwrap()),
    }
}

/// Returns the time so many milliseconds after noon, and after the program's start.
fn at(ms: u64) -> Now {
    Now { monotonic: Duration::from_millis(50_000 + ms), wall: Duration::from_millis(NOON_MS + ms) }
}

fn noon_of_the_hotel() -> Value {
    json!({"timestamp": "2026-11-21T12:00:00+00:00"})
}

#[test]
fn the_three_durations_of_an_event_are_told_although_the_clocks_differ_by_minutes() {
    let mut ring = Ring::default();
    // The hotel's clock is four minutes ahead: its noon is 11:56 here. The event was 80 ms under way.
    let event = event("gallery-updated", noon_of_the_hotel(), -240_000 + 80);
    let stored =
        Now { monotonic: Duration::from_secs(50), wall: event.received_at + Duration::from_millis(12) };
    let seq = ring.add_event(&event, EventOutcome::Applied, stored);
    let drawn = Now { monotonic: stored.monotonic + Duration::from_millis(30), ..stored };
    assert!(ring.note_shown(seq, drawn));
    let entry = ring.after(0, Some(240_000)).entries.remove(0);
    assert_eq!((entry.hotel_ms, entry.stored_ms, entry.shown_ms), (Some(80), Some(12), Some(42)));
    let latency = ring.latency(Some(240_000)).unwrap();
    assert_eq!((latency.events, latency.hotel_ms, latency.stored_ms), (1, Some(80), 12));
    assert_eq!((latency.shown_ms, latency.slowest_shown_ms), (Some(42), Some(42)));
}

#[test]
fn without_the_difference_of_the_clocks_nothing_is_said_about_the_way_from_the_hotel() {
    let mut ring = Ring::default();
    ring.add_event(&event("gallery-updated", noon_of_the_hotel(), 80), EventOutcome::Applied, at(90));
    assert_eq!(ring.after(0, None).entries[0].hotel_ms, None);
    assert_eq!(ring.after(0, Some(0)).entries[0].hotel_ms, Some(80));
}

#[test]
fn a_time_that_is_not_that_of_the_event_is_not_taken_for_it() {
    let mut ring = Ring::default();
    let long_ago = json!({"timestamp": "2025-11-25T12:00:00Z"});
    let made = event("offer-image-updated", noon_of_the_hotel(), 80);
    for event in
        [made, event("offer-updated", long_ago, 80), event("offer-updated", json!({"timestamp": null}), 80)]
    {
        ring.add_event(&event, EventOutcome::Applied, at(90));
    }
    assert!(ring.after(0, Some(0)).entries.iter().all(|entry| entry.hotel_ms.is_none()));
}

#[test]
fn a_screen_is_drawn_once_and_only_by_what_changed_something() {
    let mut ring = Ring::default();
    let unknown = ring.add_event(&event("rain", json!({}), 0), EventOutcome::Unknown, at(1));
    assert!(!ring.note_shown(unknown, at(5)));
    let applied = ring.add_event(&event("offers-updated", json!({}), 0), EventOutcome::Applied, at(1));
    assert!(ring.note_shown(applied, at(5)));
    assert!(!ring.note_shown(applied, at(9)));
    assert!(!ring.note_shown(4711, at(9)));
    assert_eq!(ring.latency(None).unwrap().shown_ms, Some(5));
}

#[test]
fn the_newest_five_hundred_are_kept_and_told_from_any_number_on() {
    let mut ring = Ring::default();
    for n in 0..620_i64 {
        ring.add_event(&event("offers-updated", json!({"id": n}), n), EventOutcome::Applied, at(700));
    }
    let log = ring.after(0, None);
    assert_eq!((log.entries.len(), log.entries[0].seq, log.newest), (500, 121, 620));
    let seqs: Vec<u32> = ring.after(618, None).entries.iter().map(|entry| entry.seq).collect();
    assert_eq!(seqs, [619, 620]);
}

#[test]
fn what_is_personal_is_masked_until_it_is_revealed() {
    let mut ring = Ring::default();
    let seq = ring.add_event(
        &event("new-message", json!({"id": 4, "guest_name": "Mary O'Brien"}), 0),
        EventOutcome::Unknown,
        at(1),
    );
    let entry = ring.after(0, None).entries.remove(0);
    assert!(entry.masked);
    assert!(entry.data.contains("\"id\": 4") && !entry.data.contains("Mary"), "{}", entry.data);
    assert!(ring.reveal(seq).unwrap().contains("Mary O'Brien"));
    assert_eq!(ring.reveal(seq + 1), None);
}

#[test]
fn data_that_is_no_json_is_masked_as_a_whole() {
    let mut ring = Ring::default();
    let text = Event { data: Data::Text("Mary O'Brien".into()), ..event("note", Value::Null, 0) };
    let seq = ring.add_event(&text, EventOutcome::Unknown, at(1));
    let entry = ring.after(0, None).entries.remove(0);
    assert!(entry.masked && !entry.data.contains("Mary"), "{}", entry.data);
    assert_eq!(ring.reveal(seq).unwrap(), "\"Mary O'Brien\"");
}

#[test]
fn very_large_data_is_counted_and_not_kept() {
    let mut ring = Ring::default();
    let seq = ring.add_event(
        &event("offer-updated", json!({"text": "x".repeat(200_000)}), 0),
        EventOutcome::Applied,
        at(1),
    );
    let entry = ring.after(0, None).entries.remove(0);
    assert!(entry.bytes > 200_000 && entry.data.len() < 100);
    assert!(ring.reveal(seq).unwrap().len() < 100);
}

#[test]
fn what_happened_to_the_connection_stands_between_the_events() {
    let mut ring = Ring::default();
    let cause = json!({"kind": "reset", "attempt": 1});
    ring.add_happening("No connection: reset".into(), None, cause, at(3));
    let entry = ring.after(0, None).entries.remove(0);
    assert_eq!((entry.outcome, entry.channel, entry.masked), (EventOutcome::Connection, None, false));
    assert!(entry.data.contains("\"kind\": \"reset\""));
    assert_eq!(ring.latency(None), None, "it is no event");
}
