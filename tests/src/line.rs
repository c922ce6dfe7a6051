//! A connection between a desk and its hotel that can be cut.

#![expect(clippy::expect_used, reason = "test support: a line that cannot be laid is a failed test")]

use std::net::SocketAddr;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

/// A connection to a port of this machine. It ends with the value.
pub struct Line {
    address: SocketAddr,
    is_cut: watch::Sender<bool>,
    carrying: JoinHandle<()>,
}

impl Line {
    /// Opens a connection to a port.
    pub async fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("its address");
        let (is_cut, cuts) = watch::channel(false);
        let carrying = tokio::spawn(async move {
            let mut calls = JoinSet::new();
            while let Ok((near, _)) = listener.accept().await {
                calls.spawn(carry(near, port, cuts.clone()));
                while calls.try_join_next().is_some() {}
            }
        });
        Self { address, is_cut, carrying }
    }

    /// Returns the address of the desk's end.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Closes every connection, and every new one at once.
    pub fn cut(&self) {
        self.is_cut.send_replace(true);
    }

    /// Lets connections pass again.
    pub fn mend(&self) {
        self.is_cut.send_replace(false);
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.carrying.abort();
    }
}

/// Forwards one connection until either end closes it or the line is cut.
async fn carry(mut near: TcpStream, port: u16, mut cuts: watch::Receiver<bool>) {
    let through = async {
        let mut far = TcpStream::connect(("127.0.0.1", port)).await?;
        // The hotel sends small frames, and waits are measured.
        far.set_nodelay(true)?;
        near.set_nodelay(true)?;
        copy_bidirectional(&mut near, &mut far).await
    };
    tokio::select! {
        biased;
        _ = cuts.wait_for(|is_cut| *is_cut) => {}
        // A connection that ends in an error has ended all the same.
        _ = through => {}
    }
}
