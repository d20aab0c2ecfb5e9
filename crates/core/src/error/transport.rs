//! What a transport reports when it has no reply.

use std::error::Error as StdError;
use std::fmt;

use super::kinds::Delivery;

/// How the network failed; each kind says what a retry may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection: DNS, TCP or TLS failed. The request was not sent, so any call may be repeated.
    Connect,
    /// There is no transport, as with [`NoTransport`](crate::NoTransport). Nothing was sent, and a repeat sends nothing.
    Unavailable,
    /// No complete answer in time. The vendor may have acted.
    Timeout,
    /// The connection broke while sending or receiving. The vendor may have acted.
    Interrupted,
    /// The reply is larger than the operation allows. The vendor may have acted; a repeat would bring the same.
    TooLarge,
    /// The reply is not HTTP. The vendor may have acted.
    Decode,
    /// Anything else. The vendor may have acted.
    Other,
}

impl TransportErrorKind {
    /// Whether a repeat would end alike.
    pub(crate) const fn is_lasting(self) -> bool {
        matches!(self, Self::TooLarge | Self::Unavailable)
    }

    pub(crate) const fn delivery(self) -> Delivery {
        match self {
            Self::Connect | Self::Unavailable => Delivery::NotSent,
            Self::Timeout | Self::Interrupted | Self::TooLarge | Self::Decode | Self::Other => Delivery::Unknown,
        }
    }
}

impl fmt::Display for TransportErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connect => "could not connect",
            Self::Unavailable => "this client has no transport",
            Self::Timeout => "no answer in time",
            Self::Interrupted => "connection lost",
            Self::TooLarge => "reply too large",
            Self::Decode => "reply is not HTTP",
            Self::Other => "transport failed",
        })
    }
}

/// What a [`Transport`](crate::Transport) reports when it has no reply.
#[derive(Debug, thiserror::Error)]
#[error("{kind}")]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl TransportError {
    /// An error of that kind.
    #[must_use]
    pub const fn new(kind: TransportErrorKind) -> Self {
        Self { kind, source: None }
    }

    /// Adds the cause. It must not print URLs, headers or bodies.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// What went wrong.
    #[must_use]
    pub const fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}
