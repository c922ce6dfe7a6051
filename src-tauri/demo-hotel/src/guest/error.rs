//! The reasons why a guest cannot write.

/// The reason why a guest cannot write.
#[derive(Debug, thiserror::Error)]
pub(crate) enum GuestError {
    #[error("{0} is not the address of a demo hotel; it looks like http://127.0.0.1:8080")]
    Address(String),
    #[error("no demo hotel answers at {address}: {source}; start one with `demo-hotel`")]
    Unreachable { address: String, source: std::io::Error },
    #[error("the server at {address} is not a demo hotel; the first line of `demo-hotel` has its address")]
    Foreign { address: String },
    #[error("no guests stay in room {room}; choose one of {known}")]
    Room { room: i64, known: String },
    #[error("the hotel refused the PIN {pin} of room {room}; leave out --pin to take the right one")]
    Pin { room: i64, pin: String },
    #[error("the hotel answered {status} to {path}; its log says more")]
    Refused { status: u16, path: String },
    #[error("the answer to {path} cannot be read; the hotel may be stopping, so try again")]
    Unreadable { path: String },
    #[error("the hotel's events cannot be received: {0}")]
    Events(String),
}
