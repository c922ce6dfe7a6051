//! `chat list|show|send|file|mute|watch`.

use std::time::Duration;

use demo_hotel::Sender;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::time::timeout;

use crate::test_desk::{Hotel, TestDesk};

/// The conversation with room 101 at the demo hotel.
const ROOM_101: i64 = 1;
/// The longest wait for a result that takes milliseconds on an idle machine.
const DEADLINE: Duration = Duration::from_secs(30);
const CHAT_KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

fn staff_texts(hotel: &Hotel) -> Vec<String> {
    let messages = hotel.now().messages(ROOM_101).into_iter();
    messages.filter(|one| matches!(one.sender, Sender::Staff(_))).map(|one| one.text).collect()
}

#[tokio::test]
async fn a_guest_is_listed_read_and_answered_and_reading_marks_nothing_as_read() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::at(&hotel).await;
    hotel.now().guest_writes(ROOM_101, ["Two towels, please"]).await;
    let unread = test_desk.ask(&["chat", "list", "--unread"]).await;
    assert_eq!((&unread[0]["room"], &unread[0]["unread"]), (&json!("101"), &json!(1)), "{unread}");
    assert_eq!(unread.as_array().unwrap().len(), 1);
    let shown = test_desk.ask(&["chat", "show", "101"]).await;
    assert_eq!((&shown[0]["text"], &shown[0]["sender"]), (&json!("Two towels, please"), &json!("guest")));
    let number = shown[0]["id"].to_string();
    assert_eq!(
        test_desk.ask(&["chat", "send", "101", "Coming", "--reply-to", &number]).await,
        json!({"sent": true})
    );
    assert_eq!(staff_texts(&hotel), ["Coming"]);
    let answer = test_desk.ask(&["chat", "show", "101", "--limit", "1"]).await;
    assert_eq!(
        (&answer[0]["text"], &answer[0]["reply_to"]["text"]),
        (&json!("Coming"), &json!("Two towels, please"))
    );
    assert!(!hotel.now().messages(ROOM_101)[0].is_read);
}

#[tokio::test]
async fn a_message_without_a_network_waits_if_its_text_can_be_kept_and_is_sent_once() {
    let mut hotel = Hotel::open().await;
    let mut test_desk = TestDesk::at(&hotel).await;
    test_desk.set("DESK_CHAT_KEY", CHAT_KEY);
    test_desk.run(&["chat", "list"]).await.ends(0);
    hotel.stop().await;
    let waits = test_desk.run(&["chat", "send", "101", "Later"]).await.ends(7);
    assert!(waits.out.contains("Not sent yet"), "{}", waits.out);
    hotel.start_again().await;
    test_desk.run(&["sync"]).await.ends(0);
    test_desk.run(&["sync"]).await.ends(0);
    assert_eq!(staff_texts(&hotel), ["Later"]);
}

#[tokio::test]
async fn without_a_key_nothing_is_kept_and_the_exit_code_says_so() {
    let mut hotel = Hotel::open().await;
    let test_desk = TestDesk::at(&hotel).await;
    test_desk.run(&["chat", "list"]).await.ends(0);
    hotel.stop().await;
    test_desk.run(&["chat", "send", "101", "Later"]).await.ends(3);
    assert_eq!(test_desk.ask(&["outbox", "list"]).await, json!([]));
}

#[tokio::test]
async fn a_conversation_is_muted_and_announced_again() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::at(&hotel).await;
    let is_muted = async || test_desk.ask(&["chat", "list"]).await[0]["is_muted"].clone();
    test_desk.run(&["chat", "mute", "101"]).await.ends(0);
    assert_eq!(is_muted().await, json!(true));
    test_desk.run(&["chat", "mute", "101", "--off"]).await.ends(0);
    assert_eq!(is_muted().await, json!(false));
    let unknown = test_desk.run(&["chat", "mute", "999"]).await;
    assert!(unknown.err.contains("999"), "{}", unknown.err);
}

#[tokio::test]
async fn a_watch_prints_each_new_message_as_a_line() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::at(&hotel).await;
    let mut child = test_desk.command(&["chat", "watch", "--count", "2"]).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let channel = "killarney-conversation-1-chat";
    timeout(DEADLINE, async {
        while hotel.now().listeners(channel) == 0 {
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("the watch follows the conversation");
    hotel.now().guest_writes(ROOM_101, ["One", "Two"]).await;
    for text in ["One", "Two"] {
        let line = timeout(DEADLINE, lines.next_line()).await.expect("a line in time").unwrap().unwrap();
        let line: Value = serde_json::from_str(&line).unwrap();
        assert_eq!((&line["room"], &line["message"]["text"]), (&json!("101"), &json!(text)), "{line}");
    }
    assert!(timeout(DEADLINE, child.wait()).await.expect("an end in time").unwrap().success());
}

#[tokio::test]
async fn a_file_is_sent_and_fetched_and_one_that_the_hotel_does_not_take_is_refused() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::at(&hotel).await;
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(path("bill.pdf"), b"%PDF-1.7").unwrap();
    std::fs::write(path("map.pdf"), b"%PDF-1.7").unwrap();
    std::fs::write(path("bill.exe"), b"MZ").unwrap();
    let two = ["chat", "send", "101", "--file", &path("bill.pdf"), "--file", &path("map.pdf")];
    assert_eq!(test_desk.ask(&two).await, json!({"sent": true}));
    let sent = hotel.now().messages(ROOM_101);
    assert_eq!(sent.iter().map(|one| one.files.clone()).collect::<Vec<_>>(), [["bill.pdf"], ["map.pdf"]]);
    let number = sent[0].id.to_string();
    let fetched = test_desk.ask(&["chat", "file", "101", &number, "--to", &path("fetched")]).await;
    assert_eq!(std::fs::read(fetched["file"].as_str().unwrap()).unwrap(), b"%PDF-1.7");
    let one_wrong = ["chat", "send", "101", "Here", "--file", &path("bill.pdf"), "--file", &path("bill.exe")];
    test_desk.run(&one_wrong).await.ends(6);
    test_desk.run(&["chat", "send", "101", "Here", "--file", &path("absent.pdf")]).await.ends(5);
    assert_eq!(hotel.now().messages(ROOM_101).len(), 2, "of several files none is sent if one is refused");
}

#[tokio::test]
async fn several_files_without_a_network_all_wait_and_are_sent_once_and_in_order() {
    let mut hotel = Hotel::open().await;
    let mut test_desk = TestDesk::at(&hotel).await;
    test_desk.set("DESK_CHAT_KEY", CHAT_KEY);
    test_desk.run(&["chat", "list"]).await.ends(0);
    let folder = tempfile::tempdir().unwrap();
    let files = ["bill.pdf", "map.pdf", "menu.pdf"];
    let paths = files.map(|name| folder.path().join(name).display().to_string());
    for path in &paths {
        std::fs::write(path, b"%PDF-1.7").unwrap();
    }
    let [bill, map, menu] = paths;
    let send = ["--json", "chat", "send", "101", "Here", "--file", &bill, "--file", &map, "--file", &menu];
    hotel.stop().await;
    let waits = test_desk.run(&send).await.ends(7).json();
    let items = test_desk.ask(&["outbox", "list"]).await;
    let waiting: Vec<&Value> = items.as_array().unwrap().iter().map(|item| &item["id"]).collect();
    assert_eq!(waits["entries"].as_array().unwrap().iter().collect::<Vec<_>>(), waiting);
    assert_eq!(waiting.len(), 3, "{items}");
    hotel.start_again().await;
    test_desk.run(&["sync"]).await.ends(0);
    test_desk.run(&["sync"]).await.ends(0);
    let sent = hotel.now().messages(ROOM_101);
    assert_eq!(sent.iter().flat_map(|one| one.files.clone()).collect::<Vec<_>>(), files);
    // The server gives a message without a text this one (contract.md 8.5).
    assert_eq!(staff_texts(&hotel), ["Here", "[File shared]", "[File shared]"]);
}
