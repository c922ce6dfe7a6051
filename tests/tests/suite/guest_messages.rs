//! A guest's message becomes one activity for each person who is signed in, whichever channel brings it.

use demo_hotel::{DemoHotel, Options};
use desk_tests::TestDesk;
use desk_tests::guest::{ROOM_101, writes};
use desk_tests::test_desk::colleague;
use hotelmate_core::hotel::dialect::Generation;
use hotelmate_core::views::{Activity, ActivityKind, ChannelState, EventEntry, EventOutcome, SignOutChoice};
use serde_json::{Value, json};

const MANAGER: usize = 0;
/// Rory and Aoife.
const RECEPTIONIST: usize = 1;
const OTHER_RECEPTIONIST: usize = 2;

const TOWELS: &str = "Could we have two more towels?";
const REPORTED: &str = "Guest in room 101: “Could we have two more towels?”";
const EVENT: &str = "new-guest-message";

async fn own_channel(hotel: &DemoHotel, user: usize) -> String {
    let me = colleague(hotel, user).await.me().await.unwrap();
    Generation::First.own_channel(hotel.slug(), me.profile.staff_id).unwrap()
}

/// Waits until a channel has this number of listeners.
async fn until_listeners(hotel: &DemoHotel, test_desk: &TestDesk, channel: &str, count: usize) {
    test_desk.until(channel, || async { (hotel.listeners(channel) == count).then_some(()) }).await;
}

/// A hotel, and a desk that listens to the channel of its person.
async fn desk_of(user: usize) -> (DemoHotel, TestDesk, String) {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    let test_desk = TestDesk::at(&hotel, user).await;
    test_desk.until_live().await;
    let channel = own_channel(&hotel, user).await;
    until_listeners(&hotel, &test_desk, &channel, 1).await;
    (hotel, test_desk, channel)
}

async fn of_guests(test_desk: &TestDesk) -> Vec<Activity> {
    let mut activities = test_desk.activities().await;
    activities.retain(|activity| activity.kind == ActivityKind::GuestMessage);
    activities.reverse();
    activities
}

async fn reported(test_desk: &TestDesk) -> Vec<String> {
    of_guests(test_desk).await.into_iter().map(|activity| activity.text).collect()
}

async fn until_toast(test_desk: &TestDesk, count: usize) -> Vec<String> {
    test_desk
        .until("what guests wrote", || async {
            Some(reported(test_desk).await).filter(|reported| reported.len() >= count)
        })
        .await
}

/// Waits until every event that came over the channel before has been handled.
async fn fence(hotel: &DemoHotel, test_desk: &TestDesk, channel: &str, name: &str) {
    hotel.publish(channel, name, &json!({}));
    until_logged(test_desk, |entry| entry.event == name).await;
}

async fn until_logged(test_desk: &TestDesk, wanted: impl Fn(&EventEntry) -> bool) -> EventEntry {
    test_desk
        .until("an entry of the event log", || async {
            test_desk.desk.event_log(0).entries.into_iter().find(|entry| wanted(entry))
        })
        .await
}

/// Returns a guest's message as it is in an event.
fn message(id: i64, text: &str) -> Value {
    json!({"id": id, "conversation": 1, "room_number": 101, "sender_type": "guest", "staff": null,
        "staff_name": "<method-wrapper '__str__' of NoneType object at 0x7f3a5c0b1d30>",
        "guest_name": "Mary O'Brien", "message": text, "attachments": []})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receptionist_and_a_manager_are_led_to_the_conversation_in_which_a_guest_wrote() {
    let (hotel, test_desk, _) = desk_of(RECEPTIONIST).await;
    let manager = TestDesk::at(&hotel, MANAGER).await;
    let theirs = own_channel(&hotel, MANAGER).await;
    until_listeners(&hotel, &manager, &theirs, 1).await;
    until_listeners(&hotel, &manager, "killarney-conversation-1-chat", 2).await;
    writes(&hotel, ROOM_101, TOWELS).await;
    assert_eq!(until_toast(&test_desk, 1).await, [REPORTED]);
    let activity = of_guests(&test_desk).await.remove(0);
    let conversations = test_desk.desk.conversations().await.unwrap().conversations;
    let room = conversations.iter().find(|one| one.room == "101").unwrap();
    assert_eq!(activity.entity, Some(room.id));
    // The hotel sends a manager no event on the person's own channel (contract.md 8.4).
    assert_eq!(until_toast(&manager, 1).await, [REPORTED]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_told_once_however_often_it_comes_over_reconnects_and_restarts() {
    let (hotel, test_desk, channel) = desk_of(RECEPTIONIST).await;
    let whole = writes(&hotel, ROOM_101, TOWELS).await;
    until_toast(&test_desk, 1).await;
    hotel.publish(&channel, EVENT, &whole);
    hotel.publish(&channel, EVENT, &whole);
    hotel.close_sockets(4200);
    until_listeners(&hotel, &test_desk, &channel, 0).await;
    until_listeners(&hotel, &test_desk, &channel, 1).await;
    hotel.publish(&channel, EVENT, &whole);
    fence(&hotel, &test_desk, &channel, "fence").await;
    assert_eq!(reported(&test_desk).await, [REPORTED]);

    let test_desk = test_desk.restart().await;
    until_listeners(&hotel, &test_desk, &channel, 1).await;
    hotel.publish(&channel, EVENT, &whole);
    // Another message with the same words is another message.
    writes(&hotel, ROOM_101, TOWELS).await;
    assert_eq!(until_toast(&test_desk, 2).await, [REPORTED, REPORTED]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_foreign_badly_formed_or_no_guests_is_logged_and_not_told() {
    let (hotel, test_desk, channel) = desk_of(RECEPTIONIST).await;
    let mut foreign = message(1, "Next door");
    foreign["hotel_slug"] = hotel.neighbour_slug().into();
    let mut of_staff = message(2, "From a colleague");
    of_staff["sender_type"] = "staff".into();
    let sent = [
        (foreign, EventOutcome::Foreign),
        (of_staff, EventOutcome::Unknown),
        (json!({"sender_type": "guest", "message": 5}), EventOutcome::Unreadable),
        (message(3, "Ours"), EventOutcome::Applied),
    ];
    for (data, _) in &sent {
        hotel.publish(&channel, EVENT, data);
    }
    assert_eq!(until_toast(&test_desk, 1).await, ["Guest in room 101: “Ours”"]);
    // Messages on the hotel's channel are ignored.
    hotel.publish("hotel-killarney", EVENT, &message(4, "On the wrong channel"));
    hotel.publish(&channel, "offer-deleted", &json!({"offer_id": 1, "offer_title": "On the wrong channel"}));
    let wrong = until_logged(&test_desk, |entry| entry.event == "offer-deleted").await;
    assert_eq!(wrong.outcome, EventOutcome::Unknown);
    let outcomes: Vec<EventOutcome> = test_desk
        .desk
        .event_log(0)
        .entries
        .into_iter()
        .filter(|entry| entry.event == EVENT)
        .map(|entry| entry.outcome)
        .collect();
    let expected = sent.iter().map(|(_, outcome)| *outcome).chain([EventOutcome::Unknown]);
    assert_eq!(outcomes, expected.collect::<Vec<_>>());
    assert_eq!((reported(&test_desk).await.len(), test_desk.desk.foreign_events()), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_masked_in_the_event_log_until_somebody_reveals_it() {
    let (hotel, test_desk, channel) = desk_of(RECEPTIONIST).await;
    writes(&hotel, ROOM_101, TOWELS).await;
    let entry = until_logged(&test_desk, |entry| entry.event == EVENT).await;
    assert_eq!((entry.outcome, entry.channel.as_deref()), (EventOutcome::Applied, Some(channel.as_str())));
    assert!(entry.masked);
    for personal in ["towels", "Mary", "O'Brien"] {
        assert!(!entry.data.contains(personal), "{}", entry.data);
    }
    assert!(test_desk.desk.reveal_event(entry.seq).unwrap().contains(TOWELS));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_diagnostics_list_the_persons_own_channel_and_those_of_conversations_beside_the_hotels() {
    let (hotel, test_desk, own) = desk_of(RECEPTIONIST).await;
    writes(&hotel, ROOM_101, TOWELS).await;
    until_toast(&test_desk, 1).await;
    let shown = test_desk
        .until("both channels", || async {
            let channels = test_desk.desk.diagnosis().await.channels;
            let stand = channels.iter().all(|channel| channel.state == ChannelState::Confirmed);
            (stand && channels.iter().any(|channel| channel.events > 0)).then_some(channels)
        })
        .await;
    let shown: Vec<_> = shown.iter().map(|channel| channel.name.as_str()).collect();
    for expected in ["hotel-killarney", own.as_str(), "killarney-conversation-1-chat"] {
        assert!(shown.contains(&expected), "{expected:?} in {shown:?}");
    }
    assert_eq!(hotel.open_sockets(), 1, "all over one socket");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_channel_goes_with_the_sign_in_and_the_next_person_hears_their_own_only() {
    let (hotel, test_desk, first) = desk_of(RECEPTIONIST).await;
    let second = own_channel(&hotel, OTHER_RECEPTIONIST).await;
    test_desk.desk.sign_out(SignOutChoice::Discard).await.unwrap();
    until_listeners(&hotel, &test_desk, &first, 0).await;

    let next = hotel.users().swap_remove(OTHER_RECEPTIONIST);
    test_desk.desk.sign_in(&hotel.url(), &next.username, &next.password).await.unwrap();
    until_listeners(&hotel, &test_desk, &second, 1).await;
    assert_eq!(hotel.listeners(&first), 0);
    hotel.publish(&first, EVENT, &message(900, "For the one before"));
    hotel.publish(&second, EVENT, &message(901, "For the next one"));
    assert_eq!(until_toast(&test_desk, 1).await, ["Guest in room 101: “For the next one”"]);
}
