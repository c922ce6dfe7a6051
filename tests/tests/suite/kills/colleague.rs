//! A colleague who writes to the hotel without faults. The colleague's requests carry a query, so no rule of the fault
//! plan matches them, and they are not counted as the desk's.

use demo_hotel::DemoHotel;
use serde_json::{Map, Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::kills::entities::Sort;

/// The colleague.
pub struct Colleague {
    port: u16,
    slug: String,
    token: String,
}

impl Colleague {
    /// Signs in at another desk.
    pub async fn at(hotel: &DemoHotel) -> Self {
        let token = desk_tests::test_desk::token(hotel, 1).await.expose().to_owned();
        Self { port: hotel.port(), slug: hotel.slug().to_owned(), token }
    }

    /// Writes one field. Returns false if the entity does not exist.
    pub async fn change(&self, sort: Sort, id: Option<i64>, field: &str, value: &Value) -> bool {
        let body = Value::Object(Map::from_iter([(field.to_owned(), value.clone())]));
        self.write("PATCH", &sort.path(id), &body).await == 200
    }

    /// Makes an offer with the short description of one of the desk's offers.
    pub async fn make(&self, title: &str, short_description: &Value) {
        let body = json!({"title": title, "short_description": short_description});
        assert_eq!(self.write("POST", &Sort::Offer.path(None), &body).await, 201);
    }

    async fn write(&self, method: &str, path: &str, body: &Value) -> u16 {
        let body = body.to_string();
        let request = format!(
            "{method} /api/staff/hotel/{}/{path}?by=colleague HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Token \
             {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.slug,
            self.token,
            body.len()
        );
        let mut line = TcpStream::connect(("127.0.0.1", self.port)).await.unwrap();
        line.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        line.read_to_end(&mut answer).await.unwrap();
        let answer = String::from_utf8_lossy(&answer);
        let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        assert!([200, 201, 404].contains(&status), "{method} {path} {body}: {answer}");
        status
    }
}
