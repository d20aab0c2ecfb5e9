//! Notices for tests of receivers.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method, Request};

use super::verifier::{HEADER, digest};

/// The request with which anyRTC would deliver a body. Neither time nor nonce take part in its signature.
#[must_use]
pub fn sign_for_test(secret: &str, body: impl Into<Bytes>) -> Request<Bytes> {
    let body = body.into();
    let signature = digest(secret, &body).ok().and_then(|digest| HeaderValue::try_from(hex::encode(digest)).ok());

    let mut request = Request::new(body);
    *request.method_mut() = Method::POST;
    request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    // always there: every key makes a digest, and hex is legal in a header
    request.headers_mut().extend(signature.map(|signature| (http::HeaderName::from_static(HEADER), signature)));
    request
}
