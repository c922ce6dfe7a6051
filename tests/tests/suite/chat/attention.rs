//! The ways in which the desk draws attention to a guest, and the ways to stop that.

use desk_tests::TestDesk;
use desk_tests::guest::{ROOM_101, writes};
use desk_tests::test_desk::colleague;
use hotelmate_core::hotel::dialect::Generation;
use hotelmate_core::ids::ServerId;
use hotelmate_core::views::ActivityKind;

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
    assert!(!answer.name.is_empty() && shown.handler == Some(answer.name), "{shown:?}");
}
