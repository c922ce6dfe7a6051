//! A server that follows a script. It reads one request a connection, sends the next answer as raw bytes, and closes.
//! So an answer can be cut, and a connection dropped, at an exact place.

use std::collections::VecDeque;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// One answer of the script.
pub struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
    /// The bytes of the body that are really sent; the length in the head stays.
    sent: Option<usize>,
    dropped: bool,
    silent: bool,
}

impl Reply {
    /// An answer with a body.
    pub fn json(status: u16, body: &str) -> Self {
        Self { status, headers: Vec::new(), body: body.to_owned(), sent: None, dropped: false, silent: false }
    }

    /// No answer: the connection closes once the request has arrived.
    pub fn drop() -> Self {
        Self { dropped: true, ..Self::json(0, "") }
    }

    /// No answer, and the connection stays open.
    pub fn silence() -> Self {
        Self { silent: true, ..Self::json(0, "") }
    }

    /// Adds a header.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sends only the beginning of the body.
    pub fn cut_to(self, bytes: usize) -> Self {
        Self { sent: Some(bytes), ..self }
    }

    fn bytes(&self) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {} Scripted\r\nConnection: close\r\n", self.status);
        if self.status != 204 {
            head += &format!("Content-Length: {}\r\n", self.body.len());
        }
        for (name, value) in &self.headers {
            head += &format!("{name}: {value}\r\n");
        }
        let sent = self.sent.unwrap_or(self.body.len());
        format!("{head}\r\n{}", &self.body[..sent]).into_bytes()
    }
}

/// The running server. It ends with the test's runtime.
pub struct Script {
    origin: String,
    requests: watch::Receiver<Vec<String>>,
}

impl Script {
    /// Starts on a free port.
    pub async fn start(replies: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let origin = format!("http://{}", listener.local_addr().expect("address"));
        let (seen, requests) = watch::channel(Vec::new());
        let mut replies: VecDeque<Reply> = replies.into_iter().collect();
        let mut kept_open = Vec::new();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let request = read_request(&mut stream).await;
                seen.send_modify(|requests| requests.push(request));
                let Some(reply) = replies.pop_front() else { continue };
                if reply.silent {
                    kept_open.push(stream);
                } else if !reply.dropped {
                    stream.write_all(&reply.bytes()).await.expect("written");
                    stream.shutdown().await.expect("closed");
                }
            }
        });
        Self { origin, requests }
    }

    /// Returns an origin without a server.
    pub async fn closed_port() -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        format!("http://{}", listener.local_addr().expect("address"))
    }

    /// Returns the scheme, host and port.
    pub fn origin(&self) -> String {
        self.origin.clone()
    }

    /// Returns every request so far, as it came.
    pub fn requests(&self) -> Vec<String> {
        self.requests.borrow().clone()
    }

    /// Waits until a request has come.
    pub async fn asked(&self) {
        self.requests.clone().wait_for(|requests| !requests.is_empty()).await.expect("the server runs");
    }
}

/// Reads the head and the body; the body ends by its length or by the last chunk.
async fn read_request(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    while !is_complete(&bytes) {
        if stream.read_buf(&mut bytes).await.expect("read") == 0 {
            break;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn is_complete(bytes: &[u8]) -> bool {
    let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else { return false };
    let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
    match length {
        Some(length) => bytes.len() >= end + 4 + length,
        None if head.contains("transfer-encoding: chunked") => bytes.ends_with(b"0\r\n\r\n"),
        None => true,
    }
}
