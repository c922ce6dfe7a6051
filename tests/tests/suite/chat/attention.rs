//! The ways in which the desk draws attention to a guest, and the ways to stop that.

use desk_tests::TestDesk;
use desk_tests::guest::{ROOM_101, posts, writes};
use desk_tests::test_desk::{colleague, token};
use hotelmate_core::hotel::dialect::Generation;
use hotelmate_core::ids::ServerId;
use hotelmate_core::views::ActivityKind;
use serde_json::json;

use super::{OTHER_RECEPTIONIST, hotel, live_desk, of_room, until_message};

/// A manager, to whom the hotel sends no event about guests' messages on the personal channel.
const MANAGER: usize = 0;

async fn guests_messages(test_desk: &TestDesk) -> usize {
    let activities = test_desk.activities().await;
    activities.iter().filter(|one| one.kind == ActivityKind::GuestMessage).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_in_a_muted_conversation_is_listed_and_announced_nowhere() {
    let hotel = hotel().await;
    let (test_desk, conversation) = live_desk(&hotel).await;
    test_desk.desk.mute_conversation(conversation, true).await.unwrap();
    writes(&hotel, ROOM_101, "Quiet, please").await;
    until_message(&test_desk, conversation, "the message", |one| one.text == "Quiet, please").await;
    let shown = of_room(&test_desk, "101").await;
    assert!(shown.is_muted && shown.unread == 1, "{shown:?}");
    assert_eq!(test_desk.desk.conversations().await.unwrap().unread, 0, "the sum leaves it out");
    assert_eq!(test_desk.desk.status().await.unread_messages, 0);
    assert_eq!(guests_messages(&test_desk).await, 0);

    test_desk.desk.mute_conversation(conversation, false).await.unwrap();
    writes(&hotel, ROOM_101, "Hello again").await;
    until_message(&test_desk, conversation, "the next message", |one| one.text == "Hello again").await;
    assert_eq!(guests_messages(&test_desk).await, 1, "only the new one");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_a_colleague_reads_is_no_longer_counted_anywhere() {
    let hotel = hotel().await;
    let (test_desk, conversation) = live_desk(&hotel).await;
    let other = TestDesk::at(&hotel, OTHER_RECEPTIONIST).await;
    other.until_live().await;
    writes(&hotel, ROOM_101, "Two towels, please").await;
    until_message(&test_desk, conversation, "the message", |one| one.text == "Two towels, please").await;
    let counts = || async {
        let status = test_desk.desk.status().await;
        (status.unread, status.unread_messages)
    };
    test_desk.until("two counts", || async { (counts().await == (1, 1)).then_some(()) }).await;
    let there = of_room(&other, "101").await.id;
    other.desk.show_conversation(Some(there)).await.unwrap();
    test_desk.until("no counts", || async { (counts().await == (0, 0)).then_some(()) }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_message_of_a_room_is_announced_to_a_manager_too() {
    let hotel = hotel().await;
    let test_desk = TestDesk::at(&hotel, MANAGER).await;
    test_desk.until_live().await;
    writes(&hotel, ROOM_101, "Two towels, please").await;
    let seen = || async { (guests_messages(&test_desk).await == 1).then_some(()) };
    test_desk.until("the activity", seen).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_names_the_colleague_who_answered_last() {
    let hotel = hotel().await;
    let (test_desk, conversation) = live_desk(&hotel).await;
    let rory = colleague(&hotel, OTHER_RECEPTIONIST).await;
    rory.send_message(Generation::First, ServerId(ROOM_101), "At once", None).await.unwrap();
    let answer = until_message(&test_desk, conversation, "the answer", |one| one.text == "At once").await;
    let shown = of_room(&test_desk, "101").await;
    let handler = shown.handler.unwrap();
    assert!(!answer.name.is_empty() && handler.name == answer.name);
    assert!(handler.has_answered && !handler.is_me, "{handler:?}");
    test_desk.desk.say(conversation, "Anything else?".to_owned(), None).await.unwrap();
    let is_mine = async || of_room(&test_desk, "101").await.handler.filter(|handler| handler.is_me);
    assert!(test_desk.until("my answer", is_mine).await.has_answered);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_who_takes_a_waiting_guest_over_without_an_answer_is_named() {
    let hotel = hotel().await;
    let (test_desk, _) = live_desk(&hotel).await;
    writes(&hotel, ROOM_101, "Two towels, please").await;
    let channel = format!("{}-room-101-chat", hotel.slug());
    let is_heard = async || (hotel.listeners(&channel) == 1).then_some(());
    test_desk.until("the channel of the room", is_heard).await;
    let token = token(&hotel, OTHER_RECEPTIONIST).await;
    let path = format!("/api/chat/{}/conversations/{ROOM_101}/assign-staff/", hotel.slug());
    posts(&hotel, &path, Some(token.expose()), &json!({})).await;
    let taken = async || of_room(&test_desk, "101").await.handler.filter(|handler| !handler.has_answered);
    let handler = test_desk.until("the colleague", taken).await;
    assert!(!handler.name.is_empty() && !handler.is_me);
    // Once the guest has an answer, and no person looks at the conversation, the channel is left.
    let rory = colleague(&hotel, OTHER_RECEPTIONIST).await;
    rory.send_message(Generation::First, ServerId(ROOM_101), "At once", None).await.unwrap();
    let is_left = async || (hotel.listeners(&channel) == 0).then_some(());
    test_desk.until("the channel is left", is_left).await;
}
