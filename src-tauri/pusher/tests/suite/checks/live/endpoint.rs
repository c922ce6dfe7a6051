//! The program's own server, which authorizes over HTTP.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use pusher::{Config, HttpAuthorizer, HttpSession, ManualClock};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

use super::{Server, within};
use crate::checks::rig::START;
use crate::checks::sign;

pub struct Authority {
    listener: TcpListener,
}

/// A request that waits for its answer.
pub struct Question {
    stream: BufReader<TcpStream>,
    pub request: String,
    pub headers: BTreeMap<String, String>,
    pub form: BTreeMap<String, String>,
}

impl Authority {
    pub async fn start() -> Self {
        Self { listener: TcpListener::bind("127.0.0.1:0").await.unwrap() }
    }

    pub fn url(&self, path: &str) -> Url {
        format!("http://{}/{path}", self.listener.local_addr().unwrap()).parse().unwrap()
    }

    /// Makes settings with this server as the authorizer.
    pub fn config(&self, server: &Server, session: impl HttpSession) -> Config {
        let authorizer = HttpAuthorizer::new(self.url("channels"), ManualClock::new(START).shared())
            .unwrap()
            .with_user_endpoint(self.url("users"))
            .with_session(session);
        server.config().with_authorizer(authorizer)
    }

    pub async fn asked(&self) -> Question {
        let (tcp, _) = within("a question", self.listener.accept()).await.unwrap();
        Question::read(BufReader::new(tcp)).await.expect("a request")
    }

    /// Authorizes every private channel, for ever. Counts connections, and requests that are open at the same time:
    /// each waits until `together` are open, or until no more can come.
    pub fn sign_everything(self) -> Arc<Counted> {
        let counted = Arc::new(Counted::default());
        let count = Arc::clone(&counted);
        tokio::spawn(async move {
            while let Ok((tcp, _)) = self.listener.accept().await {
                count.connections.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(sign_all(tcp, Arc::clone(&count)));
            }
        });
        counted
    }
}

#[derive(Default)]
pub struct Counted {
    pub connections: AtomicUsize,
    pub questions: AtomicUsize,
    pub most_at_once: AtomicUsize,
    open: AtomicUsize,
}

async fn sign_all(tcp: TcpStream, count: Arc<Counted>) {
    let mut stream = BufReader::new(tcp);
    while let Some(mut question) = Question::read(stream).await {
        let open = count.open.fetch_add(1, Ordering::SeqCst) + 1;
        count.most_at_once.fetch_max(open, Ordering::SeqCst);
        count.questions.fetch_add(1, Ordering::SeqCst);
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
        count.open.fetch_sub(1, Ordering::SeqCst);
        let auth = sign::channel(&question.form["socket_id"], &question.form["channel_name"]);
        question.write("200 OK", "", &format!(r#"{{"auth":"{auth}"}}"#)).await;
        stream = question.stream;
    }
}

impl Question {
    async fn read(mut stream: BufReader<TcpStream>) -> Option<Self> {
        let mut request = String::new();
        stream.read_line(&mut request).await.ok().filter(|&length| length > 0)?;
        let mut headers = BTreeMap::new();
        loop {
            let mut line = String::new();
            stream.read_line(&mut line).await.ok()?;
            let Some((name, value)) = line.trim_end().split_once(": ") else { break };
            headers.insert(name.to_ascii_lowercase(), value.to_owned());
        }
        let length = headers.get("content-length").map_or(0, |length| length.parse().unwrap());
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await.ok()?;
        let form = url::form_urlencoded::parse(&body).into_owned().collect();
        Some(Self { stream, request: request.trim_end().to_owned(), headers, form })
    }

    pub fn socket_id(&self) -> &str {
        &self.form["socket_id"]
    }

    async fn write(&mut self, status: &str, headers: &str, body: &str) {
        let length = body.len();
        let answer = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\n\r\n{body}");
        let _ = self.stream.get_mut().write_all(answer.as_bytes()).await;
    }

    /// Answers, and hangs up.
    pub async fn answer(mut self, status: &str, body: &str) {
        self.write(status, "Connection: close\r\n", body).await;
    }

    pub async fn answer_with(mut self, status: &str, header: &str, body: &str) {
        self.write(status, &format!("{header}\r\nConnection: close\r\n"), body).await;
    }

    /// Allows a private channel. Returns the signature.
    pub async fn allow(self) -> String {
        let auth = sign::channel(self.socket_id(), &self.form["channel_name"]);
        self.answer("200 OK", &format!(r#"{{"auth":"{auth}"}}"#)).await;
        auth
    }

    /// Sends an answer without an end.
    pub async fn answer_for_ever(mut self) -> usize {
        let _ = self.stream.get_mut().write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
        let mut written = 0;
        while written < 50 << 20 && self.stream.get_mut().write_all(&[b' '; 16 * 1024]).await.is_ok() {
            written += 16 * 1024;
        }
        written
    }

    /// Waits until the other side hangs up.
    pub async fn abandoned(mut self) {
        let mut rest = Vec::new();
        let _ = within("the end of the question", self.stream.read_to_end(&mut rest)).await;
        assert!(rest.is_empty());
    }
}
