//! Messages of staff are at the hotel exactly once, in order, or a person is asked.

use demo_hotel::{Action, DemoHotel, FaultPlan, LateCommit, Rule, StatusFault};
use desk_tests::TestDesk;
use desk_tests::clock::FastClock;
use desk_tests::guest::{ROOM_101, posts};
use desk_tests::test_desk::colleague;
use hotelmate_core::hotel::dialect::Generation;
use hotelmate_core::ids::{LocalId, ServerId};
use hotelmate_core::views::{MessageState, MessageView, OutboxItem};
use serde_json::json;

use super::{RECEPTIONIST, hotel, live_desk, messages, of_room, staff_texts, texts, until_message};

const SEND: &str = "*/messages/send/";

fn faulty(action: Action) -> FaultPlan {
    FaultPlan::of([Rule::new(action).path(SEND).times(1)])
}

/// Waits until a message needs a person.
async fn until_attention(test_desk: &TestDesk, conversation: LocalId) -> MessageView {
    until_message(test_desk, conversation, "a question", |one| one.state == MessageState::Attention).await
}

/// Waits until a message has left for the hotel.
async fn until_sent(test_desk: &TestDesk, hotel: &DemoHotel) {
    let has_left = || async { hotel.requests().iter().any(|one| one.path.contains("/send/")).then_some(()) };
    test_desk.until("the request left", has_left).await;
}

async fn waiting(test_desk: &TestDesk) -> Vec<OutboxItem> {
    test_desk.desk.outbox().await.unwrap().items
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_shows_at_once_and_its_state_tells_the_truth_until_the_guest_has_read_it() {
    let hotel = hotel().await;
    let (test_desk, conversation) = live_desk(&hotel).await;
    test_desk.desk.say(conversation, "On their way".to_owned(), None).await.unwrap();
    let list = messages(&test_desk, conversation).await;
    let key = list.messages.iter().find(|one| one.text == "On their way").unwrap().key;
    let sent = until_message(&test_desk, conversation, "the hotel has it", |one| {
        one.text == "On their way" && one.state == MessageState::AtHotel
    })
    .await;
    assert!(sent.is_mine && sent.intent.is_none() && sent.id.is_some() && sent.key == key);
    assert!(!sent.name.is_empty());
    posts(&hotel, &format!("/api/chat/conversations/{ROOM_101}/mark-read/"), None, &json!({})).await;
    until_message(&test_desk, conversation, "the guest has read it", |one| {
        one.key == key && one.state == MessageState::Read
    })
    .await;
    assert_eq!(staff_texts(&test_desk, &hotel, ROOM_101).await, ["On their way"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_typed_offline_wait_and_leave_in_their_order() {
    let hotel = hotel().await;
    let test_desk = TestDesk::at(&hotel, RECEPTIONIST).await;
    test_desk.until_live().await;
    let conversation = of_room(&test_desk, "101").await.id;
    test_desk.until_quiet(&hotel).await;
    hotel.set_faults(FaultPlan::of([Rule::new(Action::DropBeforeCommit)])).unwrap();
    for text in ["One", "Two", "Two", "Three"] {
        test_desk.desk.say(conversation, text.to_owned(), None).await.unwrap();
    }
    assert_eq!(of_room(&test_desk, "101").await.waiting, 4);
    hotel.clear_faults();
    test_desk.desk.try_now().await;
    test_desk.until_saved().await;
    assert_eq!(staff_texts(&test_desk, &hotel, ROOM_101).await, ["One", "Two", "Two", "Three"]);
    let list = messages(&test_desk, conversation).await;
    let ours: Vec<&str> =
        texts(&list).into_iter().filter(|text| ["One", "Two", "Three"].contains(text)).collect();
    assert_eq!(ours, ["One", "Two", "Two", "Three"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_doubles_nothing() {
    for action in [Action::DropAfterCommit, Action::StatusAfterCommit(StatusFault { code: 500, body: None })]
    {
        let hotel = hotel().await;
        let (test_desk, conversation) = live_desk(&hotel).await;
        test_desk.until_quiet(&hotel).await;
        hotel.set_faults(faulty(action.clone())).unwrap();
        test_desk.desk.say(conversation, "Once".to_owned(), None).await.unwrap();
        test_desk.desk.say(conversation, "Behind it".to_owned(), None).await.unwrap();
        test_desk.until_saved().await;
        assert_eq!(staff_texts(&test_desk, &hotel, ROOM_101).await, ["Once", "Behind it"], "{action:?}");
        let list = messages(&test_desk, conversation).await;
        assert_eq!(texts(&list).iter().filter(|text| **text == "Once").count(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unclear_message_holds_the_ones_behind_it_for_a_while_then_asks_and_they_pass() {
    let hotel = hotel().await;
    let clock = FastClock::of_speed(20);
    let test_desk = TestDesk::fast(&hotel, RECEPTIONIST, &clock).await;
    test_desk.until_live().await;
    let conversation = of_room(&test_desk, "101").await.id;
    hotel.set_faults(faulty(Action::DropBeforeCommit)).unwrap();
    test_desk.desk.say(conversation, "Lost".to_owned(), None).await.unwrap();
    until_sent(&test_desk, &hotel).await;
    test_desk.desk.say(conversation, "Behind it".to_owned(), None).await.unwrap();
    let asked = until_attention(&test_desk, conversation).await;
    assert_eq!(asked.text, "Lost");
    assert!(asked.reason.contains("Send it again?"), "{}", asked.reason);
    until_message(&test_desk, conversation, "the next one passes", |one| {
        one.text == "Behind it" && one.state == MessageState::AtHotel
    })
    .await;
    assert_eq!(staff_texts(&test_desk, &hotel, ROOM_101).await, ["Behind it"]);
    test_desk.desk.retry_intent(asked.intent.unwrap()).await.unwrap();
    test_desk.until_saved().await;
    assert_eq!(staff_texts(&test_desk, &hotel, ROOM_101).await, ["Behind it", "Lost"]);
    assert_eq!(waiting(&test_desk).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_arrives_late_answers_the_question_by_itself() {
    let hotel = hotel().await;
    let clock = FastClock::of_speed(20);
    let test_desk = TestDesk::fast(&hotel, RECEPTIONIST, &clock).await;
    test_desk.until_live().await;
    let conversation = of_room(&test_desk, "101").await.id;
    hotel
        .set_faults(faulty(Action::CommitLate(LateCommit {
            after_ms: 3_600_000,
            after_requests: None,
            answer: None,
        })))
        .unwrap();
    test_desk.desk.say(conversation, "Late".to_owned(), None).await.unwrap();
    until_attention(&test_desk, conversation).await;
    hotel.carry_out_late().await;
    until_message(&test_desk, conversation, "the late message", |one| one.state == MessageState::AtHotel)
        .await;
    assert_eq!(waiting(&test_desk).await, []);
    assert_eq!(staff_texts(&test_desk, &hotel, ROOM_101).await, ["Late"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_words_of_a_colleague_are_not_taken_for_ones_own() {
    let hotel = hotel().await;
    let clock = FastClock::of_speed(20);
    let test_desk = TestDesk::fast(&hotel, RECEPTIONIST, &clock).await;
    test_desk.until_live().await;
    let conversation = of_room(&test_desk, "101").await.id;
    hotel.set_faults(faulty(Action::DropBeforeCommit)).unwrap();
    test_desk.desk.say(conversation, "Yes".to_owned(), None).await.unwrap();
    until_sent(&test_desk, &hotel).await;
    let aoife = colleague(&hotel, super::OTHER_RECEPTIONIST).await;
    aoife.send_message(Generation::First, ServerId(ROOM_101), "Yes", None).await.unwrap();
    until_attention(&test_desk, conversation).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_the_hotel_took_for_the_guests_stops_all_others_until_a_person_decides() {
    let hotel = hotel().await;
    let (test_desk, conversation) = live_desk(&hotel).await;
    test_desk.until_quiet(&hotel).await;
    hotel.set_faults(faulty(Action::SignInLost)).unwrap();
    test_desk.desk.say(conversation, "Your room is ready".to_owned(), None).await.unwrap();
    let asked = until_attention(&test_desk, conversation).await;
    assert!(asked.reason.contains("as if the guest had written it"), "{}", asked.reason);
    test_desk.desk.say(conversation, "Behind it".to_owned(), None).await.unwrap();
    test_desk.until_quiet(&hotel).await;
    assert_eq!(staff_texts(&test_desk, &hotel, ROOM_101).await, Vec::<String>::new());
    test_desk.desk.discard_intent(asked.intent.unwrap()).await.unwrap();
    test_desk.until_saved().await;
    assert_eq!(staff_texts(&test_desk, &hotel, ROOM_101).await, ["Behind it"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_message_says_why_and_can_be_dropped() {
    let hotel = hotel().await;
    let (test_desk, conversation) = live_desk(&hotel).await;
    test_desk.until_quiet(&hotel).await;
    hotel.set_faults(faulty(Action::Status(StatusFault { code: 403, body: None }))).unwrap();
    test_desk.desk.say(conversation, "Hello".to_owned(), None).await.unwrap();
    let asked = until_attention(&test_desk, conversation).await;
    assert!(!asked.reason.is_empty());
    test_desk.desk.discard_intent(asked.intent.unwrap()).await.unwrap();
    assert!(!texts(&messages(&test_desk, conversation).await).contains(&"Hello"));
    let empty = test_desk.desk.say(conversation, " \n ".to_owned(), None).await.unwrap_err();
    assert!(empty.message.contains("text"), "{empty:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_waiting_message_survives_a_crash_and_is_sent_once() {
    let hotel = hotel().await;
    let (test_desk, conversation) = live_desk(&hotel).await;
    test_desk.until_quiet(&hotel).await;
    hotel.set_faults(FaultPlan::of([Rule::new(Action::DelayMs(3000)).path(SEND)])).unwrap();
    test_desk.desk.say(conversation, "Before the crash".to_owned(), None).await.unwrap();
    until_sent(&test_desk, &hotel).await;
    hotel.clear_faults();
    let test_desk = test_desk.die().await;
    test_desk.until_saved().await;
    assert_eq!(staff_texts(&test_desk, &hotel, ROOM_101).await, ["Before the crash"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_with_the_words_of_one_that_was_lost_answers_no_question_about_it() {
    let hotel = hotel().await;
    let clock = FastClock::of_speed(20);
    let test_desk = TestDesk::fast(&hotel, RECEPTIONIST, &clock).await;
    test_desk.until_live().await;
    let conversation = of_room(&test_desk, "101").await.id;
    hotel.set_faults(faulty(Action::DropBeforeCommit)).unwrap();
    test_desk.desk.say(conversation, "Yes".to_owned(), None).await.unwrap();
    let asked = until_attention(&test_desk, conversation).await;
    test_desk.desk.say(conversation, "Yes".to_owned(), None).await.unwrap();
    test_desk.until_saved().await;
    assert_eq!(staff_texts(&test_desk, &hotel, ROOM_101).await, ["Yes"]);
    let list = messages(&test_desk, conversation).await;
    let states: Vec<_> = list.messages.iter().map(|one| (one.text.as_str(), one.state)).collect();
    assert_eq!(states, [("Yes", MessageState::AtHotel), ("Yes", MessageState::Attention)]);
    assert_eq!(waiting(&test_desk).await[0].id, asked.intent.unwrap());
}

/// The channels are public (contract.md 12, trap 25): any client with the key can send an event.
#[tokio::test(flavor = "multi_thread")]
async fn a_forged_event_neither_stays_nor_keeps_a_message_from_being_recognised() {
    let hotel = hotel().await;
    let (test_desk, conversation) = live_desk(&hotel).await;
    let channel = "killarney-conversation-1-chat";
    test_desk.until("the channel", || async { (hotel.listeners(channel) == 1).then_some(()) }).await;
    let forged = json!({
        "id": 9_000_000, "conversation": ROOM_101, "sender_type": "guest", "message": "Forged",
        "guest_name": "Mallory", "timestamp": "2026-11-25T12:00:00Z",
    });
    hotel.publish(channel, "new-message", &forged);
    until_message(&test_desk, conversation, "the event", |one| one.text == "Forged").await;
    test_desk.desk.say(conversation, "Once".to_owned(), None).await.unwrap();
    until_message(&test_desk, conversation, "the hotel has it", |one| {
        one.text == "Once" && one.state == MessageState::AtHotel
    })
    .await;
    assert_eq!(texts(&messages(&test_desk, conversation).await), ["Once"]);
    assert_eq!(staff_texts(&test_desk, &hotel, ROOM_101).await, ["Once"]);
}
