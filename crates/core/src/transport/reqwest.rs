//! The transport over reqwest: no redirects, no retries of its own, no URLs in errors.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use ::reqwest::Url;
use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use http::Uri;
use http::uri::{Authority, Scheme};

use super::{ReplyCap, Transport};
use crate::error::{Error, TransportError, TransportErrorKind};

/// Servers close idle connections after a while; a pool that closes them first does not race with that.
const IDLE: Duration = Duration::from_secs(15);
const CONNECT: Duration = Duration::from_secs(5);

/// Sends through a connection pool of its own.
pub(crate) struct ReqwestTransport {
    client: ::reqwest::Client,
    origin: Origin,
}

impl ReqwestTransport {
    pub(crate) fn new(no_proxy: bool) -> Result<Self, Error> {
        let mut builder = ::reqwest::Client::builder()
            .redirect(::reqwest::redirect::Policy::none())
            .retry(::reqwest::retry::never())
            .pool_idle_timeout(IDLE)
            .connect_timeout(CONNECT)
            .tcp_nodelay(true);
        if no_proxy {
            builder = builder.no_proxy();
        }
        match tls(builder)?.build() {
            Ok(client) => Ok(Self { client, origin: Origin::default() }),
            Err(error) => Err(Error::config(format!("the HTTP client could not be built: {}", error.without_url()))),
        }
    }
}

/// rustls with an explicit provider: no process-wide default is installed or needed. With several TLS features on,
/// ring comes before aws-lc, and both before native TLS.
#[cfg(feature = "_rustls")]
fn tls(builder: ::reqwest::ClientBuilder) -> Result<::reqwest::ClientBuilder, Error> {
    use rustls_platform_verifier::BuilderVerifierExt;

    #[cfg(not(feature = "rustls"))]
    use rustls::crypto::aws_lc_rs as provider;
    #[cfg(feature = "rustls")]
    use rustls::crypto::ring as provider;

    let failed = |error: rustls::Error| Error::config(format!("TLS could not be set up: {error}"));
    #[cfg_attr(not(feature = "http2"), expect(unused_mut, reason = "only HTTP/2 has to be offered"))]
    let mut config = rustls::ClientConfig::builder_with_provider(std::sync::Arc::new(provider::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(BuilderVerifierExt::with_platform_verifier)
        .map_err(failed)?
        .with_no_client_auth();
    // reqwest leaves a preconfigured TLS as it is: what to speak is for us to offer.
    #[cfg(feature = "http2")]
    {
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    }
    Ok(builder.tls_backend_preconfigured(config))
}

#[cfg(not(feature = "_rustls"))]
fn tls(builder: ::reqwest::ClientBuilder) -> Result<::reqwest::ClientBuilder, Error> {
    Ok(builder)
}

impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReqwestTransport")
    }
}

#[async_trait]
impl Transport for ReqwestTransport {
    async fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        let ReplyCap(cap) = ReplyCap::of(&request);
        let request = convert(request, &self.origin)?;
        let mut reply = self.client.execute(request).await.map_err(|error| failure(error, Phase::Send))?;

        let too_large = || TransportError::new(TransportErrorKind::TooLarge);
        let announced = reply.content_length().unwrap_or(0);
        if announced > cap as u64 {
            return Err(too_large());
        }
        let mut head = http::Response::new(());
        *head.status_mut() = reply.status();
        *head.version_mut() = reply.version();
        *head.headers_mut() = std::mem::take(reply.headers_mut());

        // Most replies are one chunk: then its bytes are the body, uncopied.
        let mut body = Bytes::new();
        let mut gathered = BytesMut::new();
        while let Some(chunk) = reply.chunk().await.map_err(|error| failure(error, Phase::Receive))? {
            if body.len() + gathered.len() + chunk.len() > cap {
                return Err(too_large());
            }
            if body.is_empty() && gathered.is_empty() {
                body = chunk;
            } else {
                gathered.extend_from_slice(&std::mem::take(&mut body));
                gathered.extend_from_slice(&chunk);
            }
        }
        let body = if gathered.is_empty() { body } else { gathered.freeze() };
        Ok(head.map(|()| body))
    }
}

/// Scheme, host and port that were spoken to last: taking them apart again costs as much as all the rest of an address.
#[derive(Default)]
struct Origin(Mutex<Option<(Scheme, Authority, Url)>>);

impl Origin {
    /// The address in the form that reqwest wants it.
    fn url(&self, uri: Uri) -> Option<Url> {
        let http::uri::Parts { scheme, authority, path_and_query, .. } = uri.into_parts();
        let (scheme, authority, rest) = (scheme?, authority?, path_and_query?);
        let mut url = {
            let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            match &*known {
                Some((known_scheme, known_authority, url))
                    if *known_scheme == scheme && known_authority.as_str() == authority.as_str() =>
                {
                    url.clone()
                }
                _ => {
                    let url = Url::parse(&format!("{scheme}://{authority}/")).ok()?;
                    *known = Some((scheme, authority, url.clone()));
                    url
                }
            }
        };
        url.set_path(rest.path());
        url.set_query(rest.query());
        Some(url)
    }
}

/// As reqwest's own conversion.
fn convert(request: http::Request<Bytes>, origin: &Origin) -> Result<::reqwest::Request, TransportError> {
    let (head, body) = request.into_parts();
    let url = origin.url(head.uri).ok_or_else(|| TransportError::new(TransportErrorKind::Connect))?;
    let mut request = ::reqwest::Request::new(head.method, url);
    *request.headers_mut() = head.headers;
    *request.version_mut() = head.version;
    *request.body_mut() = Some(body.into());
    Ok(request)
}

/// How far the request had come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Connect,
    Send,
    Receive,
}

fn failure(error: ::reqwest::Error, phase: Phase) -> TransportError {
    let kind = if error.is_connect() || error.is_builder() || phase == Phase::Connect {
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if speaks_no_http(&error) {
        TransportErrorKind::Decode
    } else if error.is_request() || error.is_body() || phase == Phase::Receive {
        TransportErrorKind::Interrupted
    } else {
        TransportErrorKind::Other
    };
    TransportError::new(kind).with_source(error.without_url())
}

/// Whether the bytes that came back are not HTTP. reqwest keeps the cause in the chain, without a predicate of its own.
fn speaks_no_http(error: &::reqwest::Error) -> bool {
    std::iter::successors(std::error::Error::source(error), |cause| cause.source())
        .any(|cause| cause.to_string().starts_with("invalid HTTP"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn an_address_is_what_reqwest_would_have_made_of_it(
            addresses in proptest::collection::vec(
                "(http|https)://(a\\.example|127\\.0\\.0\\.1|\\[::1\\])(:80|:443|:8080)?(/[a-zA-Z0-9._~%:@!$&'()*+,;=-]{0,8}){0,4}(\\?[a-zA-Z0-9._~%/?:@!$&'()*+,;=-]{0,20})?",
                1..6,
            )
        ) {
            let origin = Origin::default();
            for address in addresses {
                let Ok(uri) = address.parse::<Uri>() else { continue };
                let theirs = Url::parse(&uri.to_string()).ok();
                prop_assert_eq!(origin.url(uri), theirs);
            }
        }
    }
}
