//! A guest, who writes on the hotel's web page without a sign-in.

#![expect(clippy::expect_used, reason = "test support: a message that cannot be sent is a failed test")]

use demo_hotel::DemoHotel;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The conversation with the guests of room 101 at the demo hotel.
pub const ROOM_101: i64 = 1;

/// Sends a message in a conversation. Returns it as the hotel has stored it.
pub async fn writes(hotel: &DemoHotel, conversation: i64, text: &str) -> Value {
    let path = format!("/api/chat/{}/conversations/{conversation}/messages/send/", hotel.slug());
    posts(hotel, &path, None, &json!({ "message": text })).await["message"].take()
}

/// Posts as a web page would, with this sign-in or without one. Returns the answer.
pub async fn posts(hotel: &DemoHotel, path: &str, token: Option<&str>, body: &Value) -> Value {
    asks(hotel, "POST", path, token, body).await
}

/// Shares a file in a conversation. Returns the message as the hotel has stored it.
pub async fn shares(hotel: &DemoHotel, conversation: i64, name: &str, bytes: &[u8]) -> Value {
    let path = format!("/api/chat/{}/conversations/{conversation}/upload-attachment/", hotel.slug());
    let head = format!(
        "--cut\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    );
    let form = [head.as_bytes(), bytes, b"\r\n--cut--\r\n"].concat();
    exchange(hotel, &format!("POST {path}"), "multipart/form-data; boundary=cut", "", &form).await["message"]
        .take()
}

/// Sends a request as a web page would, with this sign-in or without one. Returns the answer.
pub async fn asks(hotel: &DemoHotel, method: &str, path: &str, token: Option<&str>, body: &Value) -> Value {
    let sign_in = token.map(|token| format!("Authorization: Token {token}\r\n")).unwrap_or_default();
    exchange(hotel, &format!("{method} {path}"), "application/json", &sign_in, body.to_string().as_bytes())
        .await
}

async fn exchange(hotel: &DemoHotel, asked: &str, kind: &str, sign_in: &str, body: &[u8]) -> Value {
    let head = format!(
        "{asked} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\
         {sign_in}Connection: close\r\n\r\n",
        hotel.port(),
        body.len()
    );
    let mut line = TcpStream::connect(("127.0.0.1", hotel.port())).await.expect("the hotel listens");
    line.write_all(&[head.as_bytes(), body].concat()).await.expect("the hotel reads");
    let mut answer = String::new();
    line.read_to_string(&mut answer).await.expect("the hotel answers");
    let (head, body) = answer.split_once("\r\n\r\n").expect("an answer");
    assert!(head.starts_with("HTTP/1.1 20"), "{answer}");
    serde_json::from_str(body).expect("JSON")
}
