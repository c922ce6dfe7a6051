//! The socket in use: reads, writes without waiting, and closes.

use std::future::poll_fn;
use std::io;
use std::task::Poll;

use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::error::{Error, ProtocolError};
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};

use crate::machine::LinkEvent;
use crate::secret::mask;
use crate::status::{Cause, CauseKind, Phase};

/// A TCP or TLS stream.
pub(super) trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

/// A WebSocket over either.
pub(super) type Socket = WebSocketStream<Box<dyn Stream>>;

/// An open link.
pub(super) struct Link {
    socket: Socket,
    unflushed: bool,
}

impl Link {
    pub fn new(socket: Socket) -> Self {
        Self { socket, unflushed: false }
    }

    /// Puts a frame into the bounded write buffer; [`Link::next`] sends it (check 108).
    pub fn send(&mut self, text: String) -> Result<(), Cause> {
        self.unflushed = true;
        self.socket.start_send_unpin(Message::text(text)).map_err(|error| cause(&error))
    }

    /// Returns the next event of the link, and writes buffered data meanwhile. May be dropped and called again at any
    /// time.
    pub async fn next(&mut self) -> LinkEvent {
        // Frames that are already buffered do not yield to the runtime. Counted against the budget, they let the
        // consumer run every hundred frames or so, so that a burst does not overflow its queue if both share one
        // thread.
        tokio::task::consume_budget().await;
        let message = poll_fn(|cx| {
            if self.unflushed {
                match self.socket.poll_flush_unpin(cx) {
                    Poll::Ready(Ok(())) => self.unflushed = false,
                    Poll::Ready(Err(error)) => return Poll::Ready(Some(Err(error))),
                    Poll::Pending => {}
                }
            }
            self.socket.poll_next_unpin(cx)
        })
        .await;
        match message {
            Some(Ok(Message::Text(text))) => LinkEvent::Text(text.as_str().to_owned()),
            Some(Ok(Message::Binary(_) | Message::Frame(_))) => LinkEvent::Binary,
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => LinkEvent::Control,
            Some(Ok(Message::Close(frame))) => LinkEvent::Failed(closed(frame.as_ref())),
            Some(Err(error)) => LinkEvent::Failed(cause(&error)),
            None => LinkEvent::Failed(end_of_stream()),
        }
    }

    /// Sends a close frame, or the answer to one, and waits for the peer to finish (check 28: the caller sets the
    /// limit).
    pub async fn close(mut self, code: u16) {
        let frame = CloseFrame { code: code.into(), reason: Utf8Bytes::default() };
        if self.socket.close(Some(frame)).await.is_ok() {
            while let Some(Ok(_)) = self.socket.next().await {}
        }
    }
}

fn closed(frame: Option<&CloseFrame>) -> Cause {
    let (code, text) = match frame {
        None => (None, "the server closed the connection without a code".to_owned()),
        Some(frame) if frame.reason.is_empty() => {
            (Some(frame.code.into()), "the server closed the connection".to_owned())
        }
        Some(frame) => {
            let reason = mask(frame.reason.to_string());
            (Some(frame.code.into()), format!("the server closed the connection: {reason}"))
        }
    };
    Cause::new(Phase::Established, CauseKind::Closed, text).with_code(code)
}

fn end_of_stream() -> Cause {
    Cause::new(Phase::Established, CauseKind::EndOfStream, "the connection ended without a closing handshake")
}

fn cause(error: &Error) -> Cause {
    let kind = match error {
        Error::ConnectionClosed
        | Error::AlreadyClosed
        | Error::Protocol(ProtocolError::ResetWithoutClosingHandshake) => return end_of_stream(),
        Error::Io(error) => match error.kind() {
            io::ErrorKind::UnexpectedEof => return end_of_stream(),
            io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted | io::ErrorKind::BrokenPipe => {
                CauseKind::Reset
            }
            _ => CauseKind::Network,
        },
        Error::Tls(_) => CauseKind::Tls,
        Error::Capacity(_) => CauseKind::FrameTooLarge,
        Error::Utf8(_) => CauseKind::InvalidUtf8,
        Error::WriteBufferFull(_) => CauseKind::WriteStalled,
        _ => CauseKind::WebSocketProtocol,
    };
    let text = match kind {
        CauseKind::WriteStalled => "the server takes no more data".to_owned(),
        _ => error.to_string(),
    };
    Cause::new(Phase::Established, kind, text)
}
