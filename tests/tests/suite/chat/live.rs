//! Messages of guests and colleagues arrive at once, completely and once.

use demo_hotel::{Action, FaultPlan, Rule, StatusFault};
use desk_tests::TestDesk;
use desk_tests::guest::{ROOM_101, posts, writes};
use desk_tests::test_desk::{colleague, token};
use hotelmate_core::hotel::dialect::Generation;
use hotelmate_core::ids::ServerId;
use hotelmate_core::resources::Sender;
use hotelmate_core::views::{ActivityKind, MessageState};
use serde_json::json;

use super::{RECEPTIONIST, hotel, live_desk, messages, of_room, texts, until_message};

const CHAT: &str = "/api/chat";

#[tokio::test(flavor = "multi_thread")]
async fn conversations_are_listed_with_room_guest_last_text_and_unread_messages() {
    let hotel = hotel().await;
    writes(&hotel, ROOM_101, "Two towels, please").await;
    let test_desk = TestDesk::synced(&hotel).await;
    let list = test_desk.desk.conversations().await.unwrap();
    assert!(list.as_of.is_some() && list.unavailable.is_none());
    let first = &list.conversations[0];
    assert_eq!((first.room.as_str(), first.last_text.as_str()), ("101", "Two towels, please"));
    assert!(!first.guest.is_empty() && first.unread == 1 && list.unread == 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guests_message_shows_at_once_counts_as_unread_and_waits_for_an_answer() {
    let hotel = hotel().await;
    let (test_desk, conversation) = live_desk(&hotel).await;
    writes(&hotel, ROOM_101, "Two towels, please").await;
    let message = until_message(&test_desk, conversation, "the guest's message", |one| {
        one.text == "Two towels, please"
    })
    .await;
    assert_eq!(
        (message.sender, message.is_mine, message.state),
        (Sender::Guest, false, MessageState::AtHotel)
    );
    let shown = of_room(&test_desk, "101").await;
    assert!(shown.unread == 1 && shown.unanswered_since == Some(message.at), "{shown:?}");
    let activities = test_desk.activities().await;
    let toast = activities.iter().find(|one| one.kind == ActivityKind::GuestMessage).unwrap();
    assert_eq!(toast.entity, Some(conversation), "it leads to the conversation");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_message_is_stored_once_although_several_events_and_reads_bring_it() {
    let hotel = hotel().await;
    let (test_desk, conversation) = live_desk(&hotel).await;
    for number in 0..5 {
        writes(&hotel, ROOM_101, &format!("Message {number}")).await;
    }
    until_message(&test_desk, conversation, "the last message", |one| one.text == "Message 4").await;
    test_desk.desk.refresh_messages(conversation).await.unwrap();
    let list = messages(&test_desk, conversation).await;
    let ours: Vec<&str> = texts(&list).into_iter().filter(|text| text.starts_with("Message")).collect();
    assert_eq!(ours, ["Message 0", "Message 1", "Message 2", "Message 3", "Message 4"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_burst_of_two_thousand_messages_comes_whole_by_its_events_alone() {
    let hotel = hotel().await;
    let (test_desk, conversation) = live_desk(&hotel).await;
    test_desk.until_quiet(&hotel).await;
    // No read can bring a message that the events did not.
    let refused = Action::Status(StatusFault { code: 500, body: None });
    hotel.set_faults(FaultPlan::of([Rule::new(refused).method("GET").path("/api/*")])).unwrap();
    hotel.guest_bursts(ROOM_101, (1..=2000).map(|number| format!("Message {number}"))).await;
    test_desk
        .until("all messages", || async {
            let list = test_desk.desk.messages(conversation, 2500).await.unwrap();
            (texts(&list).iter().filter(|text| text.starts_with("Message")).count() == 2000).then_some(())
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_person_looks_at_is_marked_as_read_at_the_hotel_and_on_other_desks() {
    let hotel = hotel().await;
    let (test_desk, conversation) = live_desk(&hotel).await;
    let other = TestDesk::at(&hotel, super::OTHER_RECEPTIONIST).await;
    other.until_live().await;
    writes(&hotel, ROOM_101, "Two towels, please").await;
    test_desk
        .until("an unread message", || async { (of_room(&test_desk, "101").await.unread == 1).then_some(()) })
        .await;
    test_desk.desk.show_conversation(Some(conversation)).await.unwrap();
    for desk in [&test_desk, &other] {
        desk.until("no unread message", || async { (of_room(desk, "101").await.unread == 0).then_some(()) })
            .await;
    }
    let api = colleague(&hotel, RECEPTIONIST).await;
    let page = api.messages(Generation::First, ServerId(ROOM_101), None).await.unwrap();
    assert!(page.messages.iter().all(|message| !message.is_unread));
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_and_deletions_of_a_colleague_show_without_a_reload() {
    let hotel = hotel().await;
    let (test_desk, conversation) = live_desk(&hotel).await;
    let rory = colleague(&hotel, super::OTHER_RECEPTIONIST).await;
    let sent = rory.send_message(Generation::First, ServerId(ROOM_101), "At sevn", None).await.unwrap();
    until_message(&test_desk, conversation, "the colleague's message", |one| one.text == "At sevn").await;
    let token = token(&hotel, super::OTHER_RECEPTIONIST).await;
    let path = format!("{CHAT}/messages/{}/update/", sent.id);
    desk_tests::guest::asks(&hotel, "PATCH", &path, Some(token.expose()), &json!({"message": "At seven"}))
        .await;
    until_message(&test_desk, conversation, "the corrected text", |one| {
        one.text == "At seven" && one.is_edited
    })
    .await;
    let path = format!("{CHAT}/messages/{}/delete/", sent.id);
    desk_tests::guest::asks(&hotel, "DELETE", &path, Some(token.expose()), &json!({})).await;
    until_message(&test_desk, conversation, "the deletion", |one| one.id == Some(sent.id) && one.is_deleted)
        .await;
    let path = format!("{CHAT}/messages/{}/delete/?hard_delete=true", sent.id);
    desk_tests::guest::asks(&hotel, "DELETE", &path, Some(token.expose()), &json!({})).await;
    test_desk
        .until("the message is gone", || async {
            let list = messages(&test_desk, conversation).await;
            list.messages.iter().all(|one| one.id != Some(sent.id)).then_some(())
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_events_lost_is_read_after_the_gap() {
    let hotel = hotel().await;
    let (test_desk, conversation) = live_desk(&hotel).await;
    test_desk.until_quiet(&hotel).await;
    hotel.set_faults(FaultPlan::of([Rule::new(Action::EventLost)])).unwrap();
    writes(&hotel, ROOM_101, "Is there anyone?").await;
    hotel.clear_faults();
    hotel.close_sockets(4200);
    until_message(&test_desk, conversation, "the lost message", |one| one.text == "Is there anyone?").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_conversation_appears_by_itself_and_is_opened_for_a_room_without_one() {
    let hotel = hotel().await;
    let (test_desk, _) = live_desk(&hotel).await;
    test_desk.until_quiet(&hotel).await;
    let known = test_desk.desk.conversations().await.unwrap().conversations;
    let room = (101..130).map(|room| room.to_string()).find(|room| known.iter().all(|one| one.room != *room));
    let room = room.unwrap();
    let token = token(&hotel, super::OTHER_RECEPTIONIST).await;
    let path = format!("{CHAT}/{}/conversations/from-room/{room}/", hotel.slug());
    posts(&hotel, &path, Some(token.expose()), &json!({})).await;
    let appeared = of_room(&test_desk, &room).await;
    assert_eq!(test_desk.desk.open_room_chat(&room).await.unwrap(), appeared.id);
    for room in ["no such room", "999"] {
        let failed = test_desk.desk.open_room_chat(room).await.unwrap_err();
        assert!(failed.message.contains(room), "{failed:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn older_messages_are_read_on_demand_until_the_first_one() {
    let hotel = hotel().await;
    for number in 0..120 {
        writes(&hotel, ROOM_101, &format!("Message {number}")).await;
    }
    let test_desk = TestDesk::synced(&hotel).await;
    let conversation = of_room(&test_desk, "101").await.id;
    test_desk.desk.refresh_messages(conversation).await.unwrap();
    let list = messages(&test_desk, conversation).await;
    assert!(list.has_older && list.messages.len() == 50, "{}", list.messages.len());
    let mut seen = list.messages.len();
    while messages(&test_desk, conversation).await.has_older {
        test_desk.desk.read_older_messages(conversation).await.unwrap();
        let now = messages(&test_desk, conversation).await.messages.len();
        assert!(now >= seen);
        seen = now;
    }
    let list = messages(&test_desk, conversation).await;
    let ours: Vec<&str> = texts(&list).into_iter().filter(|text| text.starts_with("Message")).collect();
    assert_eq!(ours, (0..120).map(|number| format!("Message {number}")).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_are_found_and_stay_readable_without_the_network_and_after_a_restart() {
    let hotel = hotel().await;
    writes(&hotel, ROOM_101, "Is the SAUNA open?").await;
    let test_desk = TestDesk::synced(&hotel).await;
    let conversation = of_room(&test_desk, "101").await.id;
    test_desk.desk.refresh_messages(conversation).await.unwrap();
    let found = test_desk.desk.find_messages("sauna").await.unwrap();
    assert_eq!((found.len(), found[0].conversation), (1, conversation));
    assert_eq!(test_desk.desk.find_messages("spa").await.unwrap(), []);
}
