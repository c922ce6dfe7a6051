//! `demo-hotel guest`, a guest as a program.

use crate::support::{DEADLINE, Desk, open, program};
use demo_hotel::{DemoHotel, Dialect, Options, Sender};
use serde_json::json;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Child;
use tokio::time::timeout;

const CURRENT: &str = "/api/staff/hotel/killarney/chat/";

fn guest(hotel: &str, arguments: &[&str]) -> Child {
    program(&[&["guest", "--hotel", hotel], arguments].concat())
}

async fn complaint(hotel: &str, arguments: &[&str]) -> String {
    let output = timeout(DEADLINE, guest(hotel, arguments).wait_with_output()).await.unwrap().unwrap();
    assert!(!output.status.success());
    String::from_utf8(output.stderr).unwrap()
}

#[tokio::test]
async fn it_sends_one_message_as_the_guest_of_the_room_and_ends() {
    let hotel = open().await;
    let mut child = guest(&hotel.url(), &["--room", "101", "--say", "Two towels, please"]);
    assert!(timeout(DEADLINE, child.wait()).await.unwrap().unwrap().success());
    let message = hotel.messages(1).remove(0);
    assert_eq!((message.text.as_str(), message.sender), ("Two towels, please", Sender::Guest));
}

#[tokio::test]
async fn it_prints_each_message_of_the_desk_once_reads_it_and_answers() {
    for (dialect, zone) in [(Dialect::Documents, "/api/chat/killarney/"), (Dialect::Current, CURRENT)] {
        let hotel = DemoHotel::start(Options::default().dialect(dialect)).await.unwrap();
        let mary = Desk::mary(&hotel).await;
        let send = format!("{zone}conversations/1/messages/send/");
        mary.post(&send, json!({"message": "From before the guest came"})).await;
        let mut child = guest(&hotel.url(), &["--room", "101", "--pause", "0", "--until", "2"]);
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut line = async || timeout(DEADLINE, lines.next_line()).await.unwrap().unwrap();
        for _ in 0..3 {
            assert!(line().await.unwrap().starts_with("Room 101: "));
        }
        for text in ["On their way", "From seven to ten"] {
            mary.post(&send, json!({"message": text})).await;
            assert_eq!(line().await.unwrap(), format!("Mary O'Sullivan: {text}"));
            assert!(line().await.unwrap().starts_with("Room 101: "), "an answer");
        }
        assert_eq!(line().await, None);
        assert!(timeout(DEADLINE, child.wait()).await.unwrap().unwrap().success());
        let messages = hotel.messages(1);
        let guests = messages.iter().filter(|message| message.sender == Sender::Guest).count();
        assert_eq!(guests, 3 + 2, "{dialect:?}");
        let mut of_staff = messages.iter().filter(|message| matches!(message.sender, Sender::Staff(_)));
        assert!(of_staff.all(|message| message.is_read), "{dialect:?}");
    }
}

#[tokio::test]
async fn an_unknown_room_a_wrong_pin_and_a_closed_hotel_are_said_with_a_way_out() {
    let hotel = open().await;
    let room = complaint(&hotel.url(), &["--room", "7", "--say", "x"]).await;
    assert!(room.contains("no guests stay in room 7; choose one of 101, 102, 204, 305"), "{room}");
    let pin = complaint(&hotel.url(), &["--room", "101", "--pin", "0000", "--say", "x"]).await;
    assert!(pin.contains("refused the PIN 0000 of room 101"), "{pin}");
    let url = hotel.url();
    hotel.stop().await;
    let closed = complaint(&url, &["--room", "101"]).await;
    assert!(closed.contains(&format!("no demo hotel answers at {url}")), "{closed}");
}
