//! Small HTTP requests to a demo hotel, which listens on this computer without TLS.

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use url::Url;

use super::error::GuestError;

/// A demo hotel at an address.
#[derive(Clone)]
pub(super) struct Http {
    url: Url,
    /// The session of a guest, which is sent with each request.
    session: Option<String>,
}

/// The answer to a request.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Value,
}

impl Http {
    pub(super) fn at(address: &str) -> Result<Self, GuestError> {
        let url = Url::parse(address).ok().filter(|url| url.scheme() == "http" && url.has_host());
        let url = url.ok_or_else(|| GuestError::Address(address.to_owned()))?;
        Ok(Self { url, session: None })
    }

    pub(super) fn with_session(self, session: String) -> Self {
        Self { session: Some(session), ..self }
    }

    pub(super) fn address(&self) -> &str {
        self.url.as_str().trim_end_matches('/')
    }

    pub(super) async fn get(&self, path: &str) -> Result<Answer, GuestError> {
        self.request("GET", path, "").await
    }

    pub(super) async fn post(&self, path: &str, body: &Value) -> Result<Answer, GuestError> {
        self.request("POST", path, &body.to_string()).await
    }

    /// Sends a request in HTTP/1.0, so that the answer comes in one piece and ends with the connection.
    async fn request(&self, method: &str, path: &str, body: &str) -> Result<Answer, GuestError> {
        let host = self.url.host_str().unwrap_or_default();
        let port = self.url.port_or_known_default().unwrap_or(80);
        let unreachable = |source| GuestError::Unreachable { address: self.address().to_owned(), source };
        let mut line = TcpStream::connect((host, port)).await.map_err(unreachable)?;
        let session = self.session.as_ref().map(|session| format!("X-Guest-Chat-Session: {session}\r\n"));
        let session = session.unwrap_or_default();
        let request = format!(
            "{method} {path} HTTP/1.0\r\nHost: {host}:{port}\r\nContent-Type: application/json\r\n{session}\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        line.write_all(request.as_bytes()).await.map_err(unreachable)?;
        let mut answer = String::new();
        line.read_to_string(&mut answer).await.map_err(unreachable)?;
        read(&answer).ok_or_else(|| GuestError::Unreadable { path: path.to_owned() })
    }
}

/// Returns the status and the JSON of an answer. A body that is no JSON counts as null.
fn read(answer: &str) -> Option<Answer> {
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.split_whitespace().nth(1)?.parse().ok()?;
    Some(Answer { status, body: serde_json::from_str(body).unwrap_or_default() })
}

/// Returns the JSON of an answer that is not a refusal.
pub(super) fn accepted(answer: Answer, path: &str) -> Result<Value, GuestError> {
    if (200..300).contains(&answer.status) {
        return Ok(answer.body);
    }
    Err(GuestError::Refused { status: answer.status, path: path.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_its_status_and_its_json() {
        let answer =
            read("HTTP/1.0 401 Unauthorized\r\ncontent-length: 15\r\n\r\n{\"valid\":false}").unwrap();
        assert_eq!((answer.status, &answer.body["valid"]), (401, &Value::Bool(false)));
        assert!(read("nothing").is_none());
    }

    #[test]
    fn only_addresses_of_plain_http_are_accepted() {
        assert_eq!(Http::at("http://127.0.0.1:8080/").unwrap().address(), "http://127.0.0.1:8080");
        assert!(Http::at("127.0.0.1:8080").is_err() && Http::at("https://hotel.example").is_err());
    }
}
