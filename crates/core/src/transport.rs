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
/// The request carries a [`ReplyCap`] in its extensions.
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReplyCap(pub usize);
