//! A server that no program may call, and that records every call.

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// Records every connection, including those without a message, and never answers.
pub struct Trap {
    address: String,
    calls: Calls,
    listening: JoinHandle<()>,
}

/// The first line of each caller.
type Calls = Arc<Mutex<Vec<String>>>;

impl Trap {
    /// Listens on a free port.
    ///
    /// # Panics
    /// If no port is free.
    pub async fn set() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let address = listener.local_addr().expect("the port has a number").to_string();
        let calls = Calls::default();
        let noted = Arc::clone(&calls);
        let listening = tokio::spawn(async move {
            while let Ok((call, _)) = listener.accept().await {
                let mut all = noted.lock().unwrap_or_else(PoisonError::into_inner);
                all.push("a connection without a word".to_owned());
                tokio::spawn(hear(call, Arc::clone(&noted), all.len() - 1));
            }
        });
        Self { address, calls, listening }
    }

    /// Returns its address: `127.0.0.1:PORT`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Returns the first line of each caller.
    pub fn calls(&self) -> Vec<String> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Trap {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

async fn hear(call: TcpStream, noted: Calls, place: usize) {
    let mut line = String::new();
    if BufReader::new(call).read_line(&mut line).await.is_ok_and(|length| length > 0) {
        noted.lock().unwrap_or_else(PoisonError::into_inner)[place] = line.trim().to_owned();
    }
}
