//! The one seam to the network.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;

use crate::error::TransportError;

#[cfg(feature = "test-util")]
pub(crate) mod replay;
#[cfg(feature = "_reqwest")]
pub(crate) mod reqwest;

/// Sends one HTTP request and returns the reply, whatever its status.
///
/// It must not retry, follow redirects or log. Timeouts are the caller's: dropping the future must abandon the request.
/// How much of a reply it may read is [`ReplyCap::of`] the request.
///
/// ```
/// use livecloud_core::{Transport, TransportError, async_trait, bytes::Bytes, http};
///
/// /// Says the same to everybody.
/// #[derive(Debug)]
/// struct Parrot;
///
/// #[async_trait]
/// impl Transport for Parrot {
///     async fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
///         drop(request);
///         Ok(http::Response::new(Bytes::from_static(b"{}")))
///     }
/// }
/// ```
#[async_trait]
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends the request and reads the whole reply.
    async fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError>;
}

#[async_trait]
impl<T: Transport + ?Sized> Transport for Arc<T> {
    async fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        (**self).send(request).await
    }
}

/// The most bytes of a reply body that may be read; beyond it the transport fails with
/// [`TransportErrorKind::TooLarge`](crate::TransportErrorKind::TooLarge).
///
/// A request carries it in its extensions only where it is not the default: downloads have a larger one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReplyCap(pub usize);

impl ReplyCap {
    /// 8 MiB.
    pub const DEFAULT: Self = Self(8 << 20);

    /// The cap of that request's reply.
    #[must_use]
    pub fn of<B>(request: &http::Request<B>) -> Self {
        request.extensions().get().copied().unwrap_or(Self::DEFAULT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_that_says_nothing_else_has_the_usual_cap() {
        let mut request = http::Request::new(());
        assert_eq!(ReplyCap::of(&request), ReplyCap(8 << 20));
        request.extensions_mut().insert(ReplyCap(64 << 20));
        assert_eq!(ReplyCap::of(&request), ReplyCap(64 << 20));
    }
}
