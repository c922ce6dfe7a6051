//! Files of messages: what guests share is shown and saved, and what staff send is at the hotel once.

use std::fs;
use std::time::Duration;

use demo_hotel::{Action, DemoHotel, FaultPlan, Rule, Sender as Writer, StatusFault};
use desk_tests::clock::FastClock;
use desk_tests::guest::{ROOM_101, shares};
use desk_tests::test_desk::colleague;
use desk_tests::{TestDesk, picture};
use hotelmate_core::error::ErrorCode;
use hotelmate_core::hotel::dialect::Generation;
use hotelmate_core::ids::{LocalId, MediaHash, ServerId};
use hotelmate_core::resources::{NewFile, Sender};
use hotelmate_core::views::{MessageState, MessageView};
use serde_json::json;

use super::privacy::files_with;
use super::{hotel, live_desk, messages, of_room, until_message};

/// Waits until the newest message has a picture that can be shown.
async fn until_shown(test_desk: &TestDesk, conversation: LocalId) -> (MessageView, MediaHash) {
    let shown = |one: &MessageView| one.attachments.first().is_some_and(|file| file.preview.is_some());
    let message = until_message(test_desk, conversation, "a picture", shown).await;
    let preview = message.attachments[0].preview.clone().unwrap();
    (message, preview)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guests_picture_is_shown_and_is_made_anew_from_its_pixels() {
    let hotel = hotel().await;
    let (test_desk, conversation) = live_desk(&hotel).await;
    let sent = picture(120);
    shares(&hotel, ROOM_101, "tap.png", &sent).await;
    let (message, preview) = until_shown(&test_desk, conversation).await;
    assert_eq!((message.text.as_str(), message.attachments[0].name.as_str()), ("", "tap.png"));
    assert_eq!(message.attachments[0].bytes as usize, sent.len());
    let (bytes, kind) = test_desk.desk.chat_picture(message.key, &preview).await.unwrap();
    assert!(kind == "image/jpeg" && bytes.as_ref() != sent.as_slice());
    // The list of the hotel brings its own text for a message without one.
    test_desk.desk.refresh_conversations().await.unwrap();
    let listed = of_room(&test_desk, "101").await;
    assert_eq!((listed.last_text.as_str(), listed.last_sender), ("tap.png", Some(Sender::Guest)));
    let activities = test_desk.activities().await;
    assert!(activities.iter().all(|one| !one.text.contains("[File shared]")), "{activities:?}");
    // Kept in memory: the host of the files is not asked again.
    let asked = hotel.requests().len();
    assert_eq!(test_desk.desk.chat_picture(message.key, &preview).await.unwrap().0, bytes);
    assert_eq!(hotel.requests().len(), asked);
    let other = MediaHash::of(b"of no message");
    assert_eq!(test_desk.desk.chat_picture(message.key, &other).await.unwrap_err().code, ErrorCode::NotFound);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_only_claims_to_be_a_picture_is_not_shown() {
    let hotel = hotel().await;
    let (test_desk, conversation) = live_desk(&hotel).await;
    shares(&hotel, ROOM_101, "tap.jpg", b"<script>alert(1)</script>").await;
    let (message, preview) = until_shown(&test_desk, conversation).await;
    let refused = test_desk.desk.chat_picture(message.key, &preview).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::BadPicture);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_saved_whole_under_a_harmless_name_and_replaces_none() {
    let hotel = hotel().await;
    let (test_desk, conversation) = live_desk(&hotel).await;
    shares(&hotel, ROOM_101, "..%2F bill.pdf", b"%PDF-1.7 of the guest").await;
    let message = until_message(&test_desk, conversation, "the file", |one| one.attachments.len() == 1).await;
    assert!(message.attachments[0].can_open && message.attachments[0].preview.is_none());
    let (desk, folder) = (&test_desk.desk, tempfile::tempdir().unwrap());
    let id = message.id.unwrap();
    let save = async || {
        test_desk
            .until("the file is confirmed and saved", || async {
                desk.save_chat_file(id, 0, folder.path().join("new")).await.ok()
            })
            .await
    };
    for name in [".._2F bill.pdf", ".._2F bill-2.pdf"].map(|name| name.trim_start_matches('.')) {
        let saved = save().await;
        assert!(saved.file.ends_with(name), "{saved:?}");
        assert_eq!(fs::read(saved.file).unwrap(), b"%PDF-1.7 of the guest");
    }
    let absent = desk.save_chat_file(id, 1, folder.path().to_owned()).await.unwrap_err();
    assert_eq!(absent.code, ErrorCode::NotFound);
}

/// The channels are public (contract.md 12, trap 25): any client with the key can send an event with any address.
#[tokio::test(flavor = "multi_thread")]
async fn the_address_in_a_forged_event_is_never_asked() {
    let hotel = hotel().await;
    let (test_desk, conversation) = live_desk(&hotel).await;
    let channel = "killarney-conversation-1-chat";
    test_desk.until("the channel", || async { (hotel.listeners(channel) == 1).then_some(()) }).await;
    shares(&hotel, ROOM_101, "tap.png", &picture(120)).await;
    let (real, _) = until_shown(&test_desk, conversation).await;
    let forged = |id: i64, text: &str| {
        json!({
            "id": id, "conversation": ROOM_101, "sender_type": "guest", "message": text,
            "guest_name": "Mallory", "timestamp": "2026-11-25T12:00:00Z",
            "attachments": [{"file_name": "x.png", "file_url": format!("{}/forged", hotel.url()),
                             "file_type": "image", "file_size": 1}],
        })
    };
    let seen = |text: &'static str| move |one: &MessageView| one.text == text;
    hotel.publish(channel, "new-message", &forged(9_000_000, "New"));
    let new = until_message(&test_desk, conversation, "the event", seen("New")).await;
    assert_eq!(new.attachments[0].preview, None);
    hotel.publish(channel, "message-updated", &forged(real.id.unwrap().0, "Changed"));
    test_desk
        .until("the read that refutes both", || async {
            let texts = messages(&test_desk, conversation).await.messages;
            texts.iter().all(|one| one.text.is_empty()).then_some(())
        })
        .await;
    assert!(hotel.requests().iter().all(|one| !one.path.contains("forged")));
}

const UPLOAD: &str = "*/upload-attachment/";

fn faulty(action: Action) -> FaultPlan {
    FaultPlan::of([Rule::new(action).path(UPLOAD).times(1)])
}

fn bill() -> NewFile {
    NewFile { name: "bill.pdf".to_owned(), bytes: b"%PDF-1.7 the bill of room 101".to_vec() }
}

/// Returns the texts and the names of files of staff messages at the hotel.
fn from_staff(hotel: &DemoHotel) -> Vec<(String, Vec<String>)> {
    let all = hotel.messages(ROOM_101).into_iter();
    all.filter(|one| matches!(one.sender, Writer::Staff(_))).map(|one| (one.text, one.files)).collect()
}

fn once(text: &str) -> Vec<(String, Vec<String>)> {
    vec![(text.to_owned(), vec!["bill.pdf".to_owned()])]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_sent_with_its_text_or_alone_and_shows_at_once() {
    let hotel = hotel().await;
    let (test_desk, conversation) = live_desk(&hotel).await;
    test_desk.desk.say_with_file(conversation, "Your bill".to_owned(), None, bill()).await.unwrap();
    let list = messages(&test_desk, conversation).await;
    let key = list.messages.iter().find(|one| one.text == "Your bill").unwrap().key;
    let sent = until_message(&test_desk, conversation, "the hotel has it", |one| {
        one.key == key && one.state == MessageState::AtHotel
    })
    .await;
    assert_eq!((sent.text.as_str(), sent.attachments[0].name.as_str()), ("Your bill", "bill.pdf"));
    test_desk.desk.say_with_file(conversation, String::new(), None, bill()).await.unwrap();
    test_desk.until_saved().await;
    assert_eq!(from_staff(&hotel), [once("Your bill"), once("[File shared]")].concat());
    let list = messages(&test_desk, conversation).await;
    assert_eq!(list.messages.last().map(|one| one.text.as_str()), Some(""));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_whose_answer_is_lost_is_at_the_hotel_once() {
    for action in [Action::DropAfterCommit, Action::StatusAfterCommit(StatusFault { code: 500, body: None })]
    {
        let hotel = hotel().await;
        let (test_desk, conversation) = live_desk(&hotel).await;
        test_desk.until_quiet(&hotel).await;
        hotel.set_faults(faulty(action.clone())).unwrap();
        test_desk.desk.say_with_file(conversation, "Your bill".to_owned(), None, bill()).await.unwrap();
        test_desk.until_saved().await;
        assert_eq!(from_staff(&hotel), once("Your bill"), "{action:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_without_a_network_survives_a_crash_is_sealed_and_is_sent_once() {
    let hotel = hotel().await;
    let (test_desk, conversation) = live_desk(&hotel).await;
    test_desk.until_quiet(&hotel).await;
    hotel
        .set_faults(FaultPlan::of([
            Rule::new(Action::Status(StatusFault { code: 429, body: None })).path(UPLOAD)
        ]))
        .unwrap();
    test_desk.desk.say_with_file(conversation, String::new(), None, bill()).await.unwrap();
    for secret in ["%PDF-1.7 the bill", "bill.pdf"] {
        assert_eq!(files_with(&test_desk.folder(), secret), Vec::<String>::new());
    }
    let test_desk = test_desk.die().await;
    hotel.clear_faults();
    test_desk.desk.try_now().await;
    test_desk.until_saved().await;
    assert_eq!(from_staff(&hotel), once("[File shared]"));
}

/// Loses an upload, and leaves the message without the file at the hotel, as the server does if it fails between the two
/// (contract.md 8.5). Returns the question about the message.
async fn left_without_file(
    hotel: &DemoHotel,
    test_desk: &TestDesk,
    conversation: LocalId,
    (text, stored): (&str, &str),
) -> MessageView {
    hotel.set_faults(faulty(Action::DropBeforeCommit)).unwrap();
    test_desk.desk.say_with_file(conversation, text.to_owned(), None, bill()).await.unwrap();
    let uploaded =
        || async { hotel.requests().iter().any(|one| one.path.contains("/upload-")).then_some(()) };
    test_desk.until("the upload left", uploaded).await;
    let same_person = colleague(hotel, super::RECEPTIONIST).await;
    same_person.send_message(Generation::First, ServerId(ROOM_101), stored, None).await.unwrap();
    until_message(test_desk, conversation, "a question", |one| one.state == MessageState::Attention).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_an_upload_left_without_its_file_gets_it_when_a_person_sends_it_again() {
    let hotel = hotel().await;
    let test_desk = TestDesk::fast(&hotel, super::RECEPTIONIST, &FastClock::of_speed(20)).await;
    test_desk.until_live().await;
    let conversation = of_room(&test_desk, "101").await.id;
    let asked = left_without_file(&hotel, &test_desk, conversation, ("Your bill", "Your bill")).await;
    test_desk.desk.retry_intent(asked.intent.unwrap()).await.unwrap();
    test_desk.until_saved().await;
    assert_eq!(from_staff(&hotel), once("Your bill"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_a_refused_upload_left_is_removed_and_the_person_is_asked() {
    let hotel = hotel().await;
    let test_desk = TestDesk::fast(&hotel, super::RECEPTIONIST, &FastClock::of_speed(20)).await;
    test_desk.until_live().await;
    let conversation = of_room(&test_desk, "101").await.id;
    let asked = left_without_file(&hotel, &test_desk, conversation, ("", "[File shared]")).await;
    let body = Some(json!({"error": "No valid files uploaded", "details": ["bill.pdf: no"]}));
    hotel.set_faults(faulty(Action::Status(StatusFault { code: 400, body }))).unwrap();
    test_desk.desk.retry_intent(asked.intent.unwrap()).await.unwrap();
    let refused = |one: &MessageView| one.reason.contains("bill.pdf: no");
    until_message(&test_desk, conversation, "the refusal", refused).await;
    assert_eq!(from_staff(&hotel), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_no_server_takes_is_refused_at_once() {
    let hotel = hotel().await;
    let (test_desk, conversation) = live_desk(&hotel).await;
    let refused = async |name: &str, bytes: usize| {
        let file = NewFile { name: name.to_owned(), bytes: vec![0; bytes] };
        test_desk.desk.say_with_file(conversation, String::new(), None, file).await.unwrap_err()
    };
    let too_large = refused("film.pdf", (50 << 20) + 1).await;
    assert!(too_large.code == ErrorCode::Invalid && too_large.message.contains("50 MB"), "{too_large:?}");
    assert_eq!(
        (refused("x.exe", 1).await.code, refused("x.pdf", 0).await.code),
        (ErrorCode::Invalid, ErrorCode::Invalid)
    );
    assert_eq!(messages(&test_desk, conversation).await.messages, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_a_person_stops_keeps_its_message_which_is_sent_again_or_dropped() {
    let hotel = hotel().await;
    let (test_desk, conversation) = live_desk(&hotel).await;
    test_desk.until_quiet(&hotel).await;
    // The line is so slow that the desk has sent only a small part of this large file for a long time.
    hotel.slow_line(Duration::from_secs(600));
    let large = NewFile { name: "bill.pdf".to_owned(), bytes: vec![b'x'; 20 << 20] };
    test_desk.desk.say_with_file(conversation, "Your bill".to_owned(), None, large).await.unwrap();
    test_desk.until("a stopped upload", || async { test_desk.desk.cancel_upload(conversation).ok() }).await;
    let stopped = |one: &MessageView| one.state == MessageState::Attention;
    let asked = until_message(&test_desk, conversation, "the question", stopped).await;
    assert_eq!((asked.text.as_str(), asked.attachments.len()), ("Your bill", 1));
    assert!(asked.reason.contains("You stopped the file"), "{}", asked.reason);
    assert_eq!(from_staff(&hotel), []);
    hotel.slow_line(Duration::ZERO);
    test_desk.desk.retry_intent(asked.intent.unwrap()).await.unwrap();
    test_desk.until_saved().await;
    assert_eq!(from_staff(&hotel), once("Your bill"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_says_stored_and_shows_no_file_is_not_believed() {
    let hotel = hotel().await;
    let test_desk = TestDesk::fast(&hotel, super::RECEPTIONIST, &FastClock::of_speed(20)).await;
    test_desk.until_live().await;
    let conversation = of_room(&test_desk, "101").await.id;
    let message = json!({
        "id": 9_000_000, "conversation": ROOM_101, "sender_type": "staff", "staff": 2, "message": "Your bill",
        "timestamp": "2026-11-25T12:00:00Z", "attachments": [],
    });
    let body = Some(json!({"message": message, "attachments": [], "success": true}));
    hotel.set_faults(faulty(Action::Status(StatusFault { code: 200, body }))).unwrap();
    test_desk.desk.say_with_file(conversation, "Your bill".to_owned(), None, bill()).await.unwrap();
    let asked = |one: &MessageView| one.state == MessageState::Attention;
    let asked = until_message(&test_desk, conversation, "a question", asked).await;
    assert_eq!(from_staff(&hotel), []);
    test_desk.desk.retry_intent(asked.intent.unwrap()).await.unwrap();
    test_desk.until_saved().await;
    assert_eq!(from_staff(&hotel), once("Your bill"));
}

/// The person can have written the same text at another desk.
#[tokio::test(flavor = "multi_thread")]
async fn a_refused_file_removes_no_text_that_was_there_before() {
    let hotel = hotel().await;
    let test_desk = TestDesk::fast(&hotel, super::RECEPTIONIST, &FastClock::of_speed(20)).await;
    test_desk.until_live().await;
    let conversation = of_room(&test_desk, "101").await.id;
    let asked = left_without_file(&hotel, &test_desk, conversation, ("Your bill", "Your bill")).await;
    let body = Some(json!({"error": "No valid files uploaded", "details": ["bill.pdf: no"]}));
    hotel.set_faults(faulty(Action::Status(StatusFault { code: 400, body }))).unwrap();
    test_desk.desk.retry_intent(asked.intent.unwrap()).await.unwrap();
    let refused = |one: &MessageView| one.reason.contains("bill.pdf: no");
    until_message(&test_desk, conversation, "the refusal", refused).await;
    assert_eq!(from_staff(&hotel), [("Your bill".to_owned(), vec![])]);
}
