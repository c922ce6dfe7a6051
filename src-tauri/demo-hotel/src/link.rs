//! Accepts connections, each with a switch that cuts it.
//!
//! A fault plan must be able to end a connection without an answer, like a crashed server or a pulled cable. An HTTP
//! library does not do that, so every accepted stream is wrapped: after its [`Link`] is cut, reads end and writes fail,
//! and the library drops it without a further byte.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};
use tokio_util::task::TaskTracker;
use tokio_util::task::task_tracker::TaskTrackerToken;

/// The switch of one connection.
#[derive(Clone, Debug)]
pub(crate) struct Link(CancellationToken);

impl Link {
    /// Ends the connection at once, without a further byte.
    pub(crate) fn cut(&self) {
        self.0.cancel();
    }

    /// Resolves when the connection has been cut.
    pub(crate) async fn ended(&self) {
        self.0.cancelled().await;
    }
}

/// All open connections.
#[derive(Clone, Debug, Default)]
pub(crate) struct Links {
    /// Cuts them all; later connections get another token.
    all: Arc<Mutex<CancellationToken>>,
    open: TaskTracker,
}

impl Links {
    fn add(&self) -> (Link, TaskTrackerToken) {
        let link = self.all.lock().unwrap_or_else(PoisonError::into_inner).child_token();
        (Link(link), self.open.token())
    }

    /// Cuts every open connection.
    pub(crate) fn cut_all(&self) {
        std::mem::take(&mut *self.all.lock().unwrap_or_else(PoisonError::into_inner)).cancel();
    }

    /// Resolves when no connection is left.
    pub(crate) async fn all_removed(&self) {
        self.open.close();
        self.open.wait().await;
    }
}

/// A listener whose connections can be cut.
pub(crate) struct Doorway {
    pub(crate) listener: TcpListener,
    pub(crate) links: Links,
}

impl Listener for Doorway {
    type Io = CuttableStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (stream, address) = Listener::accept(&mut self.listener).await;
        // Events are small, and latency is measured against this server.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "no TCP_NODELAY");
        }
        let (link, open) = self.links.add();
        let cut = Box::pin(link.0.clone().cancelled_owned());
        (CuttableStream { stream, cut, link, _open: open }, address)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.listener.local_addr()
    }
}

impl Connected<IncomingStream<'_, Doorway>> for Link {
    fn connect_info(stream: IncomingStream<'_, Doorway>) -> Self {
        stream.io().link.clone()
    }
}

/// A TCP stream that ends when its [`Link`] is cut.
pub(crate) struct CuttableStream {
    stream: TcpStream,
    cut: Pin<Box<WaitForCancellationFutureOwned>>,
    link: Link,
    _open: TaskTrackerToken,
}

fn cut_error() -> io::Error {
    io::Error::new(io::ErrorKind::ConnectionReset, "the fault plan cut this connection")
}

impl AsyncRead for CuttableStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.link.0.is_cancelled() || self.cut.as_mut().poll(context).is_ready() {
            return Poll::Ready(Err(cut_error()));
        }
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for CuttableStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.link.0.is_cancelled() {
            return Poll::Ready(Err(cut_error()));
        }
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
