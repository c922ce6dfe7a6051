//! A guest, who writes with the hotel's web page: without a sign-in.

#![expect(clippy::expect_used, reason = "test support: a message that cannot be sent is a failed test")]

use demo_hotel::DemoHotel;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The conversation with the guests of room 101 at the demo hotel.
pub const ROOM_101: i64 = 1;

/// Writes in a conversation, and gives the message as the hotel has stored it.
pub async fn writes(hotel: &DemoHotel, conversation: i64, text: &str) -> Value {
    let body = json!({ "message": text }).to_string();
    let path = format!("/api/chat/{}/conversations/{conversation}/messages/send/", hotel.slug());
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{body}",
        hotel.port(),
        body.len()
    );
    let mut line = TcpStream::connect(("127.0.0.1", hotel.port())).await.expect("the hotel listens");
    line.write_all(request.as_bytes()).await.expect("the hotel reads");
    let mut answer = String::new();
    line.read_to_string(&mut answer).await.expect("the hotel answers");
    let (head, body) = answer.split_once("\r\n\r\n").expect("an answer");
    assert!(head.starts_with("HTTP/1.1 200 "), "{answer}");
    let mut answer: Value = serde_json::from_str(body).expect("JSON");
    answer["message"].take()
}
