//! The guest chat at the newest server (contract.md 8, B): staff cannot join the channel that carries every message.

use demo_hotel::{DemoHotel, Dialect, Options};
use desk_tests::TestDesk;
use desk_tests::clock::FastClock;
use desk_tests::guest::ROOM_101;
use desk_tests::test_desk::colleague;
use hotelmate_core::hotel::dialect::Generation;
use hotelmate_core::ids::{LocalId, ServerId};
use hotelmate_core::resources::Sender;
use hotelmate_core::views::MessageState;

use super::{OTHER_RECEPTIONIST, RECEPTIONIST, messages, of_room, texts, until_message};

async fn newest() -> DemoHotel {
    DemoHotel::start(Options::default().seed(7).dialect(Dialect::Current)).await.unwrap()
}

/// Returns a desk whose clock runs fast, since it learns of colleagues by reading every few seconds.
async fn desk(hotel: &DemoHotel, clock: &FastClock) -> (TestDesk, LocalId) {
    let test_desk = TestDesk::fast(hotel, RECEPTIONIST, clock).await;
    let conversation = of_room(&test_desk, "101").await.id;
    (test_desk, conversation)
}

fn staff_texts(hotel: &DemoHotel) -> Vec<String> {
    let messages = hotel.messages(ROOM_101).into_iter();
    messages.filter(|one| matches!(one.sender, demo_hotel::Sender::Staff(_))).map(|one| one.text).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guests_message_and_a_colleagues_answer_show_although_no_event_carries_both() {
    let hotel = newest().await;
    let clock = FastClock::of_speed(20);
    let (test_desk, conversation) = desk(&hotel, &clock).await;
    test_desk.desk.show_conversation(Some(conversation)).await.unwrap();
    hotel.guest_writes(ROOM_101, ["Two towels, please"]).await;
    let message =
        until_message(&test_desk, conversation, "the guest's message", |one| one.sender == Sender::Guest)
            .await;
    assert_eq!(message.text, "Two towels, please");
    let aoife = colleague(&hotel, OTHER_RECEPTIONIST).await;
    aoife.send_message(Generation::Current, ServerId(ROOM_101), "Coming", None).await.unwrap();
    until_message(&test_desk, conversation, "the colleague's answer", |one| one.text == "Coming").await;
    let list = messages(&test_desk, conversation).await;
    assert!(list.messages.iter().any(|one| one.sender == Sender::System), "who joined is a line of its own");
    test_desk
        .until("no unread message", || async { (of_room(&test_desk, "101").await.unread == 0).then_some(()) })
        .await;
}

/// The server answers 500 although it has stored the message, if a colleague joined later (contract.md 8.4).
#[tokio::test(flavor = "multi_thread")]
async fn a_message_after_which_the_server_fails_is_at_the_hotel_once() {
    let hotel = newest().await;
    let clock = FastClock::of_speed(20);
    let (test_desk, conversation) = desk(&hotel, &clock).await;
    test_desk.desk.say(conversation, "One".to_owned(), None).await.unwrap();
    test_desk.until_saved().await;
    let aoife = colleague(&hotel, OTHER_RECEPTIONIST).await;
    aoife.send_message(Generation::Current, ServerId(ROOM_101), "From Aoife", None).await.unwrap();
    test_desk.desk.say(conversation, "Two".to_owned(), None).await.unwrap();
    let sent = until_message(&test_desk, conversation, "the hotel has it", |one| {
        one.text == "Two" && one.state == MessageState::AtHotel
    })
    .await;
    assert!(sent.is_mine);
    assert!(hotel.requests().iter().any(|one| one.path.ends_with("/send/") && one.status == Some(500)));
    assert_eq!(staff_texts(&hotel), ["One", "From Aoife", "Two"]);
}

/// The chat among staff has conversations with the same numbers, on the same channels (contract.md 8.7).
#[tokio::test(flavor = "multi_thread")]
async fn the_chat_among_staff_on_the_same_channel_changes_nothing() {
    let hotel = newest().await;
    let clock = FastClock::of_speed(20);
    let (test_desk, conversation) = desk(&hotel, &clock).await;
    let channel = format!("killarney-conversation-{ROOM_101}-chat");
    test_desk.until("the channel", || async { (hotel.listeners(&channel) == 1).then_some(()) }).await;
    hotel.staff_chat(ROOM_101, "Among us");
    hotel.guest_writes(ROOM_101, ["Two towels, please"]).await;
    until_message(&test_desk, conversation, "the guest's message", |one| one.sender == Sender::Guest).await;
    assert_eq!(texts(&messages(&test_desk, conversation).await), ["Two towels, please"]);
}
