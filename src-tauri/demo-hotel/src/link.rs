//! Accepting connections, each with a switch that cuts it.
//!
//! A fault plan must be able to make a connection vanish without an answer, as a crashed server or a cable pulled
//! out would. An HTTP library will not do that of its own accord, so every accepted stream is wrapped: once its
//! [`Link`] is cut, reads end and writes fail, and the library lets go of it with not one byte more sent.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::sync::futures::OwnedNotified;

/// The switch of one connection.
#[derive(Clone, Debug)]
pub(crate) struct Link(Arc<Switch>);

#[derive(Debug, Default)]
struct Switch {
    cut: AtomicBool,
    woken: Arc<Notify>,
}

impl Link {
    fn new() -> Self {
        Self(Arc::new(Switch::default()))
    }

    /// Ends the connection at once, without a further byte.
    pub(crate) fn cut(&self) {
        self.0.cut.store(true, Ordering::SeqCst);
        self.0.woken.notify_waiters();
    }

    /// Resolves when the connection has been cut.
    pub(crate) async fn gone(&self) {
        let woken = self.0.woken.notified();
        if !self.is_cut() {
            woken.await;
        }
    }

    fn is_cut(&self) -> bool {
        self.0.cut.load(Ordering::SeqCst)
    }
}

/// All connections that are open now.
#[derive(Clone, Debug, Default)]
pub(crate) struct Links(Arc<LinkTable>);

#[derive(Debug, Default)]
struct LinkTable {
    open: Mutex<(u64, HashMap<u64, Link>)>,
    changed: Notify,
}

impl Links {
    fn add(&self, link: &Link) -> u64 {
        let mut open = self.0.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.0 += 1;
        let number = open.0;
        open.1.insert(number, link.clone());
        number
    }

    fn remove(&self, number: u64) {
        self.0.open.lock().unwrap_or_else(PoisonError::into_inner).1.remove(&number);
        self.0.changed.notify_waiters();
    }

    /// Cuts every open connection.
    pub(crate) fn cut_all(&self) {
        for link in self.0.open.lock().unwrap_or_else(PoisonError::into_inner).1.values() {
            link.cut();
        }
    }

    /// Resolves when no connection is left.
    pub(crate) async fn all_gone(&self) {
        loop {
            let changed = self.0.changed.notified();
            if self.0.open.lock().unwrap_or_else(PoisonError::into_inner).1.is_empty() {
                return;
            }
            changed.await;
        }
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
        // Events are small and latency is measured against this server.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "no TCP_NODELAY");
        }
        let link = Link::new();
        let number = self.links.add(&link);
        let woken = Box::pin(Arc::clone(&link.0.woken).notified_owned());
        (CuttableStream { stream, woken, link, number, links: self.links.clone() }, address)
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
    woken: Pin<Box<OwnedNotified>>,
    link: Link,
    number: u64,
    links: Links,
}

impl CuttableStream {
    fn ended(&mut self, context: &mut Context<'_>) -> bool {
        self.link.is_cut() || self.woken.as_mut().poll(context).is_ready()
    }
}

impl Drop for CuttableStream {
    fn drop(&mut self) {
        self.links.remove(self.number);
    }
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
        if self.ended(context) {
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
        if self.link.is_cut() {
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
