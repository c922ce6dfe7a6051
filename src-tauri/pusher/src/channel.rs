//! Channel names, checked before they are sent (check 64).

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Serialize, Serializer};

/// The longest channel name that the hosted service accepts, in characters.
pub const HOSTED_NAME_LIMIT: usize = 164;

/// The prefix of the user's id in the name of a signed-in user's own channel.
const SERVER_TO_USER: &str = "#server-to-user-";

/// The kind of a channel, from its name. Any kind may also be a cache channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    /// Open to all clients.
    Public,
    /// `private-…`: subscribing needs authorization.
    Private,
    /// `presence-…`: private, and its members see each other.
    Presence,
    /// `private-encrypted-…`: private, and the server cannot read its events.
    Encrypted,
    /// `#server-to-user-…`: the server's messages to the signed-in user. Joined by signing in.
    ServerToUser,
}

impl ChannelKind {
    /// Returns true if the program's server has to authorize it.
    #[must_use]
    pub fn needs_authorization(self) -> bool {
        matches!(self, Self::Private | Self::Presence | Self::Encrypted)
    }

    /// Returns true if it belongs to the user, and not to all clients (check 81).
    #[must_use]
    pub fn is_personal(self) -> bool {
        self != Self::Public
    }
}

impl fmt::Display for ChannelKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Public => "public",
            Self::Private => "private",
            Self::Presence => "presence",
            Self::Encrypted => "encrypted",
            Self::ServerToUser => "server-to-user",
        })
    }
}

/// A channel name that has passed the local checks. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChannelName(Arc<str>);

/// The reason why a channel name was refused before anything was sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChannelError {
    /// The name has no characters.
    #[error("the channel name is empty")]
    Empty,
    /// The name is longer than the limit in the settings.
    #[error("the channel name has {length} characters; {limit} are allowed")]
    TooLong {
        /// The number of characters in the name.
        length: usize,
        /// The number of allowed characters.
        limit: usize,
    },
    /// The name holds a character outside `A-Z a-z 0-9 _ - = @ , . ;`.
    #[error("the channel name contains {character:?}; only letters, digits and _ - = @ , . ; are allowed")]
    Character {
        /// The first character that is not allowed.
        character: char,
    },
    /// Private, presence and encrypted channels need authorization, and the settings have no authorizer.
    #[error("{kind} channels need authorization, but no authorizer is set in the settings of the client")]
    NeedsAuthorizer {
        /// The kind of the channel.
        kind: ChannelKind,
    },
    /// The client has been shut down, so nothing more can be subscribed.
    #[error("the client has been shut down")]
    Closed,
}

impl ChannelError {
    /// Returns a stable code for logs and translations.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "channel_empty",
            Self::TooLong { .. } => "channel_too_long",
            Self::Character { .. } => "channel_character",
            Self::NeedsAuthorizer { .. } => "channel_needs_authorizer",
            Self::Closed => "client_closed",
        }
    }
}

impl ChannelName {
    /// Checks `name` against the rules of the hosted service, with `limit` characters at most (a self-hosted server may
    /// allow more than [`HOSTED_NAME_LIMIT`]).
    ///
    /// # Errors
    /// The first rule that `name` breaks.
    pub fn parse(name: &str, limit: usize) -> Result<Self, ChannelError> {
        if name.is_empty() {
            return Err(ChannelError::Empty);
        }
        if let Some(character) = name.chars().find(|&c| !allowed(c)) {
            return Err(ChannelError::Character { character });
        }
        // Only ASCII is left, so bytes are characters.
        if name.len() > limit {
            return Err(ChannelError::TooLong { length: name.len(), limit });
        }
        Ok(Self(name.into()))
    }

    /// Returns the server's own channel for a signed-in user (check 79).
    pub(crate) fn server_to_user(id: &str) -> Self {
        Self(format!("{SERVER_TO_USER}{id}").into())
    }

    /// Returns the kind of the channel.
    #[must_use]
    pub fn kind(&self) -> ChannelKind {
        match &*self.0 {
            name if name.starts_with("private-encrypted-") => ChannelKind::Encrypted,
            name if name.starts_with("private-") => ChannelKind::Private,
            name if name.starts_with("presence-") => ChannelKind::Presence,
            name if name.starts_with(SERVER_TO_USER) => ChannelKind::ServerToUser,
            _ => ChannelKind::Public,
        }
    }

    /// Returns the name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn allowed(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '=' | '@' | ',' | '.' | ';')
}

impl Deref for ChannelName {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for ChannelName {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ChannelName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for ChannelName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl PartialEq<str> for ChannelName {
    fn eq(&self, other: &str) -> bool {
        &*self.0 == other
    }
}

impl PartialEq<&str> for ChannelName {
    fn eq(&self, other: &&str) -> bool {
        &*self.0 == *other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(name: &str) -> ChannelError {
        ChannelName::parse(name, HOSTED_NAME_LIMIT).unwrap_err()
    }

    #[test]
    fn check_64_bad_channel_names_are_refused_locally() {
        assert_eq!(refusal(""), ChannelError::Empty);
        assert_eq!(refusal("#room"), ChannelError::Character { character: '#' });
        assert_eq!(refusal("a room"), ChannelError::Character { character: ' ' });
        assert_eq!(refusal("zimmer-ü"), ChannelError::Character { character: 'ü' });
        assert_eq!(refusal(&"x".repeat(165)), ChannelError::TooLong { length: 165, limit: 164 });
        assert!(ChannelName::parse(&"x".repeat(165), 200).is_ok());
        assert!(ChannelName::parse("cache-hotel_1=a@b,c.d;e-F", 164).is_ok());
    }

    #[test]
    fn the_name_tells_the_kind() {
        let kind = |name: &str| ChannelName::parse(name, HOSTED_NAME_LIMIT).unwrap().kind();
        assert_eq!(kind("cache-a"), ChannelKind::Public);
        assert_eq!(kind("private-a"), ChannelKind::Private);
        assert_eq!(kind("private-cache-a"), ChannelKind::Private);
        assert_eq!(kind("private-encrypted-cache-a"), ChannelKind::Encrypted);
        assert_eq!(kind("presence-cache-a"), ChannelKind::Presence);
        assert_eq!(ChannelName::server_to_user("7").kind(), ChannelKind::ServerToUser);
    }
}
